//! The row of an exported site.

use crate::model::percent::Percent;
use crate::model::site::Start;

use super::record::{Record, Value};

/// A site with the names of what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteRow {
    /// Name of the project.
    pub project: String,
    /// Code of the site.
    pub site_code: String,
    /// Name of the site.
    pub site: String,
    /// Address.
    pub address: String,
    /// Maître d'ouvrage.
    pub client: String,
    /// Names of the contractors of all lots, each once.
    pub contractors: Vec<String>,
    /// Maître d'œuvre.
    pub architect: String,
    /// Person in charge on the site.
    pub manager: String,
    /// Start of works, where known.
    pub start: Option<Start>,
    /// Contractual duration, where known.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Percent,
    /// Names of the lots.
    pub lots: Vec<String>,
    /// State, as a word of the command line.
    pub state: String,
    /// No longer followed.
    pub archived: bool,
}

impl Record for SiteRow {
    const TABLE: &'static str = "sites";
    const FIELDS: &'static [&'static str] = &[
        "project",
        "site_code",
        "site",
        "address",
        "client",
        "contractors",
        "architect",
        "manager",
        "start",
        "duration_months",
        "initial",
        "lots",
        "state",
        "archived",
    ];

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::Text(&self.project),
            Value::Text(&self.site_code),
            Value::Text(&self.site),
            Value::Text(&self.address),
            Value::Text(&self.client),
            Value::List(&self.contractors),
            Value::Text(&self.architect),
            Value::Text(&self.manager),
            Value::Start(self.start),
            Value::Whole(self.duration_months.map(i64::from)),
            Value::Percent(Some(self.initial)),
            Value::List(&self.lots),
            Value::Text(&self.state),
            Value::Flag(self.archived),
        ]
    }
}
