//! The words on exported sheets, passed in so that they live in `locales/`.

use super::record::Record;

/// The words of [`super::workbook`]; [`Labels::from_words`] says which message key fills which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Title of the synthesis; a date follows.
    pub synthesis_title: String,
    /// Name of the synthesis sheet; a month follows.
    pub synthesis_sheet: String,
    /// Title of the sheet of a site.
    pub site_title: String,
    /// The word on a project band; the name follows.
    pub project_band: String,
    /// Heading: number of a site.
    pub number: String,
    /// Heading and label: code.
    pub code: String,
    /// Heading and label: site.
    pub site: String,
    /// Heading and label: lot.
    pub lot: String,
    /// Heading and label: contractors.
    pub contractor: String,
    /// Heading: client.
    pub client: String,
    /// Heading: cumulative progress over three months.
    pub total_progress: String,
    /// Heading: progress of the month.
    pub month_progress_short: String,
    /// Heading: status.
    pub status: String,
    /// Heading: observations.
    pub observations: String,
    /// Headings: the month before the last, the last month, the month.
    pub months_back: [String; 3],
    /// Label: project.
    pub project: String,
    /// Label: address.
    pub address: String,
    /// Label: duration.
    pub duration: String,
    /// Label: start of works.
    pub start: String,
    /// Label: progress before the follow-up.
    pub initial: String,
    /// Unit of a duration of one month.
    pub month_one: String,
    /// Unit of a longer duration.
    pub month_many: String,
    /// Heading: month.
    pub month: String,
    /// Heading: cumulative progress.
    pub physical_progress: String,
    /// Heading: progress of the month.
    pub month_progress: String,
    /// Heading: normal rate.
    pub normal_rate: String,
    /// Heading: rate reached.
    pub target_rate: String,
    /// Heading: delay rate.
    pub delay_rate: String,
    /// Names of the months, January first.
    pub month_names: [String; 12],
}

impl Labels {
    /// Fills the labels from `word`, which returns the text of a message key of `locales/*/export.ftl`.
    pub fn from_words(word: &dyn Fn(&str) -> String) -> Self {
        let export = |name: &str| word(&format!("export-{name}"));
        Self {
            synthesis_title: export("synthesis-title"),
            synthesis_sheet: export("synthesis-sheet"),
            site_title: export("site-title"),
            project_band: export("project-band"),
            number: export("number"),
            code: export("code"),
            site: export("site"),
            lot: export("lot"),
            contractor: export("contractor"),
            client: export("client"),
            total_progress: export("total-progress"),
            month_progress_short: export("month-progress-short"),
            status: export("status"),
            observations: export("observations"),
            months_back: [export("month-before-last"), export("month-last"), export("month-current")],
            project: export("project"),
            address: export("address"),
            duration: export("duration"),
            start: export("start"),
            initial: export("initial"),
            month_one: export("month-one"),
            month_many: export("month-many"),
            month: export("month"),
            physical_progress: export("physical-progress"),
            month_progress: export("month-progress"),
            normal_rate: export("normal-rate"),
            target_rate: export("target-rate"),
            delay_rate: export("delay-rate"),
            month_names: std::array::from_fn(|index| export(&format!("month-{:02}", index + 1))),
        }
    }
}

/// The words of [`super::table_workbook`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLabels {
    /// Name of the sheet.
    pub sheet: String,
    /// Headings, one for each field.
    pub columns: Vec<String>,
}

impl TableLabels {
    /// Fills the words of a table: `export-table-NAME` and `export-column-FIELD` (hyphens for underscores).
    pub fn from_words<R: Record>(word: &dyn Fn(&str) -> String) -> Self {
        let column = |field: &&str| word(&format!("export-column-{}", field.replace('_', "-")));
        Self {
            sheet: word(&format!("export-table-{}", R::TABLE)),
            columns: R::FIELDS.iter().map(column).collect(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use fluent_bundle::FluentResource;

    use super::super::{AlertRow, ChangeRow, EntryRow, SiteRow};
    use super::*;

    const FRENCH: &str = include_str!("../../locales/fr/export.ftl");
    const ENGLISH: &str = include_str!("../../locales/en/export.ftl");
    /// Problems of this module.
    const PROBLEMS: [&str; 2] = ["export-too-many-rows", "export-workbook-failed"];

    /// Returns the text of a key of simple messages without arguments.
    pub(in super::super) fn french(key: &str) -> String {
        let line = FRENCH.lines().find_map(|it| it.strip_prefix(&format!("{key} = ")));
        line.unwrap_or_else(|| panic!("{key} has no French words")).to_owned()
    }

    fn keys(text: &str) -> BTreeSet<String> {
        FluentResource::try_new(text.to_owned()).unwrap();
        let named = text.lines().filter_map(|it| it.split_once(" = "));
        named.filter(|(key, _)| key.starts_with("export-")).map(|(key, _)| key.to_owned()).collect()
    }

    #[test]
    fn both_languages_have_every_key_that_is_used_and_no_other() {
        let used = RefCell::new(PROBLEMS.map(str::to_owned).into_iter().collect::<BTreeSet<_>>());
        let note = |key: &str| {
            used.borrow_mut().insert(key.to_owned());
            String::new()
        };
        Labels::from_words(&note);
        TableLabels::from_words::<EntryRow>(&note);
        TableLabels::from_words::<SiteRow>(&note);
        TableLabels::from_words::<AlertRow>(&note);
        TableLabels::from_words::<ChangeRow>(&note);
        assert_eq!(keys(FRENCH), *used.borrow());
        assert_eq!(keys(ENGLISH), *used.borrow());
    }
}
