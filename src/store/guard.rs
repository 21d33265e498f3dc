//! Guard triggers: a program that does not know this file's function cannot write into it.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::error::StoreError;

/// The name says to a stranger's program what is wrong: its error message quotes it.
const FUNCTION: &str = "written_only_by_the_chantier_program";

/// Registers the function that the guard triggers call.
pub fn admit(connection: &Connection) -> Result<(), StoreError> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(FUNCTION, 0, flags, |_| Ok(1))?;
    Ok(())
}

/// Puts a guard on every table that has none.
pub fn install(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for table in tables {
        for verb in ["INSERT", "UPDATE", "DELETE"] {
            let name = format!("guard_{table}_{}", verb.to_lowercase());
            connection.execute_batch(&format!(
                "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} BEGIN SELECT {FUNCTION}(); END"
            ))?;
        }
    }
    Ok(())
}
