//! `chantier unlock`: opens a locked month again, for a reason.

use super::arguments::Unlock;
use super::context::Context;
use super::out::{print, print_json, say};
use super::{Done, Stop};
use crate::actions::sign_off::lock::{self, Unlocking};

/// Opens the month.
pub fn run(context: &Context, arguments: Unlock) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let Unlock { what, month, reason, until } = arguments;
    let asked = Unlocking { project: what.into(), month, reason, until };
    let (project, warnings) = lock::unlock(&mut session, &asked)?;
    for warning in &warnings {
        say(&context.texts.problem(warning));
    }
    if context.json {
        print_json(&serde_json::json!({
            "project": project.name, "month": month.to_string(), "reason": asked.reason,
            "until": until.map(|it| it.to_string()),
        }))?;
        return Ok(Done::Fine);
    }
    let named = context.texts.month(month);
    let last = until.map(|it| context.texts.date(it)).unwrap_or_default();
    let places: [(&str, &dyn std::fmt::Display); 3] =
        [("project", &project.name), ("month", &named), ("until", &last)];
    let key = if until.is_some() { "unlocked-until" } else { "unlocked" };
    print(&format!("{}\n", context.texts.fill(key, &places)))?;
    Ok(Done::Fine)
}
