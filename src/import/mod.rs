//! Reads workbooks and text tables into records, in a fenced child process.
//!
//! [`read_fenced`] opens the file and starts the child, [`serve_child`] is the child, [`parse`] is what it runs:
//! `formats` turns bytes into sparse grids, `layout` finds the tables in them, `values` reads single cells.

mod child;
mod fence;
mod formats;
mod grid;
mod hints;
mod layout;
mod reading;
mod records;
mod values;

pub use child::serve_child;
pub use fence::read_fenced;
pub use hints::{Hints, Unit};
pub use reading::{Cell, EntryRecord, LineRecord, Question, Reading, Remark, RemarkKind, SiteRecord};

use crate::model::problem::Problem;
use crate::model::text::show;

/// Reads the bytes of a workbook or text table in this process; the file name tells months and bad names.
///
/// Only for files that are trusted or small: hostile ones belong behind [`read_fenced`].
pub fn parse(bytes: &[u8], file_name: &str, hints: &Hints) -> Result<Reading, Problem> {
    let named = |problem: Problem| problem.with("file", show(file_name));
    let sheets = formats::read(bytes, file_name).map_err(named)?;
    let hash = blake3::hash(bytes).to_hex().to_string();
    layout::read(&sheets, file_name, hash, hints).map_err(named)
}
