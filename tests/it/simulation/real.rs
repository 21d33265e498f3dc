//! Runs a schedule on real databases that exchange real bundles, and checks what must hold at the end.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::OnceLock;

use chantier::actions::doctor;
use chantier::store::change::{Dot, ReplicaId, Scope};
use chantier::store::exchange::held::HeldFor;
use chantier::store::value::Value;
use tempfile::TempDir;

use super::machine::{Copy, Machine, Place, folder, places};
use super::schedule::{Fate, Schedule, Step};

const DEVICES_MAX: usize = 7;
const STICKS_MAX: usize = 8;
const COPIES_MAX: usize = 4;
/// How many beginnings there are; they differ in the identities of the machines.
const BEGINNINGS: usize = 4;
/// Why a bundle may be refused before everybody knows everybody: a machine that took a new identity is not enrolled
/// where its enrolment has not arrived.
const REFUSALS: &[&str] = &["segment-unknown-machine"];

/// What the simulation knows of a change, apart from what the machines make of it.
struct Truth {
    dot: Dot,
    lamport: i64,
    place: usize,
    columns: Vec<(u8, Value)>,
    /// For each column that it wrote: the changes that its author saw.
    seen: Vec<(u8, Vec<usize>)>,
}

struct World {
    folder: TempDir,
    machines: Vec<Machine>,
    sticks: Vec<Vec<u8>>,
    copies: Vec<Copy>,
    places: Vec<Place>,
    truth: Vec<Truth>,
    identities: fastrand::Rng,
    values: fastrand::Rng,
    clock_factor: i64,
    files: usize,
    forgets_to_seal: bool,
}

/// Machines that know each other and an organisation, made once.
fn beginning(number: usize) -> &'static [Copy] {
    static MADE: [OnceLock<Vec<Copy>>; BEGINNINGS] = [const { OnceLock::new() }; BEGINNINGS];
    MADE[number].get_or_init(|| {
        let folder = folder();
        let mut rng = fastrand::Rng::with_seed(number as u64);
        let make = |at: usize| {
            let path = folder.path().join(format!("machine-{at}.db"));
            Machine::new(&path, rng.u64(..).to_be_bytes(), u8::try_from(at + 1).unwrap())
        };
        let mut machines: Vec<Machine> = (0..DEVICES_MAX).map(make).collect();
        let (hub, others) = machines.split_first_mut().unwrap();
        hub.found();
        for machine in others.iter() {
            hub.enrol(machine);
        }
        let bundle = hub.pack(None).unwrap();
        for machine in others {
            machine.read(&bundle, false).unwrap();
        }
        machines.iter().map(Machine::back_up).collect()
    })
}

/// Runs a schedule with clocks that are off by the skew of its steps times a factor. Returns what everybody holds at
/// the end, or what is wrong. With `forgets_to_seal`, copies take a new identity before they sealed what they wrote.
pub fn run(schedule: &Schedule, clock_factor: i64, forgets_to_seal: bool) -> Result<Vec<String>, String> {
    let copies = beginning(usize::try_from(schedule.seed).unwrap() % BEGINNINGS);
    let folder = folder();
    let open = |(at, it): (usize, &Copy)| it.again(&folder.path().join(format!("machine-{at}.db")));
    let machines = copies.iter().take(schedule.devices).enumerate().map(open).collect();
    let mut world = World {
        machines,
        folder,
        sticks: Vec::new(),
        copies: Vec::new(),
        places: places(),
        truth: Vec::new(),
        identities: fastrand::Rng::with_seed(!schedule.seed),
        values: fastrand::Rng::with_seed(schedule.seed),
        clock_factor,
        files: 0,
        forgets_to_seal,
    };
    for step in &schedule.steps {
        world.step(*step)?;
    }
    world.end(schedule.steps.iter().any(|it| matches!(it, Step::Restore { .. })))
}

impl World {
    fn path(&mut self) -> PathBuf {
        self.files += 1;
        self.folder.path().join(format!("file-{}.db", self.files))
    }

    fn step(&mut self, step: Step) -> Result<(), String> {
        let at = |it: u8, of: usize| usize::from(it) % of;
        let count = self.machines.len();
        match step {
            Step::Write { device, row, columns, skew } => {
                self.write(at(device, count), at(row, self.places.len()), columns, skew)?;
            }
            Step::Meet { a, b, there, back } => {
                self.meet((at(a, count), at(b, count)), (there, back))?;
            }
            Step::Pack { device, reader } => {
                let reader = reader.map(|it| self.machines[at(it, count)].replica());
                let path = self.path();
                let machine = &mut self.machines[at(device, count)];
                let bundles = if device % 2 == 0 {
                    vec![machine.pack(reader)?]
                } else {
                    machine.pack_in_parts(reader, &path)?
                };
                self.sticks.extend(bundles);
                let gone = self.sticks.len().saturating_sub(STICKS_MAX);
                self.sticks.drain(..gone);
            }
            Step::Read { device, bundle, fate } if !self.sticks.is_empty() => {
                let bundle = &self.sticks[at(bundle, self.sticks.len())];
                read(&mut self.machines[at(device, count)], bundle, fate)?;
            }
            Step::BackUp { device } => {
                self.copies.push(self.machines[at(device, count)].back_up());
                if self.copies.len() > COPIES_MAX {
                    self.copies.remove(0);
                }
            }
            Step::Restore { device, copy } if !self.copies.is_empty() => {
                let (path, fresh) = (self.path(), self.identities.u64(..).to_be_bytes());
                let copy = &self.copies[at(copy, self.copies.len())];
                self.machines[at(device, count)] = copy.restore(&path, fresh, self.forgets_to_seal);
            }
            Step::Read { .. } | Step::Restore { .. } => {}
        }
        Ok(())
    }

    fn meet(&mut self, (a, b): (usize, usize), (there, back): (Fate, Fate)) -> Result<(), String> {
        if a == b {
            return Ok(());
        }
        let (first, second) = (self.machines[a].replica(), self.machines[b].replica());
        let bundle = self.machines[a].pack(Some(second))?;
        read(&mut self.machines[b], &bundle, there)?;
        let bundle = self.machines[b].pack(Some(first))?;
        read(&mut self.machines[a], &bundle, back)
    }

    fn write(&mut self, machine: usize, place: usize, columns: u8, skew: i64) -> Result<(), String> {
        let applied = self.applied(machine);
        let at = &self.places[place];
        let is_terms = at.columns.contains(&6);
        let chosen = at.columns.iter().filter(|it| is_terms || columns >> (**it / 2) & 1 == 1);
        let mut seen = Vec::new();
        let mut written = Vec::new();
        for column in chosen {
            let stands = self.expected(&applied, place, *column);
            self.compare(machine, place, *column, &stands)?;
            seen.push((*column, stands));
            let value = match column {
                5 => Value::Text(format!("2024-{:02}", self.values.u8(1..=12))),
                6 => Value::Int(self.values.i64(6..40)),
                _ => Value::Int(self.values.i64(0..=10_000)),
            };
            written.push((*column, value));
        }
        let change = self.machines[machine].write(at, written.clone(), skew * self.clock_factor);
        let Some((dot, lamport)) = change else { return Ok(()) };
        // What stood already was not written again.
        let body = self.machines[machine].session.store.read().changes_at(dot, at.table.id).unwrap();
        let body = &body.iter().find(|it| it.scope == at.scope).unwrap().body;
        seen.retain(|(it, _)| body.columns.iter().any(|(column, _)| column == it));
        self.truth.push(Truth { dot, lamport, place, columns: body.columns.clone(), seen });
        Ok(())
    }

    fn compare(&self, machine: usize, place: usize, column: u8, expected: &[usize]) -> Result<(), String> {
        let at = &self.places[place];
        let found = self.machines[machine].standing(at, column);
        // What stood from the beginning is no change of the simulation.
        let mut known: Vec<usize> = found
            .iter()
            .filter_map(|dot| {
                self.truth.iter().position(|it| it.dot == *dot && self.places[it.place].scope == at.scope)
            })
            .collect();
        known.sort_unstable();
        let is_first = found.len() == 1 && known.is_empty() && expected.is_empty();
        if is_first || (known == expected && known.len() == found.len()) {
            return Ok(());
        }
        Err(format!("machine {machine}, {place}.{column}: {known:?} of {found:?} stand, not {expected:?}"))
    }

    /// Returns the changes that are applied on a machine.
    fn applied(&self, machine: usize) -> BTreeSet<usize> {
        let tips = self.machines[machine].session.store.read().tips().unwrap();
        let tips: HashMap<(Scope, ReplicaId), u64> =
            tips.into_iter().map(|it| ((it.0, it.1), it.2)).collect();
        let is_applied = |it: &Truth| {
            let place = (self.places[it.place].scope, it.dot.replica);
            tips.get(&place).is_some_and(|tip| *tip >= it.dot.seq)
        };
        (0..self.truth.len()).filter(|it| is_applied(&self.truth[*it])).collect()
    }

    /// Returns the changes that must stand in a column where some are applied: those that no applied one saw.
    fn expected(&self, applied: &BTreeSet<usize>, place: usize, column: u8) -> Vec<usize> {
        let of_cell = |id: &usize| {
            let truth = &self.truth[*id];
            let seen = truth.seen.iter().find(|(it, _)| *it == column);
            seen.filter(|_| truth.place == place).map(|(_, seen)| (*id, seen))
        };
        let writes: Vec<_> = applied.iter().filter_map(of_cell).collect();
        let is_seen = |id: usize| writes.iter().any(|(_, seen)| seen.contains(&id));
        writes.iter().map(|(id, _)| *id).filter(|it| !is_seen(*it)).collect()
    }

    /// Everybody exchanges until nothing moves; then the checks.
    fn end(mut self, has_restored: bool) -> Result<Vec<String>, String> {
        let mut all = BTreeSet::new();
        for machine in 0..self.machines.len() {
            all.extend(self.applied(machine));
        }
        let size = |it: &Self| -> Vec<_> {
            it.machines.iter().map(|it| it.session.store.read().log_size().unwrap()).collect()
        };
        for _ in 0..self.machines.len() + 3 {
            let before = size(&self);
            for machine in 1..self.machines.len() {
                self.meet((machine, 0), (Fate::Whole, Fate::Whole))?;
            }
            if size(&self) == before {
                break;
            }
        }
        for machine in 0..self.machines.len() {
            all.extend(self.applied(machine));
        }
        let dump = self.machines[0].session.store.dump().unwrap();
        for machine in 0..self.machines.len() {
            self.check(machine, &all, &dump, has_restored)?;
        }
        self.deliver_again()?;
        Ok(dump)
    }

    fn check(
        &mut self,
        machine: usize,
        all: &BTreeSet<usize>,
        dump: &[String],
        has_restored: bool,
    ) -> Result<(), String> {
        let applied = self.applied(machine);
        if applied != *all {
            return Err(format!("machine {machine} lacks the changes {:?}", all - &applied));
        }
        for (place, at) in self.places.iter().enumerate() {
            for column in at.columns {
                let expected = self.expected(all, place, *column);
                self.compare(machine, place, *column, &expected)?;
                self.compare_shown(machine, place, *column, &expected)?;
            }
        }
        let found = &mut self.machines[machine].session;
        if found.store.dump().unwrap() != dump {
            return Err(format!("machine {machine} holds something else than the hub"));
        }
        let held = found.store.read().held().unwrap();
        let waits = held.iter().all(|it| it.reason == HeldFor::Missing);
        if !waits || !has_restored && !held.is_empty() {
            return Err(format!("machine {machine} holds {held:?}"));
        }
        let report = doctor::examine(found, false, false, |_| {}).unwrap();
        if report.damage.is_empty() {
            return Ok(());
        }
        Err(format!("machine {machine}: {:?}", report.damage))
    }

    fn compare_shown(
        &self,
        machine: usize,
        place: usize,
        column: u8,
        stands: &[usize],
    ) -> Result<(), String> {
        let at = &self.places[place];
        let latest = stands.iter().map(|it| &self.truth[*it]).max_by_key(|it| (it.lamport, it.dot.replica));
        let Some(latest) = latest else { return Ok(()) };
        let shown = self.machines[machine].session.store.read().value(at.table, &at.key, column).unwrap();
        if latest.columns.contains(&(column, shown.clone())) {
            return Ok(());
        }
        Err(format!("machine {machine}, {place}.{column}: {shown:?} shows, not {:?}", latest.columns))
    }

    /// Everything that could travel arrives once more: nothing moves.
    fn deliver_again(&mut self) -> Result<(), String> {
        let bundle = self.machines[0].pack(None)?;
        for (at, machine) in self.machines.iter_mut().enumerate() {
            let state = |it: &Machine| {
                let read = it.session.store.read();
                let size = (read.log_size().unwrap(), read.last_arrival().unwrap(), read.held().unwrap());
                (it.session.store.dump().unwrap(), read.standings(None).unwrap(), size)
            };
            let before = state(machine);
            machine.read(&bundle, false)?;
            if state(machine) != before {
                return Err(format!("machine {at} takes the same twice"));
            }
        }
        Ok(())
    }
}

fn read(machine: &mut Machine, bundle: &[u8], fate: Fate) -> Result<(), String> {
    let allowed = |it: Result<(), String>| match it {
        Err(key) if REFUSALS.contains(&key.as_str()) => Ok(()),
        it => it,
    };
    match fate {
        Fate::Lost => Ok(()),
        Fate::Whole => allowed(machine.read(bundle, false)),
        Fate::Twice => {
            allowed(machine.read(bundle, false))?;
            allowed(machine.read(bundle, false))
        }
        Fate::Cut(part) => {
            let cut = &bundle[..bundle.len() * usize::from(part) / 6];
            if part % 2 == 0 {
                let size = machine.session.store.read().log_size().unwrap();
                let refused = machine.read(cut, false);
                let is_same = machine.session.store.read().log_size().unwrap() == size;
                return if refused.is_err() && is_same {
                    Ok(())
                } else {
                    Err("a cut bundle is taken".into())
                };
            }
            match machine.read(cut, true) {
                Err(key) if key == "bundle-cut" => Ok(()),
                taken => allowed(taken),
            }
        }
    }
}
