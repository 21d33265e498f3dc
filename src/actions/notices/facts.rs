//! Gathers the facts of notices: figures as the screens show them, names, what comes next.

use crate::actions::alerts::RecipientNames;
use crate::actions::decide::cycle_begins;
use crate::actions::failure::Failure;
use crate::actions::grounds::frozen_month;
use crate::actions::register::lot::own_name;
use crate::actions::session::Session;
use crate::actions::standing::{self, Policies};
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Organisation, Post, Project};
use crate::model::policy::Policy;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::notify::facts::{
    Aim, Facts, Figures, Firm, Missing, MissingFacts, Next, ProjectFacts, Sender, Signatory, Thresholds, Unit,
};
use crate::notify::letter;
use crate::rules::consequence::Need;
use crate::rules::{Consequences, MonthReport, Outcome, Ratio, Recovery, Status, follow, next_consequences};
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::registry;

/// Most months in a table of figures.
const MONTHS_MAX: usize = 4;
/// Months in a table of figures that no cycle makes longer.
const MONTHS_USUAL: usize = 3;
/// Most lots that a letter names.
pub(super) const NAMED_MAX: usize = 60;

/// What every notice is gathered with.
pub(super) struct Desk {
    pub organisation: Organisation,
    pub terms: Terms,
    pub names: RecipientNames,
}

impl Desk {
    pub fn new(session: &Session) -> Result<Self, Failure> {
        let organisation = session.organisation()?;
        let terms = Terms::load(session.store.read())?;
        Ok(Self { organisation, terms, names: RecipientNames::load(session)? })
    }

    /// Returns the language of the letters of a project.
    pub fn language(&self, project: Id<Project>) -> &str {
        self.terms.setting(project, "notices.language")
    }

    /// Begins the facts of a notice about a project and month.
    pub fn project_facts(&self, project: Id<Project>, month: Month) -> Facts {
        let setting = |name| self.terms.setting(project, name);
        let days = |name, usual| setting(name).parse().unwrap_or(usual);
        let known = self.names.project(project);
        let client = known.map(|it| it.client.clone()).unwrap_or_default();
        Facts {
            organisation: Sender {
                name: self.organisation.name.clone(),
                address: letter::lines(setting("notices.address")),
                place: setting("notices.place").to_owned(),
            },
            project: ProjectFacts {
                name: known.map(|it| it.name.clone()).unwrap_or_default(),
                client: client.name,
                client_address: client.address,
            },
            signatory: self.signatory(project),
            month: month.to_string(),
            reply_days: days("notices.reply_days", 8),
            hearing_days: days("notices.hearing_days", 15),
            formal_days: days("notices.formal_days", 15),
            ..Facts::default()
        }
    }

    /// The head of the project signs, else the head of the organisation.
    fn signatory(&self, project: Id<Project>) -> Signatory {
        let of = |post: Post| self.names.contacts_of(project).find(|it| it.post == post);
        let found = of(Post::DirecteurProjet).or_else(|| of(Post::DirecteurGeneral));
        found
            .map(|it| Signatory { name: it.party.name.clone(), post: it.post.word().to_owned() })
            .unwrap_or_default()
    }

    /// Begins the facts of a notice about a lot and month.
    pub fn lot_facts(&self, case: &LotCase, month: Month) -> Facts {
        let mut facts = self.project_facts(case.site.project, month);
        let (site, lot) = (&case.site, &case.lot);
        let firms = lot.contractors.iter().filter_map(|it| self.names.contractor(*it));
        let contractors: Vec<Firm> =
            firms.map(|it| Firm { name: it.party.name.clone(), address: it.party.address.clone() }).collect();
        let names: Vec<&str> = contractors.iter().map(|it| it.name.as_str()).collect();
        facts.unit = Some(Unit {
            site_code: site.code.clone(),
            site: site.name.clone(),
            lot: own_name(lot).to_owned(),
            label: label(site, lot),
            names: names.join(" / "),
            contractors,
            start: site.start.map(|it| it.month.to_string()),
            duration: self.duration(case, month),
        });
        facts.thresholds = thresholds(case.policies.timeline().at(month));
        facts
    }

    fn duration(&self, case: &LotCase, month: Month) -> Option<u16> {
        let durations = self.terms.durations(&case.site);
        let held = durations.iter().filter(|(from, _)| *from <= month).max_by_key(|(from, _)| *from);
        held.map(|(_, months)| *months).filter(|it| *it > 0)
    }
}

/// A lot, how it stands, and every month of it up to one.
pub(super) struct LotCase {
    pub site: Site,
    pub lot: Lot,
    pub policies: Policies,
    pub months: Vec<MonthReport>,
    /// The recovery plan in effect after the last month.
    pub recovery: Option<Recovery>,
    next: Consequences,
}

impl LotCase {
    /// Reads a lot up to a month; `None` where it is no longer followed.
    pub fn read(
        read: Reader<'_>,
        terms: &Terms,
        lot: Id<Lot>,
        until: Month,
    ) -> Result<Option<Self>, Failure> {
        let Some(lot) = read.lot(lot)?.filter(|it| !it.archived) else { return Ok(None) };
        let Some(site) = read.site(lot.site)?.filter(|it| !it.archived) else { return Ok(None) };
        let Some(state) = read.standing(lot.id)? else { return Ok(None) };
        let kept = standing::decode(&state)?;
        let policies = Policies::of(terms, site.project);
        let (facts, figures) = (kept.facts(policies.timeline()), read.figures(lot.id)?);
        let mut months = Vec::new();
        let tracker = follow(&facts, &figures, until, |it| months.push(it));
        let next = next_consequences(&tracker, &facts, until.next());
        Ok(Some(Self { site, lot, policies, months, recovery: tracker.recovery(), next }))
    }

    /// Returns a month.
    pub fn report(&self, month: Month) -> Option<&MonthReport> {
        self.months.iter().rev().find(|it| it.month == month)
    }

    /// Returns the last judged month up to one.
    pub fn judged(&self, month: Month) -> Option<&MonthReport> {
        self.months.iter().rev().find(|it| it.month <= month && it.target.is_some())
    }

    /// Returns the month in which the cycle began that a month belongs to.
    pub fn cycle_since(&self, month: Month) -> Option<Month> {
        let until = self.months.iter().rposition(|it| it.month <= month && it.target.is_some())?;
        let months = &self.months[..=until];
        cycle_begins(months).map(|it| months[it].month)
    }

    /// Puts the figures of a month, the months of its cycle before it, and what comes next, into the facts.
    pub fn fill(&self, facts: &mut Facts, report: &MonthReport) {
        let begins = report.since.unwrap_or(report.month);
        let shown = self.months.iter().rev().filter(|it| it.month <= report.month);
        let followed = shown.take_while(|it| it.status != Status::HorsSuivi);
        let mut table: Vec<Figures> = followed
            .enumerate()
            .take_while(|(at, it)| *at < MONTHS_USUAL || *at < MONTHS_MAX && it.month >= begins)
            .map(|(_, it)| figures(it))
            .collect();
        table.reverse();
        facts.months = table;
        facts.figures = Some(figures(report));
        facts.since = report.since.map(|it| it.to_string());
    }

    /// Says what the month after the last one that was read has to bring.
    pub fn coming(&self) -> Next {
        let next = &self.next;
        let aim = |it: Option<Need>| {
            it.map(|it| Aim { cumulative: it.cumulative.to_string(), points: it.points.to_string() })
        };
        Next {
            month: next.month.to_string(),
            critical: aim(next.to_leave_critical),
            good: aim(next.to_be_good),
            pace: next.needed_pace.map(|it| it.to_decimal_string_up(2)),
            warns: next.if_critical == Outcome::PreDemobilisation,
        }
    }
}

/// Returns the figures of a month as they are now.
pub(super) fn figures_now(
    read: Reader<'_>,
    terms: &Terms,
    lot: Id<Lot>,
    month: Month,
) -> Result<Option<Figures>, Failure> {
    let case = LotCase::read(read, terms, lot, month)?;
    Ok(case.as_ref().and_then(|it| it.report(month)).map(figures))
}

/// Names a site with its lot, as letters do.
pub(super) fn label(site: &Site, lot: &Lot) -> String {
    // A site that was never named is called by its code.
    let whole = match (site.code.as_str(), site.name.as_str()) {
        ("", name) => name.to_owned(),
        (code, name) if name.is_empty() || name == code => code.to_owned(),
        (code, name) => format!("{code} {name}"),
    };
    match own_name(lot) {
        "" => whole,
        lot => format!("{whole} / {lot}"),
    }
}

/// Writes the figures of a month as the screens show them.
pub(super) fn figures(report: &MonthReport) -> Figures {
    let kept = frozen_month(report);
    Figures {
        month: kept.month,
        cumulative: kept.cumulative,
        progress: kept.progress,
        normal: kept.normal,
        target: kept.target,
        delay: report.delay().map(|it| it.to_decimal_string_up(2)),
        status: kept.status,
        estimated: kept.estimated,
        covered_months: report.covered_months,
    }
}

fn thresholds(policy: &Policy) -> Thresholds {
    Thresholds { critical: policy.critical.to_string(), good: policy.good.to_string() }
}

/// Says what is missing in a project and month.
pub(super) fn missing(
    desk: &Desk,
    project: Id<Project>,
    month: Month,
    (entered, expected): (usize, usize),
    lots: &[(Site, Lot, Month)],
) -> Missing {
    let due = crate::rules::missing::due(month, desk.terms.deadline(project, month));
    let named = lots.iter().take(NAMED_MAX).map(|(site, lot, since)| MissingFacts {
        place: label(site, lot),
        since: Some(*since).filter(|it| *it < month).map(|it| it.to_string()),
    });
    let whole = i64::try_from(expected.max(1)).unwrap_or(i64::MAX);
    let part = i64::try_from(entered).unwrap_or(0).saturating_mul(100);
    Missing {
        due: due.to_string(),
        entered,
        expected,
        rate: Ratio::new(part, whole).map(|it| it.to_decimal_string(2)).unwrap_or_default(),
        lots: named.collect(),
        more: lots.len().checked_sub(NAMED_MAX).filter(|it| *it > 0),
    }
}

/// Returns the cause that was recorded for a month. An observation is a note of the unit, not for others.
pub(super) fn cause(read: Reader<'_>, lot: Id<Lot>, month: Month) -> Result<Option<String>, Failure> {
    let column = registry::ENTRY.columns.iter().find(|it| it.name == "cause").map_or(0, |it| it.id);
    let cause = read.value(&registry::ENTRY, &[lot.into(), month.into()], column)?;
    Ok(cause.text().filter(|it| !it.is_empty()).map(str::to_owned))
}

/// Returns the last observation of a month that was written after a letter went: what was said before is no reason for a
/// correction.
pub(super) fn observed_since(
    read: Reader<'_>,
    (site, lot): (Id<Site>, Id<Lot>),
    month: Month,
    went_ms: i64,
) -> Result<Option<String>, Failure> {
    for row in read.observations(lot)?.into_iter().rev().filter(|it| it.month == month) {
        let heads = read.heads(&registry::OBSERVATION, &[row.id.into()])?;
        let Some((_, dot)) = heads.first() else { continue };
        let op = read.op_at(Scope::Site(site.bytes()), *dot)?;
        if op.is_some_and(|it| it.wall_ms >= went_ms) {
            return Ok(Some(row.text));
        }
    }
    Ok(None)
}

/// Says that a lot is not there.
pub(super) fn gone() -> Problem {
    Problem::new("thing-gone")
}
