//! One side of a line: says what the other lacks, takes in what it is told.

use std::io::{Read, Write};

use super::super::failure::Failure;
use super::super::op::Note;
use super::super::session::Session;
use super::super::sign_off::changed::Outdated;
use super::exchange::Progress;
use super::intake::Intake;
use super::machines::shown;
use super::outgoing::{count, small_first};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::change::ReplicaId;
use crate::store::exchange::arrivals::Arrival;
use crate::store::exchange::peers::Peer;
use crate::store::exchange::ranges::Ranges;
use crate::sync::bundle::{Carried, SegmentPacker};
use crate::sync::hello::{Digest, Hello, Over, Reason, Refused};
use crate::sync::keys::MachinePublicKey;
use crate::sync::line::{Ear, LineFault, Mouth, Reach, Said};

/// Most chains that are heard in a turn, and most refusals: nobody has more, and each takes memory.
const CHAINS_MAX: usize = 1 << 20;
const REFUSALS_MAX: usize = 1 << 16;
/// Most different reasons that are shown.
const NOTICES_MAX: usize = 100;

/// Why a conversation ended before everything was said.
#[derive(Debug)]
pub enum Broken {
    /// The line.
    Line(LineFault),
    /// The database, or a reason that a person can mend.
    Failure(Failure),
}

impl<T: Into<Failure>> From<T> for Broken {
    fn from(failure: T) -> Self {
        Self::Failure(failure.into())
    }
}

impl From<LineFault> for Broken {
    fn from(fault: LineFault) -> Self {
        Self::Line(fault)
    }
}

/// What one turn of the other side said.
#[derive(Default)]
pub struct Heard {
    /// How far its chains are, when it said so.
    pub have: Option<Vec<Reach>>,
    /// How the turn ended.
    pub over: Over,
    /// How many segments it brought.
    pub segments: u64,
}

/// One turn of this side.
#[derive(Default)]
pub struct Turn {
    /// Who this side is, in its first turn.
    pub hello: Option<Hello>,
    /// Which of the other's arrivals are here.
    pub receipt: Option<Ranges>,
    /// How far the chains are here.
    pub have: Option<Vec<Reach>>,
    /// What the other lacks.
    pub arrivals: Vec<Arrival>,
    /// Whether the other lacks nothing else of the arrivals up to this number; 0 when that is not known.
    pub covers: u64,
    /// What everything here comes to.
    pub digest: Option<Digest>,
    /// Whether no answer is awaited.
    pub ends: bool,
}

/// One side of a line.
pub struct Conversation<'a, R, W: Write> {
    ear: Ear<R>,
    mouth: Mouth<W>,
    intake: Option<Intake>,
    /// Signed months that said something else before anything came.
    outdated: Outdated,
    /// The machine on the other side.
    pub peer: ReplicaId,
    /// Most bytes of segments that may still be sent.
    pub bytes_left: Option<u64>,
    /// Own arrivals that were sent, or that the other side does not take.
    said: Ranges,
    /// What came and is not taken: the other side is told.
    refused: Vec<Refused>,
    /// The numbers of what came and is not taken.
    untaken: Vec<u64>,
    /// How much the other side did not take.
    refusals: usize,
    problems: Vec<Problem>,
    progress: Progress,
    pending: u64,
    watch: &'a mut dyn FnMut(Progress),
}

impl<'a, R: Read, W: Write> Conversation<'a, R, W> {
    /// Begins a conversation; nothing is heard yet.
    pub fn new(input: R, output: W, watch: &'a mut dyn FnMut(Progress)) -> Result<Self, Broken> {
        Ok(Self {
            ear: Ear::new(input),
            mouth: Mouth::new(output).map_err(LineFault::Io)?,
            intake: None,
            outdated: Outdated::default(),
            peer: ReplicaId::default(),
            bytes_left: None,
            said: Ranges::default(),
            refused: Vec::new(),
            untaken: Vec::new(),
            refusals: 0,
            problems: Vec::new(),
            progress: Progress::default(),
            pending: 0,
            watch,
        })
    }

    /// Hears who the other side is. A side that stops before says why.
    pub fn meet(&mut self) -> Result<Result<Hello, Refused>, Broken> {
        match self.ear.hear()? {
            Said::Hello(hello) => {
                self.peer = hello.replica;
                self.progress.received.1 = Some(hello.coming);
                Ok(Ok(*hello))
            }
            Said::Refusal(refused) if refused.n == 0 => Ok(Err(refused)),
            _ => Err(LineFault::Damaged.into()),
        }
    }

    /// Prepares to take in what the other side brings; a founder is trusted when none is known yet.
    pub fn trust(
        &mut self,
        session: &Session,
        organisation: [u8; 16],
        founder: Option<MachinePublicKey>,
    ) -> Result<(), Broken> {
        let mut intake = Intake::new(session, organisation, self.peer)?;
        if let Some(founder) = founder {
            intake.rights.trust(founder);
        }
        self.intake = Some(intake);
        self.outdated = Outdated::now(session)?;
        Ok(())
    }

    /// Hears a turn to its end, and takes in what it brings. When the line ends inside it, what came is saved.
    pub fn listen(&mut self, session: &mut Session) -> Result<Result<Heard, Refused>, Broken> {
        let mut heard = Heard::default();
        loop {
            // While nothing more is here there is time to save: a line that is cut loses only what was on its way.
            if self.ear.is_dry() {
                self.save(session)?;
            }
            let said = match self.ear.hear() {
                Ok(said) => said,
                Err(fault) => {
                    self.save(session)?;
                    return Err(fault.into());
                }
            };
            match said {
                Said::Segment(carried) => {
                    heard.segments += 1;
                    self.take(session, *carried)?;
                }
                Said::Receipt(ours) => self.receipt(session, &ours)?,
                Said::Have(some) => {
                    let have = heard.have.get_or_insert_default();
                    have.extend(some);
                    if have.len() > CHAINS_MAX {
                        return Err(LineFault::Damaged.into());
                    }
                }
                Said::Refusal(refused) if refused.n == 0 => return Ok(Err(refused)),
                Said::Refusal(refused) => self.refused_there(session, &refused)?,
                Said::Hello(_) => return Err(LineFault::Damaged.into()),
                Said::Over(over) => {
                    self.cover(session, &over.covered)?;
                    heard.over = over;
                    return Ok(Ok(heard));
                }
            }
        }
    }

    fn take(&mut self, session: &mut Session, carried: Carried) -> Result<(), Broken> {
        let intake = self.intake.as_mut().ok_or(LineFault::Damaged)?;
        let (n, machine) = (carried.n, carried.segment.replica);
        self.progress.received.0 += carried.segment.changes.len() as u64;
        (self.watch)(self.progress);
        let problem = match intake.verify(session, &carried) {
            Ok(verdict) => return Ok(intake.take(session, carried, verdict)?),
            Err(Failure::Problem(problem)) => problem,
            Err(failure) => return Err(failure.into()),
        };
        let reason = match problem.key.as_str() {
            "segment-unknown-machine" => Reason::Unknown,
            "segment-not-allowed" => Reason::NotAllowed,
            "segment-forged" => Reason::Forged,
            _ => return Err(problem.into()),
        };
        let known = intake.rights.machine(machine).filter(|it| !it.name.is_empty());
        let text = known.map_or_else(|| shown(machine), |it| it.name.clone());
        self.notice(refusal(reason, &text, "here"));
        if self.untaken.len() >= REFUSALS_MAX {
            return Err(LineFault::Damaged.into());
        }
        self.untaken.push(n);
        self.refused.push(Refused { reason, n, text });
        Ok(())
    }

    fn notice(&mut self, problem: Problem) {
        if self.problems.len() < NOTICES_MAX && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// What the other side does not take is not sent to it again now.
    fn refused_there(&mut self, session: &Session, refused: &Refused) -> Result<(), Broken> {
        self.refusals += 1;
        if self.refusals > REFUSALS_MAX {
            return Err(LineFault::Damaged.into());
        }
        self.said.insert(refused.n, refused.n);
        let own = refused.text == shown(session.store.replica_id());
        let text = if own { "" } else { refused.text.as_str() };
        self.notice(refusal(refused.reason, text, "there"));
        Ok(())
    }

    fn save(&mut self, session: &mut Session) -> Result<(), Broken> {
        if let Some(intake) = &mut self.intake {
            intake.commit(session)?;
        }
        Ok(())
    }

    fn receipt(&self, session: &mut Session, ours: &Ranges) -> Result<(), Broken> {
        let known = session.store.read().peer(self.peer)?.map(|it| it.ours).unwrap_or_default();
        let is_new = !ours.beyond(&known).is_empty();
        if is_new { self.acknowledged(session, ours) } else { Ok(()) }
    }

    /// Keeps which of this machine's arrivals the other one has.
    pub fn acknowledged(&self, session: &mut Session, ours: &Ranges) -> Result<(), Broken> {
        let ours = ours.up_to(session.store.read().last_arrival()?);
        let now_ms = session.now.timestamp_millis();
        session.store.keep_acknowledged(self.peer, &ours, now_ms)?;
        Ok(())
    }

    /// Saves what came, and which of the other's arrivals are covered by it: not those that were refused.
    fn cover(&mut self, session: &mut Session, covered: &Ranges) -> Result<(), Broken> {
        self.save(session)?;
        // What was left out for the machine that this one was, this one may lack.
        if self.intake.as_ref().is_some_and(|it| it.own != session.store.replica_id()) {
            return Ok(());
        }
        let covered = covered.without(&self.untaken);
        let known = session.store.read().peer(self.peer)?.map(|it| it.theirs).unwrap_or_default();
        if covered.beyond(&known).is_empty() {
            return Ok(());
        }
        let (peer, note) = (self.peer, Note::new().with("machine", shown(self.peer)));
        session.receive(&note, |tx| Ok::<_, Failure>(tx.keep_received(peer, &covered)?))?;
        Ok(())
    }

    /// Says a turn. What goes beyond the limit of bytes stays for the next time.
    pub fn speak(&mut self, session: &Session, turn: Turn) -> Result<(), Broken> {
        let io = |error| Broken::Line(LineFault::Io(error));
        let mut arrivals = small_first(turn.arrivals);
        arrivals.retain(|it| !self.said.contains(it.n));
        let total = count(&arrivals);
        self.progress.sent.1 += total;
        if let Some(mut hello) = turn.hello {
            hello.coming = total;
            self.mouth.hello(&hello).map_err(io)?;
        }
        if let Some(receipt) = &turn.receipt {
            self.mouth.receipt(receipt).map_err(io)?;
        }
        for refused in std::mem::take(&mut self.refused) {
            self.mouth.refusal(&refused).map_err(io)?;
        }
        if let Some(have) = &turn.have {
            self.mouth.have(have).map_err(io)?;
        }
        let left = self.send(session, &arrivals)?;
        let mut covered = Ranges::default();
        covered.insert(1, turn.covers);
        let numbers: Vec<u64> = left.iter().map(|it| it.n).collect();
        if total > 0 {
            self.pending = count(left);
        }
        let (covered, pending, ends) = (covered.without(&numbers), self.pending, turn.ends);
        let over = Over { covered, last: turn.covers, digest: turn.digest, pending, ends };
        self.mouth.over(&over).map_err(io)
    }

    /// Sends segments as far as the limit allows. Returns the rest.
    fn send<'b>(&mut self, session: &Session, arrivals: &'b [Arrival]) -> Result<&'b [Arrival], Broken> {
        let mut packer = SegmentPacker::new()?;
        for (at, arrival) in arrivals.iter().enumerate() {
            let packed = packer.pack(
                arrival.n,
                &session.store.read().segment(arrival)?.encode(),
                &arrival.signature,
            )?;
            if let Some(left) = &mut self.bytes_left {
                match left.checked_sub(packed.len() as u64) {
                    Some(rest) => *left = rest,
                    // One segment goes in any case, or a small limit would never be met.
                    None if self.progress.sent.0 == 0 => *left = 0,
                    None => return Ok(&arrivals[at..]),
                }
            }
            self.mouth.segment(&packed).map_err(LineFault::Io)?;
            self.said.insert(arrival.n, arrival.n);
            self.progress.sent.0 += arrival.hi + 1 - arrival.lo;
            (self.watch)(self.progress);
        }
        Ok(&[])
    }

    /// Tells whether the other side brought anything.
    pub const fn received(&self) -> bool {
        self.progress.received.0 > 0
    }

    /// Says what came here; no answer is awaited. `all` tells that everything up to that arrival of the other side is
    /// here, and everything up to `covers` there, because both hold the same.
    pub fn close(&mut self, session: &mut Session, covers: u64, all: Option<u64>) -> Result<(), Broken> {
        if let Some(last) = all {
            let mut covered = Ranges::default();
            covered.insert(1, last);
            self.cover(session, &covered)?;
            let mut ours = Ranges::default();
            ours.insert(1, covers);
            self.acknowledged(session, &ours)?;
        }
        let receipt = session.store.read().peer(self.peer)?.map(|it| it.theirs);
        let spoken = self.speak(session, Turn { receipt, covers, ends: true, ..Turn::default() });
        // Everything is saved here: an other side that went away hears it the next time.
        if let Err(Broken::Failure(failure)) = spoken { Err(failure.into()) } else { Ok(()) }
    }

    /// Says why this side stops.
    pub fn refuse(&mut self, reason: Reason, text: &str) -> Result<(), Broken> {
        let said = self.mouth.refusal(&Refused { reason, n: 0, text: text.to_owned() });
        said.and_then(|()| self.mouth.flush()).map_err(|error| LineFault::Io(error).into())
    }

    /// Returns what the machine lacks by what it acknowledged, what was sent just now aside.
    pub fn lacking(&self, session: &Session, peer: Option<&Peer>) -> Result<Vec<Arrival>, Broken> {
        let mut arrivals = super::outgoing::lacking(session, peer)?;
        arrivals.retain(|it| !self.said.contains(it.n));
        Ok(arrivals)
    }

    /// Returns how many changes stayed behind in the last turn.
    pub const fn pending(&self) -> u64 {
        self.pending
    }

    /// Ends: returns what the conversation came to.
    pub fn finish(self, session: &mut Session) -> Result<Summary, Failure> {
        let none = Ranges::default();
        let mut summary =
            self.intake.map_or_else(|| Ok(Summary::default()), |it| it.finish(session, &none))?;
        (summary.sent, summary.pending) = (self.progress.sent.0, self.pending);
        (summary.bytes_sent, summary.bytes_received) = (self.mouth.bytes(), self.ear.bytes());
        summary.refused.extend(self.problems);
        summary.unsigned = self.outdated.since(session)?;
        Ok(summary)
    }
}

/// Says what is not taken, here or there.
fn refusal(reason: Reason, machine: &str, place: &str) -> Problem {
    let key = match (reason, place) {
        (Reason::Unknown, "here") => "line-unknown-machine",
        (Reason::Forged, "here") => "line-forged",
        (_, "here") => "line-not-allowed",
        (Reason::Unknown, _) if machine.is_empty() => "line-own-refused",
        _ => "line-refused-there",
    };
    Problem::new(key).with("machine", machine)
}
