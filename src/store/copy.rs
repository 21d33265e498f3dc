//! Copies the database into another file, and proves the copy.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::Store;
use super::change::Hash;
use super::error::StoreError;
use crate::model::problem::Problem;

/// The last op of a log: its number and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastOp {
    n: i64,
    hash: Hash,
}

impl Store {
    /// Returns the file of this database; `None` in memory.
    pub fn path(&self) -> Option<PathBuf> {
        self.connection.path().filter(|it| !it.is_empty()).map(PathBuf::from)
    }

    /// Returns the last op, to look for it in a copy.
    pub fn last_op_mark(&self) -> Result<Option<LastOp>, StoreError> {
        let sql = "SELECT n, hash FROM op ORDER BY n DESC LIMIT 1";
        let make = |row: &rusqlite::Row<'_>| Ok(LastOp { n: row.get(0)?, hash: row.get(1)? });
        Ok(self.connection.query_row(sql, [], make).optional()?)
    }

    /// Writes everything into a file that is empty, while others may go on writing here.
    pub fn copy_into(&self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_str().ok_or_else(|| Problem::new("path-not-text").with("path", path.display()))?;
        self.connection.execute("VACUUM INTO ?1", [name])?;
        let copy = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        super::guard::admit(&copy)?;
        super::exchange::identity::unsettle(&copy)
    }
}

/// Reads a copy from its file: its pages, and that it holds the op `last`.
pub fn verify(path: &Path, last: Option<LastOp>) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)?;
    let found: String = copy.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if found != "ok" {
        return Err(Problem::new("file-damaged").with("text", found).into());
    }
    if let Some(last) = last {
        let hash: Option<Hash> =
            copy.query_row("SELECT hash FROM op WHERE n = ?1", [last.n], |row| row.get(0)).optional()?;
        if hash != Some(last.hash) {
            return Err(Problem::new("backup-incomplete").into());
        }
    }
    Ok(())
}
