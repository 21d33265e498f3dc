//! `chantier config`: settings of the organisation and its projects.

use super::arguments::ConfigVerb;
use super::context::{Context, whole_path};
use super::out::{print, print_json, say};
use super::table::{Cell, Layout, Table};
use super::{Done, Stop};
use crate::actions::notices::mail_settings;
use crate::actions::settings::{self, ALL, SettingRow};
use crate::model::month::Month;

/// Lists settings, or sets one.
pub fn run(context: &Context, verb: Option<ConfigVerb>) -> Result<Done, Stop> {
    match verb {
        None | Some(ConfigVerb::List) => list(context),
        Some(ConfigVerb::Set { name, value, project, from }) => {
            let mut session = context.open()?;
            let value = if mail_settings::is_path(&name) { whole_path(&value)? } else { value };
            let changed = settings::set(&mut session, &name, &value, project.as_deref(), from)?;
            let key = match (changed, from) {
                (false, _) => "unchanged",
                (true, Some(_)) => "setting-from",
                (true, None) if name.starts_with("policy.") => "setting-always",
                (true, None) => "setting-plain",
            };
            let month = from.map(|it| context.texts.month(it)).unwrap_or_default();
            say(&context.texts.fill(key, &[("name", &name), ("value", &value), ("month", &month)]));
            Ok(Done::Fine)
        }
    }
}

fn list(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let set = settings::list(&session)?;
    let machine = mail_settings::load(&session)?;
    if context.json {
        let own = set.iter().map(|(row, project)| {
            let from = Some(row.month).filter(|it| *it > Month::MIN).map(|it| it.to_string());
            serde_json::json!({ "name": row.name, "value": row.value, "project": project, "from": from, "default": false })
        });
        let usual = ALL.iter().filter(|it| !is_set(&set, it.name)).map(|it| {
            serde_json::json!({ "name": it.name, "value": it.default, "project": null, "from": null, "default": true })
        });
        let here = machine.set().map(|(name, value)| {
            serde_json::json!({ "name": name, "value": value, "project": null, "from": null, "default": false })
        });
        print_json(&usual.chain(own).chain(here).collect())?;
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
        if !is_set(&set, setting.name) {
            let value = if setting.default.is_empty() { "–" } else { setting.default };
            table.row(vec![
                Cell::new(setting.name),
                Cell::new(value),
                Cell::new(&context.texts.text("default")),
                Cell::new(""),
            ]);
        }
        for (row, project) in own {
            let from = if row.month > Month::MIN {
                context.texts.month(row.month)
            } else {
                context.texts.text("always")
            };
            let project = project.as_deref().unwrap_or_default();
            table.row(vec![
                Cell::new(&row.name),
                Cell::new(&row.value),
                Cell::new(&from),
                Cell::new(project),
            ]);
        }
    }
    for (name, value) in machine.set() {
        let place = context.texts.text("mail-this-machine");
        table.row(vec![Cell::new(name), Cell::new(value), Cell::new(""), Cell::new(&place)]);
    }
    print(&table.render(context.columns, context.colour))?;
    Ok(Done::Fine)
}

/// Tells whether the organisation has set a setting from the beginning, so that the usual value never holds.
fn is_set(set: &[(SettingRow, Option<String>)], name: &str) -> bool {
    set.iter().any(|(row, project)| row.name == name && project.is_none() && row.month == Month::MIN)
}
