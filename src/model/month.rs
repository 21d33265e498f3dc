//! Civil months, without day or time zone.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// A civil month, counted from January of year 0; ordered and cheap to step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(i32);

impl Month {
    /// The first month that the program accepts.
    pub const MIN: Self = Self(1900 * 12);
    /// The last month that the program accepts.
    pub const MAX: Self = Self(2199 * 12 + 11);

    /// Makes a month from a year and a month number 1 to 12; `None` outside 1900-01 to 2199-12.
    pub fn new(year: i32, number: u32) -> Option<Self> {
        if !(1..=12).contains(&number) || !(1900..=2199).contains(&year) {
            return None;
        }
        Some(Self(year * 12 + i32::try_from(number).ok()? - 1))
    }

    /// Returns the month that holds `date`, clamped to the accepted range.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)).clamp(Self::MIN, Self::MAX)
    }

    /// Reads the stored index back; `None` outside the accepted range.
    pub fn from_index(index: i64) -> Option<Self> {
        let month = Self(i32::try_from(index).ok()?);
        (Self::MIN..=Self::MAX).contains(&month).then_some(month)
    }

    /// Returns the index to store: months since January of year 0.
    pub const fn index(self) -> i64 {
        self.0 as i64
    }

    /// Returns the calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Returns the number of the month, 1 to 12.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// Returns the month `count` months later (earlier when negative), clamped to the accepted range.
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        Self(self.0.saturating_add(count)).clamp(Self::MIN, Self::MAX)
    }

    /// Returns the month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// Returns the month before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// Returns the number of months from `earlier` to this one.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Returns the first day of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = Problem;

    /// Reads `YYYY-MM`, or `MM/YYYY` as people write it.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let bad = || Problem::new("month-unreadable").with("text", text);
        let turned = || text.trim().split_once('/').map(|(number, year)| (year, number));
        let (year, number) = text.trim().split_once('-').or_else(turned).ok_or_else(bad)?;
        if year.len() != 4
            || number.len() != 2
            || !(year.to_owned() + number).bytes().all(|it| it.is_ascii_digit())
        {
            return Err(bad());
        }
        let (Ok(year), Ok(number)) = (year.parse(), number.parse()) else { return Err(bad()) };
        Self::new(year, number).ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_over_the_year() {
        let december = Month::new(2025, 12).unwrap();
        assert_eq!(december.next().to_string(), "2026-01");
        assert_eq!(december.plus(-12).to_string(), "2024-12");
        assert_eq!(december.next().since(december), 1);
    }

    #[test]
    fn reads_only_year_and_month() {
        assert_eq!("2026-03".parse::<Month>().unwrap(), Month::new(2026, 3).unwrap());
        assert_eq!(" 03/2026 ".parse::<Month>().unwrap(), Month::new(2026, 3).unwrap());
        for text in [
            "13/2026",
            "3/2026",
            "03/26",
            "2026/03",
            "03-2026",
            "15/03/2026",
            "2026-13",
            "2026-00",
            "26-03",
            "2026-3",
            "2026",
            "+026-03",
            "2026-03-01",
            "",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
