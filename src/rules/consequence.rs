//! What the rules will do in the coming month, said before anybody types its figure.

use serde::{Deserialize, Serialize};

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::policy::Policy;

use super::cycle::transition;
use super::facts::LotFacts;
use super::outcome::Outcome;
use super::pace::{months_left, needed_pace, projected_end};
use super::rate::{Grade, held_to_remaining};
use super::ratio::Ratio;
use super::standing::Standing;
use super::tracker::Tracker;

/// What one month has to bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Points to build since the last known figure.
    pub points: Percent,
    /// The cumulative progress to reach.
    pub cumulative: Percent,
}

/// What the rules will do in the coming month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// The coming month.
    pub month: Month,
    /// The outcome where the rate is critical.
    pub if_critical: Outcome,
    /// The outcome where the rate is between the thresholds.
    pub if_problematic: Outcome,
    /// The outcome where the rate is good.
    pub if_good: Outcome,
    /// What keeps the rate out of critical; `None` where the month is not judged.
    pub to_leave_critical: Option<Need>,
    /// What makes the rate good; `None` where the month is not judged.
    pub to_be_good: Option<Need>,
    /// Months of the contractual duration that are left, the coming one included; 0 after its end.
    pub months_left: Option<u16>,
    /// Points a month that would end the works in time; `None` without time left.
    pub needed_pace: Option<Ratio>,
    /// The month in which the works end at the pace so far.
    pub projected_end: Option<Month>,
}

/// Says what the rules will do in `month`, the first that is not stepped yet. Months between the last step and
/// `month` count as months without a figure.
pub fn next_consequences(tracker: &Tracker, facts: &LotFacts<'_>, month: Month) -> Consequences {
    let mut ahead = *tracker;
    ahead.catch_up(facts, month);
    ahead.begin(facts, month, true);
    let policy = facts.policies.at(month);
    let standing = ahead.standing(facts, month, None);
    let normal = ahead.normal_rate(facts, month, None).filter(|_| standing == Standing::Followed);
    let outcome = |grade| outcome_of(&ahead, standing, normal.is_some(), grade, policy);
    let asked = normal.map(|it| held_to_remaining(ahead.gap().normal_with(it.rate), ahead.known()));
    Consequences {
        month,
        if_critical: outcome(Grade::Critical),
        if_problematic: outcome(Grade::Problematic),
        if_good: outcome(Grade::Good),
        to_leave_critical: asked.and_then(|it| need(it, ahead.known(), policy.critical)),
        to_be_good: asked.and_then(|it| need(it, ahead.known(), policy.good)),
        months_left: months_left(&ahead, facts, month),
        needed_pace: needed_pace(&ahead, facts, month),
        projected_end: projected_end(&ahead),
    }
}

fn outcome_of(ahead: &Tracker, standing: Standing, rated: bool, grade: Grade, policy: &Policy) -> Outcome {
    let waits = ahead.proposed_demobilisation().is_some();
    match standing {
        Standing::Followed | Standing::Suspended | Standing::NotApplicable if waits => {
            Outcome::Demobilisation
        }
        Standing::Followed if rated => transition(ahead.cycle().phase, grade, policy).outcome,
        _ => standing.outcome(),
    }
}

/// Returns the fewest hundredths whose exact rate against `asked` is not below `threshold`. Reaching 100 % is
/// always enough.
fn need(asked: Ratio, known: Percent, threshold: Percent) -> Option<Need> {
    let remaining = Percent::FULL.hundredths() - known.hundredths();
    let wanted = asked.times(threshold.hundredths()).hundredths_ceil();
    let points = wanted.div_euclid(10_000) + i64::from(wanted.rem_euclid(10_000) > 0);
    let points = if remaining > 0 { points.min(remaining) } else { points };
    let percent = |hundredths: i64| i32::try_from(hundredths).ok().map(Percent);
    Some(Need { points: percent(points)?, cumulative: percent(known.hundredths() + points)? })
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

    fn after(cumulative: &[i32], duration: u16, check: impl FnOnce(Consequences, &Tracker, &LotFacts<'_>)) {
        let policies = PolicyTimeline::default();
        let durations = [(month(1), duration)];
        let facts = LotFacts {
            start: Some(Start { month: month(1), day: None }),
            durations: if duration > 0 { &durations } else { &[] },
            initial: Percent::ZERO,
            decisions: &[],
            policies: &policies,
        };
        let figures: Vec<Figure> = (1..)
            .zip(cumulative)
            .map(|(number, hundredths)| Figure {
                month: month(number),
                cumulative: Some(Percent(*hundredths)),
                not_applicable: false,
                normal: None,
            })
            .collect();
        let last = u32::try_from(cumulative.len()).unwrap();
        let tracker = follow(&facts, &figures, month(last.max(1)), |_| ());
        let coming = month(last.max(1) + 1);
        check(next_consequences(&tracker, &facts, coming), &tracker, &facts);
    }

    #[test]
    fn says_what_each_rate_would_bring() {
        // Eight months: 12.50 points are normal; 45 % then 25 %.
        after(&[563, 563 + 312], 8, |next, _, _| {
            assert_eq!(
                [next.if_critical, next.if_problematic, next.if_good],
                [Outcome::Demobilisation, Outcome::Sursis, Outcome::Aucun]
            );
            assert_eq!(next.to_leave_critical.unwrap().points, Percent(375));
            assert_eq!(next.to_be_good.unwrap(), Need { points: Percent(625), cumulative: Percent(1500) });
            assert_eq!(next.months_left, Some(6));
            assert_eq!(next.needed_pace, Ratio::new(9125, 600));
        });
    }

    #[test]
    fn what_is_needed_is_exactly_enough() {
        for duration in [3, 7, 11, 13, 24, 36] {
            after(&[100], duration, |next, tracker, facts| {
                for (need, threshold) in [(next.to_leave_critical, 3000), (next.to_be_good, 5000)] {
                    let cumulative = need.unwrap().cumulative;
                    let rate = |cumulative| {
                        let figure = Figure {
                            month: next.month,
                            cumulative: Some(cumulative),
                            not_applicable: false,
                            normal: None,
                        };
                        let mut copy = *tracker;
                        copy.step(facts, next.month, Some(&figure)).target.unwrap()
                    };
                    assert!(!rate(cumulative).is_below(Percent(threshold)), "{duration}");
                    assert!(rate(Percent(cumulative.0 - 1)).is_below(Percent(threshold)), "{duration}");
                }
            });
        }
    }

    #[test]
    fn says_so_when_a_withdrawal_waits_or_nothing_can_be_judged() {
        after(&[100, 200, 300], 8, |next, _, _| {
            assert_eq!([next.if_critical, next.if_good], [Outcome::Demobilisation; 2]);
        });
        after(&[5000, 10_000], 8, |next, _, _| {
            assert_eq!(next.if_critical, Outcome::HorsSuivi);
            assert_eq!(next.to_be_good, None);
        });
        after(&[100], 0, |next, _, _| {
            assert_eq!((next.if_critical, next.to_be_good, next.needed_pace), (Outcome::Aucun, None, None));
        });
    }
}
