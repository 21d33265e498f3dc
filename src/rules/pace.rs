//! The pace that would end the works in time, and the end that the pace so far leads to.

use crate::model::month::Month;
use crate::model::percent::Percent;

use super::facts::LotFacts;
use super::ratio::Ratio;
use super::tracker::Tracker;

/// Returns the months of the duration in effect that are left before its end, `month` included; 0 after the
/// end, `None` without a duration. `month` is the first that is not stepped yet.
pub fn months_left(tracker: &Tracker, facts: &LotFacts<'_>, month: Month) -> Option<u16> {
    Some(tracker.duration_at(facts, month)?.saturating_sub(tracker.elapsed_months(month)))
}

/// Returns the points a month that would reach 100 % in time, `(100 - C) / months left`; `None` without time
/// left or without a duration.
pub fn needed_pace(tracker: &Tracker, facts: &LotFacts<'_>, month: Month) -> Option<Ratio> {
    let remaining = Percent::FULL.hundredths() - tracker.known().hundredths();
    Ratio::new(remaining, 100 * i64::from(months_left(tracker, facts, month)?))
}

/// Returns the month in which 100 % is reached at the average pace since the follow-up began, counted from the
/// last figure; `None` while nothing was built. Suspended months do not slow the pace.
pub fn projected_end(tracker: &Tracker) -> Option<Month> {
    let month = tracker.known_month()?;
    let remaining = Percent::FULL.hundredths() - tracker.known().hundredths();
    if remaining <= 0 {
        return Some(month);
    }
    let (built, elapsed_months) = tracker.progress_made();
    if built <= 0 || elapsed_months == 0 {
        return None;
    }
    let needed = remaining.saturating_mul(i64::from(elapsed_months));
    let months = needed / built + i64::from(needed % built > 0);
    Some(month.plus(i32::try_from(months).unwrap_or(i32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Figure;
    use crate::model::policy::PolicyTimeline;
    use crate::model::site::Start;
    use crate::rules::follow;

    fn month(number: u32) -> Month {
        Month::new(2026, number).unwrap()
    }

    #[track_caller]
    fn check(cumulative: i32, duration: u16, left: u16, pace: Option<&str>, end: Option<&str>) {
        let policies = PolicyTimeline::default();
        let durations = [(month(1), duration)];
        let facts = LotFacts {
            start: Some(Start { month: month(1), day: None }),
            durations: &durations,
            initial: Percent(400),
            decisions: &[],
            policies: &policies,
        };
        let figure = Figure {
            month: month(3),
            cumulative: Some(Percent(cumulative)),
            not_applicable: false,
            normal: None,
        };
        let tracker = follow(&facts, &[figure], month(3), |_| ());
        assert_eq!(months_left(&tracker, &facts, month(4)), Some(left));
        let shown = needed_pace(&tracker, &facts, month(4)).map(|it| it.to_decimal_string(2));
        assert_eq!(shown.as_deref(), pace);
        assert_eq!(projected_end(&tracker).map(|it| it.to_string()).as_deref(), end);
    }

    #[test]
    fn looks_ahead_from_the_last_figure() {
        // 24 points in three months: 72 more take nine months.
        check(2800, 8, 5, Some("14.40"), Some("2026-12"));
        check(2799, 8, 5, Some("14.40"), Some("2027-01"));
        check(2800, 2, 0, None, Some("2026-12"));
        check(400, 8, 5, Some("19.20"), None);
        check(10_000, 8, 5, Some("0.00"), Some("2026-03"));
    }
}
