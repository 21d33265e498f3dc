//! Brings a reading of a workbook into the base: matched, compared, accepted as one op.

mod accept;
mod compare;
mod matching;
mod resemblance;

pub use accept::accept;
pub use compare::{PlannedValue, ValueKind};
pub use matching::{Match, MatchedLine, MatchedSite};

use super::failure::Failure;
use super::session::Session;
use crate::import::Reading;
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

    /// Counts the sites of the base that the file describes more fully or otherwise.
    pub fn changed_sites(&self) -> usize {
        self.sites.iter().filter(|it| !it.site.is_new() && it.describes_more()).count()
    }
}

/// Matches a reading with the base and compares every value.
pub fn plan(session: &Session, reading: Reading, options: Options) -> Result<Plan, Failure> {
    let read = session.store.read();
    let known = matching::Known::load(read)?;
    let mut doubts = Vec::new();
    let projects = matching::projects(&known, &reading);
    let contractors = matching::contractors(&known, &reading, &mut doubts);
    let sites = matching::sites(&known, &reading, &projects, options.duration_months, &mut doubts)?;
    let lines = matching::lines(&known, &reading, &sites, &contractors);
    let (values, identical) = compare::values(read, &reading, &lines)?;
    Ok(Plan { reading, options, projects, contractors, sites, lines, values, identical, doubts })
}

/// Makes an identifier for something new.
fn fresh<T>() -> Id<T> {
    super::session::new_id()
}
