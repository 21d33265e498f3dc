//! What can go wrong with the database, each with a sentence.

use rusqlite::ErrorCode;

use crate::model::problem::Problem;

/// `SQLITE_IOERR_SHMSIZE`.
const SHM_WITHOUT_ROOM: i32 = 4874;

/// A failure of the store. Nothing was written unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `SQLite` refused.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file could not be used.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A record of the change log is not what it should be.
    #[error("the change log does not read: {0}")]
    Log(#[from] minicbor::decode::Error),
    /// Anything else, with its sentence.
    #[error("{0}")]
    Problem(#[from] Problem),
}

impl StoreError {
    /// Returns the sentence for a person.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Io(error) => Problem::new("store-io").with("error", error),
            Self::Log(error) => Problem::new("store-damaged").with("error", error),
            // The index of the log is the first thing that finds no room on a full disk.
            Self::Sqlite(error)
                if error.sqlite_error().is_some_and(|it| it.extended_code == SHM_WITHOUT_ROOM) =>
            {
                Problem::new("store-full")
            }
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::new("store-busy"),
                Some(ErrorCode::DiskFull) => Problem::new("store-full"),
                Some(ErrorCode::ReadOnly) => Problem::new("store-read-only"),
                Some(ErrorCode::DatabaseCorrupt) => Problem::new("store-damaged").with("error", error),
                Some(ErrorCode::NotADatabase) => Problem::new("store-foreign"),
                Some(ErrorCode::CannotOpen) => Problem::new("store-cannot-open"),
                Some(ErrorCode::SystemIoFailure) => Problem::new("store-io").with("error", error),
                _ => Problem::new("store-refused").with("error", error),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_without_room_for_the_index_of_the_log_is_full() {
        let error = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        assert_eq!(StoreError::from(error(SHM_WITHOUT_ROOM)).problem().key, "store-full");
        assert_eq!(StoreError::from(error(rusqlite::ffi::SQLITE_IOERR)).problem().key, "store-io");
    }
}
