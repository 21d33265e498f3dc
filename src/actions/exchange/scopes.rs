//! What two machines talk about: all scopes, or those of some projects; and what everything in them comes to.

use std::collections::{HashMap, HashSet};

use super::super::failure::Failure;
use super::super::session::Session;
use crate::model::id::Id;
use crate::store::change::{ReplicaId, Scope};
use crate::store::exchange::arrivals::Arrival;
use crate::sync::hello::Digest;
use crate::sync::line::Reach;

/// The scopes that are talked about.
pub struct Scopes {
    projects: HashSet<[u8; 16]>,
    sites: HashSet<[u8; 16]>,
}

impl Scopes {
    /// Finds the scopes of some projects in the tables; every scope when no project is named.
    pub fn of(session: &Session, projects: &[[u8; 16]]) -> Result<Self, Failure> {
        let mut sites = HashSet::new();
        for project in projects {
            let found = session.store.read().sites_of(Id::from_bytes(*project))?;
            sites.extend(found.iter().map(|it| it.id.bytes()));
        }
        Ok(Self { projects: projects.iter().copied().collect(), sites })
    }

    /// Tells whether a scope is talked about.
    pub fn hold(&self, scope: Scope) -> bool {
        if self.projects.is_empty() {
            return true;
        }
        match scope {
            Scope::Rights(_) | Scope::Organisation(_) => true,
            Scope::Project(project) => self.projects.contains(&project),
            Scope::Site(site) | Scope::SiteMoney(site) => self.sites.contains(&site),
        }
    }

    /// Computes what everything that is here comes to. It is made from what is held, never taken over from others;
    /// chains that are alike on two machines cancel out in the difference.
    pub fn digest(&self, session: &Session) -> Result<Digest, Failure> {
        let mut digest = Digest::default();
        for (scope, replica, seq, tip) in session.store.read().tips()? {
            if !self.hold(scope) {
                continue;
            }
            let (kind, key) = scope.parts();
            let mut hasher = blake3::Hasher::new();
            hasher.update(&[kind]).update(&key).update(&replica).update(&seq.to_be_bytes()).update(&tip);
            let chain = hasher.finalize();
            digest.iter_mut().zip(chain.as_bytes()).for_each(|(all, one)| *all ^= one);
        }
        Ok(digest)
    }

    /// Says how far every chain is here.
    pub fn have(&self, session: &Session) -> Result<Vec<Reach>, Failure> {
        let tips = session.store.read().tips()?;
        let mut have: Vec<Reach> =
            tips.into_iter().filter(|it| self.hold(it.0)).map(|it| (it.0, it.1, it.2)).collect();
        have.sort_unstable();
        Ok(have)
    }

    /// Returns the segments that a machine lacks by what it says it has.
    pub fn lacking(&self, session: &Session, have: &[Reach]) -> Result<Vec<Arrival>, Failure> {
        let have: HashMap<(Scope, ReplicaId), u64> =
            have.iter().map(|(scope, replica, seq)| ((*scope, *replica), *seq)).collect();
        let reach = |it: &Arrival| have.get(&(it.scope, it.replica)).copied().unwrap_or(0);
        let arrivals = session.store.read().arrivals(0)?;
        Ok(arrivals.into_iter().filter(|it| self.hold(it.scope) && it.hi > reach(it)).collect())
    }
}

/// Returns the bytes in which two digests differ: the same as before when the same chains differ as before.
pub fn difference(one: &Digest, other: &Digest) -> Digest {
    let mut difference = *one;
    difference.iter_mut().zip(other).for_each(|(all, it)| *all ^= it);
    difference
}
