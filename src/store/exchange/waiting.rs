//! How much waits to reach other machines: counted from the sealed stretches and what was written since.

use super::peers::Peer;
use crate::store::change::{ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::write::seq_to_sql;

impl Reader<'_> {
    /// Counts the changes of a machine, `own`, that it did not seal yet.
    pub fn unsealed_changes(self, own: ReplicaId) -> Result<u64, StoreError> {
        let sealed = "SELECT coalesce(sum(hi - lo + 1), 0) FROM segment WHERE replica = ?1";
        Ok(self.written_by(own)?.saturating_sub(self.sum_of(sealed, own)?))
    }

    /// Counts the sealed changes that came to be here after a number in the order of arrival.
    pub fn changes_arrived_after(self, after: u64) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(hi - lo + 1), 0) FROM segment WHERE n > ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row([seq_to_sql(after)], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Counts the sealed changes that a machine did not acknowledge and did not bring.
    pub fn lacking_changes(self, peer: &Peer) -> Result<u64, StoreError> {
        let sql = "SELECT n, hi - lo + 1 FROM segment WHERE n > ?1 AND source <> ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query((seq_to_sql(peer.ours.whole()), peer.n))?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let n = row.get::<_, i64>(0)?.unsigned_abs();
            if !peer.ours.contains(n) {
                count += row.get::<_, i64>(1)?.unsigned_abs();
            }
        }
        Ok(count)
    }

    /// Counts the changes of a machine, `own`, of which no other machine is known to have them.
    pub fn unshared_changes(self, own: ReplicaId) -> Result<u64, StoreError> {
        let shared = "SELECT coalesce(sum(hi - lo + 1), 0) FROM segment WHERE replica = ?1 AND shared = 1";
        Ok(self.written_by(own)?.saturating_sub(self.sum_of(shared, own)?))
    }

    /// Counts every change of a machine: the chains are without gap and far shorter than the log.
    fn written_by(self, machine: ReplicaId) -> Result<u64, StoreError> {
        self.sum_of("SELECT coalesce(sum(seq), 0) FROM chain WHERE replica = ?1", machine)
    }

    fn sum_of(self, sql: &str, machine: ReplicaId) -> Result<u64, StoreError> {
        let mut find = self.0.prepare_cached("SELECT n FROM replica WHERE id = ?1")?;
        let number: i64 = find.query_row([machine.as_slice()], |row| row.get(0))?;
        Ok(self.0.prepare_cached(sql)?.query_row([number], |row| row.get::<_, i64>(0))?.unsigned_abs())
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

#[cfg(test)]
mod tests {
    use super::super::ranges::Ranges;
    use super::*;
    use crate::store::Store;
    use crate::store::registry::SITE;
    use crate::store::transact::{OpDraft, Tx};
    use crate::store::value::Value;

    const SITE_KEY: [u8; 16] = [3; 16];
    const OTHER: ReplicaId = [9; 8];

    fn write(store: &mut Store, name: &str) {
        let draft = OpDraft { name: "edit", user: "awa", wall_ms: 0, note: None, undoes: None };
        let key = vec![Value::Bytes(SITE_KEY.to_vec())];
        let work =
            |tx: &mut Tx<'_>| tx.put(&SITE, Scope::Site(SITE_KEY), key, vec![(3, Value::from(name))], None);
        store.transact::<_, StoreError>(&draft, work).unwrap();
    }

    /// Unsealed, unshared, lacking at the other machine, shared up to.
    fn counts(store: &Store) -> (u64, u64, u64, u64) {
        let (read, own) = (store.read(), store.replica_id());
        let lacking = match read.peer(OTHER).unwrap() {
            Some(peer) => read.lacking_changes(&peer).unwrap(),
            None => read.changes_arrived_after(0).unwrap(),
        };
        let shared = read.shared_up_to(Scope::Site(SITE_KEY), own).unwrap();
        (read.unsealed_changes(own).unwrap(), read.unshared_changes(own).unwrap(), lacking, shared)
    }

    #[test]
    fn what_waits_is_counted_until_it_is_acknowledged() {
        let mut store = Store::in_memory().unwrap();
        write(&mut store, "Lycée");
        write(&mut store, "Collège");
        assert_eq!(counts(&store), (2, 2, 0, 0));
        store.seal(|_| Ok::<_, StoreError>([0; 64])).unwrap();
        assert_eq!(counts(&store), (0, 2, 2, 0));
        let mut ours = Ranges::default();
        ours.insert(1, store.read().last_arrival().unwrap());
        store.keep_acknowledged(OTHER, &ours, 0).unwrap();
        assert_eq!(counts(&store), (0, 0, 0, 2));
        write(&mut store, "Internat");
        assert_eq!(counts(&store), (1, 1, 0, 2));
    }
}
