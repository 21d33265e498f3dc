//! What a workbook says, before it is laid out.

use chrono::NaiveDate;

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

/// The follow-up of some projects up to a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkbookContent {
    /// The month M of the synthesis.
    pub month: Month,
    /// The day on which the workbook is made.
    pub today: NaiveDate,
    /// The projects, in order.
    pub projects: Vec<ProjectContent>,
}

/// A project with its sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectContent {
    /// Name.
    pub name: String,
    /// Name of the client.
    pub client: String,
    /// The sites, in order.
    pub sites: Vec<SiteContent>,
}

/// A site with its lots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteContent {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Start of works, where known.
    pub start: Option<Start>,
    /// Contractual duration, where known.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Percent,
    /// The lots, in order; at least one.
    pub lots: Vec<LotContent>,
}

/// A lot with its months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotContent {
    /// Name; not written while the lot is the only one of its site.
    pub name: String,
    /// Names of the contractors, in order.
    pub contractors: Vec<String>,
    /// The months, in order.
    pub months: Vec<MonthContent>,
}

/// A month of a lot. Rates are decimal texts in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthContent {
    /// The month.
    pub month: Month,
    /// Cumulative progress.
    pub cumulative: Option<Percent>,
    /// Progress of the month.
    pub month_progress: Option<Percent>,
    /// Normal rate.
    pub normal: Option<String>,
    /// Rate reached.
    pub target: Option<String>,
    /// Delay rate.
    pub delay: Option<String>,
    /// Status.
    pub status: StatusContent,
    /// Observation.
    pub observation: String,
}

/// A status as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusContent {
    /// The word, for example `Critique`.
    pub word: String,
    /// The letter that stands for it where colours are not seen.
    pub letter: String,
    /// What it means.
    pub tone: Tone,
}

/// What a status means, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As agreed or better.
    Good,
    /// Too slow.
    Problematic,
    /// Much too slow.
    Critical,
    /// Not judged.
    Neutral,
}

impl LotContent {
    /// Returns what is said of a month, where something is.
    pub(super) fn at(&self, month: Month) -> Option<&MonthContent> {
        self.months.iter().find(|it| it.month == month)
    }
}
