//! Notices of a lot in its trail: drawn up, approved, sent to whom, accepted by which server.

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
    /// The notice, as it stands now.
    pub notice: Notice,
    /// What it became then.
    pub state: NoticeState,
    /// To whom it goes.
    pub addressees: Vec<Delivery>,
}

/// What became of a notice at an addressee.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// On which machine, and when.
    pub op: OpRow,
    /// The notice.
    pub notice: Notice,
    /// The addressee, with what became of it then.
    pub delivery: Delivery,
}

/// Tells what the rows of the log say about the notices of a lot.
pub(super) fn noticed(
    session: &Session,
    lot: &Lot,
    rows: &[Together<'_>],
) -> Result<Vec<(i64, Event)>, Failure> {
    let read = session.store.read();
    let mut notices = HashMap::new();
    let mut deliveries = HashMap::new();
    for notice in read.notices_of_lot(lot.id)? {
        let addressees = read.deliveries(notice.id)?;
        for delivery in &addressees {
            deliveries.insert(Written::from(Value::from(delivery.id)), (delivery.clone(), notice.clone()));
        }
        notices.insert(Written::from(Value::from(notice.id)), (notice, addressees));
    }
    let mut told = Vec::new();
    for row in rows {
        let Some(word) = row.word("state") else { continue };
        let event = match row.table {
            "notice" => notices.get(row.row).and_then(|(notice, addressees)| {
                let (notice, addressees) = (notice.clone(), addressees.clone());
                let state = NoticeState::from_word(word)?;
                Some(Event::Notice(Box::new(Noticed { op: row.op.clone(), notice, state, addressees })))
            }),
            "delivery" => deliveries.get(row.row).and_then(|(delivery, notice)| {
                let state = DeliveryState::from_word(word).filter(|it| *it != DeliveryState::Waiting)?;
                let text = |column| row.word(column).unwrap_or_default().to_owned();
                let delivery = Delivery {
                    state,
                    channel: text("channel"),
                    reply: text("reply"),
                    at_ms: row.number("at_ms"),
                    ..delivery.clone()
                };
                let (op, notice) = (row.op.clone(), notice.clone());
                Some(Event::Delivery(Box::new(Delivered { op, notice, delivery })))
            }),
            _ => None,
        };
        told.extend(event.map(|it| (row.op.n, it)));
    }
    Ok(told)
}
