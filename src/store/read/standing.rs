//! The derived standing of lots: kept up to date by actions, opaque to the store.

use rusqlite::{Connection, TransactionBehavior};

use super::Reader;
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::model::site::{Lot, Site};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::transact::Tx;

/// How one lot stands after its last figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// The lot.
    pub lot: Id<Lot>,
    /// Its site.
    pub site: Id<Site>,
    /// Its project.
    pub project: Id<Project>,
    /// What the rules say, in the words of the action that wrote it.
    pub state: Vec<u8>,
}

impl Reader<'_> {
    /// Returns the standings of a project's lots, or of all.
    pub fn standings(self, project: Option<Id<Project>>) -> Result<Vec<StandingRow>, StoreError> {
        let make = |row: &rusqlite::Row<'_>| {
            Ok(StandingRow {
                lot: Id::from_bytes(row.get(0)?),
                site: Id::from_bytes(row.get(1)?),
                project: Id::from_bytes(row.get(2)?),
                state: row.get(3)?,
            })
        };
        match project {
            Some(project) => {
                let sql = "SELECT lot, site, project, state FROM standing WHERE project = ?1";
                self.all(sql, [project.bytes().as_slice()], make)
            }
            None => self.all("SELECT lot, site, project, state FROM standing ORDER BY lot", [], make),
        }
    }

    /// Counts the lots that have a standing: those that are followed.
    pub fn followed_lots(self) -> Result<usize, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT count(*) FROM standing")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Returns the first byte of a kept standing, by which its form is told; `None` where there is none.
    pub fn standing_form(self) -> Result<Option<u8>, StoreError> {
        let sql = "SELECT substr(state, 1, 1) FROM standing LIMIT 1";
        let first: Option<Vec<u8>> = self.all(sql, [], |row| row.get(0))?.pop();
        Ok(first.map(|it| it.first().copied().unwrap_or(0)))
    }

    /// Returns the standing of one lot.
    pub fn standing(self, lot: Id<Lot>) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT state FROM standing WHERE lot = ?1";
        Ok(self.all(sql, [lot.bytes().as_slice()], |row| row.get(0))?.pop())
    }
}

impl Tx<'_> {
    /// Keeps the standing of a lot, or forgets it. Derived, so it is not logged.
    pub fn keep_standing(&self, lot: Id<Lot>, row: Option<&StandingRow>) -> Result<(), StoreError> {
        keep(self.connection(), lot, row)
    }
}

impl Store {
    /// Keeps standings that were derived again, without an op: nothing that anybody wrote changes.
    pub fn keep_standings(&mut self, rows: &[(Id<Lot>, Option<StandingRow>)]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rows.iter().try_for_each(|(lot, row)| keep(&transaction, *lot, row.as_ref()))?;
        transaction.commit()?;
        Ok(())
    }
}

fn keep(connection: &Connection, lot: Id<Lot>, row: Option<&StandingRow>) -> Result<(), StoreError> {
    let lot = lot.bytes();
    let Some(row) = row else {
        connection.prepare_cached("DELETE FROM standing WHERE lot = ?1")?.execute([lot.as_slice()])?;
        return Ok(());
    };
    let sql = "INSERT INTO standing VALUES (?1, ?2, ?3, ?4) ON CONFLICT (lot) DO UPDATE
               SET site = excluded.site, project = excluded.project, state = excluded.state";
    let (site, project) = (row.site.bytes(), row.project.bytes());
    connection.prepare_cached(sql)?.execute((
        lot.as_slice(),
        site.as_slice(),
        project.as_slice(),
        &row.state,
    ))?;
    Ok(())
}
