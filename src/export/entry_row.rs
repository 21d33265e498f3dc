//! The row of an exported entry.

use std::cmp::Ordering;

use crate::model::month::Month;
use crate::model::percent::Percent;

use super::record::{Record, Value};

/// What was typed for one lot and month, with the names that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Name of the project.
    pub project: String,
    /// Code of the site.
    pub site_code: String,
    /// Name of the site.
    pub site: String,
    /// Name of the lot.
    pub lot: String,
    /// Names of the contractors, in order.
    pub contractors: Vec<String>,
    /// The month.
    pub month: Month,
    /// Cumulative progress.
    pub cumulative: Option<Percent>,
    /// Observation.
    pub observation: String,
}

impl EntryRow {
    /// Compares by project, site, lot and month, by code point; then sites of the same name by code.
    pub fn export_order(&self, other: &Self) -> Ordering {
        self.export_key().cmp(&other.export_key())
    }

    fn export_key(&self) -> (&str, &str, &str, Month, &str) {
        (&self.project, &self.site, &self.lot, self.month, &self.site_code)
    }
}

impl Record for EntryRow {
    const TABLE: &'static str = "entries";
    const FIELDS: &'static [&'static str] =
        &["project", "site_code", "site", "lot", "contractors", "month", "cumulative", "observation"];

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::Text(&self.project),
            Value::Text(&self.site_code),
            Value::Text(&self.site),
            Value::Text(&self.lot),
            Value::List(&self.contractors),
            Value::Month(Some(self.month)),
            Value::Percent(self.cumulative),
            Value::Text(&self.observation),
        ]
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Three entries with everything that a writer can get wrong.
    pub(in super::super) fn entries() -> Vec<EntryRow> {
        let month = |number| Month::new(2026, number).unwrap();
        let first = EntryRow {
            project: "PACS".into(),
            site_code: "LYC-001".into(),
            site: "Lycée de Bétiba, annexe".into(),
            lot: "Ensemble".into(),
            contractors: vec!["Mbondé SARL".into(), "Ets Aké & Fils".into()],
            month: month(2),
            cumulative: Some(Percent(625)),
            observation: "Dit « stop », puis \"reprise\"".into(),
        };
        let second = EntryRow {
            month: month(3),
            cumulative: None,
            observation: "=cmd|' /C calc'!A0".into(),
            ..first.clone()
        };
        let third = EntryRow {
            site_code: "LYC-002".into(),
            site: "Zone nord".into(),
            contractors: Vec::new(),
            cumulative: Some(Percent::FULL),
            observation: "Ligne 1\nLigne 2".into(),
            ..second.clone()
        };
        vec![first, second, third]
    }

    #[test]
    fn sorts_by_project_site_lot_and_month() {
        let sorted = entries();
        let mut mixed = vec![sorted[2].clone(), sorted[1].clone(), sorted[0].clone()];
        mixed.sort_by(EntryRow::export_order);
        assert_eq!(mixed, sorted);
    }
}
