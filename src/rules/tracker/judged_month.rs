//! An expected month: its rate, what it does to the cycle, and what a missing figure does.
//!
//! Once a withdrawal is found and proposed, later months are still recorded and rated, but their outcome stays
//! the withdrawal until somebody decides, or until the works end. A missing month is judged by the policy of
//! its time: frozen (`gel`), no progress at all (`zero`), or left out (`saut`).

use crate::model::entry::Figure;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::policy::{MissingPolicy, Policy, Pronouncement};

use crate::rules::cycle::Cycle;
use crate::rules::facts::LotFacts;
use crate::rules::month_report::MonthReport;
use crate::rules::outcome::Outcome;
use crate::rules::rate::{Grade, NormalRate, held_to_remaining, rate_reached};
use crate::rules::ratio::Ratio;
use crate::rules::status::Status;

use super::{Finding, Tracker};

impl Tracker {
    /// Judges a month by the figure typed for it.
    pub(super) fn judge(
        &mut self,
        facts: &LotFacts<'_>,
        figure: Option<&Figure>,
        cumulative: Percent,
        report: &mut MonthReport,
    ) {
        let month = report.month;
        let policy = facts.policies.at(month);
        report.expected = true;
        report.overdue = self.is_overdue(facts, month);
        let Some(normal) = self.show_normal(facts, figure, report) else {
            report.status = Status::ACompleter;
            self.freeze(report, Outcome::Aucun);
            return;
        };
        let asked = held_to_remaining(self.gap.normal_with(normal.rate), self.known);
        let rate = rate_reached(cumulative.hundredths() - self.known.hundredths(), asked);
        report.target = rate;
        report.covered_months = self.gap.months().saturating_add(1);
        report.estimated = report.covered_months > 1;
        // Whatever the thresholds, the end of the works is never a strike.
        let grade = match rate {
            Some(rate) if cumulative != Percent::FULL => Grade::of(rate, policy),
            _ => Grade::Good,
        };
        report.status = Status::from(grade);
        self.move_cycle(grade, policy, cumulative == Percent::FULL, report);
    }

    /// Judges an expected month without a figure, as the policy of that month wants it.
    pub(super) fn miss(&mut self, facts: &LotFacts<'_>, figure: Option<&Figure>, report: &mut MonthReport) {
        let policy = facts.policies.at(report.month);
        report.expected = true;
        report.missing = true;
        report.overdue = self.is_overdue(facts, report.month);
        self.missing_months = self.missing_months.saturating_add(1);
        let normal = self.show_normal(facts, figure, report);
        report.status = if normal.is_some() { Status::NonRenseigne } else { Status::ACompleter };
        match policy.missing {
            MissingPolicy::Zero if normal.is_some() => {
                let grade = Grade::of(Ratio::ZERO, policy);
                report.month_progress = Some(0);
                report.target = Some(Ratio::ZERO);
                report.covered_months = 1;
                report.status = Status::from(grade);
                self.move_cycle(grade, policy, false, report);
            }
            MissingPolicy::Gel => {
                self.gap.add(normal.map(|it| it.rate));
                self.freeze(report, Outcome::NonSaisie);
            }
            MissingPolicy::Zero | MissingPolicy::Saut => self.freeze(report, Outcome::NonSaisie),
        }
    }

    /// Moves the cycle by a judged month, unless a proposed withdrawal waits for its decision.
    fn move_cycle(&mut self, grade: Grade, policy: &Policy, completes: bool, report: &mut MonthReport) {
        if self.finding.is_some() && !completes {
            return self.freeze(report, Outcome::Demobilisation);
        }
        if self.finding.take().is_some() {
            // The works ended before anybody decided: there is nothing left to withdraw from.
            report.cycle = self.cycle.frozen_position();
            report.outcome = Outcome::Clos;
            self.cycle = Cycle::IDLE;
            return;
        }
        let (found, shown) = self.cycle.judge(report.month, grade, policy);
        report.cycle = found.position;
        report.outcome = found.outcome;
        report.since = shown.since;
        report.warned = shown.warned;
        if found.outcome == Outcome::Demobilisation {
            report.since = Some(report.month);
            let in_force = policy.demobilisation == Pronouncement::Automatique;
            self.finding = Some(Finding { month: report.month, in_force });
        }
    }

    /// Shows the cycle as it stands; a proposed withdrawal outweighs `outcome`.
    pub(super) fn freeze(&self, report: &mut MonthReport, outcome: Outcome) {
        report.cycle = self.cycle.frozen_position();
        report.warned = self.cycle.warned;
        report.since = self.finding.map(|it| it.month).or(self.cycle.since);
        report.outcome = if self.finding.is_some() { Outcome::Demobilisation } else { outcome };
    }

    fn show_normal(
        &self,
        facts: &LotFacts<'_>,
        figure: Option<&Figure>,
        report: &mut MonthReport,
    ) -> Option<NormalRate> {
        let normal = self.normal_rate(facts, report.month, figure)?;
        report.normal = Some(held_to_remaining(normal.rate, self.known));
        report.overridden = normal.overridden;
        Some(normal)
    }

    pub(super) fn is_overdue(&self, facts: &LotFacts<'_>, month: Month) -> bool {
        self.duration_at(facts, month).is_some_and(|duration| self.elapsed_months(month) >= duration)
    }
}
