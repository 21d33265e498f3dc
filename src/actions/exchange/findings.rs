//! What the doctor finds in the exchange: what waits and why, signatures, the key of this machine, doubles after a merge.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;

use super::super::failure::Failure;
use super::super::session::Session;
use super::machines::{FOUNDER, rights, shown};
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::store::change::ReplicaId;
use crate::store::exchange::held::HeldFor;
use crate::store::exchange::segment::Segment;
use crate::sync::keys::{MachineKey, Purpose};
use crate::sync::rights::Rights;

/// How many things are named in a sentence.
const NAMED_MAX: usize = 8;

/// Lists what wants a person's attention. `full` verifies every signature.
pub fn findings(session: &Session, full: bool) -> Result<Vec<Problem>, Failure> {
    let read = session.store.read();
    let mut findings = held(session)?;
    if full {
        findings.extend(signatures(session)?);
    }
    findings.extend(open_key(session));
    // Where nothing was ever exchanged, a copy is as good as the original.
    let exchanges = read.about(FOUNDER)?.is_some();
    let counted = [
        ("exchange-orphans", if exchanges { read.orphans_count()? } else { 0 }),
        ("rows-not-received", read.not_received()?),
        ("rows-out-of-place", read.out_of_place()?),
    ];
    for (key, count) in counted.into_iter().filter(|it| it.1 > 0) {
        findings.push(Problem::new(key).with("count", count));
    }
    findings.extend(out_of_limits(session)?);
    let projects = read.projects()?.into_iter().filter(|it| !it.archived).map(|it| it.name);
    findings.extend(twice("projects-twice", projects));
    let contractors = read.contractors()?.into_iter().filter(|it| !it.archived).map(|it| it.party.name);
    findings.extend(twice("contractors-twice", contractors));
    Ok(findings)
}

/// Says what waits, by reason and machine.
fn held(session: &Session) -> Result<Vec<Problem>, Failure> {
    let rights = rights(session)?;
    let mut waiting: BTreeMap<(&str, ReplicaId), (HeldFor, u64)> = BTreeMap::new();
    for held in session.store.read().held()? {
        waiting.entry((held.reason.word(), held.replica)).or_insert((held.reason, 0)).1 += 1;
    }
    let sentence = |((_, machine), (reason, count)): (_, (HeldFor, u64))| {
        let key = match reason {
            HeldFor::Missing => "held-missing",
            HeldFor::Withdrawn => "held-withdrawn",
            HeldFor::Misfit => "held-misfit",
            HeldFor::Forked => "held-forked",
        };
        Problem::new(key).with("count", count).with("machine", named(&rights, machine))
    };
    Ok(waiting.into_iter().map(sentence).collect())
}

/// Verifies the signature of every segment.
fn signatures(session: &Session) -> Result<Vec<Problem>, Failure> {
    let Some(organisation) = session.store.read().organisation()? else { return Ok(Vec::new()) };
    let (read, rights) = (session.store.read(), rights(session)?);
    let mut broken: BTreeMap<(&str, ReplicaId), u64> = BTreeMap::new();
    for arrival in read.arrivals(0)? {
        let key = rights.machine(arrival.replica).map(|it| it.key);
        let verdict = match (read.segment(&arrival), key) {
            (Err(_), _) => Some("segments-unmatched"),
            (Ok(_), None) => Some("segments-unknown"),
            (Ok(segment), Some(key)) => {
                let message = Segment::signed_bytes(organisation.id.bytes(), &segment.encode());
                let is_good = key.verify(Purpose::Segment, &message, &arrival.signature);
                (!is_good).then_some("segments-unverified")
            }
        };
        if let Some(verdict) = verdict {
            *broken.entry((verdict, arrival.replica)).or_default() += 1;
        }
    }
    let sentence = |((key, machine), count): ((&str, ReplicaId), u64)| {
        Problem::new(key).with("count", count).with("machine", named(&rights, machine))
    };
    Ok(broken.into_iter().map(sentence).collect())
}

/// Finds a key that others can read.
fn open_key(session: &Session) -> Option<Problem> {
    let place = MachineKey::place(&session.store.path()?);
    let found = std::fs::metadata(&place).ok()?;
    (found.mode() & 0o077 != 0).then(|| Problem::new("key-file-open").with("path", place.display()))
}

fn out_of_limits(session: &Session) -> Result<Option<Problem>, Failure> {
    let read = session.store.read();
    let found = read.out_of_limits()?;
    let mut places = Vec::new();
    for (lot, month) in found.iter().take(NAMED_MAX) {
        let place = match read.lot(*lot)? {
            Some(lot) => read.site(lot.site)?.map(|it| super::super::record_entry::place(&it, &lot)),
            None => None,
        };
        places.push(format!("{} {month}", place.unwrap_or_default()).trim().to_owned());
    }
    let problem =
        || Problem::new("figures-out-of-limits").with("count", found.len()).with("places", places.join(", "));
    Ok((!found.is_empty()).then(problem))
}

/// Finds names that two things have: each was entered on its own machine.
fn twice(key: &str, names: impl Iterator<Item = String>) -> Option<Problem> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for name in names.filter(|it| !it.is_empty()) {
        counts.entry(fold(&name)).or_insert((name, 0)).1 += 1;
    }
    let found: Vec<String> = counts.into_values().filter(|it| it.1 > 1).map(|it| it.0).collect();
    let listed = || found.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
    (!found.is_empty()).then(|| Problem::new(key).with("count", found.len()).with("names", listed()))
}

fn named(rights: &Rights, machine: ReplicaId) -> String {
    let known = rights.machine(machine).filter(|it| !it.name.is_empty());
    known.map_or_else(|| shown(machine), |it| it.name.clone())
}
