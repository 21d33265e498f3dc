//! How lots, sites and projects stand: rates, status, cycle, and what comes next.

use std::collections::HashMap;

use super::directory::{Directory, Selection};
use super::failure::Failure;
use super::names;
use super::session::Session;
use super::standing::{self, Policies, Standing, View};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::rules::delay::{Delay, delay};
use crate::rules::rollup::{group_state, project_progress, site_progress, worst_outcome, worst_status};
use crate::rules::{Consequences, LotState, Outcome, Ratio, Status, next_consequences};

/// How one lot stands.
#[derive(Debug)]
pub struct LotStatus {
    /// The lot.
    pub lot: Lot,
    /// The names of its contractors.
    pub contractors: Vec<String>,
    /// The month shown, and how the lot stands there.
    pub view: View,
    /// What the rules will do in the month after.
    pub next: Consequences,
    /// Time consumed and delay, where there is a duration.
    pub delay: Option<Delay>,
    /// Defects: no duration, no start.
    pub lacks_duration: bool,
    /// The start is the month of the first figure.
    pub lacks_start: bool,
    /// Observations of the month shown.
    pub observation: String,
    /// Months of which two versions compete.
    pub contested: Vec<Month>,
}

/// How one site stands: the mean of its lots, the worst of their statuses.
#[derive(Debug)]
pub struct SiteStatus {
    /// The site.
    pub site: Site,
    /// Its lots.
    pub lots: Vec<LotStatus>,
    /// Weighted progress.
    pub progress: Option<Ratio>,
    /// State.
    pub state: LotState,
    /// The worst status.
    pub status: Option<Status>,
    /// The worst outcome.
    pub outcome: Option<Outcome>,
}

/// How one project stands.
#[derive(Debug)]
pub struct ProjectStatus {
    /// The project.
    pub project: Project,
    /// Its sites.
    pub sites: Vec<SiteStatus>,
    /// Weighted progress.
    pub progress: Option<Ratio>,
    /// State.
    pub state: LotState,
    /// The worst status.
    pub status: Option<Status>,
}

/// Reads how a project, a site, or everything stands; at `month`, or at each lot's last month.
pub fn status(
    session: &Session,
    wanted: Option<&str>,
    month: Option<Month>,
) -> Result<Vec<ProjectStatus>, Failure> {
    let selection = wanted.map_or(Ok(Selection::All), |it| select(session, it))?;
    let read = session.store.read();
    let directory = Directory::load(read, selection)?;
    let terms = Terms::load(read)?;
    let kept = kept_standings(session, &directory, selection)?;
    let mut projects: Vec<ProjectStatus> = Vec::new();
    let mut policies: Option<(Id<Project>, Policies)> = None;
    for place in &directory.places {
        let id = place.site.project;
        if policies.as_ref().is_none_or(|(it, _)| *it != id) {
            policies = Some((id, Policies::of(&terms, id)));
        }
        let Some((_, policies)) = &policies else { continue };
        let due = standing::due_month(&terms, id, session.today);
        let mut lots = Vec::new();
        for lot in &place.lots {
            let Some(kept) = kept.get(&lot.id) else { continue };
            let shown = month.unwrap_or_else(|| standing::month_to_show(kept, session.today));
            let view = standing::view(read, lot.id, kept, shown, due, policies)?;
            lots.push(lot_status(session, &directory, lot, kept, view, policies)?);
        }
        let site = site_status(place.site.clone(), lots);
        match projects.last_mut().filter(|it| it.project.id == id) {
            Some(project) => project.sites.push(site),
            None => {
                projects.extend(directory.projects.get(&id).map(|it| project_status(it.clone(), vec![site])));
            }
        }
    }
    Ok(projects.into_iter().map(|it| project_status(it.project, it.sites)).collect())
}

/// Finds a project or a site, in this order.
pub fn select(session: &Session, wanted: &str) -> Result<Selection, Failure> {
    let read = session.store.read();
    if let Ok(project) = names::project(read, wanted) {
        return Ok(Selection::Project(project.id));
    }
    match names::site(read, wanted) {
        Ok(site) => Ok(Selection::Site(site.id)),
        Err(failure) if failure.problem().key == "site-unknown" => {
            Err(Problem::new("project-or-site-unknown").with("name", wanted).into())
        }
        Err(failure) => Err(failure),
    }
}

fn kept_standings(
    session: &Session,
    directory: &Directory,
    selection: Selection,
) -> Result<HashMap<Id<Lot>, Standing>, Failure> {
    let read = session.store.read();
    let rows = match selection {
        Selection::All => read.standings(None)?,
        Selection::Project(id) => read.standings(Some(id))?,
        Selection::Site(_) => {
            let projects = directory.places.iter().map(|it| it.site.project).take(1);
            projects.map(|it| read.standings(Some(it))).next().transpose()?.unwrap_or_default()
        }
    };
    Ok(rows.into_iter().filter_map(|row| Some((row.lot, standing::decode(&row.state)?))).collect())
}

fn lot_status(
    session: &Session,
    directory: &Directory,
    lot: &Lot,
    kept: &Standing,
    view: View,
    policies: &Policies,
) -> Result<LotStatus, Failure> {
    let facts = kept.facts(policies.timeline());
    let month = view.months[0].month;
    let read = session.store.read();
    let observations = read.observations_at(lot.id, month)?;
    Ok(LotStatus {
        lot: lot.clone(),
        contractors: directory.contractors_of(lot),
        next: next_consequences(&view.tracker, &facts, month.next()),
        delay: delay(&view.tracker, &facts),
        lacks_duration: kept.lacks_duration(),
        lacks_start: kept.lacks_start(),
        observation: observations.join(" / "),
        contested: read.contested_months(lot.id)?,
        view,
    })
}

fn site_status(site: Site, lots: Vec<LotStatus>) -> SiteStatus {
    let parts: Vec<(Percent, Option<i64>)> =
        lots.iter().map(|it| (it.view.tracker.known(), it.lot.weight)).collect();
    SiteStatus {
        progress: site_progress(&parts),
        state: group_state(lots.iter().map(|it| it.view.tracker.state())),
        status: worst_status(lots.iter().map(|it| it.view.months[0].status)),
        outcome: worst_outcome(lots.iter().map(|it| it.view.months[0].outcome)),
        site,
        lots,
    }
}

fn project_status(project: Project, sites: Vec<SiteStatus>) -> ProjectStatus {
    let weight = |it: &SiteStatus| it.lots.iter().map(|lot| lot.lot.weight).sum::<Option<i64>>();
    let parts: Vec<_> = sites.iter().filter_map(|it| Some((it.progress?, weight(it)))).collect();
    ProjectStatus {
        progress: project_progress(&parts),
        state: group_state(sites.iter().map(|it| it.state)),
        status: worst_status(sites.iter().filter_map(|it| it.status)),
        project,
        sites,
    }
}
