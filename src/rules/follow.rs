//! The months of a lot from its start, or its first figure, to a given month.

use crate::model::entry::Figure;
use crate::model::month::Month;

use super::facts::LotFacts;
use super::month_report::MonthReport;
use super::tracker::Tracker;

/// Walks the months of a lot and hands one report each to `visit`; returns the tracker after `until`.
///
/// `figures` are sorted by month; of two of one month the last counts; later ones than `until` are passed over. The walk begins at the
/// start of works or the first figure, whichever comes first; without either there is nothing to walk. A month
/// without a figure counts as over: `until` is the last month that is. Nothing is allocated.
pub fn follow(
    facts: &LotFacts<'_>,
    figures: &[Figure],
    until: Month,
    mut visit: impl FnMut(MonthReport),
) -> Tracker {
    let mut tracker = Tracker::new(facts);
    let first_figure = figures.first().map(|it| it.month);
    let Some(first) = facts.start.map(|it| it.month).into_iter().chain(first_figure).min() else {
        return tracker;
    };
    let mut left = figures.iter().peekable();
    let mut month = first;
    while month <= until {
        let mut figure = None;
        while let Some(next) = left.next_if(|it| it.month <= month) {
            figure = Some(next);
        }
        visit(tracker.step(facts, month, figure));
        if month == Month::MAX {
            break;
        }
        month = month.next();
    }
    tracker
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::model::decision::{Decision, DecisionKind};
    use crate::model::entry::Figure;
    use crate::model::percent::Percent;
    use crate::model::policy::{CycleMode, MissingPolicy, Policy, Pronouncement};
    use crate::model::site::Start;
    use crate::rules::scenarios::{Lot, decision, figure, month, outcome};
    use crate::rules::{CycleKind, LotState, MonthReport, Outcome, Ratio, Status, Tracker};

    impl Lot {
        fn decide(mut self, kind: DecisionKind, number: usize) -> Self {
            self.decisions.push(decision(kind, number));
            self
        }

        fn suspend(mut self, from: usize, to: usize) -> Self {
            let to = Some(month(to));
            self.decisions.push(Decision { to, ..decision(DecisionKind::Suspend, from) });
            self
        }

        fn policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
            change(&mut self.policies.first);
            self
        }

        #[track_caller]
        fn check<T: PartialEq + std::fmt::Debug>(
            &self,
            until: usize,
            of: fn(&MonthReport) -> T,
            expected: &[T],
        ) {
            let (reports, _) = self.follow(until);
            assert_eq!(reports.iter().map(of).collect::<Vec<_>>(), expected);
        }
    }

    fn status(report: &MonthReport) -> &'static str {
        report.status.as_str()
    }

    fn rate(report: &MonthReport) -> Option<String> {
        report.target.map(|it| it.to_decimal_string(2))
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|it| (*it != "-").then(|| (*it).to_owned())).collect()
    }

    #[test]
    fn a_frozen_month_is_spread_over_the_months_it_covers() {
        // Eight months, 12.50 points each: 10 points in two months are 40 %.
        let lot = Lot::new(8, &[625, -1, 1625]);
        lot.check(3, rate, &some(&["50.00", "-", "40.00"]));
        lot.check(3, |it| (it.estimated, it.covered_months), &[(false, 1), (false, 0), (true, 2)]);
        lot.check(3, status, &["bon", "non_renseigne", "problematique"]);
        lot.check(3, |it| it.missing, &[false, true, false]);
        lot.check(3, |it| it.month_progress, &[Some(625), None, Some(1000)]);
    }

    #[test]
    fn a_missing_month_counts_as_nothing_or_is_left_out_by_policy() {
        let zero = Lot::new(8, &[625, -1, 1625]).policy(|it| it.missing = MissingPolicy::Zero);
        zero.check(3, rate, &some(&["50.00", "0.00", "80.00"]));
        zero.check(3, status, &["bon", "critique", "bon"]);
        zero.check(
            3,
            |it| (it.missing, it.month_progress),
            &[(false, Some(625)), (true, Some(0)), (false, Some(1000))],
        );
        let skipped = Lot::new(8, &[625, -1, 1625]).policy(|it| it.missing = MissingPolicy::Saut);
        skipped.check(3, rate, &some(&["50.00", "-", "80.00"]));
        skipped.check(3, |it| it.cycle.month, &[1, 1, 2]);
        skipped.check(3, |it| it.estimated, &[false; 3]);
    }

    #[test]
    fn suspended_months_are_left_out_and_extend_the_contract() {
        let lot = Lot::new(2, &[1000, -1, -1, 2000, 3000]).suspend(2, 3);
        lot.check(
            5,
            outcome,
            &["alerte_critique", "suspendu", "suspendu", "pre_demobilisation", "demobilisation"],
        );
        lot.check(5, rate, &some(&["20.00", "-", "-", "20.00", "20.00"]));
        lot.check(5, |it| it.overdue, &[false, false, false, false, true]);
        lot.check(5, |it| it.expected, &[true, false, false, true, true]);
        assert_eq!(lot.follow(3).1.state(), LotState::Suspended);
        assert_eq!(lot.follow(5).1.suspended_months(), 2);
    }

    #[test]
    fn a_figure_in_a_suspended_month_counts_without_being_judged() {
        let lot = Lot::new(8, &[1250, 1300, 2550]).suspend(2, 2);
        lot.check(3, rate, &some(&["100.00", "-", "100.00"]));
        lot.check(3, outcome, &["aucun", "suspendu", "aucun"]);
    }

    #[test]
    fn months_sans_objet_are_neither_expected_nor_counted() {
        let mut lot = Lot::new(8, &[500, -1, 1000]);
        let absent = Figure { cumulative: None, not_applicable: true, ..figure(2, 0) };
        lot.figures.insert(1, absent);
        lot.check(3, rate, &some(&["40.00", "-", "40.00"]));
        lot.check(3, outcome, &["alerte_problematique", "hors_suivi", "alerte_problematique"]);
        lot.check(3, |it| it.expected, &[true, false, true]);
    }

    #[test]
    fn a_first_month_with_fourteen_working_days_is_not_judged() {
        // January 2026: 15 working days from Monday the 12th, 14 from Tuesday the 13th.
        let started = |day: &str| {
            let day: NaiveDate = day.parse().unwrap();
            Lot { start: Some(Start { month: month(1), day: Some(day) }), ..Lot::new(8, &[100, 1350, -1]) }
        };
        started("2026-01-12").check(2, outcome, &["alerte_critique", "aucun"]);
        let partial = started("2026-01-13");
        partial.check(3, outcome, &["hors_suivi", "aucun", "non_saisie"]);
        partial.check(3, rate, &some(&["-", "100.00", "-"]));
        partial.check(
            2,
            |it| (it.cycle.kind, it.cycle.month),
            &[(CycleKind::Aucun, 0), (CycleKind::Depart, 1)],
        );
    }

    #[test]
    fn the_end_of_the_works_asks_for_no_more_than_what_remains() {
        let mut lot = Lot::new(8, &[9700, 9850, 10_000, -1, 9900]);
        lot.initial = Percent(9000);
        lot.check(5, rate, &some(&["70.00", "50.00", "100.00", "-", "-8.00"]));
        lot.check(5, status, &["bon", "bon", "acheve", "acheve", "critique"]);
        lot.check(5, outcome, &["aucun", "aucun", "aucun", "hors_suivi", "demobilisation"]);
        lot.check(5, |it| it.expected, &[true, true, true, false, true]);
        assert_eq!(lot.follow(4).1.state(), LotState::Completed);
        assert_eq!(lot.follow(5).1.state(), LotState::Active);
    }

    #[test]
    fn reaching_the_end_is_never_a_strike() {
        let lot = Lot::new(2, &[10_000]).policy(|it| it.good = Percent(30_000));
        lot.check(1, outcome, &["aucun"]);
    }

    #[test]
    fn the_end_of_the_works_withdraws_a_proposal() {
        let lot = Lot::new(8, &[100, 200, 300, 10_000, -1]);
        let outcomes = ["alerte_critique", "pre_demobilisation", "demobilisation", "clos", "hors_suivi"];
        lot.check(5, outcome, &outcomes);
        let (_, tracker) = lot.follow(5);
        assert_eq!((tracker.state(), tracker.proposed_demobilisation()), (LotState::Completed, None));
    }

    #[test]
    fn works_are_judged_after_the_contractual_end() {
        let lot = Lot::new(2, &[2000, 4000, 6000, 6500]);
        lot.check(4, |it| it.overdue, &[false, false, true, true]);
        lot.check(4, rate, &some(&["40.00", "40.00", "40.00", "12.50"]));
    }

    #[test]
    fn a_new_duration_changes_only_its_own_months() {
        let mut lot = Lot::new(8, &[500, 1000, 1500]);
        lot.durations.push((month(3), 10));
        lot.check(3, rate, &some(&["40.00", "40.00", "50.00"]));
        let mut spread = Lot::new(8, &[500, -1, 1500]);
        spread.durations.push((month(3), 10));
        // 10 points against 12.50 and 10 points.
        spread.check(3, |it| it.target, &[Ratio::new(40, 1), None, Ratio::new(400, 9)]);
    }

    #[test]
    fn a_rate_of_its_own_replaces_the_normal_rate_of_a_month() {
        let mut lot = Lot::new(8, &[500, 1000]);
        lot.figures[1].normal = Some(Percent(1000));
        lot.check(2, rate, &some(&["40.00", "50.00"]));
        lot.check(2, |it| it.overridden, &[false, true]);
        lot.figures[1].normal = Some(Percent(0));
        lot.check(2, |it| it.overridden, &[false, false]);
    }

    #[test]
    fn without_a_duration_there_are_figures_and_no_rate() {
        let lot = Lot::new(0, &[500, -1, 700]);
        lot.check(3, status, &["a_completer"; 3]);
        lot.check(3, outcome, &["aucun", "non_saisie", "aucun"]);
        lot.check(3, |it| it.month_progress, &[Some(500), None, Some(200)]);
        lot.check(3, |it| it.cycle.kind, &[CycleKind::Aucun; 3]);
        lot.check(3, |it| it.overdue, &[false; 3]);
    }

    #[test]
    fn the_first_figure_stands_in_for_an_unknown_start() {
        let lot = Lot { start: None, ..Lot::new(8, &[-1, 500, 1000]) };
        lot.check(3, outcome, &["alerte_problematique", "alerte_problematique"]);
        lot.check(3, |it| it.start_assumed, &[true, true]);
        assert!(Lot { start: None, ..Lot::new(8, &[]) }.follow(3).0.is_empty());
    }

    #[test]
    fn figures_before_the_start_count_without_being_judged() {
        let mut lot = Lot::new(8, &[300, 400, 1650]);
        lot.start = Some(Start { month: month(3), day: None });
        lot.check(3, outcome, &["hors_suivi", "hors_suivi", "aucun"]);
        lot.check(3, rate, &some(&["-", "-", "100.00"]));
    }

    #[test]
    fn progress_before_the_follow_up_is_not_the_contractors() {
        let mut lot = Lot::new(8, &[4385]);
        lot.initial = Percent(4185);
        lot.check(1, |it| it.month_progress, &[Some(200)]);
        lot.check(1, outcome, &["alerte_critique"]);
    }

    #[test]
    fn a_correction_replays_the_cycle() {
        let mut lot = Lot::new(8, &[500, 800, 1000, 2250]);
        let before = ["alerte_problematique", "pre_demobilisation", "demobilisation", "demobilisation"];
        lot.check(4, outcome, &before);
        lot.figures[1].cumulative = Some(Percent(600));
        lot.check(4, outcome, &["alerte_problematique", "pre_demobilisation", "sursis", "clos"]);
    }

    #[test]
    fn the_policy_of_a_month_is_that_of_its_time() {
        let mut lot = Lot::new(8, &[500, 800, 1000, 2250, 2500, 2800]);
        let glissant = Policy { cycle: CycleMode::Glissant, ..Policy::default() };
        lot.policies.changes = vec![(month(2), glissant)];
        // The open start cycle goes on.
        lot.check(3, |it| it.cycle.kind, &[CycleKind::Depart; 3]);
        let three = Policy { critical: Percent(1000), fourth_month: false, ..Policy::default() };
        lot.policies.changes = vec![(month(2), three)];
        let expected =
            ["alerte_problematique", "alerte_problematique", "clos", "aucun", "alerte_problematique"];
        lot.check(5, outcome, &expected);
    }

    #[test]
    fn a_start_under_rolling_cycles_leaves_no_start_cycle_for_later() {
        let mut lot = Lot::new(8, &[1250, 2500, 2600]).policy(|it| it.cycle = CycleMode::Glissant);
        lot.policies.changes = vec![(month(2), Policy::default())];
        let kinds = [CycleKind::Aucun, CycleKind::Aucun, CycleKind::Glissant];
        lot.check(3, |it| it.cycle.kind, &kinds);
    }

    #[test]
    fn a_proposal_waits_for_its_decision() {
        let lot = Lot::new(8, &[500, 800, 1000, 2250, -1]);
        let (reports, tracker) = lot.follow(5);
        assert_eq!(reports[3].status, Status::Bon);
        assert_eq!(reports[4].status, Status::NonRenseigne);
        assert!(reports[2..].iter().all(|it| it.since == Some(month(3)) && it.cycle.month == 3 && it.warned));
        assert_eq!(tracker.proposed_demobilisation(), Some(month(3)));
        assert_eq!(tracker.state(), LotState::Active);
        let pronounced = lot.clone().decide(DecisionKind::Demobilise, 4);
        pronounced.check(
            5,
            |it| it.outcome,
            &[
                Outcome::AlerteProblematique,
                Outcome::PreDemobilisation,
                Outcome::Demobilisation,
                Outcome::HorsSuivi,
                Outcome::HorsSuivi,
            ],
        );
        let (reports, tracker) = pronounced.follow(5);
        assert_eq!((tracker.state(), tracker.proposed_demobilisation()), (LotState::Demobilised, None));
        assert!(reports[3..].iter().all(|it| !it.expected && it.target.is_none()));
    }

    #[test]
    fn an_automatic_withdrawal_is_in_force_at_once() {
        let lot = Lot::new(8, &[500, 800, 1000]).policy(|it| it.demobilisation = Pronouncement::Automatique);
        let (_, tracker) = lot.follow(3);
        assert_eq!((tracker.state(), tracker.proposed_demobilisation()), (LotState::Demobilised, None));
        let back = lot.decide(DecisionKind::Remobilise, 5);
        let (reports, tracker) = back.follow(6);
        assert_eq!(reports[4].outcome, Outcome::Remobilise);
        assert_eq!((tracker.state(), tracker.remobilisations()), (LotState::Remobilised, 1));
        assert!(tracker.state().is_active());
    }

    #[test]
    fn missing_months_before_a_withdrawal_are_not_counted_after_the_return() {
        let lot = Lot::new(8, &[625, -1, -1, -1, 1250]);
        let lot = lot.decide(DecisionKind::Demobilise, 3).decide(DecisionKind::Remobilise, 4);
        lot.check(5, rate, &some(&["50.00", "-", "-", "-", "50.00"]));
        lot.check(5, |it| it.estimated, &[false; 5]);
    }

    #[test]
    fn the_cycle_tells_since_when_and_whether_it_warned() {
        let lot = Lot::new(8, &[1250, 2500, 3750, 5000, 5500, 5800, 6000]);
        let since: Vec<_> = lot.follow(7).0.iter().map(|it| it.since).collect();
        let expected = [1, 1, 1, 1, 5, 5, 7].map(|number| Some(month(number)));
        assert_eq!(since, expected);
        lot.check(7, |it| it.warned, &[false, false, false, false, false, false, true]);
    }

    #[test]
    fn a_closed_lot_is_terminated() {
        let lot = Lot::new(8, &[500]).decide(DecisionKind::Close, 2);
        assert_eq!(lot.follow(3).1.state(), LotState::Terminated);
        lot.check(2, |it| it.expected, &[true, false]);
    }

    #[test]
    fn months_left_out_count_as_months_without_a_figure() {
        let lot = Lot::new(8, &[625, -1, 1625]);
        let mut tracker = Tracker::new(&lot.facts());
        tracker.step(&lot.facts(), month(1), lot.figures.first());
        let report = tracker.step(&lot.facts(), month(3), lot.figures.last());
        assert_eq!(Some(&report), lot.follow(3).0.last());
        let again = tracker.step(&lot.facts(), month(2), None);
        assert_eq!(again.outcome, Outcome::HorsSuivi);
        assert_eq!(tracker, lot.follow(3).1);
    }

    #[test]
    fn an_unreachable_threshold_is_reached_by_the_end() {
        let lot = Lot::new(8, &[9000]).policy(|it| it.good = Percent(30_000));
        let (_, tracker) = lot.follow(1);
        let next = crate::rules::next_consequences(&tracker, &lot.facts(), month(2));
        assert_eq!(next.to_be_good.unwrap().cumulative, Percent::FULL);
    }

    #[test]
    fn the_end_of_the_works_counts_in_a_suspended_month_too() {
        let lot = Lot::new(8, &[100, 200, 300, 10_000, 9900]).suspend(4, 4);
        let (reports, tracker) = lot.follow(4);
        assert_eq!((reports[3].outcome, reports[3].status), (Outcome::Demobilisation, Status::Acheve));
        assert_eq!((tracker.state(), tracker.proposed_demobilisation()), (LotState::Completed, None));
        assert_eq!(lot.follow(5).0[4].outcome, Outcome::AlerteCritique);
    }

    #[test]
    fn a_late_lot_stays_late_while_it_is_suspended() {
        let lot = Lot::new(2, &[1000, 2000, 3000]).suspend(4, 4);
        lot.check(4, |it| it.overdue, &[false, false, true, true]);
    }

    #[test]
    fn a_frozen_month_shows_the_cycle_as_it_stands() {
        let lot = Lot::new(8, &[500, 800]);
        lot.check(3, |it| it.since, &[Some(month(1)); 3]);
        lot.check(3, |it| it.cycle.month, &[1, 2, 2]);
        lot.check(3, |it| it.warned, &[false, false, true]);
    }

    #[test]
    fn a_tracker_is_small() {
        assert!(size_of::<Tracker>() <= 128, "{}", size_of::<Tracker>());
        assert!(size_of::<MonthReport>() <= 160, "{}", size_of::<MonthReport>());
    }
}
