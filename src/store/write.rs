//! Writes rows through the log: finds what really changes, names what was seen, appends and applies.

use rusqlite::OptionalExtension;

use super::apply::{self, Place, Row};
use super::change::{Body, Dot, Hash, Pred, ReplicaId, Scope, link};
use super::error::StoreError;
use super::exchange::fit;
use super::heads::Heads;
use super::merge;
use super::registry::{self, Table};
use super::transact::Tx;
use super::value::Value;
use crate::model::problem::Problem;

impl Tx<'_> {
    /// Writes columns of a row, creating it where it is missing. Columns that already hold their value are left
    /// out; returns whether anything was written. `origin` says where the values came from.
    pub fn put(
        &mut self,
        table: &'static Table,
        scope: Scope,
        key: Vec<Value>,
        columns: Vec<(u8, Value)>,
        origin: Option<&str>,
    ) -> Result<bool, StoreError> {
        let asked: Vec<u8> = columns.iter().map(|(id, _)| *id).collect();
        let present = apply::row(self.connection(), table, &key, &asked)?;
        let Some(row) = present else {
            self.add(table, scope, key, columns, origin)?;
            return Ok(true);
        };
        let mut columns = changed(columns, &row);
        if columns.is_empty() {
            return Ok(false);
        }
        self.complete_groups(table, &key, &mut columns, true)?;
        columns.sort_by_key(|(id, _)| *id);
        let preds = self.preds(&row.heads, &columns)?;
        let body = Body { key, columns, preds, origin: origin.map(str::to_owned) };
        self.append(table, scope, &body, Some(row.heads))?;
        Ok(true)
    }

    /// Writes a row that cannot exist yet: of something that this op made.
    pub fn add(
        &mut self,
        table: &'static Table,
        scope: Scope,
        key: Vec<Value>,
        mut columns: Vec<(u8, Value)>,
        origin: Option<&str>,
    ) -> Result<(), StoreError> {
        columns.retain(|(_, value)| *value != Value::Null);
        self.complete_groups(table, &key, &mut columns, false)?;
        columns.sort_by_key(|(id, _)| *id);
        let body = Body { key, columns, preds: Vec::new(), origin: origin.map(str::to_owned) };
        self.append(table, scope, &body, None)
    }

    /// Adds the other columns of each group that is written, with the values that stand.
    fn complete_groups(
        &self,
        table: &Table,
        key: &[Value],
        columns: &mut Vec<(u8, Value)>,
        exists: bool,
    ) -> Result<(), StoreError> {
        let written: Vec<u8> = columns.iter().map(|(id, _)| *id).collect();
        let groups: Vec<u8> = written
            .iter()
            .filter_map(|it| table.column(*it))
            .map(|it| it.group)
            .filter(|it| *it > 0)
            .collect();
        let missing: Vec<u8> = table
            .columns
            .iter()
            .filter(|it| groups.contains(&it.group) && !written.contains(&it.id))
            .map(|it| it.id)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let row = if exists { apply::row(self.connection(), table, key, &missing)? } else { None };
        let values = row.map_or_else(|| vec![Value::Null; missing.len()], |it| it.values);
        columns.extend(missing.into_iter().zip(values));
        Ok(())
    }

    fn preds(&self, heads: &Heads, columns: &[(u8, Value)]) -> Result<Vec<Pred>, StoreError> {
        let mut preds = Vec::with_capacity(1);
        for ((replica, seq), columns) in merge::seen(heads, columns) {
            preds.push(Pred { seen: Dot { replica: self.replica_of(replica)?, seq }, columns });
        }
        preds.sort_by_key(|it| it.seen);
        Ok(preds)
    }

    fn replica_of(&self, number: u32) -> Result<ReplicaId, StoreError> {
        if number == self.replica {
            return Ok(self.replica_id);
        }
        let mut statement = self.transaction.prepare_cached("SELECT id FROM replica WHERE n = ?1")?;
        Ok(statement.query_row([number], |row| row.get(0))?)
    }

    fn append(
        &mut self,
        table: &'static Table,
        scope: Scope,
        body: &Body,
        heads: Option<Heads>,
    ) -> Result<(), StoreError> {
        if !fit::fits_change(scope, table, body) {
            return Err(Problem::new("store-unfit").with("table", table.name).into());
        }
        let number = self.scope_number(scope)?;
        let (seq, before) = self.tip(number)?;
        let dot = Dot { replica: self.replica_id, seq: seq + 1 };
        let bytes = body.encode();
        let hash = link(&before, scope, dot, &self.op.hash, table.id, &bytes);
        let n = self.next_change();
        self.transaction
            .prepare_cached("INSERT OR FAIL INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute((
                n,
                number,
                self.replica,
                seq_to_sql(dot.seq),
                self.op.n,
                table.id,
                &bytes,
                hash.as_slice(),
            ))?;
        let (replica, lamport) = (self.replica, self.op.lamport);
        let place = Place {
            connection: &self.transaction,
            log: &self.transaction,
            scope: number,
            replica,
            dot,
            lamport,
        };
        apply::apply(&place, table, body, heads)?;
        self.tips.insert(number, (dot.seq, hash));
        self.touch(table, body);
        Ok(())
    }

    pub(super) fn scope_number(&mut self, scope: Scope) -> Result<u32, StoreError> {
        if let Some(number) = self.scopes.get(&scope) {
            return Ok(*number);
        }
        let (kind, key) = scope.parts();
        let mut find = self.transaction.prepare_cached("SELECT n FROM scope WHERE kind = ?1 AND key = ?2")?;
        let number = match find.query_row((kind, key.as_slice()), |row| row.get(0)).optional()? {
            Some(number) => number,
            None => {
                let mut insert =
                    self.transaction.prepare_cached("INSERT INTO scope (kind, key) VALUES (?1, ?2)")?;
                insert.execute((kind, key.as_slice()))?;
                u32::try_from(self.transaction.last_insert_rowid()).unwrap_or(u32::MAX)
            }
        };
        self.scopes.insert(scope, number);
        Ok(number)
    }

    /// Takes the next number of a change in the order of arrival.
    pub(super) fn next_change(&mut self) -> i64 {
        self.op.changes += 1;
        self.op.first + self.op.changes - 1
    }

    fn tip(&self, scope: u32) -> Result<(u64, Hash), StoreError> {
        if let Some(tip) = self.tips.get(&scope) {
            return Ok(*tip);
        }
        let mut find = self
            .transaction
            .prepare_cached("SELECT seq, hash FROM chain WHERE scope = ?1 AND replica = ?2")?;
        let tip = find
            .query_row((scope, self.replica), |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))
            .optional()?;
        Ok(tip.unwrap_or_default())
    }

    pub(super) fn touch(&mut self, table: &'static Table, body: &Body) {
        let column = |wanted: u8| body.columns.iter().find(|(id, _)| *id == wanted).map(|(_, value)| value);
        let first = body.key.first();
        let touched = &mut self.touched;
        if table.id == registry::ENTRY.id {
            let lot = first.and_then(Value::id);
            if lot != touched.lots.last().copied() {
                touched.lots.extend(lot);
            }
        } else if table.id == registry::LOT.id {
            touched.lots.extend(first.and_then(Value::id));
        } else if table.id == registry::DECISION.id {
            match column(1) {
                Some(lot) => touched.lots.extend(lot.id()),
                None => touched.decisions.extend(first.and_then(Value::id)),
            }
        } else if table.id == registry::SITE.id {
            touched.sites.extend(first.and_then(Value::id));
        } else if let (true, Some(Value::Bytes(owner))) = (table.id == registry::SETTING.id, first) {
            touched.owners.push(owner.clone());
        }
    }
}

/// Keeps the columns whose value differs from the one that stands, or is contested.
fn changed(columns: Vec<(u8, Value)>, row: &Row) -> Vec<(u8, Value)> {
    let contested = row.heads.contested();
    columns
        .into_iter()
        .zip(&row.values)
        .filter(|((id, value), stands)| value != *stands || contested >> (id - 1) & 1 == 1)
        .map(|(column, _)| column)
        .collect()
}

/// Numbers of changes never reach the sign bit.
pub(super) fn seq_to_sql(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
