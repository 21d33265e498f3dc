//! Who exchanges with this machine, and where: which of their arrivals are here, which of ours they have.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::ranges::Ranges;
use crate::store::Store;
use crate::store::change::ReplicaId;
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::transact::Tx;
use crate::store::write::seq_to_sql;

/// A machine with which this one exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Local number, from 1.
    pub n: i64,
    /// The machine.
    pub machine: ReplicaId,
    /// Which of its arrivals are here.
    pub theirs: Ranges,
    /// Which of ours it acknowledged.
    pub ours: Ranges,
    /// When, by this machine's clock, in milliseconds since 1970 UTC.
    pub last_ms: Option<i64>,
}

/// A place to exchange with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remote {
    /// How the user calls it.
    pub name: String,
    /// Host, folder or object store, as typed.
    pub target: String,
    /// The projects that are wanted from it, by identifier; all when empty.
    pub projects: Vec<[u8; 16]>,
    /// The machine that answers there, once known.
    pub machine: Option<ReplicaId>,
    /// When it was last reached, in milliseconds since 1970 UTC.
    pub last_ms: Option<i64>,
    /// What the last exchange came to, as JSON.
    pub last: Option<String>,
    /// Whether what is laid down there is closed to the machines of the organisation.
    pub encrypt: bool,
}

const PEER: &str = "SELECT n, machine, theirs, ours, last_ms FROM peer";
const REMOTE: &str = "SELECT name, target, projects, machine, last_ms, last, encrypt FROM remote";

impl Reader<'_> {
    /// Returns every machine with which this one exchanged.
    pub fn peers(self) -> Result<Vec<Peer>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("{PEER} ORDER BY n"))?;
        let rows = statement.query_map([], raw_peer)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(peer).collect()
    }

    /// Returns what is known of a machine.
    pub fn peer(self, machine: ReplicaId) -> Result<Option<Peer>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("{PEER} WHERE machine = ?1"))?;
        statement.query_row([machine.as_slice()], raw_peer).optional()?.map(peer).transpose()
    }

    /// Returns the places to exchange with, by name.
    pub fn remotes(self) -> Result<Vec<Remote>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("{REMOTE} ORDER BY name"))?;
        Ok(statement.query_map([], remote)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Keeps a place to exchange with; one of the same name is replaced.
    pub fn keep_remote(&self, remote: &Remote) -> Result<(), StoreError> {
        self.check_place()?;
        let sql = "INSERT INTO remote (name, target, projects, machine, last_ms, last, encrypt)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                   ON CONFLICT DO UPDATE SET target = excluded.target, projects = excluded.projects,
                   machine = excluded.machine, last_ms = excluded.last_ms, last = excluded.last,
                   encrypt = excluded.encrypt";
        self.connection.execute(
            sql,
            params![
                remote.name,
                remote.target,
                remote.projects.concat(),
                remote.machine.map(|it| it.to_vec()),
                remote.last_ms,
                remote.last,
                remote.encrypt
            ],
        )?;
        Ok(())
    }

    /// Forgets a place to exchange with. Returns whether there was one.
    pub fn forget_remote(&self, name: &str) -> Result<bool, StoreError> {
        self.check_place()?;
        Ok(self.connection.execute("DELETE FROM remote WHERE name = ?1", [name])? > 0)
    }

    /// Keeps which of our arrivals a machine has, and marks them as shared.
    pub fn keep_acknowledged(
        &mut self,
        machine: ReplicaId,
        ours: &Ranges,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        acknowledge(&transaction, machine, ours, now_ms)?;
        transaction.commit()?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Returns the local number of a machine that exchanges with this one.
    pub fn peer_number(&self, machine: ReplicaId) -> Result<i64, StoreError> {
        peer_number(self.connection(), machine)
    }

    /// Adds to which of a machine's arrivals are here: in the same transaction as their content.
    pub fn keep_received(&self, machine: ReplicaId, theirs: &Ranges) -> Result<(), StoreError> {
        let connection = self.connection();
        peer_number(connection, machine)?;
        let known: Vec<u8> = connection.query_row(
            "SELECT theirs FROM peer WHERE machine = ?1",
            [machine.as_slice()],
            |row| row.get(0),
        )?;
        let mut ranges = Ranges::decode(&known)?;
        ranges.merge(theirs);
        let sql = "UPDATE peer SET theirs = ?2 WHERE machine = ?1";
        connection.prepare_cached(sql)?.execute((machine.as_slice(), ranges.encode()))?;
        Ok(())
    }

    /// Adds to which of our arrivals a machine has.
    pub fn keep_acknowledged(
        &self,
        machine: ReplicaId,
        ours: &Ranges,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        acknowledge(self.connection(), machine, ours, now_ms)
    }
}

fn acknowledge(
    connection: &Connection,
    machine: ReplicaId,
    ours: &Ranges,
    now_ms: i64,
) -> Result<(), StoreError> {
    peer_number(connection, machine)?;
    let known: Vec<u8> =
        connection
            .query_row("SELECT ours FROM peer WHERE machine = ?1", [machine.as_slice()], |row| row.get(0))?;
    let before = Ranges::decode(&known)?;
    let mut after = before.clone();
    after.merge(ours);
    let sql = "UPDATE peer SET ours = ?2, last_ms = ?3 WHERE machine = ?1";
    connection.prepare_cached(sql)?.execute((machine.as_slice(), after.encode(), now_ms))?;
    let mut share = connection
        .prepare_cached("UPDATE segment SET shared = 1 WHERE n BETWEEN ?1 AND ?2 AND shared = 0")?;
    for (first, last) in after.beyond(&before) {
        share.execute((seq_to_sql(first), seq_to_sql(last)))?;
    }
    Ok(())
}

fn peer_number(connection: &Connection, machine: ReplicaId) -> Result<i64, StoreError> {
    let mut find = connection.prepare_cached("SELECT n FROM peer WHERE machine = ?1")?;
    if let Some(n) = find.query_row([machine.as_slice()], |row| row.get(0)).optional()? {
        return Ok(n);
    }
    let none = Ranges::default().encode();
    connection.execute(
        "INSERT INTO peer (machine, theirs, ours) VALUES (?1, ?2, ?2)",
        (machine.as_slice(), none),
    )?;
    Ok(connection.last_insert_rowid())
}

type RawPeer = (i64, ReplicaId, Vec<u8>, Vec<u8>, Option<i64>);

fn raw_peer(row: &Row<'_>) -> rusqlite::Result<RawPeer> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn peer((n, machine, theirs, ours, last_ms): RawPeer) -> Result<Peer, StoreError> {
    Ok(Peer { n, machine, theirs: Ranges::decode(&theirs)?, ours: Ranges::decode(&ours)?, last_ms })
}

fn remote(row: &Row<'_>) -> rusqlite::Result<Remote> {
    let projects: Vec<u8> = row.get(2)?;
    Ok(Remote {
        name: row.get(0)?,
        target: row.get(1)?,
        projects: projects.chunks_exact(16).filter_map(|it| it.try_into().ok()).collect(),
        machine: row.get(3)?,
        last_ms: row.get(4)?,
        last: row.get(5)?,
        encrypt: row.get(6)?,
    })
}
