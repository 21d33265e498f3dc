//! How the exchange stands: places, machines, what waits to be sent, what is held.

use super::super::failure::Failure;
use super::super::session::Session;
use super::machines::{self, own_line, shown};
use super::remotes::{self, Remote};
use super::summary::Summary;
use crate::store::change::ReplicaId;
use crate::sync::keys::MachineKey;
use crate::sync::rights::{Machine, Rights};
use crate::sync::target::Target;

/// How the exchange stands.
#[derive(Debug)]
pub struct State {
    /// The places to exchange with, by name.
    pub places: Vec<Place>,
    /// The machines of the organisation, by name.
    pub machines: Vec<Machine>,
    /// This machine.
    pub own: ReplicaId,
    /// What is held, by machine and reason.
    pub held: Vec<HeldFrom>,
    /// Whether this machine may send.
    pub enrolment: Enrolment,
    /// The line with which an administrator enrols this machine; nothing in memory.
    pub own_line: Option<String>,
}

/// A place to exchange with.
#[derive(Debug)]
pub struct Place {
    /// The place itself.
    pub remote: Remote,
    /// What kind of place it is, as the word of its message key.
    pub kind: &'static str,
    /// The folder that it is, where it is one.
    pub folder: Option<std::path::PathBuf>,
    /// What the last exchange came to.
    pub last: Option<Summary>,
    /// How many changes it lacks, by what is known here.
    pub pending: u64,
}

/// Changes of a machine that are held for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFrom {
    /// The machine, by name where it has one.
    pub machine: String,
    /// Why, as the word of its message key.
    pub reason: &'static str,
    /// How many changes.
    pub changes: u64,
}

/// Whether this machine may send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enrolment {
    /// It is enrolled.
    Enrolled,
    /// It is the first of its organisation: its first exchange enrols it.
    #[default]
    First,
    /// An administrator has to enrol it.
    Lacking,
}

/// Reads how the exchange stands.
pub fn state(session: &Session) -> Result<State, Failure> {
    // Where there is no key to be had, the rest is shown all the same; an exchange says what is wrong.
    let key = machines::own_key(session).ok();
    let rights = machines::rights(session)?;
    let mut places = Vec::new();
    for remote in remotes::all(session)? {
        places.push(place(session, remote)?);
    }
    Ok(State {
        places,
        machines: machines::machines(session)?,
        own: session.store.replica_id(),
        held: held(session, &rights)?,
        enrolment: enrolment(session, &rights, key.as_ref()),
        own_line: key.map(|it| own_line(session, &it)),
    })
}

fn enrolment(session: &Session, rights: &Rights, key: Option<&MachineKey>) -> Enrolment {
    let Some(key) = key.map(MachineKey::public) else { return Enrolment::First };
    let own = rights.machine(session.store.replica_id());
    match own {
        _ if rights.founder().is_none() => Enrolment::First,
        Some(own) if own.key == key && own.withdrawn.is_none() => Enrolment::Enrolled,
        // A file that was copied or restored enrols its new self with the key that is enrolled.
        None if rights.is_enrolled(key) => Enrolment::Enrolled,
        _ => Enrolment::Lacking,
    }
}

fn place(session: &Session, remote: Remote) -> Result<Place, Failure> {
    let (kind, folder) = match Target::read(&remote.target) {
        Ok(Target::Folder(folder)) => ("folder", Some(folder)),
        Ok(Target::S3(_)) => ("store", None),
        Ok(Target::Ssh(_)) | Err(_) => ("server", None),
    };
    let last: Option<Summary> = remote.last.as_deref().and_then(|it| serde_json::from_str(it).ok());
    let pending = pending(session, &remote, last.as_ref())?;
    Ok(Place { remote, kind, folder, last, pending })
}

/// Counts what a place lacks, by what is known here: what the machine that answers there did not acknowledge; of a
/// place where no machine answers, what was left the last time and what came to be here since.
fn pending(session: &Session, remote: &Remote, last: Option<&Summary>) -> Result<u64, Failure> {
    let (read, own) = (session.store.read(), session.store.replica_id());
    let peer = remote.machine.map(|it| read.peer(it)).transpose()?.flatten();
    let sealed = match peer {
        Some(peer) => read.lacking_changes(&peer)?,
        None => {
            last.map_or(0, |it| it.pending) + read.changes_arrived_after(last.map_or(0, |it| it.arrivals))?
        }
    };
    Ok(sealed + read.unsealed_changes(own)?)
}

fn held(session: &Session, rights: &Rights) -> Result<Vec<HeldFrom>, Failure> {
    let mut found: Vec<HeldFrom> = Vec::new();
    for held in session.store.read().held()? {
        let known = rights.machine(held.replica).filter(|it| !it.name.is_empty());
        let machine = known.map_or_else(|| shown(held.replica), |it| it.name.clone());
        let (reason, changes) = (held.reason.word(), held.hi + 1 - held.lo);
        match found.iter_mut().find(|it| it.machine == machine && it.reason == reason) {
            Some(same) => same.changes += changes,
            None => found.push(HeldFrom { machine, reason, changes }),
        }
    }
    Ok(found)
}

/// Counts the changes of this machine that no other machine is known to have; `None` where there is no place to
/// exchange with.
pub fn unshared(session: &Session) -> Result<Option<u64>, Failure> {
    let read = session.store.read();
    if !read.has_remotes()? {
        return Ok(None);
    }
    Ok(Some(read.unshared_changes(session.store.replica_id())?))
}
