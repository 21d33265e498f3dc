//! One attempt at a delivery, written down before each step that cannot be taken back.

use super::super::failure::Failure;
use super::super::session::Session;
use super::settle::{DIGEST, Outcome, settle};
use crate::model::id::Id;
use crate::model::notice::{DeliveryMark, DeliveryState, NoticeState};
use crate::model::outbox::{OutboxRow, OutboxState};
use crate::notify::outbox::{self, Claim, Ending, Haste, Step};
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::registry;

/// Who works, and on what.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The delivery.
    pub delivery: Id<DeliveryMark>,
    /// The worker.
    pub owner: &'a str,
    /// By which way: `smtp`, `folder`, `letter`.
    pub channel: &'a str,
}

/// Where a delivery stands after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Settled, like this.
    Settled(DeliveryState),
    /// This machine goes on later.
    Kept(OutboxState),
    /// Another worker has it, or it is not to go any more.
    Gone,
}

/// Takes a delivery, unless it is another's, its time has not come, or it is not to go any more. Returns whether it was
/// taken, and where it stands.
pub fn claim(
    session: &mut Session,
    work: Work<'_>,
    haste: Haste,
    now_ms: i64,
) -> Result<(bool, Stand), Failure> {
    let mut found = (false, Stand::Gone);
    let mut given_up = None;
    session.store.work_at_outbox(&[work.delivery], |read, id, row| {
        if !is_to_go(read, id)? {
            return Ok(None);
        }
        let before = row.clone();
        Ok(match outbox::claim(row, id, work.owner, now_ms, haste) {
            Claim::Taken(row) => {
                found = (true, Stand::Kept(row.state));
                Some(row)
            }
            Claim::NotYet(row) => {
                found = (false, Stand::Kept(row.state));
                Some(row)
            }
            Claim::Settle(state, reply) => {
                given_up = Some((state, reply));
                before
            }
        })
    })?;
    if let Some((state, reply)) = given_up {
        let outcome = Outcome { state, channel: work.channel, reply: &reply, at_ms: now_ms };
        settle(session, work.delivery, &outcome)?;
        found = (false, Stand::Settled(state));
    }
    Ok(found)
}

/// Writes down that the content goes out now. Returns whether it may.
pub fn begin(session: &mut Session, work: Work<'_>, now_ms: i64) -> Result<bool, Failure> {
    let mut begun = false;
    session.store.work_at_outbox(&[work.delivery], |read, id, row| {
        if !is_to_go(read, id)? {
            return Ok(None);
        }
        let next = outbox::begin(row.clone(), work.owner, now_ms);
        begun = next.is_some();
        Ok(next.or(row))
    })?;
    Ok(begun)
}

/// Writes down how an attempt ended.
pub fn finish(session: &mut Session, work: Work<'_>, ending: &Ending, now_ms: i64) -> Result<Stand, Failure> {
    let known = match ending {
        Ending::Accepted(reply) => Some((DeliveryState::Sent, reply.clone())),
        Ending::Written(reply) => Some((DeliveryState::Written, reply.clone())),
        Ending::Refused(reply) => Some((DeliveryState::Failed, reply.clone())),
        _ => None,
    };
    let (state, reply) = match known {
        Some(known) => known,
        None => match keep(session, work, ending, now_ms)? {
            (_, Some(given_up)) => given_up,
            (stand, None) => return Ok(stand),
        },
    };
    let outcome = Outcome { state, channel: work.channel, reply: &reply, at_ms: now_ms };
    settle(session, work.delivery, &outcome)?;
    Ok(Stand::Settled(state))
}

/// Keeps what is left to do, unless a person decides now or another worker took it over.
fn keep(
    session: &mut Session,
    work: Work<'_>,
    ending: &Ending,
    now_ms: i64,
) -> Result<(Stand, Option<(DeliveryState, String)>), Failure> {
    let (mut stand, mut given_up) = (Stand::Gone, None);
    session.store.work_at_outbox(&[work.delivery], |_, _, row| {
        let Some(row) = row else { return Ok(None) };
        if row.owner != work.owner {
            return Ok(Some(row));
        }
        Ok(Some(match outbox::end(row.clone(), ending.clone(), now_ms) {
            Step::Keep(next) => {
                stand = Stand::Kept(next.state);
                next
            }
            Step::Settle(state, reply) => {
                given_up = Some((state, reply));
                row
            }
        }))
    })?;
    Ok((stand, given_up))
}

/// Tells whether looking at a row would do something to it: most rows of a long queue only wait.
pub fn is_due(row: Option<&OutboxRow>, work: Work<'_>, haste: Haste, now_ms: i64) -> bool {
    let Some(row) = row else { return true };
    let claim = outbox::claim(Some(row.clone()), work.delivery, work.owner, now_ms, haste);
    claim != Claim::NotYet(row.clone())
}

/// Tells whether a delivery still waits and its notice is approved, by everybody: while versions of either compete, a person
/// settles first what goes.
fn is_to_go(read: Reader<'_>, delivery: Id<DeliveryMark>) -> Result<bool, StoreError> {
    let Some(delivery) = read.delivery(delivery)? else { return Ok(false) };
    let waits = delivery.state == DeliveryState::Waiting && delivery.channel != DIGEST;
    let approved = waits && read.notice(delivery.notice)?.is_some_and(|it| it.state == NoticeState::Ready);
    Ok(approved
        && !read.competes(&registry::NOTICE, &[delivery.notice.into()])?
        && !read.competes(&registry::DELIVERY, &[delivery.id.into()])?)
}
