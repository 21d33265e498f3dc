//! Finds the heading rows of the tables of a sheet.

use std::collections::BTreeSet;

use super::super::grid::{GridCell, Row, Sheet, Value};
use super::super::values::{month_text, number_text};
use super::columns::{self, Column, When};
use super::line_kind;
use super::period;
use super::title;
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

/// Finds the first heading of a sheet.
pub fn find(sheet: &Sheet) -> Option<Header> {
    let last = sheet.rows.len().min(ROWS_SEARCHED_MAX);
    (0..last).find_map(|first| at_row(sheet, first))
}

/// Finds the next heading from a row on, below the table of another: rows of data may hold words of headings.
pub fn find_below(sheet: &Sheet, above: &Header, from: usize) -> Option<Header> {
    (from..sheet.rows.len()).find_map(|first| {
        let row = sheet.rows.get(first)?;
        let found = at_row(sheet, first)?;
        (!is_data(sheet, above, row) && is_plain(sheet, &found)).then_some(found)
    })
}

fn at_row(sheet: &Sheet, first: usize) -> Option<Header> {
    let levels = levels_at(sheet, first)?;
    (1..=levels).rev().map(|it| read(sheet, first, it)).find(is_table)
}

/// Tells whether a row belongs to the table above: it names a month, or shares a merged cell with other rows.
fn is_data(sheet: &Sheet, above: &Header, row: &Row) -> bool {
    let top = sheet.rows.get(above.end).map_or(u32::MAX, |it| it.number);
    let periods = visible(sheet, row).filter(|it| period::read(it).is_some()).count();
    above.columns.iter().any(|column| match column.word {
        Some(Word::Month) => {
            periods < 3 && row.cell(column.index).is_some_and(|it| period::read(it).is_some())
        }
        Some(Word::Site | Word::Code | Word::Project) => {
            sheet.merge_start(row.number, column.index).is_some_and(|it| (top..row.number).contains(&it))
        }
        _ => false,
    })
}

/// Tells whether a heading holds enough texts that are words of headings and nothing else.
fn is_plain(sheet: &Sheet, header: &Header) -> bool {
    let rows = sheet.rows.get(header.first..header.end).unwrap_or_default();
    rows.iter().any(|row| {
        let cells = visible(sheet, row).count();
        let plain = visible(sheet, row)
            .filter(|it| period::read(it).is_some() || it.text().is_some_and(words::is_plain_heading))
            .count();
        plain >= 2 && plain * 2 >= cells
    })
}

/// Counts the heading rows from a row on, `None` where that row is none.
fn levels_at(sheet: &Sheet, first: usize) -> Option<usize> {
    let heading = |at: usize| sheet.rows.get(at).is_some_and(|row| is_heading_row(sheet, row));
    let follows = |at: usize| matches!((sheet.rows.get(at - 1), sheet.rows.get(at)), (Some(above), Some(row)) if row.number == above.number + 1);
    let top = heading(first)
        || follows(first + 1)
            && heading(first + 1)
            && is_period_row(sheet, sheet.rows.get(first)?, sheet.rows.get(first + 1)?);
    if !top {
        return None;
    }
    let fills = |at: usize| {
        let lower = sheet.rows.get(at);
        let upper = sheet.rows.get(first..at).unwrap_or_default();
        lower.is_some_and(|lower| upper.iter().any(|it| fills_columns(it, lower)))
    };
    let more =
        (first + 1..first + LEVELS_MAX).take_while(|at| follows(*at) && heading(*at) && !fills(*at)).count();
    Some(1 + more)
}

/// Tells whether a row holds a month, a name or a code right below a heading that asks for one.
fn fills_columns(upper: &Row, lower: &Row) -> bool {
    let is_period = |column: u16| lower.cell(column).is_some_and(|it| period::read(it).is_some());
    upper.cells.iter().any(|above| {
        let Some(below) = lower.cell(above.column) else { return false };
        let spans = upper.cell(above.column + 1).is_none() && is_period(above.column + 1);
        match above.text().and_then(words::of_heading) {
            Some(Word::Month) => is_period(above.column) && !spans,
            Some(Word::Site | Word::Code | Word::Project | Word::Contractor) => {
                !is_period(above.column) && !below.text().is_some_and(words::is_plain_heading)
            }
            _ => false,
        }
    })
}

/// Tells whether enough cells of a row are known headings, and none is a figure.
fn is_heading_row(sheet: &Sheet, row: &Row) -> bool {
    // Figures are told apart quickly, headings are not; most rows hold figures.
    if visible(sheet, row).any(is_figure) || visible(sheet, row).any(is_open_label) {
        return false;
    }
    let cells = visible(sheet, row).count();
    let known = visible(sheet, row).filter(|it| is_known(it)).count();
    known >= 2 && (known * 2 >= cells || known >= 3 && known * 3 >= cells)
}

/// Tells whether a row names periods over a heading; a date over a column of names is that of a title.
fn is_period_row(sheet: &Sheet, row: &Row, below: &Row) -> bool {
    let over_names = |cell: &GridCell| {
        let word = below.cell(cell.column).and_then(GridCell::text).and_then(words::of_heading);
        matches!(word, Some(Word::Site | Word::Code | Word::Project | Word::Contractor | Word::Number))
    };
    let periods = || visible(sheet, row).filter(|it| period::read(it).is_some());
    !visible(sheet, row).any(is_figure) && periods().next().is_some() && !periods().any(over_names)
}

fn visible<'a>(sheet: &'a Sheet, row: &'a Row) -> impl Iterator<Item = &'a GridCell> {
    row.cells.iter().filter(|it| !sheet.hidden_columns.contains(&it.column))
}

fn is_figure(cell: &GridCell) -> bool {
    match &cell.value {
        Value::Number(_) => period::read(cell).is_none(),
        Value::Text(text) => {
            number_text::read(text).is_some() && month_text::read_year(text).is_none() || is_error(text)
        }
        Value::Bool(_) | Value::Error(_) => true,
        Value::Date { .. } => false,
    }
}

/// Tells a label that waits for its value, as a title has them: `Année :`.
fn is_open_label(cell: &GridCell) -> bool {
    cell.text().is_some_and(|it| it.trim_end().ends_with(':')) && title::is_label(cell)
}

/// Tells an error value written as text, such as `#REF!`.
fn is_error(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|it| it.len() > 2 && it.starts_with(|it: char| it.is_ascii_uppercase()))
        && !text.contains(' ')
}

fn is_known(cell: &GridCell) -> bool {
    let Some(text) = cell.text() else { return period::read(cell).is_some() };
    let labelled = text.contains([':', '\u{ff1a}']);
    !labelled
        && (period::read(cell).is_some()
            || period::split_before(text).is_some()
            || words::of_heading(text).is_some()
            || line_kind::own_word(text).is_some())
}

fn read(sheet: &Sheet, first: usize, levels: usize) -> Header {
    let rows = sheet.rows.get(first..first + levels).unwrap_or_default();
    let below = sheet.rows.get(first + levels..).unwrap_or_default();
    let sampled = rows.iter().chain(below.iter().take(ROWS_SAMPLED));
    let indexes: BTreeSet<u16> = sampled.flat_map(|it| visible(sheet, it)).map(|it| it.column).collect();
    let mut columns: Vec<Column> =
        indexes.into_iter().map(|index| columns::read(index, &levels_of(sheet, rows, index))).collect();
    columns::settle_named_months(&mut columns);
    columns::settle_month_between(&mut columns);
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
