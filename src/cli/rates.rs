//! `chantier status --rates`: how complete and how timely the figures of each project and month are.

use serde_json::json;

use super::arguments::Status;
use super::context::Context;
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone, paint};
use super::{Done, Stop};
use crate::actions::rates::{MonthRates, ProjectRates, rates};
use crate::actions::session::Session;
use crate::model::text::show;
use crate::rules::Ratio;

/// How many months of each project are shown to a person.
const MONTHS_SHOWN_MAX: usize = 12;

/// Prints the rates.
pub fn run(context: &Context, session: &Session, arguments: &Status) -> Result<Done, Stop> {
    let projects = rates(session, arguments.what.as_deref(), arguments.month)?;
    if context.json {
        let rows = projects.iter().flat_map(|project| project.months.iter().map(move |it| (project, it)));
        print_rows(rows.map(|(project, it)| {
            let share = |it: Option<Ratio>| it.map(|it| it.to_decimal_string(2));
            json!({
                "project": project.project.name, "month": it.month.to_string(), "due": it.due.to_string(),
                "is_due": session.today >= it.due, "expected": it.expected, "complete": it.complete,
                "timely": it.timely, "completeness": share(it.completeness()), "timeliness": share(it.timeliness()),
            })
        }))?;
        return Ok(Done::Fine);
    }
    let shown: Vec<String> =
        projects.iter().filter(|it| !it.months.is_empty()).map(|it| table(context, it)).collect();
    if shown.is_empty() {
        print(&format!("{}\n", context.texts.text("rates-empty")))?;
    } else {
        print(&shown.join("\n"))?;
    }
    Ok(Done::Fine)
}

fn table(context: &Context, project: &ProjectRates) -> String {
    let texts = &context.texts;
    let titles = [
        ("column-month", Layout::Left),
        ("column-expected", Layout::Right),
        ("column-complete", Layout::Right),
        ("column-completeness", Layout::Right),
        ("column-timely", Layout::Right),
        ("column-timeliness", Layout::Right),
        ("column-due", Layout::Left),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    let first = project.months.len().saturating_sub(MONTHS_SHOWN_MAX);
    for it in &project.months[first..] {
        let share = |it: Option<Ratio>| Cell::new(&texts.rate(it));
        table.row(vec![
            Cell::new(&texts.month(it.month)),
            Cell::new(&it.expected.to_string()),
            Cell::new(&it.complete.to_string()),
            share(it.completeness()).tone(tone(it, it.complete)),
            Cell::new(&it.timely.to_string()),
            share(it.timeliness()),
            Cell::new(&texts.date(it.due)).tone(Tone::Quiet),
        ]);
    }
    let head = paint(context.colour, Tone::Strong, &show(&project.project.name));
    format!("{head}\n{}", table.render(context.columns, context.colour))
}

const fn tone(rates: &MonthRates, part: u32) -> Tone {
    if part < rates.expected { Tone::Problem } else { Tone::Plain }
}
