//! Which notices are called for: by the alerts that stand, by decisions, and by figures that were corrected.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::decided::is_settled;
use super::facts::{Desk, LotCase, cause, figures, missing, observed_since};
use super::known::Known;
use super::view::{is_gone, last_gone_ms};
use crate::actions::alerts::{self, Alert, AlertKind, Grounds, NoticeRecipient, addressees};
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::actions::standing;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;
use crate::model::policy::Pronouncement;
use crate::model::site::{Lot, Site};
use crate::notify::Facts;
use crate::notify::facts::{Correction, Earlier, Figures};
use crate::rules::missing::{due, is_reminder_time, reminder_day};
use crate::store::read::Reader;

/// Most earlier notices that a letter names.
const EARLIER_MAX: usize = 6;

/// A notice that is called for.
pub(super) struct Wanted {
    pub kind: NoticeKind,
    pub project: Id<Project>,
    pub site: Option<Id<Site>>,
    pub lot: Option<Id<Lot>>,
    pub month: Month,
    pub gravity: String,
    /// The day for which it is called for; the same on every machine.
    pub day: NaiveDate,
    pub facts: Facts,
    pub addressees: Vec<NoticeRecipient>,
}

/// Looks for what is called for.
pub(super) struct Looking<'a> {
    pub session: &'a Session,
    pub read: Reader<'a>,
    pub desk: &'a Desk,
    known: &'a Known,
}

impl<'a> Looking<'a> {
    pub fn new(session: &'a Session, desk: &'a Desk, known: &'a Known) -> Self {
        Self { session, read: session.store.read(), desk, known }
    }

    /// Returns everything that is called for today, of one project or all.
    pub fn everything(&self, project: Option<&str>) -> Result<Vec<Wanted>, Failure> {
        let mut wanted = Vec::new();
        let board = alerts::board(self.session, project, None)?;
        for alert in &board.alerts {
            wanted.extend(self.of_alert(alert)?);
        }
        let followed = |it: &&Project| board.projects.contains_key(&it.id);
        let all = self.read.projects()?;
        let chosen = match project {
            Some(name) => Some(crate::actions::names::project(self.read, name)?.id),
            None => None,
        };
        for project in all.iter().filter(followed).filter(|it| chosen.is_none_or(|id| id == it.id)) {
            wanted.extend(self.reminder(project.id, false)?);
        }
        wanted.extend(self.of_decisions(chosen)?);
        let by_policy = self.by_policy(chosen)?.into_iter();
        let new = |it: &Wanted| {
            !wanted.iter().any(|known| (known.kind, known.lot, known.month) == (it.kind, it.lot, it.month))
        };
        let by_policy: Vec<Wanted> = by_policy.filter(new).collect();
        wanted.extend(by_policy);
        wanted.extend(self.corrections(chosen)?);
        Ok(wanted)
    }

    /// Returns the notice that an alert calls for.
    pub fn of_alert(&self, alert: &Alert) -> Result<Option<Wanted>, Failure> {
        match &alert.grounds {
            Grounds::Missing { entered, expected, lots } => {
                let (project, month) = (alert.project, alert.month);
                let lots: Vec<_> =
                    lots.iter().map(|it| (it.site.clone(), it.lot.clone(), it.since)).collect();
                let day = due(month, self.desk.terms.deadline(project, month));
                let mut wanted = self.of_project(NoticeKind::MissingEntries, project, month, day);
                wanted.facts.missing = Some(missing(self.desk, project, month, (*entered, *expected), &lots));
                Ok(Some(wanted))
            }
            Grounds::Rule { lot, report, policy, .. } => {
                let below = report.target.is_some_and(|it| it.is_below(policy.good));
                let kind = match alert.kind {
                    AlertKind::Alerte => NoticeKind::Delay,
                    AlertKind::Sursis if below => NoticeKind::Delay,
                    AlertKind::PreDemobilisation => NoticeKind::PreDemobilisation,
                    AlertKind::Demobilisation if policy.demobilisation == Pronouncement::Automatique => {
                        if is_settled(self.read, lot.id, report.month)? {
                            return Ok(None);
                        }
                        return self.withdrawn(lot.id, report.month, None);
                    }
                    _ => return Ok(None),
                };
                self.of_month(kind, lot.id, report.month)
            }
        }
    }

    fn of_project(&self, kind: NoticeKind, project: Id<Project>, month: Month, day: NaiveDate) -> Wanted {
        Wanted {
            kind,
            project,
            site: None,
            lot: None,
            month,
            gravity: String::new(),
            day,
            facts: self.desk.project_facts(project, month),
            addressees: addressees(kind, project, None, &self.desk.names),
        }
    }

    pub fn of_lot(&self, kind: NoticeKind, case: &LotCase, month: Month) -> Wanted {
        let project = case.site.project;
        let mut facts = self.desk.lot_facts(case, month);
        facts.registered = matches!(
            kind,
            NoticeKind::FormalNotice | NoticeKind::PreDemobilisation | NoticeKind::Demobilisation
        );
        facts.earlier = self.earlier(case.lot.id, kind);
        Wanted {
            kind,
            project,
            site: Some(case.site.id),
            lot: Some(case.lot.id),
            month,
            gravity: String::new(),
            day: due(month, self.desk.terms.deadline(project, month)),
            facts,
            addressees: addressees(kind, project, Some(&case.lot), &self.desk.names),
        }
    }

    /// Names the numbered letters about a lot, oldest first.
    fn earlier(&self, lot: Id<Lot>, kind: NoticeKind) -> Vec<Earlier> {
        let numbered = self
            .known
            .of_lot(lot)
            .filter(|(it, _)| !it.reference.is_empty() && it.state != NoticeState::Cancelled);
        let named = numbered.filter(|(it, _)| kind != it.kind || kind == NoticeKind::FormalNotice);
        let mut earlier: Vec<Earlier> = named
            .map(|(it, _)| Earlier {
                kind: it.kind.word().to_owned(),
                reference: it.reference.clone(),
                month: it.month.to_string(),
                day: Some(it.day.clone()).filter(|it| !it.is_empty()),
            })
            .collect();
        earlier.drain(..earlier.len().saturating_sub(EARLIER_MAX));
        earlier
    }

    /// Writes about a judged month of a lot; its gravity is its status.
    pub fn of_month(&self, kind: NoticeKind, lot: Id<Lot>, month: Month) -> Result<Option<Wanted>, Failure> {
        let Some(case) = LotCase::read(self.read, &self.desk.terms, lot, month)? else { return Ok(None) };
        let Some(report) = case.report(month) else { return Ok(None) };
        let mut wanted = self.of_lot(kind, &case, month);
        case.fill(&mut wanted.facts, report);
        wanted.facts.next = Some(case.coming());
        wanted.facts.cause = cause(self.read, lot, month)?;
        report.status.as_str().clone_into(&mut wanted.gravity);
        Ok(Some(wanted))
    }

    /// Writes a formal notice about a lot as it stands.
    pub fn formal(&self, lot: Id<Lot>, grounds: String) -> Result<Option<Wanted>, Failure> {
        let month = self.session.this_month().previous();
        let Some(case) = LotCase::read(self.read, &self.desk.terms, lot, month)? else { return Ok(None) };
        let mut wanted = self.of_lot(NoticeKind::FormalNotice, &case, month);
        if let Some(report) = case.judged(month) {
            case.fill(&mut wanted.facts, report);
        }
        let before = self
            .known
            .of_lot(lot)
            .filter(|(it, _)| it.kind == NoticeKind::FormalNotice && !it.reference.is_empty());
        let ordinal = u16::try_from(before.count() + 1).unwrap_or(u16::MAX);
        wanted.facts.grounds = Some(grounds);
        wanted.facts.ordinal = Some(ordinal);
        wanted.gravity = ordinal.to_string();
        Ok(Some(wanted))
    }

    /// Writes the reminder of a project, when it is time for it, or when it is asked for.
    pub fn reminder(&self, project: Id<Project>, asked: bool) -> Result<Option<Wanted>, Failure> {
        let today = self.session.today;
        let month = Month::of(today).previous();
        let terms = &self.desk.terms;
        if !asked && !is_reminder_time(today, month, terms.deadline(project, month)) {
            return Ok(None);
        }
        let policies = standing::Policies::of(terms, project);
        let (mut expected, mut lots) = (0, Vec::new());
        for row in self.read.standings(Some(project))? {
            let kept = standing::decode(&row.state)?;
            let view = standing::view(self.read, row.lot, &kept, month, month, &policies)?;
            expected += usize::from(view.months[0].expected);
            if !view.months[0].missing {
                continue;
            }
            let Some(lot) = self.read.lot(row.lot)? else { continue };
            let Some(site) = self.read.site(lot.site)? else { continue };
            lots.push((site, lot, view.missing_since.unwrap_or(month)));
        }
        if lots.is_empty() {
            return Ok(None);
        }
        lots.sort_by(|a, b| (&a.0.code, &a.0.name, &a.1.name).cmp(&(&b.0.code, &b.0.name, &b.1.name)));
        let mut wanted = self.of_project(NoticeKind::Reminder, project, month, reminder_day(month));
        let entered = expected - lots.len().min(expected);
        wanted.facts.missing = Some(missing(self.desk, project, month, (entered, expected), &lots));
        Ok(Some(wanted))
    }

    /// Writes about figures that were notified and read otherwise today.
    pub fn corrections(&self, project: Option<Id<Project>>) -> Result<Vec<Wanted>, Failure> {
        let mut wanted = Vec::new();
        for lot in self.known.lots() {
            let mut last: BTreeMap<String, (&Notice, Facts, i64)> = BTreeMap::new();
            for (notice, deliveries) in self.known.of_lot(lot).filter(|(_, it)| is_gone(it)) {
                let facts = Facts::read(&notice.facts);
                let said = facts.figures.as_ref().filter(|it| it.target.is_some());
                let Some(month) = said.map(|it| it.month.clone()) else { continue };
                let at = last_gone_ms(deliveries);
                if last.get(&month).is_none_or(|(_, _, before)| *before <= at) {
                    last.insert(month, (notice, facts, at));
                }
            }
            for (notice, facts, at) in last.into_values() {
                if project.is_none_or(|it| it == notice.project) {
                    wanted.extend(self.correction(lot, (notice, at), &facts)?);
                }
            }
        }
        Ok(wanted)
    }

    fn correction(
        &self,
        lot: Id<Lot>,
        (notice, went_ms): (&Notice, i64),
        said: &Facts,
    ) -> Result<Option<Wanted>, Failure> {
        let Some(old) = said.figures.clone() else { return Ok(None) };
        let Ok(month) = old.month.parse::<Month>() else { return Ok(None) };
        let Some(case) = LotCase::read(self.read, &self.desk.terms, lot, month)? else { return Ok(None) };
        let Some(report) = case.report(month) else { return Ok(None) };
        let new = figures(report);
        if new == old {
            return Ok(None);
        }
        let mut wanted = self.of_lot(NoticeKind::Corrigendum, &case, month);
        let before = self.known.of_lot(lot).filter(|(it, deliveries)| {
            it.kind == NoticeKind::Corrigendum && it.month == month && is_gone(deliveries)
        });
        wanted.gravity = format!("{} {}", before.count() + 1, gravity_of(&new));
        wanted.facts.figures = Some(new.clone());
        wanted.facts.correction = Some(Correction {
            kind: notice.kind.word().to_owned(),
            reference: notice.reference.clone(),
            day: Some(notice.day.clone()).filter(|it| !it.is_empty()),
            lifted: !report.outcome.is_alert(),
            reason: observed_since(self.read, (case.site.id, lot), month, went_ms)?,
            old,
            new,
        });
        Ok(Some(wanted))
    }

    /// Lists the alerts of a project for its directors, in the week of a day.
    pub fn digest(&self, project: &Project) -> Result<Wanted, Failure> {
        let today = self.session.today;
        let (month, week) = week_of(today);
        let mut wanted = self.of_project(NoticeKind::Digest, project.id, month, today);
        wanted.gravity = week;
        let board = alerts::board(self.session, Some(&project.name), None)?;
        let items: Vec<_> = board.alerts.iter().map(super::demand::item).collect();
        wanted.facts.more = items.len().checked_sub(super::facts::NAMED_MAX).filter(|it| *it > 0);
        wanted.facts.items = items.into_iter().take(super::facts::NAMED_MAX).collect();
        Ok(wanted)
    }
}

/// Returns the week of a day, with the month in which it begins: one digest goes in a week that spans two months.
pub(super) fn week_of(day: NaiveDate) -> (Month, String) {
    let into = u64::from(day.weekday().num_days_from_monday());
    let monday = day.checked_sub_days(Days::new(into)).unwrap_or(day);
    (Month::of(monday), day.format("%G-W%V").to_string())
}

/// What tells one corrigendum of a month from the next.
fn gravity_of(figures: &Figures) -> String {
    let shown = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
    format!("{}/{}", shown(&figures.cumulative), shown(&figures.target))
}
