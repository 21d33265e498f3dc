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
        let projects: HashMap<_, _> = read.projects()?.into_iter().map(|it| (it.id, it)).collect();
        let contractors = read.contractors()?.into_iter().map(|it| (it.id, it)).collect();
        let mut places = match selection {
            Selection::All => all_places(read)?,
            Selection::Project(id) => places(read, read.sites_of(id)?)?,
            Selection::Site(id) => places(read, read.site(id)?.into_iter().collect())?,
        };
        places.retain(|it| !it.site.archived && projects.get(&it.site.project).is_none_or(|it| !it.archived));
        let name = |it: &Place| projects.get(&it.site.project).map_or("", |it| it.name.as_str());
        places.sort_by(|a, b| {
            (name(a), &a.site.code, &a.site.name).cmp(&(name(b), &b.site.code, &b.site.name))
        });
        Ok(Self { projects, contractors, places })
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

fn places(read: Reader<'_>, sites: Vec<Site>) -> Result<Vec<Place>, Failure> {
    sites
        .into_iter()
        .map(|site| {
            let lots = read.lots_of(site.id)?.into_iter().filter(|it| !it.archived).collect();
            Ok(Place { site, lots })
        })
        .collect()
}

fn all_places(read: Reader<'_>) -> Result<Vec<Place>, Failure> {
    let mut by_site: HashMap<Id<Site>, Vec<Lot>> = HashMap::new();
    for lot in read.lots()?.into_iter().filter(|it| !it.archived) {
        by_site.entry(lot.site).or_default().push(lot);
    }
    let sites = read.sites()?.into_iter();
    Ok(sites.map(|site| Place { lots: by_site.remove(&site.id).unwrap_or_default(), site }).collect())
}
