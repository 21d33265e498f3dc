//! `SQLite`: the only place that knows SQL. Every write is an op, logged in the same transaction.

pub mod apply;
pub mod change;
pub mod connect;
pub mod copy;
pub mod error;
pub mod exchange;
pub mod guard;
pub mod heads;
pub mod log;
pub mod merge;
pub mod migrate;
pub mod outbox;
pub mod read;
pub mod rebuild;
pub mod registry;
pub mod seen;
pub mod transact;
pub mod value;
pub mod write;

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use change::ReplicaId;
use error::StoreError;

use crate::model::problem::Problem;

/// Pages that a program which stays open keeps in memory, in KiB.
const STAYING_CACHE_KIB: i64 = 1500;

/// An open database.
pub struct Store {
    connection: Connection,
    /// The local number of this file's replica.
    replica: u32,
    /// The identity of this file.
    replica_id: ReplicaId,
    /// The file that was opened; `None` in memory.
    file: Option<FileMark>,
}

/// What tells a file from every other on this machine: device and inode.
type FileMark = (u64, u64);

impl Store {
    /// Opens an existing database.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::from_connection(connect::open(path)?)
    }

    /// Opens a database, creating it where it is missing.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Self::from_connection(connect::create(path)?)
    }

    /// Keeps less of the file in memory: for programs that stay open beside others on a shared machine.
    pub fn stay_small(&self) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "cache_size", -STAYING_CACHE_KIB)?;
        Ok(())
    }

    /// Opens an empty database in memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::from_connection(connect::in_memory()?)
    }

    fn from_connection(mut connection: Connection) -> Result<Self, StoreError> {
        let found = own_replica(&connection)?;
        let (replica, replica_id) = match found {
            Some(found) => found,
            None => {
                let transaction =
                    connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
                let made = match own_replica(&transaction)? {
                    Some(found) => found,
                    None => make_replica(&transaction)?,
                };
                transaction.commit()?;
                made
            }
        };
        let mut store = Self { connection, replica, replica_id, file: None };
        store.file = store.path().and_then(|it| mark_of(&it));
        Ok(store)
    }

    /// Refuses a file that was moved, replaced or removed since it was opened: what is written to it now, nobody would
    /// find again.
    pub fn check_place(&self) -> Result<(), StoreError> {
        let (Some(opened), Some(path)) = (self.file, self.path()) else { return Ok(()) };
        if mark_of(&path) == Some(opened) {
            return Ok(());
        }
        Err(Problem::new("store-moved").into())
    }

    /// Waits at most so long for other programs that write.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Returns the identity of this file.
    pub const fn replica_id(&self) -> ReplicaId {
        self.replica_id
    }
}

fn mark_of(path: &Path) -> Option<FileMark> {
    std::fs::metadata(path).ok().map(|it| (it.dev(), it.ino()))
}

fn own_replica(connection: &Connection) -> Result<Option<(u32, ReplicaId)>, StoreError> {
    let sql = "SELECT replica.n, replica.id FROM about JOIN replica ON replica.n = about.value WHERE about.name = 'replica'";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn make_replica(connection: &Connection) -> Result<(u32, ReplicaId), StoreError> {
    let mut id = ReplicaId::default();
    id.copy_from_slice(&uuid::Uuid::new_v4().into_bytes()[8..]);
    connection.execute("INSERT INTO replica (id) VALUES (?1)", [id.as_slice()])?;
    let number = u32::try_from(connection.last_insert_rowid()).unwrap_or(u32::MAX);
    connection.execute("INSERT INTO about VALUES ('replica', ?1)", [number])?;
    Ok((number, id))
}
