//! Takes over what was written under a former identity and cannot be signed under it any more: the same writes, in the
//! same order, become those of this machine.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::admit::keep_tip;
use super::identity::ORPHANS;
use super::seal::{Place, link_at, scope_at, sealed_up_to};
use crate::model::id::Id;
use crate::store::Store;
use crate::store::apply;
use crate::store::change::{Body, Dot, Hash, ReplicaId, link};
use crate::store::error::StoreError;
use crate::store::heads::Heads;
use crate::store::log::OpRow;
use crate::store::read::Reader;
use crate::store::registry::{self, Table};
use crate::store::transact::{OpDraft, OpId, Tx, op_hash};
use crate::store::value::Value;
use crate::store::write::seq_to_sql;

/// The end of a chain: its place, and the last change that stays as it is.
pub(super) type End = (Place, u64);

/// A change that is taken over, or that follows one.
struct Moving {
    n: i64,
    place: Place,
    id: ReplicaId,
    seq: u64,
    op: i64,
    table: u16,
    body: Body,
}

/// What an op becomes: its local number and its hash.
type Became = (i64, Hash);

/// Where changes go: scope, machine as it was, and number as it was, to the number under the new identity.
type Moves = HashMap<(u32, ReplicaId, u64), u64>;

impl Reader<'_> {
    /// Returns the ends of the chains of former identities that nobody sealed.
    pub(super) fn orphans(self) -> Result<Vec<End>, StoreError> {
        if self.about(ORPHANS)?.is_none() {
            return Ok(Vec::new());
        }
        let mut ends = Vec::new();
        for former in self.former_machines()? {
            let sql =
                "SELECT scope, replica, seq FROM chain WHERE replica = (SELECT n FROM replica WHERE id = ?1)";
            ends.extend(self.unsealed_ends(sql, former.as_slice())?);
        }
        Ok(ends)
    }

    fn unsealed_ends(self, sql: &str, machine: &[u8]) -> Result<Vec<End>, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([machine])?;
        let mut ends = Vec::new();
        while let Some(row) = rows.next()? {
            let place = Place { scope: row.get(0)?, replica: row.get(1)? };
            let sealed = sealed_up_to(self.0, place)?;
            if row.get::<_, i64>(2)?.unsigned_abs() > sealed {
                ends.push((place, sealed));
            }
        }
        Ok(ends)
    }

    /// Counts the changes that were written under a former identity and that nobody sealed.
    pub fn orphans_count(self) -> Result<u64, StoreError> {
        let mut count = 0;
        for (place, after) in self.orphans()? {
            let sql = "SELECT count(*) FROM change WHERE scope = ?1 AND replica = ?2 AND seq > ?3";
            let found: i64 = self
                .0
                .prepare_cached(sql)?
                .query_row((place.scope, place.replica, seq_to_sql(after)), |row| row.get(0))?;
            count += found.unsigned_abs();
        }
        Ok(count)
    }
}

impl Store {
    /// Takes over what was written under a former identity and nobody sealed: from now on this machine wrote it.
    pub fn take_over_orphans(&mut self) -> Result<u64, StoreError> {
        if self.read().about(ORPHANS)?.is_none() {
            return Ok(0);
        }
        let draft = OpDraft { name: "receive", user: "", wall_ms: 0, note: None, undoes: None };
        self.receive(&draft, |tx| tx.take_over_orphans())
    }
}

impl Tx<'_> {
    /// Takes over what was written under a former identity and nobody sealed. Returns how many changes.
    pub fn take_over_orphans(&mut self) -> Result<u64, StoreError> {
        let ends = self.read().orphans()?;
        let count = self.take_over(&ends)?;
        self.connection().execute("DELETE FROM about WHERE name = ?1", [ORPHANS])?;
        Ok(count)
    }

    /// Lets the ends of some chains become changes of this machine.
    pub(super) fn take_over(&mut self, ends: &[End]) -> Result<u64, StoreError> {
        if ends.is_empty() {
            return Ok(0);
        }
        let sql =
            "SELECT scope, replica, seq FROM chain WHERE replica = (SELECT n FROM replica WHERE id = ?1)";
        // What this machine wrote since may build on what is taken over.
        let own = self.read().unsealed_ends(sql, self.replica_id.as_slice())?;
        let mut moving = Vec::new();
        for end in ends.iter().chain(own.iter().filter(|it| ends.iter().all(|end| end.0 != it.0))) {
            self.gather(*end, &mut moving)?;
        }
        moving.sort_by_key(|it| it.n);
        let Some(first) = moving.first().map(|it| it.n) else { return Ok(0) };
        let moves = self.number(&moving)?;
        let ops = self.take_over_ops(&moving)?;
        self.rewrite(&moving, &moves, &ops)?;
        for (place, after) in ends {
            self.cut_back(*place, *after)?;
        }
        self.rewrite_rows(&moving, &moves)?;
        let sql = "UPDATE about SET value = min(value, ?1) WHERE name = 'sealed'";
        self.connection().execute(sql, [first - 1])?;
        Ok(moving.iter().filter(|it| it.place.replica != self.replica).count() as u64)
    }

    fn gather(&self, (place, after): End, moving: &mut Vec<Moving>) -> Result<(), StoreError> {
        let sql = "SELECT change.n, change.seq, change.op, change.tab, change.body, replica.id FROM change
                   JOIN replica ON replica.n = change.replica
                   WHERE change.scope = ?1 AND change.replica = ?2 AND change.seq > ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query((place.scope, place.replica, seq_to_sql(after)))?;
        while let Some(row) = rows.next()? {
            moving.push(Moving {
                n: row.get(0)?,
                place,
                id: row.get(5)?,
                seq: row.get::<_, i64>(1)?.unsigned_abs(),
                op: row.get(2)?,
                table: row.get(3)?,
                body: Body::decode(&row.get::<_, Vec<u8>>(4)?)?,
            });
        }
        Ok(())
    }

    /// Gives every change its number in this machine's chain.
    fn number(&self, moving: &[Moving]) -> Result<Moves, StoreError> {
        let mut last: HashMap<u32, u64> = HashMap::new();
        let mut moves = Moves::new();
        for change in moving {
            let scope = change.place.scope;
            let own = Place { scope, replica: self.replica };
            let known = match last.get(&scope) {
                Some(last) => *last,
                None => sealed_up_to(self.connection(), own)?,
            };
            last.insert(scope, known + 1);
            moves.insert((scope, change.id, change.seq), known + 1);
        }
        Ok(moves)
    }

    /// Lets ops become this machine's. One of which a part is sealed stays for that part.
    fn take_over_ops(&self, moving: &[Moving]) -> Result<HashMap<i64, Became>, StoreError> {
        let mut counts: HashMap<i64, i64> = HashMap::new();
        let mut order = Vec::new();
        for change in moving {
            let count = counts.entry(change.op).or_insert_with(|| {
                order.push(change.op);
                0
            });
            *count += 1;
        }
        let mut found = Vec::new();
        let mut identifiers: HashMap<OpId, OpId> = HashMap::new();
        for n in order {
            let Some(op) = self.read().raw_op(n)? else { continue };
            if op.replica != self.replica_id {
                identifiers.insert(op.id, Id::from_bytes(uuid::Uuid::now_v7().into_bytes()));
            }
            found.push(op);
        }
        let mut became = HashMap::new();
        for op in found {
            let is_whole = self.whole_op(op.n)? == counts.get(&op.n).copied();
            became.insert(op.n, self.take_over_op(&op, is_whole, &identifiers)?);
        }
        Ok(became)
    }

    /// Counts the changes of an op that was done in this file and not divided since.
    fn whole_op(&self, n: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT last - first + 1 FROM op WHERE n = ?1 AND first > 0";
        Ok(self.connection().prepare_cached(sql)?.query_row([n], |row| row.get(0)).optional()?)
    }

    fn take_over_op(
        &self,
        op: &OpRow,
        is_whole: bool,
        identifiers: &HashMap<OpId, OpId>,
    ) -> Result<Became, StoreError> {
        let undoes = op.undoes.map(|it| identifiers.get(&it).copied().unwrap_or(it));
        let id = identifiers.get(&op.id).copied().unwrap_or(op.id);
        let draft =
            OpDraft { name: &op.name, user: &op.user, wall_ms: op.wall_ms, note: op.note.clone(), undoes };
        let hash = op_hash(&id.bytes(), &self.replica_id, op.lamport, &draft);
        let (connection, undone) = (self.connection(), undoes.map(|it| it.bytes().to_vec()));
        if is_whole {
            let sql = "UPDATE op SET id = ?2, replica = ?3, undoes = ?4, hash = ?5 WHERE n = ?1";
            connection.prepare_cached(sql)?.execute(params![
                op.n,
                id.bytes(),
                self.replica,
                undone,
                hash.as_slice()
            ])?;
            return Ok((op.n, hash));
        }
        if op.replica == self.replica_id {
            let sql = "SELECT hash FROM op WHERE n = ?1";
            return Ok((op.n, connection.query_row(sql, [op.n], |row| row.get(0))?));
        }
        connection.execute("UPDATE op SET first = 0, last = 0 WHERE n = ?1", [op.n])?;
        let sql =
            "INSERT INTO op (id, replica, lamport, wall_ms, user, name, note, undoes, first, last, hash)
                   SELECT ?2, ?3, lamport, wall_ms, user, name, note, ?4, 0, 0, ?5 FROM op WHERE n = ?1";
        connection.execute(sql, params![op.n, id.bytes(), self.replica, undone, hash.as_slice()])?;
        Ok((connection.last_insert_rowid(), hash))
    }

    fn rewrite(
        &self,
        moving: &[Moving],
        moves: &Moves,
        ops: &HashMap<i64, Became>,
    ) -> Result<(), StoreError> {
        let connection = self.connection();
        // Two changes never have the same place, not even on the way.
        let mut aside = connection.prepare_cached("UPDATE change SET seq = -n WHERE n = ?1")?;
        moving.iter().try_for_each(|it| aside.execute([it.n]).map(|_| ()))?;
        let mut tips: HashMap<u32, (u64, Hash)> = HashMap::new();
        let mut write = connection.prepare_cached(
            "UPDATE change SET replica = ?2, seq = ?3, op = ?4, body = ?5, hash = ?6 WHERE n = ?1",
        )?;
        for change in moving {
            let number = change.place.scope;
            let own = Place { scope: number, replica: self.replica };
            let (Some(seq), Some((op, op_hash))) =
                (moves.get(&(number, change.id, change.seq)), ops.get(&change.op))
            else {
                continue;
            };
            let before = match tips.get(&number) {
                Some((_, hash)) => *hash,
                None => link_at(connection, own, seq - 1)?.unwrap_or_default(),
            };
            let dot = Dot { replica: self.replica_id, seq: *seq };
            let body = moved_body(&change.body, number, moves, self.replica_id).encode();
            let hash = link(&before, scope_at(connection, number)?, dot, op_hash, change.table, &body);
            write.execute(params![change.n, self.replica, seq_to_sql(*seq), op, body, hash.as_slice()])?;
            tips.insert(number, (*seq, hash));
        }
        for (scope, (seq, hash)) in tips {
            keep_tip(connection, Place { scope, replica: self.replica }, seq, &hash)?;
        }
        Ok(())
    }

    /// Sets a chain back to its last change that stays.
    fn cut_back(&self, place: Place, after: u64) -> Result<(), StoreError> {
        match link_at(self.connection(), place, after)? {
            Some(hash) => keep_tip(self.connection(), place, after, &hash),
            None => {
                let sql = "DELETE FROM chain WHERE scope = ?1 AND replica = ?2";
                self.connection().execute(sql, (place.scope, place.replica))?;
                Ok(())
            }
        }
    }

    /// Names the new changes in the rows that they wrote, and shows again which version stands.
    fn rewrite_rows(&mut self, moving: &[Moving], moves: &Moves) -> Result<(), StoreError> {
        let mut numbers: HashMap<u32, ReplicaId> = HashMap::new();
        moving.iter().for_each(|it| _ = numbers.insert(it.place.replica, it.id));
        let mut done = HashSet::new();
        for change in moving {
            let Some(table) = registry::table(change.table) else { continue };
            let scope = change.place.scope;
            if !done.insert((table.id, &change.body.key)) {
                continue;
            }
            let Some(row) = apply::row(self.connection(), table, &change.body.key, &[])? else { continue };
            let mut heads = Heads::default();
            for head in row.heads.all() {
                let to = numbers.get(&head.replica).and_then(|id| moves.get(&(scope, *id, head.seq)));
                let (replica, seq) = to.map_or((head.replica, head.seq), |seq| (self.replica, *seq));
                for column in (1..=60_u8).filter(|it| head.columns >> (it - 1) & 1 == 1) {
                    heads.add(column, replica, seq);
                }
            }
            self.rewrite_row(table, scope, &change.body, &heads)?;
        }
        Ok(())
    }

    fn rewrite_row(
        &mut self,
        table: &'static Table,
        scope: u32,
        body: &Body,
        heads: &Heads,
    ) -> Result<(), StoreError> {
        let contested = heads.contested();
        let columns = table.columns.iter().filter(|it| contested >> (it.id - 1) & 1 == 1);
        let mut shown: Vec<(u8, Value)> = Vec::new();
        for column in columns {
            let connection = self.connection();
            let value = apply::shown(connection, scope, (table.id, &body.key), column.id, heads)?;
            shown.extend(value.map(|it| (column.id, it)));
        }
        apply::write(self.connection(), table, &body.key, &shown, heads, true)?;
        if contested != 0 {
            self.touch(table, body);
        }
        Ok(())
    }
}

/// Names, in what a change saw, the new changes.
fn moved_body(body: &Body, scope: u32, moves: &Moves, own: ReplicaId) -> Body {
    let mut body = body.clone();
    for pred in &mut body.preds {
        if let Some(seq) = moves.get(&(scope, pred.seen.replica, pred.seen.seq)) {
            pred.seen = Dot { replica: own, seq: *seq };
        }
    }
    body.preds.sort_by_key(|it| it.seen);
    body
}
