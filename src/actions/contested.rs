//! Which rows have values that compete: searched for once, then kept up with what is written.

use std::collections::{HashMap, HashSet};

use super::conflicts::of_row;
use super::failure::Failure;
use super::session::Session;
use crate::model::id::Id;
use crate::model::site::{Lot, Site};
use crate::store::registry;
use crate::store::value::Value;

/// After more changes than this, searching everything again is quicker than looking at each row.
const CHANGES_ONE_BY_ONE_MAX: i64 = 20_000;

type Row = (u16, Vec<Value>);

/// Values of which versions compete, by the row that they are in.
#[derive(Clone, Debug, Default)]
pub struct Contested {
    rows: HashMap<Row, Facts>,
    lots: HashSet<Id<Lot>>,
    sites: HashSet<Id<Site>>,
    /// The last change that it knows.
    seen: i64,
}

/// The facts of a row that compete, and whose they are.
#[derive(Clone, Copy, Debug)]
struct Facts {
    count: usize,
    lot: Option<Id<Lot>>,
    site: Option<Id<Site>>,
}

impl Contested {
    /// Searches everything.
    pub fn load(session: &Session) -> Result<Self, Failure> {
        let read = session.store.read();
        let mut found = Self { seen: read.last_change()?, ..Self::default() };
        if read.knows_other_machines()? {
            let rows = read.contested()?.into_iter().map(|(table, key, _)| (table, key));
            found.look_at(session, rows)?;
        }
        Ok(found)
    }

    /// Takes in what was written since: only a row that was written can have begun or ceased to be contested.
    pub fn catch_up(&mut self, session: &Session) -> Result<(), Failure> {
        let read = session.store.read();
        let last = read.last_change()?;
        if last == self.seen {
            return Ok(());
        }
        if last < self.seen || last - self.seen > CHANGES_ONE_BY_ONE_MAX {
            *self = Self::load(session)?;
            return Ok(());
        }
        if read.knows_other_machines()? {
            let written: HashSet<Row> = read.rows_written_since(self.seen)?.into_iter().collect();
            self.look_at(session, written.into_iter())?;
        }
        self.seen = last;
        Ok(())
    }

    fn look_at(&mut self, session: &Session, rows: impl Iterator<Item = Row>) -> Result<(), Failure> {
        for row in rows {
            let contests = of_row(session, row.0, &row.1)?;
            match contests.first() {
                Some(first) => {
                    let facts = Facts { count: contests.len(), lot: first.lot, site: site_of(&row) };
                    let lot = facts.lot.or_else(|| lot_of(&row)).filter(|_| facts.site.is_none());
                    self.rows.insert(row, Facts { lot, ..facts });
                }
                None => drop(self.rows.remove(&row)),
            }
        }
        self.lots = self.rows.values().filter_map(|it| it.lot).collect();
        self.sites = self.rows.values().filter_map(|it| it.site).collect();
        Ok(())
    }

    /// Counts the values of which versions compete.
    pub fn count(&self) -> usize {
        self.rows.values().map(|it| it.count).sum()
    }

    /// Tells whether a value of a lot, or of the site that it is part of, is contested.
    pub fn concerns(&self, lot: Id<Lot>, site: Id<Site>) -> bool {
        self.lots.contains(&lot) || self.sites.contains(&site)
    }
}

fn site_of((table, key): &Row) -> Option<Id<Site>> {
    let of_site = [registry::SITE.id, registry::SITE_MONEY.id].contains(table);
    key.first().and_then(Value::id).filter(|_| of_site)
}

fn lot_of((table, key): &Row) -> Option<Id<Lot>> {
    let of_lot = [registry::LOT.id, registry::ENTRY.id].contains(table);
    key.first().and_then(Value::id).filter(|_| of_lot)
}
