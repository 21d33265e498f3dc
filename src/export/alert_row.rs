//! The row of an exported alert.

use crate::model::month::Month;

use super::record::{Record, Value};

/// What a rule found, with the names that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Kind, as a word of the command line: `non_saisie`, `alerte`, `demobilisation`…
    pub kind: String,
    /// Gravity, as a word of the command line.
    pub gravity: String,
    /// Name of the project.
    pub project: String,
    /// Code of the site; empty for an alert of a project.
    pub site_code: String,
    /// Name of the site; empty for an alert of a project.
    pub site: String,
    /// Name of the lot; empty for an alert of a project.
    pub lot: String,
    /// The month that was judged.
    pub month: Month,
    /// Since when it stands: `YYYY-MM` or `YYYY-MM-DD`.
    pub since: String,
    /// Why, in a sentence.
    pub reason: String,
    /// The figures behind it, by name.
    pub figures: Vec<(String, String)>,
    /// To whom it is addressed.
    pub recipients: Vec<String>,
}

impl Record for AlertRow {
    const TABLE: &'static str = "alerts";
    const FIELDS: &'static [&'static str] = &[
        "kind",
        "gravity",
        "project",
        "site_code",
        "site",
        "lot",
        "month",
        "since",
        "reason",
        "figures",
        "recipients",
    ];

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::Text(&self.kind),
            Value::Text(&self.gravity),
            Value::Text(&self.project),
            Value::Text(&self.site_code),
            Value::Text(&self.site),
            Value::Text(&self.lot),
            Value::Month(Some(self.month)),
            Value::Text(&self.since),
            Value::Text(&self.reason),
            Value::Figures(&self.figures),
            Value::List(&self.recipients),
        ]
    }
}
