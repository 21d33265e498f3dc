//! One op, one transaction: what the user did is logged and done together, or not at all.

use std::collections::HashMap;

use minicbor::Encoder;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::Store;
use super::change::{Hash, ReplicaId, Scope};
use super::error::StoreError;
use super::exchange::{fit, identity};
use super::value::Value;
use crate::model::id::Id;
use crate::model::problem::Problem;

/// Marks identifiers of ops.
#[derive(Debug)]
pub enum OpMark {}
/// The identifier of an op.
pub type OpId = Id<OpMark>;

/// Where Lamport time stands still: no honest log gets here. Whoever claims to be there takes nothing from the others:
/// versions of the same time are told apart by their machine.
pub const LAMPORT_MAX: i64 = 1 << 48;

/// What a user does, before it is done.
#[derive(Clone, Debug)]
pub struct OpDraft<'a> {
    /// What it is, for example `record-entry`; the sentence is in `locales/` under `op-record-entry`.
    pub name: &'a str,
    /// Who does it.
    pub user: &'a str,
    /// The machine's clock in milliseconds since 1970 UTC: a claim, never compared.
    pub wall_ms: i64,
    /// Arguments of the sentence, as JSON.
    pub note: Option<String>,
    /// The op that this one takes back.
    pub undoes: Option<OpId>,
}

/// An op that is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The op; `None` when nothing had to change and nothing was written.
    pub op: Option<OpId>,
    /// How many changes it holds.
    pub changes: u64,
}

/// A transaction in which rows can be written.
pub struct Tx<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) replica: u32,
    pub(super) replica_id: ReplicaId,
    pub(super) op: Pending,
    /// Tips of the chains that this op extends: scope number to seq and hash.
    pub(super) tips: HashMap<u32, (u64, Hash)>,
    pub(super) scopes: HashMap<Scope, u32>,
    pub(super) touched: Touched,
    /// Rows of which versions compete since, as table and key.
    pub(super) contested: Vec<(u16, Vec<Value>)>,
}

/// The op in the making.
pub(super) struct Pending {
    pub n: i64,
    /// The last op before.
    pub before: i64,
    pub id: OpId,
    pub hash: Hash,
    pub lamport: i64,
    /// The latest Lamport time of received ops.
    pub seen: i64,
    /// Number of the first change, and how many there are.
    pub first: i64,
    pub changes: i64,
}

/// What an op wrote, by what has to be derived again.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// Lots with new figures or decisions.
    pub lots: Vec<Id<crate::model::site::Lot>>,
    /// Decisions of which something else than the lot changed.
    pub decisions: Vec<Id<crate::model::decision::Decision>>,
    /// Sites whose terms changed.
    pub sites: Vec<Id<crate::model::site::Site>>,
    /// Owners whose settings changed: organisation, project or site.
    pub owners: Vec<Vec<u8>>,
}

impl Store {
    /// Runs `work` in one immediate transaction that becomes one op. Returns its result and what was saved;
    /// when `work` fails or writes nothing, the database stays as it was.
    pub fn transact<T, E: From<StoreError>>(
        &mut self,
        draft: &OpDraft<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Saved), E> {
        let mut tx = self.begin(draft)?;
        let result = work(&mut tx)?;
        let id = tx.op.id;
        let changes = tx.op.changes.unsigned_abs();
        if changes == 0 {
            return Ok((result, Saved { op: None, changes }));
        }
        let committed = tx.finish();
        // An error of the commit does not tell whether the op is saved: look.
        if let Err(error) = committed
            && !self.holds(id)?
        {
            return Err(error.into());
        }
        Ok((result, Saved { op: Some(id), changes }))
    }

    /// As [`Store::transact`], for what arrives from other machines: what `work` keeps beside the log is saved too when
    /// no change is new.
    pub fn receive<T, E: From<StoreError>>(
        &mut self,
        draft: &OpDraft<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let result = self.receive_only(draft, work)?;
        self.be_oneself()?;
        Ok(result)
    }

    fn receive_only<T, E: From<StoreError>>(
        &mut self,
        draft: &OpDraft<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = self.begin(draft)?;
        let result = work(&mut tx)?;
        if tx.op.changes == 0 {
            tx.transaction.execute("DELETE FROM op WHERE n = ?1", [tx.op.n]).map_err(StoreError::from)?;
            tx.transaction.commit().map_err(StoreError::from)?;
        } else {
            tx.finish()?;
        }
        Ok(result)
    }

    fn begin(&mut self, draft: &OpDraft<'_>) -> Result<Tx<'_>, StoreError> {
        if !fit::fits_op(draft.user, draft.name, draft.note.as_deref()) {
            return Err(Problem::new("store-unfit").with("table", "op").into());
        }
        self.check_place()?;
        self.be_oneself()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have given this file another identity.
        if let Some(own) = identity::own(&transaction)? {
            (self.replica, self.replica_id) = own;
        }
        let (replica, replica_id) = (self.replica, self.replica_id);
        let before = transaction.query_row("SELECT coalesce(max(n), 0) FROM op", [], |row| row.get(0))?;
        let lamport = next_lamport(&transaction)?;
        let id = Uuid::now_v7().into_bytes();
        let hash = op_hash(&id, &replica_id, lamport, draft);
        let first: i64 =
            transaction.query_row("SELECT coalesce(max(n), 0) + 1 FROM change", [], |row| row.get(0))?;
        transaction.execute(
            "INSERT INTO op (id, replica, lamport, wall_ms, user, name, note, undoes, first, last, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)",
            rusqlite::params![
                id.as_slice(),
                replica,
                lamport,
                draft.wall_ms,
                draft.user,
                draft.name,
                draft.note,
                draft.undoes.map(|it| it.bytes().to_vec()),
                first,
                hash.as_slice()
            ],
        )?;
        let op = Pending {
            n: transaction.last_insert_rowid(),
            before,
            id: Id::from_bytes(id),
            hash,
            lamport,
            seen: 0,
            first,
            changes: 0,
        };
        let (tips, scopes) = (HashMap::new(), HashMap::new());
        let (touched, contested) = (Touched::default(), Vec::new());
        Ok(Tx { transaction, replica, replica_id, op, tips, scopes, touched, contested })
    }

    fn holds(&self, op: OpId) -> Result<bool, StoreError> {
        Ok(self.connection.prepare("SELECT 1 FROM op WHERE id = ?1")?.exists([op.bytes().as_slice()])?)
    }
}

impl Tx<'_> {
    /// Returns what this op wrote so far.
    pub const fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Returns the number of the last op before this one.
    pub const fn last_op_before(&self) -> i64 {
        self.op.before
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.transaction
    }

    /// Keeps the clock of the log ahead of every op that was received.
    pub(super) fn see_lamport(&mut self, lamport: i64) {
        self.op.seen = self.op.seen.max(lamport);
    }

    fn finish(self) -> Result<(), StoreError> {
        let last = self.op.first + self.op.changes - 1;
        self.transaction.execute("UPDATE op SET last = ?2 WHERE n = ?1", (self.op.n, last))?;
        self.transaction.execute(
            "INSERT INTO about VALUES ('lamport', ?1) ON CONFLICT DO UPDATE SET value = excluded.value",
            [self.op.lamport.max(self.op.seen)],
        )?;
        let sql = "INSERT INTO chain VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for (scope, (seq, hash)) in &self.tips {
            statement.execute((
                scope,
                self.replica,
                i64::try_from(*seq).unwrap_or(i64::MAX),
                hash.as_slice(),
            ))?;
        }
        drop(statement);
        self.transaction.commit()?;
        Ok(())
    }
}

fn next_lamport(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT value FROM about WHERE name = 'lamport'";
    let last: Option<i64> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or(0).saturating_add(1).min(LAMPORT_MAX))
}

/// Computes the hash that ties changes to who did what.
pub fn op_hash(id: &[u8; 16], replica: &ReplicaId, lamport: i64, draft: &OpDraft<'_>) -> Hash {
    let mut out = Encoder::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = out
        .array(8)
        .and_then(|it| it.bytes(id))
        .and_then(|it| it.bytes(replica))
        .and_then(|it| it.i64(lamport));
    let _ = out.i64(draft.wall_ms).and_then(|it| it.str(draft.user)).and_then(|it| it.str(draft.name));
    let _ = match &draft.note {
        Some(note) => out.str(note).is_ok(),
        None => out.null().is_ok(),
    };
    let _ = match draft.undoes {
        Some(op) => out.bytes(&op.bytes()).is_ok(),
        None => out.null().is_ok(),
    };
    *blake3::hash(&out.into_writer()).as_bytes()
}
