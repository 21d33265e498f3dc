//! The workbook that a supervision unit keeps: a synthesis of three months, then a sheet for each lot.

mod content;
mod lot_sheet;
pub(super) mod pen;
pub(super) mod sheet_text;
pub(super) mod style;
mod synthesis;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::model::month::Month;
use crate::model::problem::Problem;

use super::labels::Labels;
use sheet_text::SheetNames;
use style::Style;

pub use content::{
    LotContent, MonthContent, ProjectContent, SiteContent, StatusContent, Tone, WorkbookContent,
};

/// Makes the workbook and returns its bytes, the same for the same content.
///
/// Fails with `export-workbook-failed` only where a limit of worksheets is met.
pub fn workbook(content: &WorkbookContent, labels: &Labels) -> Result<Vec<u8>, Problem> {
    written(content, labels).map_err(|it| failed(&it))
}

/// Says that a workbook could not be made.
pub(super) fn failed(error: &XlsxError) -> Problem {
    Problem::new("export-workbook-failed").with("reason", error)
}

fn written(content: &WorkbookContent, labels: &Labels) -> Result<Vec<u8>, XlsxError> {
    let (mut book, style, mut names) = (Workbook::new(), Style::new(), SheetNames::default());
    book.set_properties(&DocProperties::new().set_creation_datetime(&pen::excel_date(content.today)?));
    synthesis::write(book.add_worksheet(), content, labels, &style, &mut names)?;
    for project in &content.projects {
        for site in &project.sites {
            for lot in &site.lots {
                let subject = lot_sheet::Subject { project, site, lot };
                lot_sheet::write(book.add_worksheet(), &subject, labels, &style, &mut names)?;
            }
        }
    }
    book.save_to_buffer()
}

/// Names a month as people do, for example `mars 2026`.
fn month_name(month: Month, labels: &Labels) -> String {
    let index = usize::try_from(month.number()).unwrap_or_default().saturating_sub(1);
    let name = labels.month_names.get(index).map_or("", String::as_str);
    format!("{name} {}", month.year())
}

#[cfg(test)]
mod tests;
