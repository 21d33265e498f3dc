//! Guard triggers: a program that does not know this file's function cannot write into it.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::error::StoreError;
use crate::model::problem::Problem;

/// The name says to a stranger's program what is wrong: its error message quotes it.
const FUNCTION: &str = "written_only_by_the_chantier_program";

/// Registers the function that the guard triggers call.
pub fn admit(connection: &Connection) -> Result<(), StoreError> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(FUNCTION, 0, flags, |_| Ok(1))?;
    Ok(())
}

/// Refuses a file to which another program added a trigger or a view: it could undo what is written.
pub fn verify(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, table, found): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if !VERBS.iter().any(|verb| found == trigger(&table, verb)) {
            return Err(Problem::new("store-altered").with("name", name).into());
        }
    }
    Ok(())
}

const VERBS: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

/// Writes a guard as `SQLite` keeps it.
fn trigger(table: &str, verb: &str) -> String {
    let name = format!("guard_{table}_{}", verb.to_lowercase());
    format!("CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT {FUNCTION}(); END")
}

/// Puts a guard on every table that has none.
pub fn install(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for table in tables {
        for verb in VERBS {
            let name = format!("guard_{table}_{}", verb.to_lowercase());
            let known = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")?.exists([name])?;
            if !known {
                connection.execute_batch(&trigger(&table, verb))?;
            }
        }
    }
    Ok(())
}
