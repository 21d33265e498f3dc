//! `chantier conflicts`: values of which two versions compete, and settling one.

use serde_json::json;

use super::arguments::{ConflictsVerb, Settle};
use super::context::Context;
use super::history::plain;
use super::out::{print, print_json, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::conflicts::{self, Choice, Contest, Version};
use crate::actions::failure::Failure;
use crate::actions::history::machine;
use crate::actions::session::Session;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::texts::fit::shortened;

/// Widest value in the table.
const VALUE_WIDTH_MAX: usize = 60;

/// Settles one, or lists them.
pub fn run(context: &Context, verb: Option<ConflictsVerb>) -> Result<Done, Stop> {
    match verb {
        Some(ConflictsVerb::Settle(arguments)) => settle(context, &arguments),
        None => list(context),
    }
}

/// Settles one by one of its versions, or by another value.
fn settle(context: &Context, arguments: &Settle) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let mut found = at(&session, &arguments.place, arguments.month)?;
    if let Some(field) = &arguments.field {
        found.retain(|it| fold(&context.texts.contest_word(it)).starts_with(&fold(field)));
    }
    let contest = match &found[..] {
        [one] => one,
        [] => return Err(Problem::new("conflict-unknown").with("place", &arguments.place).into()),
        _ => return Err(Problem::new("conflict-which").with("place", &arguments.place).into()),
    };
    let choice = match (arguments.keep, &arguments.value) {
        (Some(number), _) => Choice::Version(usize::from(number) - 1),
        (None, text) => Choice::Typed(text.clone().unwrap_or_default()),
    };
    let op = conflicts::settle(&mut session, contest, &choice)?;
    let what = op.map_or_else(String::new, |it| context.texts.op_sentence(&it));
    if context.json {
        print_json(&json!({ "action": "settled", "place": contest.place, "what": what }))?;
    } else {
        print(&format!("{what}\n"))?;
    }
    Ok(Done::Fine)
}

/// Finds what competes in a place, or in those that begin like it, of a month or of any.
fn at(session: &Session, place: &str, month: Option<Month>) -> Result<Vec<Contest>, Failure> {
    let mut found = conflicts::conflicts(session)?;
    let wanted = fold(place);
    found.retain(|it| month.is_none_or(|month| it.month == Some(month)));
    if found.iter().any(|it| fold(&it.place) == wanted) {
        found.retain(|it| fold(&it.place) == wanted);
    } else {
        found.retain(|it| fold(&it.place).starts_with(&wanted));
    }
    Ok(found)
}

/// Lists them; exit 1 when there are some.
fn list(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let contests = conflicts::conflicts(&session)?;
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
                Cell::new(&shortened(&texts.version_shown(version).replace('\n', " "), VALUE_WIDTH_MAX)),
                Cell::new(&version.op.user),
                Cell::new(&super::history::when(&version.op)),
                Cell::new(&machine(version.op.replica)).tone(Tone::Quiet),
            ]);
        }
    }
    table.render(context.columns, context.colour)
}
