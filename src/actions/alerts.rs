//! The board of alerts: what the rules found, why, since when, and who is to hear of it.

use std::collections::{BTreeMap, HashMap};

use super::failure::Failure;
use super::names;
use super::session::Session;
use super::standing::{self, Policies, Standing, View};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contact, Contractor, Project};
use crate::model::policy::Policy;
use crate::model::site::{Lot, Site};
use crate::rules::standing::{Decided, decided};
use crate::rules::{Consequences, MonthReport, Outcome, Status, next_consequences};

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

    /// The status of a month goes on being an alert when it closes the cycle.
    const fn of(report: &MonthReport) -> Option<Self> {
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

/// A person or firm to hear of an alert.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Recipient {
    /// `entreprise`, `maitre-ouvrage`, or a post.
    pub role: &'static str,
    /// Name.
    pub name: String,
    /// E-mail address; `None` is a defect to repair.
    pub email: Option<String>,
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
        let case =
            cases.entry(row.project).or_insert_with(|| ProjectCase::new(session, &terms, row.project, month));
        case.look(session, row.lot, &kept)?;
    }
    let lots_to_complete = cases.values().map(|it| it.lots_to_complete).sum();
    let mut alerts = Vec::new();
    for (id, case) in cases {
        alerts.extend(case.alerts(session, id)?);
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

/// Returns who is to hear of an alert: for a delay the contractors, the client and the contacts; for missing
/// figures the contacts alone.
pub fn recipients(alert: &Alert, names: &RecipientNames) -> Vec<Recipient> {
    let recipient = |role, name: &str, email: &str| {
        let email = Some(email.to_owned()).filter(|it| !it.is_empty());
        Recipient { role, name: name.to_owned(), email }
    };
    let mut found = Vec::new();
    if let Grounds::Rule { lot, .. } = &alert.grounds {
        let firms = lot.contractors.iter().filter_map(|it| names.contractors.get(it)).map(|it| &it.party);
        found.extend(firms.map(|it| recipient("entreprise", &it.name, &it.email)));
        let client = names.projects.get(&alert.project).map(|it| &it.client).filter(|it| !it.name.is_empty());
        found.extend(client.map(|it| recipient("maitre-ouvrage", &it.name, &it.email)));
    }
    let ours =
        names.contacts.iter().filter(|it| !it.archived && it.project.is_none_or(|it| it == alert.project));
    found.extend(ours.map(|it| recipient(it.post.word(), &it.party.name, &it.party.email)));
    found
}

/// What is found while looking at the lots of one project.
struct ProjectCase {
    policies: Policies,
    due: Month,
    month: Option<Month>,
    expected: usize,
    missing: Vec<(Id<Lot>, Month)>,
    found: Vec<Found>,
    lots_to_complete: usize,
}

struct Found {
    lot: Id<Lot>,
    month: Month,
    report: MonthReport,
    next: Consequences,
    missing_months: u16,
}

impl ProjectCase {
    fn new(session: &Session, terms: &Terms, project: Id<Project>, month: Option<Month>) -> Self {
        Self {
            policies: Policies::of(terms, project),
            due: standing::due_month(terms, project, session.today),
            month,
            expected: 0,
            missing: Vec::new(),
            found: Vec::new(),
            lots_to_complete: 0,
        }
    }

    fn look(&mut self, session: &Session, lot: Id<Lot>, kept: &Standing) -> Result<(), Failure> {
        let read = session.store.read();
        let month = self.month.unwrap_or_else(|| standing::month_to_show(kept, session.today));
        let view = standing::view(read, lot, kept, month, self.due, &self.policies)?;
        self.lots_to_complete += usize::from(kept.lacks_duration() && view.tracker.state().is_open());
        self.look_missing(session, lot, kept, &view)?;
        if self.month.is_none() && Self::is_settled(session, kept) {
            return Ok(());
        }
        let shown = view.months[0];
        let stands = if shown.missing && AlertKind::of(&shown).is_none() { view.judged } else { Some(shown) };
        let Some(shown) = stands.filter(|it| AlertKind::of(it).is_some()) else { return Ok(()) };
        // A demobilisation that waits is explained by the month in which it was found.
        let finding = view.finding.filter(|_| shown.outcome == Outcome::Demobilisation);
        let next = next_consequences(&view.tracker, &kept.facts(self.policies.timeline()), month.next());
        let waiting = u16::from(view.months[0].missing && month > self.due);
        let missing_months = view.tracker.missing_months().saturating_sub(waiting);
        self.found.push(Found {
            lot,
            month: shown.month,
            report: finding.unwrap_or(shown),
            next,
            missing_months,
        });
        Ok(())
    }

    /// Tells whether a decision has taken the lot out of the follow-up by today.
    fn is_settled(session: &Session, kept: &Standing) -> bool {
        let decided = decided(kept.decisions(), session.this_month());
        matches!(decided, Decided::Demobilised | Decided::Closed)
    }

    /// Counts whether the figure of the month that is due is there.
    fn look_missing(
        &mut self,
        session: &Session,
        lot: Id<Lot>,
        kept: &Standing,
        shown: &View,
    ) -> Result<(), Failure> {
        let asked = self.month.unwrap_or(self.due);
        if asked > self.due {
            return Ok(());
        }
        let own;
        let view = if shown.months[0].month == asked {
            shown
        } else {
            own = standing::view(session.store.read(), lot, kept, asked, self.due, &self.policies)?;
            &own
        };
        let report = &view.months[0];
        self.expected += usize::from(report.expected);
        if report.missing {
            self.missing.push((lot, view.missing_since.unwrap_or(asked)));
        }
        Ok(())
    }

    fn alerts(self, session: &Session, project: Id<Project>) -> Result<Vec<Alert>, Failure> {
        if self.missing.is_empty() && self.found.is_empty() {
            return Ok(Vec::new());
        }
        let mut alerts = Vec::new();
        let mut lots = Vec::new();
        for (lot, since) in &self.missing {
            lots.extend(named(session, *lot)?.map(|(site, lot)| MissingLot { site, lot, since: *since }));
        }
        lots.sort_by(|a, b| {
            (&a.site.code, &a.site.name, &a.lot.name).cmp(&(&b.site.code, &b.site.name, &b.lot.name))
        });
        if let Some(since) = lots.iter().map(|it| it.since).min() {
            let entered = self.expected - lots.len().min(self.expected);
            let grounds = Grounds::Missing { entered, expected: self.expected, lots };
            let month = self.month.unwrap_or(self.due);
            alerts.push(Alert { kind: AlertKind::NonSaisie, project, month, since, grounds });
        }
        for found in self.found {
            let (Some(kind), Some((site, lot))) = (AlertKind::of(&found.report), named(session, found.lot)?)
            else {
                continue;
            };
            let report = found.report;
            let grounds = Grounds::Rule {
                site: Box::new(site),
                lot: Box::new(lot),
                report: Box::new(report),
                policy: *self.policies.timeline().at(report.month),
                next: Box::new(found.next),
                missing_months: found.missing_months,
            };
            let since = report.since.unwrap_or(report.month);
            alerts.push(Alert { kind, project, month: found.month, since, grounds });
        }
        Ok(alerts)
    }
}

fn named(session: &Session, lot: Id<Lot>) -> Result<Option<(Site, Lot)>, Failure> {
    let read = session.store.read();
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

/// The names that recipients need.
pub struct RecipientNames {
    projects: HashMap<Id<Project>, Project>,
    contractors: HashMap<Id<Contractor>, Contractor>,
    contacts: Vec<Contact>,
}

impl RecipientNames {
    /// Loads them.
    pub fn load(session: &Session) -> Result<Self, Failure> {
        let read = session.store.read();
        Ok(Self {
            projects: read.projects()?.into_iter().map(|it| (it.id, it)).collect(),
            contractors: read.contractors()?.into_iter().map(|it| (it.id, it)).collect(),
            contacts: read.contacts()?,
        })
    }
}
