//! Time consumed against works built: how late a lot is, in points and in months.
//!
//! Time consumed is the elapsed part of the contractual duration, suspended months left out; it may pass 100 %.
//! Planned progress is the same figure held to 100 %, as the normal rate is the same every month; after a return with a
//! recovery plan it is what the plan asks, and the duration is the months used before with those granted. The delay is
//! planned less known progress, never below zero; divided by `N` it is a number of months.

use serde::{Deserialize, Serialize};

use crate::model::percent::Percent;

use super::facts::LotFacts;
use super::ratio::Ratio;
use super::tracker::Tracker;

/// Time and works of a lot after its last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// Time consumed, in percent of the contractual duration.
    pub time_consumed: Ratio,
    /// Known progress less time consumed, in points; negative is late.
    pub physical_minus_time: Ratio,
    /// Cumulative delay in points, 0 or more.
    pub points: Ratio,
    /// Cumulative delay in months of the normal rate, 0 or more.
    pub months: Ratio,
}

/// Returns the delay of a lot after the last month stepped; `None` without a duration or before the first
/// followed month. The time of a finished lot stops at the month of its 100 %.
pub fn delay(tracker: &Tracker, facts: &LotFacts<'_>) -> Option<Delay> {
    let last = tracker.last_month()?;
    let finished = tracker.known_month().filter(|_| tracker.known() == Percent::FULL);
    let month = finished.unwrap_or(last);
    tracker.followed_from().filter(|first| month >= *first)?;
    let (duration, used) = (tracker.duration_at(facts, month)?, tracker.elapsed_months(month.next()));
    let time_consumed = Ratio::new(100 * i64::from(used), i64::from(duration))?;
    let known = Ratio::of_percent(tracker.known());
    let (planned, normal) = match tracker.recovery() {
        Some(plan) => (plan.planned(used)?, plan.rate()?),
        None => (time_consumed.min(Ratio::FULL), Ratio::one_part_of(duration)?),
    };
    let points = planned.minus(known).max(Ratio::ZERO);
    let months = Ratio::of_wide(
        i128::from(points.num()) * i128::from(normal.den()),
        i128::from(points.den()) * i128::from(normal.num()),
    )?;
    Some(Delay { time_consumed, physical_minus_time: known.minus(time_consumed), points, months })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decision::{Decision, DecisionKind};
    use crate::model::entry::Figure;
    use crate::model::month::Month;
    use crate::model::policy::PolicyTimeline;
    use crate::model::site::Start;
    use crate::rules::follow;

    fn month(number: u32) -> Month {
        Month::new(2026, number).unwrap()
    }

    #[track_caller]
    fn check(cumulative: i32, until: u32, decisions: &[Decision], shown: [&str; 4]) {
        let policies = PolicyTimeline::default();
        let durations = [(month(1), 8)];
        let facts = LotFacts {
            start: Some(Start { month: month(1), day: None }),
            durations: &durations,
            initial: Percent::ZERO,
            decisions,
            policies: &policies,
        };
        let figure = Figure {
            month: month(4),
            cumulative: Some(Percent(cumulative)),
            not_applicable: false,
            normal: None,
        };
        let tracker = follow(&facts, &[figure], month(until), |_| ());
        let found = delay(&tracker, &facts).unwrap();
        let ratios = [found.time_consumed, found.physical_minus_time, found.points, found.months];
        assert_eq!(ratios.map(|it| it.to_decimal_string(2)), shown);
    }

    #[test]
    fn compares_time_with_works() {
        check(2500, 4, &[], ["50.00", "-25.00", "25.00", "2.00"]);
        check(6000, 4, &[], ["50.00", "10.00", "0.00", "0.00"]);
        check(2500, 10, &[], ["125.00", "-100.00", "75.00", "6.00"]);
        check(10_000, 10, &[], ["50.00", "50.00", "0.00", "0.00"]);
    }

    #[test]
    fn suspended_months_consume_no_time() {
        let stop = Decision { kind: DecisionKind::Suspend, from: month(2), to: Some(month(3)), months: None };
        check(2500, 4, &[stop], ["25.00", "0.00", "0.00", "0.00"]);
    }
}
