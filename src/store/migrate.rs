//! Brings a database to the schema of this program; refuses newer ones in words.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::guard;
use crate::model::problem::Problem;

/// All migrations; the place of each, from 1, is the schema version that it makes.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_follow_up.sql"),
    include_str!("../../migrations/0002_exchange.sql"),
    include_str!("../../migrations/0003_notices.sql"),
];

/// Applies what is missing, after a copy of the file when it already holds data.
pub fn migrate(connection: &mut Connection, path: Option<&Path>) -> Result<(), StoreError> {
    migrate_with(connection, path, MIGRATIONS)
}

fn migrate_with(connection: &mut Connection, path: Option<&Path>, steps: &[&str]) -> Result<(), StoreError> {
    let version = schema_version(connection)?;
    if version > steps.len() {
        let known = steps.len();
        return Err(Problem::new("store-too-new").with("found", version).with("known", known).into());
    }
    if version == steps.len() {
        return Ok(());
    }
    if let (Some(path), true) = (path, version > 0) {
        copy_before_upgrade(connection, path, version)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have upgraded while this one waited for the lock.
    let version = schema_version(&transaction)?;
    for step in steps.iter().skip(version) {
        transaction.execute_batch(step)?;
    }
    // What did not fit the tables of an older program may fit now.
    transaction.execute_batch("UPDATE held SET reason = 'missing' WHERE reason = 'misfit'")?;
    guard::install(&transaction)?;
    transaction.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}

fn schema_version(connection: &Connection) -> Result<usize, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

fn copy_before_upgrade(connection: &Connection, path: &Path, version: usize) -> Result<PathBuf, StoreError> {
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-upgrade-from-{version}"));
    let copy = PathBuf::from(copy);
    if !copy.exists() {
        connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::connect;

    #[test]
    fn an_upgrade_keeps_a_copy_and_a_newer_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("base.chantier");
        let mut connection = connect::create(&path).unwrap();
        let second = "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO about VALUES ('upgraded', 1);";
        let steps = [MIGRATIONS, &[second]].concat();
        let held =
            "INSERT INTO held (scope_kind, scope_key, replica, lo, hi, signature, payload, source, reason)
                    VALUES (3, x'03', x'01', 1, 1, x'', x'', 0, 'misfit')";
        connection.execute_batch(held).unwrap();
        migrate_with(&mut connection, Some(&path), &steps).unwrap();
        let reason: String = connection.query_row("SELECT reason FROM held", [], |row| row.get(0)).unwrap();
        assert_eq!(reason, "missing", "what did not fit is tried again");
        assert_eq!(schema_version(&connection).unwrap(), steps.len());
        let copy = folder.path().join(format!("base.chantier.before-upgrade-from-{}", MIGRATIONS.len()));
        assert!(copy.exists());
        migrate_with(&mut connection, Some(&path), &steps).unwrap();

        let refused = migrate(&mut connection, Some(&path)).unwrap_err().problem();
        assert_eq!(refused.key, "store-too-new");
    }

    #[test]
    fn a_failing_step_leaves_the_old_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("base.chantier");
        let mut connection = connect::create(&path).unwrap();
        let steps = [MIGRATIONS, &["CREATE TABLE later (x INTEGER); CREATE TABLE entry (y);"]].concat();
        assert!(migrate_with(&mut connection, Some(&path), &steps).is_err());
        assert_eq!(schema_version(&connection).unwrap(), MIGRATIONS.len());
        assert!(connection.prepare("SELECT * FROM later").is_err());
    }
}
