//! Whether a month is followed up: what the decisions say, and what leaves a month out.
//!
//! - A suspension holds from its first month to its last, or until the month of a resumption, a withdrawal or a
//!   closure.
//! - From the month of a withdrawal on, nothing is expected until a remobilisation. The month of the
//!   remobilisation itself is neither expected nor judged.
//! - From the month of a closure on, nothing is expected.

use crate::model::decision::{Decision, DecisionKind};
use crate::model::month::Month;

use super::outcome::Outcome;
use super::status::Status;

/// How a month stands before its figure is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Works have not begun.
    BeforeStart,
    /// Works began too late in the month to judge it.
    PartialMonth,
    /// The lot is closed.
    Closed,
    /// The contractor is withdrawn.
    Demobilised,
    /// The contractor comes back in this month.
    Remobilised,
    /// The lot is at 100 %.
    Completed,
    /// Works are stopped by decision.
    Suspended,
    /// The month was declared as "sans objet".
    NotApplicable,
    /// A figure is expected and judged.
    Followed,
}

impl Standing {
    /// Returns the outcome of a month that is left out; a followed month has none before it is judged.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Followed => Outcome::Aucun,
            Self::Suspended => Outcome::Suspendu,
            Self::Remobilised => Outcome::Remobilise,
            _ => Outcome::HorsSuivi,
        }
    }

    /// Returns the status of a month that is left out.
    pub const fn status(self) -> Status {
        match self {
            Self::Suspended => Status::Suspendu,
            Self::Completed => Status::Acheve,
            _ => Status::HorsSuivi,
        }
    }
}

/// What the decisions alone say of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Closed in this month or before.
    Closed,
    /// Withdrawn in this month or before, and not back.
    Demobilised,
    /// Back in this month.
    Remobilised,
    /// Stopped.
    Suspended,
    /// No decision bears on the month.
    Nothing,
}

/// Says what the decisions, in any order, make of `month`.
///
/// Of a withdrawal and a remobilisation from the same month, the remobilisation holds.
pub fn decided(decisions: &[Decision], month: Month) -> Decided {
    if decisions.is_empty() {
        return Decided::Nothing;
    }
    let latest =
        |kind| decisions.iter().filter(|it| it.kind == kind && it.from <= month).map(|it| it.from).max();
    let (out, back) = (latest(DecisionKind::Demobilise), latest(DecisionKind::Remobilise));
    if latest(DecisionKind::Close).is_some() {
        Decided::Closed
    } else if back == Some(month) {
        Decided::Remobilised
    } else if out > back {
        Decided::Demobilised
    } else if decisions.iter().any(|it| suspends(it, decisions, month)) {
        Decided::Suspended
    } else {
        Decided::Nothing
    }
}

fn suspends(suspension: &Decision, decisions: &[Decision], month: Month) -> bool {
    let covers = suspension.kind == DecisionKind::Suspend
        && suspension.from <= month
        && suspension.to.is_none_or(|to| month <= to);
    let ends = |it: &Decision| {
        matches!(it.kind, DecisionKind::Resume | DecisionKind::Demobilise)
            && (suspension.from..=month).contains(&it.from)
    };
    covers && !decisions.iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecisionKind::{Close, Demobilise, Remobilise, Resume, Suspend};

    fn month(number: u32) -> Month {
        Month::new(2026, number).unwrap()
    }

    fn from(kind: DecisionKind, number: u32) -> Decision {
        Decision { kind, from: month(number), to: None, months: None }
    }

    #[track_caller]
    fn check(decisions: &[Decision], first_months: &str) {
        let mut orders = vec![decisions.to_vec()];
        orders.push(decisions.iter().rev().copied().collect());
        for order in orders {
            let letters: String = (1..)
                .take(first_months.len())
                .map(|number| match decided(&order, month(number)) {
                    Decided::Closed => 'C',
                    Decided::Demobilised => 'D',
                    Decided::Remobilised => 'R',
                    Decided::Suspended => 'S',
                    Decided::Nothing => '.',
                })
                .collect();
            assert_eq!(letters, first_months, "{order:?}");
        }
    }

    #[test]
    fn a_suspension_ends_at_its_month_or_at_the_next_decision() {
        check(&[from(Suspend, 2)], ".SSSSS");
        check(&[Decision { to: Some(month(3)), ..from(Suspend, 2) }], ".SS...");
        check(&[from(Suspend, 2), from(Resume, 4)], ".SS...");
        check(&[from(Suspend, 2), from(Resume, 3), from(Suspend, 5)], ".S..SS");
        check(&[from(Suspend, 2), from(Demobilise, 3), from(Remobilise, 5)], ".SDDR.");
        check(&[from(Suspend, 2), from(Close, 4)], ".SSCCC");
        check(&[from(Suspend, 2), from(Resume, 2)], "......");
    }

    #[test]
    fn a_withdrawal_lasts_until_the_month_of_the_return() {
        check(&[from(Demobilise, 3)], "..DDD");
        check(&[from(Demobilise, 3), from(Remobilise, 5)], "..DDR.");
        check(&[from(Demobilise, 4), from(Remobilise, 4)], "...R..");
        check(
            &[from(Demobilise, 1), from(Remobilise, 2), from(Demobilise, 4), from(Remobilise, 6)],
            "DR.DDR.",
        );
        check(&[from(Demobilise, 2), from(Close, 3)], ".DCC");
    }
}
