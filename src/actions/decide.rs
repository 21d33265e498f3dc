//! Takes a decision about a lot, or about every lot of a site.

use super::authority;
use super::failure::Failure;
use super::grounds::grounds;
use super::names::{self, Wanted};
use super::notices;
use super::op::{Note, OpName};
use super::record_entry::place;
use super::register::site::DURATION_MONTHS_MAX;
use super::session::{Session, new_id};
use super::standing::{self, Policies, View};
use super::terms::Terms;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::grounds::FrozenGrounds;
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
    /// Months granted to finish, that of the return included; only for a remobilisation.
    pub months: Option<u16>,
    /// The recovery plan; only for a remobilisation, and empty where there is none.
    pub plan: String,
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
pub(super) fn cycle_begins(months: &[MonthReport]) -> Option<usize> {
    let last = months.len().checked_sub(1).filter(|it| months[*it].cycle.month > 0)?;
    let goes_on = |at: &usize| (1..=months[at + 1].cycle.month).contains(&months[*at].cycle.month);
    Some((0..last).rev().take_while(goes_on).last().unwrap_or(last))
}

pub(super) fn is_warned(view: &View) -> bool {
    view.months.iter().chain(&view.judged).any(|it| it.warned)
}

/// Tells whether the warning of the present cycle went out, where letters about the lot are prepared here.
pub(super) fn was_notified(
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
        check_terms(request, from)?;
        let (site, lots) = names::wanted_lots(session.store.read(), &request.place)?;
        let stranger = authority::check(session, request.kind.into(), Some(site.project), &session.user)?;
        let mut warnings = Vec::from_iter(stranger);
        let lots = possible(session, &site, lots, request, from, &mut warnings)?;
        let mut frozen = Vec::new();
        for lot in &lots {
            frozen.push(grounds(session, lot.id)?.freeze(session, request.kind));
        }
        let first = lots.first().map(|it| place(&site, it)).unwrap_or_default();
        let note = Note::new()
            .with("kind", request.kind.word())
            .with("place", first)
            .with("from", from)
            .with("reason", &reason);
        let decision = Decision { kind: request.kind, from, to: request.to, months: request.months };
        let plan = clean_note(&request.plan);
        session.transact(OpName::Decide, &note, |tx| {
            lots.iter().zip(&frozen).try_for_each(|(lot, grounds)| {
                let written = Written { decision, reason: &reason, plan: &plan, grounds: Some(grounds) };
                write(tx, site.id, lot.id, &written)
            })
        })?;
        Ok(Decided { site, lots, from, warnings })
    })
}

/// Refuses terms that do not go with the decision.
fn check_terms(request: &Request, from: Month) -> Result<(), Problem> {
    match request.to {
        Some(_) if request.kind != DecisionKind::Suspend => return Err(Problem::new("to-only-suspend")),
        Some(to) if to < from => {
            return Err(Problem::new("to-before-from").with("from", from).with("to", to));
        }
        _ => {}
    }
    let plans = request.months.is_some() || !request.plan.trim().is_empty();
    if plans && request.kind != DecisionKind::Remobilise {
        return Err(Problem::new("plan-only-remobilise"));
    }
    check_months(request.months)
}

/// Refuses months that nobody can be granted.
pub fn check_months(months: Option<u16>) -> Result<(), Problem> {
    match months {
        Some(it) if !(1..=DURATION_MONTHS_MAX).contains(&it) => {
            Err(Problem::new("plan-months").with("most", DURATION_MONTHS_MAX))
        }
        _ => Ok(()),
    }
}

/// What is written of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The decision.
    pub decision: Decision,
    /// Why.
    pub reason: &'a str,
    /// The recovery plan; may be empty.
    pub plan: &'a str,
    /// What was known.
    pub grounds: Option<&'a FrozenGrounds>,
}

/// Writes a decision.
pub fn write(tx: &mut Tx<'_>, site: Id<Site>, lot: Id<Lot>, written: &Written<'_>) -> Result<(), Failure> {
    let decision = written.decision;
    let text = |it: &str| (!it.is_empty()).then(|| Value::from(it));
    let columns = registry::DECISION.columns([
        ("lot", Some(lot.into())),
        ("kind", Some(decision.kind.word().into())),
        ("from_month", Some(decision.from.into())),
        ("to_month", decision.to.map(Value::from)),
        ("reason", text(written.reason)),
        ("plan", text(written.plan)),
        ("months", decision.months.map(|it| Value::Int(it.into()))),
        ("grounds", written.grounds.map(|it| it.json().as_str().into())),
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
            let unwarned = match super::grounds::grounds(session, lot.id)?.notified {
                Some(true) => None,
                None if !is_warned(&view) => Some("demobilise-unwarned"),
                None | Some(false) => Some("demobilise-unnotified"),
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
