//! The board of alerts: what the rules found, why, since when, and who is to hear of it.

mod recipients;
mod watch;

use std::collections::{BTreeMap, HashMap};

pub use recipients::{NoticeRecipient, Recipient, RecipientNames, addressees, recipients};
pub use watch::{Found, Looked, Watch};

use super::failure::Failure;
use super::names;
use super::session::Session;
use super::standing::{self, Standing};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::policy::Policy;
use crate::model::site::{Lot, Site};
use crate::rules::{Consequences, MonthReport, Outcome, Status};
use crate::store::read::Reader;

/// What an alert is about, least grave first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// Figures of a project and month are missing after the deadline.
    NonSaisie,
    /// A month below good.
    Alerte,
    /// The third month is at or above critical: a fourth one decides.
    Sursis,
    /// The second month is critical.
    PreDemobilisation,
    /// The contractor is to be withdrawn.
    Demobilisation,
}

impl AlertKind {
    /// Returns the word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NonSaisie => "non_saisie",
            Self::Alerte => "alerte",
            Self::Sursis => "sursis",
            Self::PreDemobilisation => "pre_demobilisation",
            Self::Demobilisation => "demobilisation",
        }
    }

    /// Returns what a month is an alert of. The status of a month goes on being an alert when it closes the cycle.
    pub const fn of(report: &MonthReport) -> Option<Self> {
        match report.outcome {
            Outcome::AlerteProblematique | Outcome::AlerteCritique => Some(Self::Alerte),
            Outcome::Clos if matches!(report.status, Status::Problematique) => Some(Self::Alerte),
            Outcome::Sursis => Some(Self::Sursis),
            Outcome::PreDemobilisation => Some(Self::PreDemobilisation),
            Outcome::Demobilisation => Some(Self::Demobilisation),
            _ => None,
        }
    }
}

/// A lot whose figure is missing.
#[derive(Clone, Debug)]
pub struct MissingLot {
    /// The site.
    pub site: Site,
    /// The lot.
    pub lot: Lot,
    /// The first month without a figure.
    pub since: Month,
}

/// What an alert is made of.
#[derive(Debug)]
pub enum Grounds {
    /// Figures are missing.
    Missing {
        /// How many are there.
        entered: usize,
        /// How many are expected.
        expected: usize,
        /// Which are not.
        lots: Vec<MissingLot>,
    },
    /// A rule found something in a lot.
    Rule {
        /// The site.
        site: Box<Site>,
        /// The lot.
        lot: Box<Lot>,
        /// The month in which it was found.
        report: Box<MonthReport>,
        /// The policy that judged it.
        policy: Policy,
        /// What comes next.
        next: Box<Consequences>,
        /// How many months since have no figure.
        missing_months: u16,
    },
}

/// An alert that stands.
#[derive(Debug)]
pub struct Alert {
    /// What it is about.
    pub kind: AlertKind,
    /// The project.
    pub project: Id<Project>,
    /// The month.
    pub month: Month,
    /// The month in which it began.
    pub since: Month,
    /// What it is made of.
    pub grounds: Grounds,
}

/// The alerts that stand, gravest first, with the names they need.
pub struct Board {
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// How many lots have no duration, so that nothing can be judged.
    pub lots_to_complete: usize,
    /// Projects.
    pub projects: HashMap<Id<Project>, Project>,
}

/// Reads the board, of one project or all; at `month`, or as it stands today.
pub fn board(session: &Session, project: Option<&str>, month: Option<Month>) -> Result<Board, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let only = project.map(|it| names::project(read, it)).transpose()?.map(|it| it.id);
    let projects: HashMap<_, _> =
        read.projects()?.into_iter().filter(|it| !it.archived).map(|it| (it.id, it)).collect();
    let mut cases: BTreeMap<Id<Project>, ProjectCase> = BTreeMap::new();
    for row in read.standings(only)? {
        if !projects.contains_key(&row.project) {
            continue;
        }
        let kept = standing::decode(&row.state)?;
        let case = cases
            .entry(row.project)
            .or_insert_with(|| ProjectCase::new(Watch::new(&terms, row.project, session.today, month)));
        case.look(read, row.lot, &kept)?;
    }
    let lots_to_complete = cases.values().map(|it| it.lots_to_complete).sum();
    let mut alerts = Vec::new();
    for (id, case) in cases {
        alerts.extend(case.alerts(read, id)?);
    }
    let name = |it: &Alert| projects.get(&it.project).map_or("", |it| it.name.as_str());
    alerts.sort_by(|a, b| {
        (b.kind, severity(b))
            .cmp(&(a.kind, severity(a)))
            .then_with(|| name(a).cmp(name(b)))
            .then_with(|| code(a).cmp(&code(b)))
    });
    Ok(Board { alerts, lots_to_complete, projects })
}

/// What is found while looking at the lots of one project.
struct ProjectCase {
    watch: Watch,
    expected: usize,
    missing: Vec<(Id<Lot>, Month)>,
    found: Vec<(Id<Lot>, Box<Found>)>,
    lots_to_complete: usize,
}

impl ProjectCase {
    const fn new(watch: Watch) -> Self {
        Self { watch, expected: 0, missing: Vec::new(), found: Vec::new(), lots_to_complete: 0 }
    }

    fn look(&mut self, read: Reader<'_>, lot: Id<Lot>, kept: &Standing) -> Result<(), Failure> {
        let looked = self.watch.look(read, lot, kept)?;
        self.lots_to_complete += usize::from(looked.to_complete);
        self.expected += usize::from(looked.expected);
        self.missing.extend(looked.missing_since.map(|since| (lot, since)));
        self.found.extend(looked.found.map(|found| (lot, found)));
        Ok(())
    }

    fn alerts(self, read: Reader<'_>, project: Id<Project>) -> Result<Vec<Alert>, Failure> {
        let mut alerts = Vec::new();
        let month = self.watch.month();
        alerts.extend(missing_alert(read, project, month, self.expected, &self.missing)?);
        for (lot, found) in self.found {
            alerts.extend(self.watch.alert(read, &found, lot)?);
        }
        Ok(alerts)
    }
}

/// Makes the alert of a project whose figures are missing; `None` where none is.
pub fn missing_alert(
    read: Reader<'_>,
    project: Id<Project>,
    month: Month,
    expected: usize,
    missing: &[(Id<Lot>, Month)],
) -> Result<Option<Alert>, Failure> {
    let mut lots = Vec::new();
    for (lot, since) in missing {
        lots.extend(named(read, *lot)?.map(|(site, lot)| MissingLot { site, lot, since: *since }));
    }
    lots.sort_by(|a, b| {
        (&a.site.code, &a.site.name, &a.lot.name).cmp(&(&b.site.code, &b.site.name, &b.lot.name))
    });
    let Some(since) = lots.iter().map(|it| it.since).min() else { return Ok(None) };
    let entered = expected - lots.len().min(expected);
    let grounds = Grounds::Missing { entered, expected, lots };
    Ok(Some(Alert { kind: AlertKind::NonSaisie, project, month, since, grounds }))
}

fn named(read: Reader<'_>, lot: Id<Lot>) -> Result<Option<(Site, Lot)>, Failure> {
    let Some(lot) = read.lot(lot)? else { return Ok(None) };
    Ok(read.site(lot.site)?.map(|it| (it, lot)))
}

fn severity(alert: &Alert) -> u8 {
    match &alert.grounds {
        Grounds::Rule { report, .. } => report.status.severity(),
        Grounds::Missing { .. } => 0,
    }
}

fn code(alert: &Alert) -> (&str, &str) {
    match &alert.grounds {
        Grounds::Rule { site, lot, .. } => (&site.code, &lot.name),
        Grounds::Missing { .. } => ("", ""),
    }
}
