//! Says in the log what became of a delivery, and lets this machine's work at it go, in one transaction.

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice};
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::registry::DELIVERY;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// The channel of deliveries that go in a digest, and of those that went in one; while they wait the reply names the
/// digest's own delivery.
pub const DIGEST: &str = "digest";

/// What became of a delivery.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The state.
    pub state: DeliveryState,
    /// `smtp`, `folder`, `letter`, `digest`, or empty.
    pub channel: &'a str,
    /// What the server said, where it lies, or a reason of our own.
    pub reply: &'a str,
    /// When.
    pub at_ms: i64,
}

/// Returns where a notice and its deliveries are kept; `None` when its lot is not here.
pub fn scope(read: Reader<'_>, notice: &Notice) -> Result<Option<Scope>, Failure> {
    let Some(lot) = notice.lot else { return Ok(Some(Scope::Project(notice.project.bytes()))) };
    Ok(read.lot(lot)?.map(|it| Scope::Site(it.site.bytes())))
}

/// Returns the site that a notice is about, or else the project.
pub fn about(read: Reader<'_>, notice: &Notice) -> Result<[u8; 16], Failure> {
    let lot = notice.lot.map(|it| read.lot(it)).transpose()?.flatten();
    Ok(lot.map_or(notice.project.bytes(), |it| it.site.bytes()))
}

/// Settles a delivery and those that went in the same digest. What another machine said meanwhile stands.
pub fn settle(
    session: &mut Session,
    delivery: Id<DeliveryMark>,
    outcome: &Outcome<'_>,
) -> Result<(), Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let known = read.delivery(delivery)?;
        let Some(known) = known.filter(|it| is_news(it.state, outcome.state)) else {
            return Ok(session.store.work_at_outbox(&[delivery], |_, _, _| Ok(None))?);
        };
        let mut all = vec![known];
        all.extend(in_digest(read, delivery)?);
        let mut rows = Vec::new();
        for it in all {
            let Some(notice) = read.notice(it.notice)? else { continue };
            rows.extend(scope(read, &notice)?.map(|scope| (it, scope)));
        }
        let Some((first, _)) = rows.first() else { return Ok(()) };
        let subject = read.notice(first.notice)?.map(|it| it.subject).unwrap_or_default();
        let addressee = if first.name.is_empty() { &first.email } else { &first.name };
        let note = Note::new()
            .with("addressee", addressee)
            .with("subject", subject)
            .with("outcome", outcome.state.word());
        session.transact(OpName::Deliver, &note, |tx| {
            for (it, scope) in &rows {
                let channel = if it.id == delivery { outcome.channel } else { DIGEST };
                write(tx, *scope, it.id, &Outcome { channel, ..outcome.clone() })?;
                tx.settle_outbox(it.id)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

/// Tells whether an outcome changes what is known: that it went out always does, unless that is known.
const fn is_news(known: DeliveryState, outcome: DeliveryState) -> bool {
    match outcome {
        DeliveryState::Sent | DeliveryState::Written => !matches!(known, DeliveryState::Sent),
        _ => !known.is_settled(),
    }
}

/// Returns the deliveries that go in a digest.
fn in_digest(read: Reader<'_>, digest: Id<DeliveryMark>) -> Result<Vec<Delivery>, Failure> {
    let name = digest.to_string();
    Ok(read.deliveries_in_digests()?.into_iter().filter(|it| it.reply == name).collect())
}

/// Writes what became of a delivery.
pub fn write(
    tx: &mut Tx<'_>,
    scope: Scope,
    delivery: Id<DeliveryMark>,
    outcome: &Outcome<'_>,
) -> Result<(), Failure> {
    let columns = DELIVERY.columns([
        ("state", Some(outcome.state.word().into())),
        ("channel", Some(outcome.channel.into())),
        ("reply", Some(outcome.reply.into())),
        ("at_ms", Some(Value::Int(outcome.at_ms))),
    ]);
    tx.put(&DELIVERY, scope, vec![delivery.into()], columns, None)?;
    Ok(())
}
