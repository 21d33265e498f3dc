//! The row of an exported change.

use chrono::NaiveDateTime;

use crate::model::month::Month;

use super::record::{Record, Value};

/// One value that somebody wrote, from the change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// When, in UTC, as the machine of the author claimed.
    pub when: NaiveDateTime,
    /// Who.
    pub user: String,
    /// On which machine.
    pub machine: String,
    /// Name of the operation.
    pub operation: String,
    /// Code of the site, where the change belongs to one.
    pub site_code: String,
    /// Name of the lot, where the change belongs to one.
    pub lot: String,
    /// The month, where the change belongs to one.
    pub month: Option<Month>,
    /// Name of the field.
    pub field: String,
    /// The value before; empty where there was none.
    pub old: String,
    /// The value after; empty where there is none.
    pub new: String,
    /// Where the value came from: typed, or the file and cell of an import.
    pub origin: String,
}

impl Record for ChangeRow {
    const TABLE: &'static str = "changes";
    const FIELDS: &'static [&'static str] = &[
        "when",
        "user",
        "machine",
        "operation",
        "site_code",
        "lot",
        "month",
        "field",
        "old",
        "new",
        "origin",
    ];

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::Instant(self.when),
            Value::Text(&self.user),
            Value::Text(&self.machine),
            Value::Text(&self.operation),
            Value::Text(&self.site_code),
            Value::Text(&self.lot),
            Value::Month(self.month),
            Value::Text(&self.field),
            Value::Text(&self.old),
            Value::Text(&self.new),
            Value::Text(&self.origin),
        ]
    }
}
