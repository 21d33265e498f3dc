//! How lots, sites and projects stand: rates, status, cycle, and what comes next.

use std::collections::HashMap;

use super::directory::{Directory, Place, Selection};
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
    /// State today, or at the month that was asked for.
    pub state: LotState,
    /// Contractual durations with the month from which each holds; none is a defect.
    pub durations: Vec<(Month, u16)>,
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

/// Reads how a project, a site, or everything stands; at `month`, else at the month that is due. A site alone is
/// shown at the current month once that has a figure.
pub fn status(
    session: &Session,
    wanted: Option<&str>,
    month: Option<Month>,
) -> Result<Vec<ProjectStatus>, Failure> {
    let selection = wanted.map_or(Ok(Selection::All), |it| select(session, it))?;
    status_of(session, selection, month)
}

/// As [`status`], of what is known by its identifier.
pub fn status_of(
    session: &Session,
    selection: Selection,
    month: Option<Month>,
) -> Result<Vec<ProjectStatus>, Failure> {
    let read = session.store.read();
    // The progress of a project is that of all its sites, even when one is shown.
    let whole = match selection {
        Selection::Site(id) => read.site(id)?.map_or(Selection::All, |it| Selection::Project(it.project)),
        other => other,
    };
    let directory = Directory::load(read, whole)?;
    let kept = kept_standings(session, whole)?;
    let terms = Terms::load(read)?;
    let mut projects: Vec<ProjectStatus> = Vec::new();
    let mut policies: Option<(Id<Project>, Policies)> = None;
    for place in &directory.places {
        let id = place.site.project;
        if policies.as_ref().is_none_or(|(it, _)| *it != id) {
            policies = Some((id, Policies::of(&terms, id)));
        }
        let Some((_, policies)) = &policies else { continue };
        let due = standing::due_month(&terms, id, session.today);
        let alone = matches!(selection, Selection::Site(it) if it == place.site.id);
        let case = Case { session, directory: &directory, policies, due, asked: month };
        let site = case.site(place, &kept, alone)?;
        match projects.last_mut().filter(|it| it.project.id == id) {
            Some(project) => project.sites.push(site),
            None => {
                projects.extend(directory.projects.get(&id).map(|it| project_status(it.clone(), vec![site])));
            }
        }
    }
    let mut projects: Vec<_> = projects.into_iter().map(|it| project_status(it.project, it.sites)).collect();
    if let Selection::Site(id) = selection {
        for project in &mut projects {
            project.sites.retain(|it| it.site.id == id);
        }
    }
    Ok(projects)
}

/// What the lots of one project are looked at with.
struct Case<'a> {
    session: &'a Session,
    directory: &'a Directory,
    policies: &'a Policies,
    due: Month,
    asked: Option<Month>,
}

impl Case<'_> {
    fn site(
        &self,
        place: &Place,
        kept: &HashMap<Id<Lot>, Standing>,
        alone: bool,
    ) -> Result<SiteStatus, Failure> {
        let lots: Vec<(&Lot, &Standing)> =
            place.lots.iter().filter_map(|it| Some((it, kept.get(&it.id)?))).collect();
        let latest = lots.iter().map(|(_, kept)| standing::month_to_show(kept, self.session.today)).max();
        let due = self.session.this_month().previous();
        let month = self.asked.unwrap_or_else(|| latest.filter(|_| alone).unwrap_or(due));
        let lots =
            lots.into_iter().map(|(lot, kept)| self.lot(lot, kept, month)).collect::<Result<_, _>>()?;
        Ok(site_status(place.site.clone(), lots))
    }

    fn lot(&self, lot: &Lot, kept: &Standing, month: Month) -> Result<LotStatus, Failure> {
        let read = self.session.store.read();
        let view = standing::view(read, lot.id, kept, month, self.due, self.policies)?;
        let facts = kept.facts(self.policies.timeline());
        let state = match self.asked {
            Some(_) => view.tracker.state(),
            None => kept.state_in(self.session.this_month().max(month), self.due, self.policies),
        };
        Ok(LotStatus {
            lot: lot.clone(),
            contractors: self.directory.contractors_of(lot),
            state,
            next: next_consequences(&view.tracker, &facts, month.next()),
            delay: delay(&view.tracker, &facts),
            durations: kept.durations().to_vec(),
            lacks_start: kept.lacks_start(),
            observation: read.observations_at(lot.id, month)?.join(" / "),
            contested: read.contested_months(lot.id)?,
            view,
        })
    }
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

fn kept_standings(session: &Session, selection: Selection) -> Result<HashMap<Id<Lot>, Standing>, Failure> {
    let only = if let Selection::Project(id) = selection { Some(id) } else { None };
    let rows = session.store.read().standings(only)?;
    rows.into_iter().map(|row| Ok((row.lot, standing::decode(&row.state)?))).collect()
}

fn site_status(site: Site, lots: Vec<LotStatus>) -> SiteStatus {
    let parts: Vec<(Percent, Option<i64>)> =
        lots.iter().map(|it| (it.view.tracker.known(), it.lot.weight)).collect();
    SiteStatus {
        progress: site_progress(&parts),
        state: group_state(lots.iter().map(|it| it.state)),
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
