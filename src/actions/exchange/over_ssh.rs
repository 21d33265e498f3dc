//! Exchanges with a machine over SSH: one process on each side, one round trip.

use std::path::Path;

use super::super::failure::Failure;
use super::super::session::Session;
use super::calling::{Caller, call};
use super::conversation::Broken;
use super::exchange::{Progress, Request};
use super::remotes::Remote;
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::sync::keys::MachineKey;
use crate::sync::line::LineFault;
use crate::sync::ssh::{Call, Way};
use crate::sync::target::SshTarget;

/// Exchanges with the machine that answers at a host.
pub fn exchange(
    session: &mut Session,
    key: &MachineKey,
    remote: &mut Remote,
    target: &SshTarget,
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    let program = request.ssh.as_deref().unwrap_or(Path::new("ssh"));
    let way = Way { program, may_ask: request.may_ask, enrols: request.joins };
    let (line, output, input) = Call::start(way, target)?;
    match call(session, &mut Caller { key, remote, request }, output, input, watch) {
        Ok(summary) => {
            line.end();
            Ok(summary)
        }
        Err(Broken::Failure(failure)) => Err(failure),
        Err(Broken::Line(fault)) => Err(match fault {
            LineFault::Ended | LineFault::Cut | LineFault::Io(_) => line.end().problem(),
            LineFault::Foreign(text) => {
                Problem::new("line-foreign").with("host", &target.host).with("text", text)
            }
            LineFault::TooNew => Problem::new("line-too-new"),
            LineFault::Damaged => Problem::new("line-damaged"),
        }
        .into()),
    }
}
