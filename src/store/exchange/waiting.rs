//! How much waits to reach other machines: counted from the sealed stretches and what was written since.

use rusqlite::OptionalExtension;

use super::peers::Peer;
use crate::store::change::{ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::write::seq_to_sql;

impl Reader<'_> {
    /// Counts the changes of a machine, `own`, that it did not seal yet.
    pub fn unsealed_changes(self, own: ReplicaId) -> Result<u64, StoreError> {
        let sealed: Option<i64> = self
            .0
            .prepare_cached("SELECT value FROM about WHERE name = 'sealed'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let sql =
            "SELECT count(*) FROM change WHERE n > ?1 AND replica = (SELECT n FROM replica WHERE id = ?2)";
        let place = (sealed.unwrap_or(0), own.as_slice());
        Ok(self.0.prepare_cached(sql)?.query_row(place, |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Counts the sealed changes that a machine lacks, as far as is known; all for one that was never met.
    pub fn lacking_changes(self, peer: Option<&Peer>) -> Result<u64, StoreError> {
        let sql = "SELECT n, hi - lo + 1 FROM segment WHERE n > ?1 AND source <> ?2";
        let after = peer.map_or(0, |it| it.ours.whole());
        // What was written here has the source 0.
        let source = peer.map_or(-1, |it| it.n);
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query((seq_to_sql(after), source))?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let n = row.get::<_, i64>(0)?.unsigned_abs();
            if peer.is_none_or(|it| !it.ours.contains(n)) {
                count += row.get::<_, i64>(1)?.unsigned_abs();
            }
        }
        Ok(count)
    }

    /// Counts the changes of a machine, `own`, of which no other machine is known to have them.
    pub fn unshared_changes(self, own: ReplicaId) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(hi - lo + 1), 0) FROM segment
                   WHERE shared = 0 AND replica = (SELECT n FROM replica WHERE id = ?1)";
        let sealed: i64 = self.0.prepare_cached(sql)?.query_row([own.as_slice()], |row| row.get(0))?;
        Ok(sealed.unsigned_abs() + self.unsealed_changes(own)?)
    }

    /// Returns the number of the last change of a machine, `own`, in a scope that another machine has; 0 for none.
    pub fn shared_up_to(self, scope: Scope, own: ReplicaId) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(hi), 0) FROM segment WHERE shared = 1
                   AND scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2)
                   AND replica = (SELECT n FROM replica WHERE id = ?3)";
        let (kind, key) = scope.parts();
        let place = (kind, key.as_slice(), own.as_slice());
        Ok(self.0.prepare_cached(sql)?.query_row(place, |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Returns what moves whenever something is written to the file, here or by another process.
    pub fn moves(self) -> Result<(i64, u64), StoreError> {
        let others = self.0.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok((others, self.0.total_changes()))
    }

    /// Tells whether there is a place to exchange with.
    pub fn has_remotes(self) -> Result<bool, StoreError> {
        Ok(self.0.prepare_cached("SELECT 1 FROM remote LIMIT 1")?.exists([])?)
    }
}
