//! Sends one notice now: what was held or refused is tried again, because a person says so.

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use super::settle::{DIGEST, Outcome, scope, write};
use crate::model::id::Id;
use crate::model::notice::{DeliveryState, Notice, NoticeState};
use crate::model::problem::Problem;

/// Makes what was held or refused wait again. Returns how many deliveries of the notice wait then.
pub fn release(session: &mut Session, notice: Id<Notice>) -> Result<usize, Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let notice = read.notice(notice)?.ok_or_else(|| Problem::new("thing-gone"))?;
        match notice.state {
            NoticeState::Ready => {}
            NoticeState::Draft => return Err(Problem::new("notice-not-approved").into()),
            NoticeState::Held => return Err(Problem::new("notice-is-held").into()),
            NoticeState::Cancelled => return Err(Problem::new("notice-is-cancelled").into()),
        }
        let scope = scope(read, &notice)?.ok_or_else(|| Problem::new("thing-gone"))?;
        let deliveries = read.deliveries(notice.id)?;
        let stopped = |it: DeliveryState| matches!(it, DeliveryState::Held | DeliveryState::Failed);
        let again: Vec<_> = deliveries.iter().filter(|it| stopped(it.state)).map(|it| it.id).collect();
        let waits = |it: DeliveryState| it == DeliveryState::Waiting;
        let waiting = deliveries.iter().filter(|it| waits(it.state) && it.channel != DIGEST).count();
        if !again.is_empty() {
            let at_ms = session.now.timestamp_millis();
            let note = Note::new()
                .with("addressee", "")
                .with("subject", &notice.subject)
                .with("outcome", DeliveryState::Waiting.word());
            session.transact(OpName::Deliver, &note, |tx| {
                let outcome = Outcome { state: DeliveryState::Waiting, channel: "", reply: "", at_ms };
                again.iter().try_for_each(|it| write(tx, scope, *it, &outcome))
            })?;
        }
        Ok(waiting + again.len())
    })
}
