//! What the machine that sends does by itself before it sends: prepares what is called for, and approves the kinds for which
//! the organisation wants no look first.

use super::facts::Desk;
use super::keep;
use super::known::Known;
use super::moved::Moved;
use super::prepare::{Plan, Prepared, commit, prepare_as};
use super::review::approve_as_set;
use super::sender::sender;
use super::templates;
use super::view::is_reachable;
use super::wanted::{Looking, week_of};
use crate::actions::failure::Failure;
use crate::actions::op::{Note, OpName};
use crate::actions::session::Session;
use crate::actions::settings::{AUTOMATIC, WEEKLY};
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::notice::{Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;

/// What was done without a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Automatic {
    /// What was prepared.
    pub prepared: Prepared,
    /// What was approved.
    pub approved: Vec<Id<Notice>>,
}

/// Prepares and approves, on the machine that sends; elsewhere nothing.
pub fn automatic(session: &mut Session) -> Result<Automatic, Failure> {
    let mut done = Automatic::default();
    if !sender(session)?.is_this() {
        return Ok(done);
    }
    done.prepared = prepare_as(session, None, OpName::NotifyAlone)?;
    done.prepared.made.extend(weekly(session)?.made);
    let terms = Terms::load(session.store.read())?;
    let mut chosen = Vec::new();
    let read = session.store.read();
    let mut moved = Moved::new(read);
    let drafts = read.notices_listed((None, None), &[NoticeState::Draft])?;
    for notice in drafts.into_iter().filter(|it| kinds(&terms, it.project).contains(&it.kind)) {
        let deliveries = read.deliveries(notice.id)?;
        // What a person wrote about figures that are others now is for a person to look at.
        if is_reachable(&deliveries) && moved.kept(&notice, &deliveries)?.is_none() {
            chosen.push(notice.id);
        }
    }
    if !chosen.is_empty() {
        done.approved = approve_as_set(session, &chosen)?.notices.into_iter().map(|it| it.id).collect();
    }
    Ok(done)
}

/// Prepares the digest of the week for the directors of each project that asks for one, has alerts and has none yet.
fn weekly(session: &mut Session) -> Result<Prepared, Failure> {
    session.steady(|session| {
        let asking = without_digest(session)?;
        if asking.is_empty() {
            return Ok(Prepared::default());
        }
        let (desk, known) = (Desk::new(session)?, Known::load(session.store.read())?);
        let templates = templates::load(session)?;
        let looking = Looking::new(session, &desk, &known);
        let mut plan = Plan::new(session.store.read(), &desk, &templates, &known);
        let mut steps = Vec::new();
        for project in &asking {
            let wanted = looking.digest(project)?;
            if !wanted.facts.items.is_empty() {
                steps.extend(plan.step(wanted)?);
            }
        }
        if steps.is_empty() {
            return Ok(Prepared::default());
        }
        let note = Note::new().with("step", "prepare").with("count", steps.len());
        let (prepared, _) = session.transact(OpName::NotifyAlone, &note, |tx| commit(tx, steps))?;
        Ok(prepared)
    })
}

/// Returns the projects that ask for a weekly digest and have none for this week.
fn without_digest(session: &Session) -> Result<Vec<Project>, Failure> {
    let read = session.store.read();
    let (terms, organisation) = (Terms::load(read)?, session.organisation()?);
    let (month, week) = week_of(session.today);
    let mut found = Vec::new();
    for project in read.projects()?.into_iter().filter(|it| !it.archived) {
        let asks = terms.setting(project.id, WEEKLY) == "on";
        let id = keep::digest_id(organisation.id, project.id, (month, &week));
        if asks && read.notice(id)?.is_none() {
            found.push(project);
        }
    }
    Ok(found)
}

fn kinds(terms: &Terms, project: Id<Project>) -> Vec<NoticeKind> {
    terms.setting(project, AUTOMATIC).split(',').filter_map(|it| NoticeKind::from_word(it.trim())).collect()
}
