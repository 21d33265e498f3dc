//! Sites and their lots.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::month::Month;
use super::organisation::{Contractor, Project};
use super::percent::Percent;

/// When works began: a whole month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The month of the start.
    pub month: Month,
    /// The day, where it is known.
    pub day: Option<NaiveDate>,
}

/// A construction site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Identifier.
    pub id: Id<Site>,
    /// The project that it belongs to.
    pub project: Id<Project>,
    /// Human code, for example `CH-2026-001`; may be empty.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Maître d'œuvre.
    pub architect: String,
    /// Person in charge on the site.
    pub manager: String,
    /// Start of works, where known.
    pub start: Option<Start>,
    /// Contractual duration in months, where known.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Percent,
    /// No longer followed.
    pub archived: bool,
}

/// What one contractor, or several together, build on a site. The unit of follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Identifier.
    pub id: Id<Lot>,
    /// The site that it belongs to.
    pub site: Id<Site>,
    /// Name; "Ensemble" while it is the only one.
    pub name: String,
    /// Weight in the site's progress, in hundredths; `None` counts as equal.
    pub weight: Option<i64>,
    /// The contractors, in order.
    pub contractors: Vec<Id<Contractor>>,
    /// No longer followed.
    pub archived: bool,
}
