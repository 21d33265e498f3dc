//! The verbs `list|show|add|edit|archive` of what is followed.

pub mod contact;
pub mod contractor;
pub mod lot;
pub mod organisation;
pub mod project;
pub mod site;

use serde_json::Value;

use super::context::Context;
use super::out::{print, print_json, say};
use super::table::{Cell, Layout, Table};
use super::{Done, Stop};
use crate::model::text::show;

/// Says that something was added, changed or archived, or that nothing was to do.
fn said(context: &Context, key: &str, name: &str) -> Done {
    say(&context.texts.fill(key, &[("name", &name)]));
    Done::Fine
}

/// Says that something was changed, or that nothing was to do.
fn said_edited(context: &Context, changed: bool, name: &str) -> Done {
    if changed {
        return said(context, "edited", name);
    }
    say(&context.texts.text("unchanged"));
    Done::Fine
}

/// Prints rows as a table, or for programs.
fn list(context: &Context, titles: &[(&str, Layout)], rows: Vec<(Vec<String>, Value)>) -> Result<Done, Stop> {
    if context.json {
        print_json(&rows.into_iter().map(|(_, value)| value).collect())?;
        return Ok(Done::Fine);
    }
    let mut table =
        Table::new(titles.iter().map(|(key, layout)| (context.texts.text(key), *layout)).collect());
    for (cells, _) in rows {
        table.row(cells.iter().map(|it| Cell::new(it)).collect());
    }
    if table.is_empty() {
        say(&context.texts.text("list-empty"));
    } else {
        print(&table.render(context.columns, context.colour))?;
    }
    Ok(Done::Fine)
}

/// Prints facts one a line, or for programs.
fn facts(context: &Context, facts: &[(&str, String)], value: &Value) -> Result<Done, Stop> {
    if context.json {
        print_json(value)?;
        return Ok(Done::Fine);
    }
    let mut table = Table::untitled(&[Layout::Left, Layout::Left]);
    for (key, fact) in facts.iter().filter(|(_, it)| !it.is_empty()) {
        table.row(vec![Cell::new(&context.texts.text(key)), Cell::new(&show(fact))]);
    }
    print(&table.render(None, context.colour))?;
    Ok(Done::Fine)
}
