//! Records one figure: what is typed, what it changes, what it leads to.

use std::str::FromStr;

use super::failure::Failure;
use super::names::{self, Wanted};
use super::op::{Note, OpName};
use super::session::{Session, new_id};
use super::standing::Policies;
use super::terms::Terms;
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::{NAME_CHARS_MAX, clean_line, clean_note};
use crate::rules::checks::{Level, check_cumulative, check_normal};
use crate::rules::{LotFacts, MonthReport, Outcome, follow, missing};
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What can be typed for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// `12,5` or `12.5`: the cumulative progress.
    Cumulative(Percent),
    /// `+3,5`: so much more than the last figure.
    More(Percent),
    /// `=`: the last figure again.
    Same,
    /// `-`: sans objet.
    NotApplicable,
}

impl FromStr for Typed {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.trim() {
            "=" => Ok(Self::Same),
            "-" | "\u{2212}" => Ok(Self::NotApplicable),
            typed => match typed.strip_prefix('+') {
                Some(more) => more.parse().map(Self::More),
                None => typed.parse().map(Self::Cumulative),
            },
        }
    }
}

/// What is recorded for one lot and month.
#[derive(Clone, Debug)]
pub struct Request {
    /// The lot.
    pub place: Wanted<Lot>,
    /// The month.
    pub month: Month,
    /// What was typed; `None` keeps the figure, for an observation alone.
    pub typed: Option<Typed>,
    /// Replaces the observation of the month.
    pub observation: Option<String>,
    /// Cause of a delay.
    pub cause: Option<String>,
    /// Who answers for it.
    pub attribution: Option<String>,
    /// Normal rate of this month, instead of 100 / duration.
    pub normal: Option<Percent>,
}

impl Request {
    /// Asks for a figure alone.
    pub const fn of(lot: Id<Lot>, month: Month, typed: Typed) -> Self {
        let place = Wanted::Known(lot);
        let (observation, cause, attribution) = (None, None, None);
        Self { place, month, typed: Some(typed), observation, cause, attribution, normal: None }
    }
}

/// A month whose outcome is another than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// The month.
    pub month: Month,
    /// What the rules found before.
    pub old: Outcome,
    /// What they find now.
    pub new: Outcome,
}

/// What recording did.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The site.
    pub site: Site,
    /// The lot.
    pub lot: Lot,
    /// The figure before.
    pub old: Option<Figure>,
    /// The figure now.
    pub new: Figure,
    /// What the rules say of the month now.
    pub report: MonthReport,
    /// Months whose outcome changed, this one included.
    pub consequences: Vec<Consequence>,
    /// Questions that do not stop: falling or unusual figures, late or locked months.
    pub warnings: Vec<Problem>,
    /// Whether anything was written.
    pub changed: bool,
}

/// Records a figure.
pub fn record(session: &mut Session, request: &Request) -> Result<Recorded, Failure> {
    session.steady(|session| {
        if request.month > session.this_month() {
            let (month, today) = (request.month, session.today);
            return Err(Problem::new("month-in-future").with("month", month).with("today", today).into());
        }
        if request.typed.is_none() && request.observation.is_none() {
            return Err(Problem::new("entry-nothing").into());
        }
        let read = session.store.read();
        let (site, lot) = names::wanted_lot(read, &request.place)?;
        let terms = Terms::load(read)?;
        let case = Case::load(read, &terms, &site, &lot)?;
        let old = case.figures.iter().find(|it| it.month == request.month).copied();
        let (new, known) = case.figure(request);
        let mut warnings = case.check(request, &new, known, read)?;
        if old.is_none() && request.typed.is_some() {
            warnings.extend(lateness(session, &terms, &site, request.month));
        }
        let figure = |it: Option<Percent>| it.map_or_else(String::new, |it| it.to_string());
        let note = Note::new()
            .with("place", place(&site, &lot))
            .with("month", request.month)
            .with("old", figure(old.and_then(|it| it.cumulative)))
            .with("new", figure(new.cumulative));
        let after = case.reports(Some(new), request.month);
        let until = after.last().map_or(request.month, |it| it.month);
        let before = case.reports(None, until);
        let ((), saved) = session.transact(OpName::RecordEntry, &note, |tx| {
            write_figure(tx, site.id, lot.id, &new, request, None)?;
            if let Some(text) = &request.observation {
                write_observation(tx, site.id, lot.id, request.month, text, None)?;
            }
            Ok(())
        })?;
        let report = after.iter().find(|it| it.month == request.month).copied();
        let report = report.unwrap_or_else(|| MonthReport::outside(request.month));
        warnings.extend(unexpected(&report, &after, &new));
        let consequences = compare(&before, &after, request.month);
        Ok(Recorded { site, lot, old, new, report, consequences, warnings, changed: saved.op.is_some() })
    })
}

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

/// Names a lot as people type it: `CODE`, or `CODE/LOT`.
pub fn place(site: &Site, lot: &Lot) -> String {
    let code = if site.code.is_empty() { &site.name } else { &site.code };
    if lot.name == super::register::lot::WHOLE { code.clone() } else { format!("{code}/{}", lot.name) }
}

/// Writes the figure of a lot and month. `origin` says where it came from.
pub fn write_figure(
    tx: &mut Tx<'_>,
    site: Id<Site>,
    lot: Id<Lot>,
    figure: &Figure,
    request: &Request,
    origin: Option<&str>,
) -> Result<bool, Failure> {
    let line = |text: &Option<String>| {
        text.as_deref().map(|it| Value::from(clean_line(it, NAME_CHARS_MAX).as_str()))
    };
    let columns = registry::ENTRY.columns([
        ("cumulative", request.typed.map(|_| figure.cumulative.into())),
        (
            "not_applicable",
            request.typed.map(|_| if figure.not_applicable { true.into() } else { Value::Null }),
        ),
        ("normal", request.normal.map(Value::from)),
        ("cause", line(&request.cause)),
        ("attribution", line(&request.attribution)),
    ]);
    if columns.is_empty() {
        return Ok(false);
    }
    let key = vec![lot.into(), figure.month.into()];
    Ok(tx.put(&registry::ENTRY, Scope::Site(site.bytes()), key, columns, origin)?)
}

/// Adds an observation in place of those of the month that were seen; empty text only takes them away.
pub fn write_observation(
    tx: &mut Tx<'_>,
    site: Id<Site>,
    lot: Id<Lot>,
    month: Month,
    text: &str,
    origin: Option<&str>,
) -> Result<bool, Failure> {
    let text = clean_note(text);
    let seen: Vec<_> = tx.read().observations(lot)?.into_iter().filter(|it| it.month == month).collect();
    if seen.len() <= 1 && seen.first().map_or("", |it| it.text.as_str()) == text {
        return Ok(false);
    }
    let scope = Scope::Site(site.bytes());
    for old in seen {
        let columns = registry::OBSERVATION.columns([("archived", Some(true.into()))]);
        tx.put(&registry::OBSERVATION, scope, vec![old.id.into()], columns, origin)?;
    }
    if !text.is_empty() {
        add_observation(tx, site, lot, month, &text, origin)?;
    }
    Ok(true)
}

/// Adds an observation to a month that has none.
pub fn add_observation(
    tx: &mut Tx<'_>,
    site: Id<Site>,
    lot: Id<Lot>,
    month: Month,
    text: &str,
    origin: Option<&str>,
) -> Result<(), Failure> {
    let columns = registry::OBSERVATION.columns([
        ("lot", Some(lot.into())),
        ("month", Some(month.into())),
        ("text", Some(text.into())),
    ]);
    let key = vec![new_id::<Lot>().into()];
    tx.add(&registry::OBSERVATION, Scope::Site(site.bytes()), key, columns, origin)?;
    Ok(())
}

/// A lot with all that its rules need.
struct Case {
    site: Site,
    lot: Id<Lot>,
    durations: Vec<(Month, u16)>,
    decisions: Vec<crate::model::decision::Decision>,
    policies: Policies,
    figures: Vec<Figure>,
}

impl Case {
    fn load(read: Reader<'_>, terms: &Terms, site: &Site, lot: &Lot) -> Result<Self, Failure> {
        Ok(Self {
            site: site.clone(),
            lot: lot.id,
            durations: terms.durations(site),
            decisions: read.decisions(lot.id)?.into_iter().map(|it| it.decision).collect(),
            policies: Policies::of(terms, site.project),
            figures: read.figures(lot.id)?,
        })
    }

    fn facts(&self) -> LotFacts<'_> {
        let (durations, decisions) = (&self.durations, &self.decisions);
        let (start, initial) = (self.site.start, self.site.initial);
        LotFacts { start, durations, initial, decisions, policies: self.policies.timeline() }
    }

    /// Returns the figure to keep, and the last known progress before its month.
    fn figure(&self, request: &Request) -> (Figure, Percent) {
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
    fn check(
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

    fn is_explained(&self, request: &Request, read: Reader<'_>) -> Result<bool, Failure> {
        match &request.observation {
            Some(text) => Ok(!clean_note(text).is_empty()),
            None => Ok(read.observations(self.lot)?.iter().any(|it| it.month == request.month)),
        }
    }

    /// Walks the figures up to their last month, at least to `until`, with one of them replaced or added.
    fn reports(&self, replaced: Option<Figure>, until: Month) -> Vec<MonthReport> {
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

/// Says when a figure stands where none is expected: before the start, suspended, demobilised, closed.
fn unexpected(report: &MonthReport, reports: &[MonthReport], new: &Figure) -> Option<Problem> {
    if report.expected || new.cumulative.is_none() || new.cumulative == Some(Percent::FULL) {
        return None;
    }
    let first = reports.iter().find(|it| it.expected).map(|it| it.month);
    match (report.outcome, first) {
        (Outcome::Suspendu, _) => Some(Problem::new("month-suspended").with("month", report.month)),
        (_, Some(first)) if report.month < first => {
            Some(Problem::new("month-before-start").with("month", report.month).with("start", first))
        }
        (Outcome::HorsSuivi | Outcome::Remobilise, _) => {
            Some(Problem::new("month-not-followed").with("month", report.month))
        }
        _ => None,
    }
}

fn lateness(session: &Session, terms: &Terms, site: &Site, month: Month) -> Option<Problem> {
    let deadline = terms.deadline(site.project, month);
    let days = terms.lock_days(site.project, month);
    if days > 0 && missing::locked(session.today, month, days.into()) {
        return Some(Problem::new("month-locked").with("month", month).with("days", days));
    }
    let late = missing::entered_late(session.today, month, deadline);
    late.then(|| Problem::new("month-late").with("month", month).with("due", missing::due(month, deadline)))
}

/// Compares outcomes; of the typed month only what the rules now find counts, for it was open before.
fn compare(before: &[MonthReport], after: &[MonthReport], typed: Month) -> Vec<Consequence> {
    let outcome =
        |month| before.iter().find(|it| it.month == month).map_or(Outcome::HorsSuivi, |it| it.outcome);
    let changed = after.iter().map(|it| (it.month, outcome(it.month), it.outcome));
    changed
        .filter(|(month, old, new)| {
            old != new && (*month != typed || new.is_alert() || *old != Outcome::NonSaisie)
        })
        .map(|(month, old, new)| Consequence { month, old, new })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_grammar_of_the_grid() {
        for (text, typed) in [
            ("12,5", Typed::Cumulative(Percent(1250))),
            (" 12.5 % ", Typed::Cumulative(Percent(1250))),
            ("+3,5", Typed::More(Percent(350))),
            ("=", Typed::Same),
            ("-", Typed::NotApplicable),
        ] {
            assert_eq!(text.parse::<Typed>().unwrap(), typed, "{text}");
        }
        for text in ["", "+", "abc", "= 3", "1e309"] {
            assert!(text.parse::<Typed>().is_err(), "{text}");
        }
    }
}
