//! `chantier undo`: takes back the last op, or does it again.

use super::context::Context;
use super::out::{print, print_json, say};
use super::{Done, Stop, arguments};
use crate::actions::sign_off::changed::Outdated;
use crate::actions::undo;

/// Takes back, or does again.
pub fn run(context: &Context, arguments: arguments::Undo) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let outdated = Outdated::now(&session)?;
    let (key, op) = if arguments.redo {
        ("redone", undo::redo(&mut session)?)
    } else {
        ("undone", undo::undo(&mut session)?)
    };
    outdated.since(&session)?.iter().for_each(|it| say(&context.texts.problem(it)));
    let what = context.texts.op_sentence(&op);
    if context.json {
        print_json(&serde_json::json!({ "action": key, "operation": op.name, "what": what }))?;
    } else {
        print(&format!("{}\n", context.texts.fill(key, &[("what", &what)])))?;
    }
    Ok(Done::Fine)
}
