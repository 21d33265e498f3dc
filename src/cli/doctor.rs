//! `chantier doctor`: examines the database.

use super::context::Context;
use super::out::{print, print_json, progress};
use super::{Done, Stop, arguments};
use crate::actions::doctor::{self, Progress};

/// Examines and reports; exit 0 healthy, 1 something to repair, 2 damage.
pub fn run(context: &Context, arguments: arguments::Doctor) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let (_, changes) = session.store.read().log_size()?;
    let bar = progress(changes * 2, &context.texts.text("doctor-working"));
    let report = doctor::examine(&mut session, arguments.full, arguments.repair, |step| {
        let at = match step {
            Progress::Chain(at) => at,
            Progress::Rebuild(at) => changes + at,
        };
        if at % 1024 == 0 {
            bar.set_position(at);
        }
    })?;
    bar.finish_and_clear();
    let texts = &context.texts;
    let damage: Vec<String> = report.damage.iter().map(|it| texts.problem(it)).collect();
    let defects: Vec<String> = report.defects.iter().map(|it| texts.problem(it)).collect();
    if context.json {
        let (ops, changes) = report.size;
        print_json(&serde_json::json!({
            "operations": ops, "changes": changes, "damage": damage, "defects": defects, "repaired": report.repaired,
        }))?;
    } else {
        let (ops, changes) = report.size;
        let mut lines = vec![texts.fill("doctor-size", &[("ops", &ops), ("changes", &changes)])];
        if damage.is_empty() {
            lines.push(texts.text("doctor-sound"));
        }
        lines.extend(damage.iter().map(|it| texts.fill("doctor-damage", &[("text", it)])));
        lines.extend(defects.iter().map(|it| texts.fill("doctor-defect", &[("text", it)])));
        if report.repaired > 0 {
            lines.push(texts.fill("doctor-repaired", &[("count", &report.repaired)]));
        }
        let folded: Vec<String> = lines.iter().map(|it| context.folded(it, 4).join("\n    ")).collect();
        print(&(folded.join("\n") + "\n"))?;
    }
    Ok(if !damage.is_empty() {
        Done::Damage
    } else if defects.is_empty() {
        Done::Fine
    } else {
        Done::Some
    })
}
