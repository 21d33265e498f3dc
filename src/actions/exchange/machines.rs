//! This machine and the others of the organisation: keys, enrolment, withdrawal.

use std::collections::{HashMap, HashSet};

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};
use crate::store::change::{ReplicaId, Scope};
use crate::store::exchange::ranges::Ranges;
use crate::store::registry::MACHINE;
use crate::store::value::Value;
use crate::sync::keys::{MachineKey, MachinePublicKey, Purpose};
use crate::sync::rights::{Machine, Rights, machine, write_until};

/// Under this name the file keeps the key that its organisation began with.
pub(super) const FOUNDER: &str = "founder";
/// Under this name the op of an enrolment keeps the identities that the file had before.
const SUCCEEDS: &str = "succeeds";

/// Reads the key of this machine, making it at first use. In memory there is none.
pub fn own_key(session: &Session) -> Result<MachineKey, Failure> {
    let database = session.store.path().ok_or_else(|| Problem::new("exchange-in-memory"))?;
    let place = MachineKey::place(&database);
    if let Some(key) = MachineKey::read(&place)? {
        return Ok(key);
    }
    let key = MachineKey::generate()?;
    match key.keep(&place) {
        // Another process made it meanwhile.
        Err(problem) => Ok(MachineKey::read(&place)?.ok_or(problem)?),
        Ok(()) => Ok(key),
    }
}

/// Gathers who may seal what.
pub fn rights(session: &Session) -> Result<Rights, Failure> {
    let read = session.store.read();
    let machines = read.machines()?.into_iter().filter_map(|(replica, values)| machine(replica, values));
    let founder = match read.about(FOUNDER)? {
        Some(Value::Bytes(bytes)) => bytes.try_into().ok().map(MachinePublicKey),
        _ => None,
    };
    Ok(Rights::new(machines, founder))
}

/// Lists the machines of the organisation, by name.
pub fn machines(session: &Session) -> Result<Vec<Machine>, Failure> {
    let rows = session.store.read().machines()?;
    Ok(rows.into_iter().filter_map(|(replica, values)| machine(replica, values)).collect())
}

/// Returns the identifier of a machine as people see it.
pub fn shown(replica: ReplicaId) -> String {
    replica.iter().map(|it| format!("{it:02x}")).collect()
}

/// Returns the line with which an administrator enrols this machine: its key, and its identifier as the comment.
pub fn own_line(session: &Session, key: &MachineKey) -> String {
    format!("{} {}", key.public().line(), shown(session.store.replica_id()))
}

/// Makes sure that this machine may send: the first one of an organisation founds its list of machines; one whose file
/// was copied or restored enrols its new self with the key that is enrolled.
pub fn introduce(session: &mut Session, key: &MachineKey, name: &str) -> Result<Rights, Failure> {
    let organisation = session.organisation()?.id.bytes();
    be_oneself(session, key)?;
    let own = session.store.replica_id();
    let rights = rights(session)?;
    if rights.machine(own).is_some_and(|it| it.key == key.public() && it.withdrawn.is_none()) {
        return Ok(rights);
    }
    let founds = rights.founder().is_none();
    if !founds && !rights.is_enrolled(key.public()) {
        return Err(not_enrolled(session, key).into());
    }
    let columns = MACHINE.columns([
        ("name", Some(Value::from(named(name).as_str()))),
        ("key", Some(key_value(key.public()))),
        ("admin", founds.then_some(Value::Int(1))),
    ]);
    let former: Vec<String> = session.store.read().former_machines()?.into_iter().map(shown).collect();
    let note =
        Note::new().with("name", named(name)).with("what", "enrolled").with(SUCCEEDS, former.join(" "));
    session.steady(|session| {
        session.transact(OpName::Enrol, &note, |tx| {
            if founds {
                tx.keep_about(FOUNDER, &key_value(key.public()))?;
            }
            tx.put(&MACHINE, Scope::Rights(organisation), machine_key(own), columns.clone(), None)?;
            Ok(())
        })
    })?;
    self::rights(session)
}

/// Takes another identity when the one that the file knows belongs to another key: the file came here without its key.
pub fn be_oneself(session: &mut Session, key: &MachineKey) -> Result<(), Failure> {
    let known = rights(session)?;
    if known.machine(session.store.replica_id()).is_some_and(|it| it.key != key.public()) {
        renew(session)?;
    }
    Ok(())
}

/// Takes another identity: this file was set back, or lives twice. What nobody else has is written under the new one.
pub fn renew(session: &mut Session) -> Result<(), Failure> {
    session.receive(&Note::new(), |tx| Ok(tx.renew()?))
}

/// Keeps which of our arrivals a machine acknowledges. One that has more than was ever sealed here had them from another
/// copy of this file: this one takes another identity. Returns whether it did.
pub fn acknowledged(
    session: &mut Session,
    machine: ReplicaId,
    ours: &Ranges,
    note: &Note,
) -> Result<bool, Failure> {
    let now_ms = session.now.timestamp_millis();
    session.receive(note, |tx| {
        let is_behind = ours.last() > tx.read().last_arrival()?;
        if is_behind {
            tx.renew()?;
        } else {
            tx.keep_acknowledged(machine, ours, now_ms)?;
        }
        Ok(is_behind)
    })
}

/// Tells whether an enrolment, by the note of its op, is of a copy of the file that goes by an identity.
pub(super) fn succeeds(note: Option<&str>, machine: ReplicaId) -> bool {
    let named = Note::arguments(note).into_iter().find(|it| it.0 == SUCCEEDS);
    named.is_some_and(|it| it.1.split(' ').any(|it| it == shown(machine)))
}

/// Tells whether something was written under a former identity of this file and is signed nowhere: another copy may still
/// sign it, so that receiving comes before sealing.
pub fn has_orphans(session: &Session) -> Result<bool, Failure> {
    Ok(session.store.read().orphans_count()? > 0)
}

/// Returns the machines that go on under another identity: their key enrolled a later one.
pub fn succeeded(session: &Session) -> Result<HashSet<ReplicaId>, Failure> {
    let read = session.store.read();
    let organisation = session.organisation()?.id.bytes();
    let mut latest: HashMap<MachinePublicKey, (i64, ReplicaId)> = HashMap::new();
    let machines = machines(session)?;
    for machine in &machines {
        let mut since = 0;
        for (_, dot) in read.heads(&MACHINE, &machine_key(machine.replica))? {
            let op = read.op_at(Scope::Rights(organisation), dot)?;
            since = since.max(op.map_or(0, |it| it.lamport));
        }
        let found = latest.entry(machine.key).or_insert((since, machine.replica));
        *found = (*found).max((since, machine.replica));
    }
    let own = session.store.replica_id();
    let is_latest = |it: &Machine| latest.get(&it.key).is_none_or(|found| found.1 == it.replica);
    Ok(machines.iter().filter(|it| !is_latest(it) && it.replica != own).map(|it| it.replica).collect())
}

/// Says how this machine comes to be enrolled.
pub fn not_enrolled(session: &Session, key: &MachineKey) -> Problem {
    Problem::new("exchange-not-enrolled").with("line", own_line(session, key))
}

/// Enrols a machine by the line that it shows.
pub fn enrol(
    session: &mut Session,
    key: &MachineKey,
    own_name: &str,
    name: &str,
    line: &str,
) -> Result<Machine, Failure> {
    // A line that was copied from a narrow window comes in pieces.
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let public = MachinePublicKey::read(&line)?;
    let comment = line.split_whitespace().nth(2).unwrap_or_default();
    let replica = read_replica(comment).ok_or_else(|| Problem::new("machine-line-short"))?;
    enrol_key(session, key, own_name, name, (replica, public))
}

/// Enrols a machine by its identifier and key.
pub fn enrol_key(
    session: &mut Session,
    key: &MachineKey,
    own_name: &str,
    name: &str,
    (replica, public): (ReplicaId, MachinePublicKey),
) -> Result<Machine, Failure> {
    let rights = introduce(session, key, own_name)?;
    require_admin(key, &rights)?;
    let name = named(name);
    if rights.machine(replica).is_some_and(|it| it.key != public) {
        return Err(Problem::new("machine-other-key").with("name", name).into());
    }
    let organisation = session.organisation()?.id.bytes();
    let columns = MACHINE.columns([
        ("name", Some(Value::from(name.as_str()))),
        ("key", Some(key_value(public))),
        ("archived", Some(Value::Int(0))),
    ]);
    let note = Note::new().with("name", &name).with("what", "enrolled");
    session.steady(|session| {
        session.transact(OpName::Enrol, &note, |tx| {
            tx.put(&MACHINE, Scope::Rights(organisation), machine_key(replica), columns.clone(), None)?;
            // What it sent before it was enrolled may count now.
            tx.reconsider(replica)?;
            Ok(())
        })
    })?;
    Ok(Machine { replica, name, key: public, admin: false, withdrawn: None })
}

/// Withdraws a machine: what it wrote and is here still counts, what comes later waits for a verdict.
pub fn withdraw(
    session: &mut Session,
    key: &MachineKey,
    own_name: &str,
    name: &str,
) -> Result<Machine, Failure> {
    let rights = introduce(session, key, own_name)?;
    require_admin(key, &rights)?;
    let machine = find(session, name)?;
    if machine.replica == session.store.replica_id() {
        return Err(Problem::new("machine-is-this").into());
    }
    let organisation = session.organisation()?.id.bytes();
    let tips = session.store.read().tips()?;
    let until: Vec<(Scope, u64)> = tips
        .into_iter()
        .filter(|it| it.1 == machine.replica)
        .map(|(scope, _, seq, _)| (scope, seq))
        .collect();
    let columns = MACHINE.columns([("until", Some(write_until(&until))), ("archived", Some(Value::Int(1)))]);
    let note = Note::new().with("name", &machine.name).with("what", "withdrawn");
    session.steady(|session| {
        session.transact(OpName::Enrol, &note, |tx| {
            tx.put(
                &MACHINE,
                Scope::Rights(organisation),
                machine_key(machine.replica),
                columns.clone(),
                None,
            )?;
            Ok(())
        })
    })?;
    Ok(machine)
}

/// Finds a machine by its name, or the beginning of its name or identifier.
pub fn find(session: &Session, wanted: &str) -> Result<Machine, Failure> {
    let machines = machines(session)?;
    let folded = fold(wanted);
    if folded.is_empty() {
        return Err(Problem::new("machine-unknown").with("name", wanted).into());
    }
    let exact: Vec<&Machine> = machines.iter().filter(|it| fold(&it.name) == folded).collect();
    let near: Vec<&Machine> = machines
        .iter()
        .filter(|it| fold(&it.name).starts_with(&folded) || shown(it.replica).starts_with(&folded))
        .collect();
    match (&exact[..], &near[..]) {
        ([one], _) | ([], [one]) => Ok((*one).clone()),
        ([], []) => Err(Problem::new("machine-unknown").with("name", wanted).into()),
        _ => Err(Problem::new("machine-ambiguous").with("name", wanted).into()),
    }
}

/// Refuses what only administrators do.
pub fn require_admin(key: &MachineKey, rights: &Rights) -> Result<(), Failure> {
    if rights.is_admin(key.public()) { Ok(()) } else { Err(Problem::new("machine-not-admin").into()) }
}

fn named(name: &str) -> String {
    let clean = clean_line(name, NAME_CHARS_MAX);
    if clean.is_empty() { "machine".to_owned() } else { clean }
}

/// Returns the key of a machine's row.
pub(in crate::actions) fn machine_key(replica: ReplicaId) -> Vec<Value> {
    vec![Value::Bytes(replica.to_vec())]
}

fn key_value(key: MachinePublicKey) -> Value {
    Value::Bytes(key.0.to_vec())
}

fn read_replica(text: &str) -> Option<ReplicaId> {
    let digits = (text.len() == 16 && text.is_ascii()).then_some(text)?;
    let mut replica = ReplicaId::default();
    for (at, byte) in replica.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(replica)
}

/// Signs what this machine wrote and did not seal yet. Returns how many segments were made.
pub fn seal(session: &mut Session, key: &MachineKey) -> Result<u64, Failure> {
    let organisation = session.organisation()?.id.bytes();
    if has_orphans(session)? {
        session.receive(&Note::new(), |tx| Ok(tx.take_over_orphans()?))?;
    }
    session.store.seal(|payload| {
        let message = crate::store::exchange::segment::Segment::signed_bytes(organisation, payload);
        Ok::<_, Failure>(key.sign(Purpose::Segment, &message)?)
    })
}
