//! What a field accepts: the same readers and sentences as the actions behind it.

use crate::actions::register::organisation::{check_currency, check_zone};
use crate::actions::register::{email, required, site};
use crate::model::money;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::Start;

/// What a field accepts. An empty field is accepted unless it is `Name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Anything.
    Any,
    /// A text that is not empty.
    Name,
    /// An e-mail address.
    Email,
    /// The start of works: a month or a day.
    Start,
    /// A month.
    Month,
    /// A number of months.
    Months,
    /// A progress in percent.
    Progress,
    /// A positive number of at most two decimals.
    Weight,
    /// An amount in a currency.
    Amount(String),
    /// The code of a currency.
    Currency,
    /// The name of a time zone.
    Zone,
}

impl Check {
    /// Returns what is wrong with a text.
    pub fn problem(&self, text: &str) -> Option<Problem> {
        let text = text.trim();
        if text.is_empty() && *self != Self::Name {
            return None;
        }
        match self {
            Self::Any => None,
            Self::Name => required(text).err().map(|_| Problem::new("field-empty")),
            Self::Email => email(Some(text)).err(),
            Self::Start => text.parse::<Start>().err(),
            Self::Month => text.parse::<Month>().err(),
            Self::Months => months(text).err(),
            Self::Progress => progress(text).err(),
            Self::Weight => weight(text).err(),
            Self::Amount(currency) => money::minor(text, currency).err(),
            Self::Currency => check_currency(&text.to_uppercase()).err(),
            Self::Zone => check_zone(text).err(),
        }
    }
}

/// Reads a number of months that a contract can last.
pub fn months(text: &str) -> Result<u16, Problem> {
    let most = site::DURATION_MONTHS_MAX;
    let read = text.trim().parse().ok().filter(|it| (1..=most).contains(it));
    read.ok_or_else(|| Problem::new("months-unreadable").with("text", text).with("most", most))
}

/// Reads a progress from 0 to 100 %.
pub fn progress(text: &str) -> Result<Percent, Problem> {
    let percent: Percent = text.parse()?;
    if percent.is_progress() {
        return Ok(percent);
    }
    Err(Problem::new("progress-out-of-range").with("value", percent))
}

/// Reads a weight into hundredths.
pub fn weight(text: &str) -> Result<i64, Problem> {
    let hundredths = money::hundredths(text)?;
    if hundredths > 0 { Ok(hundredths) } else { Err(Problem::new("weight-not-positive")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_accept_what_the_actions_accept() {
        for (check, good, bad) in [
            (Check::Name, "Marché", " – "),
            (Check::Email, "a.b@exemple.org", "a.b"),
            (Check::Start, "15/03/2026", "31/02/2026"),
            (Check::Month, "2026-03", "2026-03-15"),
            (Check::Months, "18", "0"),
            (Check::Progress, "12,5", "101"),
            (Check::Weight, "1,5", "0"),
            (Check::Amount("XOF".into()), "125 000", "12,5"),
            (Check::Currency, "XAF", "franc"),
            (Check::Zone, "Africa/Douala", "Douala"),
        ] {
            assert_eq!(check.problem(good), None, "{check:?}");
            assert!(check.problem(bad).is_some(), "{check:?}");
            assert_eq!(check.problem("").is_some(), check == Check::Name);
        }
    }
}
