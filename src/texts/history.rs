//! Words for the history of values.

use super::Texts;
use crate::actions::conflicts::{Contest, Version};
use crate::actions::history::{HistoryRow, Written};

/// Tells whether a value is in hundredths of a percent.
pub fn is_percent(row: &HistoryRow) -> bool {
    matches!((row.table, row.column), ("entry", "cumulative" | "normal") | ("site", "initial"))
}

impl Texts {
    /// Names the field of a history row.
    pub fn field_word(&self, row: &HistoryRow) -> String {
        if let Some(setting) = &row.setting {
            return setting.clone();
        }
        let own = format!("field-{}-{}", row.table.replace('_', "-"), row.column.replace('_', "-"));
        let usual = format!("field-{}", row.column.replace('_', "-"));
        self.text(if self.has(&own) { &own } else { &usual })
    }

    /// Shows a value of the history to a person.
    pub fn value_shown(&self, row: &HistoryRow, value: &Written) -> String {
        match (value, row.column) {
            (Written::Nothing, _) => "–".to_owned(),
            (Written::Number(number), _) if is_percent(row) => self.hundredths(Some(*number)),
            (Written::Number(number), "archived" | "not_applicable") => {
                self.text(if *number == 0 { "no" } else { "yes" })
            }
            (Written::Number(number), _) => {
                row.month_of(*number).map_or_else(|| number.to_string(), |it| self.month(it))
            }
            (Written::Text(text), "kind") if row.table == "decision" => {
                self.text(&format!("decision-{text}"))
            }
            (Written::Text(text), _) => text.clone(),
        }
    }

    /// Names what a contest is about.
    pub fn contest_word(&self, contest: &Contest) -> String {
        contest.fields.iter().map(|it| self.field_word(it)).collect::<Vec<_>>().join(", ")
    }

    /// Shows a version of a contested value; of a figure that is "sans objet" just that.
    pub fn version_shown(&self, version: &Version) -> String {
        let not_applicable = |it: &&HistoryRow| it.column == "not_applicable";
        if version.rows.iter().any(|it| not_applicable(&it) && it.new == Written::Number(1)) {
            return self.text("field-not-applicable");
        }
        let shown = version.rows.iter().filter(|it| !not_applicable(it));
        shown.map(|it| self.value_shown(it, &it.new)).collect::<Vec<_>>().join(", ")
    }
}
