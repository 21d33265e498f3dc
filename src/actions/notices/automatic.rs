//! What the machine that sends does by itself before it sends: prepares what is called for, and approves the kinds for which
//! the organisation wants no look first.

use super::demand::{Demand, prepare_for_as};
use super::moved::Moved;
use super::prepare::{Prepared, prepare_as};
use super::review::approve_as_set;
use super::sender::sender;
use super::view::is_reachable;
use crate::actions::failure::Failure;
use crate::actions::names::Wanted;
use crate::actions::op::OpName;
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
    weekly(session, &mut done)?;
    let terms = Terms::load(session.store.read())?;
    let mut chosen = Vec::new();
    for notice in session.store.read().notices()? {
        let wanted =
            notice.state == NoticeState::Draft && kinds(&terms, notice.project).contains(&notice.kind);
        if !wanted {
            continue;
        }
        let read = session.store.read();
        let deliveries = read.deliveries(notice.id)?;
        // What a person wrote about figures that are others now is for a person to look at.
        if is_reachable(&deliveries) && Moved::new(read).kept(&notice, &deliveries)?.is_none() {
            chosen.push(notice.id);
        }
    }
    if !chosen.is_empty() {
        done.approved = approve_as_set(session, &chosen)?.notices.into_iter().map(|it| it.id).collect();
    }
    Ok(done)
}

/// Prepares the digest of the week for the directors of each project that asks for one and has alerts.
fn weekly(session: &mut Session, done: &mut Automatic) -> Result<(), Failure> {
    let terms = Terms::load(session.store.read())?;
    let projects = session.store.read().projects()?.into_iter();
    let asking: Vec<_> = projects.filter(|it| !it.archived && terms.setting(it.id, WEEKLY) == "on").collect();
    for project in asking {
        if crate::actions::alerts::board(session, Some(&project.name), None)?.alerts.is_empty() {
            continue;
        }
        let known: Vec<_> =
            session.store.read().notices_of_project(project.id)?.iter().map(|it| it.id).collect();
        let demand = Demand::Project { project: Wanted::Known(project.id), kind: NoticeKind::Digest };
        let notice = prepare_for_as(session, &demand, OpName::NotifyAlone)?;
        if !known.contains(&notice.id) {
            done.prepared.made.push(notice.id);
        }
    }
    Ok(())
}

fn kinds(terms: &Terms, project: Id<Project>) -> Vec<NoticeKind> {
    terms.setting(project, AUTOMATIC).split(',').filter_map(|it| NoticeKind::from_word(it.trim())).collect()
}
