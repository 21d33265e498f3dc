//! Which signed months say something else than was signed, since figures changed here or arrived.

use std::collections::BTreeSet;

use super::vouched::vouched_months;
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
    only: Option<Id<Project>>,
}

impl Outdated {
    /// Finds them: in one project, or in all.
    pub fn now(session: &Session, only: Option<Id<Project>>) -> Result<Self, Failure> {
        let months = broken(session, only)?.into_iter().map(|(project, month)| (project.id, month)).collect();
        Ok(Self { months, only })
    }

    /// Returns a sentence for each month that became one of them since.
    pub fn since(&self, session: &Session) -> Result<Vec<Problem>, Failure> {
        let now = broken(session, self.only)?.into_iter();
        let new = now.filter(|(project, month)| !self.months.contains(&(project.id, *month)));
        let sentence = |(project, month): (Project, Month)| {
            Problem::new("visa-broken").with("month", month).with("project", project.name)
        };
        Ok(new.map(sentence).collect())
    }
}

fn broken(session: &Session, only: Option<Id<Project>>) -> Result<Vec<(Project, Month)>, Failure> {
    let read = session.store.read();
    let mut found = Vec::new();
    if !read.has_sign_offs(only)? {
        return Ok(found);
    }
    for project in read.projects()?.into_iter().filter(|it| !it.archived) {
        if only.is_some_and(|it| it != project.id) {
            continue;
        }
        let months = vouched_months(session, &project)?.into_iter().filter(|it| it.is_broken());
        found.extend(months.map(|it| (project.clone(), it.month)));
    }
    Ok(found)
}
