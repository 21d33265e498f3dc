//! Before anything goes: nobody is written to twice, and who was not reached for days gets one message.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use super::resolved::Standing;
use super::settle::{DIGEST, Outcome, scope, write};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeKind};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::notify::outbox::said;
use crate::store::change::Scope;
use crate::store::registry::{DELIVERY, NOTICE};
use crate::store::transact::Tx;

/// More than so many that wait for one addressee become one message,
const WAITING_MAX: usize = 5;
/// when the oldest has waited for so many days.
const DAYS_MIN: i64 = 2;

/// What is in a digest, for whoever words it.
#[derive(Debug)]
pub struct Digest<'a> {
    /// `fr` or `en`.
    pub language: &'a str,
    /// The project.
    pub project: &'a str,
    /// The notices, oldest first.
    pub notices: Vec<&'a Notice>,
    /// The day on which it is put together.
    pub day: NaiveDate,
}

/// Words a digest: subject and letter.
pub type Wording<'a> = &'a dyn Fn(&Digest<'_>) -> (String, String);

/// What was done beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// How many were dropped because what they say is over.
    pub resolved: usize,
    /// How many digests were made.
    pub digests: usize,
}

/// A delivery that waits, with its notice.
struct Waiting {
    delivery: Delivery,
    notice: Notice,
    scope: Scope,
}

/// Puts together what waits.
pub fn gather(session: &mut Session, wording: Wording<'_>, now_ms: i64) -> Result<Gathered, Failure> {
    session.steady(|session| {
        let mut waiting = waiting(session)?;
        let mut ends = of_digests_that_ended(session)?;
        let same = same_address(session, &mut waiting)?;
        ends.extend(same.into_iter().map(|(it, scope)| {
            (it.id, scope, DeliveryState::Cancelled, it.channel, said(&Problem::new("reply-same-address")))
        }));
        let groups = groups(session, waiting)?;
        let mut gathered = Gathered::default();
        let mut digests = Vec::new();
        if !groups.is_empty() {
            let standing = Standing::load(session)?;
            for (address, group) in groups {
                let (over, rest): (Vec<_>, Vec<_>) =
                    group.into_iter().partition(|it| standing.is_over(&it.notice));
                gathered.resolved += over.len();
                let reply = said(&Problem::new("reply-resolved"));
                ends.extend(over.into_iter().map(|it| {
                    (it.delivery.id, it.scope, DeliveryState::Cancelled, String::new(), reply.clone())
                }));
                if rest.len() > 1 {
                    digests.push((address, rest));
                }
            }
        }
        gathered.digests = digests.len();
        if ends.is_empty() && digests.is_empty() {
            return Ok(gathered);
        }
        let projects = session.store.read().projects()?;
        let named =
            |id: Id<Project>| projects.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
        let day = session.today;
        let note = Note::new().with("outcome", "gathered").with("addressee", "").with("subject", "");
        session.transact(OpName::Deliver, &note, |tx| {
            for (id, scope, state, channel, reply) in &ends {
                write(tx, *scope, *id, &Outcome { state: *state, channel, reply, at_ms: now_ms })?;
                tx.settle_outbox(*id)?;
            }
            for (address, rest) in &digests {
                let project = rest.first().map_or("", |it| named(it.notice.project));
                put_digest(tx, wording, address, rest, (project, day, now_ms))?;
            }
            Ok(())
        })?;
        Ok(gathered)
    })
}

fn waiting(session: &Session) -> Result<Vec<Waiting>, Failure> {
    let read = session.store.read();
    let mut waiting = Vec::new();
    // Notices go to many: each is read once.
    let mut known: HashMap<Id<Notice>, Option<(Notice, Scope)>> = HashMap::new();
    for delivery in read.deliveries_waiting()?.into_iter().filter(|it| it.channel != DIGEST) {
        if let Entry::Vacant(place) = known.entry(delivery.notice) {
            let notice = read.notice(delivery.notice)?;
            let placed = notice.map(|it| Ok::<_, Failure>(scope(read, &it)?.map(|scope| (it, scope))));
            place.insert(placed.transpose()?.flatten());
        }
        if let Some((notice, scope)) = known.get(&delivery.notice).cloned().flatten() {
            waiting.push(Waiting { delivery, notice, scope });
        }
    }
    Ok(waiting)
}

type Ended = (Id<DeliveryMark>, Scope, DeliveryState, String, String);

/// What went in a digest shares what became of it, whoever said so.
fn of_digests_that_ended(session: &Session) -> Result<Vec<Ended>, Failure> {
    let read = session.store.read();
    let members = read.deliveries_in_digests()?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let mut ended: HashMap<String, (DeliveryState, String, String)> = HashMap::new();
    for notice in read.notices()?.into_iter().filter(|it| it.kind == NoticeKind::Digest) {
        for it in read.deliveries(notice.id)?.into_iter().filter(|it| it.state.is_settled()) {
            ended.insert(it.id.to_string(), (it.state, it.channel, it.reply));
        }
    }
    let mut all = Vec::new();
    for member in members {
        let Some((state, channel, reply)) = ended.get(&member.reply) else { continue };
        let Some(notice) = read.notice(member.notice)? else { continue };
        let Some(scope) = scope(read, &notice)? else { continue };
        all.push((member.id, scope, *state, channel.clone(), reply.clone()));
    }
    Ok(all)
}

/// Takes out the deliveries whose notice goes to the same address already.
fn same_address(session: &Session, waiting: &mut Vec<Waiting>) -> Result<Vec<(Delivery, Scope)>, Failure> {
    let read = session.store.read();
    let mut doubled: HashSet<Id<DeliveryMark>> = HashSet::new();
    let notices: HashSet<Id<Notice>> = waiting.iter().map(|it| it.notice.id).collect();
    for notice in notices {
        let mut seen: HashSet<String> = HashSet::new();
        let mut deliveries = read.deliveries(notice)?;
        // What went out already comes before what waits.
        deliveries.sort_by_key(|it| it.state == DeliveryState::Waiting);
        for it in deliveries.into_iter().filter(|it| it.state != DeliveryState::Cancelled) {
            let address = folded(&it.email);
            if !address.is_empty() && !seen.insert(address) {
                doubled.insert(it.id);
            }
        }
    }
    let (out, rest) = std::mem::take(waiting).into_iter().partition(|it| doubled.contains(&it.delivery.id));
    *waiting = rest;
    let out: Vec<Waiting> = out;
    Ok(out.into_iter().map(|it| (it.delivery, it.scope)).collect())
}

/// Finds the addressees for whom too much waits since days. What may be on its way stays as it is.
fn groups(session: &Session, waiting: Vec<Waiting>) -> Result<Vec<(String, Vec<Waiting>)>, Failure> {
    let tried: HashSet<_> = session
        .store
        .read()
        .outbox()?
        .into_iter()
        .filter(|it| it.unknowns > 0 || it.lease_ms != 0)
        .map(|it| it.delivery)
        .collect();
    let mut groups: BTreeMap<(String, Id<Project>, String), Vec<Waiting>> = BTreeMap::new();
    for it in waiting {
        let address = folded(&it.delivery.email);
        let may = it.notice.kind != NoticeKind::Digest && !address.is_empty();
        if may && !tried.contains(&it.delivery.id) {
            let key = (address, it.notice.project, it.notice.language.clone());
            groups.entry(key).or_default().push(it);
        }
    }
    let today = session.today;
    let is_old = |it: &Waiting| {
        it.notice.day.parse::<NaiveDate>().is_ok_and(|day| (today - day).num_days() >= DAYS_MIN)
    };
    let large = groups.into_iter().filter(|(_, it)| it.len() > WAITING_MAX && it.iter().any(is_old));
    Ok(large.map(|((address, _, _), it)| (address, it)).collect())
}

fn folded(address: &str) -> String {
    address.trim().to_ascii_lowercase()
}

/// Writes a digest with its one delivery; those that it holds name it.
fn put_digest(
    tx: &mut Tx<'_>,
    wording: Wording<'_>,
    address: &str,
    held: &[Waiting],
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
    let (subject, body) = wording(&Digest { language, project, notices, day });
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
