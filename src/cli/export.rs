//! `chantier export`: entries, sites, alerts and changes as CSV, JSON and XLSX.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use super::arguments::{Export, Exported, Format};
use super::context::Context;
use super::out::say;
use super::{Done, Stop, alerts, history};
use crate::actions::export as gather;
use crate::actions::history::{self as log, HistoryRow};
use crate::actions::session::Session;
use crate::export::{
    ChangeRow, CsvSafety, EntryRow, Labels, Record, TableLabels, table_workbook, workbook, write_csv,
    write_json,
};
use crate::model::problem::Problem;
use crate::model::text::show;

/// Exports to a file or to stdout.
pub fn run(context: &Context, arguments: &Export) -> Result<Done, Stop> {
    let session = context.open()?;
    session.organisation()?;
    let word = |key: &str| context.texts.text(key);
    let format = if context.json { Format::Json } else { arguments.format };
    let bytes = match (arguments.what, format) {
        (Exported::Entries, Format::Xlsx) => {
            let month = arguments.month.unwrap_or_else(|| session.this_month().previous());
            let status = |it| (context.texts.status_word(it), context.texts.status_letter(it));
            workbook(&gather::workbook(&session, month, status)?, &Labels::from_words(&word))?
        }
        (Exported::Entries, _) => {
            let mut rows = Vec::new();
            gather::entries(&session, |row| {
                if arguments.month.is_none_or(|it| it == row.month) {
                    rows.push(row);
                }
            })?;
            table::<EntryRow>(context, arguments, format, &session, rows)?
        }
        (Exported::Sites, _) => table(context, arguments, format, &session, gather::sites(&session)?)?,
        (Exported::Alerts, Format::Json) => alerts::json_bytes(context, &session)?,
        (Exported::Alerts, _) => {
            table(context, arguments, format, &session, alerts::rows(context, &session)?)?
        }
        (Exported::Changes, _) => table(context, arguments, format, &session, changes(context, &session)?)?,
    };
    deliver(context, arguments, &bytes)?;
    Ok(Done::Fine)
}

fn table<R: Record>(
    context: &Context,
    arguments: &Export,
    format: Format,
    session: &Session,
    rows: Vec<R>,
) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let safety = if arguments.safe { CsvSafety::Spreadsheet } else { CsvSafety::Exact };
    match format {
        Format::Csv => write_csv(rows, safety, &mut bytes).map_err(Stop::Output)?,
        Format::Json => write_json(rows, &mut bytes).map_err(Stop::Output)?,
        Format::Xlsx => {
            let labels = TableLabels::from_words::<R>(&|key| context.texts.text(key));
            bytes = table_workbook(rows, &labels, session.today)?;
        }
    }
    Ok(bytes)
}

fn changes(context: &Context, session: &Session) -> Result<Vec<ChangeRow>, Stop> {
    let mut rows = Vec::new();
    log::every_change(session, |place, row| rows.push(change_row(context, place, row)))?;
    Ok(rows)
}

fn change_row(context: &Context, place: &log::Place, row: &HistoryRow) -> ChangeRow {
    let text = |it: &log::Written| match history::plain(row, it) {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    ChangeRow {
        when: chrono::DateTime::from_timestamp_millis(row.op.wall_ms).unwrap_or_default().naive_utc(),
        user: row.op.user.clone(),
        machine: log::machine(row.op.replica),
        operation: context.texts.op_sentence(&row.op),
        site_code: place.site_code.clone(),
        lot: row.lot.and_then(|it| place.lots.get(&it)).cloned().unwrap_or_default(),
        month: row.month,
        field: format!("{}.{}", row.table, row.column),
        old: text(&row.old),
        new: text(&row.new),
        origin: row.origin.clone().unwrap_or_default(),
    }
}

/// Writes to stdout, or to a file that appears whole or not at all.
fn deliver(context: &Context, arguments: &Export, bytes: &[u8]) -> Result<(), Stop> {
    let Some(path) = &arguments.output else {
        let mut out = std::io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush()).map_err(Stop::Output);
    };
    let shown = show(&path.to_string_lossy());
    if let Some(key) = unsuitable(path) {
        return Err(Problem::new(key).with("path", shown).into());
    }
    let failed = |error| Problem::new("export-failed").with("path", &shown).with("error", error);
    write_whole(path, bytes).map_err(failed)?;
    say(&context.texts.fill("export-written", &[("path", &shown)]));
    Ok(())
}

/// Says why a target may not be replaced: it is no ordinary file, or it is a database.
fn unsuitable(path: &Path) -> Option<&'static str> {
    let found = fs::symlink_metadata(path).ok()?;
    if !found.is_file() {
        return Some("export-not-a-file");
    }
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut it| it.read(&mut head)).unwrap_or(0);
    let name = path.to_string_lossy();
    let beside =
        ["-wal", "-shm"].iter().any(|it| name.strip_suffix(it).is_some_and(|it| Path::new(it).exists()));
    (beside || head[..read].starts_with(b"SQLite format 3")).then_some("export-over-database")
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().ok_or(std::io::ErrorKind::IsADirectory)?);
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create_new(&part).and_then(|file| {
        let mut file = BufWriter::new(file);
        file.write_all(bytes)?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&part, path)
    });
    if written.is_err() {
        // The unfinished file is of no use; the error that is shown is the first one.
        let _ = fs::remove_file(&part);
    }
    written
}
