//! The normal rate of a month, the rate reached, and its grade.
//!
//! `N = 100 / D`, or what a recovery plan asks, unless the figure of the month carries a rate of its own; `R = 100 a / N`. Near the end the
//! rate asked for is never more than what remains: `N(m) = min(N, 100 - C(m-1))`. Where nothing remains and a
//! lower figure corrects a 100, `N` stands.

use crate::model::entry::Figure;
use crate::model::percent::Percent;
use crate::model::policy::Policy;

use super::ratio::Ratio;

/// The normal rate of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalRate {
    /// The rate, before it is held to what remains.
    pub rate: Ratio,
    /// Whether it was typed for this month.
    pub overridden: bool,
}

/// Returns the normal rate of a month whose usual rate is known; `None` without one and without an override.
///
/// An override of zero or less cannot divide and is passed over.
pub fn normal_rate(usual: Option<Ratio>, figure: Option<&Figure>) -> Option<NormalRate> {
    let typed = figure.and_then(|it| it.normal).filter(|it| *it > Percent::ZERO);
    match typed {
        Some(percent) => Some(NormalRate { rate: Ratio::of_percent(percent), overridden: true }),
        None => usual.map(|rate| NormalRate { rate, overridden: false }),
    }
}

/// Returns `normal` held to what remained to be built after the figure `known`.
#[must_use]
pub fn held_to_remaining(normal: Ratio, known: Percent) -> Ratio {
    let remaining = Percent::FULL.hundredths() - known.hundredths();
    if remaining > 0 { normal.min(Ratio::of_hundredths(remaining)) } else { normal }
}

/// Returns the rate reached by `progress` hundredths of a percent against `normal`; `None` where `normal` is
/// not positive.
pub fn rate_reached(progress: i64, normal: Ratio) -> Option<Ratio> {
    // R = 100 (progress / 100) / (num / den): the hundreds cancel, which keeps the terms small.
    match progress.checked_mul(normal.den()) {
        Some(num) => Ratio::new(num, normal.num()),
        None => Ratio::of_hundredths(progress).percent_of(normal),
    }
}

/// How a rate compares with the thresholds of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grade {
    /// Below `critical`.
    Critical,
    /// From `critical` on, below `good`.
    Problematic,
    /// From `good` on.
    Good,
}

impl Grade {
    /// Grades an exact rate: exactly `critical` is problematic, exactly `good` is good.
    pub fn of(rate: Ratio, policy: &Policy) -> Self {
        if rate.is_below(policy.critical) {
            Self::Critical
        } else if rate.is_below(policy.good) {
            Self::Problematic
        } else {
            Self::Good
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_points_of_a_six_month_contract_are_exactly_thirty_percent() {
        let normal = Ratio::one_part_of(6).unwrap();
        let rate = rate_reached(500, normal).unwrap();
        assert_eq!(rate, Ratio::new(30, 1).unwrap());
        assert_eq!(Grade::of(rate, &Policy::default()), Grade::Problematic);
        assert_eq!(Grade::of(rate_reached(499, normal).unwrap(), &Policy::default()), Grade::Critical);
    }

    #[test]
    fn grades_the_boundaries_exactly() {
        for (hundredths, grade) in [
            (-1, Grade::Critical),
            (2999, Grade::Critical),
            (3000, Grade::Problematic),
            (4999, Grade::Problematic),
            (5000, Grade::Good),
            (25_000, Grade::Good),
        ] {
            assert_eq!(
                Grade::of(Ratio::of_hundredths(hundredths), &Policy::default()),
                grade,
                "{hundredths}"
            );
        }
        let below_fifty = Ratio::new(149_999_999, 3_000_000).unwrap();
        assert_eq!(Grade::of(below_fifty, &Policy::default()), Grade::Problematic);
    }

    #[test]
    fn asks_for_no_more_than_what_remains() {
        let normal = Ratio::one_part_of(8).unwrap();
        assert_eq!(held_to_remaining(normal, Percent(9700)), Ratio::of_hundredths(300));
        assert_eq!(held_to_remaining(normal, Percent(8750)), normal);
        assert_eq!(held_to_remaining(normal, Percent::FULL), normal);
    }
}
