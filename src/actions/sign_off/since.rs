//! What was written since a month was signed, of all that its text is made of.

use std::collections::HashMap;

use super::vouched::{Signed, Vouched};
use crate::actions::directory::{Directory, Selection};
use crate::actions::failure::Failure;
use crate::actions::history::{HistoryRow, Written, scope_history};
use crate::actions::record_entry::place as named;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::{Lot, Site};
use crate::store::change::Scope;

/// A fact that is another one since.
#[derive(Clone, Debug)]
pub struct Since {
    /// The lot or site as people type it; empty where it is about all.
    pub place: String,
    /// What stood there when the month was signed, and what stands there now; by whom it was written last.
    pub row: HistoryRow,
}

/// Returns the last sign-off of a month that does not vouch for its present figures.
pub fn outdated(vouched: &Vouched) -> Option<&Signed> {
    vouched.signed.iter().rev().find(|it| !it.holds)
}

/// Reads what was written since the last sign-off that does not hold any more, in order of arrival. Nothing where all
/// that differs came from another machine before the sign-off did.
pub fn since(session: &Session, vouched: &Vouched) -> Result<Vec<Since>, Failure> {
    let Some(signed) = outdated(vouched).and_then(|it| it.op.as_ref()) else { return Ok(Vec::new()) };
    let read = session.store.read();
    let project = vouched.project.id;
    let mut ops = HashMap::new();
    let mut found = Vec::new();
    let mut scopes = vec![(Scope::Project(project.bytes()), None)];
    scopes.extend(read.organisation()?.map(|it| (Scope::Organisation(it.id.bytes()), None)));
    let directory = Directory::load(read, Selection::Project(project))?;
    scopes.extend(directory.places.iter().map(|it| (Scope::Site(it.site.id.bytes()), Some(&it.site))));
    for (scope, site) in scopes {
        let lots = site.map(|it| read.lots_of(it.id)).transpose()?.unwrap_or_default();
        let mut rows = scope_history(session, scope, &mut ops)?;
        rows.retain(|it| it.op.n > signed.n && bears_on(it, vouched.month));
        let of_scope = merged(rows).into_iter().map(|row| Since { place: place(site, &lots, row.lot), row });
        found.extend(of_scope);
    }
    found.sort_by_key(|it| it.row.op.n);
    Ok(found)
}

/// Tells whether the text of a month can say something else because of what was written.
fn bears_on(row: &HistoryRow, month: Month) -> bool {
    let until = row.month.is_none_or(|it| it <= month);
    match (row.table, row.column) {
        ("observation", "text" | "archived") => row.month == Some(month),
        ("entry", "cumulative" | "not_applicable" | "normal")
        | ("decision", "kind" | "archived")
        | ("setting", _) => until,
        ("organisation" | "project", "name")
        | ("site", "code" | "name" | "start" | "duration" | "initial" | "archived")
        | ("lot", "name" | "archived") => true,
        _ => false,
    }
}

/// Brings what was written several times together: what stood there at first, and what stands there at last.
fn merged(rows: Vec<HistoryRow>) -> Vec<HistoryRow> {
    let mut merged: Vec<HistoryRow> = Vec::new();
    for row in rows {
        let same = |it: &&mut HistoryRow| {
            (it.table, it.column, it.lot, it.month) == (row.table, row.column, row.lot, row.month)
                && it.row == row.row
                && it.setting == row.setting
        };
        match merged.iter_mut().find(same) {
            Some(first) => {
                first.new = row.new;
                first.op = row.op;
            }
            None => merged.push(row),
        }
    }
    // What is said to be no more when it never was is nothing.
    let is_none = |it: &Written| matches!(it, Written::Nothing | Written::Number(0));
    merged.retain(|it| it.old != it.new);
    merged.retain(|it| {
        !matches!(it.column, "archived" | "not_applicable") || is_none(&it.old) != is_none(&it.new)
    });
    merged
}

fn place(site: Option<&Site>, lots: &[Lot], lot: Option<Id<Lot>>) -> String {
    let Some(site) = site else { return String::new() };
    match lots.iter().find(|it| Some(it.id) == lot) {
        Some(lot) => named(site, lot),
        None if site.code.is_empty() => site.name.clone(),
        None => site.code.clone(),
    }
}
