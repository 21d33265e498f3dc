//! Exact percentages as fractions: compared without rounding, shown truncated toward the worse side.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::model::percent::Percent;
use crate::model::problem::Problem;

/// An exact percentage `num / den`; `den` is positive. `100/3` is 33.333… %.
///
/// Equality and order look at the value, not at the terms: `1/2` equals `2/4`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "(i64, i64)", into = "(i64, i64)")]
pub struct Ratio {
    num: i64,
    den: i64,
}

impl Ratio {
    /// 0 %.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 100 %.
    pub const FULL: Self = Self { num: 100, den: 1 };

    /// Makes `num / den` percent; `None` unless `den` is positive.
    pub const fn new(num: i64, den: i64) -> Option<Self> {
        if den > 0 { Some(Self { num, den }) } else { None }
    }

    /// Makes the same value as `percent`.
    pub const fn of_percent(percent: Percent) -> Self {
        Self::of_hundredths(percent.hundredths())
    }

    /// Makes the value of so many hundredths of a percent.
    pub const fn of_hundredths(hundredths: i64) -> Self {
        Self { num: hundredths, den: 100 }
    }

    /// Makes `100 / parts` percent, one equal part of the whole; `None` for no parts.
    pub const fn one_part_of(parts: u16) -> Option<Self> {
        Self::new(100, parts as i64)
    }

    /// Returns the numerator; the sign of the value.
    pub const fn num(self) -> i64 {
        self.num
    }

    /// Returns the denominator, always positive.
    pub const fn den(self) -> i64 {
        self.den
    }

    /// Makes `num / den` percent from wide terms; `None` unless `den` is positive.
    ///
    /// Terms that fit stay as they are, others are reduced. A reduced fraction that still needs more than 63
    /// bits loses its last bits: it takes denominators that no contract has.
    pub fn of_wide(num: i128, den: i128) -> Option<Self> {
        if den <= 0 {
            return None;
        }
        if let (Ok(num), Ok(den)) = (i64::try_from(num), i64::try_from(den)) {
            return Some(Self { num, den });
        }
        let divisor = greatest_common_divisor(num, den);
        let (num, den) = (num / divisor, den / divisor);
        let bits = 128 - num.unsigned_abs().leading_zeros().min(den.unsigned_abs().leading_zeros());
        let excess = bits.saturating_sub(63);
        let (num, den) = (clamped(num >> excess), clamped(den >> excess));
        Some(match den {
            0 => Self { num: if num < 0 { i64::MIN } else { i64::MAX }, den: 1 },
            _ => Self { num, den },
        })
    }

    /// Returns the sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.den == other.den
            && let Some(num) = self.num.checked_add(other.num)
        {
            return Self { num, den: self.den };
        }
        let (left, right) = (wide(self.num) * wide(other.den), wide(other.num) * wide(self.den));
        Self::of_wide(left.saturating_add(right), wide(self.den) * wide(other.den)).unwrap_or(Self::ZERO)
    }

    /// Returns the difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { num: other.num.saturating_neg(), den: other.den })
    }

    /// Returns the value `count` times.
    #[must_use]
    pub fn times(self, count: i64) -> Self {
        Self::of_wide(wide(self.num) * wide(count), wide(self.den)).unwrap_or(Self::ZERO)
    }

    /// Returns this value as a percentage of `whole`: `100 x self / whole`; `None` unless `whole` is positive.
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        let num = wide(self.num).checked_mul(wide(whole.den))?;
        let den = wide(self.den).checked_mul(wide(whole.num))?;
        Self::of_wide(num.checked_mul(100)?, den)
    }

    /// Returns `100 - self`: the delay rate of a rate reached; negative is ahead.
    #[must_use]
    pub fn delay(self) -> Self {
        Self::FULL.minus(self)
    }

    /// Tells whether the value is below `threshold`, exactly.
    pub fn is_below(self, threshold: Percent) -> bool {
        wide(self.num) * 100 < wide(threshold.hundredths()) * wide(self.den)
    }

    /// Returns the largest number of hundredths of a percent that is not above the value.
    pub fn hundredths_floor(self) -> i64 {
        clamped(self.scaled_floor(2))
    }

    /// Returns the smallest number of hundredths of a percent that is not below the value.
    pub fn hundredths_ceil(self) -> i64 {
        clamped(self.scaled_ceil(2))
    }

    /// Shows the value with a dot and so many decimals (at most 9), truncated downward: a rate of 29.996
    /// reads `29.99`, never `30.00`.
    pub fn to_decimal_string(self, decimals: u8) -> String {
        decimal_string(self.scaled_floor(decimals), decimals)
    }

    /// Shows the value with so many decimals, rounded upward: for a delay, whose worse side is up. The two
    /// strings of a rate and of its delay add to 100.
    pub fn to_decimal_string_up(self, decimals: u8) -> String {
        decimal_string(self.scaled_ceil(decimals), decimals)
    }

    fn scaled_floor(self, decimals: u8) -> i128 {
        (wide(self.num) * ten_to(decimals)).div_euclid(wide(self.den))
    }

    fn scaled_ceil(self, decimals: u8) -> i128 {
        -(-wide(self.num) * ten_to(decimals)).div_euclid(wide(self.den))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (wide(self.num) * wide(other.den)).cmp(&(wide(other.num) * wide(self.den)))
    }
}

impl TryFrom<(i64, i64)> for Ratio {
    type Error = Problem;

    fn try_from((num, den): (i64, i64)) -> Result<Self, Problem> {
        Self::new(num, den).ok_or_else(|| Problem::new("rules-ratio-unreadable").with("denominator", den))
    }
}

impl From<Ratio> for (i64, i64) {
    fn from(ratio: Ratio) -> Self {
        (ratio.num, ratio.den)
    }
}

fn wide(term: i64) -> i128 {
    i128::from(term)
}

fn ten_to(decimals: u8) -> i128 {
    10_i128.pow(u32::from(decimals.min(9)))
}

fn clamped(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

fn greatest_common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.saturating_abs(), right.saturating_abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

fn decimal_string(scaled: i128, decimals: u8) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let unit = ten_to(decimals).unsigned_abs();
    let (whole, rest) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    match usize::from(decimals.min(9)) {
        0 => format!("{sign}{whole}"),
        width => format!("{sign}{whole}.{rest:0width$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(num: i64, den: i64) -> Ratio {
        Ratio::new(num, den).unwrap()
    }

    #[test]
    fn compares_values_and_not_terms() {
        assert_eq!(ratio(1, 2), ratio(2, 4));
        assert!(ratio(29_999, 1000) < ratio(30, 1));
        assert!(ratio(i64::MAX, 3) > ratio(i64::MAX - 1, 3));
        assert!(ratio(29_999_999, 1_000_000).is_below(Percent(3000)));
        assert!(!ratio(90, 3).is_below(Percent(3000)));
    }

    #[test]
    fn shows_the_worse_side_and_both_sides_add_to_a_hundred() {
        for (num, den, rate, delay) in [
            (29_996, 1000, "29.99", "70.01"),
            (100, 3, "33.33", "66.67"),
            (30, 1, "30.00", "70.00"),
            (-1, 300, "-0.01", "100.01"),
            (12_345, 100, "123.45", "-23.45"),
            (370, 3, "123.33", "-23.33"),
        ] {
            assert_eq!(ratio(num, den).to_decimal_string(2), rate);
            assert_eq!(ratio(num, den).delay().to_decimal_string_up(2), delay);
        }
        assert_eq!(ratio(5, 2).to_decimal_string(0), "2");
    }

    #[test]
    fn adds_and_divides_exactly() {
        assert_eq!(ratio(100, 3).plus(ratio(100, 6)), ratio(50, 1));
        assert_eq!(ratio(100, 8).times(2).minus(ratio(5, 1)), ratio(20, 1));
        assert_eq!(ratio(5, 1).percent_of(ratio(100, 6)), Some(ratio(30, 1)));
        assert_eq!(ratio(5, 1).percent_of(Ratio::ZERO), None);
    }

    #[test]
    fn keeps_wide_terms_close() {
        let huge = ratio(i64::MAX, i64::MAX - 2).plus(ratio(i64::MAX, i64::MAX - 4));
        assert_eq!(huge.to_decimal_string(9), "2.000000000");
        assert_eq!(Ratio::of_wide(1, 0), None);
        assert_eq!(Ratio::of_wide(i128::MIN, 1), Ratio::new(i64::MIN, 1));
    }

    #[test]
    fn refuses_a_stored_zero_denominator() {
        assert!(serde_json::from_str::<Ratio>("[1,0]").is_err());
        assert_eq!(serde_json::from_str::<Ratio>("[1,2]").unwrap(), ratio(2, 4));
    }
}
