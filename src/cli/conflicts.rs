//! `chantier conflicts`: values of which two versions compete.

use serde_json::json;

use super::context::Context;
use super::history::plain;
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::conflicts::{Contest, Version, conflicts};
use crate::actions::history::machine;

/// Lists them; exit 1 when there are some.
pub fn run(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let contests = conflicts(&session)?;
    let done = if contests.is_empty() { Done::Fine } else { Done::Some };
    if context.json {
        print_rows(contests.iter().map(|contest| {
            json!({
                "place": contest.place,
                "month": contest.month.map(|it| it.to_string()),
                "fields": contest.fields.iter().map(|it| it.column).collect::<Vec<_>>(),
                "versions": contest.versions.iter().map(version_json).collect::<Vec<_>>(),
            })
        }))?;
        return Ok(done);
    }
    if contests.is_empty() {
        print(&format!("{}\n", context.texts.text("conflicts-none")))?;
        return Ok(done);
    }
    print(&table(context, &contests))?;
    Ok(done)
}

fn version_json(version: &Version) -> serde_json::Value {
    let values = version.rows.iter().map(|it| (it.column.to_owned(), plain(it, &it.new)));
    json!({
        "values": values.collect::<serde_json::Map<_, _>>(), "user": version.op.user,
        "machine": machine(version.op.replica), "here": version.is_own,
        "when": super::history::instant(&version.op),
    })
}

fn table(context: &Context, contests: &[Contest]) -> String {
    let texts = &context.texts;
    let titles = [
        ("column-place", Layout::Left),
        ("column-month", Layout::Left),
        ("column-field", Layout::Left),
        ("column-value", Layout::Flexible),
        ("column-user", Layout::Flexible),
        ("column-when", Layout::Left),
        ("column-machine", Layout::Left),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for contest in contests {
        for (at, version) in contest.versions.iter().enumerate() {
            let once = |text: &str| Cell::new(if at == 0 { text } else { "" });
            table.row(vec![
                once(&contest.place),
                once(&contest.month.map(|it| texts.month(it)).unwrap_or_default()),
                once(&texts.contest_word(contest)),
                Cell::new(&texts.version_shown(version)),
                Cell::new(&version.op.user),
                Cell::new(&super::history::when(&version.op)),
                Cell::new(&machine(version.op.replica)).tone(Tone::Quiet),
            ]);
        }
    }
    table.render(context.columns, context.colour)
}
