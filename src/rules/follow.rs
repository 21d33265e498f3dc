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
