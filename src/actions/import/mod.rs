//! Brings a reading of a workbook into the base: matched, compared, accepted as one op.

mod accept;
mod compare;
mod matching;
mod resemblance;

use std::collections::HashSet;

pub use accept::{accept, bring_in};
pub use compare::{PlannedValue, ValueKind};
pub use matching::{Match, MatchedLine, MatchedSite};

use super::failure::Failure;
use super::session::Session;
use crate::import::{Cell, EntryRecord, LineRecord, Reading, Remark, RemarkKind, SiteRecord};
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Project};
use crate::model::problem::Problem;

/// What the user said beside the file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The duration of sites for which neither the file nor the base has one.
    pub duration_months: Option<u16>,
    /// The name of the organisation that is made when there is none.
    pub organisation: String,
}

/// What accepting a reading would do.
#[derive(Debug)]
pub struct Plan {
    /// The last op of the base that the plan was made for.
    pub seen: i64,
    /// The reading.
    pub reading: Reading,
    /// What the user said.
    pub options: Options,
    /// Projects by name: known or new.
    pub projects: Vec<(String, Match<Project>)>,
    /// Contractors by name: known or new.
    pub contractors: Vec<(String, Match<Contractor>)>,
    /// The sites of the reading, by its indexes.
    pub sites: Vec<MatchedSite>,
    /// The lines of the reading, by its indexes.
    pub lines: Vec<MatchedLine>,
    /// The values that are new or changed; `identical` counts the others.
    pub values: Vec<PlannedValue>,
    /// How many values the base already has.
    pub identical: usize,
    /// Indexes of the sites that have several lines.
    pub several_lines: HashSet<u32>,
    /// What a person should look at: names that resemble known ones, sites described otherwise.
    pub doubts: Vec<Problem>,
}

impl Plan {
    /// Counts the values of a kind.
    pub fn count(&self, kind: ValueKind) -> usize {
        self.values.iter().filter(|it| it.kind == kind).count()
    }

    /// Counts the sites that are new.
    pub fn new_sites(&self) -> usize {
        self.sites.iter().filter(|it| it.site.is_new()).count()
    }

    /// Counts the projects that are new.
    pub fn new_projects(&self) -> usize {
        self.projects.iter().filter(|(_, it)| it.is_new()).count()
    }

    /// Counts the contractors that are new.
    pub fn new_contractors(&self) -> usize {
        self.contractors.iter().filter(|(_, it)| it.is_new()).count()
    }

    /// Counts the values and rows that were refused.
    pub fn rejected(&self) -> usize {
        let refused = |it: &&Remark| matches!(it.kind, RemarkKind::RejectRow | RemarkKind::RejectValue);
        self.reading.remarks.iter().filter(refused).count()
    }

    /// Tells whether accepting would write nothing.
    pub fn changes_nothing(&self) -> bool {
        let lines =
            self.lines.iter().any(|it| it.lot.is_new() || it.names_contractors || it.weight.is_some());
        self.values.is_empty() && self.new_sites() == 0 && self.changed_sites() == 0 && !lines
    }

    /// Returns what a value is about.
    pub fn subject<'a>(&'a self, value: &PlannedValue) -> Option<Subject<'a>> {
        let entry = self.reading.entries.get(value.entry)?;
        let line = self.reading.lines.get(entry.line as usize)?;
        let site = self.reading.sites.get(line.site as usize)?;
        let mut place = if site.code.is_empty() { site.name.clone() } else { site.code.clone() };
        if self.several_lines.contains(&line.site) {
            place.push_str(" / ");
            place.push_str(&if line.lot.is_empty() {
                line.contractors.join(" / ")
            } else {
                line.lot.clone()
            });
        }
        Some(Subject { entry, line, site, place, address: self.cell_address(entry.cell) })
    }

    /// Names the place of a remark: `Sheet!B12`, or a row; `None` where it is about no single one.
    pub fn address(&self, remark: &Remark) -> Option<String> {
        let row = Some(remark.row).filter(|it| *it > 0).map(|it| it.to_string());
        remark.cell.map(|it| self.cell_address(it)).or(row)
    }

    /// Names a cell: `Sheet!B12`, or the cell alone in a text table.
    pub fn cell_address(&self, cell: Cell) -> String {
        match self.reading.sheets.get(usize::from(cell.sheet)).filter(|it| !it.is_empty()) {
            Some(sheet) => format!("{sheet}!{cell}"),
            None => cell.to_string(),
        }
    }

    /// Counts the sites of the base that the file describes more fully or otherwise.
    pub fn changed_sites(&self) -> usize {
        self.sites.iter().filter(|it| !it.site.is_new() && it.describes_more()).count()
    }
}

/// What a value is about.
pub struct Subject<'a> {
    /// The entry of the reading.
    pub entry: &'a EntryRecord,
    /// Its line.
    pub line: &'a LineRecord,
    /// Its site.
    pub site: &'a SiteRecord,
    /// The site's code or name, with the lot where the file has several.
    pub place: String,
    /// Where it stands in the file.
    pub address: String,
}

/// Matches a reading with the base and compares every value.
pub fn plan(session: &Session, reading: Reading, options: Options) -> Result<Plan, Failure> {
    let read = session.store.read();
    let seen = read.last_op()?;
    let known = matching::Known::load(read)?;
    let mut doubts = Vec::new();
    let projects = matching::projects(&known, &reading);
    let contractors = matching::contractors(&known, &reading, &mut doubts);
    let sites = matching::sites(&known, &reading, &projects, options.duration_months, &mut doubts)?;
    let lines = matching::lines(&known, &reading, &sites, &contractors);
    let (values, identical) = compare::values(read, &reading, &lines)?;
    let mut met = HashSet::new();
    let several_lines = reading.lines.iter().map(|it| it.site).filter(|it| !met.insert(*it)).collect();
    Ok(Plan {
        seen,
        reading,
        options,
        projects,
        contractors,
        sites,
        lines,
        values,
        identical,
        several_lines,
        doubts,
    })
}

/// Makes an identifier for something new.
fn fresh<T>() -> Id<T> {
    super::session::new_id()
}
