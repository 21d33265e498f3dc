//! What waits for somebody who was not reached for days, in one message or a few.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::super::failure::Failure;
use super::super::session::Session;
use super::gather::{Waiting, folded};
use super::settle::{DIGEST, Outcome, scope, write};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeKind};
use crate::model::outbox::OutboxRow;
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::registry::{DELIVERY, NOTICE};
use crate::store::transact::Tx;

/// Most bytes of letters in one digest: well below what the other machines take.
const LETTERS_BYTES_MAX: usize = 96 << 10;
/// What a letter takes beside its words: the line above it, its mark, its place in the list.
const MARK_BYTES: usize = 512;

/// What is in a digest, for whoever words it.
#[derive(Debug)]
pub struct Digest<'a> {
    /// `fr` or `en`.
    pub language: &'a str,
    /// The project.
    pub project: &'a str,
    /// The notices, oldest first.
    pub notices: Vec<&'a Notice>,
    /// Which of how many it is.
    pub part: (usize, usize),
    /// The day on which it is put together.
    pub day: NaiveDate,
}

/// Words a digest: subject and letter.
pub type Wording<'a> = &'a dyn Fn(&Digest<'_>) -> (String, String);

/// Splits what waits for one addressee. A letter that fills a digest by itself goes by itself.
pub(super) fn parts(held: Vec<Waiting>) -> Vec<Vec<Waiting>> {
    let mut parts: Vec<Vec<Waiting>> = Vec::new();
    let mut room = 0;
    for it in held {
        let notice = &it.notice;
        let bytes = notice.body.len() + notice.subject.len() + notice.reference.len() + MARK_BYTES;
        match parts.last_mut().filter(|_| bytes <= room) {
            Some(last) => {
                last.push(it);
                room -= bytes;
            }
            None => {
                parts.push(vec![it]);
                room = LETTERS_BYTES_MAX.saturating_sub(bytes);
            }
        }
    }
    parts.retain(|it| it.len() > 1);
    parts
}

pub(super) type Ended = (Id<DeliveryMark>, Scope, DeliveryState, String, String);

/// What went in a digest shares what became of it, whoever said so; what was in one that was withdrawn goes by itself.
pub(super) fn ended(session: &Session) -> Result<Vec<Ended>, Failure> {
    let read = session.store.read();
    let members = read.deliveries_in_digests()?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let mut fates: HashMap<String, (DeliveryState, &str, String)> = HashMap::new();
    for (digest, is_withdrawn) in read.digests()? {
        let name = digest.id.to_string();
        let row = read.outbox_row(digest.id)?;
        if digest.state.is_settled() {
            fates.insert(name, (digest.state, DIGEST, digest.reply));
        } else if is_withdrawn && !row.as_ref().is_some_and(OutboxRow::is_taken) {
            let doubt = row.filter(OutboxRow::may_be_gone);
            let fate = match doubt {
                // Nobody knows whether they went: a person decides.
                Some(row) => (DeliveryState::Held, DIGEST, row.reply),
                None => (DeliveryState::Waiting, "", name.clone()),
            };
            fates.insert(name, fate);
        }
    }
    let mut all = Vec::new();
    for member in members {
        let Some((state, channel, reply)) = fates.get(&member.reply) else { continue };
        let Some(notice) = read.notice(member.notice)? else { continue };
        let Some(scope) = scope(read, &notice)? else { continue };
        all.push((member.id, scope, *state, (*channel).to_owned(), reply.clone()));
    }
    Ok(all)
}

/// Tells whether a delivery was in a digest that is withdrawn: it goes by itself and into no other.
pub(super) fn goes_alone(delivery: &Delivery) -> bool {
    delivery.state == DeliveryState::Waiting && delivery.channel.is_empty() && !delivery.reply.is_empty()
}

/// A digest that has not gone and that is given up, and those that it holds.
pub(super) struct Loosened {
    pub digest: (Id<Notice>, Scope),
    pub members: Vec<(Delivery, Scope)>,
}

/// Finds the digest that a delivery waits in; `None` when it has gone, or nobody knows.
pub(super) fn loosen(read: Reader<'_>, member: &Delivery) -> Result<Option<Loosened>, Failure> {
    let found = read.digests()?.into_iter().find(|(it, _)| it.id.to_string() == member.reply);
    let Some((digest, _)) = found.filter(|(it, _)| it.state == DeliveryState::Waiting) else {
        return Ok(None);
    };
    if read.outbox_row(digest.id)?.is_some_and(|it| it.may_be_gone()) {
        return Ok(None);
    }
    let mut loosened = Loosened { digest: (digest.notice, Scope::Project([0; 16])), members: Vec::new() };
    for it in read.deliveries_in_digests()?.into_iter().filter(|it| it.reply == member.reply) {
        let Some(notice) = read.notice(it.notice)? else { continue };
        loosened.digest.1 = Scope::Project(notice.project.bytes());
        loosened.members.extend(scope(read, &notice)?.map(|scope| (it, scope)));
    }
    Ok(Some(loosened))
}

/// Finds what went, or did not go, in a digest that is tried again: it goes with it.
pub(super) fn members(
    read: Reader<'_>,
    digest: &Notice,
    whole: &Delivery,
) -> Result<Vec<(Delivery, Scope)>, Failure> {
    let mut found = Vec::new();
    if digest.kind != NoticeKind::Digest {
        return Ok(found);
    }
    let facts: Value = serde_json::from_str(&digest.facts).unwrap_or_default();
    let named: HashSet<&str> =
        facts["notices"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_of = |it: &Delivery| {
        it.channel == DIGEST
            && matches!(it.state, DeliveryState::Held | DeliveryState::Failed)
            && folded(&it.email) == folded(&whole.email)
    };
    for notice in read.notices_of_project(digest.project)? {
        if named.contains(notice.id.to_string().as_str())
            && let Some(scope) = scope(read, &notice)?
        {
            found.extend(read.deliveries(notice.id)?.into_iter().filter(is_of).map(|it| (it, scope)));
        }
    }
    Ok(found)
}

/// Writes a digest with its one delivery; those that it holds name it.
pub(super) fn put(
    tx: &mut Tx<'_>,
    wording: Wording<'_>,
    address: &str,
    held: &[Waiting],
    part: (usize, usize),
    (project, day, now_ms): (&str, NaiveDate, i64),
) -> Result<(), Failure> {
    let Some(first) = held.first() else { return Ok(()) };
    let mut ids: Vec<[u8; 16]> = held.iter().map(|it| it.delivery.id.bytes()).collect();
    ids.sort_unstable();
    let notice: Id<Notice> = hashed(&ids.concat());
    let delivery: Id<DeliveryMark> = hashed(&[&notice.bytes()[..], address.as_bytes()].concat());
    let notices: Vec<&Notice> = held.iter().map(|it| &it.notice).collect();
    let facts =
        serde_json::json!({ "notices": notices.iter().map(|it| it.id.to_string()).collect::<Vec<_>>() });
    let language = first.notice.language.as_str();
    let (subject, body) = wording(&Digest { language, project, notices, part, day });
    let whole = Scope::Project(first.notice.project.bytes());
    let columns = NOTICE.columns([
        ("kind", Some(NoticeKind::Digest.word().into())),
        ("project", Some(first.notice.project.into())),
        ("month", Some(Month::of(day).into())),
        ("language", Some(language.into())),
        ("subject", Some(subject.as_str().into())),
        ("body", Some(body.as_str().into())),
        ("facts", Some(facts.to_string().as_str().into())),
        ("state", Some("ready".into())),
        ("day", Some(day.to_string().as_str().into())),
    ]);
    tx.put(&NOTICE, whole, vec![notice.into()], columns, None)?;
    let it = &first.delivery;
    let columns = DELIVERY.columns([
        ("notice", Some(notice.into())),
        ("role", Some(it.role.as_str().into())),
        ("name", Some(it.name.as_str().into())),
        ("email", Some(it.email.as_str().into())),
        ("state", Some(DeliveryState::Waiting.word().into())),
    ]);
    tx.put(&DELIVERY, whole, vec![delivery.into()], columns, None)?;
    let name = delivery.to_string();
    let outcome = Outcome { state: DeliveryState::Waiting, channel: DIGEST, reply: &name, at_ms: now_ms };
    for it in held {
        write(tx, it.scope, it.delivery.id, &outcome)?;
        tx.settle_outbox(it.delivery.id)?;
    }
    Ok(())
}

fn hashed<T>(bytes: &[u8]) -> Id<T> {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    Id::from_bytes(id)
}
