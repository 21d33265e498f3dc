//! Reads sites and lots.

use std::collections::HashMap;

use rusqlite::Row;
use rusqlite::types::FromSql;

use super::{Reader, id, or_default, text};
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Project};
use crate::model::percent::Percent;
use crate::model::site::{Lot, Site, Start};
use crate::store::error::StoreError;

impl Reader<'_> {
    /// Returns every site, by project, code and name.
    pub fn sites(self) -> Result<Vec<Site>, StoreError> {
        self.all(&format!("SELECT {SITE} FROM site ORDER BY project, code, name, id"), [], site)
    }

    /// Returns the sites of a project, by code and name.
    pub fn sites_of(self, project: Id<Project>) -> Result<Vec<Site>, StoreError> {
        let sql = format!("SELECT {SITE} FROM site WHERE project = ?1 ORDER BY code, name, id");
        self.all(&sql, [project.bytes().as_slice()], site)
    }

    /// Returns the sites with exactly this code.
    pub fn sites_coded(self, code: &str) -> Result<Vec<Site>, StoreError> {
        self.all(&format!("SELECT {SITE} FROM site WHERE code = ?1 ORDER BY id"), [code], site)
    }

    /// Returns one site.
    pub fn site(self, site_id: Id<Site>) -> Result<Option<Site>, StoreError> {
        Ok(self
            .all(&format!("SELECT {SITE} FROM site WHERE id = ?1"), [site_id.bytes().as_slice()], site)?
            .pop())
    }

    /// Returns the planned budget of a site: amount in the smallest unit, and currency.
    pub fn budget(self, site: Id<Site>) -> Result<Option<(i64, String)>, StoreError> {
        let sql = "SELECT budget, currency FROM site_money WHERE site = ?1 AND budget IS NOT NULL";
        let found =
            self.all(sql, [site.bytes().as_slice()], |row| Ok((row.get(0)?, text(row, "currency")?)))?;
        Ok(found.into_iter().next())
    }

    /// Returns the lots of a site in their order, without archived ones' contractors.
    pub fn lots_of(self, site: Id<Site>) -> Result<Vec<Lot>, StoreError> {
        let sql = format!("SELECT {LOT} FROM lot WHERE site = ?1 ORDER BY rank, name, id");
        let mut lots = self.all(&sql, [site.bytes().as_slice()], lot)?;
        for lot in &mut lots {
            lot.contractors = self.contractors_of(lot.id)?;
        }
        Ok(lots)
    }

    /// Returns one lot.
    pub fn lot(self, lot_id: Id<Lot>) -> Result<Option<Lot>, StoreError> {
        let mut found =
            self.all(&format!("SELECT {LOT} FROM lot WHERE id = ?1"), [lot_id.bytes().as_slice()], lot)?;
        if let Some(lot) = found.first_mut() {
            lot.contractors = self.contractors_of(lot_id)?;
        }
        Ok(found.pop())
    }

    /// Tells whether a lot is archived, and its site.
    pub fn lot_place(self, lot: Id<Lot>) -> Result<Option<(bool, Id<Site>)>, StoreError> {
        let sql = "SELECT archived, site FROM lot WHERE id = ?1 AND site IS NOT NULL";
        let make = |row: &Row<'_>| Ok((or_default(row, "archived")?, id(row, "site")?));
        Ok(self.all(sql, [lot.bytes().as_slice()], make)?.pop())
    }

    /// Returns every lot, in the order of its site, with its contractors.
    pub fn lots(self) -> Result<Vec<Lot>, StoreError> {
        let mut lots = self.all(&format!("SELECT {LOT} FROM lot ORDER BY site, rank, name, id"), [], lot)?;
        let sql = "SELECT lot, contractor FROM lot_contractor WHERE archived IS NOT 1 ORDER BY lot, rank, contractor";
        let links =
            self.all(sql, [], |row| Ok((Id::from_bytes(row.get(0)?), Id::from_bytes(row.get(1)?))))?;
        link_contractors(&mut lots, links);
        Ok(lots)
    }

    /// Returns every lot of a project, in the order of its site, with its contractors.
    pub fn lots_of_project(self, project: Id<Project>) -> Result<Vec<Lot>, StoreError> {
        let sql = format!(
            "SELECT {LOT} FROM site JOIN lot ON lot.site = site.id WHERE site.project = ?1
                   ORDER BY lot.site, lot.rank, lot.name, lot.id"
        );
        let mut lots = self.all(&sql, [project.bytes().as_slice()], lot)?;
        let sql = "SELECT link.lot, link.contractor FROM site JOIN lot ON lot.site = site.id
                   JOIN lot_contractor AS link ON link.lot = lot.id
                   WHERE site.project = ?1 AND link.archived IS NOT 1 ORDER BY link.lot, link.rank, link.contractor";
        let links = self.all(sql, [project.bytes().as_slice()], |row| {
            Ok((Id::from_bytes(row.get(0)?), Id::from_bytes(row.get(1)?)))
        })?;
        link_contractors(&mut lots, links);
        Ok(lots)
    }

    /// Returns the contractors of a lot, in order.
    pub fn contractors_of(self, lot: Id<Lot>) -> Result<Vec<Id<Contractor>>, StoreError> {
        let sql = "SELECT contractor FROM lot_contractor WHERE lot = ?1 AND archived IS NOT 1 ORDER BY rank, contractor";
        self.all(sql, [lot.bytes().as_slice()], |row| id(row, "contractor"))
    }
}

/// Gives lots their contractors, in the order of the links.
fn link_contractors(lots: &mut [Lot], links: Vec<(Id<Lot>, Id<Contractor>)>) {
    let mut by_lot: HashMap<Id<Lot>, Vec<Id<Contractor>>> = HashMap::new();
    for (lot, contractor) in links {
        by_lot.entry(lot).or_default().push(contractor);
    }
    for lot in lots {
        lot.contractors = by_lot.remove(&lot.id).unwrap_or_default();
    }
}

/// The columns of a site in the order in which [`site`] reads them. By position: the portfolio reads ten thousand.
const SITE: &str =
    "site.id, site.project, site.code, site.name, site.address, site.architect, site.manager, site.start,
                    site.duration, site.initial, site.archived";
/// The columns of a lot in the order in which [`lot`] reads them.
const LOT: &str = "lot.id, lot.site, lot.name, lot.weight, lot.archived";

fn site(row: &Row<'_>) -> rusqlite::Result<Site> {
    let start: String = at_or_default(row, 7)?;
    Ok(Site {
        id: Id::from_bytes(row.get(0)?),
        project: Id::from_bytes(at_or_default(row, 1)?),
        code: text(row, 2)?,
        name: text(row, 3)?,
        address: text(row, 4)?,
        architect: text(row, 5)?,
        manager: text(row, 6)?,
        start: start.parse::<Start>().ok(),
        duration_months: row.get(8)?,
        initial: Percent(at_or_default(row, 9)?),
        archived: at_or_default(row, 10)?,
    })
}

fn lot(row: &Row<'_>) -> rusqlite::Result<Lot> {
    Ok(Lot {
        id: Id::from_bytes(row.get(0)?),
        site: Id::from_bytes(at_or_default(row, 1)?),
        name: text(row, 2)?,
        weight: row.get(3)?,
        contractors: Vec::new(),
        archived: at_or_default(row, 4)?,
    })
}

/// Reads a column that may be missing, as its default.
fn at_or_default<T: FromSql + Default>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, Option<T>>(column)?.unwrap_or_default())
}
