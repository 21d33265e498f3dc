//! A return with a recovery plan: what remains is spread over the months that were granted to finish.
//!
//! `N = (100 - C) / months` from the month of the return on, `C` being the last figure before that month. The months
//! granted count from the month of the return, so that `C + months x N = 100` exactly. The plan holds until the next
//! return; one without months goes back to the contractual duration.

use serde::{Deserialize, Serialize};

use crate::model::decision::{Decision, DecisionKind};
use crate::model::month::Month;
use crate::model::percent::Percent;

use super::ratio::Ratio;

/// What remained at a return, and the months granted to build it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// The month of the return.
    pub from: Month,
    /// Months granted, that of the return included.
    pub months: u16,
    /// Cumulative progress at the return.
    pub known: Percent,
    /// Months of the duration that were used before the return.
    pub used_months: u16,
}

impl Recovery {
    /// Returns the plan of a return in `month`; `None` where no months were granted, or nothing remains. Of two returns
    /// in one month the longer plan holds.
    pub fn at(decisions: &[Decision], month: Month, known: Percent, used_months: u16) -> Option<Self> {
        let returns = decisions.iter().filter(|it| it.kind == DecisionKind::Remobilise && it.from == month);
        let months = returns.filter_map(|it| it.months).max().filter(|it| *it > 0)?;
        (known < Percent::FULL).then_some(Self { from: month, months, known, used_months })
    }

    /// Returns the normal rate, exact.
    pub fn rate(&self) -> Option<Ratio> {
        let remaining = Percent::FULL.hundredths() - self.known.hundredths();
        Ratio::new(remaining, 100 * i64::from(self.months))
    }

    /// Returns the duration in effect: the months used before the return, and those granted.
    pub const fn duration_months(&self) -> u16 {
        self.used_months.saturating_add(self.months)
    }

    /// Returns the progress that is planned once so many months are used, never above 100.
    pub fn planned(&self, used_months: u16) -> Option<Ratio> {
        let since = used_months.saturating_sub(self.used_months).min(self.months);
        let built = self.rate()?.times(i64::from(since));
        Some(Ratio::of_percent(self.known).plus(built).min(Ratio::FULL))
    }

    /// Returns the cumulative progress to reach at the end of each month, while works are not suspended.
    pub fn targets(&self) -> impl Iterator<Item = (Month, Ratio)> {
        let count = i32::from(self.months.min(i16::MAX.unsigned_abs()));
        (0..count).zip(1_u16..).filter_map(move |(at, used)| {
            Some((self.from.plus(at), self.planned(self.used_months.saturating_add(used))?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::scenarios::{Lot, decision, figure, month};
    use crate::rules::{LotState, MonthReport, delay, next_consequences, pace};

    /// Out in the third month at 40 %, back in the sixth with so many months.
    fn back(months: Option<u16>) -> Lot {
        let mut lot = Lot::new(10, &[1000, 4000]);
        lot.decisions.push(decision(DecisionKind::Demobilise, 3));
        lot.decisions.push(Decision { months, ..decision(DecisionKind::Remobilise, 6) });
        lot
    }

    fn normal(report: &MonthReport) -> Option<Ratio> {
        report.normal
    }

    #[test]
    fn what_remains_is_spread_over_the_months_granted() {
        let mut lot = back(Some(7));
        lot.figures.extend([figure(7, 4428), figure(8, 5714)]);
        let (reports, tracker) = lot.follow(8);
        // 60 points in seven months: 8.571… each, exactly 60/7.
        let asked = Ratio::new(60, 7).unwrap();
        assert_eq!(reports[..2].iter().map(normal).collect::<Vec<_>>(), [Ratio::new(100, 10); 2]);
        assert_eq!([reports[6].normal, reports[7].normal], [Some(asked); 2]);
        // 4.28 points are 49.93 %: not good. 12.86 points are 150.03 %.
        let shown = |it: &MonthReport| it.target.map(|it| it.to_decimal_string(2));
        assert_eq!([shown(&reports[6]), shown(&reports[7])].map(Option::unwrap), ["49.93", "150.03"]);
        assert_eq!((reports[6].cycle.month, reports[7].cycle.month), (1, 2), "the cycle begins again");
        assert_eq!((tracker.state(), tracker.remobilisations()), (LotState::Remobilised, 1));
    }

    #[test]
    fn without_months_the_contract_holds_on() {
        let mut lot = back(None);
        lot.figures.push(figure(7, 4500));
        assert_eq!(lot.follow(7).0[6].normal, Ratio::one_part_of(10));
    }

    #[test]
    fn the_plan_ends_exactly_at_a_hundred() {
        for (known, months) in [(4000, 7), (1, 3), (9999, 11), (3333, 600), (0, 1)] {
            let plan = Recovery { from: month(6), months, known: Percent(known), used_months: 5 };
            let targets: Vec<_> = plan.targets().collect();
            assert_eq!(targets.len(), usize::from(months));
            let (last, whole) = *targets.last().unwrap();
            assert_eq!((last, whole.hundredths_floor(), whole.hundredths_ceil()), {
                (month(5 + usize::from(months)), 10_000, 10_000)
            });
            assert!(targets.windows(2).all(|it| it[0].1 < it[1].1), "{known} {months}");
        }
    }

    #[test]
    fn the_end_the_pace_and_the_delay_follow_the_plan() {
        let mut lot = back(Some(6));
        lot.figures.push(figure(7, 6000));
        let (_, tracker) = lot.follow(7);
        let facts = lot.facts();
        assert_eq!(pace::months_left(&tracker, &facts, month(8)), Some(4));
        assert_eq!(pace::needed_pace(&tracker, &facts, month(8)), Ratio::new(4000, 400));
        // Two of six months: 60 % are planned and built.
        let found = delay::delay(&tracker, &facts).unwrap();
        assert_eq!(found.points, Ratio::ZERO);
        assert_eq!(found.time_consumed.to_decimal_string(2), "63.63", "7 of 11 months");
        let next = next_consequences(&tracker, &facts, month(8));
        assert_eq!(next.to_be_good.unwrap().points, Percent(500));
        let overdue = |until: usize| lot.follow(until).0[until - 1].overdue;
        assert_eq!((overdue(11), overdue(12)), (false, true));
    }

    #[test]
    fn a_suspension_after_the_return_moves_the_end() {
        let mut lot = back(Some(6));
        lot.decisions.push(Decision { to: Some(month(8)), ..decision(DecisionKind::Suspend, 8) });
        let (reports, tracker) = lot.follow(12);
        assert!(!reports[11].overdue, "the last month granted is the twelfth");
        assert_eq!(pace::months_left(&tracker, &lot.facts(), month(13)), Some(0));
    }

    #[test]
    fn the_next_return_ends_the_plan() {
        let mut lot = back(Some(3));
        lot.decisions.push(decision(DecisionKind::Demobilise, 8));
        lot.decisions.push(decision(DecisionKind::Remobilise, 9));
        lot.figures.push(figure(10, 5000));
        let (reports, tracker) = lot.follow(10);
        assert_eq!((reports[9].normal, tracker.remobilisations()), (Ratio::one_part_of(10), 2));
    }

    #[test]
    fn nothing_is_spread_where_nothing_remains() {
        let at = |known, months| {
            let back = Decision { months, ..decision(DecisionKind::Remobilise, 6) };
            Recovery::at(&[back], month(6), Percent(known), 5)
        };
        assert_eq!([at(10_000, Some(3)), at(500, Some(0)), at(500, None)], [None; 3]);
        assert!(at(9999, Some(3)).is_some());
    }
}
