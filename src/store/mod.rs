//! `SQLite`: the only place that knows SQL. Every write is an op, logged in the same transaction.

pub mod apply;
pub mod change;
pub mod connect;
pub mod copy;
pub mod error;
pub mod guard;
pub mod heads;
pub mod log;
pub mod migrate;
pub mod read;
pub mod rebuild;
pub mod receive;
pub mod registry;
pub mod seen;
pub mod transact;
pub mod value;
pub mod write;

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use change::ReplicaId;
use error::StoreError;

/// An open database.
pub struct Store {
    connection: Connection,
    /// The local number of this file's replica.
    replica: u32,
    /// The identity of this file.
    replica_id: ReplicaId,
}

impl Store {
    /// Opens an existing database.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::from_connection(connect::open(path)?)
    }

    /// Opens a database, creating it where it is missing.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Self::from_connection(connect::create(path)?)
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
        Ok(Self { connection, replica, replica_id })
    }

    /// Returns the identity of this file.
    pub const fn replica_id(&self) -> ReplicaId {
        self.replica_id
    }
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
