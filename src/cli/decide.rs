//! `chantier decide`: takes a decision about a lot or a site, or shows those that were taken with their grounds.

use serde_json::{Value, json};

use super::arguments;
use super::context::Context;
use super::history::{instant, when};
use super::out::{print, print_json, print_rows, say};
use super::{Done, Stop};
use crate::actions::decide::{self, Request};
use crate::actions::names;
use crate::actions::record_entry::place;
use crate::actions::sign_off::changed::Outdated;
use crate::actions::trail::{Decided, decisions};
use crate::model::decision::DecisionKind;
use crate::model::problem::Problem;
use crate::model::text::show;

/// Takes the decision and says what it means.
pub fn run(context: &Context, arguments: arguments::Decide) -> Result<Done, Stop> {
    let Some(kind) = arguments.kind.decision() else { return taken(context, &arguments) };
    let mut session = context.open()?;
    let request = Request {
        place: arguments.place.into(),
        kind,
        reason: arguments.reason.unwrap_or_default(),
        from: arguments.from,
        to: arguments.to,
        months: arguments.months,
        plan: arguments.plan.unwrap_or_default(),
    };
    let outdated = Outdated::now(&session)?;
    let mut decided = decide::decide(&mut session, &request)?;
    decided.warnings.extend(outdated.since(&session)?);
    decided.warnings.iter().for_each(|it| say(&context.texts.problem(it)));
    let places: Vec<String> = decided.lots.iter().map(|it| place(&decided.site, it)).collect();
    if context.json {
        let value = json!({
            "kind": request.kind.word(), "lots": places, "from": decided.from.to_string(),
            "to": request.to.map(|it| it.to_string()), "reason": request.reason, "months": request.months,
            "plan": given(&request.plan),
        });
        print_json(&value)?;
        return Ok(Done::Fine);
    }
    let what = context.texts.text(&format!("decision-{}", request.kind.word()));
    let month = context.texts.month(decided.from);
    for named in &places {
        let until = request.to.map(|it| context.texts.month(it)).unwrap_or_default();
        let arguments: [(&str, &dyn std::fmt::Display); 4] =
            [("what", &what), ("place", named), ("month", &month), ("until", &until)];
        let key = if request.to.is_some() { "decided-until" } else { "decided" };
        print(&format!("{}\n", context.texts.fill(key, &arguments)))?;
    }
    if matches!(kind, DecisionKind::Demobilise | DecisionKind::Remobilise) {
        let named = places.first().map_or("", String::as_str);
        say(&context.texts.fill("decided-letter", &[("place", &named), ("kind", &notice_word(kind))]));
    }
    Ok(Done::Fine)
}

/// Returns the word by which the letter of a decision is prepared.
const fn notice_word(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Remobilise => "remobilisation",
        _ => "demobilisation",
    }
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|it| !it.is_empty())
}

/// Shows the decisions that were taken, each with what was known then, oldest first.
fn taken(context: &Context, arguments: &arguments::Decide) -> Result<Done, Stop> {
    let texts = &context.texts;
    let terms = [arguments.from, arguments.to].iter().any(Option::is_some) || arguments.months.is_some();
    if terms || arguments.reason.is_some() || arguments.plan.is_some() {
        return Err(Problem::new("decide-show-alone").into());
    }
    let session = context.open()?;
    let (site, lots) = names::lots(session.store.read(), &arguments.place)?;
    let mut found: Vec<(String, Decided)> = Vec::new();
    for lot in lots {
        found.extend(decisions(&session, lot.id)?.into_iter().map(|it| (place(&site, &lot), it)));
    }
    found.sort_by_key(|(_, it)| it.op.n);
    if context.json {
        print_rows(found.iter().map(|(place, it)| {
            let mut value = decision_json(it);
            value["place"] = place.as_str().into();
            value
        }))?;
        return Ok(Done::Fine);
    }
    if found.is_empty() {
        print(&format!("{}\n", texts.text("decide-none")))?;
        return Ok(Done::Fine);
    }
    let blocks: Vec<String> = found.iter().map(|(place, it)| block(context, place, it)).collect();
    print(&blocks.join("\n"))?;
    Ok(Done::Fine)
}

/// Writes a decision with its grounds in words.
pub fn block(context: &Context, place: &str, decided: &Decided) -> String {
    let texts = &context.texts;
    let from = decided.from.map(|it| texts.month(it)).unwrap_or_default();
    let title =
        texts.fill("decide-block", &[("what", &texts.decided(decided)), ("place", &place), ("from", &from)]);
    let mut block = format!("{}\n", show(&title));
    block.push_str(&format!("  {} · {}\n", when(&decided.op), show(&decided.op.user)));
    for line in texts.grounds_of(decided) {
        block.push_str(&format!("  {}\n", show(&line)));
    }
    block
}

/// Returns a decision with its grounds, for programs.
pub fn decision_json(decided: &Decided) -> Value {
    json!({
        "kind": decided.kind, "from": decided.from.map(|it| it.to_string()), "to": decided.to.map(|it| it.to_string()),
        "reason": decided.reason, "plan": given(&decided.plan), "months": decided.months,
        "by_policy": decided.is_by_policy(), "grounds": decided.grounds, "user": decided.op.user,
        "when": instant(&decided.op), "withdrawn": decided.is_withdrawn,
    })
}
