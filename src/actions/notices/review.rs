//! A person decides about notices: approves, holds, withdraws.

use std::collections::{BTreeSet, HashMap};

use chrono::Datelike;

use super::doubt::{any_may_be_gone, in_doubt};
use super::keep;
use super::moved::Moved;
use super::templates;
use super::view::{defects, is_gone, known, letter};
use super::words::Chosen;
use crate::actions::authority::{self, Act};
use crate::actions::failure::Failure;
use crate::actions::op::{Note, OpName};
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::{DeliveryState, Notice, NoticeState};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::notify::Facts;
use crate::notify::letter::{reference, reference_parts};
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::value::Value;

/// What was approved, and what is still to be repaired.
#[derive(Clone, Debug, Default)]
pub struct Approved {
    /// The notices, with their numbers.
    pub notices: Vec<Notice>,
    /// Missing addresses.
    pub defects: Vec<Problem>,
    /// That whoever approved is not known in a post that may; that figures have changed since a notice was drawn up.
    pub warnings: Vec<Problem>,
}

/// Approves notices, drafts or held ones: each gets its number and today's date, and its letter stands from now on. One of
/// which the words are others than those that were read is refused, and all with it.
pub fn approve(session: &mut Session, chosen: &[Chosen]) -> Result<Approved, Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let mut projects = BTreeSet::new();
        for it in chosen {
            projects.insert(known(read, it.id)?.project);
        }
        let stranger = authority::check_all(session, Act::Approve, projects, &session.user)?;
        let mut approved = number(session, chosen, OpName::Notify)?;
        approved.warnings.splice(0..0, stranger);
        Ok(approved)
    })
}

/// Approves notices of which the organisation wants no look first: whoever set that was asked for a post.
pub(super) fn approve_as_set(session: &mut Session, ids: &[Id<Notice>]) -> Result<Approved, Failure> {
    let chosen: Vec<Chosen> = ids.iter().map(|it| Chosen::from(*it)).collect();
    session.steady(|session| number(session, &chosen, OpName::NotifyAlone))
}

fn number(session: &mut Session, chosen: &[Chosen], name: OpName) -> Result<Approved, Failure> {
    let read = session.store.read();
    let templates = templates::load(session)?;
    let mut numbers = Numbers::load(read, session.today.year())?;
    let mut rows = Vec::new();
    let (mut defects_found, mut warnings, mut moved) = (Vec::new(), Vec::new(), Moved::new(read));
    for it in chosen {
        let notice = known(read, it.id)?;
        if !matches!(notice.state, NoticeState::Draft | NoticeState::Held) {
            return Err(refused(&notice));
        }
        it.check(&notice)?;
        let deliveries = read.deliveries(notice.id)?;
        defects_found.extend(defects(&notice, &deliveries));
        warnings.extend(moved.any(&notice, &deliveries)?);
        let number =
            if notice.reference.is_empty() { numbers.next(&notice) } else { notice.reference.clone() };
        let body = letter(&templates, &notice, &deliveries, Some((&number, session.today)))?;
        rows.push((keep::scope_of(read, &notice)?, notice, number, body));
    }
    let note = about(rows.iter().map(|(_, it, _, _)| it), "approve")
        .with("reference", rows.first().map(|(_, _, it, _)| it.as_str()).unwrap_or_default());
    let today = session.today.to_string();
    session.transact(name, &note, |tx| {
        for (scope, notice, number, body) in &rows {
            let day = if notice.reference.is_empty() { today.as_str() } else { notice.day.as_str() };
            let columns = [
                ("reference", Some(Value::from(number.as_str()))),
                ("subject", Some(notice.subject.as_str().into())),
                ("body", Some(body.as_str().into())),
                ("facts", Some(notice.facts.as_str().into())),
                ("state", Some(NoticeState::Ready.word().into())),
                ("day", Some(day.into())),
            ];
            keep::set(tx, *scope, notice.id, columns)?;
        }
        Ok(())
    })?;
    let read = session.store.read();
    let notices = rows.iter().map(|(_, it, _, _)| known(read, it.id)).collect::<Result<_, _>>()?;
    Ok(Approved { notices, defects: defects_found, warnings })
}

/// Approves every draft, of one project or all, oldest first.
pub fn approve_all(session: &mut Session, project: Option<Id<Project>>) -> Result<Approved, Failure> {
    let drafts = session.store.read().notices_listed((project, None), &[NoticeState::Draft])?;
    let chosen: Vec<Chosen> = drafts.iter().map(|it| Chosen::from(it.id)).collect();
    if chosen.is_empty() {
        return Ok(Approved::default());
    }
    approve(session, &chosen)
}

/// Keeps notices back until somebody approves them.
pub fn hold(session: &mut Session, ids: &[Id<Notice>]) -> Result<(), Failure> {
    settle(session, ids, "hold", NoticeState::Held)
}

/// Withdraws notices that did not go.
pub fn cancel(session: &mut Session, ids: &[Id<Notice>]) -> Result<(), Failure> {
    settle(session, ids, "cancel", NoticeState::Cancelled)
}

fn settle(session: &mut Session, ids: &[Id<Notice>], step: &str, state: NoticeState) -> Result<(), Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let mut rows: Vec<(Scope, Notice)> = Vec::new();
        for id in ids {
            let notice = known(read, *id)?;
            let deliveries = read.deliveries(notice.id)?;
            let open = matches!(notice.state, NoticeState::Draft | NoticeState::Ready | NoticeState::Held);
            let waits = deliveries.iter().any(|it| !it.state.is_settled());
            if !open || is_gone(&deliveries) && (state == NoticeState::Cancelled || !waits) {
                return Err(refused(&notice));
            }
            if state == NoticeState::Cancelled {
                if any_may_be_gone(read, &deliveries)? {
                    return Err(in_doubt(&notice));
                }
                check_post(session, &notice)?;
            }
            rows.push((keep::scope_of(read, &notice)?, notice));
        }
        let note = about(rows.iter().map(|(_, it)| it), step);
        session.transact(OpName::Notify, &note, |tx| {
            for (scope, notice) in &rows {
                // Withdrawn by a person: it does not come back with its alert.
                let facts = Facts { superseded: false, ..Facts::read(&notice.facts) }.json();
                let columns =
                    [("state", Some(Value::from(state.word()))), ("facts", Some(facts.as_str().into()))];
                keep::set(tx, *scope, notice.id, columns)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

/// Refuses to withdraw or redirect, without a post, what somebody in a post has approved. Anybody may hold it: that only
/// makes it wait.
pub(super) fn check_post(session: &Session, notice: &Notice) -> Result<(), Failure> {
    if notice.reference.is_empty() {
        return Ok(());
    }
    authority::check(session, Act::Approve, Some(notice.project), &session.user).map(drop)
}

/// Says why nothing more can be done about a notice.
pub(super) fn refused(notice: &Notice) -> Failure {
    let key = match notice.state {
        NoticeState::Cancelled => "notice-cancelled",
        _ => "notice-not-open",
    };
    Problem::new(key).with("notice", notice.kind.word()).with("reference", shown(notice)).into()
}

/// Names a notice: its number, or the beginning of its identifier.
pub(super) fn shown(notice: &Notice) -> String {
    if notice.reference.is_empty() { super::view::short_id(notice.id) } else { notice.reference.clone() }
}

/// Begins the note of an op about notices.
pub(super) fn about<'a>(notices: impl Iterator<Item = &'a Notice> + Clone, step: &str) -> Note {
    let count = notices.clone().count();
    let first = notices.into_iter().next();
    let step = if count == 1 { step.to_owned() } else { format!("{step}-many") };
    Note::new()
        .with("step", step)
        .with("count", count)
        .with("notice", first.map_or("", |it| it.kind.word()))
        .with("reference", first.map(shown).unwrap_or_default())
}

/// The numbers that were given in a year.
struct Numbers {
    /// The last number of each series: organisation, project and year as they are shortened. Two projects may share one.
    last: HashMap<String, u32>,
    year: i32,
}

impl Numbers {
    fn load(read: Reader<'_>, year: i32) -> Result<Self, Failure> {
        let mut last: HashMap<String, u32> = HashMap::new();
        for notice in read.notices_listed((None, None), &[])? {
            if let Some((number, series)) = reference_parts(&notice.reference) {
                let known = last.entry(series.to_owned()).or_default();
                *known = (*known).max(number);
            }
        }
        Ok(Self { last, year })
    }

    fn next(&mut self, notice: &Notice) -> String {
        let facts = Facts::read(&notice.facts);
        let reference = |number: u32| reference(Some(number), &facts, Some(self.year));
        let first = reference(1);
        let series = reference_parts(&first).map_or(first.as_str(), |it| it.1);
        let last = self.last.entry(series.to_owned()).or_default();
        *last = last.saturating_add(1);
        reference(*last)
    }
}

/// Tells whether addressees of a notice can still be changed.
pub(super) fn is_open(notice: &Notice) -> bool {
    notice.state != NoticeState::Cancelled
}

/// Tells whether a delivery still waits.
pub(super) const fn waits(state: DeliveryState) -> bool {
    !matches!(state, DeliveryState::Sent | DeliveryState::Written)
}
