//! Reading the tables, alike inside and outside a transaction.

mod follow_up;
mod notices;
mod organisation;
mod sign_offs;
mod site;
mod standing;
mod written;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};

pub use follow_up::{DecisionRow, ObservationRow, SettingRow};
pub use standing::StandingRow;
pub use written::FigureWritten;

use super::Store;
use super::error::StoreError;
use super::transact::Tx;
use crate::model::id::Id;

/// Reads the tables.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub(super) &'a Connection);

impl Store {
    /// Reads what is saved.
    pub const fn read(&self) -> Reader<'_> {
        Reader(&self.connection)
    }
}

impl Tx<'_> {
    /// Reads what is saved and what this op wrote.
    pub fn read(&self) -> Reader<'_> {
        Reader(self.connection())
    }
}

impl Reader<'_> {
    fn all<T>(
        self,
        sql: &str,
        params: impl Params,
        make: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params, make)?.collect::<Result<Vec<_>, _>>()?;
        Ok(rows)
    }
}

/// Reads an identifier column.
fn id<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Id<T>> {
    Ok(Id::from_bytes(row.get(column)?))
}

/// Reads a column that may be missing, as its default.
fn or_default<T: FromSql + Default>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    Ok(row.get::<_, Option<T>>(column)?.unwrap_or_default())
}
