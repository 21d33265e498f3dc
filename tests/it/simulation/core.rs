//! Runs a schedule on devices without a database, and checks what must hold at the end.

use chantier::store::change::{Dot, ReplicaId};

use super::device::{Bits, Bundle, Device};
use super::schedule::{COLUMNS, Fate, ROWS, Schedule, Step};

/// Ways in which the exchange could be wrong; the checks must notice each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// A restored copy goes on under the identity that it had.
    KeepsReplica,
    /// A change does not name one of the versions that its author saw.
    DropsPred,
    /// What arrived is marked as here before it is here.
    CursorBeforeData,
    /// What builds on something that is not here is applied all the same.
    SkipsHold,
    /// What was left out of a bundle for one machine is marked as here by another one.
    CoversForOthers,
}

const STICKS_MAX: usize = 12;
const COPIES_MAX: usize = 6;

/// What the simulation knows of a change, apart from what the devices make of it.
struct Truth {
    dot: Dot,
    lamport: i64,
    row: usize,
    /// For each column that it wrote: the changes that its author saw.
    seen: Vec<(u8, Vec<usize>)>,
}

struct World {
    devices: Vec<Device>,
    sticks: Vec<Bundle>,
    copies: Vec<Device>,
    truth: Vec<Truth>,
    identities: fastrand::Rng,
    clock_factor: i64,
    mutant: Option<Mutant>,
}

/// Runs a schedule with clocks that are off by the skew of its steps times a factor. Returns a fingerprint of the
/// end, or what is wrong.
pub fn run(schedule: &Schedule, clock_factor: i64, mutant: Option<Mutant>) -> Result<u64, String> {
    let mut identities = fastrand::Rng::with_seed(!schedule.seed);
    let devices = (0..schedule.devices).map(|_| Device::new(identity(&mut identities))).collect();
    let (sticks, copies, truth) = (Vec::new(), Vec::new(), Vec::new());
    let mut world = World { devices, sticks, copies, truth, identities, clock_factor, mutant };
    for step in &schedule.steps {
        world.step(*step)?;
    }
    world.end()
}

fn identity(rng: &mut fastrand::Rng) -> ReplicaId {
    rng.u64(..).to_be_bytes()
}

impl World {
    fn step(&mut self, step: Step) -> Result<(), String> {
        let at = |it: u8, of: usize| usize::from(it) % of;
        let count = self.devices.len();
        match step {
            Step::Write { device, row, columns, skew } => {
                self.write(at(device, count), at(row, ROWS), columns, skew)?;
            }
            Step::Meet { a, b, there, back } => self.meet((at(a, count), at(b, count)), (there, back)),
            Step::Pack { device, reader } => {
                let reader = reader.map(|it| self.devices[at(it, count)].replica());
                self.sticks.push(self.devices[at(device, count)].pack(reader));
                if self.sticks.len() > STICKS_MAX {
                    self.sticks.remove(0);
                }
            }
            Step::Read { device, bundle, fate } if !self.sticks.is_empty() => {
                let bundle = &self.sticks[at(bundle, self.sticks.len())];
                self.devices[at(device, count)].read(bundle, fate, self.mutant);
            }
            Step::BackUp { device } => {
                self.copies.push(self.devices[at(device, count)].clone());
                if self.copies.len() > COPIES_MAX {
                    self.copies.remove(0);
                }
            }
            Step::Restore { device, copy } if !self.copies.is_empty() => {
                let mut copied = self.copies[at(copy, self.copies.len())].clone();
                let fresh = identity(&mut self.identities);
                if self.mutant != Some(Mutant::KeepsReplica) {
                    copied.take_identity(fresh);
                }
                self.devices[at(device, count)] = copied;
            }
            Step::Read { .. } | Step::Restore { .. } => {}
        }
        Ok(())
    }

    fn meet(&mut self, (a, b): (usize, usize), (there, back): (Fate, Fate)) {
        if a == b {
            return;
        }
        let (first, second) = (self.devices[a].replica(), self.devices[b].replica());
        let bundle = self.devices[a].pack(Some(second));
        self.devices[b].read(&bundle, there, self.mutant);
        let bundle = self.devices[b].pack(Some(first));
        self.devices[a].read(&bundle, back, self.mutant);
    }

    fn write(&mut self, device: usize, row: usize, columns: u8, skew: i64) -> Result<(), String> {
        let chosen = (1..=COLUMNS).filter(|it| columns >> (it - 1) & 1 == 1);
        let mut seen = Vec::new();
        for column in chosen.map(|it| u8::try_from(it).unwrap()) {
            let stands = self.expected(&self.devices[device].applied, row, column);
            let mut shows = self.devices[device].standing(row, column);
            shows.sort_unstable();
            if shows != stands {
                return Err(format!("device {device}, cell {row}.{column}: {shows:?} stand, not {stands:?}"));
            }
            seen.push((column, stands));
        }
        let (id, wall_ms) = (self.truth.len(), skew * self.clock_factor);
        let written = self.devices[device].write(id, row, columns, wall_ms, self.mutant);
        debug_assert!(written.wall_ms == wall_ms);
        self.truth.push(Truth { dot: written.dot, lamport: written.lamport, row, seen });
        Ok(())
    }

    /// Returns the changes that must stand in a cell where some are applied: those that no applied one saw.
    fn expected(&self, applied: &Bits, row: usize, column: u8) -> Vec<usize> {
        let mut superseded = Bits::default();
        let mut found = Vec::new();
        for (id, truth) in
            self.truth.iter().enumerate().filter(|(id, it)| it.row == row && applied.contains(*id))
        {
            if let Some((_, seen)) = truth.seen.iter().find(|(it, _)| *it == column) {
                for change in seen {
                    superseded.insert(*change);
                }
                found.push(id);
            }
        }
        found.retain(|it| !superseded.contains(*it));
        found
    }

    /// Everybody exchanges until nothing moves; then the checks.
    fn end(mut self) -> Result<u64, String> {
        let (hub, rounds) = (0, self.devices.len() + 3);
        let mut all = Bits::default();
        for device in &self.devices {
            all.merge(&device.applied);
        }
        for _ in 0..rounds {
            for device in 1..self.devices.len() {
                self.meet((device, hub), (Fate::Whole, Fate::Whole));
            }
        }
        // What waited in one place for something in another one is applied too.
        for device in &self.devices {
            all.merge(&device.applied);
        }
        for (at, device) in self.devices.iter().enumerate() {
            self.check(at, device, &all)?;
        }
        self.deliver_again(&all)?;
        Ok(self.fingerprint())
    }

    fn check(&self, at: usize, device: &Device, all: &Bits) -> Result<(), String> {
        if !device.applied.same(all) {
            let lost = (0..self.truth.len()).filter(|it| all.contains(*it) && !device.applied.contains(*it));
            return Err(format!("device {at} lacks the changes {:?}", lost.collect::<Vec<_>>()));
        }
        let is_applied = |dot: Dot| {
            let found = self.truth.iter().position(|it| it.dot == dot);
            found.is_some_and(|it| all.contains(it))
        };
        if !device.waits_in_vain(is_applied) {
            return Err(format!("device {at} holds what could be applied"));
        }
        for (row, column) in (0..ROWS).flat_map(|row| (1..=COLUMNS).map(move |it| (row, it))) {
            let column = u8::try_from(column).unwrap();
            let expected = self.expected(all, row, column);
            let mut stands = device.standing(row, column);
            stands.sort_unstable();
            if stands != expected {
                return Err(format!("device {at}, cell {row}.{column}: {stands:?} stand, not {expected:?}"));
            }
            let latest =
                expected.iter().max_by_key(|it| (self.truth[**it].lamport, self.truth[**it].dot.replica));
            let shown = device.rows[row].values[usize::from(column - 1)];
            if latest.is_some_and(|it| shown != i64::try_from(*it).unwrap()) {
                return Err(format!("device {at}, cell {row}.{column}: {shown} shows, not {latest:?}"));
            }
        }
        Ok(())
    }

    /// Everything that travelled or could travel arrives once more: nothing moves.
    fn deliver_again(&mut self, all: &Bits) -> Result<(), String> {
        let mut bundles: Vec<Bundle> = self.devices.iter_mut().map(|it| it.pack(None)).collect();
        let known =
            |it: &Bundle| it.segments.iter().flat_map(|it| &it.1.changes).all(|it| all.contains(it.id));
        bundles.extend(self.sticks.iter().filter(|it| known(it)).cloned());
        for (at, device) in self.devices.iter_mut().enumerate() {
            let before = (device.arrivals.len(), device.held.len());
            for bundle in &bundles {
                device.read(bundle, Fate::Twice, self.mutant);
            }
            if (device.arrivals.len(), device.held.len()) != before {
                return Err(format!("device {at} takes the same twice"));
            }
        }
        self.devices.iter().enumerate().try_for_each(|(at, it)| self.check(at, it, all))
    }

    fn fingerprint(&self) -> u64 {
        let mut hasher = blake3::Hasher::new();
        for device in &self.devices {
            hasher.update(&device.replica());
            for (row, state) in device.rows.iter().enumerate() {
                for column in 1..=COLUMNS {
                    hasher.update(&state.values[column - 1].to_be_bytes());
                    let mut standing = device.standing(row, u8::try_from(column).unwrap());
                    standing.sort_unstable();
                    for change in standing {
                        hasher.update(&change.to_be_bytes());
                    }
                }
            }
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_be_bytes(first)
    }
}
