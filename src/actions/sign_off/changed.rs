//! Which signed months say something else than was signed, since figures changed here or arrived.

use std::collections::BTreeSet;

use super::vouched::{Vouched, vouched_since};
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;

/// The signed months of which the signed text is not the present one, at a moment.
#[derive(Clone, Debug, Default)]
pub struct Outdated {
    months: BTreeSet<(Id<Project>, Month)>,
    /// Of one project from a month on; a figure changes no text of an earlier month.
    only: Option<(Id<Project>, Month)>,
}

impl Outdated {
    /// Finds them in all projects.
    pub fn now(session: &Session) -> Result<Self, Failure> {
        Self::find(session, None)
    }

    /// Finds those that a figure of a project and month can bear on.
    pub fn from(session: &Session, project: Id<Project>, month: Month) -> Result<Self, Failure> {
        Self::find(session, Some((project, month)))
    }

    fn find(session: &Session, only: Option<(Id<Project>, Month)>) -> Result<Self, Failure> {
        let months =
            outdated(session, only)?.into_iter().map(|(project, month)| (project.id, month)).collect();
        Ok(Self { months, only })
    }

    /// Returns a sentence for each month that became one of them since.
    pub fn since(&self, session: &Session) -> Result<Vec<Problem>, Failure> {
        let now = outdated(session, self.only)?.into_iter();
        let new = now.filter(|(project, month)| !self.months.contains(&(project.id, *month)));
        let sentence = |(project, month): (Project, Month)| {
            Problem::new("visa-broken").with("month", month).with("project", project.name)
        };
        Ok(new.map(sentence).collect())
    }
}

fn outdated(session: &Session, only: Option<(Id<Project>, Month)>) -> Result<Vec<(Project, Month)>, Failure> {
    let read = session.store.read();
    let mut found = Vec::new();
    if !read.has_sign_offs(only.map(|(project, _)| project))? {
        return Ok(found);
    }
    let from = only.map_or(Month::MIN, |(_, month)| month);
    for project in read.projects()?.into_iter().filter(|it| !it.archived) {
        if only.is_some_and(|(it, _)| it != project.id) {
            continue;
        }
        let months = vouched_since(session, &project, from)?.into_iter().filter(Vouched::is_broken);
        found.extend(months.map(|it| (project.clone(), it.month)));
    }
    Ok(found)
}
