//! Exchanges through a folder or an object store in which each machine lays down what it has, never to change again.

use std::path::Path;

use super::super::failure::Failure;
use super::super::session::Session;
use super::exchange::{Progress, Request};
use super::remotes::Remote;
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::sync::keys::MachineKey;
use crate::sync::target::S3Target;

/// Exchanges through a folder: a stick, a share.
pub fn in_folder(
    _session: &mut Session,
    _key: &MachineKey,
    _remote: &mut Remote,
    folder: &Path,
    _request: &Request,
    _watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    Err(Problem::new("target-unreadable").with("text", folder.display()).into())
}

/// Exchanges through a bucket.
pub fn in_store(
    _session: &mut Session,
    _key: &MachineKey,
    _remote: &mut Remote,
    target: &S3Target,
    _request: &Request,
    _watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    Err(Problem::new("target-unreadable").with("text", &target.bucket).into())
}
