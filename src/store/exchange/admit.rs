//! Takes in a verified segment: same bytes, same heads, same tables, whatever the order of arrival.

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use super::held::HeldFor;
use super::seal::{Place as ChainPlace, keep, link_at};
use super::segment::{SealedOp, Segment, Signature};
use crate::store::apply::{self, Place};
use crate::store::change::{Body, Dot, Hash, ReplicaId};
use crate::store::error::StoreError;
use crate::store::merge;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;
use crate::store::write::seq_to_sql;

/// What became of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It was here.
    Known,
    /// So many changes are new.
    New(u64),
    /// It waits for a change that is not here.
    Waits(Dot),
    /// It does not fit the tables.
    Misfit,
    /// Its machine wrote something else under the same numbers; the first that differs lies after this one.
    Forked(u64),
    /// It continues what this very machine wrote: this file is a copy, or was set back.
    OwnBeyond,
}

impl Tx<'_> {
    /// Logs and applies a segment whose signature was verified, or tells why not. `source` is the peer that brought it.
    /// Applying is all or nothing.
    pub fn admit(
        &mut self,
        segment: &Segment,
        signature: &Signature,
        source: i64,
    ) -> Result<Admission, StoreError> {
        let place = ChainPlace {
            scope: self.scope_number(segment.scope)?,
            replica: self.machine_number(segment.replica)?,
        };
        let (tip, tip_link) = self.foreign_tip(place)?;
        if let Some(lacking) = merge::gap(Dot { replica: segment.replica, seq: segment.lo }, tip) {
            return Ok(Admission::Waits(lacking));
        }
        let links = segment.links();
        if let Some(forked) = self.forked(segment, &links, place, tip)? {
            return Ok(forked);
        }
        if segment.hi() <= tip {
            self.adopt(segment, signature, source, place)?;
            return Ok(Admission::Known);
        }
        if segment.replica == self.replica_id {
            return Ok(Admission::OwnBeyond);
        }
        let Ok(bodies) = segment.bodies() else { return Ok(Admission::Misfit) };
        let tip_of = |machine| self.read().tip_of(segment.scope, machine);
        if let Some(lacking) = merge::unmet(&segment.needs(&bodies), tip_of)? {
            return Ok(Admission::Waits(lacking));
        }
        let first = usize::try_from(tip + 1 - segment.lo).unwrap_or(usize::MAX);
        debug_assert!(first > 0 || segment.before == tip_link || tip == 0);
        self.apply_or_leave(segment, &bodies, &links, (place, first), (signature, source))
    }

    /// Compares the links where both know them.
    fn forked(
        &self,
        segment: &Segment,
        links: &[Hash],
        place: ChainPlace,
        tip: u64,
    ) -> Result<Option<Admission>, StoreError> {
        let here = |seq: u64| link_at(self.connection(), place, seq);
        if segment.lo > 1 && here(segment.lo - 1)? != Some(segment.before) {
            return Ok(Some(Admission::Forked(segment.lo.saturating_sub(2))));
        }
        let common = segment.hi().min(tip);
        for seq in (segment.lo..=common).rev() {
            let theirs = links.get(usize::try_from(seq - segment.lo).unwrap_or(usize::MAX));
            if here(seq)?.as_ref() == theirs {
                let is_last = seq == common;
                return Ok((!is_last).then_some(Admission::Forked(seq)));
            }
        }
        Ok((segment.lo <= common).then_some(Admission::Forked(segment.lo - 1)))
    }

    /// Keeps the seal of changes that were here without one, or under other boundaries.
    fn adopt(
        &self,
        segment: &Segment,
        signature: &Signature,
        source: i64,
        place: ChainPlace,
    ) -> Result<(), StoreError> {
        let sql = "SELECT 1 FROM segment WHERE scope = ?1 AND replica = ?2 AND lo <= ?3 AND hi >= ?3";
        let is_sealed = |seq: u64| -> Result<bool, StoreError> {
            Ok(self.connection().prepare_cached(sql)?.exists((
                place.scope,
                place.replica,
                seq_to_sql(seq),
            ))?)
        };
        if is_sealed(segment.lo)? || is_sealed(segment.hi())? {
            return Ok(());
        }
        keep(self.connection(), place, (segment.lo, segment.hi()), signature, (source, true))
    }

    fn apply_or_leave(
        &mut self,
        segment: &Segment,
        bodies: &[Body],
        links: &[Hash],
        (place, first): (ChainPlace, usize),
        (signature, source): (&Signature, i64),
    ) -> Result<Admission, StoreError> {
        let (changes, seen, touched) = (self.op.changes, self.op.seen, self.touched.clone());
        self.connection().execute_batch("SAVEPOINT segment")?;
        let applied = self.apply_segment(segment, bodies, links, place, first);
        if applied.is_ok() {
            keep(self.connection(), place, (segment.lo, segment.hi()), signature, (source, true))?;
            self.connection().execute_batch("RELEASE segment")?;
            return Ok(Admission::New((bodies.len() - first) as u64));
        }
        if applied.as_ref().is_err_and(|it| !is_misfit(it)) {
            applied?;
        }
        self.connection().execute_batch("ROLLBACK TO segment; RELEASE segment")?;
        (self.op.changes, self.op.seen, self.touched) = (changes, seen, touched);
        Ok(Admission::Misfit)
    }

    fn apply_segment(
        &mut self,
        segment: &Segment,
        bodies: &[Body],
        links: &[Hash],
        place: ChainPlace,
        first: usize,
    ) -> Result<(), StoreError> {
        let mut numbers = Vec::with_capacity(segment.ops.len());
        for op in &segment.ops {
            numbers.push(self.op_number(op, segment.replica, place.replica)?);
            self.see_lamport(op.lamport);
        }
        for at in first..bodies.len() {
            let (change, body) = (&segment.changes[at], &bodies[at]);
            let dot = Dot { replica: segment.replica, seq: segment.lo + at as u64 };
            let n = self.next_change();
            self.connection()
                .prepare_cached("INSERT OR FAIL INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
                .execute((
                    n,
                    place.scope,
                    place.replica,
                    seq_to_sql(dot.seq),
                    numbers[change.op],
                    change.table,
                    &change.body,
                    links[at].as_slice(),
                ))?;
            let Some(table) = registry::table(change.table) else { continue };
            if body.key.len() != table.key.len() {
                return Err(minicbor::decode::Error::message("a key with other parts").into());
            }
            let connection = self.connection();
            let present = apply::row(connection, table, &body.key, &[])?.map(|it| it.heads);
            if present.is_none() {
                apply::stub_parents(connection, table, body)?;
            }
            let lamport = segment.ops[change.op].lamport;
            let at_row = Place {
                connection,
                log: connection,
                scope: place.scope,
                replica: place.replica,
                dot,
                lamport,
            };
            if apply::apply(&at_row, table, body, present)? {
                self.contested.push((table.id, body.key.clone()));
            }
            self.touch(table, body);
        }
        if let Some(last) = links.last() {
            keep_tip(self.connection(), place, segment.hi(), last)?;
        }
        Ok(())
    }

    /// Applies what was held and can be applied now. Returns how many changes are new.
    pub fn release(&mut self) -> Result<u64, StoreError> {
        let mut released = 0;
        loop {
            let before = released;
            for held in self.read().held_for(HeldFor::Missing)? {
                match self.admit(&held.segment, &held.signature, held.source)? {
                    Admission::Known => self.let_go(held.n)?,
                    Admission::New(count) => {
                        self.let_go(held.n)?;
                        released += count;
                    }
                    Admission::Waits(_) | Admission::OwnBeyond => {}
                    Admission::Misfit => {
                        self.hold(&held.segment, &held.signature, held.source, HeldFor::Misfit)?;
                    }
                    Admission::Forked(_) => {
                        self.hold(&held.segment, &held.signature, held.source, HeldFor::Forked)?;
                    }
                }
            }
            if released == before {
                return Ok(released);
            }
        }
    }

    /// Returns the rows of which versions compete since this transaction, as table and key.
    pub fn contested_now(&self) -> Vec<(u16, Vec<Value>)> {
        self.contested.clone()
    }

    fn machine_number(&self, id: ReplicaId) -> Result<u32, StoreError> {
        let mut find = self.connection().prepare_cached("SELECT n FROM replica WHERE id = ?1")?;
        if let Some(number) = find.query_row([id.as_slice()], |row| row.get(0)).optional()? {
            return Ok(number);
        }
        self.connection().execute("INSERT INTO replica (id) VALUES (?1)", [id.as_slice()])?;
        Ok(u32::try_from(self.connection().last_insert_rowid()).unwrap_or(u32::MAX))
    }

    fn foreign_tip(&self, place: ChainPlace) -> Result<(u64, Hash), StoreError> {
        let sql = "SELECT seq, hash FROM chain WHERE scope = ?1 AND replica = ?2";
        let tip = self
            .connection()
            .prepare_cached(sql)?
            .query_row((place.scope, place.replica), |row| {
                Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
            })
            .optional()?;
        Ok(tip.unwrap_or_default())
    }

    /// Returns the local number of an op, logging it when it is new.
    fn op_number(&self, op: &SealedOp, replica: ReplicaId, number: u32) -> Result<i64, StoreError> {
        let hash = op.hash(replica);
        let mut find = self.connection().prepare_cached("SELECT n, hash FROM op WHERE id = ?1")?;
        let known: Option<(i64, Hash)> =
            find.query_row([op.id.bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((n, here)) = known {
            let other = || minicbor::decode::Error::message("an op with the identifier of another");
            return if here == hash { Ok(n) } else { Err(other().into()) };
        }
        // Changes of a foreign op may arrive apart: its range is empty.
        let sql =
            "INSERT INTO op (id, replica, lamport, wall_ms, user, name, note, undoes, first, last, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, ?9)";
        self.connection().prepare_cached(sql)?.execute(rusqlite::params![
            op.id.bytes().as_slice(),
            number,
            op.lamport,
            op.wall_ms,
            op.user,
            op.name,
            op.note,
            op.undoes.map(|it| it.bytes().to_vec()),
            hash.as_slice()
        ])?;
        Ok(self.connection().last_insert_rowid())
    }
}

fn keep_tip(connection: &Connection, place: ChainPlace, seq: u64, link: &Hash) -> Result<(), StoreError> {
    let sql = "INSERT INTO chain VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
    connection.prepare_cached(sql)?.execute((
        place.scope,
        place.replica,
        seq_to_sql(seq),
        link.as_slice(),
    ))?;
    Ok(())
}

/// Tells whether a failure comes from what the segment says, and not from the disk.
fn is_misfit(error: &StoreError) -> bool {
    match error {
        StoreError::Log(_) => true,
        StoreError::Sqlite(error) => {
            matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch)
            )
        }
        StoreError::Io(_) | StoreError::Problem(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;
    use crate::store::Store;
    use crate::store::change::Scope;
    use crate::store::transact::OpDraft;

    const SITE: [u8; 16] = [3; 16];
    const LOT: [u8; 16] = [4; 16];
    const SEAL: Signature = [0; 64];

    fn draft(name: &str) -> OpDraft<'_> {
        OpDraft { name, user: "awa", wall_ms: 0, note: None, undoes: None }
    }

    fn entry(store: &mut Store, value: i64) {
        let key = vec![Value::Bytes(LOT.to_vec()), Value::Int(24_300)];
        let write = |tx: &mut Tx<'_>| {
            tx.put(&registry::LOT, Scope::Site(SITE), vec![Value::Bytes(LOT.to_vec())], Vec::new(), None)?;
            tx.put(&registry::ENTRY, Scope::Site(SITE), key, vec![(1, Value::Int(value))], None)
        };
        store.transact::<_, StoreError>(&draft("record-entry"), write).unwrap();
    }

    /// Seals what a database wrote and returns all its segments.
    fn sealed(store: &mut Store) -> Vec<Segment> {
        store.seal::<StoreError>(|_| Ok(SEAL)).unwrap();
        let arrivals = store.read().arrivals(0).unwrap();
        arrivals.iter().map(|it| store.read().segment(it).unwrap()).collect()
    }

    fn bring(to: &mut Store, segments: &[Segment]) -> Vec<Admission> {
        let take = |tx: &mut Tx<'_>| {
            let mut became = Vec::new();
            for segment in segments {
                let admission = tx.admit(segment, &SEAL, 1)?;
                if matches!(admission, Admission::Waits(_)) {
                    tx.hold(segment, &SEAL, 1, HeldFor::Missing)?;
                }
                became.push(admission);
            }
            tx.release()?;
            Ok::<_, StoreError>(became)
        };
        to.receive(&draft("receive"), take).unwrap()
    }

    fn carry(from: &mut Store, to: &mut Store) -> Vec<Admission> {
        let segments = sealed(from);
        bring(to, &segments)
    }

    fn figure(store: &Store) -> Option<i32> {
        let month = crate::model::month::Month::from_index(24_300).unwrap();
        store.read().figure(Id::from_bytes(LOT), month).unwrap().and_then(|it| it.cumulative).map(|it| it.0)
    }

    fn contests(store: &Store) -> usize {
        store.read().contested().unwrap().len()
    }

    #[test]
    fn two_heads_are_a_conflict_until_one_settles_it() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 1000);
        carry(&mut here, &mut there);
        assert_eq!((figure(&there), contests(&there)), (Some(1000), 0));

        entry(&mut here, 1100);
        entry(&mut there, 1200);
        carry(&mut here, &mut there);
        carry(&mut there, &mut here);
        assert_eq!(figure(&here), figure(&there), "the provisional value is the same everywhere");
        assert_eq!((contests(&here), contests(&there)), (1, 1));

        // Settling with the value that already shows is a write all the same.
        let shown = figure(&here).unwrap().into();
        entry(&mut here, shown);
        carry(&mut here, &mut there);
        assert_eq!((contests(&here), contests(&there)), (0, 0));
        assert_eq!(figure(&there).map(i64::from), Some(shown));
    }

    #[test]
    fn receiving_again_changes_nothing_and_both_rebuild() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 500);
        entry(&mut there, 700);
        carry(&mut here, &mut there);
        let before = there.dump().unwrap();
        assert_eq!(carry(&mut here, &mut there), [Admission::Known]);
        assert_eq!(there.dump().unwrap(), before);
        assert!(there.compare_with_log(|_| {}).unwrap().is_empty());
        assert!(there.read().check_chains(|_| {}).unwrap().is_empty());
    }

    #[test]
    fn what_comes_before_its_ground_waits_for_it() {
        let (mut a, mut b, mut c) =
            (Store::in_memory().unwrap(), Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut a, 100);
        let first = sealed(&mut a);
        bring(&mut b, &first);
        entry(&mut b, 200);
        let second: Vec<Segment> =
            sealed(&mut b).into_iter().filter(|it| it.replica == b.replica_id()).collect();
        entry(&mut a, 300);
        let third = sealed(&mut a).split_off(1);

        assert!(
            matches!(bring(&mut c, &second)[..], [Admission::Waits(_)]),
            "its author saw what is not here"
        );
        assert!(matches!(bring(&mut c, &third)[..], [Admission::Waits(_)]), "a gap in the chain");
        assert_eq!((figure(&c), c.read().held().unwrap().len()), (None, 2));
        bring(&mut c, &first);
        assert_eq!((c.read().held().unwrap().len(), contests(&c)), (0, 1));
        assert!(c.compare_with_log(|_| {}).unwrap().is_empty());
    }

    /// A counter that somebody drove to its end stops nobody else.
    #[test]
    fn time_that_stands_still_keeps_nobody_from_writing() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 100);
        let mut segments = sealed(&mut here);
        segments[0].ops[0].lamport = crate::store::transact::LAMPORT_MAX;
        bring(&mut there, &segments);
        entry(&mut there, 200);
        entry(&mut there, 300);
        let mut third = Store::in_memory().unwrap();
        for segment in sealed(&mut there) {
            let segment = Segment::decode(&segment.encode()).unwrap();
            assert!(matches!(bring(&mut third, &[segment])[..], [Admission::New(_)]));
        }
        assert_eq!((figure(&third), contests(&third)), (Some(300), 0));
        assert!(third.read().check_chains(|_| {}).unwrap().is_empty());
    }

    /// A machine and its copy seal the same changes, each as far as it knew; all that arrives is kept and passed on.
    #[test]
    fn a_longer_seal_takes_the_place_of_a_shorter_one() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 100);
        entry(&mut here, 200);
        let whole = sealed(&mut here);
        let mut short = whole[0].clone();
        short.changes.truncate(2);
        short.ops.truncate(1);
        assert_eq!(bring(&mut there, &[short.clone()]), [Admission::New(2)]);
        let before = there.read().last_arrival().unwrap();
        assert_eq!(bring(&mut there, &whole), [Admission::New(1)]);
        let after = there.read().arrivals(before).unwrap();
        assert_eq!(after.iter().map(|it| (it.n, it.lo, it.hi)).collect::<Vec<_>>(), [(before + 1, 1, 3)]);
        assert_eq!(bring(&mut there, &[short]), [Admission::Known]);
        assert_eq!(sealed(&mut there), whole);
        assert!(there.compare_with_log(|_| {}).unwrap().is_empty());
    }

    #[test]
    fn another_past_under_the_same_numbers_is_seen() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 100);
        let mut segments = sealed(&mut here);
        bring(&mut there, &segments);
        segments[0].ops[0].user = "autre".into();
        assert_eq!(bring(&mut there, &segments), [Admission::Forked(0)]);
        let mut next = segments[0].clone();
        (next.lo, next.before) = (3, [7; 32]);
        assert_eq!(bring(&mut there, &[next]), [Admission::Forked(1)]);
    }

    #[test]
    fn what_does_not_fit_the_tables_leaves_no_trace() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 100);
        let mut segments = sealed(&mut here);
        let mut body = Body::decode(&segments[0].changes[1].body).unwrap();
        body.columns[0].1 = Value::Text("beaucoup".into());
        segments[0].changes[1].body = body.encode();
        let before = there.dump().unwrap();
        assert_eq!(bring(&mut there, &segments), [Admission::Misfit]);
        assert_eq!((there.dump().unwrap(), there.read().log_size().unwrap()), (before, (0, 0)));
    }

    #[test]
    fn unknown_tables_and_columns_are_kept_and_passed_on() {
        let (mut here, mut there) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        entry(&mut here, 100);
        let mut segments = sealed(&mut here);
        let mut body = Body::decode(&segments[0].changes[1].body).unwrap();
        body.columns.push((55, Value::Text("plus tard".into())));
        segments[0].changes[1].body = body.encode();
        let unknown =
            Body { key: vec![Value::Int(1)], columns: vec![(1, Value::Int(2))], preds: vec![], origin: None };
        segments[0].changes.push(super::super::segment::SealedChange {
            op: 0,
            table: 999,
            body: unknown.encode(),
        });
        assert_eq!(bring(&mut there, &segments), [Admission::New(3)]);
        assert_eq!(figure(&there), Some(100));
        assert_eq!(sealed(&mut there), segments);
        assert!(there.compare_with_log(|_| {}).unwrap().is_empty());
    }
}
