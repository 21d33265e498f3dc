//! Opens .ods workbooks and hands their content to the reader.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::super::grid::Sheet;
use super::ods_content;
use crate::model::problem::Problem;

/// Most bytes read of the list of parts.
const MANIFEST_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Reads every table of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    let damaged = || Problem::new("import-damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut manifest = Vec::new();
    let part = archive.by_name("META-INF/manifest.xml").map_err(|_| damaged())?;
    part.take(MANIFEST_BYTES_MAX).read_to_end(&mut manifest).map_err(|_| damaged())?;
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(Problem::new("import-encrypted"));
    }
    let content = archive.by_name("content.xml").map_err(|_| damaged())?;
    ods_content::read(BufReader::new(content))
}
