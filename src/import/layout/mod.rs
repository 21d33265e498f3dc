//! Finds the tables of the sheets and reads them; the layouts differ only in what their columns say.

mod between;
mod blocks;
mod columns;
mod dictionary;
mod figures;
mod header;
mod identity;
mod labels;
mod line_kind;
mod months;
mod period;
mod row_kind;
mod row_months;
mod rows;
mod series;
mod sheet_years;
mod slots;
mod table;
mod title;
mod units;
mod words;

use super::grid::Sheet;
use super::hints::Hints;
use super::reading::{Reading, RemarkKind};
use super::records::Records;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};

/// Reads the tables of all visible sheets.
pub fn read(sheets: &[Sheet], file_name: &str, hash: String, hints: &Hints) -> Result<Reading, Problem> {
    let mut records = Records::default();
    let years = sheet_years::read(sheets, hints);
    let mut tables = 0;
    for (sheet, index) in sheets.iter().zip(0_u16..) {
        let said = |key: &str| Problem::new(key).with("sheet", clean_line(&sheet.name, NAME_CHARS_MAX));
        if sheet.hidden {
            records.remark_row(RemarkKind::Note, index, 0, said("import-hidden-sheet"));
            continue;
        }
        let year = years.get(&index).copied().or(hints.year);
        let hints = Hints { year, ..hints.clone() };
        let found = blocks::read(sheet, index, file_name, &hints, &mut records);
        if found == 0 && sheets.len() > 1 && !sheet.rows.is_empty() {
            records.remark_row(RemarkKind::Note, index, 0, said("import-sheet-without-table"));
        }
        tables += found;
    }
    if tables == 0 || records.is_empty() {
        return Err(Problem::new("import-no-table"));
    }
    let names = sheets.iter().map(|it| clean_line(&it.name, NAME_CHARS_MAX)).collect();
    Ok(records.finish(hash, clean_line(file_name, NAME_CHARS_MAX), names))
}
