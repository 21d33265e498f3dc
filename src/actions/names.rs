//! Finds things by what people call them: a code, a name, or its unambiguous beginning.

use super::failure::Failure;
use crate::model::id::Id;
use crate::model::organisation::{Contact, Contractor, Project};
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::fold;
use crate::store::read::Reader;

/// How many candidates an ambiguous name lists.
const CANDIDATES_MAX: usize = 6;

/// One thing, as people call it or by its identifier.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted<T> {
    /// A code, a name or its unambiguous beginning.
    Named(String),
    /// The thing itself.
    Known(Id<T>),
}

impl<T> Clone for Wanted<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Named(name) => Self::Named(name.clone()),
            Self::Known(id) => Self::Known(*id),
        }
    }
}

impl<T> From<&str> for Wanted<T> {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl<T> From<String> for Wanted<T> {
    fn from(name: String) -> Self {
        Self::Named(name)
    }
}

impl<T> From<Id<T>> for Wanted<T> {
    fn from(id: Id<T>) -> Self {
        Self::Known(id)
    }
}

/// Finds lots: all open ones of a named site, or one.
pub fn wanted_lots(read: Reader<'_>, wanted: &Wanted<Lot>) -> Result<(Site, Vec<Lot>), Failure> {
    match wanted {
        Wanted::Named(name) => lots(read, name),
        Wanted::Known(id) => {
            let (site, lot) = known_lot(read, *id)?;
            Ok((site, vec![lot]))
        }
    }
}

/// Finds one lot.
pub fn wanted_lot(read: Reader<'_>, wanted: &Wanted<Lot>) -> Result<(Site, Lot), Failure> {
    match wanted {
        Wanted::Named(name) => lot(read, name),
        Wanted::Known(id) => known_lot(read, *id),
    }
}

/// Finds a followed project.
pub fn wanted_project(read: Reader<'_>, wanted: &Wanted<Project>) -> Result<Project, Failure> {
    match wanted {
        Wanted::Named(name) => project(read, name),
        Wanted::Known(id) => known(read.projects()?, |it| it.id == *id && !it.archived),
    }
}

/// Finds a followed site.
pub fn wanted_site(read: Reader<'_>, wanted: &Wanted<Site>) -> Result<Site, Failure> {
    match wanted {
        Wanted::Named(name) => site(read, name),
        Wanted::Known(id) => known(read.site(*id)?, |it| !it.archived),
    }
}

/// Finds a contractor that is proposed.
pub fn wanted_contractor(read: Reader<'_>, wanted: &Wanted<Contractor>) -> Result<Contractor, Failure> {
    match wanted {
        Wanted::Named(name) => contractor(read, name),
        Wanted::Known(id) => known(read.contractors()?, |it| it.id == *id && !it.archived),
    }
}

/// Finds a contact that is written to.
pub fn wanted_contact(read: Reader<'_>, wanted: &Wanted<Contact>) -> Result<Contact, Failure> {
    match wanted {
        Wanted::Named(name) => contact(read, name),
        Wanted::Known(id) => known(read.contacts()?, |it| it.id == *id && !it.archived),
    }
}

/// Returns the one thing that was chosen on a screen; another person may have archived it since.
fn known<T>(things: impl IntoIterator<Item = T>, is_it: impl Fn(&T) -> bool) -> Result<T, Failure> {
    let found = things.into_iter().find(|it| is_it(it));
    found.ok_or_else(|| Problem::new("register-gone").into())
}

/// Returns a lot and its site; one that is no longer followed is a problem.
pub fn known_lot(read: Reader<'_>, id: Id<Lot>) -> Result<(Site, Lot), Failure> {
    let gone = || Failure::from(Problem::new("thing-gone"));
    let lot = read.lot(id)?.filter(|it| !it.archived).ok_or_else(gone)?;
    let site = read.site(lot.site)?.filter(|it| !it.archived).ok_or_else(gone)?;
    Ok((site, lot))
}

/// Finds the one thing that `wanted` names. `names` gives each thing's code and name; `kind` is the word for the
/// sentence (`site`, `project`, …).
pub fn find<'a, T>(
    things: &'a [T],
    wanted: &str,
    kind: &str,
    names: impl Fn(&T) -> [&str; 2],
) -> Result<&'a T, Problem> {
    let folded = fold(wanted);
    let exact: Vec<&T> =
        things.iter().filter(|it| !wanted.is_empty() && names(it).contains(&wanted)).collect();
    let same =
        || things.iter().filter(|it| names(it).iter().any(|name| !name.is_empty() && fold(name) == folded));
    let begins = || things.iter().filter(|it| names(it).iter().any(|name| fold(name).starts_with(&folded)));
    let inside = || things.iter().filter(|it| names(it).iter().any(|name| fold(name).contains(&folded)));
    let mut found = exact;
    if found.is_empty() && !folded.is_empty() {
        found = same().collect();
    }
    if found.is_empty() && !folded.is_empty() {
        found = begins().collect();
    }
    if found.is_empty() && folded.len() >= 3 {
        found = inside().collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Problem::new(&format!("{kind}-unknown")).with("name", wanted)),
        several => {
            let named = several.iter().take(CANDIDATES_MAX).map(|it| {
                let [code, name] = names(it);
                if code.is_empty() { name.to_owned() } else { format!("{code} {name}") }
            });
            let listed = named.collect::<Vec<_>>().join(" ; ");
            Err(Problem::new(&format!("{kind}-ambiguous")).with("name", wanted).with("found", listed))
        }
    }
}

/// Finds a project by name.
pub fn project(read: Reader<'_>, wanted: &str) -> Result<Project, Failure> {
    let projects: Vec<_> = read.projects()?.into_iter().filter(|it| !it.archived).collect();
    Ok(find(&projects, wanted, "project", |it| ["", &it.name])?.clone())
}

/// Finds a contractor by name.
pub fn contractor(read: Reader<'_>, wanted: &str) -> Result<Contractor, Failure> {
    let contractors: Vec<_> = read.contractors()?.into_iter().filter(|it| !it.archived).collect();
    Ok(find(&contractors, wanted, "contractor", |it| ["", &it.party.name])?.clone())
}

/// Finds a contact by name.
pub fn contact(read: Reader<'_>, wanted: &str) -> Result<Contact, Failure> {
    let contacts: Vec<_> = read.contacts()?.into_iter().filter(|it| !it.archived).collect();
    Ok(find(&contacts, wanted, "contact", |it| ["", &it.party.name])?.clone())
}

/// Finds a followed site by code or name; `PROJECT/SITE` where two projects have the same.
pub fn site(read: Reader<'_>, wanted: &str) -> Result<Site, Failure> {
    if let [one] = read.sites_coded(wanted)?.as_slice()
        && !one.archived
    {
        return Ok(one.clone());
    }
    let sites: Vec<Site> = read.sites()?.into_iter().filter(|it| !it.archived).collect();
    let found = find(&sites, wanted, "site", |it| [&it.code, &it.name]);
    match (found, wanted.split_once('/')) {
        (Ok(site), _) => Ok(site.clone()),
        (Err(problem), Some((before, rest))) => {
            let Ok(project) = project(read, before) else { return Err(problem.into()) };
            let of_project: Vec<Site> = sites.into_iter().filter(|it| it.project == project.id).collect();
            Ok(find(&of_project, rest, "site", |it| [&it.code, &it.name])?.clone())
        }
        (Err(problem), None) => Err(with_projects(read, &sites, wanted, problem)?),
    }
}

/// Says which projects the sites of an ambiguous name belong to, where the names alone do not tell them apart.
fn with_projects(
    read: Reader<'_>,
    sites: &[Site],
    wanted: &str,
    problem: Problem,
) -> Result<Failure, Failure> {
    let folded = fold(wanted);
    let same: Vec<&Site> =
        sites.iter().filter(|it| fold(&it.code) == folded || fold(&it.name) == folded).collect();
    if problem.key != "site-ambiguous" || same.len() < 2 {
        return Ok(problem.into());
    }
    let projects = read.projects()?;
    let named = same.iter().take(CANDIDATES_MAX).map(|site| {
        let project = projects.iter().find(|it| it.id == site.project).map_or("", |it| &it.name);
        format!("{project}/{wanted}")
    });
    let listed = named.collect::<Vec<_>>().join(" ; ");
    Ok(Problem::new("site-in-projects").with("name", wanted).with("found", listed).into())
}

/// Finds lots by `SITE` (all its open lots) or `SITE/LOT` (one).
pub fn lots(read: Reader<'_>, wanted: &str) -> Result<(Site, Vec<Lot>), Failure> {
    let whole = site(read, wanted);
    let (site, lot) = match (whole, wanted.rsplit_once('/')) {
        (Err(_), Some((before, lot))) => (site(read, before)?, Some(lot)),
        (found, _) => (found?, None),
    };
    let lots: Vec<_> = read.lots_of(site.id)?.into_iter().filter(|it| !it.archived).collect();
    match lot {
        Some(lot) => {
            let one = find(&lots, lot, "lot", |it| ["", &it.name])?.clone();
            Ok((site, vec![one]))
        }
        None => Ok((site, lots)),
    }
}

/// Finds one lot by `SITE` (when it has one) or `SITE/LOT`.
pub fn lot(read: Reader<'_>, wanted: &str) -> Result<(Site, Lot), Failure> {
    let (site, lots) = lots(read, wanted)?;
    match lots.as_slice() {
        [one] => Ok((site, one.clone())),
        [] => Err(Problem::new("lot-none").with("site", wanted).into()),
        several => {
            let names = several.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" ; ");
            Err(Problem::new("lot-needed").with("site", wanted).with("lots", names).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THINGS: &[[&str; 2]] = &[
        ["CH-1", "École de Ngoulémé"],
        ["CH-10", "École de Bafou"],
        ["", "Marché"],
        ["X", "Marché couvert"],
    ];

    fn named(wanted: &str) -> Result<[&'static str; 2], String> {
        find(THINGS, wanted, "site", |it| *it).copied().map_err(|it| it.key)
    }

    #[test]
    fn a_code_a_name_or_its_beginning_names_a_thing() {
        assert_eq!(named("CH-1"), Ok(THINGS[0]), "an exact code wins over a longer one");
        assert_eq!(named("ch 10"), Ok(THINGS[1]));
        assert_eq!(named("marche"), Ok(THINGS[2]), "a whole name wins over a beginning");
        assert_eq!(named("ecole de b"), Ok(THINGS[1]));
        assert_eq!(named("bafou"), Ok(THINGS[1]));
        assert_eq!(named("ecole"), Err("site-ambiguous".into()));
        assert_eq!(named("CH"), Err("site-ambiguous".into()));
        for unknown in ["", "%", "lycée", "' OR 1=1"] {
            assert_eq!(named(unknown), Err("site-unknown".into()), "{unknown}");
        }
    }
}
