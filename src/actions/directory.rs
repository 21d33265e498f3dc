//! Names of projects, sites, lots and contractors, loaded for what is shown.

use std::collections::HashMap;

use super::failure::Failure;
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Project};
use crate::model::site::{Lot, Site};
use crate::store::read::Reader;

/// What to show.
#[derive(Clone, Copy, Debug)]
pub enum Selection {
    /// Everything followed.
    All,
    /// One project.
    Project(Id<Project>),
    /// One site.
    Site(Id<Site>),
}

/// A site with its lots, as shown.
#[derive(Clone, Debug)]
pub struct Place {
    /// The site.
    pub site: Site,
    /// Its open lots, in order.
    pub lots: Vec<Lot>,
}

/// Names, by identifier.
pub struct Directory {
    /// Every project.
    pub projects: HashMap<Id<Project>, Project>,
    /// Every contractor.
    pub contractors: HashMap<Id<Contractor>, Contractor>,
    /// Followed sites, by project name, code and name.
    pub places: Vec<Place>,
}

impl Directory {
    /// Loads the names of a selection, archived sites and lots left out.
    pub fn load(read: Reader<'_>, selection: Selection) -> Result<Self, Failure> {
        let names = Self::names(read)?;
        let places = match selection {
            Selection::All => gathered(read.sites()?, read.lots()?),
            Selection::Project(id) => gathered(read.sites_of(id)?, read.lots_of_project(id)?),
            Selection::Site(id) => gathered(read.site(id)?.into_iter().collect(), read.lots_of(id)?),
        };
        Ok(Self { places: names.in_order(places), ..names })
    }

    /// Loads the names of projects and contractors, without places.
    pub fn names(read: Reader<'_>) -> Result<Self, Failure> {
        let projects = read.projects()?.into_iter().map(|it| (it.id, it)).collect();
        let contractors = read.contractors()?.into_iter().map(|it| (it.id, it)).collect();
        Ok(Self { projects, contractors, places: Vec::new() })
    }

    /// Loads the places of one project, with the names that are known.
    pub fn places_of(&self, read: Reader<'_>, project: Id<Project>) -> Result<Vec<Place>, Failure> {
        Ok(self.in_order(gathered(read.sites_of(project)?, read.lots_of_project(project)?)))
    }

    /// Leaves out what is archived; sorts by project name, code and name.
    fn in_order(&self, mut places: Vec<Place>) -> Vec<Place> {
        places.retain(|it| {
            !it.site.archived && self.projects.get(&it.site.project).is_none_or(|it| !it.archived)
        });
        let name = |it: &Place| self.project(it.site.project);
        places.sort_by(|a, b| {
            (name(a), &a.site.code, &a.site.name).cmp(&(name(b), &b.site.code, &b.site.name))
        });
        places
    }

    /// Returns the name of a project.
    pub fn project(&self, id: Id<Project>) -> &str {
        self.projects.get(&id).map_or("", |it| &it.name)
    }

    /// Returns the names of the contractors of a lot.
    pub fn contractors_of(&self, lot: &Lot) -> Vec<String> {
        lot.contractors
            .iter()
            .filter_map(|it| self.contractors.get(it))
            .map(|it| it.party.name.clone())
            .collect()
    }
}

/// Puts lots under their sites, archived lots left out.
fn gathered(sites: Vec<Site>, lots: Vec<Lot>) -> Vec<Place> {
    let mut by_site: HashMap<Id<Site>, Vec<Lot>> = HashMap::new();
    for lot in lots.into_iter().filter(|it| !it.archived) {
        by_site.entry(lot.site).or_default().push(lot);
    }
    let place = |site: Site| Place { lots: by_site.remove(&site.id).unwrap_or_default(), site };
    sites.into_iter().map(place).collect()
}
