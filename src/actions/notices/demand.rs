//! Prepares one notice because a person asks for it.

use super::decided::month_by_policy;
use super::edit::too_long;
use super::facts::{Desk, gone};
use super::keep;
use super::known::Known;
use super::prepare::{Plan, commit};
use super::templates;
use super::view;
use super::wanted::{Looking, Wanted};
use crate::actions::alerts::{Alert, AlertKind, Grounds, Watch};
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::op::{Note, OpName};
use crate::actions::session::Session;
use crate::actions::standing;
use crate::model::decision::DecisionKind;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Notice, NoticeKind};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::model::text::{NOTE_CHARS_MAX, clean_note};
use crate::notify::facts::Item;

/// What a person asks for.
#[derive(Clone, Debug)]
pub enum Demand {
    /// A notice about a lot.
    Lot {
        /// The lot.
        lot: names::Wanted<Lot>,
        /// What it is to be; `None` for what its alert calls for.
        kind: Option<NoticeKind>,
        /// Grounds of a formal notice.
        grounds: String,
    },
    /// A notice about a project: reminder, missing entries, digest.
    Project {
        /// The project.
        project: names::Wanted<Project>,
        /// What it is to be.
        kind: NoticeKind,
    },
}

/// Prepares a notice, or returns the one that is there already.
pub fn prepare_for(session: &mut Session, demand: &Demand) -> Result<Notice, Failure> {
    session.steady(|session| {
        let (desk, known) = (Desk::new(session)?, Known::load(session.store.read())?);
        let templates = templates::load(session)?;
        let looking = Looking::new(session, &desk, &known);
        let wanted = match demand {
            Demand::Lot { lot, kind, grounds } => of_lot(session, &looking, lot, *kind, grounds)?,
            Demand::Project { project, kind } => of_project(session, &looking, project, *kind)?,
        };
        let (kind, id) = (wanted.kind, keep::notice_id(desk.organisation.id, &wanted));
        let step = Plan::new(session.store.read(), &desk, &templates, &known).asked_for().step(wanted)?;
        let note = Note::new().with("step", "prepare-one").with("notice", kind.word());
        session.transact(OpName::Notify, &note, |tx| commit(tx, step.into_iter().collect()))?;
        view::known(session.store.read(), id)
    })
}

fn not_called_for() -> Failure {
    Problem::new("notice-not-called-for").into()
}

fn of_lot(
    session: &Session,
    looking: &Looking<'_>,
    lot: &names::Wanted<Lot>,
    kind: Option<NoticeKind>,
    grounds: &str,
) -> Result<Wanted, Failure> {
    let read = session.store.read();
    let (_, lot) = names::wanted_lot(read, lot)?;
    let decided = |wanted: DecisionKind| -> Result<Option<Wanted>, Failure> {
        let row = read.decisions(lot.id)?.into_iter().rev().find(|it| it.decision.kind == wanted);
        row.map_or(Ok(None), |it| looking.of_decision(&it))
    };
    let found = match kind {
        Some(NoticeKind::FormalNotice) => {
            if grounds.trim().chars().count() > NOTE_CHARS_MAX {
                return Err(too_long(NOTE_CHARS_MAX).into());
            }
            let grounds = clean_note(grounds);
            if grounds.trim().is_empty() {
                return Err(Problem::new("notice-grounds-missing").into());
            }
            looking.formal(lot.id, grounds)?
        }
        Some(NoticeKind::Remobilisation) => decided(DecisionKind::Remobilise)?,
        Some(NoticeKind::Demobilisation) => match decided(DecisionKind::Demobilise)? {
            Some(found) => Some(found),
            None => match month_by_policy(read, lot.id)? {
                Some(month) => looking.withdrawn(lot.id, month, None)?,
                None => of_alert(session, looking, lot.id)?,
            },
        },
        Some(NoticeKind::Corrigendum) => {
            let project = read.site(lot.site)?.map(|it| it.project);
            looking.corrections(project)?.into_iter().rev().find(|it| it.lot == Some(lot.id))
        }
        None => latest(session, looking, lot.id)?,
        Some(_) => of_alert(session, looking, lot.id)?,
    };
    let found = found.ok_or_else(not_called_for)?;
    if kind.is_some_and(|it| it != found.kind) {
        return Err(not_called_for());
    }
    Ok(found)
}

/// What a lot calls for: its last decision, unless an alert came after it.
fn latest(session: &Session, looking: &Looking<'_>, lot: Id<Lot>) -> Result<Option<Wanted>, Failure> {
    let decided = of_last_decision(session, looking, lot)?;
    let is_settled = |month: Month| decided.as_ref().is_some_and(|it| it.month >= month);
    match alert_of(session, looking, lot)? {
        Some(alert) if !is_settled(alert.month) => called_for(looking, &alert),
        _ => Ok(decided),
    }
}

/// What the last decision about a lot calls for, where it calls for a notice.
fn of_last_decision(
    session: &Session,
    looking: &Looking<'_>,
    lot: Id<Lot>,
) -> Result<Option<Wanted>, Failure> {
    let told = [DecisionKind::Demobilise, DecisionKind::Remobilise];
    let rows = session.store.read().decisions(lot)?;
    let row = rows.into_iter().rev().find(|it| told.contains(&it.decision.kind));
    row.map_or(Ok(None), |it| looking.of_decision(&it))
}

fn of_alert(session: &Session, looking: &Looking<'_>, lot: Id<Lot>) -> Result<Option<Wanted>, Failure> {
    alert_of(session, looking, lot)?.map_or(Ok(None), |it| called_for(looking, &it))
}

/// What an alert calls for. A withdrawal that is only proposed calls for its decision first.
fn called_for(looking: &Looking<'_>, alert: &Alert) -> Result<Option<Wanted>, Failure> {
    let wanted = looking.of_alert(alert)?;
    if wanted.is_none() && alert.kind == AlertKind::Demobilisation {
        return Err(Problem::new("notice-not-pronounced").into());
    }
    Ok(wanted)
}

/// Returns the alert that stands on a lot.
fn alert_of(session: &Session, looking: &Looking<'_>, lot: Id<Lot>) -> Result<Option<Alert>, Failure> {
    let read = session.store.read();
    let (site, lot) = names::known_lot(read, lot)?;
    let kept = standing::decode(&read.standing(lot.id)?.ok_or_else(gone)?)?;
    let watch = Watch::new(&looking.desk.terms, site.project, session.today, None);
    let Some(found) = watch.look(read, lot.id, &kept)?.found else { return Ok(None) };
    watch.alert(read, &found, lot.id)
}

fn of_project(
    session: &Session,
    looking: &Looking<'_>,
    project: &names::Wanted<Project>,
    kind: NoticeKind,
) -> Result<Wanted, Failure> {
    let project = names::wanted_project(session.store.read(), project)?;
    let found = match kind {
        NoticeKind::Reminder => looking.reminder(project.id, true)?,
        NoticeKind::Digest => Some(looking.digest(&project)?),
        NoticeKind::MissingEntries => {
            let board = crate::actions::alerts::board(session, Some(&project.name), None)?;
            let alert = board.alerts.iter().find(|it| it.kind == AlertKind::NonSaisie);
            alert.map_or(Ok(None), |it| looking.of_alert(it))?
        }
        _ => return Err(Problem::new("notice-needs-lot").into()),
    };
    found.ok_or_else(not_called_for)
}

/// Makes the line of a digest.
pub(super) fn item(alert: &Alert) -> Item {
    let kind = match alert.kind {
        AlertKind::NonSaisie => NoticeKind::MissingEntries,
        AlertKind::Alerte | AlertKind::Sursis => NoticeKind::Delay,
        AlertKind::PreDemobilisation => NoticeKind::PreDemobilisation,
        AlertKind::Demobilisation => NoticeKind::Demobilisation,
    };
    let (kind, month) = (kind.word().to_owned(), alert.month.to_string());
    match &alert.grounds {
        Grounds::Missing { entered, expected, .. } => {
            Item { kind, month, entered: Some(*entered), expected: Some(*expected), ..Item::default() }
        }
        Grounds::Rule { site, lot, report, .. } => Item {
            kind,
            month: report.month.to_string(),
            proposed: alert.kind == AlertKind::Demobilisation,
            place: Some(super::facts::label(site, lot)),
            target: report.target.map(|it| it.to_decimal_string(2)),
            status: Some(report.status.as_str().to_owned()),
            ..Item::default()
        },
    }
}
