//! How lots stand: derived when data changes, so that the board needs no history.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::terms::Terms;
use super::withdrawal::ByPolicy;
use crate::model::decision::Decision;
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::percent::Percent;
use crate::model::policy::{MissingPolicy, PolicyTimeline};
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site, Start};
use crate::rules::{LotFacts, LotState, MonthReport, Outcome, Tracker, follow, missing};
use crate::store::Store;
use crate::store::read::{Reader, StandingRow};
use crate::store::transact::Tx;

/// How many months a standing shows: M, M-1, M-2.
pub const SHOWN_MONTHS: usize = 3;

/// What is kept of a lot: what holds for it, and where its last figure left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    start: Option<Start>,
    initial: Percent,
    durations: Vec<(Month, u16)>,
    decisions: Vec<Decision>,
    /// After the month of the last figure.
    tracker: Tracker,
    /// The last months up to it, oldest first.
    recent: Vec<MonthReport>,
    /// The month in which the demobilisation that waits was found.
    finding: Option<MonthReport>,
}

/// How a lot stands at a month.
#[derive(Clone, Debug)]
pub struct View {
    /// The month asked for, the one before, the one before that; months before the follow-up are outside.
    pub months: [MonthReport; SHOWN_MONTHS],
    /// The last month up to the one asked for that was judged.
    pub judged: Option<MonthReport>,
    /// The month in which the last demobilisation was found.
    pub finding: Option<MonthReport>,
    /// The first month without a figure since the last one.
    pub missing_since: Option<Month>,
    /// The walk up to the month asked for.
    pub tracker: Tracker,
}

/// The policies of one project, as they are and with months that are not due yet left frozen.
pub struct Policies {
    due: PolicyTimeline,
    waiting: PolicyTimeline,
}

impl Policies {
    /// Prepares the policies of a project.
    pub fn of(terms: &Terms, project: Id<Project>) -> Self {
        let due = terms.policies(project);
        let mut waiting = due.clone();
        waiting.first.missing = MissingPolicy::Gel;
        waiting.changes.iter_mut().for_each(|(_, policy)| policy.missing = MissingPolicy::Gel);
        Self { due, waiting }
    }

    /// Returns the policies by month.
    pub const fn timeline(&self) -> &PolicyTimeline {
        &self.due
    }
}

impl Standing {
    /// Judges a lot from what was typed.
    pub fn judge(
        site: &Site,
        durations: Vec<(Month, u16)>,
        decisions: Vec<Decision>,
        figures: &[Figure],
        policies: &PolicyTimeline,
    ) -> Self {
        let (start, initial) = (site.start, site.initial);
        let facts = LotFacts { start, durations: &durations, initial, decisions: &decisions, policies };
        let mut window = Window::new(&[], None);
        let last = figures.iter().rev().find(|it| it.cumulative.is_some() || it.not_applicable);
        let tracker = match last {
            None => Tracker::new(&facts),
            Some(last) => follow(&facts, figures, last.month, |report| window.push(report)),
        };
        let (recent, finding) = (window.months, window.finding);
        Self { start, initial, durations, decisions, tracker, recent, finding }
    }

    /// Returns the state of the lot in `month`, decisions up to then taken into account.
    pub fn state_in(&self, month: Month, due: Month, policies: &Policies) -> LotState {
        self.at(month, due, policies).map_or_else(|| self.tracker.state(), |it| it.tracker.state())
    }

    /// Returns what holds for the lot.
    pub fn facts<'a>(&'a self, policies: &'a PolicyTimeline) -> LotFacts<'a> {
        let (durations, decisions) = (&self.durations, &self.decisions);
        LotFacts { start: self.start, durations, initial: self.initial, decisions, policies }
    }

    /// Returns the month of the last figure.
    pub const fn last_month(&self) -> Option<Month> {
        self.tracker.last_month()
    }

    /// Returns the decisions in force.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Returns the last months up to that of the last figure, oldest first.
    pub fn recent(&self) -> &[MonthReport] {
        &self.recent
    }

    /// Returns the month in which the last demobilisation was found.
    pub const fn finding(&self) -> Option<&MonthReport> {
        self.finding.as_ref()
    }

    /// Returns the month in which a demobilisation was found that holds by policy.
    pub fn demobilised_by_policy(&self) -> Option<Month> {
        self.tracker.demobilised_by_policy()
    }

    /// Returns the contractual durations with the month from which each holds.
    pub fn durations(&self) -> &[(Month, u16)] {
        &self.durations
    }

    /// Tells whether the contractual duration is unknown, and no recovery plan stands in.
    pub fn lacks_duration(&self) -> bool {
        self.tracker.recovery().is_none() && self.durations.iter().all(|(_, months)| *months == 0)
    }

    /// Tells whether the start of works is unknown.
    pub const fn lacks_start(&self) -> bool {
        self.start.is_none()
    }

    /// Returns how the lot stands at `month`, with months up to `due` without figure counted as missing. `None`
    /// when `month` lies before the last figure: then the figures have to be walked, see [`walk`].
    pub fn at(&self, month: Month, due: Month, policies: &Policies) -> Option<View> {
        if self.last_month().is_some_and(|it| it > month) {
            return None;
        }
        let mut window = Window::new(&self.recent, self.finding);
        let mut tracker = self.tracker;
        let first = self.last_month().map(Month::next).or(self.start.map(|it| it.month));
        let months = first.map_or(0, |it| month.since(it) + 1).max(0);
        for next in first.iter().flat_map(|it| (0..months).map(|count| it.plus(count))) {
            let timeline = if next <= due { &policies.due } else { &policies.waiting };
            window.push(tracker.step(&self.facts(timeline), next, None));
        }
        Some(window.view(month, tracker))
    }
}

/// Walks the figures of a lot up to `month`.
pub fn walk(
    read: Reader<'_>,
    lot: Id<Lot>,
    standing: &Standing,
    month: Month,
    policies: &Policies,
) -> Result<View, Failure> {
    let figures = read.figures(lot)?;
    let mut window = Window::new(&[], None);
    let tracker = follow(&standing.facts(&policies.due), &figures, month, |report| window.push(report));
    Ok(window.view(month, tracker))
}

/// Returns how a lot stands at a month, from what is kept or, for earlier months, from its figures.
pub fn view(
    read: Reader<'_>,
    lot: Id<Lot>,
    standing: &Standing,
    month: Month,
    due: Month,
    policies: &Policies,
) -> Result<View, Failure> {
    match standing.at(month, due, policies) {
        Some(view) => Ok(view),
        None => walk(read, lot, standing, month, policies),
    }
}

/// Returns the month to show of a lot: the current one once it has a figure, else the one before.
pub fn month_to_show(standing: &Standing, today: NaiveDate) -> Month {
    let current = Month::of(today);
    if standing.last_month() == Some(current) { current } else { current.previous() }
}

/// Returns the last month of a project that is due today.
pub fn due_month(terms: &Terms, project: Id<Project>, today: NaiveDate) -> Month {
    let deadline = terms.deadline(project, Month::of(today).previous());
    missing::last_due_month(today, deadline)
}

/// The last months of a walk.
struct Window {
    months: Vec<MonthReport>,
    judged: Option<MonthReport>,
    finding: Option<MonthReport>,
    missing_since: Option<Month>,
}

impl Window {
    fn new(recent: &[MonthReport], finding: Option<MonthReport>) -> Self {
        let since_return = recent.iter().rev().take_while(|it| it.outcome != Outcome::Remobilise);
        Self {
            finding,
            missing_since: None,
            months: recent.to_vec(),
            judged: since_return.clone().find(|it| it.target.is_some()).copied(),
        }
    }

    fn push(&mut self, report: MonthReport) {
        if report.target.is_some() {
            self.judged = Some(report);
        }
        if report.outcome == Outcome::Remobilise {
            (self.judged, self.finding) = (None, None);
        }
        self.missing_since = match report {
            it if it.cumulative.is_some() => None,
            it if it.missing => self.missing_since.or(Some(it.month)),
            _ => self.missing_since,
        };
        if report.outcome == Outcome::Demobilisation && report.since == Some(report.month) {
            self.finding = Some(report);
        }
        if self.months.len() >= SHOWN_MONTHS {
            self.months.remove(0);
        }
        self.months.push(report);
    }

    fn view(&self, month: Month, tracker: Tracker) -> View {
        let at = |month: Month| {
            let found = self.months.iter().find(|it| it.month == month);
            found.copied().unwrap_or_else(|| MonthReport::outside(month))
        };
        let months = [at(month), at(month.previous()), at(month.plus(-2))];
        let (judged, finding, missing_since) = (self.judged, self.finding, self.missing_since);
        View { months, judged, finding, missing_since, tracker }
    }
}

/// The form of what is kept.
const FORM: u8 = 2;

/// Reads what is kept of a lot; what another version of the program kept is refused, never taken for nothing.
pub fn decode(bytes: &[u8]) -> Result<Standing, Problem> {
    let stale = || Problem::new("standing-unreadable");
    let rest = bytes.strip_prefix(&[FORM]).ok_or_else(stale)?;
    postcard::from_bytes(rest).map_err(|_| stale())
}

fn encode(standing: &Standing) -> Result<Vec<u8>, Problem> {
    postcard::to_extend(standing, vec![FORM]).map_err(|_| Problem::new("standing-unreadable"))
}

/// Derives every standing again where an older program kept them in another form.
pub fn renew(store: &mut Store) -> Result<(), Failure> {
    let read = store.read();
    if read.standing_form()?.is_none_or(|it| it == FORM) {
        return Ok(());
    }
    let lots = read.lots()?.into_iter().map(|it| it.id).collect();
    let judged = judge_all(read, &lots)?;
    Ok(store.keep_standings(&judged)?)
}

/// Derives again the standing of every lot that an op touched.
pub fn refresh(tx: &mut Tx<'_>) -> Result<(), Failure> {
    let lots = touched_lots(tx)?;
    judge_lots(tx, &lots)
}

/// As [`refresh`], and writes down the withdrawals by policy whose ground the op took away.
pub fn refresh_and_hold(tx: &mut Tx<'_>, today: NaiveDate) -> Result<(), Failure> {
    let lots = touched_lots(tx)?;
    let withdrawn = ByPolicy::among(tx, &lots, today)?;
    judge_lots(tx, &lots)?;
    let held = withdrawn.hold(tx)?;
    judge_lots(tx, &held)
}

fn touched_lots(tx: &Tx<'_>) -> Result<BTreeSet<Id<Lot>>, Failure> {
    let touched = tx.touched().clone();
    let mut lots: BTreeSet<Id<Lot>> = touched.lots.into_iter().collect();
    let read = tx.read();
    lots.extend(read.lots_of_decisions(&touched.decisions)?);
    for site in touched.sites.iter().collect::<BTreeSet<_>>() {
        lots.extend(read.lots_of(*site)?.into_iter().map(|it| it.id));
    }
    if !touched.owners.is_empty() {
        lots.extend(lots_of_owners(read, &touched.owners)?);
    }
    Ok(lots)
}

/// Derives again the standing of lots.
fn judge_lots(tx: &Tx<'_>, lots: &BTreeSet<Id<Lot>>) -> Result<(), Failure> {
    for (lot, row) in judge_all(tx.read(), lots)? {
        tx.keep_standing(lot, row.as_ref())?;
    }
    Ok(())
}

/// A lot and its standing; `None` for one that is no longer followed.
pub type Judged = (Id<Lot>, Option<StandingRow>);

/// Judges lots.
pub fn judge_all(read: Reader<'_>, lots: &BTreeSet<Id<Lot>>) -> Result<Vec<Judged>, Failure> {
    if lots.is_empty() {
        return Ok(Vec::new());
    }
    let terms = Terms::load(read)?;
    let mut policies: HashMap<Id<Project>, PolicyTimeline> = HashMap::new();
    lots.iter().map(|lot| Ok((*lot, judged(read, &terms, &mut policies, *lot)?))).collect()
}

/// Judges one lot; `None` when it is no longer followed.
pub fn judged(
    read: Reader<'_>,
    terms: &Terms,
    policies: &mut HashMap<Id<Project>, PolicyTimeline>,
    lot: Id<Lot>,
) -> Result<Option<StandingRow>, Failure> {
    let Some((archived, site_id)) = read.lot_place(lot)? else { return Ok(None) };
    let Some(site) = read.site(site_id)?.filter(|it| !it.archived && !archived) else { return Ok(None) };
    let timeline = policies.entry(site.project).or_insert_with(|| terms.policies(site.project));
    let decisions = read.decisions(lot)?.into_iter().map(|it| it.decision).collect();
    let figures = read.figures(lot)?;
    let standing = Standing::judge(&site, terms.durations(&site), decisions, &figures, timeline);
    let state = encode(&standing)?;
    Ok(Some(StandingRow { lot, site: site.id, project: site.project, state }))
}

fn lots_of_owners(read: Reader<'_>, owners: &[Vec<u8>]) -> Result<Vec<Id<Lot>>, Failure> {
    let organisation = read.organisation()?.map(|it| it.id.bytes().to_vec());
    let all = owners.iter().any(|it| Some(it) == organisation.as_ref());
    let concerned = |row: &StandingRow| {
        all || owners.iter().any(|it| *it == row.project.bytes() || *it == row.site.bytes())
    };
    Ok(read.standings(None)?.into_iter().filter(concerned).map(|it| it.lot).collect())
}
