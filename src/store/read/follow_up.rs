//! Reads figures, observations, decisions and settings.

use rusqlite::Row;

use super::{Reader, id, note, or_default, text};
use crate::model::decision::{Decision, DecisionKind};
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Lot;
use crate::store::error::StoreError;
use crate::store::heads::Heads;

/// An observation in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationRow {
    /// Key of the row.
    pub id: Id<ObservationRow>,
    /// The month it is about.
    pub month: Month,
    /// What was observed.
    pub text: String,
}

/// A decision in force, with its grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Key of the row.
    pub id: Id<Decision>,
    /// The lot it is about.
    pub lot: Id<Lot>,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// The recovery plan of a return; may be empty.
    pub plan: String,
    /// What was known when it was taken, as kept; empty for decisions of older programs.
    pub grounds: String,
}

/// A setting and the month from which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    /// The 16 bytes of the organisation, project or site.
    pub owner: Vec<u8>,
    /// For example `policy.cycle`.
    pub name: String,
    /// The first month for which it holds.
    pub month: Month,
    /// Its value as typed.
    pub value: String,
}

impl Reader<'_> {
    /// Returns the figures of a lot by month, empty ones left out.
    pub fn figures(self, lot: Id<Lot>) -> Result<Vec<Figure>, StoreError> {
        let sql = "SELECT month, cumulative, not_applicable, normal FROM entry WHERE lot = ?1 ORDER BY month";
        let figures = self.all(sql, [lot.bytes().as_slice()], figure)?;
        Ok(figures.into_iter().flatten().collect())
    }

    /// Returns the figure of a lot and month.
    pub fn figure(self, lot: Id<Lot>, month: Month) -> Result<Option<Figure>, StoreError> {
        let sql = "SELECT month, cumulative, not_applicable, normal FROM entry WHERE lot = ?1 AND month = ?2";
        Ok(self.all(sql, (lot.bytes().as_slice(), month.index()), figure)?.pop().flatten())
    }

    /// Returns the cause of a delay and who answers for it, as recorded for a lot and month.
    pub fn cause(self, lot: Id<Lot>, month: Month) -> Result<(String, String), StoreError> {
        let sql = "SELECT cause, attribution FROM entry WHERE lot = ?1 AND month = ?2";
        let make = |row: &Row<'_>| Ok((text(row, "cause")?, text(row, "attribution")?));
        Ok(self.all(sql, (lot.bytes().as_slice(), month.index()), make)?.pop().unwrap_or_default())
    }

    /// Returns the observations of a lot in force, by month and age.
    pub fn observations(self, lot: Id<Lot>) -> Result<Vec<ObservationRow>, StoreError> {
        let sql = "SELECT id, month, text FROM observation WHERE lot = ?1 AND archived IS NOT 1 AND text IS NOT NULL
                   ORDER BY month, id";
        let found = self.all(sql, [lot.bytes().as_slice()], |row| {
            let month = Month::from_index(or_default(row, "month")?);
            Ok((id(row, "id")?, month, note(row, "text")?))
        })?;
        let kept = found
            .into_iter()
            .filter_map(|(id, month, text)| Some(ObservationRow { id, month: month?, text }));
        Ok(kept.collect())
    }

    /// Returns the texts of the observations of a lot and month in force, by age.
    pub fn observations_at(self, lot: Id<Lot>, month: Month) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT text FROM observation WHERE lot = ?1 AND month = ?2 AND archived IS NOT 1 AND text IS NOT NULL
                   ORDER BY id";
        self.all(sql, (lot.bytes().as_slice(), month.index()), |row| note(row, 0))
    }

    /// Returns the months of a lot whose figure has two versions that compete.
    pub fn contested_months(self, lot: Id<Lot>) -> Result<Vec<Month>, StoreError> {
        // Two versions take at least 6 bytes: shorter ones are not even read.
        let sql = "SELECT month, h FROM entry WHERE lot = ?1 AND length(h) > 5 ORDER BY month";
        let make = |row: &Row<'_>| Ok((row.get::<_, i64>("month")?, row.get::<_, Vec<u8>>("h")?));
        let found = self.all(sql, [lot.bytes().as_slice()], make)?.into_iter();
        let contested = found.filter(|(_, heads)| Heads::decode(heads).contested() != 0);
        Ok(contested.filter_map(|(month, _)| Month::from_index(month)).collect())
    }

    /// Returns the decisions about a lot in force, by month and age.
    pub fn decisions(self, lot: Id<Lot>) -> Result<Vec<DecisionRow>, StoreError> {
        let sql = "SELECT * FROM decision WHERE lot = ?1 AND archived IS NOT 1 ORDER BY from_month, id";
        Ok(self.all(sql, [lot.bytes().as_slice()], decision)?.into_iter().flatten().collect())
    }

    /// Returns every decision in force, by lot, month and age.
    pub fn all_decisions(self) -> Result<Vec<DecisionRow>, StoreError> {
        let sql = "SELECT * FROM decision WHERE archived IS NOT 1 ORDER BY lot, from_month, id";
        Ok(self.all(sql, [], decision)?.into_iter().flatten().collect())
    }

    /// Returns the lots that decisions are about, archived decisions too.
    pub fn lots_of_decisions(self, decisions: &[Id<Decision>]) -> Result<Vec<Id<Lot>>, StoreError> {
        let mut lots = Vec::new();
        for decision in decisions {
            let sql = "SELECT lot FROM decision WHERE id = ?1 AND lot IS NOT NULL";
            lots.extend(self.all(sql, [decision.bytes().as_slice()], |row| id(row, "lot"))?);
        }
        Ok(lots)
    }

    /// Returns every setting, by owner, name and month.
    pub fn settings(self) -> Result<Vec<SettingRow>, StoreError> {
        let sql = "SELECT owner, name, month, value FROM setting WHERE value IS NOT NULL ORDER BY owner, name, month";
        let found = self.all(sql, [], |row| {
            let month = Month::from_index(row.get("month")?);
            Ok((row.get("owner")?, row.get("name")?, month, text(row, "value")?))
        })?;
        let kept = found
            .into_iter()
            .filter_map(|(owner, name, month, value)| Some(SettingRow { owner, name, month: month?, value }));
        Ok(kept.collect())
    }
}

/// Reads by position: this runs for every figure of a lot that is judged again.
fn figure(row: &Row<'_>) -> rusqlite::Result<Option<Figure>> {
    let cumulative: Option<i32> = row.get(1)?;
    let not_applicable = row.get::<_, Option<bool>>(2)?.unwrap_or(false);
    let normal: Option<i32> = row.get(3)?;
    if cumulative.is_none() && !not_applicable && normal.is_none() {
        return Ok(None);
    }
    let month = Month::from_index(row.get(0)?);
    Ok(month.map(|month| Figure {
        month,
        cumulative: cumulative.map(Percent),
        not_applicable,
        normal: normal.map(Percent),
    }))
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Option<DecisionRow>> {
    let kind: String = or_default(row, "kind")?;
    let from = Month::from_index(or_default(row, "from_month")?);
    let to = row.get::<_, Option<i64>>("to_month")?.and_then(Month::from_index);
    let lot: Option<[u8; 16]> = row.get("lot")?;
    let months: Option<i64> = row.get("months")?;
    let (Some(kind), Some(from), Some(lot)) = (DecisionKind::from_word(&kind), from, lot) else {
        return Ok(None);
    };
    Ok(Some(DecisionRow {
        id: id(row, "id")?,
        lot: Id::from_bytes(lot),
        decision: Decision { kind, from, to, months: months.and_then(|it| u16::try_from(it).ok()) },
        reason: note(row, "reason")?,
        plan: note(row, "plan")?,
        grounds: text(row, "grounds")?,
    }))
}
