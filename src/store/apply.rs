//! Applies one change to its row: heads, value that stands, stubs for parents. No clock takes part.

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::change::{Body, Dot, ReplicaId};
use super::error::StoreError;
use super::heads::Heads;
use super::merge::{self, Version};
use super::registry::Table;
use super::value::Value;

/// A row as it stands: values by column number, in the order asked, and heads.
pub struct Row {
    /// The values asked for.
    pub values: Vec<Value>,
    /// The versions that stand.
    pub heads: Heads,
}

/// What applying needs to know of the rest of the log.
pub struct Place<'a> {
    /// Connection in which to write.
    pub connection: &'a Connection,
    /// Connection that holds the log.
    pub log: &'a Connection,
    /// Local number of the scope of the row.
    pub scope: u32,
    /// Local number of the writing machine.
    pub replica: u32,
    /// The change itself.
    pub dot: Dot,
    /// Lamport time of its op.
    pub lamport: i64,
}

/// Reads some columns of a row and its heads; `None` when there is no such row.
pub fn row(
    connection: &Connection,
    table: &Table,
    key: &[Value],
    columns: &[u8],
) -> Result<Option<Row>, StoreError> {
    let mut sql = String::from("SELECT h");
    for column in columns.iter().filter_map(|it| table.column(*it)) {
        sql.push_str(", ");
        sql.push_str(column.name);
    }
    sql.push_str(" FROM ");
    sql.push_str(table.name);
    where_key(table, &mut sql);
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row(params_from_iter(key), |row| {
        let heads: Option<Vec<u8>> = row.get(0)?;
        let values =
            (1..=columns.len()).map(|at| row.get_ref(at).map(Value::from_sql)).collect::<Result<_, _>>()?;
        Ok(Row { values, heads: Heads::decode(&heads.unwrap_or_default()) })
    });
    Ok(found.optional()?)
}

/// Applies a change whose predecessors are all applied. `present` is the row's heads, if there is a row. Returns
/// whether versions of the row compete since.
pub fn apply(
    place: &Place<'_>,
    table: &Table,
    body: &Body,
    present: Option<Heads>,
) -> Result<bool, StoreError> {
    let exists = present.is_some();
    let mut heads = present.unwrap_or_default();
    let mut written = Vec::with_capacity(body.columns.len());
    for (column, value) in body.columns.iter().filter(|(column, _)| table.column(*column).is_some()) {
        let number_of = |replica: ReplicaId| {
            if replica == place.dot.replica {
                Ok(Some(place.replica))
            } else {
                number_of(place.connection, replica)
            }
        };
        let rivals = merge::stand(&mut heads, *column, body, (place.replica, place.dot.seq), number_of)?;
        written.push((*column, standing_value(place, *column, value, &rivals)?));
    }
    write(place.connection, table, &body.key, &written, &heads, exists)?;
    Ok(heads.contested() != 0)
}

/// Returns the value to show while versions compete.
fn standing_value(
    place: &Place<'_>,
    column: u8,
    own: &Value,
    rivals: &[Version],
) -> Result<Value, StoreError> {
    let mut competing = Vec::new();
    for (replica, seq) in rivals {
        if let Some((lamport, id, body)) = version(place.log, place.scope, *replica, *seq)? {
            let value = body.columns.into_iter().find(|(it, _)| *it == column);
            competing.extend(value.map(|(_, value)| ((lamport, id), value)));
        }
    }
    let own = ((place.lamport, place.dot.replica), own.clone());
    Ok(merge::shown(competing.into_iter().chain([own])).unwrap_or_default())
}

/// Reads a logged change by its place: Lamport time, machine, body.
pub fn version(
    connection: &Connection,
    scope: u32,
    replica: u32,
    seq: u64,
) -> Result<Option<(i64, ReplicaId, Body)>, StoreError> {
    let sql = "SELECT op.lamport, replica.id, change.body FROM change JOIN op ON op.n = change.op
               JOIN replica ON replica.n = change.replica WHERE change.scope = ?1 AND change.replica = ?2 AND change.seq = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement
        .query_row((scope, replica, i64::try_from(seq).unwrap_or(i64::MAX)), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?))
        })
        .optional()?;
    found.map(|(lamport, id, body)| Ok((lamport, id, Body::decode(&body)?))).transpose()
}

fn number_of(connection: &Connection, replica: ReplicaId) -> Result<Option<u32>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT n FROM replica WHERE id = ?1")?;
    Ok(statement.query_row([replica.as_slice()], |row| row.get(0)).optional()?)
}

/// Makes empty parent rows where a child of another machine arrives first, so that nothing waits and nothing dangles.
pub fn stub_parents(connection: &Connection, table: &Table, body: &Body) -> Result<(), StoreError> {
    let keys = table.key.iter().zip(&body.key).filter_map(|((_, parent), value)| Some(((*parent)?, value)));
    let columns = body.columns.iter().filter_map(|(id, value)| Some((table.column(*id)?.parent?, value)));
    for (parent, value) in keys.chain(columns).filter(|(_, value)| **value != Value::Null) {
        let known =
            connection.prepare_cached(&format!("SELECT 1 FROM {parent} WHERE id = ?1"))?.exists([value])?;
        if !known {
            connection.execute(&format!("INSERT INTO {parent} (id) VALUES (?1)"), [value])?;
        }
    }
    Ok(())
}

fn where_key(table: &Table, sql: &mut String) {
    for (index, (name, _)) in table.key.iter().enumerate() {
        sql.push_str(if index == 0 { " WHERE " } else { " AND " });
        sql.push_str(name);
        sql.push_str(" = ?");
    }
}

/// Writes a row that is new, or the columns of one that exists. Nothing can conflict, so the statement may fail
/// without a journal of its own: the transaction is given up as a whole.
fn write(
    connection: &Connection,
    table: &Table,
    key: &[Value],
    columns: &[(u8, Value)],
    heads: &Heads,
    exists: bool,
) -> Result<(), StoreError> {
    let names = columns.iter().filter_map(|(id, _)| table.column(*id)).map(|it| it.name).chain(["h"]);
    let heads = heads.encode();
    let mut values: Vec<&dyn ToSql> = columns.iter().map(|(_, it)| it as &dyn ToSql).collect();
    values.push(&heads);
    values.extend(key.iter().map(|it| it as &dyn ToSql));
    let mut sql = String::with_capacity(160);
    if exists {
        sql.push_str("UPDATE OR FAIL ");
        sql.push_str(table.name);
        for (index, name) in names.enumerate() {
            sql.push_str(if index == 0 { " SET " } else { ", " });
            sql.push_str(name);
            sql.push_str(" = ?");
        }
        where_key(table, &mut sql);
    } else {
        sql.push_str("INSERT OR FAIL INTO ");
        sql.push_str(table.name);
        for (index, name) in names.chain(table.key.iter().map(|(name, _)| *name)).enumerate() {
            sql.push_str(if index == 0 { " (" } else { ", " });
            sql.push_str(name);
        }
        sql.push_str(") VALUES (?");
        (1..values.len()).for_each(|_| sql.push_str(", ?"));
        sql.push(')');
    }
    connection.prepare_cached(&sql)?.execute(values.as_slice())?;
    Ok(())
}
