//! What can be wrong after a merge although everyone wrote rightly: counted, for a person.

use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::store::error::StoreError;
use crate::store::read::Reader;

/// Tables of which rows are made empty when something that points to them arrives first.
const PARENTS: [&str; 4] = ["project", "site", "lot", "contractor"];

impl Reader<'_> {
    /// Counts the rows that something points to and of which nothing else has arrived.
    pub fn not_received(self) -> Result<u64, StoreError> {
        let mut count = 0;
        for table in PARENTS {
            let sql = format!("SELECT count(*) FROM {table} WHERE h IS NULL");
            count += self.0.query_row(&sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs();
        }
        Ok(count)
    }

    /// Counts lots without site and sites without project: they are on no list.
    pub fn out_of_place(self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM lot WHERE site IS NULL AND h IS NOT NULL)
                        + (SELECT count(*) FROM site WHERE project IS NULL AND h IS NOT NULL)";
        Ok(self.0.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Returns lots and months with a cumulative progress under 0 or over 100 %: it cannot be typed, only arrive.
    pub fn out_of_limits(self) -> Result<Vec<(Id<Lot>, Month)>, StoreError> {
        let sql = "SELECT lot, month FROM entry WHERE cumulative NOT BETWEEN 0 AND 10000 ORDER BY lot, month";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let read = |(lot, month)| Some((Id::from_bytes(lot), Month::from_index(month)?));
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
