//! What a judged month does to the demobilisation cycle.
//!
//! **Start cycle** (first months of work, and again after each remobilisation). m1 below good: alert. m2 below
//! critical: warning of withdrawal; between the thresholds: alert. m3 below critical: withdrawal; otherwise a
//! fourth month follows, as a reprieve when m3 is below good. m4 below good: withdrawal; otherwise the cycle is
//! closed. A good month does not close the start cycle. Without a fourth month the third closes it.
//!
//! **Rolling cycle** (`glissant` always, `mixte` after the start cycle). A month below good opens it as m1; from
//! m2 on a good month closes it. m2, m3 and m4 are those of the start cycle. Without a fourth month a third that
//! is not critical is an alert and closes it.
//!
//! **`strict`** after the start cycle: the alert of each month by its rate alone.

use serde::{Deserialize, Serialize};

use crate::model::month::Month;
use crate::model::policy::{CycleMode, Policy};

use super::outcome::Outcome;
use super::rate::Grade;

/// The kind of an open cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CycleKind {
    /// First months of work, or first months after a remobilisation.
    Depart,
    /// Opened by a month below good.
    Glissant,
    /// No cycle is open.
    #[default]
    Aucun,
}

impl CycleKind {
    /// Returns the word of the kind in exchanges and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Depart => "depart",
            Self::Glissant => "glissant",
            Self::Aucun => "aucun",
        }
    }
}

/// The place of a month in its cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CyclePosition {
    /// The kind of the cycle.
    pub kind: CycleKind,
    /// 1 to 4; 0 outside a cycle. A frozen month shows the last judged one.
    pub month: u8,
}

/// Where the cycle of a lot is between two months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// The next judged month is the first of a start cycle, unless the policy of that month is `glissant`.
    #[default]
    StartDue,
    /// A cycle is open; its months so far.
    Open(CyclePosition),
    /// No cycle is open and no start cycle is to come.
    Idle,
}

/// What a judged month gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The place of the month in its cycle.
    pub position: CyclePosition,
    /// What the rules find.
    pub outcome: Outcome,
    /// Where the cycle is afterwards.
    pub after: Phase,
}

/// Decides what a month of `grade` does to a cycle in `phase`.
pub fn transition(phase: Phase, grade: Grade, policy: &Policy) -> Transition {
    let position = match phase {
        Phase::Open(last) => CyclePosition { month: last.month.saturating_add(1), ..last },
        Phase::StartDue if policy.cycle != CycleMode::Glissant => {
            CyclePosition { kind: CycleKind::Depart, month: 1 }
        }
        Phase::StartDue | Phase::Idle if policy.cycle == CycleMode::Strict || grade == Grade::Good => {
            CyclePosition::default()
        }
        Phase::StartDue | Phase::Idle => CyclePosition { kind: CycleKind::Glissant, month: 1 },
    };
    let (outcome, goes_on) = match position.kind {
        CycleKind::Depart => in_start_cycle(position.month, grade, policy.fourth_month),
        CycleKind::Glissant => in_rolling_cycle(position.month, grade, policy.fourth_month),
        CycleKind::Aucun => (Outcome::monthly(grade), false),
    };
    Transition { position, outcome, after: if goes_on { Phase::Open(position) } else { Phase::Idle } }
}

/// Returns the outcome of a month of the start cycle, and whether the cycle goes on.
const fn in_start_cycle(month: u8, grade: Grade, fourth_month: bool) -> (Outcome, bool) {
    match (month, grade) {
        (1, _) | (2, Grade::Problematic | Grade::Good) => (Outcome::monthly(grade), true),
        (3, Grade::Problematic | Grade::Good) if !fourth_month => (Outcome::Clos, false),
        (3, Grade::Good) => (Outcome::Aucun, true),
        (_, Grade::Good) => (Outcome::Clos, false),
        _ => (sanction(month, grade), true),
    }
}

/// Returns the outcome of a month of a rolling cycle, and whether the cycle goes on.
const fn in_rolling_cycle(month: u8, grade: Grade, fourth_month: bool) -> (Outcome, bool) {
    match (month, grade) {
        (1, _) => (Outcome::monthly(grade), true),
        (_, Grade::Good) => (Outcome::Retabli, false),
        (3, Grade::Problematic) if !fourth_month => (Outcome::AlerteProblematique, false),
        _ => (sanction(month, grade), true),
    }
}

/// Returns the outcome of a month below good from the second on, the same in both cycles.
const fn sanction(month: u8, grade: Grade) -> Outcome {
    match (month, grade) {
        (2, Grade::Critical) => Outcome::PreDemobilisation,
        (2, _) => Outcome::AlerteProblematique,
        (3, Grade::Problematic) => Outcome::Sursis,
        _ => Outcome::Demobilisation,
    }
}

/// The cycle of a lot with what an alert has to tell of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Where the cycle is.
    pub phase: Phase,
    /// The month in which the open cycle, or the run of monthly alerts, began.
    pub since: Option<Month>,
    /// Whether a warning of withdrawal was found in the open cycle.
    pub warned: bool,
}

impl Cycle {
    /// No cycle is open and none is to come.
    pub const IDLE: Self = Self { phase: Phase::Idle, since: None, warned: false };

    /// Returns the place of a month that does not move the cycle.
    pub const fn frozen_position(&self) -> CyclePosition {
        match self.phase {
            Phase::Open(position) => position,
            Phase::StartDue | Phase::Idle => CyclePosition { kind: CycleKind::Aucun, month: 0 },
        }
    }

    /// Judges `month`: moves the cycle and returns what was found, with `since` and `warned` as the month
    /// itself has to show them.
    pub fn judge(&mut self, month: Month, grade: Grade, policy: &Policy) -> (Transition, Self) {
        let found = transition(self.phase, grade, policy);
        let monthly_alert = found.outcome.is_alert() && found.position.kind == CycleKind::Aucun;
        let in_cycle = found.position.kind != CycleKind::Aucun;
        let since = if in_cycle || monthly_alert { self.since.or(Some(month)) } else { None };
        let shown = Self { phase: found.after, since, warned: self.warned };
        let goes_on = matches!(found.after, Phase::Open(_));
        *self = Self {
            phase: found.after,
            since: if goes_on || monthly_alert { since } else { None },
            warned: goes_on && (self.warned || found.outcome == Outcome::PreDemobilisation),
        };
        (found, shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{
        AlerteCritique, AlerteProblematique, Aucun, Clos, Demobilisation, PreDemobilisation, Retabli, Sursis,
    };

    const GRADES: [Grade; 3] = [Grade::Critical, Grade::Problematic, Grade::Good];

    fn open(kind: CycleKind, month: u8) -> Phase {
        Phase::Open(CyclePosition { kind, month })
    }

    #[track_caller]
    fn check(phase: Phase, policy: Policy, outcomes: [Outcome; 3], goes_on: [bool; 3]) {
        let found = GRADES.map(|grade| transition(phase, grade, &policy));
        assert_eq!(found.map(|it| it.outcome), outcomes, "{phase:?} {policy:?}");
        assert_eq!(found.map(|it| matches!(it.after, Phase::Open(_))), goes_on, "{phase:?} {policy:?}");
    }

    #[test]
    fn the_start_cycle_is_the_same_in_every_mode_once_open() {
        for cycle in [CycleMode::Mixte, CycleMode::Strict, CycleMode::Glissant] {
            let policy = Policy { cycle, ..Policy::default() };
            let after = |month| open(CycleKind::Depart, month);
            check(after(1), policy, [PreDemobilisation, AlerteProblematique, Aucun], [true; 3]);
            check(after(2), policy, [Demobilisation, Sursis, Aucun], [true; 3]);
            check(after(3), policy, [Demobilisation, Demobilisation, Clos], [true, true, false]);
            let three = Policy { fourth_month: false, ..policy };
            check(after(2), three, [Demobilisation, Clos, Clos], [true, false, false]);
        }
    }

    #[test]
    fn the_rolling_cycle_is_the_same_in_every_mode_once_open() {
        for cycle in [CycleMode::Mixte, CycleMode::Strict, CycleMode::Glissant] {
            let policy = Policy { cycle, ..Policy::default() };
            let after = |month| open(CycleKind::Glissant, month);
            check(after(1), policy, [PreDemobilisation, AlerteProblematique, Retabli], [true, true, false]);
            check(after(2), policy, [Demobilisation, Sursis, Retabli], [true, true, false]);
            check(after(3), policy, [Demobilisation, Demobilisation, Retabli], [true, true, false]);
            let three = Policy { fourth_month: false, ..policy };
            check(after(2), three, [Demobilisation, AlerteProblematique, Retabli], [true, false, false]);
        }
    }

    #[test]
    fn the_mode_decides_what_opens() {
        let outcomes = [AlerteCritique, AlerteProblematique, Aucun];
        for (cycle, start_due, idle) in [
            (CycleMode::Mixte, [true; 3], [true, true, false]),
            (CycleMode::Strict, [true; 3], [false; 3]),
            (CycleMode::Glissant, [true, true, false], [true, true, false]),
        ] {
            let policy = Policy { cycle, ..Policy::default() };
            check(Phase::StartDue, policy, outcomes, start_due);
            check(Phase::Idle, policy, outcomes, idle);
        }
    }

    #[test]
    fn a_run_of_monthly_alerts_keeps_its_beginning() {
        let policy = Policy { cycle: CycleMode::Strict, ..Policy::default() };
        let month = |number| Month::new(2026, number).unwrap();
        let mut cycle = Cycle::IDLE;
        let mut since = |number, grade| cycle.judge(month(number), grade, &policy).1.since;
        assert_eq!(since(1, Grade::Critical), Some(month(1)));
        assert_eq!(since(2, Grade::Problematic), Some(month(1)));
        assert_eq!(since(3, Grade::Good), None);
        assert_eq!(since(4, Grade::Critical), Some(month(4)));
    }

    #[test]
    fn a_warning_is_remembered_until_the_cycle_closes() {
        let policy = Policy::default();
        let month = Month::new(2026, 1).unwrap();
        let mut cycle = Cycle { phase: open(CycleKind::Glissant, 1), ..Cycle::IDLE };
        assert!(!cycle.judge(month, Grade::Critical, &policy).1.warned);
        assert!(cycle.judge(month, Grade::Good, &policy).1.warned);
        assert!(!cycle.judge(month, Grade::Critical, &policy).1.warned);
    }
}
