//! Writes the entries and decisions of an invented lot.

use crate::model::decision::DecisionKind;
use crate::model::month::Month;
use crate::model::percent::Percent;

use super::course::{Course, Step, rounding};
use super::dice::Dice;
use super::programmes::Trade;
use super::remarks::{Scene, Turn, remark};
use super::story::Story;

/// What was typed for one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedEntry {
    /// The month.
    pub month: Month,
    /// Cumulative progress at its end.
    pub cumulative: Percent,
    /// Observation; empty for most months.
    pub observation: String,
}

/// What was decided about a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedDecision {
    /// What was decided.
    pub kind: DecisionKind,
    /// The first month that it concerns.
    pub from: Month,
    /// The last month that it concerns, where it has one.
    pub to: Option<Month>,
    /// Why.
    pub reason: String,
}

/// The frame of a lot's history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The first month followed.
    pub(super) first: Month,
    /// How fast the lot goes on.
    pub(super) course: Course,
    /// Progress before the first month.
    pub(super) initial: Percent,
    /// How works of this kind go on.
    pub(super) trade: Trade,
    /// Whether the figure of the last month is missing.
    pub(super) misses_last: bool,
    /// The index of an earlier month whose figure is missing.
    pub(super) gap: Option<i64>,
}

/// Thousandths of a hundredth of a percent, so that slow works do not vanish by rounding.
const FINE: i64 = 1_000;
/// Part of the normal rate by which a cumulative falls, in percent.
const FALL_PERCENT: i64 = 12;
/// From this progress on works count as finished, in hundredths of a percent.
const NEARLY_DONE: i64 = 9_900;

/// Writes the entries of a lot, one per month until works are finished.
pub(super) fn entries(frame: &Frame, dice: &mut Dice) -> Vec<InventedEntry> {
    let course = &frame.course;
    let mut entries = Vec::with_capacity(usize::try_from(course.span).unwrap_or_default());
    let mut fine = frame.initial.hundredths() * FINE;
    let mut was_out = false;
    for index in 0..course.span {
        let rate = match course.step(index, dice) {
            Step::Work(rate) => rate,
            Step::Fall => -FALL_PERCENT * 100,
            Step::Out => {
                was_out = true;
                continue;
            }
        };
        fine += rate * FINE / course.duration.max(1);
        let cumulative = rounded(fine, rounding(course.duration));
        if !frame.is_missing(index) {
            let turn = turn(index, rate, cumulative, was_out);
            let scene = Scene { month: frame.month(index), trade: frame.trade, cumulative, rate, turn };
            let observation = remark(&scene, dice);
            let cumulative = Percent(i32::try_from(cumulative).unwrap_or_default());
            entries.push(InventedEntry { month: scene.month, cumulative, observation });
            was_out = false;
            if turn == Turn::Done {
                break;
            }
        }
    }
    entries
}

/// Writes the decisions that the story of a lot needs.
pub(super) fn decisions(frame: &Frame, dice: &mut Dice) -> Vec<InventedDecision> {
    let decide = |kind, index, reason: &str| InventedDecision {
        kind,
        from: frame.month(index),
        to: None,
        reason: reason.to_owned(),
    };
    let (stop, again) = dice.pick(&STANDSTILLS);
    let pause = frame.course.pause();
    match frame.course.story {
        Story::Remobilised => {
            vec![decide(DecisionKind::Demobilise, 3, WITHDRAWN), decide(DecisionKind::Remobilise, 5, BACK)]
        }
        Story::Suspended => vec![decide(DecisionKind::Suspend, frame.course.span - 3, stop)],
        Story::Resumed => {
            vec![decide(DecisionKind::Suspend, pause, stop), decide(DecisionKind::Resume, pause + 2, again)]
        }
        _ => Vec::new(),
    }
}

const WITHDRAWN: &str = "Trois mois consécutifs sous 30 % malgré la mise en demeure";
const BACK: &str = "Plan de rattrapage accepté, nouvelle équipe et matériel sur place";
/// Reasons to suspend works, each with the reason to resume them.
const STANDSTILLS: [(&str, &str); 3] = [
    ("Ordre d’arrêt : litige foncier sur l’emprise du chantier", "Ordre de reprise : litige foncier réglé"),
    ("Ordre d’arrêt : plan de masse à modifier", "Ordre de reprise : nouveau plan de masse approuvé"),
    ("Ordre d’arrêt : piste d’accès coupée", "Ordre de reprise : piste d’accès rétablie"),
];

impl Frame {
    fn month(&self, index: i64) -> Month {
        self.first.plus(i32::try_from(index).unwrap_or_default())
    }

    fn is_missing(&self, index: i64) -> bool {
        self.gap == Some(index) || (self.misses_last && index == self.course.span - 1)
    }
}

fn turn(index: i64, rate: i64, cumulative: i64, was_out: bool) -> Turn {
    match index {
        _ if cumulative >= Percent::FULL.hundredths() => Turn::Done,
        _ if was_out => Turn::Back,
        _ if rate < 0 => Turn::Fall,
        0 => Turn::First,
        _ => Turn::Ordinary,
    }
}

/// Rounds to the nearest step, and what is nearly finished to 100 %.
fn rounded(fine: i64, step: i64) -> i64 {
    let unit = step * FINE;
    let hundredths = (fine + unit / 2).div_euclid(unit) * step;
    if hundredths >= NEARLY_DONE { Percent::FULL.hundredths() } else { hundredths.max(0) }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Purpose;
    use super::*;

    fn frame(story: Story, span: i64, duration: i64) -> Frame {
        let course = Course { story, span, duration, pace: 100 };
        let first = Month::new(2025, 1).unwrap();
        Frame { first, course, initial: Percent::ZERO, trade: Trade::Road, misses_last: false, gap: None }
    }

    #[test]
    fn rounds_to_what_people_type() {
        assert_eq!(rounded(1_230 * FINE, 50), 1_250);
        assert_eq!(rounded(1_224 * FINE, 50), 1_200);
        assert_eq!(rounded(9_890 * FINE, 50), 10_000);
    }

    #[test]
    fn stops_when_finished() {
        let entries = entries(&frame(Story::Completed, 14, 6), &mut Dice::new(1, Purpose::Lot, 0));
        assert!(entries.len() < 9, "{}", entries.len());
        assert_eq!(entries.last().unwrap().cumulative, Percent::FULL);
    }

    #[test]
    fn a_fall_is_explained() {
        let entries = entries(&frame(Story::Falling, 12, 16), &mut Dice::new(1, Purpose::Lot, 0));
        let fall = entries.windows(2).find(|it| it[1].cumulative < it[0].cumulative).unwrap();
        assert!(!fall[1].observation.is_empty());
    }

    #[test]
    fn no_entry_while_withdrawn() {
        let frame = frame(Story::Remobilised, 12, 14);
        let mut dice = Dice::new(1, Purpose::Lot, 0);
        let months: Vec<_> =
            entries(&frame, &mut dice).iter().map(|it| it.month.since(frame.first)).collect();
        assert_eq!(months, [0, 1, 2, 6, 7, 8, 9, 10, 11]);
        let decided: Vec<_> =
            decisions(&frame, &mut dice).iter().map(|it| (it.kind, it.from.since(frame.first))).collect();
        assert_eq!(decided, [(DecisionKind::Demobilise, 3), (DecisionKind::Remobilise, 5)]);
    }
}
