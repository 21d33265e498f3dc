//! Records one figure: what is typed, what it changes, what it leads to.

mod case;
mod trial;

use std::str::FromStr;

pub use trial::{Trial, Tried};

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::lot::own_name;
use crate::actions::session::{Session, new_id};
use crate::actions::sign_off::changed::Outdated;
use crate::actions::sign_off::lock;
use crate::actions::terms::Terms;
use crate::actions::withdrawal;
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::{NAME_CHARS_MAX, clean_line, clean_note};
use crate::rules::{MonthReport, Outcome, missing};
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;
use case::Case;

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
        let locked = lock::check(session, &terms, site.project, request.month)?;
        let outdated = Outdated::from(session, site.project, request.month)?;
        let case = Case::load(read, &terms, &site, &lot)?;
        let old = case.figures.iter().find(|it| it.month == request.month).copied();
        let (new, known) = case.figure(request);
        let mut warnings = case.check(request, &new, known, read)?;
        if old.is_none() && request.typed.is_some() {
            warnings.extend(locked.or_else(|| lateness(session, &terms, &site, request.month)));
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
        let name = if request.typed.is_some() { OpName::RecordEntry } else { OpName::Observe };
        let ((), saved) = session.transact(name, &note, |tx| {
            write_figure(tx, site.id, lot.id, &new, request, None)?;
            if let Some(text) = &request.observation {
                write_observation(tx, site.id, lot.id, request.month, text, None)?;
            }
            Ok(())
        })?;
        let report = after.iter().find(|it| it.month == request.month).copied();
        let report = report.unwrap_or_else(|| MonthReport::outside(request.month));
        warnings.extend(unexpected(&report, &after, &new));
        warnings.extend(outdated.since(session)?);
        warnings.extend(withdrawal::warning(session.store.read(), &site, &lot, session.this_month())?);
        let consequences = compare(&before, &after, request.month);
        Ok(Recorded { site, lot, old, new, report, consequences, warnings, changed: saved.op.is_some() })
    })
}

/// Names a lot as people type it: `CODE`, or `CODE/LOT`.
pub fn place(site: &Site, lot: &Lot) -> String {
    let code = if site.code.is_empty() { &site.name } else { &site.code };
    match own_name(lot) {
        "" => code.clone(),
        lot => format!("{code}/{lot}"),
    }
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
    // Nothing to keep of a month that has no row: an observation alone makes none.
    let is_nothing = columns.iter().all(|(_, value)| *value == Value::Null);
    if is_nothing && tx.read().heads(&registry::ENTRY, &key)?.is_empty() {
        return Ok(false);
    }
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
