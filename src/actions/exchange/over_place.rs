//! Exchanges through a folder or an object store in which each machine lays down what it has, never to change again.

use std::collections::HashMap;
use std::path::Path;

use super::super::failure::Failure;
use super::super::session::Session;
use super::exchange::{Progress, Request};
use super::machines;
use super::packs_in::{self, Found};
use super::packs_out;
use super::remotes::Remote;
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::change::ReplicaId;
use crate::store::exchange::ranges::Ranges;
use crate::sync::keys::MachineKey;
use crate::sync::pack_name::PackName;
use crate::sync::place::Place;
use crate::sync::place::bucket::BucketPlace;
use crate::sync::place::folder::FolderPlace;
use crate::sync::target::{S3Target, Target};

/// What an exchange through a place goes by.
pub(super) struct Work<'a> {
    pub place: &'a Place,
    pub key: &'a MachineKey,
    pub remote: &'a Remote,
    pub request: &'a Request,
    pub organisation: [u8; 16],
    /// Bytes that may still be moved.
    pub budget: u64,
}

/// What lies at a place: whose packs, and which arrivals they cover.
pub(super) struct Listing {
    pub packs: Vec<Found>,
    pub covered: HashMap<ReplicaId, Ranges>,
}

/// Exchanges through a folder: a stick, a share.
pub fn in_folder(
    session: &mut Session,
    key: &MachineKey,
    remote: &mut Remote,
    folder: &Path,
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    let place = Place::Folder(FolderPlace::open(folder)?);
    let summary = exchange(session, key, remote, &place, request, watch)?;
    if summary.sent > 0
        && let Place::Folder(folder) = &place
    {
        folder.settle()?;
    }
    Ok(summary)
}

/// Exchanges through a bucket.
pub fn in_store(
    session: &mut Session,
    key: &MachineKey,
    remote: &mut Remote,
    target: &S3Target,
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    let place = Place::Bucket(Box::new(BucketPlace::open(target, request.credentials.as_ref())?));
    exchange(session, key, remote, &place, request, watch)
}

/// Lays down what is lacking there, and takes in what is lacking here. A machine that is not enrolled yet, or whose file
/// was set back, takes in first.
fn exchange(
    session: &mut Session,
    key: &MachineKey,
    remote: &Remote,
    place: &Place,
    request: &Request,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Failure> {
    let organisation = session.organisation()?.id.bytes();
    let budget = request.bytes_max.unwrap_or(u64::MAX);
    let mut work = Work { place, key, remote, request, organisation, budget };
    let listing = list(place, organisation)?;
    let mut summary = Summary::default();
    let own = session.store.replica_id();
    let there = listing.covered.get(&own).map_or(0, Ranges::last);
    let is_enrolled = machines::rights(session)?.machine(own).is_some_and(|it| it.withdrawn.is_none());
    if is_enrolled && there <= session.store.read().last_arrival()? {
        packs_out::lay_down(session, &mut work, &listing, &mut summary, watch)?;
        packs_in::take_in(session, &mut work, &listing, &mut summary, watch)?;
        return Ok(summary);
    }
    packs_in::take_in(session, &mut work, &listing, &mut summary, watch)?;
    match packs_out::lay_down(session, &mut work, &listing, &mut summary, watch) {
        Err(Failure::Problem(problem)) if problem.key == "exchange-not-enrolled" => {
            summary.refused.push(problem);
            Ok(summary)
        }
        done => done.map(|()| summary),
    }
}

fn list(place: &Place, organisation: [u8; 16]) -> Result<Listing, Problem> {
    let mut listing = Listing { packs: Vec::new(), covered: HashMap::new() };
    for laid in place.list(&PackName::folder(organisation))? {
        let Some(name) = PackName::read(organisation, &laid.name) else { continue };
        listing.covered.entry(name.machine).or_default().insert(name.first, name.last);
        listing.packs.push(Found { name, path: laid.name, bytes: laid.bytes });
    }
    Ok(listing)
}

/// What a watched folder looks like: when it changes, or the log does, an exchange has something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    packs: Vec<(String, u64)>,
    last_op: i64,
}

/// Looks at the folder of a place; `None` while it is not there.
pub fn look(session: &Session, remote: &Remote) -> Result<Option<Sight>, Failure> {
    let Target::Folder(folder) = Target::read(&remote.target)? else {
        return Err(Problem::new("watch-needs-folder").with("name", &remote.name).into());
    };
    if !folder.is_dir() {
        return Ok(None);
    }
    let place = Place::Folder(FolderPlace::open(&folder)?);
    let packs = list(&place, session.organisation()?.id.bytes())?.packs;
    let packs = packs.into_iter().map(|it| (it.path, it.bytes)).collect();
    Ok(Some(Sight { packs, last_op: session.store.read().last_op()? }))
}
