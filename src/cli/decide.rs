//! `chantier decide`: takes a decision about a lot or a site.

use super::context::Context;
use super::out::{print, print_json, say};
use super::{Done, Stop, arguments};
use crate::actions::decide::{self, Request};
use crate::actions::record_entry::place;
use crate::actions::sign_off::changed::Outdated;

/// Takes the decision and says what it means.
pub fn run(context: &Context, arguments: arguments::Decide) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let request = Request {
        place: arguments.place.into(),
        kind: arguments.kind.into(),
        reason: arguments.reason,
        from: arguments.from,
        to: arguments.to,
    };
    let outdated = Outdated::now(&session)?;
    let mut decided = decide::decide(&mut session, &request)?;
    decided.warnings.extend(outdated.since(&session)?);
    decided.warnings.iter().for_each(|it| say(&context.texts.problem(it)));
    let places: Vec<String> = decided.lots.iter().map(|it| place(&decided.site, it)).collect();
    if context.json {
        let value = serde_json::json!({
            "kind": request.kind.word(), "lots": places, "from": decided.from.to_string(),
            "to": request.to.map(|it| it.to_string()), "reason": request.reason,
        });
        print_json(&value)?;
        return Ok(Done::Fine);
    }
    let what = context.texts.text(&format!("decision-{}", request.kind.word()));
    let month = context.texts.month(decided.from);
    for named in places {
        let until = request.to.map(|it| context.texts.month(it)).unwrap_or_default();
        let arguments: [(&str, &dyn std::fmt::Display); 4] =
            [("what", &what), ("place", &named), ("month", &month), ("until", &until)];
        let key = if request.to.is_some() { "decided-until" } else { "decided" };
        print(&format!("{}\n", context.texts.fill(key, &arguments)))?;
    }
    Ok(Done::Fine)
}
