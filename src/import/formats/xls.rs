//! Reads .xls workbooks, with percent formats, merges and what is hidden.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::grid::{CellBudget, GridCell, Merges, Row, Sheet, SheetBuilder, Value};
use super::xls_formats;
use super::xlsx::{error_code, merge};
use crate::model::problem::Problem;

/// Reads every worksheet of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| {
        let encrypted = matches!(error, XlsError::Password) || holds_encrypted_package(bytes);
        Problem::new(if encrypted { "import-encrypted" } else { "import-damaged" })
    })?;
    let described = workbook.sheets_metadata().to_vec();
    let mut budget = CellBudget::new();
    let mut sheets = Vec::new();
    let mut formats = xls_formats::read(bytes).into_iter();
    for sheet in described {
        let formats = formats.next().unwrap_or_default();
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = workbook.worksheet_range(&sheet.name).map_err(|_| Problem::new("import-damaged"))?;
        let merges = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        sheets.push(Sheet {
            hidden: sheet.visible != SheetVisible::Visible,
            rows: rows(&range, &formats.percents, &mut budget)?,
            hidden_columns: formats.hidden_columns,
            name: sheet.name,
            merges: Merges::new(merges.into_iter().filter_map(merge).collect()),
            ..Sheet::default()
        });
    }
    Ok(sheets)
}

/// Tells an encrypted .xlsx, which is a compound file as .xls workbooks are, by the name of its stream.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|it| it == name)
}

fn rows(
    range: &calamine::Range<Data>,
    percents: &HashSet<(u32, u16)>,
    budget: &mut CellBudget,
) -> Result<Vec<Row>, Problem> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut builder = SheetBuilder::new();
    for (row, column, data) in range.used_cells() {
        let Some(value) = value(data) else { continue };
        let out_of_bounds = |_| Problem::new("import-too-many-cells");
        let row = u32::try_from(row).map_err(out_of_bounds)?.saturating_add(first_row);
        let column = u32::try_from(column).map_err(out_of_bounds)?.saturating_add(first_column);
        let column = u16::try_from(column).map_err(out_of_bounds)?;
        let percent = percents.contains(&(row, column));
        builder.push(row, GridCell { column, percent, value }, budget)?;
    }
    Ok(builder.finish())
}

fn value(data: &Data) -> Option<Value> {
    match data {
        Data::Empty | Data::DurationIso(_) => None,
        #[expect(clippy::cast_precision_loss, reason = "figures and serials are far below 2^52")]
        Data::Int(value) => Some(Value::Number(*value as f64)),
        Data::Float(value) => Some(Value::Number(*value)),
        Data::String(text) | Data::DateTimeIso(text) => {
            (!text.trim().is_empty()).then(|| Value::Text(text.as_str().into()))
        }
        Data::Bool(value) => Some(Value::Bool(*value)),
        Data::DateTime(serial) if serial.is_datetime() => {
            Some(Value::Date { date: serial.as_datetime()?.date(), day_shown: true })
        }
        Data::DateTime(serial) => Some(Value::Number(serial.as_f64())),
        Data::Error(error) => Some(Value::Error(error_code(error))),
    }
}
