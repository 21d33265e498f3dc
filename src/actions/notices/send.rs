//! Sends one notice now: what was held or refused is tried again, because a person says so; what waits in a digest goes by
//! itself, and the digest is put together anew without it.

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use super::digest;
use super::keep;
use super::settle::{DIGEST, Outcome, scope, write};
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryState, Notice, NoticeState};
use crate::model::problem::Problem;

/// Makes what was held or refused wait again, and takes the notice out of digests. Returns how many deliveries of the notice wait then.
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
        let again: Vec<_> = deliveries.iter().filter(|it| stopped(it.state)).collect();
        let is_in_digest = |it: &&Delivery| it.state == DeliveryState::Waiting && it.channel == DIGEST;
        let waits = |it: &&Delivery| it.state == DeliveryState::Waiting && it.channel != DIGEST;
        let waiting = deliveries.iter().filter(waits).count();
        let mut loosened = Vec::new();
        for it in deliveries.iter().filter(is_in_digest) {
            loosened.extend(digest::loosen(read, it)?);
        }
        let mut with_it = Vec::new();
        for it in &again {
            with_it.extend(
                digest::members(read, &notice, it)?.into_iter().map(|member| (member, it.id.to_string())),
            );
        }
        if !again.is_empty() || !loosened.is_empty() {
            let at_ms = session.now.timestamp_millis();
            let note = Note::new()
                .with("addressee", "")
                .with("subject", &notice.subject)
                .with("outcome", DeliveryState::Waiting.word());
            let waits = |channel, reply| Outcome { state: DeliveryState::Waiting, channel, reply, at_ms };
            session.transact(OpName::Deliver, &note, |tx| {
                again.iter().try_for_each(|it| write(tx, scope, it.id, &waits("", "")))?;
                for ((member, scope), whole) in &with_it {
                    write(tx, *scope, member.id, &waits(DIGEST, whole))?;
                }
                for it in &loosened {
                    let (whole, place) = it.digest;
                    keep::set(tx, place, whole, [("state", Some(NoticeState::Cancelled.word().into()))])?;
                    for (member, scope) in &it.members {
                        // Those that nobody asked for may go together again.
                        let reply = if member.notice == notice.id { member.reply.as_str() } else { "" };
                        write(tx, *scope, member.id, &waits("", reply))?;
                    }
                }
                Ok(())
            })?;
        }
        let freed =
            loosened.iter().flat_map(|it| &it.members).filter(|(it, _)| it.notice == notice.id).count();
        Ok(waiting + again.len() + freed)
    })
}
