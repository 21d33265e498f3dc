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
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use change::ReplicaId;
use error::StoreError;
use exchange::identity;

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
    /// Where the file lies, when that could not be written into it.
    unsettled: Option<change::Hash>,
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
        let path = connection.path().filter(|it| !it.is_empty()).map(PathBuf::from);
        let mark = path.as_deref().and_then(identity::mark_of);
        let ((replica, replica_id), is_kept) = identity::find(&mut connection, mark)?;
        let unsettled = if is_kept { None } else { mark };
        let file = path.and_then(|it| mark_of(&it));
        Ok(Self { connection, replica, replica_id, file, unsettled })
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
