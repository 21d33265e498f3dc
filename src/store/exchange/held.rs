//! Verified segments that cannot be applied yet: nothing that arrived is thrown away.

use super::segment::{Segment, Signature};
use crate::model::problem::Problem;
use crate::store::change::{ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::log::scope;
use crate::store::read::Reader;
use crate::store::transact::Tx;
use crate::store::write::seq_to_sql;

/// Why a segment is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldFor {
    /// What it builds on has not arrived.
    Missing,
    /// Its machine was withdrawn before: a person decides.
    Withdrawn,
    /// It does not fit the tables of this program.
    Misfit,
    /// Its machine wrote something else under the same numbers.
    Forked,
}

impl HeldFor {
    /// Returns the word that is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Withdrawn => "withdrawn",
            Self::Misfit => "misfit",
            Self::Forked => "forked",
        }
    }

    fn of(word: &str) -> Self {
        let all = [Self::Missing, Self::Withdrawn, Self::Misfit];
        all.into_iter().find(|it| it.word() == word).unwrap_or(Self::Forked)
    }
}

/// A held segment, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number among those that are held.
    pub n: i64,
    /// Its scope.
    pub scope: Scope,
    /// Its machine.
    pub replica: ReplicaId,
    /// Its first change.
    pub lo: u64,
    /// Its last change.
    pub hi: u64,
    /// Why it waits.
    pub reason: HeldFor,
}

/// A held segment with what is needed to apply it.
pub(super) struct HeldContent {
    pub n: i64,
    pub segment: Segment,
    pub signature: Signature,
    pub source: i64,
}

impl Reader<'_> {
    /// Lists what is held.
    pub fn held(self) -> Result<Vec<Held>, StoreError> {
        let sql = "SELECT n, scope_kind, scope_key, replica, lo, hi, reason FROM held ORDER BY n";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            held.push(Held {
                n: row.get(0)?,
                scope: scope(row.get(1)?, row.get(2)?)?,
                replica: row.get(3)?,
                lo: row.get::<_, i64>(4)?.unsigned_abs(),
                hi: row.get::<_, i64>(5)?.unsigned_abs(),
                reason: HeldFor::of(&row.get::<_, String>(6)?),
            });
        }
        Ok(held)
    }

    /// Returns what waits for something that may have arrived, in an order in which it can be applied.
    pub(super) fn held_for(self, reason: HeldFor) -> Result<Vec<HeldContent>, StoreError> {
        let sql = "SELECT n, payload, signature, source FROM held WHERE reason = ?1 ORDER BY scope_kind, scope_key, replica, lo";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([reason.word()])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            let segment = Segment::decode(&row.get::<_, Vec<u8>>(1)?)?;
            held.push(HeldContent { n: row.get(0)?, segment, signature: row.get(2)?, source: row.get(3)? });
        }
        Ok(held)
    }
}

impl Tx<'_> {
    /// Keeps a verified segment for later. Holding it twice keeps it once.
    pub fn hold(
        &self,
        segment: &Segment,
        signature: &Signature,
        source: i64,
        reason: HeldFor,
    ) -> Result<(), StoreError> {
        let (kind, key) = segment.scope.parts();
        let sql =
            "INSERT INTO held (scope_kind, scope_key, replica, lo, hi, signature, payload, source, reason)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT DO UPDATE SET reason = excluded.reason";
        let payload = segment.encode();
        self.connection().prepare_cached(sql)?.execute(rusqlite::params![
            kind,
            key.as_slice(),
            segment.replica.as_slice(),
            seq_to_sql(segment.lo),
            seq_to_sql(segment.hi()),
            signature.as_slice(),
            payload,
            source,
            reason.word()
        ])?;
        Ok(())
    }

    /// Forgets a held segment that is applied now, or was applied meanwhile.
    pub(super) fn let_go(&self, n: i64) -> Result<(), StoreError> {
        self.connection().prepare_cached("DELETE FROM held WHERE n = ?1")?.execute([n])?;
        Ok(())
    }

    /// Lets what was held for a person's verdict be looked at again.
    pub fn reconsider(&self, replica: ReplicaId) -> Result<usize, StoreError> {
        let sql = "UPDATE held SET reason = 'missing' WHERE replica = ?1 AND reason <> 'missing'";
        Ok(self.connection().prepare_cached(sql)?.execute([replica.as_slice()])?)
    }
}

/// Says which machine and which change somebody lacks.
pub fn lack(replica: ReplicaId, seq: u64) -> Problem {
    let machine: String = replica.iter().map(|it| format!("{it:02x}")).collect();
    Problem::new("exchange-lacks").with("machine", machine).with("change", seq)
}
