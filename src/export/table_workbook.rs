//! Writes rows as a workbook of one sheet.

use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, DocProperties, RowNum, Workbook, Worksheet, XlsxError};

use crate::model::problem::Problem;

use super::labels::TableLabels;
use super::record::{Record, Value};
use super::workbook::failed;
use super::workbook::pen::{Pen, excel_date};
use super::workbook::sheet_text::SheetNames;
use super::workbook::style::Style;

/// Most rows of a sheet below its header.
const ROWS_MAX: RowNum = 1_048_575;
/// Widest column, in pixels.
const WIDTH_PIXELS_MAX: u32 = 420;

/// Makes a workbook of one sheet and returns its bytes, the same for the same rows and day.
///
/// Percentages, months and instants are numbers with a format; text is never a formula. Fails with
/// `export-too-many-rows` where a sheet cannot hold the rows.
pub fn table_workbook<R: Record>(
    rows: impl IntoIterator<Item = R>,
    labels: &TableLabels,
    today: NaiveDate,
) -> Result<Vec<u8>, Problem> {
    let (mut book, style) = (Workbook::new(), Style::new());
    let properties = excel_date(today).map(|it| DocProperties::new().set_creation_datetime(&it));
    book.set_properties(&properties.map_err(|it| failed(&it))?);
    let sheet = book.add_worksheet();
    write_header(sheet, labels, &style).map_err(|it| failed(&it))?;
    let mut last: RowNum = 0;
    for row in rows {
        if last == ROWS_MAX {
            return Err(Problem::new("export-too-many-rows").with("limit", ROWS_MAX));
        }
        last += 1;
        write_row(&mut Pen(sheet), last, &row, &style).map_err(|it| failed(&it))?;
    }
    finish(sheet, last, labels).map_err(|it| failed(&it))?;
    book.save_to_buffer().map_err(|it| failed(&it))
}

fn write_header(sheet: &mut Worksheet, labels: &TableLabels, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(SheetNames::default().claim(&labels.sheet))?;
    let mut pen = Pen(sheet);
    (0..)
        .zip(&labels.columns)
        .try_for_each(|(column, heading)| pen.text((0, column), heading, &style.heading))
}

fn write_row(pen: &mut Pen, row: RowNum, record: &impl Record, style: &Style) -> Result<(), XlsxError> {
    (0..).zip(record.values()).try_for_each(|(column, value)| write_value(pen, (row, column), &value, style))
}

fn write_value(pen: &mut Pen, at: (RowNum, ColNum), value: &Value, style: &Style) -> Result<(), XlsxError> {
    match *value {
        Value::Percent(percent) => pen.percent(at, percent, &style.percent),
        Value::Month(Some(month)) => pen.month(at, month, &style.month),
        Value::Instant(instant) => pen.instant(at, instant, &style.instant),
        Value::Whole(Some(whole)) => pen.decimal(at, Some(&whole.to_string()), &style.whole),
        _ => pen.text(at, &value.text(), &style.text),
    }
}

/// Freezes the header, adds filters, fits the widths and sets the printed page.
fn finish(sheet: &mut Worksheet, last: RowNum, labels: &TableLabels) -> Result<(), XlsxError> {
    let columns = ColNum::try_from(labels.columns.len()).unwrap_or(1).max(1);
    sheet.autofilter(0, 0, last, columns - 1)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_autofit_max_width(WIDTH_PIXELS_MAX).autofit();
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
