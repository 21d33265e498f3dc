//! The first month that is followed up: a first month with too few working days does not count.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::month::Month;
use crate::model::site::Start;

/// A first month with fewer working days than this is neither expected nor judged.
pub const FULL_MONTH_WORKING_DAYS: u32 = 15;

/// Tells whether `day` is worked: Monday to Friday. Public holidays differ by country and are not known here.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Counts the working days from `day`, itself included, to the end of its month.
pub fn working_days_to_month_end(day: NaiveDate) -> u32 {
    let same_month = day.iter_days().take_while(|it| it.month() == day.month());
    same_month.map(|it| u32::from(is_working_day(it))).sum()
}

/// Returns the first month that is expected and judged: the month of the start, or the one after where
/// fewer than [`FULL_MONTH_WORKING_DAYS`] are left from the day of the start.
pub fn first_followed_month(start: Start) -> Month {
    let day = start.day.filter(|it| Month::of(*it) == start.month);
    let partial = day.is_some_and(|it| working_days_to_month_end(it) < FULL_MONTH_WORKING_DAYS);
    if partial { start.month.next() } else { start.month }
}

/// Returns the last day of `month`.
pub fn last_day(month: Month) -> NaiveDate {
    let next = month.next().first_day();
    if next <= month.first_day() {
        NaiveDate::MAX
    } else {
        next.checked_sub_days(Days::new(1)).unwrap_or(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn counts_monday_to_friday() {
        // April 2026 begins on a Wednesday and has 22 working days.
        for (from, count) in [
            ("2026-04-01", 22),
            ("2026-04-10", 15),
            ("2026-04-11", 14),
            ("2026-04-13", 14),
            ("2026-04-30", 1),
        ] {
            assert_eq!(working_days_to_month_end(day(from)), count, "{from}");
        }
        assert_eq!(working_days_to_month_end(day("2026-05-30")), 0);
    }

    #[test]
    fn fourteen_working_days_do_not_make_a_month() {
        let april: Month = "2026-04".parse().unwrap();
        let first = |text: &str| first_followed_month(Start { month: april, day: Some(day(text)) });
        assert_eq!(first("2026-04-10"), april);
        assert_eq!(first("2026-04-11"), april.next());
        assert_eq!(first_followed_month(Start { month: april, day: None }), april);
        assert_eq!(first("2026-03-31"), april, "a day outside the month of the start is passed over");
    }

    #[test]
    fn knows_the_last_day() {
        assert_eq!(last_day("2028-02".parse().unwrap()), day("2028-02-29"));
        assert_eq!(last_day("2026-12".parse().unwrap()), day("2026-12-31"));
    }
}
