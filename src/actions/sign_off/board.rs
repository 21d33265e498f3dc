//! The months of a project with all that is known of vouching for them: rates, sign-offs, locks.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{Lock, lock};
use super::vouched::{Vouched, vouched_over};
use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::rates::{MonthRates, rates_of};
use crate::actions::session::Session;
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::rules::missing;

/// How many months are shown, unless an older one is asked for.
const MONTHS_MAX: usize = 12;

/// One month of the board.
#[derive(Clone, Debug)]
pub struct MonthBoard {
    /// How complete and how timely its figures are.
    pub rates: MonthRates,
    /// How far it is vouched for.
    pub vouched: Vouched,
    /// Whether its figures can be changed.
    pub lock: Lock,
}

/// Reads the last months of a project, newest first: those that are over, the present one once a figure is there, and the
/// one that is `asked` for with all after it.
pub fn board(
    session: &Session,
    project: Id<Project>,
    asked: Option<Month>,
) -> Result<(Project, Vec<MonthBoard>), Failure> {
    let read = session.store.read();
    let project = names::wanted_project(read, &Wanted::Known(project))?;
    let now = session.this_month();
    let asked = asked.filter(|it| *it <= now);
    let mut rates: BTreeMap<Month, MonthRates> = rates_of(session, project.clone(), now)?
        .months
        .into_iter()
        .filter(|it| it.month < now || it.complete > 0)
        .map(|it| (it.month, it))
        .collect();
    let terms = Terms::load(read)?;
    let signed = read.sign_offs(project.id)?.into_iter().map(|it| it.month).collect::<BTreeSet<_>>();
    for month in signed.iter().copied().chain(asked) {
        let due = missing::due(month, terms.deadline(project.id, month));
        rates.entry(month).or_insert(MonthRates { month, due, expected: 0, complete: 0, timely: 0 });
    }
    let newest = rates.keys().rev().nth(MONTHS_MAX - 1).copied().unwrap_or(Month::MIN);
    let first = asked.map_or(newest, |it| it.min(newest));
    rates.retain(|month, _| *month >= first);
    let mut months = Vec::new();
    for vouched in vouched_over(session, &project, &rates.keys().copied().collect())? {
        let Some(rates) = rates.get(&vouched.month).copied() else { continue };
        if vouched.text.lots.is_empty() && vouched.signed.is_empty() {
            continue;
        }
        let lock = lock(session, &terms, project.id, vouched.month)?;
        months.push(MonthBoard { rates, vouched, lock });
    }
    months.reverse();
    Ok((project, months))
}
