//! `chantier config`: settings of the organisation and its projects.

use super::arguments::ConfigVerb;
use super::context::Context;
use super::out::{print, print_json, say};
use super::table::{Cell, Layout, Table};
use super::{Done, Stop};
use crate::actions::settings::{self, ALL};
use crate::model::month::Month;

/// Lists settings, or sets one.
pub fn run(context: &Context, verb: Option<ConfigVerb>) -> Result<Done, Stop> {
    match verb {
        None | Some(ConfigVerb::List) => list(context),
        Some(ConfigVerb::Set { name, value, project, from }) => {
            let mut session = context.open()?;
            let changed = settings::set(&mut session, &name, &value, project.as_deref(), from)?;
            say(&match (changed, from) {
                (false, _) => context.texts.text("unchanged"),
                (true, Some(month)) => {
                    context.texts.fill("setting-from", &[("name", &name), ("month", &context.month(month))])
                }
                (true, None) => context.texts.fill("setting-always", &[("name", &name)]),
            });
            Ok(Done::Fine)
        }
    }
}

fn list(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let set = settings::list(&session)?;
    if context.json {
        let rows = set.iter().map(|(row, project)| {
            let from = Some(row.month).filter(|it| *it > Month::MIN).map(|it| it.to_string());
            serde_json::json!({ "name": row.name, "value": row.value, "project": project, "from": from })
        });
        print_json(&rows.collect())?;
        return Ok(Done::Fine);
    }
    let titles = [
        ("column-setting", Layout::Left),
        ("column-value", Layout::Left),
        ("column-from", Layout::Left),
        ("column-project", Layout::Flexible),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (context.texts.text(key), layout)).into());
    for setting in ALL {
        let own: Vec<_> = set.iter().filter(|(row, _)| row.name == setting.name).collect();
        if own.iter().all(|(row, project)| project.is_some() || row.month > Month::MIN) {
            let value = if setting.default.is_empty() { "–" } else { setting.default };
            table.row(vec![
                Cell::new(setting.name),
                Cell::new(value),
                Cell::new(&context.texts.text("default")),
                Cell::new(""),
            ]);
        }
        for (row, project) in own {
            let from =
                if row.month > Month::MIN { context.month(row.month) } else { context.texts.text("always") };
            let project = project.as_deref().unwrap_or_default();
            table.row(vec![
                Cell::new(&row.name),
                Cell::new(&row.value),
                Cell::new(&from),
                Cell::new(project),
            ]);
        }
    }
    print(&table.render(context.columns, context.colour))?;
    Ok(Done::Fine)
}
