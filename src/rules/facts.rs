//! What holds for a lot beside its figures.

use crate::model::decision::Decision;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::policy::PolicyTimeline;
use crate::model::site::Start;

/// What holds for a lot beside its figures.
#[derive(Clone, Copy, Debug)]
pub struct LotFacts<'a> {
    /// Start of works; the month of the first figure stands in where it is unknown.
    pub start: Option<Start>,
    /// Contractual durations in months with the month from which each holds, sorted. The first holds before
    /// its month too. Empty, or 0 months, means that the duration is unknown.
    pub durations: &'a [(Month, u16)],
    /// Progress before the follow-up began.
    pub initial: Percent,
    /// Decisions in force, in any order.
    pub decisions: &'a [Decision],
    /// The policy of each month.
    pub policies: &'a PolicyTimeline,
}

impl LotFacts<'_> {
    /// Returns the contractual duration that holds in `month`: an amendment changes its own month and later
    /// ones, never the past.
    pub fn duration_at(&self, month: Month) -> Option<u16> {
        let later = self.durations.partition_point(|(from, _)| *from <= month);
        let (_, duration) = self.durations.get(later.saturating_sub(1))?;
        (*duration > 0).then_some(*duration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_holds_from_its_month() {
        let month = |number| Month::new(2026, number).unwrap();
        let policies = PolicyTimeline::default();
        let durations = [(month(3), 8), (month(6), 10), (month(9), 0)];
        let facts = LotFacts {
            start: None,
            durations: &durations,
            initial: Percent::ZERO,
            decisions: &[],
            policies: &policies,
        };
        let at = |number| facts.duration_at(month(number));
        assert_eq!([at(1), at(3), at(5), at(6), at(9)], [Some(8), Some(8), Some(8), Some(10), None]);
        assert_eq!(LotFacts { durations: &[], ..facts }.duration_at(month(3)), None);
    }
}
