//! Everything that happened to a lot, as a person tells it: one event for what was written together.

use super::failure::Failure;
use super::history::{self, HistoryRow, Written};
use super::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::{Lot, Site};
use crate::store::log::OpRow;

/// Something that happened to a lot.
#[derive(Clone, Debug)]
pub enum Event {
    /// A value was written.
    Value(HistoryRow),
    /// A decision was taken.
    Decision(Decided),
    /// The observation of a month was written, replaced or taken away.
    Observation(Observed),
}

/// A decision as it was taken.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Who and when.
    pub op: OpRow,
    /// The word of its kind.
    pub kind: String,
    /// From which month.
    pub from: Option<Month>,
    /// To which month.
    pub to: Option<Month>,
    /// Why.
    pub reason: String,
}

/// An observation as it was written.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Who and when.
    pub op: OpRow,
    /// The month that it is about.
    pub month: Option<Month>,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// Where it came from, for example a cell.
    pub origin: Option<String>,
}

impl Event {
    /// Returns the op.
    pub const fn op(&self) -> &OpRow {
        match self {
            Self::Value(it) => &it.op,
            Self::Decision(it) => &it.op,
            Self::Observation(it) => &it.op,
        }
    }

    /// Returns the month that it is about, where it is about one.
    pub const fn month(&self) -> Option<Month> {
        match self {
            Self::Value(it) => it.month,
            Self::Decision(it) => it.from,
            Self::Observation(it) => it.month,
        }
    }
}

/// Tells everything that happened to a lot, newest first.
pub fn trail(session: &Session, lot: Id<Lot>) -> Result<(Site, Lot, Vec<Event>), Failure> {
    let (site, lot, rows) = history::history_of(session, lot)?;
    let mut events = Vec::new();
    let mut observed = Observations::default();
    for row in rows {
        tell(row, &mut events, &mut observed);
    }
    events.reverse();
    Ok((site, lot, events))
}

/// Adds what a written value tells: to the event that it belongs to, or as one of its own.
fn tell(row: HistoryRow, events: &mut Vec<Event>, observed: &mut Observations) {
    match (row.table, row.column) {
        ("decision", "kind" | "from_month" | "to_month" | "reason") => tell_decision(row, events),
        ("observation", "text" | "archived") => tell_observation(&row, events, observed),
        ("observation" | "decision", "lot" | "month")
        | ("lot", "site" | "rank")
        | ("lot_contractor" | "notice" | "delivery", _)
        | ("site", "project") => {}
        // What says no is the usual state of a month that has a figure.
        ("entry", "not_applicable") if row.new == Written::Nothing && row.old == Written::Nothing => {}
        _ => events.push(Event::Value(row)),
    }
}

fn tell_decision(row: HistoryRow, events: &mut Vec<Event>) {
    let new = match &row.new {
        Written::Text(text) => text.clone(),
        _ => String::new(),
    };
    let month = if let Written::Number(number) = row.new { row.month_of(number) } else { None };
    if row.column == "kind" {
        let (op, from) = (row.op, row.month);
        return events.push(Event::Decision(Decided {
            op,
            kind: new,
            from,
            to: None,
            reason: String::new(),
        }));
    }
    match events.last_mut() {
        Some(Event::Decision(decided)) if decided.op.n == row.op.n => match row.column {
            "from_month" => decided.from = month,
            "to_month" => decided.to = month,
            _ => decided.reason = new,
        },
        _ => events.push(Event::Value(row)),
    }
}

/// The observations of a lot, as they stood at a moment of the log.
#[derive(Default)]
struct Observations(Vec<ObservationRow>);

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

/// An observation that replaces another is one event, although the log archives a row and adds one.
fn tell_observation(row: &HistoryRow, events: &mut Vec<Event>, observed: &mut Observations) {
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
