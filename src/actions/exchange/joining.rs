//! Joins an organisation: a new machine gets what the others have, and keeps the place that it came from.

use super::super::failure::Failure;
use super::super::session::Session;
use super::exchange::{Progress, Request, exchange};
use super::remotes::{self, Remote};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::sync::keys::{MachineKey, MachinePublicKey};
use crate::sync::target::Target;

/// What joining came to.
pub struct Joined {
    /// The organisation.
    pub organisation: String,
    /// The key that it began with, which is trusted from now on.
    pub founder: Option<MachinePublicKey>,
    /// The place that is kept.
    pub remote: Remote,
    /// What was exchanged.
    pub summary: Summary,
}

/// Joins the organisation of the machine that answers at a place. A place that is kept already is called again.
pub fn join(
    session: &mut Session,
    key: &MachineKey,
    (target, name): (&str, Option<&str>),
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Joined, Failure> {
    let read = Target::read(target)?;
    let known = remotes::all(session)?.into_iter().find(|it| it.target == target.trim());
    let remote = match known {
        Some(remote) => remote,
        None => place(session, target, name.unwrap_or(&read.short_name()))?,
    };
    // The place is kept only once the organisation is here.
    let joined = exchange(session, key, &remote, request, watch);
    if session.store.read().organisation()?.is_none() {
        session.store.forget_remote(&remote.name)?;
    }
    let summary = joined?;
    let organisation = session.store.read().organisation()?.ok_or_else(|| Problem::new("join-nothing"))?;
    let founder = super::machines::rights(session)?.founder();
    Ok(Joined { organisation: organisation.name, founder, remote, summary })
}

fn place(session: &Session, target: &str, name: &str) -> Result<Remote, Failure> {
    let name = crate::model::text::clean_line(name, crate::model::text::NAME_CHARS_MAX);
    if name.is_empty() {
        return Err(Problem::new("remote-nameless").into());
    }
    if remotes::all(session)?.iter().any(|it| fold(&it.name) == fold(&name)) {
        return Err(Problem::new("remote-exists").with("name", name).into());
    }
    Ok(Remote { name, target: target.trim().to_owned(), ..Remote::default() })
}
