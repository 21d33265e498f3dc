//! A settled value: as it is typed, and as the log says it.

use super::{Contest, FIGURE};
use crate::actions::failure::Failure;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::text::clean_note;
use crate::rules::checks::{Level, check_cumulative, check_normal};
use crate::store::value::Value;

/// Returns the word of the fact, as the sentences of ops name it.
pub(super) fn word(contest: &Contest) -> String {
    let column = contest.fields.first().map_or("", |it| it.column).replace('_', "-");
    match (contest.table.name, column.as_str()) {
        (table @ ("observation" | "decision"), "text" | "archived" | "kind") => format!("{table}-{column}"),
        _ => column,
    }
}

/// Says values for the log, in the words of programs.
pub(super) fn said(contest: &Contest, values: &[(u8, Value)]) -> String {
    let parts = values.iter().filter_map(|(column, value)| {
        let name = contest.column(*column);
        match value {
            Value::Int(_) if name == "not_applicable" => Some("-".to_owned()),
            Value::Int(number) if matches!(name, "cumulative" | "normal" | "initial") => {
                i32::try_from(*number).ok().map(|it| Percent(it).to_string())
            }
            Value::Int(number) if matches!(name, "month" | "from_month" | "to_month") => {
                Month::from_index(*number).map(|it| it.to_string())
            }
            Value::Int(number) => Some(number.to_string()),
            Value::Text(text) => Some(text.clone()),
            Value::Null | Value::Bytes(_) => None,
        }
    });
    let said = parts.collect::<Vec<_>>().join(", ");
    if said.is_empty() { "–".to_owned() } else { said }
}

/// Reads a typed value for the fact.
pub(super) fn typed(contest: &Contest, text: &str) -> Result<Vec<(u8, Value)>, Failure> {
    if !contest.is_typable() {
        return Err(Problem::new("conflict-choose").into());
    }
    let column = contest.columns.first().copied().unwrap_or_default();
    let name = contest.column(column);
    let text = clean_note(text);
    if text.trim().is_empty() {
        return Err(Problem::new("conflict-nothing-typed").into());
    }
    if contest.is_figure() && matches!(text.trim(), "-" | "\u{2212}") {
        return Ok(vec![(FIGURE[0], Value::Null), (FIGURE[1], true.into())]);
    }
    let value = match name {
        "cumulative" | "normal" | "initial" => {
            let percent: Percent = text.parse()?;
            let refused = if name == "normal" {
                check_normal(percent)
            } else {
                check_cumulative(percent, percent, None).into_iter().find(|it| it.level == Level::Refuse)
            };
            if let Some(refused) = refused {
                return Err(refused.problem.into());
            }
            percent.into()
        }
        _ => Value::from(text.trim()),
    };
    let mut values = vec![(column, value)];
    if contest.is_figure() {
        values.push((FIGURE[1], Value::Null));
    }
    Ok(values)
}
