//! Takes in segments: each is verified before anything of it is written, and what cannot be applied yet is held.

use std::collections::BTreeMap;

use super::super::conflicts;
use super::super::failure::Failure;
use super::super::op::Note;
use super::super::session::Session;
use super::machines::{self, FOUNDER, shown};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::change::ReplicaId;
use crate::store::exchange::admit::Admission;
use crate::store::exchange::held::{HeldFor, lack};
use crate::store::exchange::ranges::Ranges;
use crate::store::exchange::segment::Segment;
use crate::store::transact::Tx;
use crate::store::value::Value;
use crate::sync::bundle::Carried;
use crate::sync::keys::Purpose;
use crate::sync::rights::{Refusal, Rights};

/// A transaction is committed after so many changes, so that nobody else waits long.
const CHANGES_A_TIME: usize = 500;

/// Segments on their way into the database.
pub struct Intake {
    /// Who may seal what, with what the segments that came say about it.
    pub rights: Rights,
    organisation: [u8; 16],
    sender: ReplicaId,
    waiting: Vec<(Carried, Verdict)>,
    changes: usize,
    summary: Summary,
    contested: Vec<(u16, Vec<Value>)>,
    numbers_hold: bool,
}

/// What verifying a segment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is here just so.
    Known,
    /// It is what its machine wrote.
    Good,
    /// Its machine was withdrawn: it waits for a person.
    Withdrawn,
}

impl Intake {
    /// Begins to take in what `sender` brings.
    pub fn new(session: &Session, organisation: [u8; 16], sender: ReplicaId) -> Result<Self, Failure> {
        let rights = machines::rights(session)?;
        Ok(Self {
            rights,
            organisation,
            sender,
            waiting: Vec::new(),
            changes: 0,
            summary: Summary::default(),
            contested: Vec::new(),
            numbers_hold: true,
        })
    }

    /// Leaves it open which of the sender's arrivals came: of a bundle without its signed end, nobody vouches for their
    /// numbers.
    pub const fn distrust_numbers(&mut self) {
        self.numbers_hold = false;
    }

    /// Verifies a segment, and learns what it says about machines.
    pub fn verify(&mut self, session: &Session, carried: &Carried) -> Result<Verdict, Failure> {
        let Carried { segment, payload, signature, .. } = carried;
        if session.store.read().holds_segment(segment, signature)? {
            return Ok(Verdict::Known);
        }
        let key = match self.rights.judge(segment) {
            Ok(key) => key,
            Err(Refusal::Withdrawn) => return Ok(Verdict::Withdrawn),
            Err(refusal) => return Err(self.refused(segment, refusal).into()),
        };
        let message = Segment::signed_bytes(self.organisation, payload);
        if !key.verify(Purpose::Segment, &message, signature) {
            return Err(Problem::new("segment-forged").with("machine", self.named(segment.replica)).into());
        }
        self.rights.learn(segment);
        Ok(Verdict::Good)
    }

    /// Takes in a verified segment; it is saved with the next ones.
    pub fn take(&mut self, session: &mut Session, carried: Carried, verdict: Verdict) -> Result<(), Failure> {
        self.changes += if verdict == Verdict::Known { 0 } else { carried.segment.changes.len() };
        self.waiting.push((carried, verdict));
        if self.changes >= CHANGES_A_TIME { self.commit(session) } else { Ok(()) }
    }

    /// Saves what was taken in, with which of the sender's arrivals are here now.
    pub fn commit(&mut self, session: &mut Session) -> Result<(), Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        self.changes = 0;
        if waiting.is_empty() {
            return Ok(());
        }
        let mut theirs = Ranges::default();
        for (carried, _) in waiting.iter().filter(|_| self.numbers_hold) {
            theirs.insert(carried.n, carried.n);
        }
        let sender = self.sender;
        let founder = self.rights.founder();
        let note = Note::new().with("machine", self.named(sender));
        let (summary, contested) = session.receive(&note, |tx| {
            let source = tx.peer_number(sender)?;
            let mut came = Came::default();
            if let (Some(founder), None) = (founder, tx.read().about(FOUNDER)?) {
                tx.keep_about(FOUNDER, &Value::Bytes(founder.0.to_vec()))?;
            }
            for (carried, verdict) in &waiting {
                came.admit(tx, carried, *verdict, source)?;
            }
            came.received += tx.release()?;
            tx.keep_received(sender, &theirs)?;
            Ok((came, tx.contested_now()))
        })?;
        self.summary.received += summary.received;
        self.summary.known += summary.known;
        self.summary.lacks.extend(summary.lacks.into_values());
        self.contested.extend(contested);
        Ok(())
    }

    /// Ends: everything is saved, with the arrivals of the sender that are covered.
    pub fn finish(mut self, session: &mut Session, covered: &Ranges) -> Result<Summary, Failure> {
        self.commit(session)?;
        let (sender, now_ms) = (self.sender, session.now.timestamp_millis());
        let note = Note::new().with("machine", self.named(sender));
        session.receive(&note, |tx| {
            tx.keep_received(sender, covered)?;
            tx.keep_acknowledged(sender, &Ranges::default(), now_ms)?;
            Ok(())
        })?;
        let held = session.store.read().held()?;
        self.summary.held = held.len() as u64;
        if held.iter().all(|it| it.reason != HeldFor::Missing) {
            self.summary.lacks.clear();
        }
        self.contested.sort();
        self.contested.dedup();
        self.summary.conflicts_new = conflicts::among(session, &self.contested)?;
        self.summary.conflicts = conflicts::conflicts(session)?.len() as u64;
        Ok(self.summary)
    }

    fn refused(&self, segment: &Segment, refusal: Refusal) -> Problem {
        let key = match refusal {
            Refusal::Unknown => "segment-unknown-machine",
            Refusal::Withdrawn | Refusal::NotAllowed => "segment-not-allowed",
        };
        Problem::new(key).with("machine", self.named(segment.replica))
    }

    fn named(&self, replica: ReplicaId) -> String {
        let known = self.rights.machine(replica).filter(|it| !it.name.is_empty());
        known.map_or_else(|| shown(replica), |it| it.name.clone())
    }
}

/// What became of the segments of one transaction.
#[derive(Default)]
struct Came {
    received: u64,
    known: u64,
    lacks: BTreeMap<ReplicaId, Problem>,
}

impl Came {
    fn admit(
        &mut self,
        tx: &mut Tx<'_>,
        carried: &Carried,
        verdict: Verdict,
        source: i64,
    ) -> Result<(), Failure> {
        let (segment, signature) = (&carried.segment, &carried.signature);
        let hold = |tx: &mut Tx<'_>, reason| tx.hold(segment, signature, source, reason);
        match verdict {
            Verdict::Known => self.known += 1,
            Verdict::Withdrawn => hold(tx, HeldFor::Withdrawn)?,
            Verdict::Good => match tx.admit(segment, signature, source)? {
                Admission::Known => self.known += 1,
                Admission::New(count) => self.received += count,
                Admission::Waits(missing) => {
                    hold(tx, HeldFor::Missing)?;
                    self.lacks.insert(missing.replica, lack(missing.replica, missing.seq));
                }
                Admission::Misfit => hold(tx, HeldFor::Misfit)?,
                Admission::Forked(_) => hold(tx, HeldFor::Forked)?,
                Admission::OwnBeyond => return Err(Problem::new("identity-behind").into()),
            },
        }
        Ok(())
    }
}
