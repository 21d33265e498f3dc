//! Before anything goes: nobody is written to twice, and who was not reached for days gets one message.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use super::digest::{self, Ended};
pub use super::digest::{Digest, Wording};
use super::resolved::Standing;
use super::settle::{DIGEST, Outcome, scope, write};
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeKind};
use crate::model::organisation::Project;
use crate::model::outbox::OutboxRow;
use crate::model::problem::Problem;
use crate::notify::outbox::said;
use crate::store::change::Scope;
use crate::store::read::Reader;

/// More than so many that wait for one addressee become one message,
const WAITING_MAX: usize = 5;
/// when the oldest has waited for so many days.
const DAYS_MIN: i64 = 2;

/// What was done beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// How many were dropped because what they say is over.
    pub resolved: usize,
    /// How many digests were made.
    pub digests: usize,
}

/// A delivery that waits, with its notice.
#[derive(Clone)]
pub(super) struct Waiting {
    pub delivery: Delivery,
    pub notice: Notice,
    pub scope: Scope,
}

/// What is to be done, found before the transaction that does it.
#[derive(Default)]
struct Plan {
    /// What shares the fate of its digest.
    fates: Vec<Ended>,
    /// What goes to the same address already.
    doubled: Vec<Ended>,
    /// What is over.
    over: Vec<Ended>,
    /// What goes together, by address and part.
    digests: Vec<(String, Vec<Vec<Waiting>>)>,
}

/// Puts together what waits. Of one notice that a person sends now, only what would go to the same address twice is
/// taken out.
pub fn gather(
    session: &mut Session,
    wording: Wording<'_>,
    only: Option<Id<Notice>>,
    now_ms: i64,
) -> Result<Gathered, Failure> {
    session.steady(|session| {
        let plan = plan(session, only)?;
        carry_out(session, &plan, wording, now_ms)
    })
}

fn plan(session: &Session, only: Option<Id<Notice>>) -> Result<Plan, Failure> {
    let mut waiting = waiting(session, only)?;
    let mut plan = Plan::default();
    let reply = said(&Problem::new("reply-same-address"));
    let cancelled = |it: Delivery, scope, channel, reply: &str| {
        (it.id, scope, DeliveryState::Cancelled, channel, reply.to_owned())
    };
    for (it, scope) in same_address(session, &mut waiting)? {
        let channel = it.channel.clone();
        plan.doubled.push(cancelled(it, scope, channel, &reply));
    }
    if only.is_some() {
        return Ok(plan);
    }
    plan.fates = digest::ended(session)?;
    let groups = groups(session, waiting)?;
    if groups.is_empty() {
        return Ok(plan);
    }
    let standing = Standing::load(session)?;
    let reply = said(&Problem::new("reply-resolved"));
    for (address, group) in groups {
        let (over, rest): (Vec<_>, Vec<_>) = group.into_iter().partition(|it| standing.is_over(&it.notice));
        let over = over.into_iter().map(|it| cancelled(it.delivery, it.scope, String::new(), &reply));
        plan.over.extend(over);
        plan.digests.push((address, digest::parts(rest)));
    }
    Ok(plan)
}

/// Does what was found, but for what a worker has taken since: its work is no op, and nothing else tells of it.
fn carry_out(
    session: &mut Session,
    plan: &Plan,
    wording: Wording<'_>,
    now_ms: i64,
) -> Result<Gathered, Failure> {
    let Plan { fates, doubled, over, digests } = plan;
    if fates.is_empty() && doubled.is_empty() && over.is_empty() && digests.is_empty() {
        return Ok(Gathered::default());
    }
    let projects = session.store.read().projects()?;
    let named = |id: Id<Project>| projects.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
    let day = session.today;
    let note = Note::new().with("outcome", "gathered").with("addressee", "").with("subject", "");
    let (gathered, _) = session.transact(OpName::Deliver, &note, |tx| {
        let rows: HashMap<_, OutboxRow> =
            tx.read().outbox()?.into_iter().map(|it| (it.delivery, it)).collect();
        let is_free = |id: Id<DeliveryMark>| !rows.get(&id).is_some_and(OutboxRow::may_be_gone);
        let is_left = |id: Id<DeliveryMark>| !rows.get(&id).is_some_and(OutboxRow::is_taken);
        let over: Vec<_> = over.iter().filter(|it| is_free(it.0)).collect();
        let mut gathered = Gathered { resolved: over.len(), digests: 0 };
        for (id, scope, state, channel, reply) in
            fates.iter().chain(doubled.iter().filter(|it| is_left(it.0))).chain(over)
        {
            write(tx, *scope, *id, &Outcome { state: *state, channel, reply, at_ms: now_ms })?;
            tx.settle_outbox(*id)?;
        }
        for (address, parts) in digests {
            let free = |part: &Vec<Waiting>| -> Vec<Waiting> {
                part.iter().filter(|it| is_free(it.delivery.id)).cloned().collect()
            };
            let parts: Vec<_> = parts.iter().map(free).filter(|it| it.len() > 1).collect();
            for (at, held) in parts.iter().enumerate() {
                let project = held.first().map_or("", |it| named(it.notice.project));
                let part = (at + 1, parts.len());
                digest::put(tx, wording, address, held, part, (project, day, now_ms))?;
            }
            gathered.digests += parts.len();
        }
        Ok(gathered)
    })?;
    Ok(gathered)
}

fn waiting(session: &Session, only: Option<Id<Notice>>) -> Result<Vec<Waiting>, Failure> {
    let read = session.store.read();
    let mut waiting = Vec::new();
    // Notices go to many: each is read once.
    let mut known: HashMap<Id<Notice>, Option<(Notice, Scope)>> = HashMap::new();
    let is_meant = |it: &Delivery| it.channel != DIGEST && only.is_none_or(|only| only == it.notice);
    for delivery in read.deliveries_waiting()?.into_iter().filter(is_meant) {
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

/// Takes out the deliveries whose notice goes to the same address already.
fn same_address(session: &Session, waiting: &mut Vec<Waiting>) -> Result<Vec<(Delivery, Scope)>, Failure> {
    let read = session.store.read();
    let mut doubled: HashSet<Id<DeliveryMark>> = HashSet::new();
    let tried = tried(read)?;
    let notices: HashSet<Id<Notice>> = waiting.iter().map(|it| it.notice.id).collect();
    for notice in notices {
        let mut seen: HashSet<String> = HashSet::new();
        let mut deliveries = read.deliveries(notice)?;
        // What went out already, or may have, comes before what waits.
        deliveries.sort_by_key(|it| it.state == DeliveryState::Waiting && !tried.contains(&it.id));
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
    let tried = tried(session.store.read())?;
    let mut groups: BTreeMap<(String, Id<Project>, String), Vec<Waiting>> = BTreeMap::new();
    for it in waiting {
        let address = folded(&it.delivery.email);
        let may =
            it.notice.kind != NoticeKind::Digest && !address.is_empty() && !digest::goes_alone(&it.delivery);
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

fn tried(read: Reader<'_>) -> Result<HashSet<Id<DeliveryMark>>, Failure> {
    let rows = read.outbox()?.into_iter().filter(OutboxRow::may_be_gone);
    Ok(rows.map(|it| it.delivery).collect())
}

pub(super) fn folded(address: &str) -> String {
    address.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::actions::register::organisation::{OrganisationFields, add};
    use crate::actions::register::project::{self, ProjectFields};
    use crate::model::month::Month;
    use crate::model::outbox::OutboxState;
    use crate::store::registry::{DELIVERY, NOTICE};

    /// Seven notices of a person that wait for one addressee since days.
    fn waiting_for_days() -> Session {
        let today: NaiveDate = "2026-04-06".parse().unwrap();
        let mut session = Session::empty(today).unwrap();
        let fields = OrganisationFields { name: Some("Cellule".into()), ..OrganisationFields::default() };
        add(&mut session, &fields).unwrap();
        let fields = ProjectFields { name: Some("PACS".into()), ..ProjectFields::default() };
        let project = project::add(&mut session, &fields).unwrap();
        let day = (today - Days::new(4)).to_string();
        let text = |it: &str| Some(it.into());
        let write = |session: &mut Session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                for number in 1..=7 {
                    let key: Id<Notice> = Id::from_bytes([number; 16]);
                    let columns = NOTICE.columns([
                        ("kind", text("formal-notice")),
                        ("project", Some(project.into())),
                        ("month", Some(Month::of(today).into())),
                        ("language", text("fr")),
                        ("body", text("Madame")),
                        ("state", text("ready")),
                        ("day", text(&day)),
                    ]);
                    tx.put(&NOTICE, Scope::Project(project.bytes()), vec![key.into()], columns, None)?;
                    let columns = DELIVERY.columns([
                        ("notice", Some(key.into())),
                        ("email", text("a@exemple.org")),
                        ("state", text("waiting")),
                    ]);
                    tx.put(&DELIVERY, Scope::Project(project.bytes()), vec![key.into()], columns, None)?;
                }
                Ok(())
            })
        };
        session.steady(write).unwrap();
        session
    }

    fn words(digest: &Digest<'_>) -> (String, String) {
        (digest.notices.len().to_string(), "lettres".to_owned())
    }

    /// A worker takes one and doubts of another between the look and the deed.
    #[test]
    fn what_a_worker_took_meanwhile_is_left_to_it() {
        let mut session = waiting_for_days();
        let found = plan(&session, None).unwrap();
        let row = |delivery, lease_ms, unknowns| OutboxRow {
            delivery,
            state: OutboxState::Ready,
            owner: "autre".into(),
            tries: 0,
            unknowns,
            first_ms: 0,
            next_ms: 0,
            lease_ms,
            reply: String::new(),
        };
        for (key, lease_ms, unknowns) in [(1, 5, 0), (2, 0, 1)] {
            let id = Id::from_bytes([key; 16]);
            let kept = row(id, lease_ms, unknowns);
            session.store.work_at_outbox(&[id], |_, _, _| Ok(Some(kept.clone()))).unwrap();
        }
        let done = session.steady(|session| carry_out(session, &found, &words, 0)).unwrap();
        assert_eq!(done.digests, 1);
        let read = session.store.read();
        let digest = read.notices().unwrap().into_iter().find(|it| it.kind == NoticeKind::Digest).unwrap();
        assert_eq!(digest.subject, "5", "without the two");
        let alone = |key| read.delivery(Id::from_bytes([key; 16])).unwrap().unwrap().channel.is_empty();
        assert_eq!((1..=7).map(alone).collect::<Vec<_>>(), [true, true, false, false, false, false, false]);
        assert_eq!(read.outbox().unwrap().len(), 2, "their rows stay");
    }
}
