//! Exchanges with a place, whatever kind it is.

use std::path::PathBuf;

use rusty_s3::Credentials;

use super::super::failure::Failure;
use super::super::session::Session;
use super::remotes::Remote;
use super::summary::Summary;
use super::{over_place, over_ssh};
use crate::sync::keys::MachineKey;
use crate::sync::target::Target;

/// How an exchange is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// How this machine is called when nobody named it.
    pub own_name: String,
    /// Most bytes to send and to receive; what is left goes the next time.
    pub bytes_max: Option<u64>,
    /// Whether `ssh` may ask for a password on the terminal.
    pub may_ask: bool,
    /// With what an object store is asked; kept nowhere.
    pub credentials: Option<Credentials>,
    /// Whether the machine there may enrol this one: when joining.
    pub joins: bool,
    /// Names of the projects that are wanted, when joining; all when empty.
    pub projects: Vec<String>,
    /// The program that calls a machine, when it is not the system's `ssh`.
    pub ssh: Option<PathBuf>,
}

/// How far an exchange is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Changes sent so far, and how many there are.
    pub sent: (u64, u64),
    /// Changes received so far, and how many there are, once known.
    pub received: (u64, Option<u64>),
}

/// Exchanges with a place; `watch` is told how far it is. What it came to is kept with the place.
pub fn exchange(
    session: &mut Session,
    key: &MachineKey,
    remote: &Remote,
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    let before = remote.machine;
    let mut remote = remote.clone();
    let exchanged = match Target::read(&remote.target)? {
        Target::Ssh(target) => over_ssh::exchange(session, key, &mut remote, &target, request, watch),
        Target::Folder(folder) => over_place::in_folder(session, key, &mut remote, &folder, request, watch),
        Target::S3(target) => over_place::in_store(session, key, &mut remote, &target, request, watch),
    };
    let mut summary = match exchanged {
        Ok(summary) => summary,
        Err(failure) => {
            // Who answered there is known from now on: the next exchange goes on where this one was cut.
            if remote.machine != before {
                session.store.keep_remote(&remote)?;
            }
            return Err(failure);
        }
    };
    summary.arrivals = session.store.read().last_arrival()?;
    remote.last_ms = Some(session.now.timestamp_millis());
    remote.last = serde_json::to_string(&summary).ok();
    session.store.keep_remote(&remote)?;
    Ok(summary)
}
