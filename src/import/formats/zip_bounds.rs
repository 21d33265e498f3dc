//! Looks at the table of contents of a zipped workbook before anything is unpacked.

use std::io::Cursor;

use zip::ZipArchive;

use crate::model::problem::Problem;

/// Most parts of a workbook.
const PARTS_MAX: usize = 10_000;
/// Most bytes of a workbook once unpacked, as its table of contents states them.
const UNPACKED_BYTES_MAX: u64 = 400 * 1024 * 1024;

/// The kinds of zipped workbooks that are read.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Ods,
}

/// Tells the kind of an archive and refuses one that is too large inside.
pub fn check(bytes: &[u8]) -> Result<Kind, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::new("import-damaged"))?;
    if archive.len() > PARTS_MAX {
        return Err(Problem::new("import-too-large-inside"));
    }
    let mut unpacked_bytes = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| Problem::new("import-damaged"))?;
        unpacked_bytes = unpacked_bytes.saturating_add(part.size());
    }
    if unpacked_bytes > UNPACKED_BYTES_MAX {
        return Err(Problem::new("import-too-large-inside"));
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("content.xml") && has("META-INF/manifest.xml") {
        Ok(Kind::Ods)
    } else if has("xl/workbook.bin") {
        Err(Problem::new("import-binary-workbook"))
    } else if has("[Content_Types].xml") || has("xl/workbook.xml") {
        Ok(Kind::Xlsx)
    } else {
        Err(Problem::new("import-unknown-format"))
    }
}
