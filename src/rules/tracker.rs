//! The walk over the months of a lot, one month at a time.
//!
//! A tracker holds what earlier months left behind: the last known figure, the frozen months, the cycle. It is
//! small and copied freely, so that a screen can try a figure on a copy.

mod answers;
mod judged_month;

use serde::{Deserialize, Serialize};

use crate::model::entry::Figure;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

use super::calendar::first_followed_month;
use super::cycle::Cycle;
use super::facts::LotFacts;
use super::gap::Gap;
use super::month_report::MonthReport;
use super::outcome::Outcome;
use super::recovery::Recovery;
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
    /// The plan of the last return.
    recovery: Option<Recovery>,
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
            recovery: None,
            state: if completed { LotState::Completed } else { LotState::Active },
        }
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
        let standing = self.standing(facts, month, figure);
        if standing == Standing::Demobilised
            && typed.is_some()
            && decided(facts.decisions, month.previous()) != Decided::Demobilised
            && let Some(report) = self.step_confirmed(facts, month, figure)
        {
            return report;
        }
        self.step_as(standing, facts, month, figure)
    }

    /// Steps the first month of a withdrawal when that month itself calls for it: it was worked and judged, so its
    /// finding stays, and the contractor is out from the next month on.
    fn step_confirmed(
        &mut self,
        facts: &LotFacts<'_>,
        month: Month,
        figure: Option<&Figure>,
    ) -> Option<MonthReport> {
        let mut judged = *self;
        let report = judged.step_as(Standing::Followed, facts, month, figure);
        if report.outcome != Outcome::Demobilisation || report.since != Some(month) {
            return None;
        }
        judged.finding = Some(Finding { month, in_force: true });
        judged.state = LotState::Demobilised;
        *self = judged;
        Some(report)
    }

    fn step_as(
        &mut self,
        standing: Standing,
        facts: &LotFacts<'_>,
        month: Month,
        figure: Option<&Figure>,
    ) -> MonthReport {
        let typed = figure.and_then(|it| it.cumulative);
        self.last = Some(month);
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
                let used_months = self.elapsed_months(report.month);
                self.recovery = Recovery::at(facts.decisions, report.month, self.known, used_months);
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
}
