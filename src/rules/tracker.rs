//! The walk over the months of a lot, one month at a time.
//!
//! A tracker holds what earlier months left behind: the last known figure, the frozen months, the cycle. It is
//! small and copied freely, so that a screen can try a figure on a copy.

use serde::{Deserialize, Serialize};

use crate::model::entry::Figure;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::policy::{MissingPolicy, Policy, Pronouncement};
use crate::model::site::Start;

use super::calendar::first_followed_month;
use super::cycle::Cycle;
use super::facts::LotFacts;
use super::gap::Gap;
use super::month_report::MonthReport;
use super::outcome::Outcome;
use super::rate::{Grade, NormalRate, held_to_remaining, normal_rate, rate_reached};
use super::ratio::Ratio;
use super::standing::{Decided, Standing, decided};
use super::state::LotState;
use super::status::Status;

/// What the months of a lot up to now left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracker {
    last: Option<Month>,
    followed_from: Option<Month>,
    start: Option<Month>,
    start_assumed: bool,
    base: Percent,
    known: Percent,
    known_month: Option<Month>,
    known_elapsed_months: u16,
    gap: Gap,
    missing_months: u16,
    suspended_months: u16,
    remobilisations: u16,
    cycle: Cycle,
    finding: Option<Finding>,
    state: LotState,
}

/// A withdrawal that the rules found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Finding {
    month: Month,
    in_force: bool,
}

impl Tracker {
    /// Makes the tracker of a lot before its first month.
    pub fn new(facts: &LotFacts<'_>) -> Self {
        let completed = facts.initial == Percent::FULL;
        Self {
            last: None,
            followed_from: None,
            start: None,
            start_assumed: false,
            base: facts.initial,
            known: facts.initial,
            known_month: None,
            known_elapsed_months: 0,
            gap: Gap::NONE,
            missing_months: 0,
            suspended_months: 0,
            remobilisations: 0,
            cycle: Cycle::default(),
            finding: None,
            state: if completed { LotState::Completed } else { LotState::Active },
        }
    }

    /// Returns the last month stepped.
    pub const fn last_month(&self) -> Option<Month> {
        self.last
    }

    /// Returns the last known cumulative progress: the last figure, or the progress before the follow-up.
    pub const fn known(&self) -> Percent {
        self.known
    }

    /// Returns the month of the last figure.
    pub const fn known_month(&self) -> Option<Month> {
        self.known_month
    }

    /// Returns the hundredths of a percent built since the follow-up began, and the months of the duration that
    /// they took.
    pub const fn progress_made(&self) -> (i64, u16) {
        (self.known.hundredths() - self.base.hundredths(), self.known_elapsed_months)
    }

    /// Returns the state of the lot.
    pub const fn state(&self) -> LotState {
        self.state
    }

    /// Returns the month in which the withdrawal that waits for a decision was found.
    pub fn proposed_demobilisation(&self) -> Option<Month> {
        self.finding.filter(|it| !it.in_force).map(|it| it.month)
    }

    /// Returns how many expected months had no figure since the last one.
    pub const fn missing_months(&self) -> u16 {
        self.missing_months
    }

    /// Returns how many months were suspended.
    pub const fn suspended_months(&self) -> u16 {
        self.suspended_months
    }

    /// Returns how many times the contractor came back.
    pub const fn remobilisations(&self) -> u16 {
        self.remobilisations
    }

    /// Returns the month of the start of works, given or assumed.
    pub const fn start(&self) -> Option<Month> {
        self.start
    }

    /// Returns the first month that is expected and judged.
    pub const fn followed_from(&self) -> Option<Month> {
        self.followed_from
    }

    /// Returns the cycle as the last month left it.
    pub const fn cycle(&self) -> Cycle {
        self.cycle
    }

    /// Returns the expected months that the next figure is spread over, beside its own.
    pub const fn gap(&self) -> Gap {
        self.gap
    }

    /// Judges `month` with its figure and moves on. `facts` are those of every earlier step.
    ///
    /// A month without a figure is over: stop at the last month that is. Months left out since the last step,
    /// or since the start of works, count as months without a figure. A month that was already stepped is not
    /// judged again.
    pub fn step(&mut self, facts: &LotFacts<'_>, month: Month, figure: Option<&Figure>) -> MonthReport {
        if self.last.is_some_and(|last| month <= last) {
            return MonthReport::outside(month);
        }
        self.catch_up(facts, month);
        self.step_next(facts, month, figure)
    }

    /// Steps the months before `month` that have no figure.
    pub(super) fn catch_up(&mut self, facts: &LotFacts<'_>, month: Month) {
        let first = facts.start.map_or(month, |it| it.month.min(month));
        let mut next = self.last.map_or(first, Month::next);
        while next < month {
            self.step_next(facts, next, None);
            next = next.next();
        }
    }

    fn step_next(&mut self, facts: &LotFacts<'_>, month: Month, figure: Option<&Figure>) -> MonthReport {
        let typed = figure.and_then(|it| it.cumulative);
        self.begin(facts, month, typed.is_some());
        self.last = Some(month);
        let standing = self.standing(facts, month, figure);
        let mut report = MonthReport {
            cumulative: typed,
            month_progress: typed.map(|it| it.hundredths() - self.known.hundredths()),
            start_assumed: self.start_assumed,
            ..MonthReport::outside(month)
        };
        match (standing, typed) {
            (Standing::Followed, Some(cumulative)) => self.judge(facts, figure, cumulative, &mut report),
            (Standing::Followed, None) => self.miss(facts, figure, &mut report),
            _ => self.leave_out(facts, standing, &mut report),
        }
        if let Some(cumulative) = typed {
            self.record(cumulative, month);
            if cumulative == Percent::FULL {
                report.status = Status::Acheve;
            }
        }
        self.state = self.state_after(standing);
        report
    }

    /// Learns the start of works: the given one, or else the month of the first figure.
    pub(super) fn begin(&mut self, facts: &LotFacts<'_>, month: Month, has_figure: bool) {
        if self.start.is_none() {
            let assumed = has_figure.then_some(Start { month, day: None });
            if let Some(start) = facts.start.or(assumed) {
                self.start = Some(start.month);
                self.start_assumed = facts.start.is_none();
                self.followed_from = Some(first_followed_month(start));
            }
        }
        if self.followed_from == Some(month) {
            self.base = self.known;
        }
    }

    /// Says whether `month`, the next one, is followed up.
    pub(super) fn standing(&self, facts: &LotFacts<'_>, month: Month, figure: Option<&Figure>) -> Standing {
        if self.start.is_none_or(|start| month < start) {
            return Standing::BeforeStart;
        }
        let decided = decided(facts.decisions, month);
        match decided {
            Decided::Closed => return Standing::Closed,
            Decided::Remobilised => return Standing::Remobilised,
            Decided::Demobilised => return Standing::Demobilised,
            Decided::Suspended | Decided::Nothing => {}
        }
        let typed = figure.and_then(|it| it.cumulative);
        if self.finding.is_some_and(|it| it.in_force) {
            Standing::Demobilised
        } else if self.known == Percent::FULL && typed.is_none_or(|it| it == Percent::FULL) {
            Standing::Completed
        } else if decided == Decided::Suspended {
            Standing::Suspended
        } else if self.followed_from.is_none_or(|first| month < first) {
            Standing::PartialMonth
        } else if figure.is_some_and(|it| it.not_applicable) {
            Standing::NotApplicable
        } else {
            Standing::Followed
        }
    }

    fn judge(
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

    fn miss(&mut self, facts: &LotFacts<'_>, figure: Option<&Figure>, report: &mut MonthReport) {
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

    fn leave_out(&mut self, facts: &LotFacts<'_>, standing: Standing, report: &mut MonthReport) {
        report.status = standing.status();
        report.outcome = standing.outcome();
        match standing {
            Standing::Suspended => {
                report.overdue = self.is_overdue(facts, report.month);
                if self.followed_from.is_some_and(|first| report.month >= first) {
                    self.suspended_months = self.suspended_months.saturating_add(1);
                }
                self.freeze(report, standing.outcome());
            }
            Standing::NotApplicable => self.freeze(report, standing.outcome()),
            Standing::Remobilised => {
                self.remobilisations = self.remobilisations.saturating_add(1);
                self.leave_cycle(Cycle::default());
            }
            Standing::Demobilised if self.finding.is_some_and(|it| it.in_force) => {
                self.gap = Gap::NONE;
                self.missing_months = 0;
            }
            Standing::Demobilised | Standing::Closed => self.leave_cycle(Cycle::IDLE),
            Standing::BeforeStart | Standing::PartialMonth | Standing::Completed | Standing::Followed => {}
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
    fn freeze(&self, report: &mut MonthReport, outcome: Outcome) {
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
        let normal = normal_rate(facts, report.month, figure)?;
        report.normal = Some(held_to_remaining(normal.rate, self.known));
        report.overridden = normal.overridden;
        Some(normal)
    }

    fn leave_cycle(&mut self, cycle: Cycle) {
        self.cycle = cycle;
        self.finding = None;
        self.gap = Gap::NONE;
        self.missing_months = 0;
    }

    fn record(&mut self, cumulative: Percent, month: Month) {
        self.known = cumulative;
        self.known_month = Some(month);
        self.known_elapsed_months = self.elapsed_months(month.next());
        self.gap = Gap::NONE;
        self.missing_months = 0;
        if cumulative == Percent::FULL && self.finding.is_some_and(|it| !it.in_force) {
            self.finding = None;
            self.cycle = Cycle::IDLE;
        }
    }

    fn state_after(&self, standing: Standing) -> LotState {
        match standing {
            Standing::Closed => LotState::Terminated,
            Standing::Demobilised => LotState::Demobilised,
            _ if self.finding.is_some_and(|it| it.in_force) => LotState::Demobilised,
            _ if self.known == Percent::FULL => LotState::Completed,
            Standing::Suspended => LotState::Suspended,
            _ if self.remobilisations > 0 => LotState::Remobilised,
            _ => LotState::Active,
        }
    }

    fn is_overdue(&self, facts: &LotFacts<'_>, month: Month) -> bool {
        facts.duration_at(month).is_some_and(|duration| self.elapsed_months(month) >= duration)
    }

    /// Counts the months of the contractual duration that were used before `month`; suspended ones are not.
    pub fn elapsed_months(&self, month: Month) -> u16 {
        let since_first = self.followed_from.map_or(0, |first| month.since(first));
        u16::try_from(since_first.max(0)).unwrap_or(u16::MAX).saturating_sub(self.suspended_months)
    }
}
