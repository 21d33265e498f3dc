//! Reads sign-offs and derogations.

use rusqlite::Row;

use super::{Reader, id, or_default};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::sign_off::{Derogation, SignForm, SignLevel, SignOff};
use crate::store::error::StoreError;

impl Reader<'_> {
    /// Returns the sign-offs of a project, oldest first.
    pub fn sign_offs(self, project: Id<Project>) -> Result<Vec<SignOff>, StoreError> {
        let sql = "SELECT * FROM sign_off WHERE archived IS NOT 1 AND project = ?1 ORDER BY month, id";
        Ok(self.all(sql, [project.bytes().as_slice()], sign_off)?.into_iter().flatten().collect())
    }

    /// Tells whether there are sign-offs: in a project, or at all.
    pub fn has_sign_offs(self, project: Option<Id<Project>>) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM sign_off WHERE archived IS NOT 1 AND (?1 IS NULL OR project = ?1)";
        Ok(self.0.prepare_cached(sql)?.exists([project.map(|it| it.bytes().to_vec())])?)
    }

    /// Returns the derogations of a project, oldest first.
    pub fn derogations(self, project: Id<Project>) -> Result<Vec<Derogation>, StoreError> {
        let sql = "SELECT * FROM derogation WHERE archived IS NOT 1 AND project = ?1 ORDER BY month, id";
        Ok(self.all(sql, [project.bytes().as_slice()], derogation)?.into_iter().flatten().collect())
    }
}

/// A row of which something is not here yet, or of a newer program, is left out.
fn sign_off(row: &Row<'_>) -> rusqlite::Result<Option<SignOff>> {
    let month = row.get::<_, Option<i64>>("month")?.and_then(Month::from_index);
    let level = SignLevel::from_word(&or_default::<String>(row, "level")?);
    let form = SignForm::from_word(&or_default::<String>(row, "form")?);
    let hash: Option<Vec<u8>> = row.get("hash")?;
    let hash = hash.and_then(|it| it.try_into().ok());
    let (Some(month), Some(level), Some(form), Some(hash)) = (month, level, form, hash) else {
        return Ok(None);
    };
    Ok(Some(SignOff {
        id: id(row, "id")?,
        project: id(row, "project")?,
        month,
        level,
        hash,
        form,
        signature: or_default(row, "signature")?,
        signer: or_default(row, "signer")?,
        key: or_default(row, "key")?,
        comment: or_default(row, "comment")?,
    }))
}

fn derogation(row: &Row<'_>) -> rusqlite::Result<Option<Derogation>> {
    let Some(month) = row.get::<_, Option<i64>>("month")?.and_then(Month::from_index) else {
        return Ok(None);
    };
    Ok(Some(Derogation {
        id: id(row, "id")?,
        project: id(row, "project")?,
        month,
        reason: or_default(row, "reason")?,
        until: or_default(row, "until")?,
    }))
}
