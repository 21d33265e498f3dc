//! Writes tables for people and other programs: CSV, JSON and XLSX.
//!
//! Rows are plain data ([`EntryRow`], [`SiteRow`], [`AlertRow`], [`ChangeRow`]); [`write_csv`], [`write_json`] and
//! [`table_workbook`] take any of them. [`workbook`] makes the workbook that a supervision unit keeps. Words come
//! from the caller as [`Labels`] and [`TableLabels`]; text from the data is never written as a formula.

mod alert_row;
mod change_row;
mod csv_writer;
mod entry_row;
mod json_writer;
mod labels;
mod record;
mod site_row;
mod table_workbook;
mod workbook;

pub use alert_row::AlertRow;
pub use change_row::ChangeRow;
pub use csv_writer::{CsvSafety, write_csv};
pub use entry_row::EntryRow;
pub use json_writer::write_json;
pub use labels::{Labels, TableLabels};
pub use record::{Record, Value};
pub use site_row::SiteRow;
pub use table_workbook::table_workbook;
pub use workbook::{
    LotContent, MonthContent, ProjectContent, SiteContent, StatusContent, Tone, WorkbookContent, workbook,
};
