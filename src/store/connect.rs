//! Opens database files: every PRAGMA, every refusal, in one place.

use std::fs::OpenOptions;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::error::StoreError;
use super::{guard, migrate};
use crate::model::problem::Problem;

/// `CHTR`, in the header of every database of this program.
const APPLICATION_ID: i32 = 0x4348_5452;
/// Older versions can damage a file that several processes write.
const SQLITE_VERSION_MIN: i32 = 3_051_003;
/// The header of a database; a shorter file that is not empty is something else.
const SMALLEST_BYTES: u64 = 100;
const BUSY_SECONDS: u64 = 30;
const VALUE_BYTES_MAX: i32 = 16 << 20;

/// Opens an existing database.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    let shown = || path.display().to_string();
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Problem::new("store-missing").with("path", shown()).into());
        }
        Err(error) => {
            return Err(Problem::new("store-unreadable").with("path", shown()).with("error", error).into());
        }
        Ok(found) => refuse_odd_files(path, &found)?,
    }
    connect(path)
}

/// Opens a database, creating the file and its folder where they are missing.
pub fn create(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        let failed =
            |error| Problem::new("store-cannot-create").with("path", path.display()).with("error", error);
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
        }
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map_err(failed)?;
    }
    open(path)
}

/// Opens an empty database in memory, for comparing and for tests.
pub fn in_memory() -> Result<Connection, StoreError> {
    #[expect(clippy::disallowed_methods, reason = "this is the place that opens databases")]
    let mut connection = Connection::open_in_memory()?;
    guard::admit(&connection)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
    migrate::migrate(&mut connection, None)?;
    Ok(connection)
}

fn refuse_odd_files(path: &Path, found: &std::fs::Metadata) -> Result<(), StoreError> {
    let problem = |key: &str| StoreError::from(Problem::new(key).with("path", path.display()));
    let kind = found.file_type();
    if found.is_dir() || kind.is_fifo() || kind.is_char_device() || kind.is_block_device() || kind.is_socket()
    {
        return Err(problem("store-not-a-file"));
    }
    if (1..SMALLEST_BYTES).contains(&found.len()) {
        return Err(problem("store-foreign"));
    }
    if found.nlink() > 1 {
        return Err(problem("store-hard-linked"));
    }
    if path.canonicalize().is_ok_and(|it| is_remote(&it)) {
        return Err(problem("store-remote"));
    }
    Ok(())
}

/// Tells whether a file lies where locks or fsync cannot be trusted: NFS, SMB, 9p, FAT, exFAT.
fn is_remote(path: &Path) -> bool {
    const MAGIC: &[i64] = &[0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x517B, 0x0102_1997, 0x4D44, 0x2011_BAB0];
    #[expect(clippy::unnecessary_cast, reason = "the width differs between platforms")]
    rustix::fs::statfs(path).is_ok_and(|it| MAGIC.contains(&(it.f_type as i64)))
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE_VERSION_MIN {
        return Err(Problem::new("store-old-sqlite").with("found", rusqlite::version()).into());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    check_owner(&connection)?;
    settings(&connection)?;
    guard::admit(&connection)?;
    migrate::migrate(&mut connection, Some(path))?;
    guard::verify(&connection)?;
    Ok(connection)
}

/// Refuses databases of other programs; marks a new one.
fn check_owner(connection: &Connection) -> Result<(), StoreError> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if owner == APPLICATION_ID && version >= 0 && (version > 0 || tables == 0) {
        return Ok(());
    }
    if owner != 0 || tables > 0 {
        return Err(Problem::new("store-foreign").into());
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

fn settings(connection: &Connection) -> Result<(), StoreError> {
    let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if journal != "wal" {
        connection.pragma_update(None, "journal_mode", "wal")?;
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8000;",
    )?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without this, statements are prepared again for every new value of a parameter.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &Path) -> String {
        open(path).unwrap_err().problem().key
    }

    #[test]
    fn odd_files_are_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        assert_eq!(refusal(&place("none")), "store-missing");
        assert_eq!(refusal(folder.path()), "store-not-a-file");
        assert_eq!(refusal(Path::new("/dev/zero")), "store-not-a-file");
        std::fs::write(
            place("text"),
            "Bonjour, ceci n'est pas une base de données, mais un texte assez long.",
        )
        .unwrap();
        assert_eq!(refusal(&place("text")), "store-foreign");
        create(&place("base")).unwrap();
        std::fs::hard_link(place("base"), place("twin")).unwrap();
        assert_eq!(refusal(&place("twin")), "store-hard-linked");
    }

    #[test]
    fn only_the_owner_reads_a_new_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/base.chantier");
        create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn another_program_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("base.chantier");
        drop(create(&path).unwrap());
        let stranger = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        for sql in
            ["INSERT INTO lot (id) VALUES (x'00')", "DELETE FROM change", "UPDATE entry SET cumulative = 1"]
        {
            let refused = stranger.execute_batch(sql).unwrap_err().to_string();
            assert!(refused.contains("written_only_by_the_chantier_program"), "{refused}");
        }
    }

    #[test]
    fn saved_means_saved() {
        let folder = tempfile::tempdir().unwrap();
        let connection = create(&folder.path().join("base.chantier")).unwrap();
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!((pragma("synchronous"), pragma("foreign_keys"), pragma("trusted_schema")), (2, 1, 0));
        assert!(rusqlite::version_number() >= SQLITE_VERSION_MIN);
    }
}
