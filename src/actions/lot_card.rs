//! Everything about one lot: who, terms, rates, cycle, what comes next, observations, decisions.

use super::alerts::{Alert, Watch};
use super::failure::Failure;
use super::names;
use super::session::Session;
use super::standing::{self, View};
use super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contact, Contractor, Project};
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::rules::delay::{Delay, delay};
use crate::rules::{Consequences, LotState, MonthReport, follow, next_consequences};
use crate::store::read::DecisionRow;

/// How many months the curve shows.
pub const CURVE_MONTHS: usize = 12;

/// Everything about one lot.
#[derive(Debug)]
pub struct LotCard {
    /// The lot.
    pub lot: Lot,
    /// Its site.
    pub site: Site,
    /// Its project.
    pub project: Project,
    /// Who builds it, in order.
    pub contractors: Vec<Contractor>,
    /// Contacts of the project and of the organisation, by rank of their posts.
    pub contacts: Vec<Contact>,
    /// Planned budget of the site: amount in the smallest unit, and currency.
    pub budget: Option<(i64, String)>,
    /// Contractual durations with the month from which each holds.
    pub durations: Vec<(Month, u16)>,
    /// The month shown, and how the lot stands there.
    pub view: View,
    /// State today.
    pub state: LotState,
    /// Time consumed and delay, where there is a duration.
    pub delay: Option<Delay>,
    /// What the rules will do in the month after.
    pub next: Consequences,
    /// The last months up to the one shown, oldest first.
    pub months: Vec<MonthReport>,
    /// The alert that stands.
    pub alert: Option<Alert>,
    /// Observations, newest first.
    pub observations: Vec<(Month, String)>,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionRow>,
    /// Months of which two versions compete.
    pub contested: Vec<Month>,
}

/// Reads everything about one lot, as it stands today or as it stood at `asked`.
pub fn lot_card(session: &Session, lot: Id<Lot>, asked: Option<Month>) -> Result<LotCard, Failure> {
    let read = session.store.read();
    let (site, lot) = names::known_lot(read, lot)?;
    let terms = Terms::load(read)?;
    let watch = Watch::new(&terms, site.project, session.today, asked);
    let state = read.standing(lot.id)?.ok_or_else(|| Problem::new("thing-gone"))?;
    let kept = standing::decode(&state)?;
    let month = asked.unwrap_or_else(|| standing::month_to_show(&kept, session.today));
    let view = standing::view(read, lot.id, &kept, month, watch.due(), watch.policies())?;
    let facts = kept.facts(watch.policies().timeline());
    let mut months = Vec::new();
    follow(&facts, &read.figures(lot.id)?, month, |it| months.push(it));
    months.drain(..months.len().saturating_sub(CURVE_MONTHS));
    let looked = watch.look_at(read, lot.id, &kept, &view)?;
    let alert = match looked.found {
        Some(found) => watch.alert(read, &found, lot.id)?,
        None => None,
    };
    let contractors = read.contractors()?;
    let builders =
        lot.contractors.iter().filter_map(|id| contractors.iter().find(|it| it.id == *id).cloned());
    let mut contacts: Vec<Contact> = read.contacts()?;
    contacts.retain(|it| !it.archived && it.project.is_none_or(|it| it == site.project));
    contacts.sort_by_key(|it| std::cmp::Reverse(it.post as u8));
    let project = read.projects()?.into_iter().find(|it| it.id == site.project);
    let mut observations: Vec<_> =
        read.observations(lot.id)?.into_iter().map(|it| (it.month, it.text)).collect();
    observations.reverse();
    let mut decisions = read.decisions(lot.id)?;
    decisions.reverse();
    let state = match asked {
        Some(_) => view.tracker.state(),
        None => kept.state_in(session.this_month().max(month), watch.due(), watch.policies()),
    };
    Ok(LotCard {
        contractors: builders.collect(),
        contacts,
        budget: read.budget(site.id)?,
        durations: kept.durations().to_vec(),
        state,
        delay: delay(&view.tracker, &facts),
        next: next_consequences(&view.tracker, &facts, month.next()),
        months,
        alert,
        observations,
        decisions,
        contested: read.contested_months(lot.id)?,
        project: project.ok_or_else(|| Problem::new("thing-gone"))?,
        view,
        lot,
        site,
    })
}
