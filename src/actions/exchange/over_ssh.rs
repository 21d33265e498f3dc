//! Exchanges with a machine over SSH: one process on each side, one round trip.

use super::super::failure::Failure;
use super::super::session::Session;
use super::exchange::{Progress, Request};
use super::remotes::Remote;
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::sync::keys::MachineKey;
use crate::sync::target::SshTarget;

/// Exchanges with the machine that answers at a host.
pub fn exchange(
    _session: &mut Session,
    _key: &MachineKey,
    _remote: &mut Remote,
    target: &SshTarget,
    _request: &Request,
    _watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    Err(Problem::new("target-unreadable").with("text", &target.host).into())
}
