//! Sites and their lots.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::month::Month;
use super::organisation::{Contractor, Project};
use super::percent::Percent;
use super::problem::Problem;

/// When works began: a whole month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The month of the start.
    pub month: Month,
    /// The day, where it is known.
    pub day: Option<NaiveDate>,
}

impl fmt::Display for Start {
    /// Shows `YYYY-MM-DD`, or `YYYY-MM` where the day is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            Some(day) => write!(f, "{day}"),
            None => write!(f, "{}", self.month),
        }
    }
}

impl FromStr for Start {
    type Err = Problem;

    /// Reads `YYYY-MM` or `YYYY-MM-DD`, or `MM/YYYY` or `DD/MM/YYYY` as people write them.
    fn from_str(text: &str) -> Result<Self, Problem> {
        if let Ok(month) = text.parse() {
            return Ok(Self { month, day: None });
        }
        let bad = || Problem::new("start-unreadable").with("text", text);
        let read = |form: &str| NaiveDate::parse_from_str(text.trim(), form);
        let day = read("%Y-%m-%d").or_else(|_| read("%d/%m/%Y")).map_err(|_| bad())?;
        if !(1900..=2199).contains(&day.year()) {
            return Err(bad());
        }
        Ok(Self { month: Month::of(day), day: Some(day) })
    }
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
