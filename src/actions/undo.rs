//! Takes back the last thing that a user did on this machine, or does it again.

use std::collections::{HashMap, HashSet};

use super::failure::Failure;
use super::op::{Note, OpName};
use super::session::Session;
use crate::model::problem::Problem;
use crate::store::change::{Dot, Scope};
use crate::store::log::ChangeRow;
pub use crate::store::log::OpRow;
use crate::store::read::Reader;
use crate::store::registry::{self, Table};
use crate::store::transact::Tx;
use crate::store::value::Value;

/// Takes back the user's last op that still stands. Returns what was taken back.
pub fn undo(session: &mut Session) -> Result<OpRow, Failure> {
    session.steady(|session| {
        let op = last_standing(session, false)?.ok_or_else(|| Problem::new("undo-nothing"))?;
        reverse(session, op, OpName::Undo)
    })
}

/// Does again what the user's last undo took back. Returns what is done again.
pub fn redo(session: &mut Session) -> Result<OpRow, Failure> {
    session.steady(|session| {
        let op = last_standing(session, true)?.ok_or_else(|| Problem::new("redo-nothing"))?;
        reverse(session, op, OpName::Redo)
    })
}

/// Finds the newest op that stands: an undo for redoing, anything else for undoing.
fn last_standing(session: &Session, wants_undo: bool) -> Result<Option<OpRow>, Failure> {
    let mut taken_back = HashSet::new();
    let mut found = None;
    let own = session.store.own_machines()?;
    session.store.read().ops_back(&own, &session.user, |op| {
        // What arrived, and what the machine did by itself, is not this user's to take back; what went out does not come
        // back.
        let arrived = [OpName::Receive, OpName::Enrol, OpName::Deliver, OpName::NotifyAlone];
        let arrived = arrived.iter().any(|it| op.name == it.word());
        if arrived || taken_back.contains(&op.id) {
            return true;
        }
        taken_back.extend(op.undoes);
        let is_undo = op.name == OpName::Undo.word();
        // Something new after an undo ends what can be done again.
        let ends = wants_undo && op.undoes.is_none();
        if is_undo == wants_undo {
            found = Some(op);
            return false;
        }
        !ends
    })?;
    Ok(found)
}

fn reverse(session: &mut Session, op: OpRow, name: OpName) -> Result<OpRow, Failure> {
    let changes = session.store.read().changes_of_op(op.n)?;
    super::sign_off::lock::check_changes(session, &changes)?;
    super::authority::check_changes(session, &changes)?;
    let mut note = Note::new().with("name", &op.name);
    for (argument, value) in Note::arguments(op.note.as_deref()) {
        note = note.with(&format!("undone-{argument}"), value);
    }
    let dots: HashSet<_> = changes.iter().map(|it| (it.scope, it.dot)).collect();
    let rows = rows_before(session.store.read(), &changes)?;
    session.transact_undoing(name, &note, Some(op.id), |tx| {
        // Whoever sends waits meanwhile: what is not gone now does not go while it is taken back.
        super::notices::gone::check_changes(tx.read(), &changes)?;
        rows.iter().rev().try_for_each(|row| restore(tx, row, &dots, op.n))
    })?;
    origin(session, op)
}

/// Follows undos and redos back to what a person did first.
fn origin(session: &Session, mut op: OpRow) -> Result<OpRow, Failure> {
    while let Some(before) = op.undoes {
        let Some(found) = session.store.read().op_with_id(before)? else { break };
        op = found;
    }
    Ok(op)
}

/// A row that an op wrote, with the values of its columns from before.
struct RowBefore {
    table: &'static Table,
    scope: Scope,
    key: Vec<Value>,
    /// Values from before the op.
    columns: Vec<(u8, Value)>,
    /// Values that the op wrote last.
    written: HashMap<u8, Value>,
    /// Whether the op's author saw the row before: then it was not made by the op.
    was_there: bool,
}

/// Gathers the rows that changes wrote, in order, with what stood there before the first of them.
fn rows_before(read: Reader<'_>, changes: &[ChangeRow]) -> Result<Vec<RowBefore>, Failure> {
    let own: HashSet<_> = changes.iter().map(|it| (it.scope, it.dot)).collect();
    let mut rows: Vec<RowBefore> = Vec::new();
    let mut places: HashMap<(u16, &[Value]), usize> = HashMap::new();
    for change in changes {
        let Some(table) = registry::table(change.table) else { continue };
        let place = *places.entry((table.id, &change.body.key)).or_insert_with(|| {
            let (scope, key) = (change.scope, change.body.key.clone());
            rows.push(RowBefore {
                table,
                scope,
                key,
                columns: Vec::new(),
                written: HashMap::new(),
                was_there: false,
            });
            rows.len() - 1
        });
        rows[place].was_there |= change.body.preds.iter().any(|it| !own.contains(&(change.scope, it.seen)));
        for (column, value) in &change.body.columns {
            rows[place].written.insert(*column, value.clone());
            if rows[place].columns.iter().all(|(id, _)| id != column) {
                let before = read.seen_value(change, *column)?;
                rows[place].columns.push((*column, before));
            }
        }
    }
    Ok(rows)
}

/// Puts back what stood in a row; a row that the op made is archived where its table can.
fn restore(tx: &mut Tx<'_>, row: &RowBefore, dots: &HashSet<(Scope, Dot)>, op: i64) -> Result<(), Failure> {
    let heads = tx.read().heads(row.table, &row.key)?;
    let mut made_here = !row.was_there;
    for (column, dot) in heads {
        let Some(written) = row.written.get(&column) else {
            made_here = false;
            continue;
        };
        let is_own = dots.contains(&(row.scope, dot));
        if !is_own && !is_put_back(tx.read(), row, column, dot, written)? {
            return Err(Problem::new("undo-changed-since").with("thing", row.table.name).into());
        }
    }
    let columns = match row.table.archived().filter(|_| made_here) {
        Some(archived) => {
            keep_what_others_added(tx.read(), row, op)?;
            vec![(archived, true.into())]
        }
        None => row.columns.clone(),
    };
    tx.put(row.table, row.scope, row.key.clone(), columns, None)?;
    Ok(())
}

/// Refuses to take away a project, site or lot in which something was written since that still stands.
fn keep_what_others_added(read: Reader<'_>, row: &RowBefore, op: i64) -> Result<(), Failure> {
    let holds_others = [registry::PROJECT.id, registry::SITE.id, registry::LOT.id].contains(&row.table.id);
    let used = holds_others && read.is_written_since(row.scope, op)?;
    let project = row.key.first().and_then(Value::id).filter(|_| row.table.id == registry::PROJECT.id);
    let inhabited = match project {
        Some(id) => read.sites_of(id)?.iter().any(|it| !it.archived),
        None => false,
    };
    if used || inhabited {
        return Err(Problem::new("undo-used-since").with("thing", row.table.name).into());
    }
    Ok(())
}

/// Tells whether what the op wrote stands again because a later op was taken back.
fn is_put_back(
    read: Reader<'_>,
    row: &RowBefore,
    column: u8,
    dot: Dot,
    written: &Value,
) -> Result<bool, Failure> {
    let later = read.op_at(row.scope, dot)?;
    Ok(later.is_some_and(|it| it.undoes.is_some()) && read.value(row.table, &row.key, column)? == *written)
}
