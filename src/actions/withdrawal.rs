//! A withdrawal outlives the correction of its figures: it is never undone silently.
//!
//! A decision stands whatever is corrected. A withdrawal by policy (`demobilisation automatique`) is only a finding, and
//! would go with its figures: the op that takes its ground away writes it down as a decision, by policy, from the month after
//! the finding. In both cases the program says that the ground is gone, and proposes the remobilisation.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::decide;
use super::failure::Failure;
use super::grounds::frozen_month;
use super::record_entry::place;
use super::standing::{self, Policies};
use super::terms::Terms;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::grounds::FrozenGrounds;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::rules::standing::{Decided, decided};
use crate::rules::{LotFacts, LotState, follow};
use crate::store::read::Reader;
use crate::store::transact::Tx;

/// Lots whose contractor is out by policy.
pub(super) struct ByPolicy(Vec<(Id<Lot>, Month, FrozenGrounds)>);

impl ByPolicy {
    /// Finds, among lots, those whose contractor is out by policy, as their standing was kept before an op.
    pub(super) fn among(tx: &Tx<'_>, lots: &BTreeSet<Id<Lot>>, today: NaiveDate) -> Result<Self, Failure> {
        let read = tx.read();
        let mut found = Vec::new();
        for lot in lots {
            let Some(state) = read.standing(*lot)? else { continue };
            // What another version of the program kept is judged anew.
            let Ok(kept) = standing::decode(&state) else { continue };
            let Some(month) = kept.demobilised_by_policy() else { continue };
            let months = kept.recent().iter().filter(|it| it.month <= month);
            let frozen = FrozenGrounds {
                day: today.to_string(),
                state: LotState::Demobilised.as_str().to_owned(),
                since: kept.finding().and_then(|it| it.since).map(|it| it.to_string()),
                months: months.map(frozen_month).collect(),
                proposed: Some(month.to_string()),
                warned: kept.finding().is_some_and(|it| it.warned),
                by_policy: true,
                ..FrozenGrounds::default()
            };
            found.push((*lot, month, frozen));
        }
        Ok(Self(found))
    }

    /// Writes down the withdrawals whose ground the op took away. Returns the lots concerned.
    pub(super) fn hold(self, tx: &mut Tx<'_>) -> Result<BTreeSet<Id<Lot>>, Failure> {
        let mut held = BTreeSet::new();
        for (lot, month, frozen) in self.0 {
            let read = tx.read();
            let Some(state) = read.standing(lot)? else { continue };
            let kept = standing::decode(&state)?;
            let Some(lot) = read.lot(lot)? else { continue };
            let is_out = |it: Month| {
                let decided = decided(kept.decisions(), it);
                matches!(decided, Decided::Demobilised | Decided::Closed | Decided::Remobilised)
            };
            if kept.demobilised_by_policy().is_some() || is_out(month.next()) {
                continue;
            }
            let decision =
                Decision { kind: DecisionKind::Demobilise, from: month.next(), to: None, months: None };
            let written = decide::Written { decision, reason: "", plan: "", grounds: Some(&frozen) };
            decide::write(tx, lot.site, lot.id, &written)?;
            held.insert(lot.id);
        }
        Ok(held)
    }
}

/// Returns the month of the withdrawal in effect in `month` that rested on figures which do not call for it any more.
pub fn groundless(
    read: Reader<'_>,
    site: &Site,
    lot: Id<Lot>,
    month: Month,
) -> Result<Option<Month>, Failure> {
    let rows = read.decisions(lot)?;
    let taken: Vec<Decision> = rows.iter().map(|it| it.decision).collect();
    if decided(&taken, month) != Decided::Demobilised {
        return Ok(None);
    }
    let out =
        rows.iter().filter(|it| it.decision.kind == DecisionKind::Demobilise && it.decision.from <= month);
    let Some(row) = out.max_by_key(|it| it.decision.from) else { return Ok(None) };
    let Some(found) = FrozenGrounds::read(&row.grounds).and_then(|it| it.proposed_month()) else {
        return Ok(None);
    };
    let from = row.decision.from;
    let same = |it: &&Decision| it.kind == DecisionKind::Demobilise && it.from == from;
    let before: Vec<Decision> = taken.iter().filter(|it| it.from <= from && !same(it)).copied().collect();
    let terms = Terms::load(read)?;
    let policies = Policies::of(&terms, site.project);
    let durations = terms.durations(site);
    let facts = LotFacts {
        start: site.start,
        durations: &durations,
        initial: site.initial,
        decisions: &before,
        policies: policies.timeline(),
    };
    let tracker = follow(&facts, &read.figures(lot)?, found.max(from), |_| ());
    Ok(tracker.found_demobilisation().is_none().then_some(from))
}

/// Says that the withdrawal in effect has lost its ground, and what to do.
pub(super) fn warning(
    read: Reader<'_>,
    site: &Site,
    lot: &Lot,
    month: Month,
) -> Result<Option<Problem>, Failure> {
    let found = groundless(read, site, lot.id, month)?;
    Ok(found
        .map(|it| Problem::new("demobilise-groundless").with("place", place(site, lot)).with("month", it)))
}
