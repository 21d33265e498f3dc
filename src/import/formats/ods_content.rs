//! Reads the content part of .ods workbooks: values with their types, repeats, spans and what is hidden.

use std::collections::{BTreeSet, HashSet};
use std::io::BufRead;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::grid::{CellBudget, GridCell, Merge, Merges, Sheet, SheetBuilder, Value};
use crate::model::problem::Problem;

/// Most copies made of a repeated cell or row that holds something.
const REPEATS_MAX: u32 = 10_000;
/// Longest text of one cell, in bytes.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// Reads the tables of `content.xml`.
pub fn read(part: impl BufRead) -> Result<Vec<Sheet>, Problem> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut content = Content::new();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_| Problem::new("import-damaged"))? {
            Event::Start(element) => content.open(&element),
            Event::End(element) => content.close(element.local_name().as_ref())?,
            Event::Text(text) => content.add_text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                content.add_text(&letter.map_or_else(|| entity(&reference).to_owned(), String::from));
            }
            Event::Eof => return Ok(content.sheets),
            _ => {}
        }
        buffer.clear();
    }
}

/// The predefined entities; any other stands for nothing.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// A cell while its text is being read.
#[derive(Default)]
struct OpenCell {
    kind: String,
    value: String,
    text: String,
    repeats: u32,
    rows_spanned: u32,
    columns_spanned: u32,
    annotation_depth: u32,
}

struct Content {
    sheets: Vec<Sheet>,
    budget: CellBudget,
    style: String,
    hidden_styles: HashSet<String>,
    builder: SheetBuilder,
    merges: Vec<Merge>,
    name: String,
    hidden: bool,
    hidden_columns: BTreeSet<u16>,
    columns_declared: u32,
    row: u32,
    row_repeats: u32,
    row_cells: Vec<GridCell>,
    column: u32,
    cell: Option<OpenCell>,
}

impl Content {
    fn new() -> Self {
        Self {
            sheets: Vec::new(),
            budget: CellBudget::new(),
            style: String::new(),
            hidden_styles: HashSet::new(),
            builder: SheetBuilder::new(),
            merges: Vec::new(),
            name: String::new(),
            hidden: false,
            hidden_columns: BTreeSet::new(),
            columns_declared: 0,
            row: 0,
            row_repeats: 1,
            row_cells: Vec::new(),
            column: 0,
            cell: None,
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "style:name").unwrap_or_default(),
            "style:table-properties" if attribute(element, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" => self.open_table(element),
            "table:table-column" => self.declare_columns(element),
            "table:table-row" => {
                self.row_repeats = count(element, "table:number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell = Some(open_cell(element)),
            "office:annotation" => self.annotate(1),
            "text:p" => self.break_line(),
            "text:s" => self.add_text(" "),
            "text:tab" | "text:line-break" => self.add_text("\n"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "table-row" => self.close_row(),
            "table" => {
                self.close_table();
                Ok(())
            }
            "annotation" => {
                self.annotate(-1);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn open_table(&mut self, element: &BytesStart<'_>) {
        self.name = attribute(element, "table:name").unwrap_or_default();
        let style = attribute(element, "table:style-name");
        self.hidden = style.is_some_and(|it| self.hidden_styles.contains(&it));
        self.builder = SheetBuilder::new();
        self.merges.clear();
        self.hidden_columns.clear();
        (self.columns_declared, self.row) = (0, 0);
    }

    fn close_table(&mut self) {
        let builder = std::mem::replace(&mut self.builder, SheetBuilder::new());
        self.sheets.push(Sheet {
            name: std::mem::take(&mut self.name),
            hidden: self.hidden,
            rows: builder.finish(),
            hidden_columns: std::mem::take(&mut self.hidden_columns),
            merges: Merges::new(std::mem::take(&mut self.merges)),
            ..Sheet::default()
        });
    }

    fn declare_columns(&mut self, element: &BytesStart<'_>) {
        let repeats = count(element, "table:number-columns-repeated");
        if attribute(element, "table:visibility").is_some_and(|it| it != "visible") {
            let last = self.columns_declared.saturating_add(repeats).min(16_384);
            self.hidden_columns.extend((self.columns_declared..last).filter_map(|it| u16::try_from(it).ok()));
        }
        self.columns_declared = self.columns_declared.saturating_add(repeats);
    }

    fn close_cell(&mut self) -> Result<(), Problem> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let too_many = || Problem::new("import-too-many-cells");
        if let Some((value, percent)) = value(&cell) {
            for copy in 0..cell.repeats.min(REPEATS_MAX) {
                let column = u16::try_from(self.column.saturating_add(copy)).map_err(|_| too_many())?;
                self.budget.take()?;
                self.row_cells.push(GridCell { column, percent, value: value.clone() });
            }
        }
        if let (true, Ok(first_column)) =
            (cell.rows_spanned > 1 || cell.columns_spanned > 1, u16::try_from(self.column))
        {
            let last_column = self.column.saturating_add(cell.columns_spanned - 1).min(16_383);
            self.merges.push(Merge {
                first_row: self.row,
                last_row: self.row.saturating_add(cell.rows_spanned - 1),
                first_column,
                last_column: u16::try_from(last_column).unwrap_or(first_column),
            });
        }
        self.column = self.column.saturating_add(cell.repeats);
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Problem> {
        let cells = std::mem::take(&mut self.row_cells);
        if !cells.is_empty() {
            for copy in 0..self.row_repeats.min(REPEATS_MAX) {
                for cell in &cells {
                    self.builder.push(self.row.saturating_add(copy), cell.clone(), &mut self.budget)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }

    fn annotate(&mut self, step: i32) {
        if let Some(cell) = &mut self.cell {
            cell.annotation_depth = cell.annotation_depth.saturating_add_signed(step);
        }
    }

    fn break_line(&mut self) {
        if self.cell.as_ref().is_some_and(|it| !it.text.is_empty()) {
            self.add_text("\n");
        }
    }

    fn add_text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && cell.annotation_depth == 0
            && cell.text.len() + text.len() <= TEXT_BYTES_MAX
        {
            cell.text.push_str(text);
        }
    }
}

fn open_cell(element: &BytesStart<'_>) -> OpenCell {
    let kind = attribute(element, "office:value-type").unwrap_or_default();
    let place = match kind.as_str() {
        "date" => "office:date-value",
        "boolean" => "office:boolean-value",
        _ => "office:value",
    };
    OpenCell {
        value: attribute(element, place).unwrap_or_default(),
        kind,
        repeats: count(element, "table:number-columns-repeated"),
        rows_spanned: count(element, "table:number-rows-spanned"),
        columns_spanned: count(element, "table:number-columns-spanned"),
        ..OpenCell::default()
    }
}

/// Returns the value of a cell and whether it is a percentage.
fn value(cell: &OpenCell) -> Option<(Value, bool)> {
    let text = cell.text.trim();
    if text.starts_with('#') && text.ends_with(['!', '?']) || text.starts_with("Err:") {
        return Some((Value::Error("#ERROR"), false));
    }
    match cell.kind.as_str() {
        "float" | "currency" | "percentage" => {
            Some((Value::Number(cell.value.parse().ok()?), cell.kind == "percentage"))
        }
        "date" => {
            let date = NaiveDate::parse_from_str(cell.value.get(..10)?, "%Y-%m-%d").ok()?;
            // The text as shown tells whether the day is part of it.
            let day_shown =
                text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).count() > 1;
            Some((Value::Date { date, day_shown }, false))
        }
        "boolean" => Some((Value::Bool(cell.value == "true"), false)),
        _ if text.is_empty() => None,
        _ => Some((Value::Text(text.into()), false)),
    }
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|it| it.parse().ok()).unwrap_or(1).max(1)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
