//! `chantier history`: who wrote what, when, on which machine.

use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{Value, json};

use super::arguments::History;
use super::context::Context;
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::history::{self, HistoryRow, Written, machine};
use crate::actions::undo::OpRow;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::texts::decimal;

/// Prints the history of a site or lot.
pub fn run(context: &Context, arguments: &History) -> Result<Done, Stop> {
    let session = context.open()?;
    if arguments.all {
        return super::trail::run(context, &session, arguments);
    }
    let (site, lots, rows) = history::history(&session, &arguments.place, arguments.month)?;
    let names: HashMap<Id<Lot>, String> = lots.into_iter().map(|it| (it.id, it.name)).collect();
    let lot = |row: &HistoryRow| row.lot.and_then(|it| names.get(&it)).cloned().unwrap_or_default();
    if context.json {
        let rows = rows.iter().map(|row| {
            json!({
                "when": instant(&row.op), "user": row.op.user, "machine": machine(row.op.replica), "operation": row.op.name,
                "what": context.texts.op_sentence(&row.op), "site_code": site.code, "lot": lot(row),
                "month": row.month.map(|it| it.to_string()), "table": row.table, "field": row.column,
                "old": plain(row, &row.old), "new": plain(row, &row.new), "origin": row.origin,
            })
        });
        print_rows(rows)?;
        return Ok(Done::Fine);
    }
    let titles = [
        ("column-when", Layout::Left),
        ("column-user", Layout::Flexible),
        ("column-machine", Layout::Optional),
        ("column-lot", Layout::Flexible),
        ("column-month", Layout::Left),
        ("column-field", Layout::Left),
        ("column-old", Layout::Flexible),
        ("column-new", Layout::Flexible),
        ("column-what", Layout::Optional),
    ];
    let several = names.len() > 1;
    let shown = |key: &str| several || key != "column-lot";
    let named =
        titles.iter().filter(|it| shown(it.0)).map(|(key, layout)| (context.texts.text(key), *layout));
    let mut table = Table::new(named.collect());
    for row in rows.iter().filter(|it| is_shown(it)) {
        let field = context.texts.field_word(row);
        let origin = row.origin.as_ref().map_or_else(String::new, |it| format!(" ({it})"));
        let cells = [
            Cell::new(&when(&row.op)),
            Cell::new(&row.op.user),
            Cell::new(&machine(row.op.replica)).tone(Tone::Quiet),
            Cell::new(&lot(row)),
            Cell::new(&row.month.map(|it| context.texts.month(it)).unwrap_or_default()),
            Cell::new(&field),
            Cell::new(&context.texts.value_shown(row, &row.old)).tone(Tone::Quiet),
            Cell::new(&context.texts.value_shown(row, &row.new)),
            Cell::new(&format!("{}{origin}", context.texts.op_sentence(&row.op))).tone(Tone::Quiet),
        ];
        table.row(titles.iter().zip(cells).filter(|(it, _)| shown(it.0)).map(|(_, cell)| cell).collect());
    }
    let title = crate::texts::site_and_lot(&site.code, &site.name, "");
    let body = if table.is_empty() {
        context.texts.text("history-empty") + "\n"
    } else {
        table.render(context.columns, context.colour)
    };
    print(&format!("{title}\n\n{body}"))?;
    Ok(Done::Fine)
}

/// Shows when an op was done as its machine's clock said, in UTC.
pub fn when(op: &OpRow) -> String {
    DateTime::from_timestamp_millis(op.wall_ms)
        .map_or_else(String::new, |it| it.format("%Y-%m-%d %H:%M").to_string())
}

/// Says when an op was done, in UTC, for programs.
pub fn instant(op: &OpRow) -> String {
    DateTime::from_timestamp_millis(op.wall_ms)
        .map_or_else(String::new, |it| it.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Rows that tie tables together say nothing to a person.
fn is_shown(row: &HistoryRow) -> bool {
    !matches!(
        (row.table, row.column),
        ("observation" | "decision", "lot" | "month")
            | ("lot", "site" | "rank")
            | ("site", "project")
            // What notices say and what became of them is told by --all.
            | ("lot_contractor" | "notice" | "delivery", _)
            | ("decision", "grounds")
    )
}

/// Returns a value for programs: text, or a decimal where it is a percentage.
pub fn plain(row: &HistoryRow, value: &Written) -> Value {
    match value {
        Written::Nothing => Value::Null,
        Written::Number(number) if crate::texts::is_percent(row) => decimal(*number).into(),
        Written::Number(number) => match row.month_of(*number) {
            Some(month) => month.to_string().into(),
            None => (*number).into(),
        },
        Written::Text(text) => text.as_str().into(),
    }
}
