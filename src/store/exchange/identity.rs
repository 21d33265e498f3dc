//! A machine is a database file: a copy of it, or what was restored from one, is another machine.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::about::KEEP;
use crate::store::Store;
use crate::store::change::{Hash, ReplicaId};
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::transact::{OpDraft, Tx, op_hash};
use crate::store::value::Value;

/// The local number and the identity of this file.
pub(in crate::store) type Own = (u32, ReplicaId);

/// Under this name the file keeps where it lies.
const PLACE: &str = "place";
/// The identities that it had before, one after the other.
const FORMER: &str = "former";
/// That something written under a former identity may not be sealed.
pub(super) const ORPHANS: &str = "orphans";
/// Says what this machine is, where the system keeps it.
const MACHINE_ID: &str = "/etc/machine-id";

/// Computes what tells where a file lies from every other place: the machine, the file's number, when it was made.
/// Renaming a file changes none of them.
pub(in crate::store) fn mark_of(path: &Path) -> Option<Hash> {
    let found = std::fs::metadata(path).ok()?;
    let born = found.created().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    let machine = std::fs::read(MACHINE_ID).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&found.ino().to_be_bytes());
    hasher.update(&born.map_or(0, |it| it.as_nanos()).to_be_bytes());
    hasher.update(&machine);
    Some(*hasher.finalize().as_bytes())
}

/// Returns the identity of a file, if it has one.
pub(in crate::store) fn own(connection: &Connection) -> Result<Option<Own>, StoreError> {
    let sql = "SELECT replica.n, replica.id FROM about JOIN replica ON replica.n = about.value WHERE about.name = 'replica'";
    let mut find = connection.prepare_cached(sql)?;
    Ok(find.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Tells whether a file still lies where it lay.
fn lies_there(connection: &Connection, mark: Option<&Hash>) -> Result<bool, StoreError> {
    let Some(mark) = mark else { return Ok(true) };
    Ok(Reader(connection).about(PLACE)? == Some(Value::Bytes(mark.to_vec())))
}

/// Finds the identity of a file, giving it one where it has none or is a copy. The second tells whether that is kept: a
/// file that cannot be written is read as it is.
pub(in crate::store) fn find(
    connection: &mut Connection,
    mark: Option<Hash>,
) -> Result<(Own, bool), StoreError> {
    let known = own(connection)?;
    if let Some(known) = known
        && lies_there(connection, mark.as_ref())?
    {
        return Ok((known, true));
    }
    match (settle(connection, mark), known) {
        (Ok(own), _) => Ok((own, true)),
        (Err(_), Some(known)) => Ok((known, false)),
        (Err(error), None) => Err(error),
    }
}

/// Gives a file its identity, and keeps where it lies.
pub(in crate::store) fn settle(connection: &mut Connection, mark: Option<Hash>) -> Result<Own, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let own = match own(&transaction)? {
        None => make(&transaction)?,
        Some(own) if Reader(&transaction).about(PLACE)?.is_none() => own,
        Some(own) if lies_there(&transaction, mark.as_ref())? => own,
        Some(own) => renew(&transaction, own)?,
    };
    if let Some(mark) = mark {
        transaction.execute(KEEP, (PLACE, Value::Bytes(mark.to_vec())))?;
    }
    transaction.commit()?;
    Ok(own)
}

fn make(connection: &Connection) -> Result<Own, StoreError> {
    let mut id = ReplicaId::default();
    id.copy_from_slice(&uuid::Uuid::new_v4().into_bytes()[8..]);
    connection.execute("INSERT INTO replica (id) VALUES (?1)", [id.as_slice()])?;
    let number = u32::try_from(connection.last_insert_rowid()).unwrap_or(u32::MAX);
    connection.execute(KEEP, ("replica", number))?;
    Ok((number, id))
}

/// Gives a file another identity. What it wrote under the one before and nobody sealed is taken over later.
fn renew(connection: &Connection, (_, before): Own) -> Result<Own, StoreError> {
    let mut former = Reader(connection).former_machines()?.concat();
    former.extend(before);
    connection.execute(KEEP, (FORMER, Value::Bytes(former)))?;
    connection.execute(KEEP, (ORPHANS, 1))?;
    make(connection)
}

/// Makes sure that a copy, however it comes to its place, does not take itself for the original.
pub(in crate::store) fn unsettle(copy: &Connection) -> Result<(), StoreError> {
    copy.execute(KEEP, (PLACE, Value::Null))?;
    Ok(())
}

impl Reader<'_> {
    /// Returns the identities that this file had before, oldest first.
    pub fn former_machines(self) -> Result<Vec<ReplicaId>, StoreError> {
        let Some(Value::Bytes(former)) = self.about(FORMER)? else { return Ok(Vec::new()) };
        Ok(former.chunks_exact(8).filter_map(|it| it.try_into().ok()).collect())
    }
}

impl Store {
    /// Returns the identity of this file, and those that it had before.
    pub fn own_machines(&self) -> Result<Vec<ReplicaId>, StoreError> {
        let mut machines = self.read().former_machines()?;
        machines.push(self.replica_id);
        Ok(machines)
    }

    /// Follows another process that gave this file its identity, and gives it one that could not be kept before.
    pub(in crate::store) fn be_oneself(&mut self) -> Result<(), StoreError> {
        if let Some(mark) = self.unsettled {
            (self.replica, self.replica_id) = settle(&mut self.connection, Some(mark))?;
            self.unsettled = None;
        }
        if let Some(own) = own(&self.connection)? {
            (self.replica, self.replica_id) = own;
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// Returns the identity of this file.
    pub const fn own_machine(&self) -> ReplicaId {
        self.replica_id
    }

    /// Gives this file another identity: it was set back, or it lives twice. What others acknowledged, and what they left
    /// out because this machine had it, may have been the other's: everything counts as neither sent nor received.
    pub fn renew(&mut self) -> Result<(), StoreError> {
        let before = (self.replica, self.replica_id);
        (self.replica, self.replica_id) = renew(self.connection(), before)?;
        self.tips.clear();
        self.drop_unshared_seals(before.0)?;
        let none = super::ranges::Ranges::default().encode();
        self.connection().execute("UPDATE peer SET ours = ?1, theirs = ?1", [none])?;
        self.sign_pending()
    }

    /// The op in the making belongs to the new identity.
    fn sign_pending(&mut self) -> Result<(), StoreError> {
        let Some(op) = self.read().raw_op(self.op.n)? else { return Ok(()) };
        let (note, undoes) = (op.note.clone(), op.undoes);
        let draft = OpDraft { name: &op.name, user: &op.user, wall_ms: op.wall_ms, note, undoes };
        self.op.hash = op_hash(&op.id.bytes(), &self.replica_id, op.lamport, &draft);
        let sql = "UPDATE op SET replica = ?2, hash = ?3 WHERE n = ?1";
        self.connection().execute(sql, (self.op.n, self.replica, self.op.hash.as_slice()))?;
        Ok(())
    }

    /// Takes back the signatures of what no other machine has: the end of each chain.
    fn drop_unshared_seals(&self, replica: u32) -> Result<(), StoreError> {
        let sql = "DELETE FROM segment WHERE replica = ?1 AND lo > (SELECT coalesce(max(hi), 0) FROM segment AS kept
                   WHERE kept.scope = segment.scope AND kept.replica = ?1 AND (kept.shared = 1 OR kept.source <> 0))";
        self.connection().execute(sql, [replica])?;
        Ok(())
    }
}
