//! Builds the tables again from the log, in memory, and compares: the log is the truth.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::types::Value as SqlValue;

use super::Store;
use super::apply::{self, Place};
use super::change::{Body, Dot, ReplicaId};
use super::error::StoreError;
use super::heads::Heads;
use super::registry::{self, Table};
use super::value::Value;
use super::{connect, read::Reader};
use crate::model::month::Month;
use crate::model::problem::Problem;

/// How many differences are named; more are only counted.
const NAMED_MAX: usize = 20;

impl Store {
    /// Rebuilds the tables in memory and compares them row by row; calls `visit` with how many changes are
    /// applied. Returns each row that differs.
    pub fn compare_with_log(&self, visit: impl FnMut(u64)) -> Result<Vec<Problem>, StoreError> {
        let rebuilt = connect::in_memory()?;
        self.replay_into(&rebuilt, visit)?;
        let mut differences = Vec::new();
        for table in registry::TABLES {
            compare(&self.connection, &rebuilt, table, &mut differences)?;
        }
        if differences.len() > NAMED_MAX {
            let more = differences.len() - NAMED_MAX;
            differences.truncate(NAMED_MAX);
            differences.push(Problem::new("row-more").with("count", more));
        }
        Ok(differences)
    }

    /// Returns every table of the log as text, for comparing databases in tests: where the same is known, it is the
    /// same text, whatever numbers a file gave to the machines.
    pub fn dump(&self) -> Result<Vec<String>, StoreError> {
        let mut machines = self.connection.prepare("SELECT n, id FROM replica")?;
        let machines: HashMap<u32, ReplicaId> =
            machines.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut lines = Vec::new();
        for table in registry::TABLES {
            for mut row in rows(&self.connection, table)? {
                let Some(Value::Bytes(heads)) = row.pop() else {
                    lines.push(format!("{} {row:?}", table.name));
                    continue;
                };
                let heads = Heads::decode(&heads);
                let mut heads: Vec<_> =
                    heads.all().iter().map(|it| (machines.get(&it.replica), it.seq, it.columns)).collect();
                heads.sort_unstable();
                lines.push(format!("{} {row:?} {heads:?}", table.name));
            }
        }
        Ok(lines)
    }

    /// Asks `SQLite` to check the file itself. Returns what it finds.
    pub fn check_file(&self, full: bool) -> Result<Vec<Problem>, StoreError> {
        let pragma = if full { "integrity_check" } else { "quick_check" };
        let mut found = Vec::new();
        self.connection.pragma_query(None, pragma, |row| {
            let text = row.get::<_, String>(0)?;
            if text != "ok" {
                found.push(Problem::new("file-damaged").with("text", text));
            }
            Ok(())
        })?;
        self.connection.pragma_query(None, "foreign_key_check", |row| {
            found.push(Problem::new("row-dangling").with("table", row.get::<_, String>(0)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// Compares the schema with the one this program makes. Returns the names of what differs.
    pub fn check_schema(&self) -> Result<Vec<String>, StoreError> {
        let fresh = schema(&connect::in_memory()?)?;
        let found = schema(&self.connection)?;
        let unknown = found.iter().filter(|it| !fresh.contains(it));
        let missing = fresh.iter().filter(|it| !found.contains(it));
        Ok(unknown.chain(missing).map(|(name, _)| name.clone()).collect())
    }

    fn replay_into(&self, rebuilt: &Connection, mut visit: impl FnMut(u64)) -> Result<(), StoreError> {
        for (table, columns) in [("replica", "n, id"), ("scope", "n, kind, key")] {
            copy(&self.connection, rebuilt, table, columns)?;
        }
        let sql =
            "SELECT change.n, change.scope, change.replica, change.seq, change.op, change.tab, change.body,
                   change.hash, replica.id, op.lamport FROM change JOIN replica ON replica.n = change.replica
                   JOIN op ON op.n = change.op ORDER BY change.n";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([])?;
        let mut applied = 0;
        rebuilt.execute_batch("BEGIN")?;
        while let Some(row) = found.next()? {
            let bytes: Vec<u8> = row.get(6)?;
            let body = Body::decode(&bytes)?;
            if let Some(table) = registry::table(row.get(5)?) {
                let dot = Dot { replica: row.get(8)?, seq: row.get::<_, i64>(3)?.unsigned_abs() };
                // Competing versions are looked up in the log that is being checked.
                let place = Place {
                    connection: rebuilt,
                    log: &self.connection,
                    scope: row.get(1)?,
                    replica: row.get(2)?,
                    dot,
                    lamport: row.get(9)?,
                };
                let present = apply::row(rebuilt, table, &body.key, &[])?.map(|it| it.heads);
                if present.is_none() {
                    apply::stub_parents(rebuilt, table, &body)?;
                }
                apply::apply(&place, table, &body, present)?;
            }
            applied += 1;
            visit(applied);
        }
        rebuilt.execute_batch("COMMIT")?;
        Ok(())
    }
}

fn copy(from: &Connection, to: &Connection, table: &str, columns: &str) -> Result<(), StoreError> {
    let mut read = from.prepare(&format!("SELECT {columns} FROM {table}"))?;
    let width = read.column_count();
    let mut write =
        to.prepare(&format!("INSERT INTO {table} ({columns}) VALUES ({})", vec!["?"; width].join(", ")))?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..width).map(|at| row.get::<_, SqlValue>(at)).collect::<Result<Vec<_>, _>>()?;
        write.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(())
}

fn compare(
    left: &Connection,
    right: &Connection,
    table: &Table,
    out: &mut Vec<Problem>,
) -> Result<(), StoreError> {
    let sql = select(table);
    let (mut left, mut right) = (left.prepare(&sql)?, right.prepare(&sql)?);
    let (mut left, mut right) = (left.query([])?, right.query([])?);
    let keys = table.key.len();
    let problem =
        |key: &str, row: &[Value]| Problem::new(key).with("table", table.name).with("key", named(row));
    let (mut a, mut b) = (next(&mut left)?, next(&mut right)?);
    loop {
        match (&a, &b) {
            (None, None) => return Ok(()),
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) if x[..keys] == y[..keys] => out.push(problem("row-differs", &x[..keys])),
            (Some(x), _) if b.as_ref().is_none_or(|y| x[..keys] < y[..keys]) => {
                out.push(problem("row-unlogged", &x[..keys]));
                a = next(&mut left)?;
                continue;
            }
            (_, y) => {
                out.push(problem("row-missing", y.as_ref().map_or(&[], |it| &it[..keys])));
                b = next(&mut right)?;
                continue;
            }
        }
        (a, b) = (next(&mut left)?, next(&mut right)?);
    }
}

fn select(table: &Table) -> String {
    let keys: Vec<&str> = table.key.iter().map(|(name, _)| *name).collect();
    let columns: Vec<&str> = table.columns.iter().map(|it| it.name).collect();
    let all = keys.iter().chain(&columns).copied().chain(["h"]).collect::<Vec<_>>().join(", ");
    format!("SELECT {all} FROM {} ORDER BY {}", table.name, keys.join(", "))
}

fn next(rows: &mut rusqlite::Rows<'_>) -> Result<Option<Vec<Value>>, StoreError> {
    let Some(row) = rows.next()? else { return Ok(None) };
    let width = row.as_ref().column_count();
    let values = (0..width).map(|at| row.get_ref(at).map(Value::from_sql)).collect::<Result<_, _>>()?;
    Ok(Some(values))
}

fn rows(connection: &Connection, table: &Table) -> Result<Vec<Vec<Value>>, StoreError> {
    let mut statement = connection.prepare(&select(table))?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = next(&mut found)? {
        rows.push(row);
    }
    Ok(rows)
}

fn schema(connection: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%'";
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

impl Reader<'_> {
    /// Returns the rows of a table that have two versions of a column, with the table and the key.
    pub fn contested(self) -> Result<Vec<(u16, Vec<Value>, u64)>, StoreError> {
        let mut contested = Vec::new();
        for table in registry::TABLES {
            let keys: Vec<&str> = table.key.iter().map(|(name, _)| *name).collect();
            // Two heads take at least 6 bytes: rows with less are not even read.
            let sql = format!("SELECT {}, h FROM {} WHERE length(h) > 5", keys.join(", "), table.name);
            let mut statement = self.0.prepare_cached(&sql)?;
            let mut found = statement.query([])?;
            while let Some(mut row) = next(&mut found)? {
                let Some(Value::Bytes(heads)) = row.pop() else { continue };
                let columns = Heads::decode(&heads).contested();
                if columns != 0 {
                    contested.push((table.id, row, columns));
                }
            }
        }
        Ok(contested)
    }
}

impl Reader<'_> {
    /// Returns the columns of a row, as bits, of which versions compete.
    pub fn contested_columns(self, table: &Table, key: &[Value]) -> Result<u64, StoreError> {
        Ok(apply::row(self.0, table, key, &[])?.map_or(0, |it| it.heads.contested()))
    }
}

/// Names a row shortly: the beginning of its identifiers, its month.
fn named(key: &[Value]) -> String {
    let parts = key.iter().map(|it| match it {
        Value::Null => String::new(),
        Value::Int(number) => {
            Month::from_index(*number).map_or_else(|| number.to_string(), |it| it.to_string())
        }
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => bytes.iter().rev().take(4).rev().map(|it| format!("{it:02x}")).collect(),
    });
    parts.collect::<Vec<_>>().join(" ")
}
