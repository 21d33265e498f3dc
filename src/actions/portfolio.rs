//! Every followed lot as the screens show it: read once, then kept up with what is written.

use std::collections::HashMap;

use super::alerts::{Looked, Watch};
use super::contested::Contested;
use super::directory::{Directory, Place, Selection};
use super::failure::Failure;
use super::register::lot::own_name;
use super::session::Session;
use super::standing::{self, Standing};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contractor, Organisation, Project};
use crate::model::percent::Percent;
use crate::model::site::{Lot, Site};
use crate::model::text::fold;
use crate::rules::delay::delay;
use crate::rules::{LotState, MonthReport, Outcome, Ratio, Status};
use crate::store::change::Scope;
use crate::store::read::Reader;

/// One lot as the lists show it.
#[derive(Clone, Debug)]
pub struct LotRow {
    /// The lot.
    pub lot: Id<Lot>,
    /// Its site.
    pub site: Id<Site>,
    /// Its project.
    pub project: Id<Project>,
    /// Code of the site; may be empty.
    pub code: String,
    /// Name of the site.
    pub name: String,
    /// Name of the lot; empty while it is the only one.
    pub lot_name: String,
    /// Code, name and contractors, folded for searching.
    pub folded: String,
    /// The contractors.
    pub contractors: Vec<Id<Contractor>>,
    /// The month shown, the one before, the one before that.
    pub months: [Brief; standing::SHOWN_MONTHS],
    /// The last known cumulative progress.
    pub known: Percent,
    /// Weight in the site.
    pub weight: Option<i64>,
    /// State today.
    pub state: LotState,
    /// Time consumed in percent of the contractual duration, where it is known.
    pub time_consumed: Option<Ratio>,
    /// What it adds to the board.
    pub looked: Looked,
    /// Whether the start of works is unknown.
    pub lacks_start: bool,
}

/// What the lists show of one lot and month.
#[derive(Clone, Copy, Debug)]
pub struct Brief {
    /// The month.
    pub month: Month,
    /// Cumulative progress typed for the month.
    pub cumulative: Option<Percent>,
    /// Rate reached.
    pub target: Option<Ratio>,
    /// How the month reads.
    pub status: Status,
    /// What the rules find.
    pub outcome: Outcome,
    /// A figure was expected.
    pub expected: bool,
    /// A figure was expected and none was typed.
    pub missing: bool,
}

impl From<MonthReport> for Brief {
    fn from(report: MonthReport) -> Self {
        let MonthReport { month, cumulative, target, status, outcome, expected, missing, .. } = report;
        Self { month, cumulative, target, status, outcome, expected, missing }
    }
}

/// One project and its completeness.
#[derive(Clone, Debug)]
pub struct ProjectRow {
    /// The project.
    pub project: Project,
    /// The last month that is due.
    pub due: Month,
    /// Figures of that month that are there.
    pub entered: usize,
    /// Figures of that month that are expected.
    pub expected: usize,
}

/// Every followed lot.
#[derive(Debug)]
pub struct Portfolio {
    /// The organisation.
    pub organisation: Organisation,
    /// Projects, by name.
    pub projects: Vec<ProjectRow>,
    /// Contractors, archived ones too.
    pub contractors: HashMap<Id<Contractor>, String>,
    /// Lots, by project name, code, name of the site, order.
    pub rows: Vec<LotRow>,
    /// The month shown: the one before today's.
    pub month: Month,
    /// Values of which versions compete; of another month than the present one none are named.
    pub contested: Contested,
    seen: i64,
    today: chrono::NaiveDate,
}

impl Portfolio {
    /// Returns the portfolio of an organisation that is not read yet.
    pub fn empty(today: chrono::NaiveDate) -> Self {
        let organisation = Organisation {
            id: Id::from_bytes([0; 16]),
            name: String::new(),
            currency: String::new(),
            zone: super::register::organisation::ZONE.to_owned(),
        };
        let month = Month::of(today).previous();
        let (projects, contractors, rows) = (Vec::new(), HashMap::new(), Vec::new());
        let contested = Contested::default();
        Self { organisation, projects, contractors, rows, month, contested, seen: -1, today }
    }

    /// Reads every followed lot as it stands today.
    pub fn load(session: &Session) -> Result<Self, Failure> {
        let portfolio = Self::load_rows(session)?;
        Ok(Self { contested: Contested::load(session)?, ..portfolio })
    }

    fn load_rows(session: &Session) -> Result<Self, Failure> {
        let seen = session.store.read().last_op()?;
        Self::load_at(session, Selection::All, session.this_month().previous(), None, seen)
    }

    /// Reads the lots of a selection as they stood at `month`.
    pub fn of_month(session: &Session, selection: Selection, month: Month) -> Result<Self, Failure> {
        let seen = session.store.read().last_op()?;
        Self::load_at(session, selection, month, Some(month), seen)
    }

    fn load_at(
        session: &Session,
        selection: Selection,
        month: Month,
        asked: Option<Month>,
        seen: i64,
    ) -> Result<Self, Failure> {
        let read = session.store.read();
        let organisation = session.organisation()?;
        let directory = Directory::names(read)?;
        let terms = Terms::load(read)?;
        let projects = project_rows(session, &terms)?;
        let mut sight = Sight { session, terms: &terms, month, asked, watches: HashMap::new() };
        let mut rows = Vec::new();
        // Project by project, each forgotten before the next: all at once would take twice the memory.
        for project in projects.iter().map(|it| it.project.id) {
            if matches!(selection, Selection::Project(only) if only != project) {
                continue;
            }
            let mut kept: HashMap<Id<Lot>, Vec<u8>> =
                read.standings(Some(project))?.into_iter().map(|it| (it.lot, it.state)).collect();
            for place in directory.places_of(read, project)? {
                let decoded = |lot| Ok(kept.remove(&lot).map(|it| standing::decode(&it)).transpose()?);
                sight.site(&directory, &place, decoded, &mut rows)?;
            }
        }
        rows.shrink_to_fit();
        let contractors = directory.contractors.into_values().map(|it| (it.id, it.party.name)).collect();
        let (today, contested) = (session.today, Contested::default());
        let mut portfolio = Self { organisation, projects, contractors, rows, month, contested, seen, today };
        portfolio.count();
        Ok(portfolio)
    }

    /// Tells whether something was written, or a day has begun, since it was read.
    pub fn is_behind(&self, session: &Session) -> Result<bool, Failure> {
        Ok(session.store.read().last_op()? != self.seen || session.today != self.today)
    }

    /// Takes in what was written since, here or by other processes. Returns whether anything changed.
    pub fn catch_up(&mut self, session: &Session) -> Result<bool, Failure> {
        let read = session.store.read();
        let last = read.last_op()?;
        if last == self.seen && session.today == self.today {
            return Ok(false);
        }
        let scopes = read.scopes_since(self.seen)?;
        let sites: Option<Vec<Id<Site>>> = scopes.iter().map(site_of).collect();
        match sites.filter(|it| it.len() <= SITES_ONE_BY_ONE_MAX && session.today == self.today) {
            Some(sites) => {
                sites.into_iter().try_for_each(|site| self.take_in(session, site))?;
                self.seen = last;
                self.count();
            }
            None => {
                let contested = std::mem::take(&mut self.contested);
                *self = Self { contested, ..Self::load_rows(session)? };
            }
        }
        self.contested.catch_up(session)?;
        Ok(true)
    }

    /// Reads one site again.
    fn take_in(&mut self, session: &Session, site: Id<Site>) -> Result<(), Failure> {
        let read = session.store.read();
        let directory = Directory::load(read, Selection::Site(site))?;
        let terms = Terms::load(read)?;
        let mut sight =
            Sight { session, terms: &terms, month: self.month, asked: None, watches: HashMap::new() };
        let mut rows = Vec::new();
        for place in &directory.places {
            let kept = |lot| Ok(read.standing(lot)?.map(|it| standing::decode(&it)).transpose()?);
            sight.site(&directory, place, kept, &mut rows)?;
        }
        let first = self.rows.iter().position(|it| it.site == site);
        self.rows.retain(|it| it.site != site);
        let same_place =
            |row: &LotRow, at: usize| self.rows.get(at).is_none_or(|it| self.order(row) <= self.order(it));
        let at = match (first, rows.first()) {
            (Some(at), Some(row))
                if same_place(row, at) && (at == 0 || self.order(&self.rows[at - 1]) <= self.order(row)) =>
            {
                at
            }
            (_, Some(row)) => self.rows.partition_point(|it| self.order(it) <= self.order(row)),
            (_, None) => return Ok(()),
        };
        self.rows.splice(at..at, rows);
        Ok(())
    }

    fn order<'a>(&'a self, row: &'a LotRow) -> (&'a str, &'a str, &'a str) {
        (self.project_name(row.project), &row.code, &row.name)
    }

    /// Counts the figures of the month that is due, by project.
    fn count(&mut self) {
        let mut counts: HashMap<Id<Project>, (usize, usize)> = HashMap::new();
        for row in &self.rows {
            let (entered, expected) = counts.entry(row.project).or_default();
            *expected += usize::from(row.looked.expected);
            *entered += usize::from(row.looked.expected && row.looked.missing_since.is_none());
        }
        for project in &mut self.projects {
            (project.entered, project.expected) =
                counts.get(&project.project.id).copied().unwrap_or_default();
        }
    }

    /// Returns the name of a project.
    pub fn project_name(&self, id: Id<Project>) -> &str {
        self.projects.iter().find(|it| it.project.id == id).map_or("", |it| &it.project.name)
    }

    /// Returns the names of the contractors of a lot.
    pub fn contractors_of(&self, row: &LotRow) -> String {
        let names = row.contractors.iter().filter_map(|it| self.contractors.get(it));
        names.map(String::as_str).collect::<Vec<_>>().join(" / ")
    }

    /// Returns how many columns the longest code takes, within bounds.
    pub fn code_width(&self, least: u16, most: u16) -> u16 {
        let longest = self.rows.iter().map(|it| it.code.chars().count()).max().unwrap_or(0);
        u16::try_from(longest).unwrap_or(most).clamp(least, most)
    }

    /// Returns the row of a lot.
    pub fn row(&self, lot: Id<Lot>) -> Option<&LotRow> {
        self.rows.iter().find(|it| it.lot == lot)
    }

    /// Returns the number of the last op that it knows.
    pub const fn seen(&self) -> i64 {
        self.seen
    }
}

/// More sites than this are read again together.
const SITES_ONE_BY_ONE_MAX: usize = 40;

const fn site_of(scope: &Scope) -> Option<Id<Site>> {
    match scope {
        Scope::Site(key) | Scope::SiteMoney(key) => Some(Id::from_bytes(*key)),
        Scope::Organisation(_) | Scope::Project(_) | Scope::Rights(_) => None,
    }
}

fn project_rows(session: &Session, terms: &Terms) -> Result<Vec<ProjectRow>, Failure> {
    let projects = session.store.read().projects()?.into_iter().filter(|it| !it.archived);
    Ok(projects
        .map(|project| {
            let due = standing::due_month(terms, project.id, session.today);
            ProjectRow { project, due, entered: 0, expected: 0 }
        })
        .collect())
}

/// What lots are looked at with.
struct Sight<'a> {
    session: &'a Session,
    terms: &'a Terms,
    month: Month,
    asked: Option<Month>,
    watches: HashMap<Id<Project>, Watch>,
}

impl Sight<'_> {
    fn site(
        &mut self,
        directory: &Directory,
        place: &Place,
        mut kept: impl FnMut(Id<Lot>) -> Result<Option<Standing>, Failure>,
        rows: &mut Vec<LotRow>,
    ) -> Result<(), Failure> {
        for lot in &place.lots {
            let Some(kept) = kept(lot.id)? else { continue };
            let firms = directory.contractors_of(lot).join(" ");
            rows.push(self.lot(&place.site, lot, &firms, &kept)?);
        }
        Ok(())
    }

    fn lot(&mut self, site: &Site, lot: &Lot, firms: &str, kept: &Standing) -> Result<LotRow, Failure> {
        let (terms, today, asked) = (self.terms, self.session.today, self.asked);
        let read: Reader<'_> = self.session.store.read();
        let watch =
            self.watches.entry(site.project).or_insert_with(|| Watch::new(terms, site.project, today, asked));
        let view = standing::view(read, lot.id, kept, self.month, watch.due(), watch.policies())?;
        let to_show = asked.unwrap_or_else(|| standing::month_to_show(kept, today));
        let looked = if to_show == self.month {
            watch.look_at(read, lot.id, kept, &view)?
        } else {
            watch.look(read, lot.id, kept)?
        };
        let lot_name = own_name(lot).to_owned();
        let state = match asked {
            Some(_) => view.tracker.state(),
            None => kept.state_in(Month::of(today).max(self.month), watch.due(), watch.policies()),
        };
        let facts = kept.facts(watch.policies().timeline());
        Ok(LotRow {
            lot: lot.id,
            site: site.id,
            project: site.project,
            folded: fold(&format!("{} {} {lot_name} {firms}", site.code, site.name)),
            code: site.code.clone(),
            name: site.name.clone(),
            lot_name,
            contractors: lot.contractors.clone(),
            months: view.months.map(Brief::from),
            known: view.tracker.known(),
            weight: lot.weight,
            state,
            time_consumed: delay(&view.tracker, &facts).map(|it| it.time_consumed),
            looked,
            lacks_start: kept.lacks_start(),
        })
    }
}
