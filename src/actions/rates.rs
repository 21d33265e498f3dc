//! How complete and how timely the figures of each project and month are.
//!
//! As DHIS2 has them: completeness is what is there of what is expected, timeliness what was there before the deadline of
//! what is expected. When a figure was there first is what the clock of the machine said that wrote it, as a civil day in
//! the organisation's time zone.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate};

use super::directory::{Directory, Place, Selection};
use super::failure::Failure;
use super::names;
use super::register::organisation::ZONE;
use super::session::Session;
use super::standing::{self, Policies};
use super::terms::Terms;
use crate::clock;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::rules::{Ratio, follow, missing};
use crate::store::read::Reader;

/// The rates of one project and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRates {
    /// The month.
    pub month: Month,
    /// The first day on which its figures are late.
    pub due: NaiveDate,
    /// Figures that are expected; those "sans objet" are not.
    pub expected: u32,
    /// Figures that are there.
    pub complete: u32,
    /// Figures that were there before they were due.
    pub timely: u32,
}

impl MonthRates {
    /// Returns what is there of what is expected, in percent; `None` where nothing is.
    pub fn completeness(&self) -> Option<Ratio> {
        self.share(self.complete)
    }

    /// Returns what was there in time of what is expected, in percent; `None` where nothing is.
    pub fn timeliness(&self) -> Option<Ratio> {
        self.share(self.timely)
    }

    fn share(&self, part: u32) -> Option<Ratio> {
        Ratio::new(i64::from(part) * 100, i64::from(self.expected))
    }
}

/// The rates of one project, by month, oldest first.
#[derive(Clone, Debug)]
pub struct ProjectRates {
    /// The project.
    pub project: Project,
    /// Its months in which figures were expected, up to the last that is over.
    pub months: Vec<MonthRates>,
}

/// Reads the rates of one project or all; of one month or all that are over.
pub fn rates(
    session: &Session,
    project: Option<&str>,
    month: Option<Month>,
) -> Result<Vec<ProjectRates>, Failure> {
    let read = session.store.read();
    let projects = match project {
        Some(name) => vec![names::project(read, name)?],
        None => read.projects()?.into_iter().filter(|it| !it.archived).collect(),
    };
    let until = month.unwrap_or_else(|| session.this_month().previous());
    let mut found = Vec::new();
    for project in projects {
        let mut rates = rates_of(session, project, until)?;
        rates.months.retain(|it| month.is_none_or(|month| it.month == month));
        found.push(rates);
    }
    Ok(found)
}

/// Reads the rates of a project up to a month.
pub fn rates_of(session: &Session, project: Project, until: Month) -> Result<ProjectRates, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let zone = read.organisation()?.map_or_else(|| ZONE.to_owned(), |it| it.zone);
    let mut count = Count { terms: &terms, zone: &zone, project: project.id, months: BTreeMap::new() };
    let policies = Policies::of(&terms, project.id);
    for place in &Directory::load(read, Selection::Project(project.id))?.places {
        count.place(read, &policies, place, until)?;
    }
    Ok(ProjectRates { months: count.months.into_values().collect(), project })
}

/// The months of one project, as they are counted.
struct Count<'a> {
    terms: &'a Terms,
    zone: &'a str,
    project: Id<Project>,
    months: BTreeMap<Month, MonthRates>,
}

impl Count<'_> {
    fn place(
        &mut self,
        read: Reader<'_>,
        policies: &Policies,
        place: &Place,
        until: Month,
    ) -> Result<(), Failure> {
        let mut first: HashMap<(Id<Lot>, Month), i64> = HashMap::new();
        for written in read.figures_written(place.site.id)? {
            let at = first.entry((written.lot, written.month)).or_insert(written.wall_ms);
            *at = written.wall_ms.min(*at);
        }
        for lot in &place.lots {
            let Some(state) = read.standing(lot.id)? else { continue };
            let kept = standing::decode(&state)?;
            let figures = read.figures(lot.id)?;
            follow(&kept.facts(policies.timeline()), &figures, until, |report| {
                if report.expected {
                    let first = first.get(&(lot.id, report.month)).filter(|_| !report.missing);
                    self.add(report.month, report.missing, first.copied());
                }
            });
        }
        Ok(())
    }

    fn add(&mut self, month: Month, is_missing: bool, first_ms: Option<i64>) {
        let deadline = self.terms.deadline(self.project, month);
        let due = missing::due(month, deadline);
        let day = first_ms.and_then(DateTime::from_timestamp_millis).map(|it| clock::date_in(it, self.zone));
        // A clock that says that a figure was there before its month began is wrong.
        let timely = day.is_some_and(|it| (month.first_day()..due).contains(&it));
        let rates = self.months.entry(month).or_insert(MonthRates {
            month,
            due,
            expected: 0,
            complete: 0,
            timely: 0,
        });
        rates.expected += 1;
        rates.complete += u32::from(!is_missing);
        rates.timely += u32::from(timely);
    }
}
