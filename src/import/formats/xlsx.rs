//! Reads .xlsx and .xlsm workbooks cell by cell, with number formats, merges and what is hidden.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::super::grid::{
    CellBudget, FORMULA_WITHOUT_VALUE, GridCell, Merge, Merges, Row, Sheet, SheetBuilder, Value,
};
use super::format_code::{self, Shown};
use super::xlsx_columns;
use crate::model::problem::Problem;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads every worksheet of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|it| problem(&it))?;
    let described = workbook.sheets_metadata().to_vec();
    let mut budget = CellBudget::new();
    let mut sheets = Vec::new();
    for sheet in described.into_iter().filter(|it| it.typ == SheetType::WorkSheet) {
        let rows = match read_rows(&mut workbook, &sheet.name, &mut budget) {
            Ok(rows) => rows,
            Err(Refused::NotRead(XlsxError::NotAWorksheet(_))) => continue,
            Err(Refused::NotRead(error)) => return Err(problem(&error)),
            Err(Refused::Bounds(problem)) => return Err(problem),
        };
        let merges = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        sheets.push(Sheet {
            hidden: sheet.visible != SheetVisible::Visible,
            hidden_columns: xlsx_columns::hidden(bytes, &sheet.name),
            rows,
            name: sheet.name,
            merges: Merges::new(merges.into_iter().filter_map(merge).collect()),
            ..Sheet::default()
        });
    }
    Ok(sheets)
}

enum Refused {
    NotRead(XlsxError),
    Bounds(Problem),
}

fn read_rows(workbook: &mut Workbook<'_>, name: &str, budget: &mut CellBudget) -> Result<Vec<Row>, Refused> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(Refused::NotRead)?;
    let formats: Vec<Shown> = cells.styles().iter().map(shown).collect();
    let mut builder = SheetBuilder::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(Refused::NotRead)? {
        let (row, column) = cell.get_position();
        let format = formats.get(style).copied().unwrap_or_default();
        let Some(value) = value(cell.get_value(), format) else { continue };
        let Ok(column) = u16::try_from(column) else {
            return Err(Refused::Bounds(Problem::new("import-too-many-cells")));
        };
        builder
            .push(row, GridCell { column, percent: format.percent, value }, budget)
            .map_err(Refused::Bounds)?;
    }
    drop(cells);
    let empty = formulas_without_value(workbook, name, builder.rows())?;
    for (row, column) in empty {
        let value = Value::Error(FORMULA_WITHOUT_VALUE);
        builder.push(row, GridCell { column, percent: false, value }, budget).map_err(Refused::Bounds)?;
    }
    Ok(builder.finish())
}

/// Finds the cells that hold a formula and no value, as programs that do not calculate write them.
fn formulas_without_value(
    workbook: &mut Workbook<'_>,
    name: &str,
    rows: &[Row],
) -> Result<Vec<(u32, u16)>, Refused> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(Refused::NotRead)?;
    let mut found = Vec::new();
    while let Some(cell) = cells.next_formula().map_err(Refused::NotRead)? {
        let (row, column) = cell.get_position();
        let Ok(column) = u16::try_from(column) else { continue };
        let at = rows.binary_search_by_key(&row, |it| it.number).ok();
        let stored = at.and_then(|it| rows.get(it)).is_some_and(|it| it.cell(column).is_some());
        if !stored && !cell.get_value().is_empty() {
            found.push((row, column));
        }
    }
    Ok(found)
}

fn shown(style: &Style) -> Shown {
    style
        .number_format
        .as_ref()
        .map_or(Shown { percent: false, day: true }, |it| format_code::read(&it.format_code))
}

fn value(data: &DataRef<'_>, format: Shown) -> Option<Value> {
    match data {
        DataRef::Empty | DataRef::DurationIso(_) => None,
        #[expect(clippy::cast_precision_loss, reason = "figures and serials are far below 2^52")]
        DataRef::Int(value) => Some(Value::Number(*value as f64)),
        DataRef::Float(value) => Some(Value::Number(*value)),
        DataRef::String(text) | DataRef::DateTimeIso(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(value) => Some(Value::Bool(*value)),
        DataRef::DateTime(serial) if serial.is_datetime() => {
            Some(Value::Date { date: serial.as_datetime()?.date(), day_shown: format.day })
        }
        DataRef::DateTime(serial) => Some(Value::Number(serial.as_f64())),
        DataRef::Error(error) => Some(Value::Error(error_code(error))),
    }
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.into()))
}

/// Returns an error value as spreadsheets show it.
pub fn error_code(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType as Kind;
    match error {
        Kind::Div0 => "#DIV/0!",
        Kind::NA => "#N/A",
        Kind::Name => "#NAME?",
        Kind::Null => "#NULL!",
        Kind::Num => "#NUM!",
        Kind::Ref => "#REF!",
        Kind::Value => "#VALUE!",
        Kind::GettingData => "#GETTING_DATA",
    }
}

/// Turns a merged range of the format library into ours.
pub fn merge(range: calamine::Dimensions) -> Option<Merge> {
    Some(Merge {
        first_row: range.start.0,
        last_row: range.end.0,
        first_column: u16::try_from(range.start.1).ok()?,
        last_column: u16::try_from(range.end.1).ok()?,
    })
}

fn problem(error: &XlsxError) -> Problem {
    Problem::new(if matches!(error, XlsxError::Password) { "import-encrypted" } else { "import-damaged" })
}
