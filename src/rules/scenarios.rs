//! Sequences of rates with the outcomes that the rules have to find, read from tables.

use crate::model::decision::{Decision, DecisionKind};
use crate::model::entry::Figure;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::policy::{MissingPolicy, Policy, PolicyTimeline};
use crate::model::site::Start;

use super::{LotFacts, MonthReport, Tracker, follow};

/// A lot that owns what [`LotFacts`] borrows.
#[derive(Clone, Debug)]
pub(super) struct Lot {
    pub start: Option<Start>,
    pub durations: Vec<(Month, u16)>,
    pub initial: Percent,
    pub decisions: Vec<Decision>,
    pub policies: PolicyTimeline,
    pub figures: Vec<Figure>,
}

/// The `number`th month of the scenario; the first is January 2026.
pub(super) fn month(number: usize) -> Month {
    Month::new(2026, 1).unwrap().plus(i32::try_from(number).unwrap() - 1)
}

pub(super) fn figure(number: usize, cumulative: i32) -> Figure {
    Figure {
        month: month(number),
        cumulative: Some(Percent(cumulative)),
        not_applicable: false,
        normal: None,
    }
}

pub(super) fn decision(kind: DecisionKind, number: usize) -> Decision {
    Decision { kind, from: month(number), to: None, months: None }
}

impl Lot {
    /// A lot of `duration` months from the first month on, with a cumulative figure each month; -1 is none.
    pub fn new(duration: u16, cumulative: &[i32]) -> Self {
        let figures = (1..).zip(cumulative).filter(|(_, value)| **value >= 0);
        Self {
            start: Some(Start { month: month(1), day: None }),
            durations: vec![(month(1), duration)],
            initial: Percent::ZERO,
            decisions: Vec::new(),
            policies: PolicyTimeline::default(),
            figures: figures.map(|(number, value)| figure(number, *value)).collect(),
        }
    }

    pub fn facts(&self) -> LotFacts<'_> {
        LotFacts {
            start: self.start,
            durations: &self.durations,
            initial: self.initial,
            decisions: &self.decisions,
            policies: &self.policies,
        }
    }

    pub fn follow(&self, until: usize) -> (Vec<MonthReport>, Tracker) {
        let mut reports = Vec::new();
        let tracker = follow(&self.facts(), &self.figures, month(until), |it| reports.push(it));
        (reports, tracker)
    }
}

pub(super) fn outcome(report: &MonthReport) -> &'static str {
    report.outcome.as_str()
}

/// Adds the decision or the mark of a word of a sequence; tells whether the word is a rate.
fn apply_word(lot: &mut Lot, word: &str, number: usize) -> bool {
    let mut decide = |kind| lot.decisions.push(decision(kind, number));
    match word {
        "NR" => {}
        "S" => lot
            .decisions
            .push(Decision { to: Some(month(number)), ..decision(DecisionKind::Suspend, number) }),
        "X" => lot.figures.push(Figure {
            month: month(number),
            cumulative: None,
            not_applicable: true,
            normal: None,
        }),
        "DEMOB" => decide(DecisionKind::Demobilise),
        "BACK" => decide(DecisionKind::Remobilise),
        "REMOB" => {
            decide(DecisionKind::Demobilise);
            decide(DecisionKind::Remobilise);
        }
        "CLOSE" => decide(DecisionKind::Close),
        _ => return true,
    }
    false
}

/// Makes every rate exact: each month builds 0.01 point of a contract whose duration gives the rate.
fn exact_lot(policy: Policy, rates: &str) -> (Lot, usize) {
    let words: Vec<&str> = rates.split_whitespace().collect();
    let mut lot = Lot { initial: Percent(100), durations: Vec::new(), ..Lot::new(8, &[]) };
    lot.policies.first = policy;
    let (mut cumulative, mut covered) = (100, 0);
    let mut duration = 8;
    for (index, word) in words.iter().enumerate().rev() {
        if let Ok(Percent(hundredths)) = word.parse() {
            duration = u16::try_from(hundredths.unsigned_abs()).unwrap().max(1);
        }
        lot.durations.insert(0, (month(index + 1), duration));
    }
    for (index, word) in words.iter().enumerate() {
        if apply_word(&mut lot, word, index + 1) {
            let months = if policy.missing == MissingPolicy::Gel { covered + 1 } else { 1 };
            cumulative += word.parse::<Percent>().unwrap().0.signum() * months;
            lot.figures.push(figure(index + 1, cumulative));
            covered = 0;
        } else if *word == "NR" {
            covered += 1;
        }
    }
    (lot, words.len())
}

/// Rounds every progress down to a hundredth of a point of a contract of 20 months.
fn lot_of_twenty_months(policy: Policy, rates: &str) -> (Lot, usize) {
    let words: Vec<&str> = rates.split_whitespace().collect();
    let mut lot = Lot { initial: Percent(1000), ..Lot::new(20, &[]) };
    lot.policies.first = policy;
    let (mut cumulative, mut covered) = (1000, 0);
    for (index, word) in words.iter().enumerate() {
        if apply_word(&mut lot, word, index + 1) {
            let months = if policy.missing == MissingPolicy::Gel { covered + 1 } else { 1 };
            cumulative += (word.parse::<Percent>().unwrap().0 * 5 * months).div_euclid(100);
            lot.figures.push(figure(index + 1, cumulative));
            covered = 0;
        } else if *word == "NR" {
            covered += 1;
        }
    }
    (lot, words.len())
}

#[track_caller]
fn check_both_ways(policy: Policy, rates: &str, outcomes: &str) {
    for (lot, months) in [exact_lot(policy, rates), lot_of_twenty_months(policy, rates)] {
        let (reports, _) = lot.follow(months);
        let found: Vec<_> = reports.iter().map(outcome).collect();
        assert_eq!(found.join(" "), outcomes, "{rates} {policy:?}");
    }
}

fn word<T: for<'a> serde::Deserialize<'a>>(text: &str) -> T {
    serde_json::from_value(text.into()).unwrap()
}

#[test]
fn every_vector_gives_its_outcomes() {
    let text = include_str!("../../tests/fixtures/rules/vectors.csv");
    let rows: Vec<_> = text.lines().skip(1).filter(|it| !it.is_empty()).collect();
    assert_eq!(rows.len(), 66);
    for row in rows {
        let fields: Vec<&str> = row.split(',').collect();
        let [_, cycle, rates, outcomes] = fields[..] else { panic!("{row}") };
        check_both_ways(Policy { cycle: word(cycle), ..Policy::default() }, rates, outcomes);
    }
}

#[test]
fn every_boundary_gives_its_outcomes() {
    let text = include_str!("../../tests/fixtures/rules/boundaries.csv");
    for row in text.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let [cycle, fourth, missing, demobilisation, rates, outcomes] = fields[..] else { panic!("{row}") };
        let policy = Policy {
            cycle: word(cycle),
            fourth_month: fourth == "on",
            missing: word(missing),
            demobilisation: word(demobilisation),
            ..Policy::default()
        };
        check_both_ways(policy, rates, outcomes);
    }
}

#[test]
fn other_thresholds_move_the_boundaries() {
    let policy = Policy { critical: Percent(2000), good: Percent(8000), ..Policy::default() };
    check_both_ways(policy, "79 20 19", "alerte_problematique alerte_problematique demobilisation");
    check_both_ways(policy, "80 19", "aucun pre_demobilisation");
}
