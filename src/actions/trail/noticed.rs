//! Notices of a lot in its trail: drawn up, approved, sent to whom, accepted by which server. Everything is told as it stood
//! then: an address that was mended later did not refuse the letter.

use std::collections::HashMap;

use super::Event;
use super::together::Together;
use crate::actions::failure::Failure;
use crate::actions::history::Written;
use crate::actions::session::Session;
use crate::model::notice::{Delivery, DeliveryState, Notice, NoticeState};
use crate::model::site::Lot;
use crate::store::log::OpRow;
use crate::store::value::Value;

/// A notice that was drawn up, or became something else.
#[derive(Clone, Debug)]
pub struct Noticed {
    /// Who and when.
    pub op: OpRow,
    /// The notice, with the number and subject that it had then.
    pub notice: Notice,
    /// What it became then; `None` where only its words changed.
    pub state: Option<NoticeState>,
    /// To whom it went then.
    pub addressees: Vec<Delivery>,
}

/// What happened to a notice at an addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It became what its state says.
    Became,
    /// Somebody more is written to.
    Added,
    /// Its address was written.
    Mended,
}

/// What became of a notice at an addressee.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// On which machine, and when.
    pub op: OpRow,
    /// The notice.
    pub notice: Notice,
    /// The addressee as it stood then, with what became of it.
    pub delivery: Delivery,
    /// What happened.
    pub turn: Turn,
}

/// The notices of a lot and those to whom they go, as they stood at a moment of the log.
struct Standing {
    notices: HashMap<Written, Notice>,
    /// Each with whether the log has told of it.
    deliveries: HashMap<Written, (Delivery, bool)>,
}

/// Tells what the rows of the log say about the notices of a lot.
pub(super) fn noticed(
    session: &Session,
    lot: &Lot,
    rows: &[Together<'_>],
) -> Result<Vec<(i64, Event)>, Failure> {
    let read = session.store.read();
    let mut standing = Standing { notices: HashMap::new(), deliveries: HashMap::new() };
    for notice in read.notices_of_lot(lot.id)? {
        for delivery in read.deliveries(notice.id)? {
            let blank = Delivery { name: String::new(), email: String::new(), ..delivery };
            standing.deliveries.insert(Value::from(blank.id).into(), (blank, false));
        }
        let (reference, subject) = (String::new(), String::new());
        let key = Written::from(Value::from(notice.id));
        standing.notices.insert(key, Notice { reference, subject, ..notice });
    }
    let mut rows: Vec<&Together<'_>> =
        rows.iter().filter(|it| matches!(it.table, "notice" | "delivery")).collect();
    rows.sort_by_key(|it| it.op.n);
    let mut told = Vec::new();
    for of_op in rows.chunk_by(|a, b| a.op.n == b.op.n) {
        told.extend(standing.step(of_op).into_iter().map(|it| (of_op[0].op.n, it)));
    }
    Ok(told)
}

impl Standing {
    /// Takes in what one op wrote, and tells it.
    fn step(&mut self, rows: &[&Together<'_>]) -> Vec<Event> {
        let mut turns = Vec::new();
        let mut drawn = Vec::new();
        for row in rows.iter().filter(|it| it.table == "notice") {
            let Some(notice) = self.notices.get_mut(row.row) else { continue };
            let text =
                |column: &str, kept: &mut String| row.word(column).map(|it| it.clone_into(kept)).is_some();
            text("reference", &mut notice.reference);
            let is_worded = text("subject", &mut notice.subject) | row.word("body").is_some();
            match row.word("state").and_then(NoticeState::from_word) {
                Some(state) => drawn.push((*row, Some(state))),
                None if is_worded => drawn.push((*row, None)),
                None => {}
            }
        }
        let is_drawn = |id: Written| drawn.iter().any(|(row, _)| *row.row == id);
        for row in rows.iter().filter(|it| it.table == "delivery") {
            let Some((delivery, is_known)) = self.deliveries.get_mut(row.row) else { continue };
            let turn = turn(row, delivery, *is_known);
            *is_known = true;
            // Those with whom a notice is drawn up are told with it.
            let is_told = turn.is_some() && !is_drawn(Written::from(Value::from(delivery.notice)));
            if let Some(turn) = turn.filter(|it| is_told || *it == Turn::Became) {
                turns.push((*row, delivery.clone(), turn));
            }
        }
        let drawn = drawn.into_iter().filter_map(|(row, state)| {
            let notice = self.notices.get(row.row)?.clone();
            let addressees = self.addressees(&notice);
            Some(Event::Notice(Box::new(Noticed { op: row.op.clone(), notice, state, addressees })))
        });
        let mut events: Vec<Event> = drawn.collect();
        events.extend(turns.into_iter().filter_map(|(row, delivery, turn)| {
            let notice = self.notices.get(&Written::from(Value::from(delivery.notice)))?.clone();
            Some(Event::Delivery(Box::new(Delivered { op: row.op.clone(), notice, delivery, turn })))
        }));
        events
    }

    fn addressees(&self, notice: &Notice) -> Vec<Delivery> {
        let known = self.deliveries.values().filter(|(it, is_known)| *is_known && it.notice == notice.id);
        let mut kept: Vec<Delivery> =
            known.map(|it| it.0.clone()).filter(|it| it.state != DeliveryState::Cancelled).collect();
        kept.sort_by(|a, b| (a.copy, &a.role, &a.name).cmp(&(b.copy, &b.role, &b.name)));
        kept
    }
}

/// Takes in what was written of a delivery; says what happened, where something did.
fn turn(row: &Together<'_>, delivery: &mut Delivery, is_known: bool) -> Option<Turn> {
    if let Some(name) = row.word("name") {
        name.clone_into(&mut delivery.name);
    }
    let email = row.word("email").filter(|it| *it != delivery.email);
    if let Some(email) = email {
        email.clone_into(&mut delivery.email);
    }
    let state = row.word("state").and_then(DeliveryState::from_word);
    if let Some(state) = state {
        let text = |column| row.word(column).unwrap_or_default().to_owned();
        delivery.state = state;
        (delivery.channel, delivery.reply) = (text("channel"), text("reply"));
        delivery.at_ms = row.number("at_ms");
    }
    match (state, is_known) {
        (Some(DeliveryState::Waiting) | None, false) => Some(Turn::Added),
        (Some(DeliveryState::Waiting) | None, true) => email.map(|_| Turn::Mended),
        (Some(_), _) => Some(Turn::Became),
    }
}
