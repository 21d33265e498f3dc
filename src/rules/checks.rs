//! Questions about a figure while it is typed: refused, to be explained, to be confirmed.

use serde::{Deserialize, Serialize};

use crate::model::percent::Percent;
use crate::model::problem::Problem;

use super::ratio::Ratio;

/// A change of more than so many normal rates asks for a confirmation.
pub const UNUSUAL_NORMAL_RATES: i64 = 3;

/// What a question about a typed figure asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The figure is kept; the person confirms it.
    Confirm,
    /// The figure is kept; an observation has to explain it.
    Explain,
    /// The figure is not kept.
    Refuse,
}

/// A question about a typed figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it asks for.
    pub level: Level,
    /// The sentence.
    pub problem: Problem,
}

impl Check {
    fn new(level: Level, problem: Problem) -> Self {
        Self { level, problem }
    }
}

/// Checks a typed cumulative progress against the last known one and the normal rate of the month.
///
/// Outside 0 to 100 it is refused; below the last known one it has to be explained; a change of more than
/// three normal rates has to be confirmed. Empty when there is nothing to ask.
pub fn check_cumulative(typed: Percent, known: Percent, normal: Option<Ratio>) -> Vec<Check> {
    if typed > Percent::FULL {
        let problem = Problem::new("rules-cumulative-above-full").with("typed", typed);
        return vec![Check::new(Level::Refuse, problem)];
    }
    if typed < Percent::ZERO {
        let problem = Problem::new("rules-cumulative-negative").with("typed", typed);
        return vec![Check::new(Level::Refuse, problem)];
    }
    let mut checks = Vec::new();
    if typed < known {
        let problem = Problem::new("rules-cumulative-falls").with("typed", typed).with("known", known);
        checks.push(Check::new(Level::Explain, problem));
    }
    let change = Ratio::of_hundredths((typed.hundredths() - known.hundredths()).abs());
    if let Some(normal) = normal.filter(|it| change > it.times(UNUSUAL_NORMAL_RATES)) {
        let problem = Problem::new("rules-progress-unusual")
            .with("change", change.to_decimal_string(2))
            .with("normal", normal.to_decimal_string(2));
        checks.push(Check::new(Level::Confirm, problem));
    }
    checks
}

/// Checks a normal rate typed for one month: it has to be above 0 and at most 100.
pub fn check_normal(typed: Percent) -> Option<Check> {
    let usable = typed > Percent::ZERO && typed <= Percent::FULL;
    let problem = || Problem::new("rules-normal-unusable").with("typed", typed);
    (!usable).then(|| Check::new(Level::Refuse, problem()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: i32, known: i32, expected: &[(Level, &str)]) {
        let found = check_cumulative(Percent(typed), Percent(known), Ratio::one_part_of(8));
        let found: Vec<_> = found.iter().map(|it| (it.level, it.problem.key.as_str())).collect();
        assert_eq!(found, expected, "{typed} after {known}");
    }

    #[test]
    fn asks_about_unlikely_figures() {
        check(3750, 0, &[]);
        check(3751, 0, &[(Level::Confirm, "rules-progress-unusual")]);
        check(10_000, 9000, &[]);
        check(10_001, 9000, &[(Level::Refuse, "rules-cumulative-above-full")]);
        check(-1, 0, &[(Level::Refuse, "rules-cumulative-negative")]);
        check(4999, 5000, &[(Level::Explain, "rules-cumulative-falls")]);
        check(
            1000,
            5000,
            &[(Level::Explain, "rules-cumulative-falls"), (Level::Confirm, "rules-progress-unusual")],
        );
    }

    #[test]
    fn asks_nothing_about_the_pace_without_a_normal_rate() {
        assert!(check_cumulative(Percent::FULL, Percent::ZERO, None).is_empty());
    }

    #[test]
    fn a_normal_rate_has_to_divide() {
        assert!(check_normal(Percent(0)).is_some() && check_normal(Percent(10_001)).is_some());
        assert!(check_normal(Percent(1)).is_none() && check_normal(Percent::FULL).is_none());
    }
}
