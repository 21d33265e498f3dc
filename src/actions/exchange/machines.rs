//! This machine and the others of the organisation: keys, enrolment, withdrawal.

use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};
use crate::store::change::{ReplicaId, Scope};
use crate::store::registry::MACHINE;
use crate::store::value::Value;
use crate::sync::keys::{MachineKey, MachinePublicKey, Purpose};
use crate::sync::rights::{Machine, Rights, machine, write_until};

/// Under this name the file keeps the key that its organisation began with.
pub(super) const FOUNDER: &str = "founder";

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
    let note = Note::new().with("name", named(name)).with("what", "enrolled");
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
    require_admin(session, &rights)?;
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
    require_admin(session, &rights)?;
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
pub fn require_admin(session: &Session, rights: &Rights) -> Result<(), Failure> {
    let own = rights.machine(session.store.replica_id());
    if own.is_some_and(|it| it.admin) { Ok(()) } else { Err(Problem::new("machine-not-admin").into()) }
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
    session.store.seal(|payload| {
        let message = crate::store::exchange::segment::Segment::signed_bytes(organisation, payload);
        Ok::<_, Failure>(key.sign(Purpose::Segment, &message)?)
    })
}
