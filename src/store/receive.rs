//! Takes in an op of another machine whose predecessors are all here. Same bytes, same heads, same tables.

use rusqlite::OptionalExtension;

use super::apply::{self, Place};
use super::change::{Body, Dot, Hash, ReplicaId, Scope, link};
use super::error::StoreError;
use super::registry;
use super::transact::{OpDraft, OpId, Tx, op_hash};
use super::write::seq_to_sql;
use crate::model::problem::Problem;

/// An op of another machine.
#[derive(Clone, Debug)]
pub struct ForeignOp<'a> {
    /// Its identifier.
    pub id: OpId,
    /// The machine that did it.
    pub replica: ReplicaId,
    /// Its Lamport time.
    pub lamport: i64,
    /// What and who.
    pub draft: OpDraft<'a>,
}

impl Tx<'_> {
    /// Logs and applies one change of another machine's op. A change that is already here does nothing; one with a
    /// gap before it is refused. Returns whether it was new.
    pub fn receive(
        &mut self,
        op: &ForeignOp<'_>,
        scope: Scope,
        seq: u64,
        table: u16,
        body: &Body,
    ) -> Result<bool, StoreError> {
        let replica = self.machine_number(op.replica)?;
        let scope_number = self.scope_number(scope)?;
        let (last, before) = self.foreign_tip(scope_number, replica)?;
        if seq <= last {
            return Ok(false);
        }
        if seq != last + 1 {
            return Err(Problem::new("receive-gap").with("seq", seq).with("last", last).into());
        }
        let (op_number, op_hash) = self.op_number(op, replica)?;
        let dot = Dot { replica: op.replica, seq };
        let bytes = body.encode();
        let hash = link(&before, scope, dot, &op_hash, table, &bytes);
        let n = self.next_change();
        self.connection()
            .prepare_cached("INSERT OR FAIL INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute((
                n,
                scope_number,
                replica,
                seq_to_sql(seq),
                op_number,
                table,
                &bytes,
                hash.as_slice(),
            ))?;
        self.keep_foreign_tip(scope_number, replica, seq, &hash)?;
        if let Some(table) = registry::table(table) {
            let connection = self.connection();
            let present = apply::row(connection, table, &body.key, &[])?.map(|it| it.heads);
            let place =
                Place { connection, log: connection, scope: scope_number, replica, dot, lamport: op.lamport };
            if present.is_none() {
                apply::stub_parents(connection, table, body)?;
            }
            apply::apply(&place, table, body, present)?;
            self.touch(table, body);
        }
        self.see_lamport(op.lamport);
        Ok(true)
    }

    fn machine_number(&self, id: ReplicaId) -> Result<u32, StoreError> {
        let mut find = self.connection().prepare_cached("SELECT n FROM replica WHERE id = ?1")?;
        if let Some(number) = find.query_row([id.as_slice()], |row| row.get(0)).optional()? {
            return Ok(number);
        }
        self.connection().execute("INSERT INTO replica (id) VALUES (?1)", [id.as_slice()])?;
        Ok(u32::try_from(self.connection().last_insert_rowid()).unwrap_or(u32::MAX))
    }

    fn foreign_tip(&self, scope: u32, replica: u32) -> Result<(u64, Hash), StoreError> {
        let sql = "SELECT seq, hash FROM chain WHERE scope = ?1 AND replica = ?2";
        let tip = self
            .connection()
            .prepare_cached(sql)?
            .query_row((scope, replica), |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))
            .optional()?;
        Ok(tip.unwrap_or_default())
    }

    fn keep_foreign_tip(&self, scope: u32, replica: u32, seq: u64, hash: &Hash) -> Result<(), StoreError> {
        let sql = "INSERT INTO chain VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
        self.connection().prepare_cached(sql)?.execute((scope, replica, seq_to_sql(seq), hash.as_slice()))?;
        Ok(())
    }

    fn op_number(&self, op: &ForeignOp<'_>, replica: u32) -> Result<(i64, Hash), StoreError> {
        let hash = op_hash(&op.id.bytes(), &op.replica, op.lamport, &op.draft);
        let mut find = self.connection().prepare_cached("SELECT n FROM op WHERE id = ?1")?;
        if let Some(number) = find.query_row([op.id.bytes().as_slice()], |row| row.get(0)).optional()? {
            return Ok((number, hash));
        }
        // Changes of a foreign op may arrive apart: its range is empty.
        self.connection().execute(
            "INSERT INTO op (id, replica, lamport, wall_ms, user, name, note, undoes, first, last, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, ?9)",
            rusqlite::params![
                op.id.bytes().as_slice(),
                replica,
                op.lamport,
                op.draft.wall_ms,
                op.draft.user,
                op.draft.name,
                op.draft.note,
                op.draft.undoes.map(|it| it.bytes().to_vec()),
                hash.as_slice()
            ],
        )?;
        Ok((self.connection().last_insert_rowid(), hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;
    use crate::store::Store;
    use crate::store::value::Value;

    const SITE: [u8; 16] = [3; 16];
    const LOT: [u8; 16] = [4; 16];

    fn draft(name: &str) -> OpDraft<'_> {
        OpDraft { name, user: "awa", wall_ms: 0, note: None, undoes: None }
    }

    fn entry(store: &mut Store, value: i64) {
        let key = vec![Value::Bytes(LOT.to_vec()), Value::Int(24_300)];
        let write = |tx: &mut Tx<'_>| {
            tx.put(&registry::LOT, Scope::Site(SITE), vec![Value::Bytes(LOT.to_vec())], Vec::new(), None)?;
            tx.put(&registry::ENTRY, Scope::Site(SITE), key, vec![(1, Value::Int(value))], None)
        };
        store.transact::<_, StoreError>(&draft("record-entry"), write).unwrap();
    }

    /// Carries every change of one database into another.
    fn carry(from: &Store, to: &mut Store) {
        let changes = from.read().changes_of_scope(Scope::Site(SITE)).unwrap();
        to.transact(&draft("receive"), |tx| {
            for change in changes.iter().filter(|it| it.dot.replica == from.replica_id()) {
                let op = from.read().op(change.op).unwrap().unwrap();
                let draft = OpDraft {
                    name: &op.name,
                    user: &op.user,
                    wall_ms: op.wall_ms,
                    note: op.note,
                    undoes: op.undoes,
                };
                let foreign = ForeignOp { id: op.id, replica: op.replica, lamport: op.lamport, draft };
                tx.receive(&foreign, change.scope, change.dot.seq, change.table, &change.body)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    }

    fn figure(store: &Store) -> Option<i32> {
        let month = crate::model::month::Month::from_index(24_300).unwrap();
        store.read().figure(Id::from_bytes(LOT), month).unwrap().and_then(|it| it.cumulative).map(|it| it.0)
    }

    #[test]
    fn two_heads_are_a_conflict_until_one_settles_it() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 1000);
        carry(&here, &mut there);
        assert_eq!((figure(&there), there.read().contested().unwrap().len()), (Some(1000), 0));

        entry(&mut here, 1100);
        entry(&mut there, 1200);
        carry(&here, &mut there);
        carry(&there, &mut here);
        assert_eq!(figure(&here), figure(&there), "the provisional value is the same everywhere");
        assert_eq!(here.read().contested().unwrap(), there.read().contested().unwrap());
        assert_eq!(here.read().contested().unwrap().len(), 1);

        // Settling with the value that already shows is a write all the same.
        let shown = figure(&here).unwrap().into();
        entry(&mut here, shown);
        carry(&here, &mut there);
        assert_eq!((here.read().contested().unwrap().len(), there.read().contested().unwrap().len()), (0, 0));
        assert_eq!(figure(&there).map(i64::from), Some(shown));
    }

    #[test]
    fn receiving_again_changes_nothing_and_both_rebuild() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 500);
        entry(&mut there, 700);
        carry(&here, &mut there);
        let before = there.dump().unwrap();
        carry(&here, &mut there);
        assert_eq!(there.dump().unwrap(), before);
        assert!(there.compare_with_log(|_| {}).unwrap().is_empty());
        assert!(there.read().check_chains(|_| {}).unwrap().is_empty());
    }

    #[test]
    fn a_gap_is_refused() {
        let mut store = Store::in_memory().unwrap();
        let foreign = ForeignOp {
            id: Id::from_bytes([9; 16]),
            replica: [9; 8],
            lamport: 1,
            draft: draft("record-entry"),
        };
        let body = Body {
            key: vec![Value::Bytes(LOT.to_vec()), Value::Int(1)],
            columns: vec![],
            preds: vec![],
            origin: None,
        };
        let refused = store
            .transact(&draft("receive"), |tx| tx.receive(&foreign, Scope::Site(SITE), 2, 8, &body))
            .unwrap_err();
        assert_eq!(refused.problem().key, "receive-gap");
    }
}
