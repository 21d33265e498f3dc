//! Finds in the base what a reading names: projects, contractors, sites, lots.

use std::collections::{HashMap, HashSet};

use super::fresh;
use super::resemblance::resembling;
use crate::actions::failure::Failure;
use crate::actions::register::lot::WHOLE;
use crate::actions::register::site::SiteFields;
use crate::import::{LineRecord, Reading, SiteRecord};
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Project};
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::fold;
use crate::store::read::Reader;

/// Something of the reading: known in the base, or to be made.
#[derive(Debug)]
pub enum Match<T> {
    /// The base has it.
    Known(Id<T>),
    /// It will be made with this identifier.
    New(Id<T>),
}

impl<T> Match<T> {
    /// Returns the identifier, known or to be.
    pub const fn id(&self) -> Id<T> {
        match self {
            Self::Known(id) | Self::New(id) => *id,
        }
    }

    /// Tells whether it will be made.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }
}

/// A site of the reading.
#[derive(Debug)]
pub struct MatchedSite {
    /// Known or new.
    pub site: Match<Site>,
    /// Index into the projects of the plan.
    pub project: usize,
    /// What the file says that the base does not have.
    pub fields: SiteFields,
}

impl MatchedSite {
    /// Tells whether the file says something of the site that the base does not have.
    pub fn describes_more(&self) -> bool {
        let it = &self.fields;
        it.code.is_some()
            || it.address.is_some()
            || it.start.is_some()
            || it.duration_months.is_some()
            || it.initial.is_some()
    }
}

/// A line of the reading.
#[derive(Debug)]
pub struct MatchedLine {
    /// Known or new.
    pub lot: Match<Lot>,
    /// Name of a new lot.
    pub name: String,
    /// Indexes into the contractors of the plan.
    pub contractors: Vec<usize>,
    /// Whether the lot of the base gets these contractors: it had none.
    pub names_contractors: bool,
    /// Contract amount, where the lot has no weight yet.
    pub weight: Option<i64>,
}

/// What the base has.
pub struct Known {
    projects: Vec<Project>,
    contractors: Vec<Contractor>,
    sites: Vec<Site>,
    lots: HashMap<Id<Site>, Vec<Lot>>,
}

impl Known {
    /// Loads what can be matched.
    pub fn load(read: Reader<'_>) -> Result<Self, Failure> {
        let mut lots: HashMap<Id<Site>, Vec<Lot>> = HashMap::new();
        for lot in read.lots()?.into_iter().filter(|it| !it.archived) {
            lots.entry(lot.site).or_default().push(lot);
        }
        let projects = read.projects()?.into_iter().filter(|it| !it.archived).collect();
        let sites = read.sites()?.into_iter().filter(|it| !it.archived).collect();
        Ok(Self { projects, contractors: read.contractors()?, sites, lots })
    }
}

/// Matches projects by folded name.
pub fn projects(known: &Known, reading: &Reading) -> Vec<(String, Match<Project>)> {
    let by_name: HashMap<String, Id<Project>> =
        known.projects.iter().map(|it| (same(&it.name), it.id)).collect();
    distinct(reading.sites.iter().map(|it| it.project.as_str()), &by_name)
}

/// Matches contractors by folded name.
pub fn contractors(
    known: &Known,
    reading: &Reading,
    doubts: &mut Vec<Problem>,
) -> Vec<(String, Match<Contractor>)> {
    let by_name: HashMap<String, Id<Contractor>> =
        known.contractors.iter().map(|it| (same(&it.party.name), it.id)).collect();
    let names = reading.lines.iter().flat_map(|it| it.contractors.iter().map(String::as_str));
    let found = distinct(names, &by_name);
    let new = found.iter().filter(|(_, it)| it.is_new()).map(|(name, _)| name.as_str());
    let old = known.contractors.iter().map(|it| it.party.name.as_str());
    doubts.extend(resembling(new, old, "import-contractor-resembles"));
    found
}

/// Folds a name for matching; `&` is a word: "A & B" and "A, B" are not the same firms.
fn same(name: &str) -> String {
    fold(&name.replace('&', " et "))
}

fn distinct<'a, T>(
    names: impl Iterator<Item = &'a str>,
    by_name: &HashMap<String, Id<T>>,
) -> Vec<(String, Match<T>)> {
    let mut found: Vec<(String, Match<T>)> = Vec::new();
    let mut seen = HashSet::new();
    for name in names {
        let folded = same(name);
        if !seen.contains(&folded) {
            let matched = by_name.get(&folded).map_or_else(|| Match::New(fresh()), |it| Match::Known(*it));
            found.push((name.to_owned(), matched));
            seen.insert(folded);
        }
    }
    found
}

/// Matches sites of a project by code, else by folded name.
pub fn sites(
    known: &Known,
    reading: &Reading,
    projects: &[(String, Match<Project>)],
    duration: Option<u16>,
    doubts: &mut Vec<Problem>,
) -> Result<Vec<MatchedSite>, Failure> {
    let index: HashMap<String, usize> =
        projects.iter().enumerate().map(|(at, (name, _))| (same(name), at)).collect();
    let mut by_project: HashMap<Id<Project>, Vec<&Site>> = HashMap::new();
    for site in &known.sites {
        by_project.entry(site.project).or_default().push(site);
    }
    let finders: HashMap<Id<Project>, Finder<'_>> =
        by_project.into_iter().map(|(id, sites)| (id, Finder::new(sites))).collect();
    let mut matched = Vec::with_capacity(reading.sites.len());
    for record in &reading.sites {
        let project = index.get(&same(&record.project)).copied().unwrap_or_default();
        let project_id = projects.get(project).map(|(_, it)| it.id());
        let site =
            project_id.and_then(|it| finders.get(&it)).map(|it| it.find(record)).transpose()?.flatten();
        let fields = fields(record, site, project_id, duration);
        if let Some(site) = site {
            doubts.extend(described_otherwise(record, site));
        }
        let found = site.map_or_else(|| Match::New(fresh()), |it| Match::Known(it.id));
        matched.push(MatchedSite { site: found, project, fields });
    }
    let new =
        reading.sites.iter().zip(&matched).filter(|(record, it)| it.site.is_new() && record.code.is_empty());
    let old = known.sites.iter().map(|it| it.name.as_str());
    doubts.extend(resembling(new.map(|(record, _)| record.name.as_str()), old, "import-site-resembles"));
    Ok(matched)
}

/// The sites of one project, by code and by name.
struct Finder<'a> {
    by_code: HashMap<String, Vec<&'a Site>>,
    by_name: HashMap<String, Vec<&'a Site>>,
}

impl<'a> Finder<'a> {
    fn new(sites: Vec<&'a Site>) -> Self {
        let (mut by_code, mut by_name) = (HashMap::new(), HashMap::new());
        for site in sites {
            by_code.entry(fold(&site.code)).or_insert_with(Vec::new).push(site);
            by_name.entry(fold(&site.name)).or_insert_with(Vec::new).push(site);
        }
        Self { by_code, by_name }
    }

    /// Finds the site of a record. A code that differs is another site, whatever the name.
    fn find(&self, record: &SiteRecord) -> Result<Option<&'a Site>, Problem> {
        if !record.code.is_empty()
            && let Some(found) = self.by_code.get(&fold(&record.code))
        {
            return one_of(found, record);
        }
        let same_name = self.by_name.get(&fold(&record.name)).map_or(&[][..], Vec::as_slice);
        let possible: Vec<&Site> =
            same_name.iter().filter(|it| record.code.is_empty() || it.code.is_empty()).copied().collect();
        one_of(&possible, record)
    }
}

fn one_of<'a>(found: &[&'a Site], record: &SiteRecord) -> Result<Option<&'a Site>, Problem> {
    match found {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => {
            let codes =
                several.iter().map(|it| format!("{} {}", it.code, it.name)).collect::<Vec<_>>().join(" ; ");
            Err(Problem::new("import-site-ambiguous").with("name", &record.name).with("found", codes))
        }
    }
}

/// Returns what the file says of a site that the base does not have.
fn fields(
    record: &SiteRecord,
    site: Option<&Site>,
    project: Option<Id<Project>>,
    duration: Option<u16>,
) -> SiteFields {
    let text = |new: &str, old: Option<&String>| {
        Some(new.to_owned()).filter(|it| !it.is_empty() && old.is_none_or(String::is_empty))
    };
    let known_duration = site.and_then(|it| it.duration_months);
    SiteFields {
        project: if site.is_none() { project } else { None },
        code: text(&record.code, site.map(|it| &it.code)),
        name: if site.is_none() { Some(record.name.clone()) } else { None },
        address: text(&record.address, site.map(|it| &it.address)),
        start: record.start.filter(|_| site.is_none_or(|it| it.start.is_none())),
        duration_months: record.duration_months.or(duration).filter(|_| known_duration.is_none()),
        initial: record.initial.filter(|it| it.0 != 0 && site.is_none_or(|it| it.initial.0 == 0)),
        ..SiteFields::default()
    }
}

/// Says where the file describes a known site otherwise: the base is kept.
fn described_otherwise(record: &SiteRecord, site: &Site) -> Option<Problem> {
    let duration = record.duration_months.zip(site.duration_months).filter(|(new, old)| new != old);
    let start = record.start.zip(site.start).filter(|(new, old)| new.month != old.month);
    if duration.is_none() && start.is_none() {
        return None;
    }
    let show = |start: Option<String>, duration: Option<u16>| {
        format!("{} / {}", start.unwrap_or_default(), duration.map_or_else(String::new, |it| it.to_string()))
    };
    let file = show(record.start.map(|it| it.to_string()), record.duration_months);
    let base = show(site.start.map(|it| it.to_string()), site.duration_months);
    let name = if site.code.is_empty() { &site.name } else { &site.code };
    Some(Problem::new("import-site-otherwise").with("site", name).with("file", file).with("base", base))
}

/// Matches lines with the lots of their sites: by name, by contractors, or as the only lot.
pub fn lines(
    known: &Known,
    reading: &Reading,
    sites: &[MatchedSite],
    contractors: &[(String, Match<Contractor>)],
) -> Vec<MatchedLine> {
    let index: HashMap<String, usize> =
        contractors.iter().enumerate().map(|(at, (name, _))| (same(name), at)).collect();
    let mut lines_of_site: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, line) in reading.lines.iter().enumerate() {
        lines_of_site.entry(line.site).or_default().push(at);
    }
    let mut taken: Vec<Id<Lot>> = Vec::new();
    let mut matched = Vec::with_capacity(reading.lines.len());
    for line in &reading.lines {
        let firms: Vec<usize> =
            line.contractors.iter().filter_map(|it| index.get(&same(it)).copied()).collect();
        let alone = lines_of_site.get(&line.site).is_some_and(|it| it.len() == 1);
        let site = sites.get(line.site as usize);
        let lots = site.filter(|it| !it.site.is_new()).and_then(|it| known.lots.get(&it.site.id()));
        let ids: Vec<Id<Contractor>> = firms.iter().map(|it| contractors[*it].1.id()).collect();
        let lot = lots.and_then(|it| find_lot(it, line, &ids, alone, &taken));
        taken.extend(lot.map(|it| it.id));
        let amount = reading.sites.get(line.site as usize).and_then(|it| it.amount_hundredths);
        matched.push(MatchedLine {
            name: lot_name(line, alone && lots.is_none_or(Vec::is_empty)),
            names_contractors: lot.is_some_and(|it| it.contractors.is_empty()) && !firms.is_empty(),
            weight: amount.filter(|_| alone && lot.is_none_or(|it| it.weight.is_none())),
            lot: lot.map_or_else(|| Match::New(fresh()), |it| Match::Known(it.id)),
            contractors: firms,
        });
    }
    matched
}

fn find_lot<'a>(
    lots: &'a [Lot],
    line: &LineRecord,
    contractors: &[Id<Contractor>],
    alone: bool,
    taken: &[Id<Lot>],
) -> Option<&'a Lot> {
    let free = || lots.iter().filter(|it| !taken.contains(&it.id));
    if !line.lot.is_empty() {
        return free().find(|it| fold(&it.name) == fold(&line.lot));
    }
    let same = |it: &&Lot| {
        it.contractors.len() == contractors.len() && it.contractors.iter().all(|id| contractors.contains(id))
    };
    let whole = || free().next().filter(|it| lots.len() == 1 && (alone || it.contractors.is_empty()));
    free().find(same).or_else(whole)
}

/// Names a new lot: as the file does, "Ensemble" when it is the only one, else after its contractors.
fn lot_name(line: &LineRecord, only: bool) -> String {
    if !line.lot.is_empty() {
        return line.lot.clone();
    }
    if only || line.contractors.is_empty() { WHOLE.to_owned() } else { line.contractors.join(" / ") }
}
