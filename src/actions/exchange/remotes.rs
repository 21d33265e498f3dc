//! Places to exchange with: kept by name.

use super::super::failure::Failure;
use super::super::names;
use super::super::session::Session;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};
pub use crate::store::exchange::peers::Remote;
use crate::sync::place::bucket;
use crate::sync::target::Target;

/// Keeps a place to exchange with; without a name it is called by the last part of its address.
pub fn add(
    session: &Session,
    target: &str,
    name: Option<&str>,
    projects: &[String],
) -> Result<Remote, Failure> {
    let remote = new(session, target, name, projects)?;
    session.store.keep_remote(&remote)?;
    Ok(remote)
}

/// Keeps a folder or a store whose owner must read nothing: what is laid down there is closed to the machines of the
/// organisation.
pub fn add_closed(
    session: &Session,
    target: &str,
    name: Option<&str>,
    projects: &[String],
) -> Result<Remote, Failure> {
    let mut remote = new(session, target, name, projects)?;
    if matches!(Target::read(target)?, Target::Ssh(_)) {
        return Err(Problem::new("remote-closed-already").into());
    }
    remote.encrypt = true;
    session.store.keep_remote(&remote)?;
    Ok(remote)
}

fn new(session: &Session, target: &str, name: Option<&str>, projects: &[String]) -> Result<Remote, Failure> {
    let read = Target::read(target)?;
    if let Target::S3(store) = &read {
        bucket::check(store)?;
    }
    if !projects.is_empty() && !matches!(read, Target::Ssh(_)) {
        return Err(Problem::new("remote-whole").into());
    }
    let name = clean_line(name.unwrap_or(&read.short_name()), NAME_CHARS_MAX);
    if name.is_empty() {
        return Err(Problem::new("remote-nameless").into());
    }
    if session.store.read().remotes()?.iter().any(|it| fold(&it.name) == fold(&name)) {
        return Err(Problem::new("remote-exists").with("name", name).into());
    }
    let mut wanted = Vec::new();
    for project in projects {
        wanted.push(names::project(session.store.read(), project)?.id.bytes());
    }
    Ok(Remote { name, target: target.trim().to_owned(), projects: wanted, ..Remote::default() })
}

/// Lists the places, by name.
pub fn all(session: &Session) -> Result<Vec<Remote>, Failure> {
    Ok(session.store.read().remotes()?)
}

/// Forgets a place.
pub fn remove(session: &Session, name: &str) -> Result<Remote, Failure> {
    let remote = find(session, Some(name))?;
    session.store.forget_remote(&remote.name)?;
    Ok(remote)
}

/// Finds a place by its name or the beginning of it; without a name, the only one there is.
pub fn find(session: &Session, wanted: Option<&str>) -> Result<Remote, Failure> {
    let remotes = session.store.read().remotes()?;
    let Some(wanted) = wanted else {
        return match &remotes[..] {
            [] => Err(Problem::new("remote-none").into()),
            [one] => Ok(one.clone()),
            _ => Err(Problem::new("remote-which").into()),
        };
    };
    let exact = remotes.iter().find(|it| fold(&it.name) == fold(wanted));
    let near: Vec<&Remote> = remotes.iter().filter(|it| fold(&it.name).starts_with(&fold(wanted))).collect();
    match exact.or(if let [one] = near[..] { Some(one) } else { None }) {
        Some(one) => Ok(one.clone()),
        None => Err(Problem::new("remote-unknown").with("name", wanted).into()),
    }
}
