//! What a tracker tells of the months up to now.

use crate::model::month::Month;
use crate::model::percent::Percent;

use crate::model::entry::Figure;
use crate::rules::cycle::Cycle;
use crate::rules::facts::LotFacts;
use crate::rules::gap::Gap;
use crate::rules::rate::{NormalRate, normal_rate};
use crate::rules::ratio::Ratio;
use crate::rules::recovery::Recovery;
use crate::rules::state::LotState;

use super::Tracker;

impl Tracker {
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

    /// Returns the recovery plan in effect.
    pub const fn recovery(&self) -> Option<Recovery> {
        self.recovery
    }

    /// Returns the duration in months that holds in `month`: that of the recovery plan, else the contractual one.
    pub fn duration_at(&self, facts: &LotFacts<'_>, month: Month) -> Option<u16> {
        self.recovery.map(|it| it.duration_months()).or_else(|| facts.duration_at(month))
    }

    /// Returns the normal rate of `month`, the next one, with its figure where it has one.
    pub fn normal_rate(
        &self,
        facts: &LotFacts<'_>,
        month: Month,
        figure: Option<&Figure>,
    ) -> Option<NormalRate> {
        let contractual = || facts.duration_at(month).and_then(Ratio::one_part_of);
        normal_rate(self.recovery.map_or_else(contractual, |it| it.rate()), figure)
    }

    /// Returns the month in which a withdrawal was found that nobody has settled, by decision or by policy.
    pub fn found_demobilisation(&self) -> Option<Month> {
        self.finding.map(|it| it.month)
    }

    /// Returns the month in which a withdrawal was found that holds by policy.
    pub fn demobilised_by_policy(&self) -> Option<Month> {
        self.finding.filter(|it| it.in_force).map(|it| it.month)
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

    /// Counts the months of the contractual duration that were used before `month`; suspended ones are not.
    pub fn elapsed_months(&self, month: Month) -> u16 {
        let since_first = self.followed_from.map_or(0, |first| month.since(first));
        u16::try_from(since_first.max(0)).unwrap_or(u16::MAX).saturating_sub(self.suspended_months)
    }
}
