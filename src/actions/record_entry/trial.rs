//! Tries a figure out while it is typed.

use super::case::Case;
use super::{Request, Typed};
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::session::Session;
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::rules::MonthReport;
use crate::rules::checks::{Level, check_cumulative};

/// What a typed figure would do, worked out again for every key without reading anything.
pub struct Trial {
    case: Case,
    month: Month,
}

/// What a typed figure would do.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What the rules would say of the month.
    pub report: MonthReport,
    /// Why it would be refused.
    pub refused: Option<Problem>,
    /// Whether it would ask a question: falling or unusual figures.
    pub doubtful: bool,
    /// Whether the figure lies below the last known one: it may not be complete yet.
    pub falls: bool,
}

impl Trial {
    /// Reads what typing for a lot and month needs.
    pub fn new(session: &Session, lot: Id<Lot>, month: Month) -> Result<Self, Failure> {
        let read = session.store.read();
        let (site, lot) = names::known_lot(read, lot)?;
        let terms = Terms::load(read)?;
        Ok(Self { case: Case::load(read, &terms, &site, &lot)?, month })
    }

    /// Returns the lot.
    pub const fn lot(&self) -> Id<Lot> {
        self.case.lot
    }

    /// Works out what a figure would do.
    pub fn attempt(&self, typed: Typed) -> Tried {
        let request = Request::of(self.case.lot, self.month, typed);
        let (new, known) = self.case.figure(&request);
        let reports = self.case.reports(Some(new), self.month);
        let report = reports.iter().find(|it| it.month == self.month).copied();
        let report = report.unwrap_or_else(|| MonthReport::outside(self.month));
        let checks = new.cumulative.map_or_else(Vec::new, |it| check_cumulative(it, known, report.normal));
        let refused = checks.iter().find(|it| it.level == Level::Refuse).map(|it| it.problem.clone());
        let falls = new.cumulative.is_some_and(|it| it < known);
        Tried { report, refused, doubtful: !checks.is_empty(), falls }
    }
}
