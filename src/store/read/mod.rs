//! Reading the tables, alike inside and outside a transaction.

mod follow_up;
mod notices;
mod organisation;
mod sign_offs;
mod site;
mod standing;
mod written;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row, RowIndex};

pub use follow_up::{DecisionRow, ObservationRow, SettingRow};
pub use standing::StandingRow;
pub use written::FigureWritten;

use super::Store;
use super::error::StoreError;
use super::transact::Tx;
use crate::model::id::Id;
use crate::model::text::{NOTE_CHARS_MAX, clean_line, clean_note};

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

/// Reads a text that may be missing, on one line: other machines may have written what no field takes.
fn text(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<String> {
    let found: Option<String> = row.get(column)?;
    Ok(found.map_or_else(String::new, |it| clean_line(&it, NOTE_CHARS_MAX)))
}

/// Reads a text of several lines that may be missing.
fn note(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<String> {
    let found: Option<String> = row.get(column)?;
    Ok(found.map_or_else(String::new, |it| clean_note(&it)))
}
