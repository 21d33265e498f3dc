//! `chantier remote`: places to exchange with.

use serde_json::json;

use super::arguments::RemoteVerb;
use super::context::{Context, whole_path};
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::exchange::remotes;
use crate::actions::exchange::summary::Summary;

/// Runs one of the verbs; without one, lists them.
pub fn run(context: &Context, verb: Option<RemoteVerb>) -> Result<Done, Stop> {
    match verb.unwrap_or(RemoteVerb::List) {
        RemoteVerb::List => list(context),
        RemoteVerb::Add { target, name, project, encrypt } => {
            let session = context.open()?;
            let target = whole_path(&target)?;
            let add = if encrypt { remotes::add_closed } else { remotes::add };
            let remote = add(&session, &target, name.as_deref(), &project)?;
            let places: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &remote.name), ("target", &remote.target)];
            print(&format!("{}\n", context.texts.fill("remote-added", &places)))?;
            Ok(Done::Fine)
        }
        RemoteVerb::Remove { name } => {
            let session = context.open()?;
            let remote = remotes::remove(&session, &name)?;
            print(&format!("{}\n", context.texts.fill("remote-removed", &[("name", &remote.name)])))?;
            Ok(Done::Fine)
        }
    }
}

fn list(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let (texts, remotes) = (&context.texts, remotes::all(&session)?);
    if context.json {
        print_rows(remotes.iter().map(|it| {
            let last: Option<Summary> = it.last.as_deref().and_then(|it| serde_json::from_str(it).ok());
            json!({ "name": it.name, "target": it.target, "encrypted": it.encrypt, "when": it.last_ms.and_then(when), "last": last })
        }))?;
        return Ok(Done::Fine);
    }
    if remotes.is_empty() {
        print(&format!("{}\n", texts.text("remotes-none")))?;
        return Ok(Done::Fine);
    }
    let titles = [
        ("column-name", Layout::Left),
        ("column-target", Layout::Flexible),
        ("column-when", Layout::Left),
        ("column-last", Layout::Flexible),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for remote in &remotes {
        let last: Option<Summary> = remote.last.as_deref().and_then(|it| serde_json::from_str(it).ok());
        table.row(vec![
            Cell::new(&remote.name),
            Cell::new(&remote.target),
            Cell::new(&remote.last_ms.and_then(when).unwrap_or_default()).tone(Tone::Quiet),
            Cell::new(&last.map(|it| texts.exchange_line(&it)).unwrap_or_default()).tone(Tone::Quiet),
        ]);
    }
    print(&table.render(context.columns, context.colour))?;
    Ok(Done::Fine)
}

fn when(ms: i64) -> Option<String> {
    chrono::DateTime::from_timestamp_millis(ms).map(|it| it.format("%Y-%m-%d %H:%M").to_string())
}
