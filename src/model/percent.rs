//! Percentages as integers of 1/100 %.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// A percentage in hundredths of a percent: `1250` is 12.50 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Percent(pub i32);

impl Percent {
    /// 0.00 %.
    pub const ZERO: Self = Self(0);
    /// 100.00 %.
    pub const FULL: Self = Self(10_000);

    /// Returns the hundredths of a percent.
    pub const fn hundredths(self) -> i64 {
        self.0 as i64
    }

    /// Tells whether this is a possible cumulative progress: 0.00 to 100.00.
    pub fn is_progress(self) -> bool {
        (Self::ZERO..=Self::FULL).contains(&self)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

impl FromStr for Percent {
    type Err = Problem;

    /// Reads a typed number with a decimal comma or dot and at most two decimals; spaces (U+00A0 and U+202F
    /// too) and a `%` sign are ignored. The range is not checked here.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let bad = || Problem::new("percent-unreadable").with("text", text);
        let mut digits: String =
            text.chars().filter(|it| !it.is_whitespace() && *it != '%' && *it != '\u{202f}').collect();
        let negative = digits.starts_with(['-', '\u{2212}']);
        if negative {
            digits.remove(0);
        }
        let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((&digits, ""));
        let plain = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && decimals.is_empty() || whole.len() > 6 || !plain(whole) || !plain(decimals) {
            return Err(bad());
        }
        if decimals.len() > 2 {
            return Err(Problem::new("percent-too-precise").with("text", text));
        }
        let value: i32 = format!("{whole}{decimals:0<2}").parse().map_err(|_| bad())?;
        Ok(Self(if negative { -value } else { value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (text, hundredths) in [
            ("12,5", 1250),
            ("12.50", 1250),
            ("100", 10_000),
            ("0", 0),
            (" 6,25\u{a0}% ", 625),
            ("-3", -300),
            (",5", 50),
        ] {
            assert_eq!(text.parse::<Percent>().unwrap(), Percent(hundredths), "{text}");
        }
        for text in ["", "%", "1e3", "NaN", "12,345", "1.234,5", "\u{663}\u{661}", "--1", "9999999"] {
            assert!(text.parse::<Percent>().is_err(), "{text}");
        }
    }

    #[test]
    fn shows_two_decimals() {
        assert_eq!(Percent(-5).to_string(), "-0.05");
        assert_eq!(Percent(10_000).to_string(), "100.00");
    }
}
