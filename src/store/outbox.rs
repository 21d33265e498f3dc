//! This machine's own work at deliveries: who works at which, since when, how often it was tried. Never exchanged.

use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

use super::Store;
use super::error::StoreError;
use super::read::Reader;
use super::transact::Tx;
use crate::model::id::Id;
use crate::model::notice::DeliveryMark;
pub use crate::model::outbox::{OutboxRow, OutboxState};

impl Reader<'_> {
    /// Returns this machine's work, oldest first.
    pub fn outbox(self) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM outbox ORDER BY first_ms, key")?;
        let rows = statement.query_map([], outbox_row)?.collect::<Result<Vec<_>, _>>()?;
        Ok(rows)
    }

    /// Returns this machine's work at a delivery.
    pub fn outbox_row(self, delivery: Id<DeliveryMark>) -> Result<Option<OutboxRow>, StoreError> {
        let mut find = self.0.prepare_cached("SELECT * FROM outbox WHERE key = ?1")?;
        Ok(find.query_row([delivery.bytes().as_slice()], outbox_row).optional()?)
    }
}

impl Store {
    /// Changes this machine's work in one transaction: `work` is given what there is and returns what is to be kept
    /// in its place, or `None` to let it go. Others wait meanwhile, and what `work` reads stands until it is done. When
    /// `work` fails, nothing is changed.
    pub fn work_at_outbox(
        &mut self,
        deliveries: &[Id<DeliveryMark>],
        mut work: impl FnMut(
            Reader<'_>,
            Id<DeliveryMark>,
            Option<OutboxRow>,
        ) -> Result<Option<OutboxRow>, StoreError>,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for delivery in deliveries {
            let key = delivery.bytes();
            let present = Reader(&transaction).outbox_row(*delivery)?;
            match work(Reader(&transaction), *delivery, present)? {
                Some(row) => keep(&transaction, &row)?,
                None => {
                    transaction
                        .prepare_cached("DELETE FROM outbox WHERE key = ?1")?
                        .execute([key.as_slice()])?;
                }
            }
        }
        transaction.commit()?;
        Ok(())
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
    let state = OutboxState::from_word(&row.get::<_, String>("state")?);
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
