//! What the rules find in the figures of a lot as they stand, each after the figure that led to it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};

use super::Event;
use crate::actions::alerts::AlertKind;
use crate::actions::failure::Failure;
use crate::actions::history::HistoryRow;
use crate::actions::register::organisation::ZONE;
use crate::actions::session::Session;
use crate::actions::standing::{self, Policies};
use crate::actions::terms::Terms;
use crate::clock;
use crate::model::month::Month;
use crate::model::policy::{Policy, Pronouncement};
use crate::model::site::{Lot, Site};
use crate::rules::{MonthReport, Outcome, follow, missing};
use crate::store::log::OpRow;

/// Something that the rules found in a month.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is.
    pub kind: AlertKind,
    /// What the rules say of the month.
    pub report: MonthReport,
    /// The policy that judged it.
    pub policy: Policy,
    /// The op that wrote the figure; `None` where the figure is what is missing.
    pub op: Option<OpRow>,
    /// The day from which a missing figure is an alert.
    pub due: NaiveDate,
}

impl Found {
    /// Tells whether it is a withdrawal that holds by policy, without anybody pronouncing it.
    pub fn is_in_force(&self) -> bool {
        self.kind == AlertKind::Demobilisation && self.policy.demobilisation == Pronouncement::Automatique
    }
}

/// The alerts of a lot, and the months that it was followed in.
pub(super) struct Replayed {
    pub(super) found: Vec<(i64, Event)>,
    pub(super) months: BTreeSet<Month>,
}

/// Walks the figures of a lot again.
pub(super) fn replay(
    session: &Session,
    site: &Site,
    lot: &Lot,
    rows: &[HistoryRow],
) -> Result<Replayed, Failure> {
    let read = session.store.read();
    let mut replayed = Replayed { found: Vec::new(), months: BTreeSet::new() };
    let Some(state) = read.standing(lot.id)? else { return Ok(replayed) };
    let kept = standing::decode(&state)?;
    let terms = Terms::load(read)?;
    let policies = Policies::of(&terms, site.project);
    let due = standing::due_month(&terms, site.project, session.today);
    let figures = read.figures(lot.id)?;
    let until = figures.last().map_or(due, |it| it.month.max(due));
    let mut reports = Vec::new();
    follow(&kept.facts(policies.timeline()), &figures, until, |it| reports.push(it));
    let zone = read.organisation()?.map_or_else(|| ZONE.to_owned(), |it| it.zone);
    let written = last_written(rows);
    for report in reports {
        if report.expected || figures.iter().any(|it| it.month == report.month) {
            replayed.months.insert(report.month);
        }
        let Some(kind) = kind(&report, due) else { continue };
        let policy = *policies.timeline().at(report.month);
        let op = written.get(&report.month).filter(|_| !report.missing).map(|it| (*it).clone());
        let day = missing::due(report.month, terms.deadline(site.project, report.month));
        let place = op.as_ref().map_or_else(|| last_before(rows, day, &zone), |it| it.n);
        let found = Found { kind, report, policy, op, due: day };
        replayed.found.push((place, Event::Alert(Box::new(found))));
    }
    Ok(replayed)
}

/// Says what a month is an alert of. A withdrawal that waits for its decision is told once.
fn kind(report: &MonthReport, due: Month) -> Option<AlertKind> {
    match AlertKind::of(report) {
        Some(AlertKind::Demobilisation) if report.since.is_some_and(|it| it < report.month) => None,
        None if report.missing && report.month <= due && report.outcome == Outcome::NonSaisie => {
            Some(AlertKind::NonSaisie)
        }
        kind => kind,
    }
}

/// Returns the last op that wrote the figure of each month.
fn last_written(rows: &[HistoryRow]) -> HashMap<Month, &OpRow> {
    let figures = rows.iter().filter(|it| it.table == "entry" && it.column == "cumulative");
    figures.filter_map(|it| Some((it.month?, &it.op))).collect()
}

/// Returns the last op before a day, as the machines' clocks say.
fn last_before(rows: &[HistoryRow], day: NaiveDate, zone: &str) -> i64 {
    let before = rows.iter().filter(|it| {
        let instant = DateTime::from_timestamp_millis(it.op.wall_ms);
        instant.is_some_and(|it| clock::date_in(it, zone) < day)
    });
    before.map(|it| it.op.n).max().unwrap_or(0)
}
