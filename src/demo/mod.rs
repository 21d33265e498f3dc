//! Invents an organisation with projects, sites and a history, the same for the same seed.
//!
//! Nothing in it exists: towns, firms and persons are composed of syllables, addresses end in domains that are
//! reserved for examples. Sites are made one at a time, so that ten thousand of them need no memory.

mod course;
mod dice;
mod firms;
mod history;
mod organisation;
mod persons;
mod phrases;
mod plan;
mod programmes;
mod remarks;
mod site;
mod story;
mod towns;

pub use history::{InventedDecision, InventedEntry};
pub use organisation::{InventedContact, InventedOrganisation, InventedProject};
pub use site::{InventedLot, InventedSite};
pub use story::{SITES_OF_ALL_STORIES, Story};

use crate::model::month::Month;
use crate::model::organisation::Party;

use persons::Surnames;
use towns::Towns;

/// Beyond this number of months every contract lasts about as long as the history.
const LONG_MONTHS: i64 = 36;

/// How much to invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Number of sites; all the special stories are told from 24 on.
    pub sites: u32,
    /// Number of months of history; all the special stories fit into 9.
    pub months: u32,
    /// Decides every random choice.
    pub seed: u64,
    /// The month of the newest figures.
    pub last_month: Month,
}

/// An invented organisation; its sites are made when they are asked for.
pub struct Invented {
    spec: Spec,
    towns: Towns,
    surnames: Surnames,
    /// The organisation.
    pub organisation: InventedOrganisation,
    /// Its projects.
    pub projects: Vec<InventedProject>,
    /// The firms that build.
    pub contractors: Vec<Party>,
    /// The persons to write to.
    pub contacts: Vec<InventedContact>,
}

/// Invents an organisation; the same for the same `spec`.
pub fn invent(spec: &Spec) -> Invented {
    organisation::invent(spec)
}

impl Invented {
    /// Makes the sites one after the other, by index.
    pub fn sites(&self) -> impl Iterator<Item = InventedSite> + '_ {
        (0..self.spec.sites).map(|index| self.site(index))
    }

    /// Makes the site of an index.
    pub fn site(&self, index: u32) -> InventedSite {
        site::invent(self, u64::from(index))
    }

    /// Returns the number of sites of a project: a third of a small portfolio, 40 of a large one.
    fn sites_per_project(&self) -> u64 {
        sites_per_project(self.spec.sites)
    }
}

fn sites_per_project(sites: u32) -> u64 {
    u64::from(sites / 3).clamp(8, 40)
}

#[cfg(test)]
mod tests;
