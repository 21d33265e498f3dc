//! What the rules say of one lot and one month.

use serde::{Deserialize, Serialize};

use crate::model::month::Month;
use crate::model::percent::Percent;

use super::cycle::CyclePosition;
use super::outcome::Outcome;
use super::ratio::Ratio;
use super::status::Status;

/// What the rules say of one lot and one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one month, each shown on its own")]
pub struct MonthReport {
    /// The month.
    pub month: Month,
    /// Cumulative progress typed for the month.
    pub cumulative: Option<Percent>,
    /// Progress since the last known figure, in hundredths of a percent; where the figure is estimated it
    /// covers `covered_months`.
    pub month_progress: Option<i64>,
    /// Normal rate of the month, held to what remains.
    pub normal: Option<Ratio>,
    /// Rate reached, exact.
    pub target: Option<Ratio>,
    /// How the month reads.
    pub status: Status,
    /// Months that the rate covers: 1, or more after frozen months; 0 where there is no rate.
    pub covered_months: u16,
    /// The rate is spread over several months.
    pub estimated: bool,
    /// The normal rate was typed for this month.
    pub overridden: bool,
    /// The month lies after the contractual end.
    pub overdue: bool,
    /// The start of works is unknown; the first figure stands in.
    pub start_assumed: bool,
    /// A figure was expected.
    pub expected: bool,
    /// A figure was expected and none was typed.
    pub missing: bool,
    /// The place in the cycle.
    pub cycle: CyclePosition,
    /// What the rules find.
    pub outcome: Outcome,
    /// The month in which the open cycle or the standing alert began.
    pub since: Option<Month>,
    /// A warning of withdrawal was found earlier in this cycle.
    pub warned: bool,
}

impl MonthReport {
    /// Makes the report of a month that is not followed up.
    pub fn outside(month: Month) -> Self {
        Self {
            month,
            cumulative: None,
            month_progress: None,
            normal: None,
            target: None,
            status: Status::HorsSuivi,
            covered_months: 0,
            estimated: false,
            overridden: false,
            overdue: false,
            start_assumed: false,
            expected: false,
            missing: false,
            cycle: CyclePosition::default(),
            outcome: Outcome::HorsSuivi,
            since: None,
            warned: false,
        }
    }

    /// Returns the delay rate, `100 - R`; negative is ahead.
    pub fn delay(&self) -> Option<Ratio> {
        self.target.map(Ratio::delay)
    }
}
