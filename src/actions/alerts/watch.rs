//! Looks at one lot: whether its figure is missing, and which alert stands on it.

use chrono::NaiveDate;

use super::{Alert, AlertKind, Grounds, named};
use crate::actions::failure::Failure;
use crate::actions::standing::{self, Policies, Standing, View};
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::rules::standing::{Decided, decided};
use crate::rules::{Consequences, MonthReport, Outcome, next_consequences};
use crate::store::read::Reader;

/// What the lots of one project are looked at with.
pub struct Watch {
    policies: Policies,
    due: Month,
    asked: Option<Month>,
    today: NaiveDate,
}

/// What one lot adds to the board.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Whether the month that is due, or that was asked for, expects its figure.
    pub expected: bool,
    /// The first month without a figure, where the figure of that month is missing.
    pub missing_since: Option<Month>,
    /// The alert that stands.
    pub found: Option<Box<Found>>,
    /// Whether there is no duration, so that nothing can be judged.
    pub to_complete: bool,
}

/// An alert that stands on a lot.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is about.
    pub kind: AlertKind,
    /// The month that it is about.
    pub month: Month,
    /// The month in which it was found.
    pub report: MonthReport,
    /// What comes next.
    pub next: Consequences,
    /// How many months since have no figure.
    pub missing_months: u16,
}

impl Watch {
    /// Prepares to look at the lots of a project, as they stand today or at `asked`.
    pub fn new(terms: &Terms, project: Id<Project>, today: NaiveDate, asked: Option<Month>) -> Self {
        let due = standing::due_month(terms, project, today);
        Self { policies: Policies::of(terms, project), due, asked, today }
    }

    /// Returns the last month that is due.
    pub const fn due(&self) -> Month {
        self.due
    }

    /// Returns the month whose figures are looked for.
    pub fn month(&self) -> Month {
        self.asked.unwrap_or(self.due)
    }

    /// Returns the policies of the project.
    pub const fn policies(&self) -> &Policies {
        &self.policies
    }

    /// Looks at one lot.
    pub fn look(&self, read: Reader<'_>, lot: Id<Lot>, kept: &Standing) -> Result<Looked, Failure> {
        let month = self.asked.unwrap_or_else(|| standing::month_to_show(kept, self.today));
        let view = standing::view(read, lot, kept, month, self.due, &self.policies)?;
        self.look_at(read, lot, kept, &view)
    }

    /// Looks at one lot of which the month to show is known.
    pub fn look_at(
        &self,
        read: Reader<'_>,
        lot: Id<Lot>,
        kept: &Standing,
        view: &View,
    ) -> Result<Looked, Failure> {
        let to_complete = kept.lacks_duration() && view.tracker.state().is_open();
        let (expected, missing_since) = self.missing(read, lot, kept, view)?;
        let settled = self.asked.is_none() && self.is_settled(kept);
        let found = if settled { None } else { self.found(kept, view) };
        Ok(Looked { expected, missing_since, found, to_complete })
    }

    fn found(&self, kept: &Standing, view: &View) -> Option<Box<Found>> {
        let shown = view.months[0];
        let stands = if shown.missing && AlertKind::of(&shown).is_none() { view.judged } else { Some(shown) };
        let shown = stands?;
        AlertKind::of(&shown)?;
        // A demobilisation that waits is explained by the month in which it was found.
        let finding = view.finding.filter(|_| shown.outcome == Outcome::Demobilisation);
        let waiting = u16::from(view.months[0].missing && view.months[0].month > self.due);
        let missing_months = view.tracker.missing_months().saturating_sub(waiting);
        let report = finding.unwrap_or(shown);
        let coming = view.months[0].month.next();
        let next = next_consequences(&view.tracker, &kept.facts(self.policies.timeline()), coming);
        let (kind, month) = (AlertKind::of(&report)?, shown.month);
        Some(Box::new(Found { kind, month, report, next, missing_months }))
    }

    /// Tells whether a decision has taken the lot out of the follow-up by today.
    fn is_settled(&self, kept: &Standing) -> bool {
        let decided = decided(kept.decisions(), Month::of(self.today));
        matches!(decided, Decided::Demobilised | Decided::Closed)
    }

    /// Tells whether the figure of the month that is due is expected, and since when it is missing.
    fn missing(
        &self,
        read: Reader<'_>,
        lot: Id<Lot>,
        kept: &Standing,
        shown: &View,
    ) -> Result<(bool, Option<Month>), Failure> {
        let asked = self.month();
        if asked > self.due {
            return Ok((false, None));
        }
        let own;
        let view = if shown.months[0].month == asked {
            shown
        } else {
            own = standing::view(read, lot, kept, asked, self.due, &self.policies)?;
            &own
        };
        let report = &view.months[0];
        Ok((report.expected, report.missing.then(|| view.missing_since.unwrap_or(asked))))
    }

    /// Makes the alert of a lot: its names, the policy that judged it, what comes next.
    pub fn alert(&self, read: Reader<'_>, found: &Found, lot: Id<Lot>) -> Result<Option<Alert>, Failure> {
        let Some((site, lot)) = named(read, lot)? else { return Ok(None) };
        let report = found.report;
        let grounds = Grounds::Rule {
            policy: *self.policies.timeline().at(report.month),
            next: Box::new(found.next),
            missing_months: found.missing_months,
            report: Box::new(report),
            lot: Box::new(lot),
            site: Box::new(site.clone()),
        };
        let since = report.since.unwrap_or(report.month);
        Ok(Some(Alert { kind: found.kind, project: site.project, month: found.month, since, grounds }))
    }
}
