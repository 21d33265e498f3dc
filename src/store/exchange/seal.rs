//! Seals what this machine wrote: cut into segments, signed, kept from then on as it is.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::segment::{SEGMENT_BYTES_MAX, SealedChange, SealedOp, Segment, Signature};
use crate::model::id::Id;
use crate::store::Store;
use crate::store::change::{Hash, ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::log::scope;
use crate::store::write::seq_to_sql;

/// A segment is cut at so many ops,
const OPS_MAX: usize = 128;
/// so many changes,
const CHANGES_MAX: usize = 512;
/// or so many bytes of changes, whichever comes first.
const BODY_BYTES_MAX: usize = SEGMENT_BYTES_MAX / 4;
/// Scopes sealed in one transaction, so that nobody waits long.
const SCOPES_A_TIME: usize = 100;

/// The place of a stretch in the file's own numbers.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub scope: u32,
    pub replica: u32,
}

impl Store {
    /// Signs everything that this machine wrote and did not seal yet. `sign` is given canonical bytes. Returns how many
    /// segments were made.
    pub fn seal<E: From<StoreError>>(
        &mut self,
        sign: impl Fn(&[u8]) -> Result<Signature, E>,
    ) -> Result<u64, E> {
        let (scopes, last) = self.unsealed()?;
        let mut made = 0;
        for some in scopes.chunks(SCOPES_A_TIME) {
            self.check_place()?;
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
            let transaction = transaction.map_err(StoreError::from)?;
            for number in some {
                let place = Place { scope: *number, replica: self.replica };
                made += seal_scope(&transaction, place, self.replica_id, &sign)?;
            }
            transaction.commit().map_err(StoreError::from)?;
        }
        if let Some(last) = last {
            let sql = "INSERT INTO about VALUES ('sealed', ?1) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)";
            self.connection.execute(sql, [last]).map_err(StoreError::from)?;
        }
        Ok(made)
    }

    /// Returns the scopes with changes that are not sealed, and the last change that was looked at.
    fn unsealed(&self) -> Result<(Vec<u32>, Option<i64>), StoreError> {
        let sealed: Option<i64> = self
            .connection
            .query_row("SELECT value FROM about WHERE name = 'sealed'", [], |row| row.get(0))
            .optional()?;
        let last: i64 =
            self.connection.query_row("SELECT coalesce(max(n), 0) FROM change", [], |row| row.get(0))?;
        if sealed == Some(last) {
            return Ok((Vec::new(), None));
        }
        // Who may write comes before what was written: a reader checks in this order.
        let sql = "SELECT scope, min(change.n) AS first FROM change JOIN scope ON scope.n = change.scope
                   WHERE change.n > ?1 AND change.n <= ?2 AND replica = ?3 GROUP BY scope ORDER BY scope.kind <> 5, first";
        let mut statement = self.connection.prepare_cached(sql)?;
        let scopes = statement
            .query_map((sealed.unwrap_or(0), last, self.replica), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok((scopes, Some(last)))
    }
}

fn seal_scope<E: From<StoreError>>(
    transaction: &Transaction<'_>,
    place: Place,
    replica: ReplicaId,
    sign: &impl Fn(&[u8]) -> Result<Signature, E>,
) -> Result<u64, E> {
    let mut made = 0;
    loop {
        let lo = sealed_up_to(transaction, place)? + 1;
        let Some(segment) = cut(transaction, place, replica, lo, None)? else { return Ok(made) };
        let signature = sign(&segment.encode())?;
        keep(transaction, place, (lo, segment.hi()), &signature, (0, false))?;
        made += 1;
    }
}

/// Returns the number of the last sealed change of a machine in a scope, or 0.
pub(super) fn sealed_up_to(connection: &Connection, place: Place) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(hi), 0) FROM segment WHERE scope = ?1 AND replica = ?2";
    let hi: i64 =
        connection.prepare_cached(sql)?.query_row((place.scope, place.replica), |row| row.get(0))?;
    Ok(hi.unsigned_abs())
}

/// Keeps the boundaries and the signature of a segment, as the last that arrived. `from` says which peer brought it, 0
/// for none, and whether another machine has it. Shorter ones that it covers are forgotten: a machine and its copy may
/// have sealed the same changes, each as far as it knew.
pub(super) fn keep(
    connection: &Connection,
    place: Place,
    (lo, hi): (u64, u64),
    signature: &Signature,
    (source, shared): (i64, bool),
) -> Result<(), StoreError> {
    // A number in the order of arrival is never given twice: others remember it.
    let mut last = connection.prepare_cached("SELECT coalesce(max(n), 0) FROM segment")?;
    let last: i64 = last.query_row([], |row| row.get(0))?;
    let sql = "DELETE FROM segment WHERE scope = ?1 AND replica = ?2 AND lo >= ?3 AND hi <= ?4";
    connection.prepare_cached(sql)?.execute((place.scope, place.replica, seq_to_sql(lo), seq_to_sql(hi)))?;
    let sql = "INSERT INTO segment (n, scope, replica, lo, hi, signature, source, shared)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.prepare_cached(sql)?.execute(params![
        last + 1,
        place.scope,
        place.replica,
        seq_to_sql(lo),
        seq_to_sql(hi),
        signature.as_slice(),
        source,
        shared
    ])?;
    Ok(())
}

/// Makes the segment that begins at `lo`: up to `hi`, or as long as a segment may be. `None` when there are no changes.
pub(super) fn cut(
    connection: &Connection,
    place: Place,
    replica: ReplicaId,
    lo: u64,
    hi: Option<u64>,
) -> Result<Option<Segment>, StoreError> {
    let sql = "SELECT change.op, change.tab, change.body, op.id, op.lamport, op.wall_ms, op.user, op.name, op.note, op.undoes
               FROM change JOIN op ON op.n = change.op
               WHERE change.scope = ?1 AND change.replica = ?2 AND change.seq BETWEEN ?3 AND ?4 ORDER BY change.seq";
    let mut statement = connection.prepare_cached(sql)?;
    let last = hi.unwrap_or_else(|| lo + CHANGES_MAX as u64 - 1);
    let mut rows = statement.query((place.scope, place.replica, seq_to_sql(lo), seq_to_sql(last)))?;
    let (mut ops, mut changes): (Vec<SealedOp>, Vec<SealedChange>) = (Vec::new(), Vec::new());
    let mut known: HashMap<i64, usize> = HashMap::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let body: Vec<u8> = row.get(2)?;
        bytes += body.len();
        let is_new = !known.contains_key(&number);
        let full = bytes > BODY_BYTES_MAX || is_new && ops.len() == OPS_MAX;
        if hi.is_none() && full && !changes.is_empty() {
            break;
        }
        if is_new {
            known.insert(number, ops.len());
            ops.push(SealedOp {
                id: Id::from_bytes(row.get(3)?),
                lamport: row.get(4)?,
                wall_ms: row.get(5)?,
                user: row.get(6)?,
                name: row.get(7)?,
                note: row.get(8)?,
                undoes: row.get::<_, Option<[u8; 16]>>(9)?.map(Id::from_bytes),
            });
        }
        changes.push(SealedChange { op: known[&number], table: row.get(1)?, body });
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let (scope, before) = (scope_at(connection, place.scope)?, link_at(connection, place, lo - 1)?);
    Ok(Some(Segment { scope, replica, lo, before: before.unwrap_or_default(), ops, changes }))
}

fn scope_at(connection: &Connection, number: u32) -> Result<Scope, StoreError> {
    let mut find = connection.prepare_cached("SELECT kind, key FROM scope WHERE n = ?1")?;
    let (kind, key) = find.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    scope(kind, key)
}

/// Returns the link of a chain at a change; `None` when that change is not here.
pub(super) fn link_at(connection: &Connection, place: Place, seq: u64) -> Result<Option<Hash>, StoreError> {
    let sql = "SELECT hash FROM change WHERE scope = ?1 AND replica = ?2 AND seq = ?3";
    let mut find = connection.prepare_cached(sql)?;
    Ok(find.query_row((place.scope, place.replica, seq_to_sql(seq)), |row| row.get(0)).optional()?)
}
