//! Takes in the packs of a place that are not here yet.

use std::collections::BTreeSet;

use super::super::failure::Failure;
use super::super::session::Session;
use super::super::sign_off::changed::Outdated;
use super::bundle_in::{self, BundleFile};
use super::exchange::Progress;
use super::machines::{rights, shown};
use super::over_place::{Listing, Work};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::exchange::held::HeldFor;
use crate::store::value::Value;
use crate::sync::pack_name::PackName;

/// No pack is larger: one of a single large segment, closed to many machines.
const PACK_BYTES_MAX: u64 = 16 << 20;

/// A pack that lies at a place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Whose it is, and what it covers.
    pub name: PackName,
    /// How it is called there.
    pub path: String,
    /// Its bytes, as the place tells.
    pub bytes: u64,
}

/// What became of a pack.
enum Fate {
    Taken(Box<Summary>),
    /// Its machine, or one whose changes it carries, is not known yet: another pack may tell.
    Unknown(Problem),
    /// It is closed to others.
    Closed,
    Refused(Problem),
}

/// Takes in every pack that is not here, those of machines that enrol others first; what a machine that is not known
/// yet wrote is tried again as long as something new comes.
pub(super) fn take_in(
    session: &mut Session,
    work: &mut Work<'_>,
    listing: &Listing,
    summary: &mut Summary,
    watch: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    let mut left = lacking(session, listing)?;
    let (mut taken, mut total) = (0, left.len() as u64);
    let mut shut = Shut::read(session, &work.remote.name)?;
    let outdated = Outdated::now(session)?;
    loop {
        let mut again = Vec::new();
        let before = taken;
        for found in left {
            if found.bytes > work.budget && !shut.knows(&found) {
                summary.left += 1;
                continue;
            }
            let fate = if shut.knows(&found) { Fate::Closed } else { take(session, work, &found, summary)? };
            match fate {
                Fate::Taken(came) => {
                    taken += 1;
                    add(summary, *came);
                }
                Fate::Unknown(problem) => again.push((found, problem)),
                Fate::Closed => {
                    if summary.closed == 0 {
                        summary.closed_by = named(session, &found)?;
                    }
                    summary.closed += 1;
                    shut.now.insert((found.path, found.bytes));
                }
                Fate::Refused(problem) => refuse(summary, problem),
            }
            watch(Progress { sent: (summary.sent, summary.sent), received: (taken, Some(total)) });
        }
        if taken == before || again.is_empty() {
            for (_, problem) in again {
                refuse(summary, problem);
            }
            shut.keep(session, &work.remote.name)?;
            summary.unsigned = outdated.since(session)?;
            return settle(session, summary);
        }
        total += again.len() as u64;
        left = again.into_iter().map(|it| it.0).collect();
    }
}

/// Packs of a place that are closed to others, by name and size: they are not fetched each time to find that again.
struct Shut {
    before: BTreeSet<(String, u64)>,
    now: BTreeSet<(String, u64)>,
}

impl Shut {
    fn read(session: &Session, remote: &str) -> Result<Self, Failure> {
        let kept = session.store.read().about(&Self::name(remote))?;
        let before = kept.as_ref().and_then(Value::text).and_then(|it| serde_json::from_str(it).ok());
        Ok(Self { before: before.unwrap_or_default(), now: BTreeSet::new() })
    }

    fn name(remote: &str) -> String {
        format!("closed at {remote}")
    }

    fn knows(&self, found: &Found) -> bool {
        self.before.contains(&(found.path.clone(), found.bytes))
    }

    fn keep(&self, session: &Session, remote: &str) -> Result<(), Failure> {
        if self.now != self.before {
            let text = serde_json::to_string(&self.now).unwrap_or_default();
            session.store.keep_about(&Self::name(remote), &Value::from(text.as_str()))?;
        }
        Ok(())
    }
}

/// Returns the packs of others that are not here. One of this machine counts when it covers what is not here: the file
/// was set back, and taking it in tells so.
fn lacking(session: &mut Session, listing: &Listing) -> Result<Vec<Found>, Failure> {
    let read = session.store.read();
    let (own, last) = (session.store.replica_id(), read.last_arrival()?);
    let mut found = Vec::new();
    for pack in &listing.packs {
        let name = pack.name;
        let is_here = if name.machine == own {
            name.last <= last
        } else {
            read.peer(name.machine)?.is_some_and(|it| it.theirs.covers(name.first, name.last))
        };
        if !is_here {
            found.push(pack.clone());
        }
    }
    let rights = rights(session)?;
    found.sort_by_key(|it| (!rights.machine(it.name.machine).is_some_and(|it| it.admin), it.name));
    Ok(found)
}

fn take(
    session: &mut Session,
    work: &mut Work<'_>,
    found: &Found,
    summary: &mut Summary,
) -> Result<Fate, Failure> {
    let content = match work.place.get(&found.path, PACK_BYTES_MAX) {
        Err(problem) if problem.key == "pack-too-large" => return Ok(Fate::Refused(problem)),
        content => content?,
    };
    let bytes = content.len() as u64;
    work.budget = work.budget.saturating_sub(bytes);
    summary.bytes_received += bytes;
    let mut file = BundleFile::fetched(content, vec![work.key.text()?]);
    match verified(session, found, &mut file) {
        Ok(()) => {}
        Err(Failure::Problem(problem)) => return Ok(fate(found, problem)),
        Err(failure) => return Err(failure),
    }
    let taken = bundle_in::apply(session, &mut file, None)?;
    Ok(Fate::Taken(Box::new(taken.summary)))
}

/// Makes sure that a pack is whole, and is what its name says.
fn verified(session: &Session, found: &Found, file: &mut BundleFile) -> Result<(), Failure> {
    let header = file.header()?;
    let said = PackName { machine: header.sender, first: header.first, last: header.last };
    if said != found.name {
        return Err(Problem::new("pack-misnamed").with("pack", &found.path).into());
    }
    bundle_in::check(session, file, false).map(|_| ())
}

fn fate(found: &Found, problem: Problem) -> Fate {
    match problem.key.as_str() {
        "envelope-for-others" => Fate::Closed,
        "segment-unknown-machine" => Fate::Unknown(problem),
        "pack-misnamed" | "bundle-too-new" | "bundle-other-organisation" | "segment-not-allowed" => {
            Fate::Refused(problem)
        }
        _ => Fate::Refused(Problem::new("pack-damaged").with("pack", &found.path)),
    }
}

fn refuse(summary: &mut Summary, problem: Problem) {
    if !summary.refused.contains(&problem) {
        summary.refused.push(problem);
    }
}

fn add(summary: &mut Summary, came: Summary) {
    summary.received += came.received;
    summary.known += came.known;
    summary.conflicts_new += came.conflicts_new;
    for lack in came.lacks {
        if !summary.lacks.contains(&lack) {
            summary.lacks.push(lack);
        }
    }
}

/// Counts what stands open after all packs.
fn settle(session: &Session, summary: &mut Summary) -> Result<(), Failure> {
    let held = session.store.read().held()?;
    summary.held = held.len() as u64;
    if held.iter().all(|it| it.reason != HeldFor::Missing) {
        summary.lacks.clear();
    }
    summary.conflicts = super::super::conflicts::conflicts(session)?.len() as u64;
    Ok(())
}

fn named(session: &Session, found: &Found) -> Result<String, Failure> {
    let known = rights(session)?.machine(found.name.machine).map(|it| it.name.clone());
    Ok(known.filter(|it| !it.is_empty()).unwrap_or_else(|| shown(found.name.machine)))
}
