//! Prints results to stdout and messages to stderr.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Stop;
use crate::model::text::show;

/// Prints a result.
pub fn print(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Stop::Output)
}

/// Prints a result for programs.
pub fn print_json(value: &serde_json::Value) -> Result<(), Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|it| Stop::Output(it.into()))?;
    text.push('\n');
    print(&text)
}

/// Prints rows for programs, one after the other.
pub fn print_rows<R: serde::Serialize>(rows: impl Iterator<Item = R>) -> Result<(), Stop> {
    let text = rows_bytes(rows)?;
    let mut out = std::io::stdout().lock();
    out.write_all(&text).and_then(|()| out.flush()).map_err(Stop::Output)
}

/// Writes rows for programs.
pub fn rows_bytes<R: serde::Serialize>(rows: impl Iterator<Item = R>) -> Result<Vec<u8>, Stop> {
    let mut text = Vec::new();
    let mut writer = serde_json::Serializer::pretty(&mut text);
    serde::Serializer::collect_seq(&mut writer, rows).map_err(|it| Stop::Output(it.into()))?;
    text.push(b'\n');
    Ok(text)
}

/// Says something beside the result, folded at spaces on a terminal. A closed stderr is no reason to stop.
pub fn say(text: &str) {
    let mut out = std::io::stderr().lock();
    let columns = out.is_terminal().then(|| super::context::columns_of(std::io::stderr()));
    for line in text.lines().map(show) {
        let folded = columns.map_or_else(|| vec![line.clone()], |it| super::table::folded(&line, it));
        let _ = writeln!(out, "{}", folded.join("\n"));
    }
}

/// Makes a progress bar that appears on terminals only, and only when the work is long.
pub fn progress(length: u64, label: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(5));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} %");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(label.to_owned())
}
