//! Lays down packs at a place: what arrived here and is not there.

use std::collections::HashSet;

use super::super::failure::Failure;
use super::super::session::Session;
use super::bundle_out::write_pack;
use super::exchange::Progress;
use super::machines::{introduce, machines, seal};
use super::over_place::{Listing, Work};
use super::summary::Summary;
use crate::store::exchange::arrivals::Arrival;
use crate::store::exchange::ranges::Ranges;
use crate::sync::bundle::SegmentPacker;
use crate::sync::envelope::Recipient;
use crate::sync::pack_name::PackName;

/// A pack is about so large: a line that is cut costs no more than that.
const PACK_BYTES: u64 = 1 << 20;
/// Room that the beginning and the end of a pack take.
const ROOM: u64 = 600;

/// Lays down what arrived here and no pack of this machine covers, but for what was fetched from this very place.
pub(super) fn lay_down(
    session: &mut Session,
    work: &mut Work<'_>,
    listing: &Listing,
    summary: &mut Summary,
    watch: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    introduce(session, work.key, &work.request.own_name)?;
    seal(session, work.key)?;
    let none = Ranges::default();
    let own = listing.covered.get(&session.store.replica_id()).unwrap_or(&none);
    let gaps = own.gaps(session.store.read().last_arrival()?);
    let Some(before) = gaps.first().map(|it| it.0 - 1) else { return Ok(()) };
    let brought = brought(session, listing)?;
    let mut arrivals = session.store.read().arrivals(before)?;
    arrivals.retain(|it| !own.contains(it.n) && !brought.contains(&it.source));
    let total = arrivals.iter().map(size).sum();
    let mut packer = SegmentPacker::new()?;
    let recipients = recipients(session, work)?;
    let mut lay = Lay { session, work, recipients: &recipients, summary, watch, total };
    for (first, last) in gaps {
        let mut pack = Pack { first, ..Pack::default() };
        for arrival in arrivals.iter().filter(|it| (first..=last).contains(&it.n)) {
            let payload = lay.session.store.read().segment(arrival)?.encode();
            let packed = packer.pack(arrival.n, &payload, &arrival.signature)?;
            if !pack.segments.is_empty() && !lay.has_room(&pack, &packed) {
                if !lay.lay(&pack, arrival.n - 1)? {
                    return Ok(());
                }
                pack = Pack { first: arrival.n, ..Pack::default() };
            }
            pack.add(arrival, packed);
        }
        if !pack.segments.is_empty() && !lay.lay(&pack, last)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Returns the peers whose arrivals are all there already, by their local numbers.
fn brought(session: &Session, listing: &Listing) -> Result<HashSet<i64>, Failure> {
    let peers = session.store.read().peers()?;
    let there = peers
        .into_iter()
        .filter(|peer| listing.covered.get(&peer.machine).is_some_and(|it| it.holds(&peer.theirs)));
    Ok(there.map(|it| it.n).collect())
}

/// Returns to whom packs are closed: everybody who is enrolled, when the owner of the place must read nothing.
fn recipients(session: &Session, work: &Work<'_>) -> Result<Vec<Recipient>, Failure> {
    if !work.remote.encrypt {
        return Ok(Vec::new());
    }
    let enrolled = machines(session)?.into_iter().filter(|it| it.withdrawn.is_none());
    Ok(enrolled.map(|it| Recipient::read(&it.key.line())).collect::<Result<_, _>>()?)
}

fn size(arrival: &Arrival) -> u64 {
    arrival.hi + 1 - arrival.lo
}

/// A pack in the making.
#[derive(Default)]
struct Pack {
    first: u64,
    segments: Vec<Vec<u8>>,
    changes: u64,
    bytes: u64,
}

impl Pack {
    fn add(&mut self, arrival: &Arrival, packed: Vec<u8>) {
        self.changes += size(arrival);
        self.bytes += packed.len() as u64;
        self.segments.push(packed);
    }
}

/// Packs on their way to a place.
struct Lay<'a, 'b> {
    session: &'a mut Session,
    work: &'a mut Work<'b>,
    recipients: &'a [Recipient],
    summary: &'a mut Summary,
    watch: &'a mut dyn FnMut(Progress),
    total: u64,
}

impl Lay<'_, '_> {
    fn has_room(&self, pack: &Pack, more: &[u8]) -> bool {
        let most = PACK_BYTES.min(self.work.budget.saturating_sub(ROOM));
        pack.bytes + more.len() as u64 <= most
    }

    /// Lays down one pack. Returns whether there is room for more.
    fn lay(&mut self, pack: &Pack, last: u64) -> Result<bool, Failure> {
        let key = self.work.key;
        let content = write_pack(self.session, key, (pack.first, last), &pack.segments, self.recipients)?;
        let bytes = content.len() as u64;
        if bytes > self.work.budget {
            self.summary.pending = self.total - self.summary.sent;
            return Ok(false);
        }
        let name = PackName { machine: self.session.store.replica_id(), first: pack.first, last };
        self.work.place.put(&name.write(self.work.organisation), &content)?;
        self.work.budget -= bytes;
        self.summary.bytes_sent += bytes;
        self.summary.sent += pack.changes;
        (self.watch)(Progress { sent: (self.summary.sent, self.total), received: (0, None) });
        Ok(true)
    }
}
