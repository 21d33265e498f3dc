//! Which months are closed to changes, and what opens them again: the one place where this is decided.

use std::collections::{BTreeSet, HashMap};

use crate::actions::authority::{self, Act};
use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::session::{Session, new_id};
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::sign_off::{Derogation, SignLevel};
use crate::model::site::Lot;
use crate::model::text::clean_note;
use crate::rules::missing;
use crate::store::change::Scope;
use crate::store::log::ChangeRow;
use crate::store::registry;
use crate::store::value::Value;
use chrono::NaiveDate;

/// Whether the figures and observations of a month can be changed.
#[derive(Clone, Debug)]
pub enum Lock {
    /// They can.
    Open,
    /// They can, though the month is old: what a person should know of it.
    Old(Problem),
    /// They can, by derogation.
    Opened(Derogation),
    /// They cannot.
    Locked(Problem),
}

/// Refuses to change the figures or observations of a month that is locked. Returns what a person should know of one
/// that is old and open all the same.
pub fn check(
    session: &Session,
    terms: &Terms,
    project: Id<Project>,
    month: Month,
) -> Result<Option<Problem>, Failure> {
    match lock(session, terms, project, month)? {
        Lock::Open | Lock::Opened(_) => Ok(None),
        Lock::Old(problem) => Ok(Some(problem)),
        Lock::Locked(problem) => Err(problem.into()),
    }
}

/// Tells whether the figures and observations of a month can be changed, and why.
pub fn lock(session: &Session, terms: &Terms, project: Id<Project>, month: Month) -> Result<Lock, Failure> {
    let days = terms.lock_days(project, month);
    let is_old = days > 0 && missing::locked(session.today, month, days.into());
    let Some(key) = reason(session, terms, project, month, is_old)? else {
        let old = || Lock::Old(Problem::new("month-locked").with("month", month).with("days", days));
        return Ok(if is_old { old() } else { Lock::Open });
    };
    let read = session.store.read();
    let is_open = |it: &Derogation| {
        it.month == month
            && it.until.parse::<NaiveDate>().map_or(it.until.is_empty(), |it| session.today <= it)
    };
    // Of several, the one that lasts longest; one without end outlasts all.
    let open = read.derogations(project)?.into_iter().filter(is_open);
    if let Some(opened) = open.max_by_key(|it| (it.until.is_empty(), it.until.clone())) {
        return Ok(Lock::Opened(opened));
    }
    let named =
        read.projects()?.into_iter().find(|it| it.id == project).map(|it| it.name).unwrap_or_default();
    let problem = Problem::new(key).with("month", month).with("days", days).with("project", named);
    Ok(Lock::Locked(problem))
}

/// Returns why a month needs a derogation, as the key of the sentence.
fn reason(
    session: &Session,
    terms: &Terms,
    project: Id<Project>,
    month: Month,
    is_old: bool,
) -> Result<Option<&'static str>, Failure> {
    if is_old && terms.locks_unsigned(project, month) {
        return Ok(Some("month-closed-strict"));
    }
    let rows = session.store.read().sign_offs(project)?;
    let highest = rows.iter().filter(|it| it.month == month).map(|it| it.level).max();
    Ok(match highest {
        Some(level) if level >= SignLevel::Approved => Some("month-closed-approved"),
        Some(_) if is_old => Some("month-closed-signed"),
        _ => None,
    })
}

/// Refuses to take back changes of figures or observations of locked months.
pub fn check_changes(session: &Session, changes: &[ChangeRow]) -> Result<(), Failure> {
    let read = session.store.read();
    let mut projects: HashMap<Id<Lot>, Option<Id<Project>>> = HashMap::new();
    let mut months = BTreeSet::new();
    for change in changes {
        let key = &change.body.key;
        let (lot, month) = match change.table {
            it if it == registry::ENTRY.id => {
                (key.first().and_then(Value::id), key.get(1).and_then(Value::int))
            }
            it if it == registry::OBSERVATION.id => {
                let value = |column| read.value(&registry::OBSERVATION, key, column);
                (value(1)?.id(), value(2)?.int())
            }
            _ => continue,
        };
        let (Some(lot), Some(month)) = (lot, month.and_then(Month::from_index)) else { continue };
        if let std::collections::hash_map::Entry::Vacant(vacant) = projects.entry(lot) {
            let site = read.lot_place(lot)?.map(|(_, site)| read.site(site)).transpose()?.flatten();
            vacant.insert(site.map(|it| it.project));
        }
        months.extend(projects.get(&lot).copied().flatten().map(|project| (project, month)));
    }
    check_all(session, months)
}

/// Refuses to change the month of a lot where it is locked.
pub fn check_lot(session: &Session, lot: Id<Lot>, month: Month) -> Result<(), Failure> {
    let read = session.store.read();
    let site = read.lot_place(lot)?.map(|(_, site)| read.site(site)).transpose()?.flatten();
    check_all(session, site.map(|it| (it.project, month)).into_iter().collect())
}

/// Refuses to change locked months.
pub fn check_all(session: &Session, months: BTreeSet<(Id<Project>, Month)>) -> Result<(), Failure> {
    if months.is_empty() {
        return Ok(());
    }
    let terms = Terms::load(session.store.read())?;
    for (project, month) in months {
        check(session, &terms, project, month)?;
    }
    Ok(())
}

/// A month that is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlocking {
    /// The project.
    pub project: Wanted<Project>,
    /// The month.
    pub month: Month,
    /// Why.
    pub reason: String,
    /// Up to which day; without end unless given.
    pub until: Option<NaiveDate>,
}

/// Opens a locked month. Returns the project, and what a person should know.
pub fn unlock(session: &mut Session, asked: &Unlocking) -> Result<(Project, Vec<Problem>), Failure> {
    session.steady(|session| {
        let reason = clean_note(&asked.reason);
        if reason.is_empty() {
            return Err(Problem::new("unlock-no-reason").into());
        }
        if let Some(until) = asked.until.filter(|it| *it < session.today) {
            return Err(Problem::new("unlock-over").with("until", until).with("today", session.today).into());
        }
        let read = session.store.read();
        let project = names::wanted_project(read, &asked.project)?;
        let terms = Terms::load(read)?;
        let mut warnings =
            Vec::from_iter(authority::check(session, Act::Unlock, Some(project.id), &session.user)?);
        if check(session, &terms, project.id, asked.month).is_ok() {
            warnings
                .push(Problem::new("unlock-open").with("month", asked.month).with("project", &project.name));
        }
        let until = asked.until.map(|it| it.to_string()).unwrap_or_default();
        let note = Note::new()
            .with("project", &project.name)
            .with("month", asked.month)
            .with("reason", &reason)
            .with("until", &until);
        let columns = registry::DEROGATION.columns([
            ("project", Some(project.id.into())),
            ("month", Some(asked.month.into())),
            ("reason", Some(reason.as_str().into())),
            ("until", asked.until.map(|_| until.as_str().into())),
        ]);
        let scope = Scope::Project(project.id.bytes());
        session.transact(OpName::Unlock, &note, |tx| {
            tx.add(&registry::DEROGATION, scope, vec![new_id::<Derogation>().into()], columns.clone(), None)?;
            Ok(())
        })?;
        Ok((project, warnings))
    })
}
