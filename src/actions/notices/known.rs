//! Every notice with what became of it, read once for everything that is compared with it.

use std::collections::{BTreeMap, HashMap};

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::notice::{Delivery, Notice};
use crate::model::site::Lot;
use crate::store::read::Reader;

/// Every notice.
pub(super) struct Known {
    notices: Vec<Notice>,
    places: HashMap<Id<Notice>, usize>,
    of_lots: BTreeMap<Id<Lot>, Vec<usize>>,
    deliveries: HashMap<Id<Notice>, Vec<Delivery>>,
}

impl Known {
    pub fn load(read: Reader<'_>) -> Result<Self, Failure> {
        let notices = read.notices()?;
        let mut of_lots: BTreeMap<Id<Lot>, Vec<usize>> = BTreeMap::new();
        for (at, notice) in notices.iter().enumerate() {
            if let Some(lot) = notice.lot {
                of_lots.entry(lot).or_default().push(at);
            }
        }
        let places = notices.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        Ok(Self { notices, places, of_lots, deliveries: read.deliveries_by_notice()? })
    }

    /// Returns every notice, oldest first.
    pub fn all(&self) -> impl Iterator<Item = (&Notice, &[Delivery])> {
        self.notices.iter().map(|it| (it, self.deliveries(it.id)))
    }

    /// Returns a notice.
    pub fn notice(&self, id: Id<Notice>) -> Option<&Notice> {
        self.places.get(&id).and_then(|at| self.notices.get(*at))
    }

    /// Returns what is sent for a notice, also for one that was dropped.
    pub fn deliveries(&self, notice: Id<Notice>) -> &[Delivery] {
        self.deliveries.get(&notice).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the notices about a lot, oldest first.
    pub fn of_lot(&self, lot: Id<Lot>) -> impl Iterator<Item = (&Notice, &[Delivery])> {
        let places = self.of_lots.get(&lot).into_iter().flatten();
        places.filter_map(|at| self.notices.get(*at)).map(|it| (it, self.deliveries(it.id)))
    }

    /// Returns the lots about which there are notices.
    pub fn lots(&self) -> impl Iterator<Item = Id<Lot>> {
        self.of_lots.keys().copied()
    }
}
