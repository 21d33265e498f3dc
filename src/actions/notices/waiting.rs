//! Why a delivery has not gone.

use std::collections::{HashMap, HashSet};

use super::limits::Limits;
use super::pause;
use super::sender::{Sender, sender};
use super::settle::DIGEST;
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeState};
use crate::model::outbox::{OutboxRow, OutboxState};
use crate::model::site::Lot;

/// Why a delivery that waits has not gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody has approved the notice.
    Draft,
    /// A person keeps the notice back.
    Held,
    /// Its addressee has no address.
    NoAddress,
    /// Another machine sends, or none.
    Elsewhere(Sender),
    /// It goes in a digest.
    InDigest,
    /// It was tried; a server, or the line, said later. What was said, and when it is tried next (milliseconds UTC).
    Deferred(String, i64),
    /// The line broke where nobody can tell whether the server has it; when it is tried next.
    Unknown(i64),
    /// There was no server; when it is tried next.
    NoLine(i64),
    /// The server did not want this machine: it is left alone for a while.
    Paused(String),
    /// Versions of the notice compete: a person settles which one goes.
    Contested,
    /// So many have gone today about its site, or its project.
    NotToday,
    /// It goes at the next run.
    Next,
}

/// What this machine knows of its work, read once.
pub struct Works {
    sender: Sender,
    rows: HashMap<Id<DeliveryMark>, OutboxRow>,
    paused: Option<String>,
    contested: Vec<Id<Notice>>,
    /// Sites and projects about which nothing more goes today, and the sites of lots where there are such.
    full: HashSet<[u8; 16]>,
    sites: HashMap<Id<Lot>, [u8; 16]>,
    now_ms: i64,
}

impl Works {
    /// Reads it.
    pub fn read(session: &Session) -> Result<Self, Failure> {
        let rows = session.store.read().outbox()?.into_iter().map(|it| (it.delivery, it)).collect();
        let now_ms = session.now.timestamp_millis();
        let paused = pause::reason(session, now_ms)?;
        let contested = session.store.read().notices_contested()?;
        let full = Limits::load(session.store.read(), now_ms)?.full();
        let lots = if full.is_empty() { Vec::new() } else { session.store.read().lots()? };
        let sites = lots.into_iter().map(|it| (it.id, it.site.bytes())).collect();
        Ok(Self { sender: sender(session)?, rows, paused, contested, full, sites, now_ms })
    }

    /// Returns which machine sends.
    pub const fn sender(&self) -> &Sender {
        &self.sender
    }

    /// Says why a delivery has not gone; `None` where it does not wait.
    pub fn why(&self, notice: &Notice, delivery: &Delivery) -> Option<Why> {
        if delivery.state != DeliveryState::Waiting {
            return None;
        }
        Some(match notice.state {
            NoticeState::Cancelled => return None,
            _ if delivery.email.is_empty() => Why::NoAddress,
            NoticeState::Draft => Why::Draft,
            NoticeState::Held => Why::Held,
            NoticeState::Ready if self.contested.contains(&notice.id) => Why::Contested,
            NoticeState::Ready if delivery.channel == DIGEST => Why::InDigest,
            NoticeState::Ready if !self.sender.is_this() => Why::Elsewhere(self.sender.clone()),
            NoticeState::Ready => self.work(notice, delivery.id),
        })
    }

    fn work(&self, notice: &Notice, delivery: Id<DeliveryMark>) -> Why {
        match (self.rows.get(&delivery), &self.paused) {
            (Some(row), _) if row.state == OutboxState::Deferred => {
                Why::Deferred(row.reply.clone(), row.next_ms)
            }
            (Some(row), _) if row.state == OutboxState::Unknown => Why::Unknown(row.next_ms),
            (Some(row), _) if !row.reply.is_empty() && row.next_ms > self.now_ms => Why::NoLine(row.next_ms),
            (_, Some(reply)) => Why::Paused(reply.clone()),
            _ if self.full.contains(&self.about(notice)) => Why::NotToday,
            _ => Why::Next,
        }
    }

    fn about(&self, notice: &Notice) -> [u8; 16] {
        notice.lot.and_then(|it| self.sites.get(&it).copied()).unwrap_or(notice.project.bytes())
    }
}
