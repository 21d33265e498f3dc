//! What stands in a row, and what the author of a change saw before it: for undoing and for history.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::apply;
use super::change::{Dot, Scope};
use super::error::StoreError;
use super::log::ChangeRow;
use super::merge::{self, WrittenAt};
use super::read::Reader;
use super::registry::Table;
use super::value::Value;

impl Reader<'_> {
    /// Returns, for every column of a row, the changes whose value stands.
    pub fn heads(self, table: &Table, key: &[Value]) -> Result<Vec<(u8, Dot)>, StoreError> {
        let Some(row) = apply::row(self.0, table, key, &[])? else { return Ok(Vec::new()) };
        let mut heads = Vec::new();
        for head in row.heads.all() {
            let mut statement = self.0.prepare_cached("SELECT id FROM replica WHERE n = ?1")?;
            let replica = statement.query_row([head.replica], |row| row.get(0))?;
            let columns = (1..=60_u8).filter(|it| head.columns >> (it - 1) & 1 == 1);
            heads.extend(columns.map(|it| (it, Dot { replica, seq: head.seq })));
        }
        Ok(heads)
    }

    /// Tells whether versions of a column of a row compete: two or more that say different things.
    pub fn competes(self, table: &Table, key: &[Value]) -> Result<bool, StoreError> {
        let mut said: HashMap<u8, Value> = HashMap::new();
        for (column, dot) in self.heads(table, key)? {
            let changes = self.changes_at(dot, table.id)?;
            let change = changes.into_iter().find(|it| it.body.key == key);
            let written = change.and_then(|it| it.body.columns.into_iter().find(|(id, _)| *id == column));
            let Some((_, value)) = written else { continue };
            if said.insert(column, value.clone()).is_some_and(|it| it != value) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the value that stands in a column of a row.
    pub fn value(self, table: &Table, key: &[Value], column: u8) -> Result<Value, StoreError> {
        let row = apply::row(self.0, table, key, &[column])?;
        Ok(row.and_then(|it| it.values.into_iter().next()).unwrap_or(Value::Null))
    }

    /// Returns the value of a column that the author of a change saw. Of several it is the one that was shown: the
    /// latest in Lamport time, then of the greater machine; the same everywhere.
    pub fn seen_value(self, change: &ChangeRow, column: u8) -> Result<Value, StoreError> {
        let mut values = Vec::new();
        for dot in change.body.seen(column) {
            values.extend(self.value_at(change.scope, dot, column)?);
        }
        Ok(merge::shown(values).unwrap_or_default())
    }

    fn value_at(self, scope: Scope, dot: Dot, column: u8) -> Result<Option<(WrittenAt, Value)>, StoreError> {
        let (kind, key) = scope.parts();
        let sql = "SELECT scope.n, replica.n FROM scope, replica WHERE scope.kind = ?1 AND scope.key = ?2 AND replica.id = ?3";
        let place: Option<(u32, u32)> = self
            .0
            .prepare_cached(sql)?
            .query_row((kind, key.as_slice(), dot.replica.as_slice()), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((scope, replica)) = place else { return Ok(None) };
        let found = apply::version(self.0, scope, replica, dot.seq)?;
        Ok(found.and_then(|(lamport, machine, _, body)| {
            let written = body.columns.into_iter().find(|(id, _)| *id == column)?;
            Some(((lamport, machine, dot.seq), written.1))
        }))
    }
}
