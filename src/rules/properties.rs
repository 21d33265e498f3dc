//! Properties that hold for any lot.

use proptest::prelude::*;

use crate::model::decision::{Decision, DecisionKind};
use crate::model::entry::Figure;
use crate::model::percent::Percent;
use crate::model::policy::{CycleMode, MissingPolicy, Policy, PolicyTimeline, Pronouncement};
use crate::model::site::Start;

use super::rate::rate_reached;
use super::scenarios::{Lot, month};
use super::{Outcome, Ratio, Status, Tracker};

const MONTHS: usize = 18;

fn policies() -> impl Strategy<Value = PolicyTimeline> {
    let policy = (0_usize..3, 0_usize..3, any::<bool>(), any::<bool>()).prop_map(
        |(cycle, missing, fourth_month, automatic)| Policy {
            cycle: [CycleMode::Mixte, CycleMode::Strict, CycleMode::Glissant][cycle],
            missing: [MissingPolicy::Gel, MissingPolicy::Zero, MissingPolicy::Saut][missing],
            fourth_month,
            demobilisation: if automatic { Pronouncement::Automatique } else { Pronouncement::Proposee },
            ..Policy::default()
        },
    );
    (policy.clone(), proptest::option::of((1..MONTHS, policy))).prop_map(|(first, change)| PolicyTimeline {
        first,
        changes: change.into_iter().map(|(from, policy)| (month(from), policy)).collect(),
    })
}

fn decisions() -> impl Strategy<Value = Vec<Decision>> {
    let kinds = [
        DecisionKind::Suspend,
        DecisionKind::Suspend,
        DecisionKind::Resume,
        DecisionKind::Demobilise,
        DecisionKind::Remobilise,
        DecisionKind::Close,
    ];
    let decision = (0..kinds.len(), 1..MONTHS, proptest::option::of(0_usize..4)).prop_map(
        move |(kind, from, length)| Decision {
            kind: kinds[kind],
            from: month(from),
            to: length.filter(|_| kind < 2).map(|length| month(from + length)),
            months: length.and_then(|it| u16::try_from(it).ok()),
        },
    );
    proptest::collection::vec(decision, 0..4)
}

fn figures() -> impl Strategy<Value = Vec<Figure>> {
    let figure = (1..=MONTHS, 0..=10_000_i32, 0..12_u8).prop_map(|(number, cumulative, mark)| Figure {
        month: month(number),
        cumulative: (mark != 0).then_some(Percent(cumulative)),
        not_applicable: mark < 2,
        normal: (mark == 2).then_some(Percent(cumulative / 10)),
    });
    proptest::collection::btree_map(1..=MONTHS, figure, 0..MONTHS).prop_map(|figures| {
        figures.into_iter().map(|(number, figure)| Figure { month: month(number), ..figure }).collect()
    })
}

fn lots() -> impl Strategy<Value = Lot> {
    let durations = proptest::collection::btree_map(1..MONTHS, 0..40_u16, 0..3);
    let start = proptest::option::of((1_usize..4, proptest::option::of(1_u64..31)));
    (figures(), durations, start, decisions(), policies(), 0..10_000_i32).prop_map(
        |(figures, durations, start, decisions, policies, initial)| Lot {
            start: start.map(|(number, day)| Start {
                month: month(number),
                day: day.and_then(|it| month(number).first_day().checked_add_days(chrono::Days::new(it))),
            }),
            durations: durations.into_iter().map(|(number, duration)| (month(number), duration)).collect(),
            initial: Percent(initial),
            decisions,
            policies,
            figures,
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_arrival_changes_nothing(lot in lots(), keys in proptest::collection::vec(any::<u32>(), 2 * MONTHS)) {
        let mut shuffled = lot.clone();
        let mut order: Vec<_> = keys.iter().zip(lot.figures.iter().copied()).collect();
        order.sort_by_key(|(key, _)| **key);
        shuffled.figures = order.into_iter().map(|(_, figure)| figure).collect();
        shuffled.figures.sort_by_key(|it| it.month);
        shuffled.decisions.reverse();
        prop_assert_eq!(lot.follow(MONTHS), shuffled.follow(MONTHS));
    }

    #[test]
    fn a_later_month_never_changes_an_earlier_one(lot in lots(), cut in 1..MONTHS) {
        let (all, _) = lot.follow(MONTHS);
        let mut shorter = lot.clone();
        shorter.figures.retain(|it| it.month <= month(cut));
        let (early, _) = shorter.follow(cut);
        prop_assert!(early.len() <= all.len());
        // The first figure may be a later one, which then starts the walk and is the only thing to differ.
        for report in early {
            prop_assert!(all.contains(&report), "{report:?}");
        }
    }

    #[test]
    fn stepping_one_by_one_equals_following(lot in lots()) {
        let (reports, tracker) = lot.follow(MONTHS);
        let facts = lot.facts();
        let mut stepped = Tracker::new(&facts);
        for report in &reports {
            let figure = lot.figures.iter().find(|it| it.month == report.month);
            // A tracker survives being stored between two months.
            stepped = serde_json::from_str(&serde_json::to_string(&stepped).unwrap()).unwrap();
            prop_assert_eq!(&stepped.step(&facts, report.month, figure), report);
        }
        prop_assert_eq!(stepped, tracker);
    }

    #[test]
    fn reports_are_consistent(lot in lots()) {
        let (reports, _) = lot.follow(MONTHS);
        for report in reports {
            prop_assert!(!report.missing || report.expected && report.cumulative.is_none());
            prop_assert!(report.target.is_none() || report.expected && report.normal.is_some());
            prop_assert_eq!(report.estimated, report.covered_months > 1);
            prop_assert!(report.cycle.month <= 4);
            prop_assert_eq!(report.since.is_none() && report.outcome.is_alert(), false);
            if report.outcome == Outcome::NonSaisie {
                prop_assert!(report.missing);
            }
            if report.cumulative == Some(Percent::FULL) {
                prop_assert_eq!(report.status, Status::Acheve);
                prop_assert_ne!(report.outcome, Outcome::AlerteCritique);
            }
        }
    }

    #[test]
    fn rates_are_exact(durations in proptest::collection::vec(1..=120_u16, 1..6), progress in -10_000..=10_000_i64) {
        let sum = durations.iter().filter_map(|it| Ratio::one_part_of(*it)).fold(Ratio::ZERO, Ratio::plus);
        let rate = rate_reached(progress, sum).unwrap();
        // R = 100 a / sum(100 / D) over the common denominator of all durations.
        let product: i128 = durations.iter().map(|it| i128::from(*it)).product();
        let parts: i128 = durations.iter().map(|it| 100 * product / i128::from(*it)).sum();
        prop_assert_eq!(i128::from(rate.num()) * parts, i128::from(progress) * product * i128::from(rate.den()));
    }

    #[test]
    fn a_rate_and_its_delay_add_to_a_hundred(num in -1_000_000..1_000_000_i64, den in 1..100_000_i64) {
        let rate = Ratio::new(num, den).unwrap();
        let hundredths = |text: String| text.parse::<Percent>().unwrap().0;
        let delay = rate.delay().to_decimal_string_up(2);
        prop_assume!(delay.len() < 10 && rate.to_decimal_string(2).len() < 10);
        prop_assert_eq!(hundredths(rate.to_decimal_string(2)) + hundredths(delay), 10_000);
        prop_assert!(Ratio::of_hundredths(rate.hundredths_floor()) <= rate);
        prop_assert!(Ratio::of_hundredths(rate.hundredths_ceil()) >= rate);
    }
}
