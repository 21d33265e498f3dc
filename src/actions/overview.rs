//! The portfolio at a glance: what is to be done today, who is in trouble, month by month.

use serde::{Deserialize, Serialize};

use super::alerts::AlertKind;
use super::failure::Failure;
use super::notices::mail_settings;
use super::portfolio::{LotRow, Portfolio, ProjectRow};
use super::session::Session;
use super::standing::{self, Policies};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::sign_off::SignLevel;
use crate::model::site::Lot;
use crate::rules::rollup::{project_progress, site_progress};
use crate::rules::{LotState, Ratio, Status, follow, missing};

/// How many months the heat map shows.
pub const HEAT_MONTHS: usize = 12;
/// How many lots the heat map can show.
const HEAT_ROWS_MAX: usize = 32;

/// Figures of the whole portfolio.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Name of the organisation.
    pub organisation: String,
    /// Sites that are followed.
    pub sites: usize,
    /// Lots on which works go on.
    pub active: usize,
    /// Weighted progress in hundredths of a percent.
    pub progress: Option<i64>,
    /// Mean of the time consumed, of lots with a duration, in hundredths of a percent.
    pub time_consumed: Option<i64>,
    /// Mean of progress minus time consumed, of the same lots, in hundredths of a point.
    pub drift: Option<i64>,
    /// How many alerts stand, by kind, least grave first: figures missing, problematic, critical, warnings of
    /// withdrawal, withdrawals to pronounce.
    pub alerts: [usize; 5],
    /// Projects of which figures of the month that is due are missing, or are awaited.
    pub awaited: Vec<Awaited>,
    /// Lots without duration, so that nothing can be judged.
    pub to_complete: usize,
    /// Values of which two versions compete.
    pub contested: usize,
    /// Notices that wait for approval.
    pub drafts: usize,
    /// Approved notices that a server refused for somebody, or about which a person decides.
    pub stuck: usize,
    /// Complete months that wait for somebody to vouch for them.
    pub to_sign: ToSign,
    /// The lots in trouble, gravest first, then the others.
    pub heat: Vec<HeatRow>,
    /// The last month of the heat map.
    pub month: Option<Month>,
    /// When the last op was done, in milliseconds since 1970 UTC.
    pub saved_ms: Option<i64>,
}

/// Figures that a project awaits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The project, as bytes of its identifier.
    pub project: [u8; 16],
    /// Its name.
    pub name: String,
    /// The month.
    pub month: Month,
    /// How many figures are there.
    pub entered: usize,
    /// How many are expected.
    pub expected: usize,
    /// The first day on which they are late.
    pub due: chrono::NaiveDate,
}

/// Complete months that wait for somebody to vouch for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToSign {
    /// How many wait for each level.
    pub levels: [usize; 3],
    /// The first of them: its project, as bytes of the identifier, and the month.
    pub first: Option<([u8; 16], Month)>,
}

/// One lot, month by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeatRow {
    /// The lot, as bytes of its identifier.
    pub lot: [u8; 16],
    /// Code of the site.
    pub code: String,
    /// Name of the site.
    pub name: String,
    /// Name of the lot; empty while it is the only one.
    pub lot_name: String,
    /// Statuses, oldest first.
    pub months: Vec<Status>,
    /// The rate of the month that the alert is about, in hundredths of a percent.
    pub rate: Option<i64>,
    /// What stands.
    pub alert: Option<usize>,
}

/// An overview and the moment for which it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glance {
    /// The form of this file.
    form: u8,
    /// The last op that it knows.
    seen: i64,
    /// The day.
    today: chrono::NaiveDate,
    /// The overview.
    pub overview: Overview,
}

/// Another form of the kept glance is read again.
const FORM: u8 = 5;

impl Glance {
    /// Keeps an overview for the moment for which it holds.
    pub fn new(overview: Overview, portfolio: &Portfolio, session: &Session) -> Self {
        Self { form: FORM, seen: portfolio.seen(), today: session.today, overview }
    }

    /// Tells whether nothing was written and no day went by since.
    pub fn holds(&self, session: &Session) -> Result<bool, Failure> {
        let same = self.form == FORM && self.today == session.today;
        Ok(same && self.seen == session.store.read().last_op()?)
    }
}

/// Returns the column of the board in which the alert of a lot stands.
pub fn gravity(row: &LotRow) -> Option<usize> {
    let found = row.looked.found.as_ref()?;
    Some(match found.kind {
        AlertKind::NonSaisie => 0,
        AlertKind::Alerte if found.report.status == Status::Critique => 2,
        AlertKind::Alerte | AlertKind::Sursis => 1,
        AlertKind::PreDemobilisation => 3,
        AlertKind::Demobilisation => 4,
    })
}

/// Gathers the overview.
pub fn overview(session: &Session, portfolio: &Portfolio) -> Result<Overview, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let mut alerts = [0; 5];
    for gravity in portfolio.rows.iter().filter_map(gravity) {
        alerts[gravity] += 1;
    }
    alerts[0] = portfolio.rows.iter().filter(|it| it.looked.missing_since.is_some()).count();
    let mut sites: Vec<_> = portfolio.rows.iter().map(|it| it.site).collect();
    sites.dedup();
    let (drafts, stuck) = read.notices_to_do(mail_settings::load(session)?.prints_letters())?;
    Ok(Overview {
        drafts,
        stuck,
        to_sign: to_sign(session, portfolio)?,
        organisation: portfolio.organisation.name.clone(),
        sites: sites.len(),
        active: portfolio.rows.iter().filter(|it| it.state.is_active()).count(),
        progress: progress(portfolio).map(Ratio::hundredths_floor),
        time_consumed: mean(open(portfolio).filter_map(|it| it.time_consumed)),
        drift: mean(open(portfolio).filter_map(drift)),
        alerts,
        awaited: awaited(session, &terms, portfolio),
        to_complete: portfolio.rows.iter().filter(|it| it.looked.to_complete).count(),
        contested: portfolio.contested.count(),
        heat: heat(session, &terms, portfolio)?,
        month: Some(portfolio.month),
        saved_ms: read.last_op_wall_ms()?,
    })
}

/// Returns the weighted progress of everything followed.
fn progress(portfolio: &Portfolio) -> Option<Ratio> {
    let sites = portfolio.rows.chunk_by(|a, b| a.site == b.site);
    let parts: Vec<(Ratio, Option<i64>)> = sites
        .filter_map(|lots| {
            let parts: Vec<_> = lots.iter().map(|it| (it.known, it.weight)).collect();
            Some((site_progress(&parts)?, lots.iter().map(|it| it.weight).sum()))
        })
        .collect();
    project_progress(&parts)
}

fn open(portfolio: &Portfolio) -> impl Iterator<Item = &LotRow> {
    portfolio.rows.iter().filter(|it| it.state.is_open())
}

/// Returns how far a lot is ahead of its time. Lots without duration have none, however far they are: what is built
/// there must not make up for the delay elsewhere.
fn drift(row: &LotRow) -> Option<Ratio> {
    Some(Ratio::of_percent(row.known).minus(row.time_consumed?))
}

/// Returns a mean in hundredths.
fn mean(values: impl Iterator<Item = Ratio>) -> Option<i64> {
    let (mut sum, mut count) = (0, 0);
    for value in values {
        sum += value.hundredths_floor();
        count += 1;
    }
    (count > 0).then(|| sum / count)
}

/// Returns the projects that are late, then those whose figures are awaited from the 1st on.
fn awaited(session: &Session, terms: &Terms, portfolio: &Portfolio) -> Vec<Awaited> {
    let last = session.this_month().previous();
    let mut awaited = Vec::new();
    for it in &portfolio.projects {
        let deadline = terms.deadline(it.project.id, last);
        let (month, entered, expected) = if it.due == last || it.entered < it.expected {
            (it.due, it.entered, it.expected)
        } else {
            let (entered, expected) = counted(portfolio, it, last);
            (last, entered, expected)
        };
        if entered < expected {
            awaited.push(Awaited {
                project: it.project.id.bytes(),
                name: it.project.name.clone(),
                month,
                entered,
                expected,
                due: missing::due(month, deadline),
            });
        }
    }
    awaited.sort_by(|a, b| (a.due, &a.name).cmp(&(b.due, &b.name)));
    awaited
}

/// Counts figures of the month shown, before it is due.
fn counted(portfolio: &Portfolio, project: &ProjectRow, month: Month) -> (usize, usize) {
    let of_project = portfolio.rows.iter().filter(|it| it.project == project.project.id);
    let reports = of_project.filter_map(|it| it.months.iter().find(|it| it.month == month));
    let expected = reports.filter(|it| it.expected);
    let entered = expected.clone().filter(|it| !it.missing && it.cumulative.is_some()).count();
    (entered, expected.count())
}

/// Counts the projects of which the month that is due is complete and waits for a level that was ever signed there, and
/// finds the first. Whether the signed text is the present one is not looked at here: that takes reading every figure.
fn to_sign(session: &Session, portfolio: &Portfolio) -> Result<ToSign, Failure> {
    let mut found = ToSign::default();
    for it in portfolio.projects.iter().filter(|it| it.expected > 0 && it.entered == it.expected) {
        let rows = session.store.read().sign_offs(it.project.id)?;
        let reached = rows.iter().filter(|row| row.month == it.due).map(|row| row.level).max();
        let used = rows.iter().map(|row| row.level).max();
        let next = SignLevel::ALL.iter().position(|level| Some(*level) > reached && Some(*level) <= used);
        if let Some(level) = next {
            found.levels[level] += 1;
            found.first = found.first.or(Some((it.project.id.bytes(), it.due)));
        }
    }
    Ok(found)
}

fn heat(session: &Session, terms: &Terms, portfolio: &Portfolio) -> Result<Vec<HeatRow>, Failure> {
    let mut rows: Vec<&LotRow> =
        portfolio.rows.iter().filter(|it| it.state != LotState::Terminated).collect();
    let rate = |it: &LotRow| it.looked.found.as_ref().and_then(|it| it.report.target);
    rows.sort_by_key(|it| (std::cmp::Reverse(gravity(it)), rate(it)));
    rows.truncate(HEAT_ROWS_MAX);
    rows.into_iter()
        .map(|row| {
            Ok(HeatRow {
                lot: row.lot.bytes(),
                code: row.code.clone(),
                name: row.name.clone(),
                lot_name: row.lot_name.clone(),
                months: statuses(session, terms, row.lot, row.project, portfolio.month, HEAT_MONTHS)?,
                rate: rate(row).map(Ratio::hundredths_floor),
                alert: gravity(row),
            })
        })
        .collect()
}

/// Returns the statuses of the last `count` months of a lot up to `month`, oldest first.
pub fn statuses(
    session: &Session,
    terms: &Terms,
    lot: Id<Lot>,
    project: Id<Project>,
    month: Month,
    count: usize,
) -> Result<Vec<Status>, Failure> {
    let read = session.store.read();
    let Some(kept) = read.standing(lot)?.map(|it| standing::decode(&it)).transpose()? else {
        return Ok(Vec::new());
    };
    let policies = Policies::of(terms, project);
    let first = month.plus(1 - i32::try_from(count).unwrap_or(1));
    let mut statuses = vec![Status::HorsSuivi; count];
    follow(&kept.facts(policies.timeline()), &read.figures(lot)?, month, |report| {
        let place = usize::try_from(report.month.since(first)).ok();
        if let Some(status) = place.and_then(|it| statuses.get_mut(it)) {
            *status = report.status;
        }
    });
    Ok(statuses)
}
