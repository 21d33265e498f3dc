//! Observations as they stood: one that replaces another is one event, although the log archives a row and adds one.

use super::{Event, Observed};
use crate::actions::history::{HistoryRow, Written};
use crate::model::month::Month;

/// The observations of a lot, as they stood at a moment of the log.
#[derive(Default)]
pub(super) struct Observations(Vec<ObservationRow>);

struct ObservationRow {
    row: Written,
    month: Option<Month>,
    text: String,
    archived: bool,
}

impl Observations {
    fn take_in(&mut self, written: &HistoryRow) {
        let place = self.0.iter().position(|it| it.row == written.row).unwrap_or_else(|| {
            let row = written.row.clone();
            self.0.push(ObservationRow { row, month: written.month, text: String::new(), archived: false });
            self.0.len() - 1
        });
        let row = &mut self.0[place];
        match (&written.new, written.column) {
            (Written::Text(text), "text") => row.text.clone_from(text),
            (new, _) => row.archived = *new == Written::Number(1),
        }
    }

    fn standing(&self, month: Option<Month>) -> String {
        let standing = self.0.iter().filter(|it| it.month == month && !it.archived && !it.text.is_empty());
        standing.map(|it| it.text.as_str()).collect::<Vec<_>>().join(" / ")
    }
}

/// Adds what a written value of an observation tells.
pub(super) fn tell_observation(row: &HistoryRow, events: &mut Vec<Event>, observed: &mut Observations) {
    let old = observed.standing(row.month);
    observed.take_in(row);
    let new = observed.standing(row.month);
    match events.last_mut() {
        Some(Event::Observation(last)) if last.op.n == row.op.n && last.month == row.month => last.new = new,
        _ => {
            let (op, month, origin) = (row.op.clone(), row.month, row.origin.clone());
            events.push(Event::Observation(Observed { op, month, old, new, origin }));
        }
    }
}
