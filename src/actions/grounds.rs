//! What a person looks at before deciding about a lot; frozen, it is kept with the decision.

use super::authority::{self, Objection};
use super::decide::{cycle_begins, is_warned, was_notified};
use super::failure::Failure;
use super::names;
use super::notices;
use super::session::Session;
use super::standing::{self, Policies};
use super::terms::Terms;
use super::withdrawal;
use crate::model::decision::DecisionKind;
use crate::model::grounds::{FrozenAddressee, FrozenGrounds, FrozenLetter, FrozenMonth};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, Notice, NoticeKind, NoticeState};
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::rules::{LotState, MonthReport, Ratio};
use crate::store::read::Reader;

/// What a person looks at before deciding about a lot.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// The site.
    pub site: Site,
    /// The lot.
    pub lot: Lot,
    /// The names of its contractors.
    pub contractors: Vec<String>,
    /// Where it stands this month.
    pub state: LotState,
    /// The months of the present cycle, or the last ones, oldest first.
    pub months: Vec<MonthReport>,
    /// The month in which the present cycle began.
    pub since: Option<Month>,
    /// Whether a warning of withdrawal was found in the present cycle.
    pub warned: bool,
    /// Whether its letter went out; `None` where no letter about the lot was ever prepared here.
    pub notified: Option<bool>,
    /// The month in which the rules found the withdrawal that waits.
    pub proposed: Option<Month>,
    /// The month from which the contractor is out by policy, nobody having pronounced it.
    pub by_policy: Option<Month>,
    /// The month of the withdrawal in effect, where the figures do not call for it any more.
    pub groundless: Option<Month>,
    /// The last known progress: what a recovery plan starts from.
    pub known: Percent,
    /// How many times the contractor came back.
    pub returns: u16,
    /// The letters of withdrawal about the lot, oldest first.
    pub letters: Vec<(Notice, Vec<Delivery>)>,
    /// What is said against the user, by decision.
    pub objections: Vec<(DecisionKind, Objection)>,
}

/// Gathers what a person looks at before deciding.
pub fn grounds(session: &Session, lot: Id<Lot>) -> Result<Grounds, Failure> {
    let read = session.store.read();
    let (site, lot) = names::known_lot(read, lot)?;
    let terms = Terms::load(read)?;
    let policies = Policies::of(&terms, site.project);
    let missing = || Problem::new("thing-gone");
    let kept = standing::decode(&read.standing(lot.id)?.ok_or_else(missing)?)?;
    let due = standing::due_month(&terms, site.project, session.today);
    let until = standing::month_to_show(&kept, session.today);
    let view = standing::view(read, lot.id, &kept, until, due, &policies)?;
    let mut months = Vec::new();
    let figures = read.figures(lot.id)?;
    crate::rules::follow(&kept.facts(policies.timeline()), &figures, until, |it| months.push(it));
    let first = cycle_begins(&months);
    let since = first.map(|it| months[it].month);
    months.drain(..first.unwrap_or_else(|| months.len().saturating_sub(standing::SHOWN_MONTHS)));
    let contractors: Vec<_> = read.contractors()?;
    let named = lot.contractors.iter().filter_map(|id| contractors.iter().find(|it| it.id == *id));
    let mut objections = Vec::new();
    for kind in DecisionKind::ALL {
        let said = authority::objection(session, kind.into(), Some(site.project), &session.user)?;
        objections.extend(said.map(|it| (kind, it)));
    }
    Ok(Grounds {
        contractors: named.map(|it| it.party.name.clone()).collect(),
        state: kept.state_in(session.this_month(), due, &policies),
        warned: is_warned(&view),
        notified: was_notified(read, lot.id, since, session.this_month())?,
        proposed: view.tracker.proposed_demobilisation(),
        by_policy: view.tracker.demobilised_by_policy(),
        groundless: withdrawal::groundless(read, &site, lot.id, session.this_month())?,
        known: view.tracker.known(),
        returns: view.tracker.remobilisations(),
        letters: letters(read, lot.id)?,
        objections,
        site,
        lot,
        months,
        since,
    })
}

/// Reads the letters that bear on a withdrawal.
fn letters(read: Reader<'_>, lot: Id<Lot>) -> Result<Vec<(Notice, Vec<Delivery>)>, Failure> {
    let bears = |it: &Notice| {
        let kinds = [NoticeKind::PreDemobilisation, NoticeKind::FormalNotice, NoticeKind::Demobilisation];
        kinds.contains(&it.kind) && it.state != NoticeState::Cancelled
    };
    let mut letters = Vec::new();
    for notice in read.notices_of_lot(lot)?.into_iter().filter(bears) {
        let deliveries = read.deliveries(notice.id)?;
        letters.push((notice, deliveries));
    }
    Ok(letters)
}

impl Grounds {
    /// Returns what is said against the user taking a decision.
    pub fn objection(&self, kind: DecisionKind) -> Option<&Objection> {
        self.objections.iter().find(|(it, _)| *it == kind).map(|(_, it)| it)
    }

    /// Returns the last letter of pre-demobilisation of the present cycle, with what became of it.
    pub fn warning_letter(&self) -> Option<&(Notice, Vec<Delivery>)> {
        let since = self.since.unwrap_or(Month::MIN);
        let of_cycle = |it: &&(Notice, _)| it.0.kind == NoticeKind::PreDemobilisation && it.0.month >= since;
        let mut letters = self.letters.iter().rev().filter(of_cycle);
        let gone = letters.clone().find(|(_, it)| notices::is_gone(it));
        gone.or_else(|| letters.next())
    }

    /// Freezes what was known for a decision that is taken today.
    pub fn freeze(&self, session: &Session, kind: DecisionKind) -> FrozenGrounds {
        let cycle = self.months.last().map(|it| it.cycle.kind.as_str().to_owned());
        FrozenGrounds {
            day: session.today.to_string(),
            state: self.state.as_str().to_owned(),
            cycle: cycle.filter(|_| self.since.is_some()).unwrap_or_default(),
            since: self.since.map(|it| it.to_string()),
            months: self.months.iter().map(frozen_month).collect(),
            proposed: self.proposed.or(self.by_policy).map(|it| it.to_string()),
            warned: self.warned,
            notified: self.notified,
            letters: self.letters.iter().map(|(notice, it)| frozen_letter(notice, it)).collect(),
            by_policy: false,
            by_stranger: self.objection(kind).is_some(),
        }
    }
}

/// Freezes a month.
pub fn frozen_month(report: &MonthReport) -> FrozenMonth {
    let rate = |it: Option<Ratio>| it.map(|it| it.to_decimal_string(2));
    FrozenMonth {
        month: report.month.to_string(),
        cumulative: report.cumulative.map(|it| it.to_string()),
        progress: report
            .month_progress
            .and_then(|it| i32::try_from(it).ok())
            .map(|it| Percent(it).to_string()),
        normal: rate(report.normal),
        target: rate(report.target),
        status: report.status.as_str().to_owned(),
        outcome: report.outcome.as_str().to_owned(),
        estimated: report.estimated,
    }
}

fn frozen_letter(notice: &Notice, deliveries: &[Delivery]) -> FrozenLetter {
    let addressees = deliveries.iter().map(|it| FrozenAddressee {
        name: it.name.clone(),
        role: it.role.clone(),
        state: it.state.word().to_owned(),
    });
    FrozenLetter {
        kind: notice.kind.word().to_owned(),
        month: notice.month.to_string(),
        reference: notice.reference.clone(),
        day: notice.day.clone(),
        state: notice.state.word().to_owned(),
        addressees: addressees.collect(),
    }
}
