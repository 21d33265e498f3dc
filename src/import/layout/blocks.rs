//! Walks a sheet table by table: the lines above each, its heading, its rows.

use std::borrow::Cow;

use super::super::grid::Sheet;
use super::super::hints::Hints;
use super::super::reading::{Cell, RemarkKind};
use super::super::records::Records;
use super::super::values::month_text;
use super::between::{self, Break};
use super::columns::{self, Column};
use super::header::{self, Header};
use super::months::{self, Anchor};
use super::rows;
use super::sheet_years;
use super::slots::{self, Slots};
use super::table::Table;
use super::title::{self, Title};
use super::words::Word;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};

/// Names of sheets that name nothing.
const PLAIN_SHEET_NAMES: [&str; 5] = ["feuil", "feuille", "sheet", "tableau", "table"];

/// Reads the tables of a sheet; returns how many there are.
pub fn read(sheet: &Sheet, sheet_index: u16, file_name: &str, hints: &Hints, records: &mut Records) -> usize {
    let mut header = header::find(sheet);
    let mut title_from = 0;
    let mut above = Title::default();
    let mut tables = 0;
    while let Some(found) = header {
        let mut title = title::read(sheet.rows.get(title_from..found.first).unwrap_or_default());
        title.inherit(&above);
        let mut breaks: Vec<Break> = Vec::new();
        let mut from = found.end;
        let mut next = below(sheet, &found, from);
        while let Some(again) =
            next.as_ref().and_then(|it| between::repeated(sheet, &found, &title, from, it))
        {
            from = again.rows.end;
            breaks.push(again);
            next = below(sheet, &found, from);
        }
        let end = next.as_ref().map_or(sheet.rows.len(), |it| it.first);
        say_hidden_columns(sheet, sheet_index, &found, records);
        let sides = sides(&found.columns);
        for (at, side) in sides.iter().enumerate() {
            let first = if at == 0 { 0 } else { first_column(side) };
            let last = sides.get(at + 1).map_or(u16::MAX, |it| first_column(it));
            let cut = if sides.len() > 1 { Cow::Owned(sheet.cut(first..last)) } else { Cow::Borrowed(sheet) };
            let rows = found.end..end;
            let place = Place { sheet: &cut, sheet_index, breaks: &breaks, rows };
            let above = cut.rows.get(title_from..found.first).unwrap_or_default();
            let mut own = if sides.len() > 1 { title::read(above) } else { title.clone() };
            own.inherit(&title);
            read_side(&place, side.clone(), own, file_name, hints, records);
            tables += 1;
        }
        title_from = between::title_start(sheet, &found, from, end);
        above = title;
        header = next;
    }
    tables
}

/// Finds the next heading below a table that holds at least one row.
fn below(sheet: &Sheet, found: &Header, from: usize) -> Option<Header> {
    header::find_below(sheet, found, from).filter(|it| it.first > found.end)
}

fn first_column(side: &[Column]) -> u16 {
    side.first().map_or(0, |it| it.index)
}

/// Where one table stands on its sheet.
struct Place<'a> {
    sheet: &'a Sheet,
    sheet_index: u16,
    breaks: &'a [Break],
    rows: std::ops::Range<usize>,
}

/// Cuts a heading in which the column of months comes back: two tables side by side.
fn sides(columns: &[Column]) -> Vec<Vec<Column>> {
    let listed = columns.iter().any(|it| matches!(it.word, Some(Word::Site | Word::Code | Word::Project)));
    let mut sides: Vec<Vec<Column>> = vec![Vec::new()];
    for column in columns {
        let again = !listed
            && column.word == Some(Word::Month)
            && sides.last().is_some_and(|it| it.iter().any(|known| known.word == Some(Word::Month)));
        if again {
            sides.push(Vec::new());
        }
        if let Some(side) = sides.last_mut() {
            side.push(column.clone());
        }
    }
    sides
}

fn read_side(
    place: &Place<'_>,
    mut columns: Vec<Column>,
    mut title: Title,
    file_name: &str,
    hints: &Hints,
    records: &mut Records,
) {
    let sheet = place.sheet;
    if let Err(rivals) = columns::settle_cumulatives(&mut columns) {
        let show = |it: &str| clean_line(it, NAME_CHARS_MAX);
        let problem = Problem::new("import-ask-cumulative")
            .with("sheet", show(&sheet.name))
            .with("first", show(&rivals.first))
            .with("second", show(&rivals.second));
        records.ask(problem);
        return;
    }
    say_refused(place, &mut title, records);
    let slots = slots::group(&columns);
    name_single_site(place, &columns, &mut title, records);
    let Some((situation, months_across)) = times(place, &slots, &title, file_name, hints, records) else {
        return;
    };
    let table = Table {
        sheet,
        sheet_index: place.sheet_index,
        columns: &columns,
        slots: &slots,
        title: &title,
        rows: place.rows.clone(),
        breaks: place.breaks,
        situation,
        months_across,
        hints,
    };
    rows::read(&table, records);
}

/// Returns the month of the situation and the months across; `None` where one must be asked.
fn times(
    place: &Place<'_>,
    slots: &Slots,
    title: &Title,
    file_name: &str,
    hints: &Hints,
    records: &mut Records,
) -> Option<(Option<Month>, Vec<Month>)> {
    let situation = title.situation.or_else(|| {
        let year = title.year.or(hints.year);
        let named = |text: &str| {
            let token = month_text::find_name(text)?;
            Month::new(month_text::find_year(text).or(year)?, token.number)
        };
        let sheet = place.sheet.name.as_str();
        month_text::find(sheet)
            .or_else(|| named(sheet))
            .or_else(|| month_text::find(file_name))
            .or_else(|| named(file_name))
    });
    if slots.needs_situation() && situation.is_none() {
        if sheet_years::bare_month(&place.sheet.name).is_some() {
            records.ask(Problem::new("import-ask-year"));
            return None;
        }
        records.ask(
            Problem::new("import-ask-month").with("sheet", clean_line(&place.sheet.name, NAME_CHARS_MAX)),
        );
        return None;
    }
    let title_year = title.year.or_else(|| month_text::find_year(&place.sheet.name));
    let anchor = Anchor { start: title.start.map(|it| it.month), title_year, hint_year: hints.year };
    let Some(months) = months::resolve(&slots.months, anchor) else {
        records.ask(Problem::new("import-ask-year"));
        return None;
    };
    Some((situation, months))
}

/// Names the site of a table without a column of sites: its title, else the name of the sheet.
fn name_single_site(place: &Place<'_>, columns: &[Column], title: &mut Title, records: &mut Records) {
    let listed = columns.iter().any(|it| matches!(it.word, Some(Word::Site | Word::Code | Word::Project)));
    if listed || !title.site.is_empty() || !title.code.is_empty() {
        return;
    }
    let name = clean_line(&place.sheet.name, NAME_CHARS_MAX);
    let folded = fold(&name);
    let letters = folded.trim_end_matches(|it: char| it.is_ascii_digit() || it == ' ');
    if !letters.is_empty() && !PLAIN_SHEET_NAMES.contains(&letters) {
        title.site = name;
        return;
    }
    title.site = if title.project.is_empty() { String::new() } else { title.project.clone() };
    if title.site.is_empty() {
        records.ask(Problem::new("import-ask-site").with("sheet", name));
    }
}

fn say_refused(place: &Place<'_>, title: &mut Title, records: &mut Records) {
    for (row, column, key, text) in std::mem::take(&mut title.refused) {
        let cell =
            Cell { sheet: place.sheet_index, row: row.saturating_add(1), column: column.saturating_add(1) };
        records.remark(RemarkKind::RejectValue, cell, Problem::new(key).with("text", text));
    }
}

/// Mentions the hidden columns that hold something at the height of the table.
fn say_hidden_columns(sheet: &Sheet, sheet_index: u16, header: &Header, records: &mut Records) {
    let rows = sheet.rows.get(header.first..(header.end + 1).min(sheet.rows.len())).unwrap_or_default();
    let filled =
        sheet.hidden_columns.iter().filter(|column| rows.iter().any(|row| row.cell(**column).is_some()));
    for column in filled {
        let cell =
            Cell { sheet: sheet_index, row: rows.first().map_or(1, |it| it.number + 1), column: column + 1 };
        records.remark(RemarkKind::Note, cell, Problem::new("import-hidden-column").with("cell", cell));
    }
}
