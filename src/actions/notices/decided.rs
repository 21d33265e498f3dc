//! Which notices decisions call for, and withdrawals by policy.

use std::collections::BTreeMap;

use super::facts::{LotCase, figures};
use super::view::warned_before;
use super::wanted::{Looking, Wanted};
use crate::actions::failure::Failure;
use crate::actions::standing;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::grounds::FrozenGrounds;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::NoticeKind;
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::notify::facts::{DecisionFacts, Target};
use crate::rules::Recovery;
use crate::store::read::{DecisionRow, Reader};

/// How many months back decisions are still written about without being asked.
const DECISION_MONTHS: i32 = 3;
/// Most months in a table of targets.
const TARGETS_MAX: usize = 12;

impl Looking<'_> {
    /// Writes about the last decision of each lot that took it out or brought it back.
    pub fn of_decisions(&self, project: Option<Id<Project>>) -> Result<Vec<Wanted>, Failure> {
        let mut last: BTreeMap<Id<Lot>, DecisionRow> = BTreeMap::new();
        for row in self.read.all_decisions()? {
            let about = matches!(row.decision.kind, DecisionKind::Demobilise | DecisionKind::Remobilise);
            if about {
                last.insert(row.lot, row);
            }
        }
        let mut wanted = Vec::new();
        // What the policy held was written about when it was found.
        let of_people = |it: &DecisionRow| !FrozenGrounds::read(&it.grounds).is_some_and(|it| it.by_policy);
        let recent = last.into_values().filter(|it| it.decision.from >= self.earliest());
        for row in recent.filter(of_people) {
            wanted.extend(self.of_decision(&row)?);
        }
        wanted.retain(|it| project.is_none_or(|id| id == it.project));
        Ok(wanted)
    }

    fn earliest(&self) -> Month {
        self.session.this_month().plus(-DECISION_MONTHS)
    }

    /// Writes about the withdrawals that hold by policy and that no decision has settled since.
    pub fn by_policy(&self, project: Option<Id<Project>>) -> Result<Vec<Wanted>, Failure> {
        let mut wanted = Vec::new();
        for row in self.read.standings(project)? {
            let Some(month) = month_by_policy(self.read, row.lot)?.filter(|it| *it >= self.earliest()) else {
                continue;
            };
            wanted.extend(self.withdrawn(row.lot, month, None)?);
        }
        Ok(wanted)
    }

    /// Writes about a decision.
    pub fn of_decision(&self, row: &DecisionRow) -> Result<Option<Wanted>, Failure> {
        match row.decision.kind {
            DecisionKind::Demobilise => self.withdrawn(row.lot, row.decision.from, Some(row)),
            DecisionKind::Remobilise => self.returned(row),
            _ => Ok(None),
        }
    }

    /// Writes about a return, with what remains and by when.
    fn returned(&self, row: &DecisionRow) -> Result<Option<Wanted>, Failure> {
        let from = row.decision.from;
        let Some(case) = LotCase::read(self.read, &self.desk.terms, row.lot, from)? else { return Ok(None) };
        let mut wanted = self.of_lot(NoticeKind::Remobilisation, &case, from);
        // What the month of the return itself brings is no part of what it begins with.
        let before = |it: &&crate::rules::MonthReport| it.month < from && it.cumulative.is_some();
        wanted.facts.figures = case.months.iter().rev().find(before).map(figures);
        wanted.facts.next = Some(case.coming());
        let decisions = self.read.decisions(row.lot)?;
        let returns = decisions
            .iter()
            .filter(|it| it.decision.kind == DecisionKind::Remobilise && it.decision.from <= from);
        let mut decision = DecisionFacts {
            reason: row.reason.clone(),
            restarts: from.next().to_string(),
            count: u16::try_from(returns.count()).unwrap_or(u16::MAX),
            plan: Some(row.plan.clone()).filter(|it| !it.is_empty()),
            ..DecisionFacts::default()
        };
        if let Some(plan) = case.recovery {
            put_plan(&mut decision, &plan);
        }
        wanted.facts.decision = Some(decision);
        Ok(Some(wanted))
    }

    /// Writes about a withdrawal: one that was pronounced, or one that holds by policy.
    pub fn withdrawn(
        &self,
        lot: Id<Lot>,
        month: Month,
        row: Option<&DecisionRow>,
    ) -> Result<Option<Wanted>, Failure> {
        let Some(case) = LotCase::read(self.read, &self.desk.terms, lot, month)? else { return Ok(None) };
        let mut wanted = self.of_lot(NoticeKind::Demobilisation, &case, month);
        let judged = case.judged(month);
        if let Some(report) = judged {
            case.fill(&mut wanted.facts, report);
        }
        let since = case.cycle_since(month).unwrap_or(Month::MIN);
        wanted.facts.warned = warned_before(self.read, lot, since, month)?;
        wanted.facts.decision = row.map(|it| DecisionFacts {
            reason: it.reason.clone(),
            restarts: month.next().to_string(),
            ..DecisionFacts::default()
        });
        Ok(Some(wanted))
    }
}

/// Puts the new normal rate and the targets of a recovery plan into the facts.
fn put_plan(decision: &mut DecisionFacts, plan: &Recovery) {
    let targets: Vec<_> = plan.targets().collect();
    let shown = targets.iter().take(TARGETS_MAX);
    decision.months = Some(plan.months);
    decision.normal = plan.rate().map(|it| it.to_decimal_string(2));
    decision.targets = shown
        .map(|(month, cumulative)| Target {
            month: month.to_string(),
            // Whoever reaches what is written has reached what is asked.
            cumulative: cumulative.to_decimal_string_up(2),
        })
        .collect();
    decision.ends =
        targets.last().filter(|_| targets.len() > TARGETS_MAX).map(|(month, _)| month.to_string());
}

/// Tells whether a decision has settled what was found in a month.
pub(super) fn is_settled(read: Reader<'_>, lot: Id<Lot>, month: Month) -> Result<bool, Failure> {
    Ok(read.decisions(lot)?.iter().any(|it| settles(&it.decision, month)))
}

fn settles(decision: &Decision, month: Month) -> bool {
    decision.from >= month && !matches!(decision.kind, DecisionKind::Suspend | DecisionKind::Resume)
}

/// Returns the month in which a withdrawal was found that holds by policy, unless a decision has settled it since.
pub(super) fn month_by_policy(read: Reader<'_>, lot: Id<Lot>) -> Result<Option<Month>, Failure> {
    let Some(state) = read.standing(lot)? else { return Ok(None) };
    let kept = standing::decode(&state)?;
    let is_settled = |month: Month| kept.decisions().iter().any(|it| settles(it, month));
    Ok(kept.demobilised_by_policy().filter(|it| !is_settled(*it)))
}
