//! Deadlines of entries: when a month is due, reminded, late and locked, and which figures are still expected.
//!
//! Days are civil days in the time zone of the organisation; whoever calls has turned the clock into one.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::month::Month;

use super::calendar::{is_working_day, last_day};
use super::month_report::MonthReport;

/// When the entries of a month have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDeadline {
    /// Day of the following month, held to the days that the month has.
    pub day: u8,
    /// Whether the day itself is still in time.
    pub inclusive: bool,
    /// Whether `day` counts working days, Monday to Friday.
    pub working_days: bool,
}

impl Default for EntryDeadline {
    fn default() -> Self {
        Self { day: 5, inclusive: false, working_days: false }
    }
}

/// Returns the first day on which the alert stands for `month`.
pub fn due(month: Month, deadline: EntryDeadline) -> NaiveDate {
    let following = month.next();
    let is_counted = |it: &NaiveDate| !deadline.working_days || is_working_day(*it);
    let (first, end) = (following.first_day(), last_day(following));
    let counted = first.iter_days().take_while(|it| *it <= end).filter(is_counted);
    let limit = counted.take(usize::from(deadline.day.max(1))).last().unwrap_or(first);
    if deadline.inclusive { day_after(limit) } else { limit }
}

/// Returns the last month whose alert stands on `today` unless its entries are there.
pub fn last_due_month(today: NaiveDate, deadline: EntryDeadline) -> Month {
    let mut month = Month::of(today).previous();
    while due(month, deadline) > today && month > Month::MIN {
        month = month.previous();
    }
    month
}

/// Returns the day on which the reminder for `month` is prepared: the 1st of the following month.
pub fn reminder_day(month: Month) -> NaiveDate {
    month.next().first_day()
}

/// Tells whether `today` lies between the reminder for `month` and its alert.
pub fn is_reminder_time(today: NaiveDate, month: Month, deadline: EntryDeadline) -> bool {
    (reminder_day(month)..due(month, deadline)).contains(&today)
}

/// Tells whether an entry for `month` made on `entered` is marked as late.
pub fn entered_late(entered: NaiveDate, month: Month, deadline: EntryDeadline) -> bool {
    entered >= due(month, deadline)
}

/// Tells whether an entry for `month` needs a derogation: more than `lock_days` days after the end of the month.
pub fn locked(today: NaiveDate, month: Month, lock_days: u32) -> bool {
    month.next().first_day().checked_add_days(Days::new(u64::from(lock_days))).is_some_and(|it| today >= it)
}

/// How many figures of a project and month are there, of those expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completeness {
    /// Lots with a figure.
    pub entered: usize,
    /// Lots whose figure is expected; those "sans objet" are not.
    pub expected: usize,
}

impl Completeness {
    /// Tells whether nothing is missing.
    pub const fn is_complete(self) -> bool {
        self.entered >= self.expected
    }
}

/// Counts the expected figures among the reports of one month.
pub fn completeness<'a>(reports: impl IntoIterator<Item = &'a MonthReport>) -> Completeness {
    reports.into_iter().filter(|it| it.expected).fold(Completeness::default(), |count, report| Completeness {
        entered: count.entered + usize::from(!report.missing),
        expected: count.expected + 1,
    })
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// Returns how many days `today` is past the alert for `month`; `None` before it.
pub fn days_overdue(today: NaiveDate, month: Month, deadline: EntryDeadline) -> Option<i64> {
    let days = i64::from(today.num_days_from_ce()) - i64::from(due(month, deadline).num_days_from_ce());
    (days >= 0).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn the_alert_stands_from_the_fifth() {
        assert_eq!(due(month("2026-03"), EntryDeadline::default()), day("2026-04-05"));
        for (of, inclusive, working_days, count, expected) in [
            ("2026-03", true, false, 5, "2026-04-06"),
            ("2026-12", false, false, 5, "2027-01-05"),
            // April 2026 begins on a Wednesday: its fifth working day is Tuesday the 7th.
            ("2026-03", false, true, 5, "2026-04-07"),
            ("2026-03", true, true, 5, "2026-04-08"),
            ("2026-01", false, false, 31, "2026-02-28"),
            ("2026-01", true, false, 31, "2026-03-01"),
            ("2026-03", false, false, 0, "2026-04-01"),
            ("2026-03", false, true, 99, "2026-04-30"),
        ] {
            let deadline = EntryDeadline { day: count, inclusive, working_days };
            assert_eq!(due(month(of), deadline), day(expected), "{of} {deadline:?}");
        }
    }

    #[test]
    fn the_month_before_is_due_from_the_fifth_on() {
        let deadline = EntryDeadline::default();
        assert_eq!(last_due_month(day("2026-04-05"), deadline), month("2026-03"));
        assert_eq!(last_due_month(day("2026-04-04"), deadline), month("2026-02"));
        assert_eq!(last_due_month(day("2026-01-04"), deadline), month("2025-11"));
        assert!(entered_late(day("2026-04-05"), month("2026-03"), deadline));
        assert!(!entered_late(day("2026-04-04"), month("2026-03"), deadline));
        assert!(is_reminder_time(day("2026-04-01"), month("2026-03"), deadline));
        assert!(!is_reminder_time(day("2026-04-05"), month("2026-03"), deadline));
        assert!(!is_reminder_time(day("2026-03-31"), month("2026-03"), deadline));
        assert_eq!(days_overdue(day("2026-04-15"), month("2026-03"), deadline), Some(10));
        assert_eq!(days_overdue(day("2026-04-04"), month("2026-03"), deadline), None);
    }

    #[test]
    fn entries_lock_after_forty_five_days() {
        assert!(!locked(day("2026-05-15"), month("2026-03"), 45));
        assert!(locked(day("2026-05-16"), month("2026-03"), 45));
        assert!(locked(day("2026-04-01"), month("2026-03"), 0));
    }

    #[test]
    fn counts_what_is_expected() {
        let outside = MonthReport::outside(month("2026-03"));
        let entered = MonthReport { expected: true, ..outside };
        let missing = MonthReport { missing: true, ..entered };
        let count = completeness(&[outside, entered, missing, entered]);
        assert_eq!((count.entered, count.expected), (2, 3));
        assert!(!count.is_complete());
        assert!(completeness(&[outside]).is_complete());
    }
}
