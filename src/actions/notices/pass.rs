//! What a pass over the outbox did, why it stopped, and when there is something to do again.

use std::collections::{HashMap, HashSet};

use super::super::failure::Failure;
use super::super::session::Session;
use super::attempt::Stand;
use super::gather::Gathered;
use super::sender::Sender;
use super::settle::DIGEST;
use crate::model::notice::{Delivery, DeliveryState};
use crate::model::outbox::{OutboxRow, OutboxState};

/// Why mail does not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Another machine sends, or none.
    Sender(Sender),
    /// This machine has no way to send.
    NoWay,
    /// The server did not want this machine a moment ago.
    Paused(String),
    /// There is no server.
    Unreachable(String),
    /// The server says later.
    Busy(String),
    /// The server does not want this machine.
    Unwelcome(String),
    /// So many have gone this minute.
    Minute,
}

/// What a pass did.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// How many a server accepted.
    pub sent: usize,
    /// How many lie in a folder.
    pub written: usize,
    /// How many were refused for good.
    pub failed: usize,
    /// How many are tried again.
    pub deferred: usize,
    /// Of how many nobody knows whether they went.
    pub unknown: usize,
    /// About how many a person decides.
    pub held: usize,
    /// What was put together beforehand.
    pub gathered: Gathered,
    /// How many have no address that can be written to.
    pub without_address: usize,
    /// How many wait afterwards, those without address aside.
    pub waiting: usize,
    /// Why mail does not go.
    pub stopped: Option<Stopped>,
    /// Why letters are not laid down: mail goes all the same.
    pub letters_stopped: Option<String>,
    /// In how many milliseconds there is something to do again.
    pub again_ms: Option<i64>,
}

impl Pass {
    /// Counts where a delivery stands after an attempt.
    pub(super) const fn count(&mut self, stand: Stand) {
        match stand {
            Stand::Settled(DeliveryState::Sent) => self.sent += 1,
            Stand::Settled(DeliveryState::Written) => self.written += 1,
            Stand::Settled(DeliveryState::Failed) => self.failed += 1,
            Stand::Settled(DeliveryState::Held) => self.held += 1,
            Stand::Kept(OutboxState::Deferred) => self.deferred += 1,
            Stand::Kept(OutboxState::Unknown) => self.unknown += 1,
            Stand::Settled(DeliveryState::Waiting | DeliveryState::Cancelled)
            | Stand::Kept(OutboxState::Ready | OutboxState::Claimed | OutboxState::Attempting)
            | Stand::Gone => {}
        }
    }
}

/// Counts what waits, and says when there is something to do again.
pub(super) fn look_ahead(session: &Session, pass: &mut Pass, now_ms: i64) -> Result<(), Failure> {
    let read = session.store.read();
    let rows: HashMap<_, OutboxRow> = read.outbox()?.into_iter().map(|it| (it.delivery, it)).collect();
    let (members, waiting): (Vec<Delivery>, Vec<Delivery>) =
        read.deliveries_waiting()?.into_iter().partition(|it| it.channel == DIGEST);
    // What is in a digest waits once more only where the digest itself does not go.
    let going: HashSet<String> = waiting.iter().map(|it| it.id.to_string()).collect();
    let kept = members.iter().filter(|it| !going.contains(&it.reply)).count();
    pass.waiting = (waiting.len() + kept).saturating_sub(pass.without_address);
    let next = waiting.iter().filter_map(|it| rows.get(&it.id)).map(|it| it.next_ms.max(it.lease_ms)).min();
    pass.again_ms = pass.again_ms.or(next.map(|it| it.saturating_sub(now_ms).max(0)));
    Ok(())
}
