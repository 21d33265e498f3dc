//! Saves a verified copy of the database: whole or not at all, never over another file.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::failure::Failure;
use super::session::Session;
use crate::model::problem::Problem;
use crate::store::copy;
use crate::store::error::StoreError;

/// The folder beside the database in which copies lie.
const FOLDER: &str = "copies";
/// The name of a copy without its end: the instant in UTC.
const NAME: &str = "chantier-%Y%m%d-%H%M%S";
const END: &str = ".db";

/// Saves a copy: as `target`, in the folder `target`, or in the folder of copies beside the database. Returns where.
pub fn backup(session: &Session, target: Option<&Path>) -> Result<PathBuf, Failure> {
    let database = session.store.path().ok_or_else(|| Problem::new("backup-nowhere"))?;
    let own_name = format!("{}{END}", session.now.format(NAME));
    let path = match target {
        Some(folder) if folder.is_dir() => folder.join(own_name),
        Some(file) => file.to_path_buf(),
        None => folder_of_copies(&database)?.join(own_name),
    };
    if fs::symlink_metadata(&path).is_ok() {
        return Err(Problem::new("backup-exists").with("path", path.display()).into());
    }
    let part = Part::create(&path)?;
    part.fill(session).map_err(|error| explained(&error, &path))?;
    part.rename(&path)?;
    Ok(path)
}

/// Returns the instant of the newest copy beside a database.
pub fn last_backup(database: &Path) -> Option<DateTime<Utc>> {
    let folder = fs::read_dir(database.parent()?.join(FOLDER)).ok()?;
    folder.filter_map(|it| instant_of(it.ok()?.file_name().to_str()?)).max()
}

/// Reads the instant from the name of a copy.
fn instant_of(name: &str) -> Option<DateTime<Utc>> {
    let stem = name.strip_suffix(END)?;
    NaiveDateTime::parse_from_str(stem, NAME).ok().map(|it| it.and_utc())
}

fn folder_of_copies(database: &Path) -> Result<PathBuf, Failure> {
    let folder = database.parent().unwrap_or_else(|| Path::new("")).join(FOLDER);
    let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    made.map_err(|error| failed(&folder, error))?;
    Ok(folder)
}

fn failed(path: &Path, error: impl std::fmt::Display) -> Failure {
    Problem::new("backup-failed").with("path", path.display()).with("error", error).into()
}

fn explained(error: &StoreError, path: &Path) -> Failure {
    let problem = error.problem();
    match problem.key.as_str() {
        "store-full" => Problem::new("backup-full").with("path", path.display()).into(),
        "store-io" | "store-cannot-open" | "store-refused" => failed(path, error),
        _ => problem.into(),
    }
}

/// A copy in the making: it goes when it does not become whole.
struct Part(PathBuf);

impl Part {
    fn create(path: &Path) -> Result<Self, Failure> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part) {
            Ok(_) => Ok(Self(part)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Problem::new("backup-exists").with("path", part.display()).into())
            }
            Err(error) => Err(failed(path, error)),
        }
    }

    /// Copies, sees that it reads and that the last op is in it, and makes it last.
    fn fill(&self, session: &Session) -> Result<(), StoreError> {
        let last = session.store.last_op_mark()?;
        session.store.copy_into(&self.0)?;
        copy::verify(&self.0, last)?;
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }

    /// Gives the copy its name, unless somebody took it meanwhile.
    fn rename(self, path: &Path) -> Result<(), Failure> {
        match renameat_with(CWD, &self.0, CWD, path, RenameFlags::NOREPLACE) {
            Ok(()) => {}
            Err(rustix::io::Errno::EXIST) => {
                return Err(Problem::new("backup-exists").with("path", path.display()).into());
            }
            // Not every file system knows how to refuse: the look before has to do.
            Err(_) if path.exists() => {
                return Err(Problem::new("backup-exists").with("path", path.display()).into());
            }
            Err(_) => fs::rename(&self.0, path).map_err(|error| failed(path, error))?,
        }
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            // A folder that cannot be synchronised costs certainty about its name only, not the copy.
            let _ = File::open(folder).and_then(|it| it.sync_all());
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_copy_says_when() {
        let instant = instant_of("chantier-20260406-140000.db").unwrap();
        assert_eq!(instant.to_rfc3339(), "2026-04-06T14:00:00+00:00");
        for other in ["chantier-20260406-140000.db.part", "chantier-20261306-140000.db", "notes.db", ""] {
            assert_eq!(instant_of(other), None, "{other}");
        }
    }
}
