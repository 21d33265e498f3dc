//! Gives way to what another copy of this file wrote under the same identity: this one takes another, and keeps its own.

use std::collections::HashSet;

use super::about::KEEP;
use super::admit::Admission;
use super::held::HeldFor;
use super::identity::ORPHANS;
use super::seal::Place;
use super::segment::Segment;
use crate::store::change::{Body, ReplicaId};
use crate::store::error::StoreError;
use crate::store::transact::Tx;
use crate::store::write::seq_to_sql;

impl Tx<'_> {
    /// Makes room for a segment that was written under this identity, or a former one, in another copy of the file:
    /// what this copy wrote under the same numbers is taken over. Returns whether the segment may fit now.
    pub fn give_way(&mut self, segment: &Segment, became: &Admission) -> Result<bool, StoreError> {
        let is_own = segment.replica == self.replica_id;
        if *became == Admission::OwnBeyond {
            return self.renew().map(|()| true);
        }
        if !is_own && !self.read().former_machines()?.contains(&segment.replica) {
            return Ok(false);
        }
        match *became {
            // What only this machine can have written is not here.
            Admission::Waits(_) if is_own => self.renew().map(|()| true),
            Admission::Forked(common) => {
                let sql = "SELECT n FROM replica WHERE id = ?1";
                let replica =
                    self.connection().query_row(sql, [segment.replica.as_slice()], |row| row.get(0))?;
                let place = Place { scope: self.scope_number(segment.scope)?, replica };
                if !self.is_ours_alone(place, segment.replica, common)? {
                    return Ok(false);
                }
                // Numbers in the order of arrival may be given again: nobody may remember them of this identity.
                self.renew()?;
                let orphans = self.read().orphans()?.into_iter();
                let others = orphans.filter(|it| it.0.scope == place.scope && it.0 != place);
                let ends: Vec<_> = others.chain([(place, common)]).collect();
                let sql = "DELETE FROM segment WHERE scope = ?1 AND replica = ?2 AND hi > ?3";
                self.connection().execute(sql, (place.scope, place.replica, seq_to_sql(common)))?;
                self.take_over(&ends)?;
                self.connection().execute(KEEP, (ORPHANS, 1))?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Tells whether what a chain holds after a number was written in this file, and nothing that is sealed builds on it.
    fn is_ours_alone(&self, place: Place, machine: ReplicaId, common: u64) -> Result<bool, StoreError> {
        let foreign = "SELECT 1 FROM segment WHERE scope = ?1 AND replica = ?2 AND hi > ?3 AND source <> 0";
        let mut brought = self.connection().prepare_cached(foreign)?;
        if brought.exists((place.scope, place.replica, seq_to_sql(common)))? {
            return Ok(false);
        }
        let sql = "SELECT change.body FROM change JOIN segment ON segment.scope = change.scope
                   AND segment.replica = change.replica AND change.seq BETWEEN segment.lo AND segment.hi
                   WHERE change.scope = ?1 AND change.replica <> ?2";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query((place.scope, place.replica))?;
        while let Some(row) = rows.next()? {
            let body = Body::decode(&row.get::<_, Vec<u8>>(0)?)?;
            if body.preds.iter().any(|it| it.seen.replica == machine && it.seen.seq > common) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Forgets what was kept apart of another copy, once all of it has come under the copy's new identity.
    pub(super) fn forget_retold(&self) -> Result<(), StoreError> {
        for held in self.read().held_for(HeldFor::Forked)? {
            let Ok(bodies) = held.segment.bodies() else { continue };
            let (kind, key) = held.segment.scope.parts();
            let sql = "SELECT tab, body FROM change WHERE scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2)";
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query((kind, key.as_slice()))?;
            let mut told = HashSet::new();
            while let Some(row) = rows.next()? {
                let body = Body::decode(&row.get::<_, Vec<u8>>(1)?)?;
                told.insert((row.get::<_, u16>(0)?, body.key, body.columns));
            }
            let mut kept = bodies.into_iter().zip(&held.segment.changes);
            if kept.all(|(body, change)| told.contains(&(change.table, body.key, body.columns))) {
                self.let_go(held.n)?;
            }
        }
        Ok(())
    }
}
