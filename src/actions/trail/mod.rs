//! Everything that happened to a lot, as a person tells it: one event for what was written together, the alerts that
//! the rules find, the notices, and who vouched for its months.

mod found;
mod noticed;
mod observed;
mod together;
mod vouched;

pub use found::Found;
pub use noticed::{Delivered, Noticed, Turn};
pub use vouched::{Opened, Vouch};

use super::failure::Failure;
use super::history::{self, HistoryRow, Written};
use super::session::Session;
use crate::model::grounds::FrozenGrounds;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::{Lot, Site};
use crate::store::log::OpRow;
use observed::{Observations, tell_observation};
use together::together;

/// Something that happened to a lot.
#[derive(Clone, Debug)]
pub enum Event {
    /// A value was written.
    Value(HistoryRow),
    /// A decision was taken.
    Decision(Decided),
    /// The observation of a month was written, replaced or taken away.
    Observation(Observed),
    /// The rules found something.
    Alert(Box<Found>),
    /// A notice was drawn up, or became something else.
    Notice(Box<Noticed>),
    /// Something became of a notice at an addressee.
    Delivery(Box<Delivered>),
    /// Somebody vouched for a month of the project.
    SignOff(Box<Vouch>),
    /// A locked month of the project was opened.
    Derogation(Box<Opened>),
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
    /// The recovery plan; may be empty.
    pub plan: String,
    /// Months granted to finish.
    pub months: Option<u16>,
    /// What was known then; `None` for decisions of older programs.
    pub grounds: Option<Box<FrozenGrounds>>,
    /// Whether it was taken back since.
    pub is_withdrawn: bool,
    /// Its row.
    row: Written,
}

impl Decided {
    /// Tells whether nobody pronounced it: the policy did.
    pub fn is_by_policy(&self) -> bool {
        self.grounds.as_ref().is_some_and(|it| it.by_policy)
    }
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
    /// Returns the op; of an alert that of the figure that led to it, where there is one.
    pub const fn op(&self) -> Option<&OpRow> {
        match self {
            Self::Value(it) => Some(&it.op),
            Self::Decision(it) => Some(&it.op),
            Self::Observation(it) => Some(&it.op),
            Self::Alert(it) => it.op.as_ref(),
            Self::Notice(it) => Some(&it.op),
            Self::Delivery(it) => Some(&it.op),
            Self::SignOff(it) => Some(&it.op),
            Self::Derogation(it) => Some(&it.op),
        }
    }

    /// Returns the month that it is about, where it is about one.
    pub const fn month(&self) -> Option<Month> {
        match self {
            Self::Value(it) => it.month,
            Self::Decision(it) => it.from,
            Self::Observation(it) => it.month,
            Self::Alert(it) => Some(it.report.month),
            Self::Notice(it) => Some(it.notice.month),
            Self::Delivery(it) => Some(it.notice.month),
            Self::SignOff(it) => it.month,
            Self::Derogation(it) => it.month,
        }
    }

    /// Tells whether it is about the lot alone; other lots of the site have it in their trails too.
    pub const fn is_of_lot(&self) -> bool {
        match self {
            Self::Value(it) => it.lot.is_some(),
            Self::SignOff(_) | Self::Derogation(_) => false,
            _ => true,
        }
    }
}

/// A lot with its site, and each event with its place in the order of the log.
pub type Told = (Site, Lot, Vec<(i64, Event)>);

/// Tells everything that happened to a lot, newest first.
pub fn trail(session: &Session, lot: Id<Lot>) -> Result<(Site, Lot, Vec<Event>), Failure> {
    let (site, lot, told) = told(session, lot)?;
    Ok((site, lot, told.into_iter().rev().map(|(_, event)| event).collect()))
}

/// Tells everything that happened to a lot, oldest first: in the order in which the log of this machine has it.
pub fn told(session: &Session, lot: Id<Lot>) -> Result<Told, Failure> {
    let (site, lot, rows) = history::history_of(session, lot)?;
    let replayed = found::replay(session, &site, &lot, &rows)?;
    let mut told = noticed::noticed(session, &lot, &together(&rows))?;
    told.extend(vouched::vouched(session, &site, &replayed.months)?);
    let mut events = Vec::new();
    let mut observed = Observations::default();
    for row in rows {
        tell(row, &mut events, &mut observed);
    }
    told.splice(0..0, events.into_iter().map(|it| (it.op().map_or(0, |op| op.n), it)));
    // What the rules find follows the figure that led to it.
    told.extend(replayed.found);
    told.sort_by_key(|(n, _)| *n);
    Ok((site, lot, told))
}

/// Returns the decisions about a lot, those that were taken back too, oldest first.
pub fn decisions(session: &Session, lot: Id<Lot>) -> Result<Vec<Decided>, Failure> {
    let (_, _, rows) = history::history_of(session, lot)?;
    let (mut events, mut observed) = (Vec::new(), Observations::default());
    let archived: Vec<(Written, bool)> = rows
        .iter()
        .filter(|it| it.table == "decision" && it.column == "archived")
        .map(|it| (it.row.clone(), it.new == Written::Number(1)))
        .collect();
    for row in rows.into_iter().filter(|it| it.table == "decision" && it.lot == Some(lot)) {
        tell(row, &mut events, &mut observed);
    }
    let taken = events.into_iter().filter_map(|it| match it {
        Event::Decision(decided) => Some(decided),
        _ => None,
    });
    let withdrawn =
        |it: &Decided| archived.iter().rev().find(|(row, _)| *row == it.row).is_some_and(|it| it.1);
    Ok(taken.map(|it| Decided { is_withdrawn: withdrawn(&it), ..it }).collect())
}

/// Adds what a written value tells: to the event that it belongs to, or as one of its own.
fn tell(row: HistoryRow, events: &mut Vec<Event>, observed: &mut Observations) {
    match (row.table, row.column) {
        ("decision", "kind" | "from_month" | "to_month" | "reason" | "plan" | "months" | "grounds") => {
            tell_decision(row, events);
        }
        ("observation", "text" | "archived") => tell_observation(&row, events, observed),
        ("observation" | "decision", "lot" | "month")
        | ("lot", "site" | "rank")
        | ("site", "project")
        | ("lot_contractor" | "notice" | "delivery", _) => {}
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
    let number = if let Written::Number(number) = row.new { Some(number) } else { None };
    let month = number.and_then(|it| row.month_of(it));
    if row.column == "kind" {
        let (op, from) = (row.op, row.month);
        return events.push(Event::Decision(Decided {
            op,
            kind: new,
            from,
            to: None,
            reason: String::new(),
            plan: String::new(),
            months: None,
            grounds: None,
            is_withdrawn: false,
            row: row.row,
        }));
    }
    match events.last_mut() {
        Some(Event::Decision(decided)) if decided.op.n == row.op.n && decided.row == row.row => {
            match row.column {
                "from_month" => decided.from = month,
                "to_month" => decided.to = month,
                "plan" => decided.plan = new,
                "months" => decided.months = number.and_then(|it| u16::try_from(it).ok()),
                "grounds" => decided.grounds = FrozenGrounds::read(&new).map(Box::new),
                _ => decided.reason = new,
            }
        }
        _ => events.push(Event::Value(row)),
    }
}
