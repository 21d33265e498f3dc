//! The figures of one project and month, as they are typed: one row a lot.

use chrono::{DateTime, NaiveDate, Utc};

use super::conflicts;
use super::directory::{Directory, Selection};
use super::failure::Failure;
use super::portfolio::Portfolio;
use super::register::lot::own_name;
use super::session::Session;
use super::sign_off::lock::{self, Lock};
use super::sign_off::vouched;
use super::standing;
use super::terms::Terms;
use crate::actions::alerts::Watch;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::sign_off::SignLevel;
use crate::model::site::{Lot, Site};
use crate::rules::checks::check_cumulative;
use crate::rules::{Consequences, MonthReport, Ratio, missing, next_consequences};
use crate::store::change::Scope;
use crate::store::registry;

/// How a figure stands between machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// There is nothing to say about it.
    #[default]
    Settled,
    /// It was written here and no other machine has it yet, though there are places to exchange with.
    Unshared,
    /// Versions of it compete.
    Contested,
}

/// One lot in the grid.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// The lot.
    pub lot: Id<Lot>,
    /// Its site.
    pub site: Id<Site>,
    /// Code of the site.
    pub code: String,
    /// Name of the site.
    pub name: String,
    /// Name of the lot; empty while it is the only one.
    pub lot_name: String,
    /// The last known progress before the month.
    pub before: Percent,
    /// Declared as "sans objet".
    pub not_applicable: bool,
    /// The normal rate of the month, where there is one.
    pub normal: Option<Ratio>,
    /// What the rules say of the month.
    pub report: MonthReport,
    /// What the rules would do in the month, before its figure is known.
    pub ahead: Consequences,
    /// Whether the figure asks a question: it falls without observation, or is unusual.
    pub doubtful: bool,
    /// How the figure stands between machines.
    pub sharing: Sharing,
    /// The observation of the month.
    pub observation: String,
    /// The observation of the month before.
    pub observation_before: String,
}

impl SheetRow {
    /// Tells whether nothing is typed where a figure is expected.
    pub const fn is_missing(&self) -> bool {
        self.report.expected && self.report.cumulative.is_none() && !self.not_applicable
    }
}

/// How far a month is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visa {
    /// Its figures are signed, so far.
    Signed(SignLevel),
    /// They are others than those that were signed.
    Changed,
}

/// The grid of one project and month.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The project.
    pub project: Id<Project>,
    /// Its name.
    pub project_name: String,
    /// The month.
    pub month: Month,
    /// The first day on which figures of the month are late.
    pub due: NaiveDate,
    /// Whether the month is locked: figures are kept with a warning, or need a derogation.
    pub locked: bool,
    /// How far the month is vouched for; `None` where nobody signed.
    pub visa: Option<Visa>,
    /// Lots in order.
    pub rows: Vec<SheetRow>,
}

impl Sheet {
    /// Counts the figures that are there, and those that are expected.
    pub fn completeness(&self) -> (usize, usize) {
        let expected = self.rows.iter().filter(|it| it.report.expected && !it.not_applicable);
        let entered = expected.clone().filter(|it| !it.is_missing()).count();
        (entered, expected.count())
    }
}

/// Returns the project whose figures are awaited first, and the month.
pub fn awaited(session: &Session, portfolio: &Portfolio) -> Result<(Id<Project>, Month), Failure> {
    let last = session.this_month().previous();
    let late = portfolio.projects.iter().filter(|it| it.entered < it.expected);
    if let Some(project) = late.min_by_key(|it| it.due) {
        return Ok((project.project.id, project.due));
    }
    let open = portfolio.rows.iter().find(|it| it.months[0].missing || it.months[0].cumulative.is_none());
    let project = open.map(|it| it.project).or_else(|| portfolio.projects.first().map(|it| it.project.id));
    Ok((project.ok_or_else(|| Problem::new("entry-no-project"))?, last))
}

/// Reads the grid of a project and month.
pub fn sheet(session: &Session, project: Id<Project>, month: Month) -> Result<Sheet, Failure> {
    let read = session.store.read();
    let directory = Directory::load(read, Selection::Project(project))?;
    let terms = Terms::load(read)?;
    let watch = Watch::new(&terms, project, session.today, Some(month));
    let shares = read.has_remotes()?;
    let mut rows = Vec::new();
    for place in &directory.places {
        let shared = if shares { Some(shared_up_to(session, place.site.id)?) } else { None };
        for lot in &place.lots {
            let Some(mut row) = row(session, &watch, &place.site, lot, month)? else { continue };
            if let (Some(shared), Sharing::Settled) = (shared, row.sharing)
                && is_unshared(session, lot.id, month, shared)?
            {
                row.sharing = Sharing::Unshared;
            }
            rows.push(row);
        }
    }
    let is_open = matches!(lock::lock(session, &terms, project, month)?, Lock::Open | Lock::Opened(_));
    Ok(Sheet {
        project,
        project_name: directory.project(project).to_owned(),
        month,
        due: missing::due(month, terms.deadline(project, month)),
        locked: !is_open,
        visa: visa(session, &directory, project, month)?,
        rows,
    })
}

fn visa(
    session: &Session,
    directory: &Directory,
    project: Id<Project>,
    month: Month,
) -> Result<Option<Visa>, Failure> {
    let signs = session.store.read().sign_offs(project)?.iter().any(|it| it.month == month);
    let Some(project) = directory.projects.get(&project).filter(|_| signs) else { return Ok(None) };
    let vouched = vouched(session, project, month)?;
    let changed = vouched.is_broken().then_some(Visa::Changed);
    Ok(changed.or_else(|| vouched.reached.map(Visa::Signed)))
}

fn row(
    session: &Session,
    watch: &Watch,
    site: &Site,
    lot: &Lot,
    month: Month,
) -> Result<Option<SheetRow>, Failure> {
    let read = session.store.read();
    let Some(state) = read.standing(lot.id)? else { return Ok(None) };
    let kept = standing::decode(&state)?;
    let view = standing::view(read, lot.id, &kept, month, watch.due(), watch.policies())?;
    let before = standing::view(read, lot.id, &kept, month.previous(), watch.due(), watch.policies())?;
    let report = view.months[0];
    let figure = read.figure(lot.id, month)?;
    let known = before.tracker.known();
    let observation = read.observations_at(lot.id, month)?.join(" / ");
    let asks = |it: Percent| {
        let checks = check_cumulative(it, known, report.normal);
        !checks.is_empty() && observation.is_empty()
    };
    let facts = kept.facts(watch.policies().timeline());
    Ok(Some(SheetRow {
        lot: lot.id,
        site: site.id,
        code: site.code.clone(),
        name: site.name.clone(),
        lot_name: own_name(lot).to_owned(),
        before: known,
        not_applicable: figure.is_some_and(|it| it.not_applicable),
        doubtful: report.cumulative.is_some_and(asks),
        sharing: if contests(session, lot.id, month)? { Sharing::Contested } else { Sharing::Settled },
        observation_before: read.observations_at(lot.id, month.previous())?.join(" / "),
        observation,
        normal: report.normal.or_else(|| before.tracker.normal_rate(&facts, month, None).map(|it| it.rate)),
        ahead: next_consequences(&before.tracker, &facts, month),
        report,
    }))
}

/// Returns up to which of this machine's changes of a site others have them.
fn shared_up_to(session: &Session, site: Id<Site>) -> Result<u64, Failure> {
    let scope = Scope::Site(site.bytes());
    Ok(session.store.read().shared_up_to(scope, session.store.replica_id())?)
}

/// Tells whether a figure was written here after the last change that others have.
fn is_unshared(session: &Session, lot: Id<Lot>, month: Month, shared: u64) -> Result<bool, Failure> {
    let heads = session.store.read().heads(&registry::ENTRY, &[lot.into(), month.into()])?;
    let own = session.store.replica_id();
    Ok(heads.iter().any(|(_, dot)| dot.replica == own && dot.seq > shared))
}

/// Tells whether versions of a figure compete that differ.
fn contests(session: &Session, lot: Id<Lot>, month: Month) -> Result<bool, Failure> {
    if !session.store.read().contested_months(lot)?.contains(&month) {
        return Ok(false);
    }
    Ok(!conflicts::of_row(session, registry::ENTRY.id, &[lot.into(), month.into()])?.is_empty())
}

/// Who wrote the figure of a lot and month last, and when.
pub fn author(
    session: &Session,
    site: Id<Site>,
    lot: Id<Lot>,
    month: Month,
) -> Result<Option<(String, DateTime<Utc>)>, Failure> {
    let read = session.store.read();
    let heads = read.heads(&registry::ENTRY, &[lot.into(), month.into()])?;
    let Some((_, dot)) = heads.into_iter().next() else { return Ok(None) };
    let op = read.op_at(Scope::Site(site.bytes()), dot)?;
    Ok(op.and_then(|it| Some((it.user, DateTime::from_timestamp_millis(it.wall_ms)?))))
}
