//! What another machine lacks, in an order in which the small and the urgent come first.

use std::collections::HashMap;

use super::super::failure::Failure;
use super::super::session::Session;
use crate::store::change::{ReplicaId, Scope};
use crate::store::exchange::arrivals::Arrival;
use crate::store::exchange::peers::Peer;

/// Returns the segments that a machine lacks, as far as is known, in order of arrival: those that it did not
/// acknowledge and did not bring.
pub fn lacking(session: &Session, peer: Option<&Peer>) -> Result<Vec<Arrival>, Failure> {
    let after = peer.map_or(0, |it| it.ours.whole());
    let arrivals = session.store.read().arrivals(after)?;
    let lacks = |it: &Arrival| peer.is_none_or(|peer| it.source != peer.n && !peer.ours.contains(it.n));
    Ok(arrivals.into_iter().filter(lacks).collect())
}

/// Returns what a machine wrote itself that it is shown again: the last that came from it, and what the segments that go
/// to it build on. A copy of it that did not write this notices that it lives twice, or was set back.
pub fn echoes(session: &Session, machine: ReplicaId, arrivals: &[Arrival]) -> Result<Vec<Arrival>, Failure> {
    let read = session.store.read();
    let mut echoes: Vec<Arrival> = read.last_arrival_of(machine)?.into_iter().collect();
    for arrival in arrivals.iter().filter(|it| it.replica != machine) {
        let segment = read.segment(arrival)?;
        let needs = segment.needs(&segment.bodies()?);
        for need in needs.into_iter().filter(|it| it.replica == machine) {
            echoes.extend(read.arrival_with(arrival.scope, need)?);
        }
    }
    echoes.retain(|it| arrivals.iter().all(|other| other.n != it.n));
    echoes.sort_by_key(|it| it.n);
    echoes.dedup_by_key(|it| it.n);
    Ok(echoes)
}

/// Puts first what is urgent (machines, organisation, projects), then the sites with little to send; inside a scope
/// the order of arrival stays, because later changes build on earlier ones.
pub fn small_first(mut arrivals: Vec<Arrival>) -> Vec<Arrival> {
    let mut sizes: HashMap<Scope, u64> = HashMap::new();
    for arrival in &arrivals {
        *sizes.entry(arrival.scope).or_default() += arrival.hi + 1 - arrival.lo;
    }
    let rank = |scope: Scope| match scope {
        Scope::Rights(_) => 0,
        Scope::Organisation(_) => 1,
        Scope::Project(_) => 2,
        Scope::Site(_) | Scope::SiteMoney(_) => 3,
    };
    arrivals.sort_by_key(|it| (rank(it.scope), sizes.get(&it.scope).copied().unwrap_or(0), it.scope, it.n));
    arrivals
}

/// Counts the changes of segments.
pub fn count(arrivals: &[Arrival]) -> u64 {
    arrivals.iter().map(|it| it.hi + 1 - it.lo).sum()
}

/// Returns what must be there before segments can be applied: for a scope and a machine, up to which change.
pub fn needs(session: &Session, arrivals: &[Arrival]) -> Result<Vec<(Scope, ReplicaId, u64)>, Failure> {
    let read = session.store.read();
    let mut carried: HashMap<(Scope, ReplicaId), u64> = HashMap::new();
    let mut needs: Vec<(Scope, ReplicaId, u64)> = Vec::new();
    for arrival in arrivals {
        let segment = read.segment(arrival)?;
        let own = (arrival.lo > 1)
            .then(|| crate::store::change::Dot { replica: arrival.replica, seq: arrival.lo - 1 });
        for need in segment.needs(&segment.bodies()?).into_iter().chain(own) {
            let known = carried.get(&(arrival.scope, need.replica)).copied().unwrap_or(0);
            if need.seq > known && !needs.contains(&(arrival.scope, need.replica, need.seq)) {
                needs.push((arrival.scope, need.replica, need.seq));
            }
        }
        carried.insert((arrival.scope, arrival.replica), arrival.hi);
    }
    needs.sort_unstable();
    Ok(needs)
}
