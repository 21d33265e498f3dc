//! Finds the heading rows of the tables of a sheet.

use std::collections::BTreeSet;

use super::super::grid::{GridCell, Row, Sheet, Value};
use super::super::values::{month_text, number_text};
use super::columns::{self, Column, When};
use super::period;
use super::words::{self, Word};

/// Most rows of a heading.
const LEVELS_MAX: usize = 3;
/// Rows in which the first heading must stand.
const ROWS_SEARCHED_MAX: usize = 500;
/// Rows below a heading that are looked at for columns without a heading.
const ROWS_SAMPLED: usize = 20;

/// The heading of a table; positions are indexes into the rows of the sheet.
#[derive(Clone, Debug)]
pub struct Header {
    pub first: usize,
    /// The first row of data.
    pub end: usize,
    pub columns: Vec<Column>,
}

/// Finds the next heading from a row on; `repeated` looks for one further down, below a table.
pub fn find(sheet: &Sheet, from: usize, repeated: bool) -> Option<Header> {
    let last = if repeated { sheet.rows.len() } else { sheet.rows.len().min(from + ROWS_SEARCHED_MAX) };
    (from..last).find_map(|first| {
        let levels = levels_at(sheet, first)?;
        (1..=levels).rev().map(|it| read(sheet, first, it)).find(is_table)
    })
}

/// Counts the heading rows from a row on, `None` where that row is none.
fn levels_at(sheet: &Sheet, first: usize) -> Option<usize> {
    let heading = |at: usize| sheet.rows.get(at).is_some_and(|row| is_heading_row(sheet, row));
    let follows = |at: usize| matches!((sheet.rows.get(at - 1), sheet.rows.get(at)), (Some(above), Some(row)) if row.number == above.number + 1);
    let top = heading(first)
        || follows(first + 1) && heading(first + 1) && is_period_row(sheet, sheet.rows.get(first)?);
    if !top {
        return None;
    }
    let more = (first + 1..first + LEVELS_MAX).take_while(|at| follows(*at) && heading(*at)).count();
    Some(1 + more)
}

/// Tells whether enough cells of a row are known headings, and none is a figure.
fn is_heading_row(sheet: &Sheet, row: &Row) -> bool {
    // Figures are told apart quickly, headings are not; most rows hold figures.
    if visible(sheet, row).any(is_figure) {
        return false;
    }
    let cells = visible(sheet, row).count();
    let known = visible(sheet, row).filter(|it| is_known(it)).count();
    known >= 2 && (known * 2 >= cells || known >= 3 && known * 3 >= cells)
}

fn is_period_row(sheet: &Sheet, row: &Row) -> bool {
    !visible(sheet, row).any(is_figure) && visible(sheet, row).any(|it| period::read(it).is_some())
}

fn visible<'a>(sheet: &'a Sheet, row: &'a Row) -> impl Iterator<Item = &'a GridCell> {
    row.cells.iter().filter(|it| !sheet.hidden_columns.contains(&it.column))
}

fn is_figure(cell: &GridCell) -> bool {
    match &cell.value {
        Value::Number(_) => period::read(cell).is_none(),
        Value::Text(text) => number_text::read(text).is_some() && month_text::read_year(text).is_none(),
        Value::Bool(_) | Value::Error(_) => true,
        Value::Date { .. } => false,
    }
}

fn is_known(cell: &GridCell) -> bool {
    let Some(text) = cell.text() else { return period::read(cell).is_some() };
    let labelled = text.contains([':', '\u{ff1a}']);
    !labelled
        && (period::read(cell).is_some()
            || period::split_before(text).is_some()
            || words::of_heading(text).is_some())
}

fn read(sheet: &Sheet, first: usize, levels: usize) -> Header {
    let rows = sheet.rows.get(first..first + levels).unwrap_or_default();
    let below = sheet.rows.get(first + levels..).unwrap_or_default();
    let sampled = rows.iter().chain(below.iter().take(ROWS_SAMPLED));
    let indexes: BTreeSet<u16> = sampled.flat_map(|it| visible(sheet, it)).map(|it| it.column).collect();
    let mut columns: Vec<Column> =
        indexes.into_iter().map(|index| columns::read(index, &levels_of(sheet, rows, index))).collect();
    columns::settle_named_months(&mut columns);
    Header { first, end: first + levels, columns }
}

/// Returns the heading cells of a column from top to bottom, merged ones filled in, each once.
fn levels_of<'a>(sheet: &'a Sheet, rows: &'a [Row], index: u16) -> Vec<&'a GridCell> {
    let mut levels: Vec<&GridCell> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let lowest = at + 1 == rows.len();
        let cell = row.cell(index).or_else(|| merged(sheet, row, index)).or_else(|| {
            let own_below = rows.get(at + 1..).unwrap_or_default().iter().any(|it| it.cell(index).is_some());
            if lowest || !own_below || sheet.merges_at(row.number).next().is_some() {
                None
            } else {
                left_of(row, index)
            }
        });
        if let Some(cell) = cell.filter(|cell| !levels.iter().any(|it| std::ptr::eq(*it, *cell))) {
            levels.push(cell);
        }
    }
    levels
}

fn merged<'a>(sheet: &'a Sheet, row: &Row, index: u16) -> Option<&'a GridCell> {
    let merge = sheet.merges_at(row.number).find(|it| (it.first_column..=it.last_column).contains(&index))?;
    sheet.row(merge.first_row)?.cell(merge.first_column)
}

/// Returns the nearest heading to the left, for headings centred over several columns without a merge.
fn left_of(row: &Row, index: u16) -> Option<&GridCell> {
    row.cells.iter().rev().find(|it| it.column < index).filter(|it| {
        let group = it.text().and_then(words::of_heading).is_none_or(|word| {
            matches!(word, Word::Cumulative(_) | Word::Monthly | Word::Ignored | Word::Status)
        });
        group || period::read(it).is_some()
    })
}

/// Tells whether a heading is that of a table of progress.
fn is_table(header: &Header) -> bool {
    let figures = header
        .columns
        .iter()
        .filter(|it| matches!(it.word, Some(Word::Cumulative(_) | Word::Monthly)))
        .count();
    let keyed = header.columns.iter().any(|it| {
        matches!(it.word, Some(Word::Month | Word::Site | Word::Code | Word::Project | Word::Contractor))
    });
    let months_across =
        header.columns.iter().filter(|it| matches!(it.when, When::Month(_) | When::Ordinal(_))).count();
    figures > 0 && (keyed || months_across > 1)
}
