//! This machine's own work at deliveries: who works at which, since when, how often it was tried. Never exchanged.

use rusqlite::{Row, TransactionBehavior, params};

use super::Store;
use super::error::StoreError;
use super::read::Reader;
use super::transact::Tx;
use crate::model::id::Id;
use crate::model::notice::DeliveryMark;

/// Where this machine's work at a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// It can be taken.
    Ready,
    /// A worker has taken it and not begun.
    Claimed,
    /// The content may have gone out: written down before it does.
    Attempting,
    /// A server, or the line, said later.
    Deferred,
    /// The line broke where nobody can tell whether the server has it.
    Unknown,
}

impl OutboxState {
    const ALL: [Self; 5] = [Self::Ready, Self::Claimed, Self::Attempting, Self::Deferred, Self::Unknown];

    /// Returns the word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Attempting => "attempting",
            Self::Deferred => "deferred",
            Self::Unknown => "unknown",
        }
    }
}

/// This machine's work at a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The delivery.
    pub delivery: Id<DeliveryMark>,
    /// Where it stands.
    pub state: OutboxState,
    /// The worker that took it.
    pub owner: String,
    /// How often it was tried.
    pub tries: u32,
    /// How often nobody knew whether it went.
    pub unknowns: u32,
    /// When it was first taken up, in milliseconds since 1970 UTC.
    pub first_ms: i64,
    /// When it may be tried next.
    pub next_ms: i64,
    /// Until when its worker has it.
    pub lease_ms: i64,
    /// What was said last.
    pub reply: String,
}

impl Reader<'_> {
    /// Returns this machine's work, oldest first.
    pub fn outbox(self) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM outbox ORDER BY first_ms, key")?;
        let rows = statement.query_map([], outbox_row)?.collect::<Result<Vec<_>, _>>()?;
        Ok(rows)
    }
}

impl Store {
    /// Changes this machine's work in one transaction: `work` is given what there is and returns what is to be kept
    /// in its place, or `None` to let it go. Others wait meanwhile. Returns the rows as they are afterwards.
    pub fn work_at_outbox(
        &mut self,
        deliveries: &[Id<DeliveryMark>],
        mut work: impl FnMut(Id<DeliveryMark>, Option<OutboxRow>) -> Option<OutboxRow>,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.check_place()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut kept = Vec::new();
        for delivery in deliveries {
            let key = delivery.bytes();
            let present = {
                let mut find = transaction.prepare_cached("SELECT * FROM outbox WHERE key = ?1")?;
                let mut rows = find.query_map([key.as_slice()], outbox_row)?;
                rows.next().transpose()?
            };
            match work(*delivery, present) {
                Some(row) => {
                    keep(&transaction, &row)?;
                    kept.push(row);
                }
                None => {
                    transaction
                        .prepare_cached("DELETE FROM outbox WHERE key = ?1")?
                        .execute([key.as_slice()])?;
                }
            }
        }
        transaction.commit()?;
        Ok(kept)
    }
}

impl Tx<'_> {
    /// Lets this machine's work at a delivery go: what became of it is said in the log, in the same transaction.
    pub fn settle_outbox(&self, delivery: Id<DeliveryMark>) -> Result<(), StoreError> {
        let sql = "DELETE FROM outbox WHERE key = ?1";
        self.connection().prepare_cached(sql)?.execute([delivery.bytes().as_slice()])?;
        Ok(())
    }
}

fn keep(connection: &rusqlite::Connection, row: &OutboxRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (key, state, owner, tries, unknowns, first_ms, next_ms, lease_ms, reply)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
               ON CONFLICT DO UPDATE SET state = excluded.state, owner = excluded.owner, tries = excluded.tries,
               unknowns = excluded.unknowns, first_ms = excluded.first_ms, next_ms = excluded.next_ms,
               lease_ms = excluded.lease_ms, reply = excluded.reply";
    connection.prepare_cached(sql)?.execute(params![
        row.delivery.bytes().as_slice(),
        row.state.word(),
        row.owner,
        row.tries,
        row.unknowns,
        row.first_ms,
        row.next_ms,
        row.lease_ms,
        row.reply
    ])?;
    Ok(())
}

fn outbox_row(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let word: String = row.get("state")?;
    let state = OutboxState::ALL.into_iter().find(|it| it.word() == word);
    Ok(OutboxRow {
        delivery: Id::from_bytes(row.get("key")?),
        // A word of a newer program is the state in which a person decides.
        state: state.unwrap_or(OutboxState::Unknown),
        owner: row.get::<_, Option<String>>("owner")?.unwrap_or_default(),
        tries: row.get("tries")?,
        unknowns: row.get("unknowns")?,
        first_ms: row.get("first_ms")?,
        next_ms: row.get("next_ms")?,
        lease_ms: row.get("lease_ms")?,
        reply: row.get::<_, Option<String>>("reply")?.unwrap_or_default(),
    })
}
