//! Takes a decision about a lot, or about every lot of a site.

use super::failure::Failure;
use super::names::{self, Wanted};
use super::notices;
use super::op::{Note, OpName};
use super::record_entry::place;
use super::session::{Session, new_id};
use super::standing::{self, Policies, View};
use super::terms::Terms;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::clean_note;
use crate::rules::standing::{self as decisions_say, decided};
use crate::rules::{LotState, MonthReport};
use crate::store::change::Scope;
use crate::store::read::{DecisionRow, Reader};
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What is decided.
#[derive(Clone, Debug)]
pub struct Request {
    /// Every open lot of a site that is named, or one lot.
    pub place: Wanted<Lot>,
    /// What.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// From which month; the current one unless given.
    pub from: Option<Month>,
    /// To which month; only for a suspension.
    pub to: Option<Month>,
}

/// What was decided, and what a person should know about it.
#[derive(Debug)]
pub struct Decided {
    /// The site.
    pub site: Site,
    /// The lots concerned.
    pub lots: Vec<Lot>,
    /// The first month.
    pub from: Month,
    /// For example that no warning was ever notified.
    pub warnings: Vec<Problem>,
}

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
    Ok(Grounds {
        contractors: named.map(|it| it.party.name.clone()).collect(),
        state: kept.state_in(session.this_month(), due, &policies),
        warned: is_warned(&view),
        notified: was_notified(read, lot.id, since, session.this_month())?,
        proposed: view.tracker.proposed_demobilisation(),
        site,
        lot,
        months,
        since,
    })
}

/// Says which decisions make sense about a lot from a month on.
pub fn possible_kinds(session: &Session, lot: Id<Lot>, from: Month) -> Result<Vec<DecisionKind>, Failure> {
    let read = session.store.read();
    let (site, lot) = names::known_lot(read, lot)?;
    let Some(state) = read.standing(lot.id)? else { return Ok(Vec::new()) };
    let policies = Policies::of(&Terms::load(read)?, site.project);
    let view = standing::view(read, lot.id, &standing::decode(&state)?, from, from, &policies)?;
    let decisions = read.decisions(lot.id)?;
    let state = view.tracker.state();
    Ok(DecisionKind::ALL.into_iter().filter(|it| allows(state, &decisions, *it, from)).collect())
}

/// Finds where the cycle of the last month began: its months count up, a frozen one repeats the count before.
fn cycle_begins(months: &[MonthReport]) -> Option<usize> {
    let last = months.len().checked_sub(1).filter(|it| months[*it].cycle.month > 0)?;
    let goes_on = |at: &usize| (1..=months[at + 1].cycle.month).contains(&months[*at].cycle.month);
    Some((0..last).rev().take_while(goes_on).last().unwrap_or(last))
}

fn is_warned(view: &View) -> bool {
    view.months.iter().chain(&view.judged).any(|it| it.warned)
}

/// Tells whether the warning of the present cycle went out, where letters about the lot are prepared here.
fn was_notified(
    read: Reader<'_>,
    lot: Id<Lot>,
    since: Option<Month>,
    until: Month,
) -> Result<Option<bool>, Failure> {
    if read.notices_of_lot(lot)?.is_empty() {
        return Ok(None);
    }
    notices::warned_before(read, lot, since.unwrap_or(Month::MIN), until).map(Some)
}

/// Takes a decision.
pub fn decide(session: &mut Session, request: &Request) -> Result<Decided, Failure> {
    session.steady(|session| {
        let reason = clean_note(&request.reason);
        if reason.is_empty() {
            return Err(Problem::new("reason-empty").into());
        }
        let from = request.from.unwrap_or_else(|| session.this_month());
        match request.to {
            Some(_) if request.kind != DecisionKind::Suspend => {
                return Err(Problem::new("to-only-suspend").into());
            }
            Some(to) if to < from => {
                return Err(Problem::new("to-before-from").with("from", from).with("to", to).into());
            }
            _ => {}
        }
        let (site, lots) = names::wanted_lots(session.store.read(), &request.place)?;
        let mut warnings = Vec::new();
        let lots = possible(session, &site, lots, request, from, &mut warnings)?;
        let first = lots.first().map(|it| place(&site, it)).unwrap_or_default();
        let note = Note::new()
            .with("kind", request.kind.word())
            .with("place", first)
            .with("from", from)
            .with("reason", &reason);
        let decision = Decision { kind: request.kind, from, to: request.to };
        session.transact(OpName::Decide, &note, |tx| {
            lots.iter().try_for_each(|lot| write(tx, site.id, lot.id, decision, &reason))
        })?;
        Ok(Decided { site, lots, from, warnings })
    })
}

/// Writes a decision.
pub fn write(
    tx: &mut Tx<'_>,
    site: Id<Site>,
    lot: Id<Lot>,
    decision: Decision,
    reason: &str,
) -> Result<(), Failure> {
    let columns = registry::DECISION.columns([
        ("lot", Some(lot.into())),
        ("kind", Some(decision.kind.word().into())),
        ("from_month", Some(decision.from.into())),
        ("to_month", decision.to.map(Value::from)),
        ("reason", Some(reason.into())),
    ]);
    let key = vec![new_id::<Decision>().into()];
    tx.add(&registry::DECISION, Scope::Site(site.bytes()), key, columns, None)?;
    Ok(())
}

/// Keeps the lots for which the decision makes sense; says why when there is none.
fn possible(
    session: &Session,
    site: &Site,
    lots: Vec<Lot>,
    request: &Request,
    from: Month,
    warnings: &mut Vec<Problem>,
) -> Result<Vec<Lot>, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let policies = Policies::of(&terms, site.project);
    let mut kept = Vec::new();
    let mut refused = None;
    let lots_named = lots.clone();
    for lot in lots {
        let Some(state) = read.standing(lot.id)? else { continue };
        let kept_standing = standing::decode(&state)?;
        let view = standing::view(read, lot.id, &kept_standing, from, from, &policies)?;
        let state = view.tracker.state();
        if !allows(state, &read.decisions(lot.id)?, request.kind, from) {
            refused = Some(state);
            continue;
        }
        if request.kind == DecisionKind::Demobilise {
            if view.tracker.proposed_demobilisation().is_none() {
                warnings.push(Problem::new("demobilise-unproposed").with("place", place(site, &lot)));
            }
            let since = view.judged.and_then(|it| it.since);
            let notified = was_notified(read, lot.id, since, from)?;
            let unwarned = match notified {
                Some(true) => None,
                Some(false) => Some("demobilise-unnotified"),
                None => Some("demobilise-unwarned").filter(|_| !is_warned(&view)),
            };
            warnings.extend(unwarned.map(|it| Problem::new(it).with("place", place(site, &lot))));
        }
        kept.push(lot);
    }
    if kept.is_empty() {
        let named = lots_named.first().map(|it| place(site, it)).unwrap_or_default();
        let problem = Problem::new(&format!("decide-{}-refused", request.kind.word())).with("place", named);
        return Err(problem.with("state", refused.map_or("active", LotState::as_str)).into());
    }
    Ok(kept)
}

/// Tells whether a decision makes sense. What was decided counts, not only what the figures show: the order in which
/// figures and decisions are typed makes no difference.
fn allows(state: LotState, decisions: &[DecisionRow], kind: DecisionKind, from: Month) -> bool {
    let taken: Vec<Decision> = decisions.iter().map(|it| it.decision).collect();
    let stands = decided(&taken, from);
    let is_out = stands == decisions_say::Decided::Demobilised || matches!(state, LotState::Demobilised);
    match kind {
        DecisionKind::Suspend => {
            matches!(stands, decisions_say::Decided::Nothing | decisions_say::Decided::Remobilised) && !is_out
        }
        DecisionKind::Resume => stands == decisions_say::Decided::Suspended,
        DecisionKind::Demobilise => stands != decisions_say::Decided::Closed && !is_out,
        DecisionKind::Remobilise => stands != decisions_say::Decided::Closed && is_out,
        DecisionKind::Close => stands != decisions_say::Decided::Closed,
    }
}
