//! What is known of a lot when a figure is typed: its terms, its figures, what a new one would make of them.

use super::Request;
use super::Typed;
use crate::actions::failure::Failure;
use crate::actions::standing::Policies;
use crate::actions::terms::Terms;
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::clean_note;
use crate::rules::checks::{Level, check_cumulative, check_normal};
use crate::rules::{LotFacts, MonthReport, follow};
use crate::store::read::Reader;

/// A lot with all that its rules need.
pub(super) struct Case {
    pub(super) site: Site,
    pub(super) lot: Id<Lot>,
    durations: Vec<(Month, u16)>,
    decisions: Vec<crate::model::decision::Decision>,
    policies: Policies,
    pub(super) figures: Vec<Figure>,
}

impl Case {
    pub(super) fn load(read: Reader<'_>, terms: &Terms, site: &Site, lot: &Lot) -> Result<Self, Failure> {
        Ok(Self {
            site: site.clone(),
            lot: lot.id,
            durations: terms.durations(site),
            decisions: read.decisions(lot.id)?.into_iter().map(|it| it.decision).collect(),
            policies: Policies::of(terms, site.project),
            figures: read.figures(lot.id)?,
        })
    }

    pub(super) fn facts(&self) -> LotFacts<'_> {
        let (durations, decisions) = (&self.durations, &self.decisions);
        let (start, initial) = (self.site.start, self.site.initial);
        LotFacts { start, durations, initial, decisions, policies: self.policies.timeline() }
    }

    /// Returns the figure to keep, and the last known progress before its month.
    pub(super) fn figure(&self, request: &Request) -> (Figure, Percent) {
        let before = self.figures.iter().rev().find(|it| it.month < request.month && it.cumulative.is_some());
        let last = before.and_then(|it| it.cumulative);
        let known = last.unwrap_or(self.site.initial);
        let old = self.figures.iter().find(|it| it.month == request.month);
        let cumulative = match request.typed {
            None => old.and_then(|it| it.cumulative),
            Some(Typed::Cumulative(percent)) => Some(percent),
            Some(Typed::More(more)) => Some(Percent(known.0.saturating_add(more.0))),
            Some(Typed::Same) => Some(known),
            Some(Typed::NotApplicable) => None,
        };
        let normal = request.normal.or_else(|| old.and_then(|it| it.normal));
        let not_applicable = match request.typed {
            None => old.is_some_and(|it| it.not_applicable),
            Some(_) => cumulative.is_none(),
        };
        (Figure { month: request.month, cumulative, not_applicable, normal }, known)
    }

    /// Refuses what cannot be, and returns the questions that do not stop.
    pub(super) fn check(
        &self,
        request: &Request,
        new: &Figure,
        known: Percent,
        read: Reader<'_>,
    ) -> Result<Vec<Problem>, Failure> {
        if let Some(refused) = request.normal.and_then(check_normal) {
            return Err(refused.problem.into());
        }
        let Some(typed) = new.cumulative.filter(|_| request.typed.is_some()) else { return Ok(Vec::new()) };
        let normal = self
            .reports(Some(*new), new.month)
            .iter()
            .find(|it| it.month == new.month)
            .and_then(|it| it.normal);
        let mut warnings = Vec::new();
        for check in check_cumulative(typed, known, normal) {
            match check.level {
                Level::Refuse => return Err(check.problem.into()),
                Level::Explain if self.is_explained(request, read)? => {}
                Level::Explain | Level::Confirm => warnings.push(check.problem),
            }
        }
        Ok(warnings)
    }

    pub(super) fn is_explained(&self, request: &Request, read: Reader<'_>) -> Result<bool, Failure> {
        match &request.observation {
            Some(text) => Ok(!clean_note(text).is_empty()),
            None => Ok(read.observations(self.lot)?.iter().any(|it| it.month == request.month)),
        }
    }

    /// Walks the figures up to their last month, at least to `until`, with one of them replaced or added.
    pub(super) fn reports(&self, replaced: Option<Figure>, until: Month) -> Vec<MonthReport> {
        let mut figures = self.figures.clone();
        if let Some(new) = replaced.filter(|it| it.cumulative.is_some() || it.not_applicable) {
            figures.retain(|it| it.month != new.month);
            figures.push(new);
            figures.sort_by_key(|it| it.month);
        }
        let last = figures.last().map_or(until, |it| it.month.max(until));
        let mut reports = Vec::new();
        follow(&self.facts(), &figures, last, |it| reports.push(it));
        reports
    }
}
