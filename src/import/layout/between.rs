//! Tells what stands between two headings of a sheet: a new title, or the same table going on.

use std::ops::Range;

use super::super::grid::{Row, Sheet};
use super::super::values::figure::{self, Scanned};
use super::columns::Column;
use super::header::Header;
use super::period;
use super::row_kind;
use super::title::{self, Title};
use super::words::Word;
use crate::model::text::fold;

/// A heading that comes back inside a table, after a page break or below a band.
#[derive(Clone, Debug)]
pub struct Break {
    /// Rows of the heading, as indexes into the rows of the sheet.
    pub rows: Range<usize>,
    /// The project that the lines above it name; may be empty.
    pub project: String,
}

/// Returns where the title of the next table begins: after the last row of data above its heading.
pub fn title_start(sheet: &Sheet, above: &Header, from: usize, heading: usize) -> usize {
    let rows = sheet.rows.get(from..heading).unwrap_or_default();
    rows.iter().rposition(|it| is_data(above, it)).map_or(from, |it| from + it + 1)
}

/// Takes a heading that repeats the one of the table above, where no other site or month stands between.
pub fn repeated(sheet: &Sheet, above: &Header, title: &Title, from: usize, next: &Header) -> Option<Break> {
    if !same_columns(&above.columns, &next.columns) {
        return None;
    }
    let start = title_start(sheet, above, from, next.first);
    let between = title::read(sheet.rows.get(start..next.first).unwrap_or_default());
    let same_month = between.situation.is_none() || between.situation == title.situation;
    let same_site = between.site.is_empty() && between.code.is_empty() && between.start.is_none();
    (same_month && same_site).then_some(Break { rows: next.first..next.end, project: between.project })
}

fn same_columns(above: &[Column], next: &[Column]) -> bool {
    let headed = |columns: &[Column]| {
        let headed = columns.iter().filter(|it| !it.heading.is_empty() || it.word.is_some());
        headed.map(|it| (it.index, it.word, it.when, fold(&it.heading))).collect::<Vec<_>>()
    };
    headed(above) == headed(next)
}

/// Tells whether a row belongs to the table above.
fn is_data(above: &Header, row: &Row) -> bool {
    let filled = |column: &Column| {
        let Some(cell) = row.cell(column.index) else { return false };
        match column.word {
            Some(Word::Month) => period::read(cell).is_some(),
            Some(Word::Cumulative(_) | Word::Monthly) => {
                matches!(figure::scan(Some(cell)), Scanned::Number(_))
            }
            _ => false,
        }
    };
    let unlabelled = || !row.cells.iter().any(title::is_label);
    row_kind::is_total(row) || above.columns.iter().any(filled) || row.cells.len() > 2 && unlabelled()
}
