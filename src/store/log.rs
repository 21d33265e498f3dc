//! Reads the change log: ops, changes of a scope, the chain of hashes.

use rusqlite::{OptionalExtension, Row};

use super::change::{Body, Dot, Hash, ReplicaId, Scope, link};
use super::error::StoreError;
use super::read::Reader;
use super::transact::{OpDraft, OpId, op_hash};
use super::value::Value;
use crate::model::id::Id;
use crate::model::problem::Problem;

/// An op as it was logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpRow {
    /// Local number; larger is later on this machine.
    pub n: i64,
    /// Identifier.
    pub id: OpId,
    /// The machine that did it.
    pub replica: ReplicaId,
    /// Lamport time.
    pub lamport: i64,
    /// What the machine's clock said, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Who.
    pub user: String,
    /// What.
    pub name: String,
    /// Arguments of its sentence, as JSON.
    pub note: Option<String>,
    /// The op that it takes back.
    pub undoes: Option<OpId>,
}

/// A change as it was logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Local number of its op.
    pub op: i64,
    /// Its scope.
    pub scope: Scope,
    /// Its place in the scope.
    pub dot: Dot,
    /// Number of the table.
    pub table: u16,
    /// What it wrote.
    pub body: Body,
}

const CHANGE: &str =
    "SELECT change.op, scope.kind, scope.key, replica.id, change.seq, change.tab, change.body
    FROM change JOIN scope ON scope.n = change.scope JOIN replica ON replica.n = change.replica";

impl Reader<'_> {
    /// Returns the op with a local number.
    pub fn op(self, n: i64) -> Result<Option<OpRow>, StoreError> {
        let sql = "SELECT op.*, replica.id AS machine FROM op JOIN replica ON replica.n = op.replica WHERE op.n = ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row([n], op_row).optional()?)
    }

    /// Returns the op that wrote a change.
    pub fn op_at(self, scope: Scope, dot: Dot) -> Result<Option<OpRow>, StoreError> {
        let sql = "SELECT op.*, replica.id AS machine FROM change JOIN op ON op.n = change.op
                   JOIN replica ON replica.n = change.replica JOIN scope ON scope.n = change.scope
                   WHERE scope.kind = ?1 AND scope.key = ?2 AND replica.id = ?3 AND change.seq = ?4";
        let (kind, key) = scope.parts();
        let mut statement = self.0.prepare_cached(sql)?;
        let place = (kind, key.as_slice(), dot.replica.as_slice(), super::write::seq_to_sql(dot.seq));
        Ok(statement.query_row(place, op_row).optional()?)
    }

    /// Tells whether a later op than `op`, neither an undo nor undone, wrote in a scope.
    pub fn is_written_since(self, scope: Scope, op: i64) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM change JOIN op ON op.n = change.op
                   WHERE change.scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2) AND change.op > ?3
                     AND op.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM op AS later WHERE later.undoes = op.id)";
        let (kind, key) = scope.parts();
        Ok(self.0.prepare_cached(sql)?.exists((kind, key.as_slice(), op))?)
    }

    /// Returns the op with an identifier.
    pub fn op_with_id(self, id: OpId) -> Result<Option<OpRow>, StoreError> {
        let sql = "SELECT op.*, replica.id AS machine FROM op JOIN replica ON replica.n = op.replica WHERE op.id = ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row([id.bytes().as_slice()], op_row).optional()?)
    }

    /// Runs over the ops of one user on one machine, newest first, until `visit` returns false.
    pub fn ops_back(
        self,
        replica: ReplicaId,
        user: &str,
        mut visit: impl FnMut(OpRow) -> bool,
    ) -> Result<(), StoreError> {
        let sql = "SELECT op.*, replica.id AS machine FROM op JOIN replica ON replica.n = op.replica
                   WHERE replica.id = ?1 AND op.user = ?2 ORDER BY op.n DESC";
        let mut statement = self.0.prepare_cached(sql)?;
        for op in statement.query_map((replica.as_slice(), user), op_row)? {
            if !visit(op?) {
                break;
            }
        }
        Ok(())
    }

    /// Returns the changes of an op made on this machine, in the order of writing.
    pub fn changes_of_op(self, n: i64) -> Result<Vec<ChangeRow>, StoreError> {
        let sql = format!(
            "{CHANGE} WHERE change.n BETWEEN (SELECT first FROM op WHERE n = ?1) AND (SELECT last FROM op WHERE n = ?1)
             ORDER BY change.n"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map([n], raw_change)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(RawChange::read).collect()
    }

    /// Returns the changes of a scope in order of arrival.
    pub fn changes_of_scope(self, scope: Scope) -> Result<Vec<ChangeRow>, StoreError> {
        let sql = format!(
            "{CHANGE} WHERE change.scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2) ORDER BY change.n"
        );
        let (kind, key) = scope.parts();
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map((kind, key.as_slice()), raw_change)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(RawChange::read).collect()
    }

    /// Returns the changes of a machine with a number, in a table: one for each scope that has such a number.
    pub fn changes_at(self, dot: Dot, table: u16) -> Result<Vec<ChangeRow>, StoreError> {
        let sql = format!(
            "{CHANGE} WHERE change.scope IN (SELECT n FROM scope) AND change.seq = ?2 AND change.tab = ?3
             AND change.replica = (SELECT n FROM replica WHERE id = ?1)"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let place = (dot.replica.as_slice(), super::write::seq_to_sql(dot.seq), table);
        let rows = statement.query_map(place, raw_change)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(RawChange::read).collect()
    }

    /// Returns every scope of the log, in order of first use.
    pub fn scopes(self) -> Result<Vec<Scope>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT kind, key FROM scope ORDER BY n")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(|(kind, key)| scope(kind, key)).collect()
    }

    /// Returns the scopes in which something was written after op number `seen`.
    pub fn scopes_since(self, seen: i64) -> Result<Vec<Scope>, StoreError> {
        // Changes of one foreign op may arrive apart: what counts is when they arrived, not the number of their op.
        let sql = "SELECT DISTINCT scope.kind, scope.key FROM change JOIN scope ON scope.n = change.scope
                   WHERE change.n >= (SELECT min(first) FROM op WHERE n > ?1 AND first > 0)";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement
            .query_map([seen], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(|(kind, key)| scope(kind, key)).collect()
    }

    /// Returns when the last op was done here or received, in milliseconds since 1970 UTC: what its machine said.
    pub fn last_op_wall_ms(self) -> Result<Option<i64>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT wall_ms FROM op ORDER BY n DESC LIMIT 1")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// Tells whether changes of other machines are here: only then can versions compete.
    pub fn knows_other_machines(self) -> Result<bool, StoreError> {
        Ok(self.0.prepare_cached("SELECT 1 FROM replica LIMIT 1 OFFSET 1")?.exists([])?)
    }

    /// Returns the number of the last op: it moves with every write.
    pub fn last_op(self) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT coalesce(max(n), 0) FROM op")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Returns the number of the last change that was written here or received.
    pub fn last_change(self) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT coalesce(max(n), 0) FROM change")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Returns the table and the key of every row that was written, here or by others, after a change.
    pub fn rows_written_since(self, change: i64) -> Result<Vec<(u16, Vec<Value>)>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT tab, body FROM change WHERE n > ?1")?;
        let mut rows = statement.query([change])?;
        let mut written = Vec::new();
        while let Some(row) = rows.next()? {
            written.push((row.get(0)?, Body::decode(&row.get::<_, Vec<u8>>(1)?)?.key));
        }
        Ok(written)
    }

    /// Counts ops and changes.
    pub fn log_size(self) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT (SELECT count(*) FROM op), (SELECT count(*) FROM change)";
        let (ops, changes): (i64, i64) = self.0.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((ops.unsigned_abs(), changes.unsigned_abs()))
    }

    /// Recomputes every link of every chain; calls `visit` with how many changes are checked. Returns each
    /// break: a gap, a changed op or a changed change.
    pub fn check_chains(self, mut visit: impl FnMut(u64)) -> Result<Vec<Problem>, StoreError> {
        let mut broken = self.check_ops()?;
        broken.extend(self.check_numbers()?);
        let sql = "SELECT change.scope, change.replica, change.seq, change.tab, change.body, change.hash, scope.kind,
                   scope.key, replica.id, op.hash FROM change JOIN scope ON scope.n = change.scope
                   JOIN replica ON replica.n = change.replica JOIN op ON op.n = change.op
                   ORDER BY change.scope, change.replica, change.seq";
        let mut statement = self.0.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut chain = Chain::default();
        let mut checked = 0;
        while let Some(row) = rows.next()? {
            self.check_link(row, &mut chain, &mut broken)?;
            checked += 1;
            visit(checked);
        }
        self.check_tip(&chain, &mut broken)?;
        let (_, changes) = self.log_size()?;
        if changes != checked {
            broken.push(Problem::new("log-unplaced").with("count", changes - checked));
        }
        Ok(broken)
    }

    fn check_link(
        self,
        row: &Row<'_>,
        chain: &mut Chain,
        broken: &mut Vec<Problem>,
    ) -> Result<(), StoreError> {
        let place: (i64, i64) = (row.get(0)?, row.get(1)?);
        if place != chain.place {
            self.check_tip(chain, broken)?;
            *chain = Chain { place, ..Chain::default() };
        }
        let seq = row.get::<_, i64>(2)?.unsigned_abs();
        let scope = scope(row.get(6)?, row.get(7)?)?;
        let dot = Dot { replica: row.get(8)?, seq };
        let body: Vec<u8> = row.get(4)?;
        let computed = link(&chain.hash, scope, dot, &row.get(9)?, row.get(3)?, &body);
        let stored: Hash = row.get(5)?;
        let problem = |key: &str| Problem::new(key).with("scope", place.0).with("machine", place.1);
        if seq != chain.seq + 1 {
            broken.push(problem("log-missing").with("change", chain.seq + 1));
        } else if computed != stored {
            broken.push(problem("log-altered").with("change", seq));
        }
        (chain.seq, chain.hash) = (seq, stored);
        Ok(())
    }

    fn check_tip(self, chain: &Chain, broken: &mut Vec<Problem>) -> Result<(), StoreError> {
        if chain.seq == 0 {
            return Ok(());
        }
        let sql = "SELECT 1 FROM chain WHERE scope = ?1 AND replica = ?2 AND seq = ?3 AND hash = ?4";
        let (scope, replica) = chain.place;
        let tip = (scope, replica, super::write::seq_to_sql(chain.seq), chain.hash.as_slice());
        if !self.0.prepare_cached(sql)?.exists(tip)? {
            broken.push(Problem::new("log-tip").with("scope", scope).with("machine", replica));
        }
        Ok(())
    }

    /// Checks that every op has the changes that it announces (an op that only received has none of its own), that changes are numbered without gap, and that the
    /// clock of the log is ahead.
    fn check_numbers(self) -> Result<Vec<Problem>, StoreError> {
        let mut broken = Vec::new();
        let sql = "SELECT op.n FROM op LEFT JOIN
                     (SELECT op, min(n) AS least, max(n) AS most, count(*) AS changes FROM change GROUP BY op) AS found
                     ON found.op = op.n
                   WHERE op.first > 0 AND op.name <> 'receive' AND (found.least IS NOT op.first OR found.most IS NOT op.last
                     OR found.changes IS NOT op.last - op.first + 1)";
        for op in self.0.prepare(sql)?.query_map([], |row| row.get::<_, i64>(0))? {
            broken.push(Problem::new("log-range").with("op", op?));
        }
        let exact = |sql: &str| self.0.query_row(sql, [], |row| row.get::<_, bool>(0));
        if !exact("SELECT coalesce(min(n), 1) = 1 AND coalesce(max(n), 0) = count(*) FROM change")? {
            broken.push(Problem::new("log-order"));
        }
        let clock =
            "SELECT coalesce((SELECT typeof(value) = 'integer' AND value >= (SELECT max(lamport) FROM op)
                     FROM about WHERE name = 'lamport'), (SELECT count(*) FROM op) = 0)";
        if !exact(clock)? {
            broken.push(Problem::new("log-clock"));
        }
        Ok(broken)
    }

    fn check_ops(self) -> Result<Vec<Problem>, StoreError> {
        let sql =
            "SELECT op.*, replica.id AS machine FROM op JOIN replica ON replica.n = op.replica ORDER BY op.n";
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((op_row(row)?, row.get::<_, Hash>("hash")?)))?;
        let mut broken = Vec::new();
        for row in rows {
            let (op, stored) = row?;
            let draft = OpDraft {
                name: &op.name,
                user: &op.user,
                wall_ms: op.wall_ms,
                note: op.note.clone(),
                undoes: op.undoes,
            };
            if op_hash(&op.id.bytes(), &op.replica, op.lamport, &draft) != stored {
                broken.push(Problem::new("log-op-altered").with("op", op.n));
            }
        }
        Ok(broken)
    }
}

/// The chain being checked: its place, and its last link.
#[derive(Default)]
struct Chain {
    place: (i64, i64),
    seq: u64,
    hash: Hash,
}

struct RawChange(i64, u8, [u8; 16], ReplicaId, i64, u16, Vec<u8>);

impl RawChange {
    fn read(self) -> Result<ChangeRow, StoreError> {
        let Self(op, kind, key, replica, seq, table, body) = self;
        let dot = Dot { replica, seq: seq.unsigned_abs() };
        Ok(ChangeRow { op, scope: scope(kind, key)?, dot, table, body: Body::decode(&body)? })
    }
}

fn raw_change(row: &Row<'_>) -> rusqlite::Result<RawChange> {
    Ok(RawChange(row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn op_row(row: &Row<'_>) -> rusqlite::Result<OpRow> {
    Ok(OpRow {
        n: row.get("n")?,
        id: Id::from_bytes(row.get("id")?),
        replica: row.get("machine")?,
        lamport: row.get("lamport")?,
        wall_ms: row.get("wall_ms")?,
        user: row.get("user")?,
        name: row.get("name")?,
        note: row.get("note")?,
        undoes: row.get::<_, Option<[u8; 16]>>("undoes")?.map(Id::from_bytes),
    })
}

pub(super) fn scope(kind: u8, key: [u8; 16]) -> Result<Scope, StoreError> {
    Scope::of(kind, key).ok_or_else(|| minicbor::decode::Error::message("a scope of an unknown kind").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::registry;
    use crate::store::transact::Tx;

    const SITE: [u8; 16] = [3; 16];
    const LOT: [u8; 16] = [4; 16];

    /// A database of one lot with three figures, typed by three ops.
    fn three_figures() -> Store {
        let mut store = Store::in_memory().unwrap();
        for month in 1..=3 {
            let draft = OpDraft { name: "record-entry", user: "awa", wall_ms: 0, note: None, undoes: None };
            let work = |tx: &mut Tx<'_>| {
                tx.put(
                    &registry::LOT,
                    Scope::Site(SITE),
                    vec![Value::Bytes(LOT.to_vec())],
                    Vec::new(),
                    None,
                )?;
                let key = vec![Value::Bytes(LOT.to_vec()), Value::Int(24_300 + month)];
                tx.put(&registry::ENTRY, Scope::Site(SITE), key, vec![(1, Value::Int(month * 100))], None)
            };
            store.transact::<_, StoreError>(&draft, work).unwrap();
        }
        store
    }

    /// What the checks say after a stroke of somebody who knows the guard.
    fn found(stroke: &str) -> Vec<String> {
        let store = three_figures();
        store.connection.execute_batch(stroke).unwrap();
        let chains = store.read().check_chains(|_| {}).unwrap();
        let tables = store.compare_with_log(|_| {}).unwrap();
        chains.into_iter().chain(tables).map(|it| it.key).collect()
    }

    #[test]
    fn an_untouched_database_is_sound() {
        assert_eq!(found(""), Vec::<String>::new());
    }

    #[test]
    fn every_stroke_at_the_log_or_the_tables_is_found() {
        for (stroke, key) in [
            ("UPDATE entry SET cumulative = 9999 WHERE month = 24301", "row-differs"),
            ("UPDATE entry SET h = x'010101' WHERE month = 24303", "row-differs"),
            ("DELETE FROM entry WHERE month = 24302", "row-missing"),
            ("INSERT INTO contractor (id, name) VALUES (x'00', 'Intrus')", "row-unlogged"),
            ("UPDATE change SET hash = zeroblob(32) WHERE n = 2", "log-altered"),
            ("UPDATE change SET body = (SELECT body FROM change WHERE n = 3) WHERE n = 2", "log-altered"),
            ("DELETE FROM change WHERE n = 2", "log-missing"),
            ("DELETE FROM change WHERE n = 4", "log-tip"),
            ("UPDATE chain SET seq = seq - 1", "log-tip"),
            ("UPDATE op SET user = 'autre' WHERE n = 2", "log-op-altered"),
            ("UPDATE op SET note = '{}' WHERE n = 1", "log-op-altered"),
            ("UPDATE op SET first = 1, last = 4 WHERE n = 3", "log-range"),
            ("UPDATE change SET n = 99 WHERE n = 4", "log-order"),
            ("UPDATE about SET value = 1 WHERE name = 'lamport'", "log-clock"),
        ] {
            let found = found(stroke);
            assert!(found.iter().any(|it| it == key), "{stroke}: {found:?}");
        }
    }

    #[test]
    fn an_op_that_changes_nothing_leaves_no_trace() {
        let mut store = three_figures();
        let size = store.read().log_size().unwrap();
        let draft = OpDraft { name: "record-entry", user: "awa", wall_ms: 0, note: None, undoes: None };
        let key = vec![Value::Bytes(LOT.to_vec()), Value::Int(24_301)];
        let work = |tx: &mut Tx<'_>| {
            tx.put(&registry::ENTRY, Scope::Site(SITE), key, vec![(1, Value::Int(100))], None)
        };
        let (written, saved) = store.transact::<_, StoreError>(&draft, work).unwrap();
        assert_eq!((written, saved.op, store.read().log_size().unwrap()), (false, None, size));
    }

    #[test]
    fn columns_of_a_group_are_written_together() {
        let mut store = Store::in_memory().unwrap();
        let mut put = |columns: Vec<(u8, Value)>| {
            let draft = OpDraft { name: "edit", user: "awa", wall_ms: 0, note: None, undoes: None };
            let key = vec![Value::Bytes(SITE.to_vec())];
            store
                .transact::<_, StoreError>(&draft, |tx| {
                    tx.put(&registry::SITE, Scope::Site(SITE), key, columns, None)
                })
                .unwrap();
        };
        put(vec![(5, Value::from("2026-01")), (6, Value::Int(10)), (3, Value::from("Lycée"))]);
        put(vec![(6, Value::Int(12))]);
        let changes = store.read().changes_of_scope(Scope::Site(SITE)).unwrap();
        let second: Vec<u8> = changes[1].body.columns.iter().map(|(id, _)| *id).collect();
        assert_eq!(second, [5, 6], "start and duration are one fact");
        assert_eq!(changes[1].body.preds[0].columns, [5, 6]);
    }
}
