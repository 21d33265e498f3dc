//! Segments in the order in which they came to be here: what another machine may lack.

use rusqlite::{OptionalExtension, Row};

use super::seal::{Place, cut};
use super::segment::{Segment, Signature};
use crate::store::change::{Dot, Hash, ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::log::scope;
use crate::store::read::Reader;
use crate::store::write::seq_to_sql;

/// How far a chain is here: its scope, its machine, the number of its last change, and the link there.
pub type Tip = (Scope, ReplicaId, u64, Hash);

/// A segment that is here, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its number in the order of arrival, from 1.
    pub n: u64,
    /// Its scope.
    pub scope: Scope,
    /// The machine that wrote it.
    pub replica: ReplicaId,
    /// The number of its first change.
    pub lo: u64,
    /// The number of its last change.
    pub hi: u64,
    /// The signature of its machine.
    pub signature: Signature,
    /// The peer that brought it; 0 for what was written here.
    pub source: i64,
    place: (u32, u32),
}

const ARRIVAL: &str =
    "SELECT segment.n, scope.kind, scope.key, replica.id, segment.lo, segment.hi, segment.signature,
    segment.source, segment.scope, segment.replica
    FROM segment JOIN scope ON scope.n = segment.scope JOIN replica ON replica.n = segment.replica";

impl Reader<'_> {
    /// Returns the segments that arrived after number `after`, in order.
    pub fn arrivals(self, after: u64) -> Result<Vec<Arrival>, StoreError> {
        let mut statement =
            self.0.prepare_cached(&format!("{ARRIVAL} WHERE segment.n > ?1 ORDER BY segment.n"))?;
        let rows = statement.query_map([seq_to_sql(after)], raw)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(arrival).collect()
    }

    /// Returns the last segment that a machine wrote and that is here.
    pub fn last_arrival_of(self, machine: ReplicaId) -> Result<Option<Arrival>, StoreError> {
        let sql = format!(
            "{ARRIVAL} WHERE segment.n = (SELECT max(n) FROM segment
             WHERE replica = (SELECT n FROM replica WHERE id = ?1))"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        statement.query_row([machine.as_slice()], raw).optional()?.map(arrival).transpose()
    }

    /// Returns the segment that holds a change.
    pub fn arrival_with(self, scope: Scope, dot: Dot) -> Result<Option<Arrival>, StoreError> {
        let (kind, key) = scope.parts();
        let sql = format!(
            "{ARRIVAL} WHERE segment.scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2)
             AND segment.replica = (SELECT n FROM replica WHERE id = ?3) AND segment.lo <= ?4 AND segment.hi >= ?4
             ORDER BY segment.lo DESC LIMIT 1"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let place = (kind, key.as_slice(), dot.replica.as_slice(), seq_to_sql(dot.seq));
        statement.query_row(place, raw).optional()?.map(arrival).transpose()
    }

    /// Returns the number of the last segment that arrived, or 0.
    pub fn last_arrival(self) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT coalesce(max(n), 0) FROM segment")?;
        Ok(statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Tells whether a segment is here just so.
    pub fn holds_segment(self, segment: &Segment, signature: &Signature) -> Result<bool, StoreError> {
        let (kind, key) = segment.scope.parts();
        let sql = "SELECT 1 FROM segment WHERE scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2)
                   AND replica = (SELECT n FROM replica WHERE id = ?3) AND lo = ?4 AND hi = ?5 AND signature = ?6";
        Ok(self.0.prepare_cached(sql)?.exists((
            kind,
            key.as_slice(),
            segment.replica.as_slice(),
            seq_to_sql(segment.lo),
            seq_to_sql(segment.hi()),
            signature.as_slice(),
        ))?)
    }

    /// Makes the content of a segment again from the log.
    pub fn segment(self, arrival: &Arrival) -> Result<Segment, StoreError> {
        let (scope, replica) = arrival.place;
        let made = cut(self.0, Place { scope, replica }, arrival.replica, arrival.lo, Some(arrival.hi))?;
        made.filter(|it| it.hi() == arrival.hi)
            .ok_or_else(|| minicbor::decode::Error::message("a segment without its changes").into())
    }

    /// Returns, for every chain, how far it is here.
    pub fn tips(self) -> Result<Vec<Tip>, StoreError> {
        let sql = "SELECT scope.kind, scope.key, replica.id, chain.seq, chain.hash FROM chain
                   JOIN scope ON scope.n = chain.scope JOIN replica ON replica.n = chain.replica";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut tips = Vec::new();
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(3)?.unsigned_abs();
            tips.push((scope(row.get(0)?, row.get(1)?)?, row.get(2)?, seq, row.get(4)?));
        }
        Ok(tips)
    }

    /// Returns the number of the last change of a machine in a scope that is here, or 0.
    pub fn tip_of(self, scope: Scope, replica: ReplicaId) -> Result<u64, StoreError> {
        let (kind, key) = scope.parts();
        let sql = "SELECT seq FROM chain WHERE scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2)
                   AND replica = (SELECT n FROM replica WHERE id = ?3)";
        let place = (kind, key.as_slice(), replica.as_slice());
        let seq: Option<i64> = self.0.prepare_cached(sql)?.query_row(place, |row| row.get(0)).optional()?;
        Ok(seq.unwrap_or(0).unsigned_abs())
    }
}

type Raw = (i64, u8, [u8; 16], ReplicaId, i64, i64, Signature, i64, u32, u32);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
        row.get(9)?,
    ))
}

fn arrival(raw: Raw) -> Result<Arrival, StoreError> {
    let (n, kind, key, replica, lo, hi, signature, source, scope_number, replica_number) = raw;
    Ok(Arrival {
        n: n.unsigned_abs(),
        scope: scope(kind, key)?,
        replica,
        lo: lo.unsigned_abs(),
        hi: hi.unsigned_abs(),
        signature,
        source,
        place: (scope_number, replica_number),
    })
}
