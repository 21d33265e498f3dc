//! A device without a database: the log, the heads and the cursors in memory, merged by the rule of the product.

use std::convert::Infallible;
use std::rc::Rc;

use chantier::store::change::{Body, Dot, Pred, ReplicaId};
use chantier::store::exchange::ranges::Ranges;
use chantier::store::heads::Heads;
use chantier::store::merge;
use chantier::store::value::Value;

use super::core::Mutant;
use super::schedule::{COLUMNS, Fate, ROWS};

/// A change, and what only the simulation knows of it.
pub struct Written {
    /// Its number in the schedule: two changes never share it, even when they share their place.
    pub id: usize,
    pub dot: Dot,
    pub lamport: i64,
    /// What the clock of the machine said.
    pub wall_ms: i64,
    pub row: usize,
    pub body: Body,
}

/// A sealed stretch of one machine's changes.
pub struct Sealed {
    pub replica: ReplicaId,
    pub lo: u64,
    pub changes: Vec<Rc<Written>>,
    needs: Vec<Dot>,
}

/// A bundle on a stick or a line.
#[derive(Clone)]
pub struct Bundle {
    sender: ReplicaId,
    reader: Option<ReplicaId>,
    first: u64,
    last: u64,
    pub segments: Vec<(u64, Rc<Sealed>)>,
    receipts: Vec<(ReplicaId, Ranges)>,
}

#[derive(Clone)]
struct Peer {
    machine: ReplicaId,
    theirs: Ranges,
    ours: Ranges,
}

#[derive(Clone, Default)]
pub struct Row {
    pub heads: Heads,
    pub values: [i64; COLUMNS],
}

#[derive(Clone)]
struct Chain {
    replica: ReplicaId,
    changes: Vec<Rc<Written>>,
}

/// A device. A clone of it is a copy of its file.
#[derive(Clone)]
pub struct Device {
    own: usize,
    /// By local number, which is the place in the list.
    chains: Vec<Chain>,
    sealed: usize,
    pub rows: [Row; ROWS],
    pub arrivals: Vec<(Rc<Sealed>, Option<ReplicaId>)>,
    pub held: Vec<Rc<Sealed>>,
    peers: Vec<Peer>,
    lamport: i64,
    /// Numbers of the changes that are applied.
    pub applied: Bits,
}

/// A set of small numbers.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Bits(Vec<u64>);

impl Bits {
    pub fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|it| it >> (number % 64) & 1 == 1)
    }

    pub fn merge(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Tells whether both hold the same numbers.
    pub fn same(&self, other: &Self) -> bool {
        let length = self.0.len().max(other.0.len());
        (0..length).all(|it| self.0.get(it).unwrap_or(&0) == other.0.get(it).unwrap_or(&0))
    }
}

enum Admission {
    Known,
    New,
    Waits,
    Refused,
}

impl Device {
    pub fn new(replica: ReplicaId) -> Self {
        Self {
            own: 0,
            chains: vec![Chain { replica, changes: Vec::new() }],
            sealed: 0,
            rows: std::array::from_fn(|_| Row::default()),
            arrivals: Vec::new(),
            held: Vec::new(),
            peers: Vec::new(),
            lamport: 0,
            applied: Bits::default(),
        }
    }

    pub fn replica(&self) -> ReplicaId {
        self.chains[self.own].replica
    }

    /// A copied file goes on as another machine; what it wrote before is sealed first, with the key that it still has.
    pub fn take_identity(&mut self, replica: ReplicaId) {
        self.seal();
        self.own = self.number(replica);
        self.sealed = 0;
    }

    /// Returns the numbers of the changes that stand in a cell.
    pub fn standing(&self, row: usize, column: u8) -> Vec<usize> {
        let change = |(number, seq): (u32, u64)| self.version(number, seq).map_or(usize::MAX, |it| it.id);
        self.rows[row].heads.of(column).map(change).collect()
    }

    fn version(&self, number: u32, seq: u64) -> Option<&Rc<Written>> {
        self.chains.get(number as usize)?.changes.get(usize::try_from(seq - 1).ok()?)
    }

    /// Writes as a person does: what stands is what was seen.
    pub fn write(
        &mut self,
        id: usize,
        row: usize,
        columns: u8,
        wall_ms: i64,
        mutant: Option<Mutant>,
    ) -> Rc<Written> {
        let chosen = (1..=COLUMNS).filter(|it| columns >> (it - 1) & 1 == 1);
        let value = Value::Int(i64::try_from(id).unwrap());
        let columns: Vec<(u8, Value)> = chosen.map(|it| (u8::try_from(it).unwrap(), value.clone())).collect();
        let mut preds: Vec<Pred> = merge::seen(&self.rows[row].heads, &columns)
            .map(|((number, seq), columns)| {
                let replica = self.chains[number as usize].replica;
                Pred { seen: Dot { replica, seq }, columns }
            })
            .collect();
        if mutant == Some(Mutant::DropsPred) && id.is_multiple_of(8) {
            preds.pop();
        }
        self.lamport += 1;
        let seq = self.chains[self.own].changes.len() as u64 + 1;
        let body = Body { key: Vec::new(), columns, preds, origin: None };
        let dot = Dot { replica: self.replica(), seq };
        let written = Rc::new(Written { id, dot, lamport: self.lamport, wall_ms, row, body });
        self.apply(&written, self.own);
        written
    }

    fn number(&mut self, replica: ReplicaId) -> usize {
        self.chains.iter().position(|it| it.replica == replica).unwrap_or_else(|| {
            self.chains.push(Chain { replica, changes: Vec::new() });
            self.chains.len() - 1
        })
    }

    fn apply(&mut self, change: &Rc<Written>, number: usize) {
        let own = (u32::try_from(number).unwrap(), change.dot.seq);
        let chains = &self.chains;
        let number_of = |replica: ReplicaId| {
            let found = chains.iter().position(|it| it.replica == replica);
            Ok::<_, Infallible>(found.and_then(|it| u32::try_from(it).ok()))
        };
        let row = &mut self.rows[change.row];
        for (column, value) in &change.body.columns {
            let Ok(rivals) = merge::stand(&mut row.heads, *column, &change.body, own, number_of);
            let rivals = rivals.iter().filter_map(|(number, seq)| {
                let rival = chains.get(*number as usize)?.changes.get(usize::try_from(seq - 1).ok()?)?;
                let value = rival.body.columns.iter().find(|(it, _)| it == column)?.1.int()?;
                Some(((rival.lamport, rival.dot.replica), value))
            });
            let mine = ((change.lamport, change.dot.replica), value.int().unwrap());
            row.values[usize::from(column - 1)] = merge::shown(rivals.chain([mine])).unwrap();
        }
        self.chains[number].changes.push(Rc::clone(change));
        self.applied.insert(change.id);
        self.lamport = self.lamport.max(change.lamport);
    }

    fn seal(&mut self) {
        let own = &self.chains[self.own];
        let changes: Vec<Rc<Written>> = own.changes[self.sealed..].to_vec();
        let Some(first) = changes.first() else { return };
        let (lo, replica) = (first.dot.seq, own.replica);
        self.sealed = own.changes.len();
        let needs = merge::needs(replica, changes.iter().map(|it| &it.body));
        self.arrivals.push((Rc::new(Sealed { replica, lo, changes, needs }), None));
    }

    fn peer(&mut self, machine: ReplicaId) -> &mut Peer {
        let at = self.peers.iter().position(|it| it.machine == machine).unwrap_or_else(|| {
            self.peers.push(Peer { machine, theirs: Ranges::default(), ours: Ranges::default() });
            self.peers.len() - 1
        });
        &mut self.peers[at]
    }

    /// Packs what a reader did not acknowledge and did not bring, or everything.
    pub fn pack(&mut self, reader: Option<ReplicaId>) -> Bundle {
        self.seal();
        let ours = reader.map(|it| self.peer(it).ours.clone()).unwrap_or_default();
        let lacks = |(n, (_, source)): &(u64, &(Rc<Sealed>, Option<ReplicaId>))| {
            !ours.contains(*n) && (reader.is_none() || *source != reader)
        };
        let segments = (1..).zip(&self.arrivals).filter(lacks).map(|(n, it)| (n, Rc::clone(&it.0))).collect();
        let receipts = self
            .peers
            .iter()
            .filter(|it| reader.is_none_or(|reader| it.machine == reader))
            .map(|it| (it.machine, it.theirs.clone()))
            .collect();
        let (first, last) = (ours.whole() + 1, self.arrivals.len() as u64);
        Bundle { sender: self.replica(), reader, first, last, segments, receipts }
    }

    /// Reads a bundle: each segment with its number in one transaction, then the rest.
    pub fn read(&mut self, bundle: &Bundle, fate: Fate, mutant: Option<Mutant>) {
        let most = match fate {
            Fate::Lost => return,
            Fate::Cut(most) => usize::from(most),
            Fate::Whole | Fate::Twice => usize::MAX,
        };
        if bundle.sender == self.replica() && mutant != Some(Mutant::KeepsReplica) {
            return;
        }
        let own = self.replica();
        let mut covered = Ranges::default();
        // Only whom it is for knows that what was left out is here.
        if bundle.reader.is_none_or(|it| it == own || mutant == Some(Mutant::CoversForOthers)) {
            covered.insert(bundle.first, bundle.last);
        }
        if mutant == Some(Mutant::CursorBeforeData) {
            self.peer(bundle.sender).theirs.merge(&covered);
        }
        for (n, segment) in bundle.segments.iter().take(most) {
            self.take(segment, bundle.sender, mutant);
            self.peer(bundle.sender).theirs.insert(*n, *n);
        }
        if most < bundle.segments.len() {
            return;
        }
        let peer = self.peer(bundle.sender);
        peer.theirs.merge(&covered);
        for (_, ours) in bundle.receipts.iter().filter(|(machine, _)| *machine == own) {
            peer.ours.merge(ours);
        }
        if fate == Fate::Twice {
            self.read(bundle, Fate::Whole, mutant);
        }
    }

    fn take(&mut self, segment: &Rc<Sealed>, source: ReplicaId, mutant: Option<Mutant>) {
        match self.admit(segment, Some(source), mutant) {
            Admission::Known | Admission::Refused => {}
            Admission::Waits => {
                if !self.held.iter().any(|it| Rc::ptr_eq(it, segment)) {
                    self.held.push(Rc::clone(segment));
                }
            }
            Admission::New => while self.release(mutant) {},
        }
    }

    fn release(&mut self, mutant: Option<Mutant>) -> bool {
        let mut moved = false;
        for segment in std::mem::take(&mut self.held) {
            match self.admit(&segment, None, mutant) {
                Admission::Known | Admission::Refused => {}
                Admission::New => moved = true,
                Admission::Waits => self.held.push(segment),
            }
        }
        moved
    }

    fn admit(
        &mut self,
        segment: &Rc<Sealed>,
        source: Option<ReplicaId>,
        mutant: Option<Mutant>,
    ) -> Admission {
        let number = self.number(segment.replica);
        let tip = self.chains[number].changes.len() as u64;
        if merge::gap(Dot { replica: segment.replica, seq: segment.lo }, tip).is_some() {
            return Admission::Waits;
        }
        let known = usize::try_from(tip + 1 - segment.lo).unwrap().min(segment.changes.len());
        let here = &self.chains[number].changes[usize::try_from(segment.lo - 1).unwrap()..];
        if here.iter().zip(&segment.changes).any(|(a, b)| a.id != b.id) {
            return Admission::Refused;
        }
        if known == segment.changes.len() {
            return Admission::Known;
        }
        let chains = &self.chains;
        let tip_of = |replica: ReplicaId| {
            let found = chains.iter().find(|it| it.replica == replica);
            Ok::<_, Infallible>(found.map_or(0, |it| it.changes.len() as u64))
        };
        if merge::unmet(&segment.needs, tip_of) != Ok(None) && mutant != Some(Mutant::SkipsHold) {
            return Admission::Waits;
        }
        for change in &segment.changes[known..] {
            self.apply(change, number);
        }
        self.arrivals.push((Rc::clone(segment), source));
        Admission::New
    }

    /// Tells whether what waits builds on something that nobody has.
    pub fn waits_in_vain(&self, is_applied: impl Fn(Dot) -> bool) -> bool {
        self.held.iter().all(|it| {
            let before = (it.lo > 1).then(|| Dot { replica: it.replica, seq: it.lo - 1 });
            it.needs.iter().copied().chain(before).any(|it| !is_applied(it))
        })
    }
}
