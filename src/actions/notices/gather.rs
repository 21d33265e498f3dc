//! Before anything goes: nobody is written to twice, and who was not reached for days gets one message.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use super::digest;
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
pub(super) struct Waiting {
    pub delivery: Delivery,
    pub notice: Notice,
    pub scope: Scope,
}

/// Puts together what waits.
pub fn gather(session: &mut Session, wording: Wording<'_>, now_ms: i64) -> Result<Gathered, Failure> {
    session.steady(|session| {
        let mut waiting = waiting(session)?;
        let mut ends = digest::ended(session)?;
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
                let parts = digest::parts(rest);
                gathered.digests += parts.len();
                digests.push((address, parts));
            }
        }
        if ends.is_empty() && gathered.digests == 0 {
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
            for (address, parts) in &digests {
                for (at, held) in parts.iter().enumerate() {
                    let project = held.first().map_or("", |it| named(it.notice.project));
                    let part = (at + 1, parts.len());
                    digest::put(tx, wording, address, held, part, (project, day, now_ms))?;
                }
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
        .filter(OutboxRow::may_be_gone)
        .map(|it| it.delivery)
        .collect();
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

pub(super) fn folded(address: &str) -> String {
    address.trim().to_ascii_lowercase()
}
