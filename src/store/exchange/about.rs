//! What this file knows of itself beside the log, and the machines of the organisation.

use rusqlite::OptionalExtension;

use crate::store::Store;
use crate::store::apply;
use crate::store::change::ReplicaId;
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::registry::MACHINE;
use crate::store::transact::Tx;
use crate::store::value::Value;

pub(super) const KEEP: &str =
    "INSERT INTO about VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";

impl Reader<'_> {
    /// Returns something that this file knows of itself.
    pub fn about(self, name: &str) -> Result<Option<Value>, StoreError> {
        let mut find = self.0.prepare_cached("SELECT value FROM about WHERE name = ?1")?;
        Ok(find.query_row([name], |row| Ok(Value::from_sql(row.get_ref(0)?))).optional()?)
    }

    /// Returns every machine of the organisation with the columns of its row: name, key, admin, until, archived.
    pub fn machines(self) -> Result<Vec<(ReplicaId, [Value; 5])>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT id FROM machine ORDER BY name, id")?;
        let ids = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut machines = Vec::new();
        for id in ids {
            let key = [Value::Bytes(id.clone())];
            let (Some(row), Ok(replica)) =
                (apply::row(self.0, &MACHINE, &key, &[1, 2, 3, 4, 5])?, id.try_into())
            else {
                continue;
            };
            if let Ok(values) = row.values.try_into() {
                machines.push((replica, values));
            }
        }
        Ok(machines)
    }

    /// Returns the numbers under which machines were said to send the notices.
    pub fn machine_sends(self) -> Result<Vec<(ReplicaId, i64)>, StoreError> {
        let sql = "SELECT id, sends FROM machine WHERE sends IS NOT NULL AND length(id) = 8";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}

impl Store {
    /// Keeps something that this file knows of itself.
    pub fn keep_about(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        self.check_place()?;
        self.connection.execute(KEEP, (name, value))?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Keeps something that this file knows of itself.
    pub fn keep_about(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        self.connection().prepare_cached(KEEP)?.execute((name, value))?;
        Ok(())
    }
}
