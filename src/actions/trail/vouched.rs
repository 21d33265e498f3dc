//! Sign-offs and derogations of the months of a lot in its trail.

use std::collections::{BTreeSet, HashMap};

use super::Event;
use super::together::{Together, together};
use crate::actions::failure::Failure;
use crate::actions::history::{Written, scope_history};
use crate::actions::session::Session;
use crate::actions::sign_off::{Signed, vouched_months};
use crate::model::month::Month;
use crate::model::sign_off::SignLevel;
use crate::model::site::Site;
use crate::store::change::Scope;
use crate::store::log::OpRow;
use crate::store::value::Value;

/// Somebody vouched for a month, or a sign-off was taken back.
#[derive(Clone, Debug)]
pub struct Vouch {
    /// Who recorded it, and when.
    pub op: OpRow,
    /// The month.
    pub month: Option<Month>,
    /// How far.
    pub level: SignLevel,
    /// The word of its form.
    pub form: String,
    /// Who.
    pub signer: String,
    /// What the signer said.
    pub comment: String,
    /// The sign-off with whether it holds now; `None` when it was taken back later, or this takes it back.
    pub stands: Option<Signed>,
    /// Whether this takes it back.
    pub is_withdrawal: bool,
}

/// A locked month was opened, or is closed again.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Who and when.
    pub op: OpRow,
    /// The month.
    pub month: Option<Month>,
    /// Why.
    pub reason: String,
    /// Up to which day; empty without end.
    pub until: String,
    /// Whether this takes it back.
    pub is_withdrawal: bool,
}

/// Tells who vouched for some months of the project of a site.
pub(super) fn vouched(
    session: &Session,
    site: &Site,
    months: &BTreeSet<Month>,
) -> Result<Vec<(i64, Event)>, Failure> {
    let rows = scope_history(session, Scope::Project(site.project.bytes()), &mut HashMap::new())?;
    let rows = together(&rows);
    let of_months = |it: &&Together<'_>| {
        matches!(it.table, "sign_off" | "derogation") && it.month.is_some_and(|it| months.contains(&it))
    };
    let rows: Vec<&Together<'_>> = rows.iter().filter(of_months).collect();
    let mut standing = HashMap::new();
    if rows.iter().any(|it| it.table == "sign_off") {
        let project = session.store.read().projects()?.into_iter().find(|it| it.id == site.project);
        for found in project.map(|it| vouched_months(session, &it)).transpose()?.unwrap_or_default() {
            let signed = found.signed.into_iter();
            standing.extend(signed.map(|it| (Written::from(Value::from(it.sign_off.id)), it)));
        }
    }
    let mut made: HashMap<&Written, Event> = HashMap::new();
    let mut told = Vec::new();
    for row in rows {
        let event = match row.archived() {
            None => event(row, &standing),
            Some(is_withdrawal) => made.get(row.row).map(|it| again(it, row.op, is_withdrawal)),
        };
        let Some(event) = event else { continue };
        made.entry(row.row).or_insert_with(|| event.clone());
        told.push((row.op.n, event));
    }
    Ok(told)
}

fn event(row: &Together<'_>, standing: &HashMap<Written, Signed>) -> Option<Event> {
    let text = |column| row.word(column).unwrap_or_default().to_owned();
    let (op, month, is_withdrawal) = (row.op.clone(), row.month, false);
    if row.table == "derogation" {
        let (reason, until) = (text("reason"), text("until"));
        return Some(Event::Derogation(Box::new(Opened { op, month, reason, until, is_withdrawal })));
    }
    Some(Event::SignOff(Box::new(Vouch {
        op,
        month,
        level: SignLevel::from_word(row.word("level")?)?,
        form: text("form"),
        signer: text("signer"),
        comment: text("comment"),
        stands: standing.get(row.row).cloned(),
        is_withdrawal,
    })))
}

/// Tells that what was made is taken back, or stands again.
fn again(made: &Event, op: &OpRow, is_withdrawal: bool) -> Event {
    let mut event = made.clone();
    match &mut event {
        Event::SignOff(it) => {
            (it.op, it.is_withdrawal) = (op.clone(), is_withdrawal);
            if is_withdrawal {
                it.stands = None;
            }
        }
        Event::Derogation(it) => (it.op, it.is_withdrawal) = (op.clone(), is_withdrawal),
        _ => {}
    }
    event
}
