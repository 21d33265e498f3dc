//! Reads who wrote the figures of a site, and when.

use rusqlite::Row;

use super::Reader;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::{Lot, Site};
use crate::store::change::{Body, Scope};
use crate::store::error::StoreError;
use crate::store::registry;
use crate::store::value::Value;

/// A figure, or "sans objet", as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureWritten {
    /// The lot.
    pub lot: Id<Lot>,
    /// The month.
    pub month: Month,
    /// Who wrote it.
    pub user: String,
    /// What the clock of that machine said, in milliseconds since 1970 UTC: a claim.
    pub wall_ms: i64,
}

impl Reader<'_> {
    /// Returns every figure of a site that was ever written, in order of arrival; what was taken away is left out.
    pub fn figures_written(self, site: Id<Site>) -> Result<Vec<FigureWritten>, StoreError> {
        let sql = "SELECT change.body, op.user, op.wall_ms FROM change JOIN op ON op.n = change.op
                   WHERE change.scope = (SELECT n FROM scope WHERE kind = ?1 AND key = ?2) AND change.tab = ?3
                   ORDER BY change.n";
        let (kind, key) = Scope::Site(site.bytes()).parts();
        let make = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?));
        let mut written = Vec::new();
        for (body, user, wall_ms) in self.all(sql, (kind, key.as_slice(), registry::ENTRY.id), make)? {
            let body = Body::decode(&body)?;
            let is_figure = body.columns.iter().any(|(column, value)| *column <= 2 && *value != Value::Null);
            let (lot, month) = (body.key.first().and_then(Value::id), body.key.get(1).and_then(Value::int));
            if let (true, Some(lot), Some(month)) = (is_figure, lot, month.and_then(Month::from_index)) {
                written.push(FigureWritten { lot, month, user, wall_ms });
            }
        }
        Ok(written)
    }
}
