//! `chantier import`: previews a workbook, asks, brings it in.

use std::io::{BufRead, IsTerminal, Write};

use serde_json::{Value, json};

use super::arguments;
use super::context::Context;
use super::out::{print, print_json, progress, say};
use super::table::{Cell, Layout, Table, Tone, paint};
use super::{Done, Stop};
use crate::actions::import::{self, Options, Plan, PlannedValue, Subject, ValueKind};
use crate::actions::session::Session;
use crate::actions::sign_off::changed::Outdated;
use crate::import::{Hints, Remark, RemarkKind, Unit, read_fenced};
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::show;

/// How many new values the preview shows; changed and refused ones are all shown.
const NEW_SHOWN_MAX: usize = 20;
/// How much of an observation the preview shows.
const OBSERVATION_COLUMNS: usize = 44;
/// How many remarks of a kind the preview shows.
const REMARKS_SHOWN_MAX: usize = 60;

/// Reads, previews, and brings in what is accepted.
pub fn run(context: &Context, arguments: arguments::Import) -> Result<Done, Stop> {
    let today = if context.has_database()? { context.open()?.today } else { context.date() };
    let hints = Hints {
        unit: arguments.unit.map(|it| match it {
            arguments::Unit::Percent => Unit::Percent,
            arguments::Unit::Fraction => Unit::Fraction,
        }),
        year: arguments.year,
        project: arguments.project,
        month_max: Month::of(today),
    };
    let program = std::env::current_exe().map_err(|it| Problem::new("program-unknown").with("error", it))?;
    let reading = read_fenced(&arguments.file, &hints, &program)?;
    // Without a database the plan is made for an empty one; the file is created once the plan is accepted.
    let known = context.has_database()?;
    let mut session = if known { context.open()? } else { Session::empty(today)? };
    let options = Options {
        duration_months: arguments.duration,
        organisation: context.texts.text("organisation-unnamed"),
    };
    let plan = import::plan(&session, reading, options)?;
    if context.json {
        print_json(&plan_json(context, &plan))?;
    } else {
        print(&preview(context, &plan))?;
    }
    if let Some(question) = plan.reading.questions.first() {
        return Err(question.problem.clone().into());
    }
    if arguments.dry_run || plan.changes_nothing() {
        say(&context.texts.text(if arguments.dry_run { "import-dry-run" } else { "import-nothing-new" }));
        return Ok(Done::Fine);
    }
    if !arguments.yes && !agreed(context)? {
        say(&context.texts.text("import-declined"));
        return Ok(Done::Some);
    }
    let mut plan = if known {
        plan
    } else {
        session = context.create()?;
        import::plan(&session, plan.reading, plan.options)?
    };
    let outdated = Outdated::now(&session)?;
    let bar = progress(plan.values.len() as u64, &context.texts.text("import-working"));
    import::bring_in(&mut session, &mut plan, |done| {
        if done % 256 == 0 {
            bar.set_position(done as u64);
        }
    })?;
    bar.finish_and_clear();
    say(&context
        .texts
        .fill("import-done", &[("values", &plan.values.len()), ("file", &plan.reading.file_name)]));
    outdated.since(&session)?.iter().for_each(|it| say(&context.texts.problem(it)));
    Ok(Done::Fine)
}

fn agreed(context: &Context) -> Result<bool, Stop> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Problem::new("import-needs-yes").into());
    }
    eprint!("{} ", context.texts.text("import-ask"));
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(Stop::Output)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "o" | "oui" | "y" | "yes"))
}

fn preview(context: &Context, plan: &Plan) -> String {
    let texts = &context.texts;
    let rejected = plan.rejected();
    let mut text = format!("{}\n", paint(context.colour, Tone::Strong, &show(&plan.reading.file_name)));
    let (new, changed) = (plan.count(ValueKind::New), plan.count(ValueKind::Changed));
    let (sites, described) = (plan.new_sites(), plan.changed_sites());
    let (projects, firms) = (plan.new_projects(), plan.new_contractors());
    let arguments: [(&str, &dyn std::fmt::Display); 4] =
        [("new", &new), ("changed", &changed), ("identical", &plan.identical), ("rejected", &rejected)];
    text.push_str(&format!("{}\n", texts.fill("import-values", &arguments)));
    let arguments: [(&str, &dyn std::fmt::Display); 4] =
        [("sites", &sites), ("described", &described), ("projects", &projects), ("firms", &firms)];
    text.push_str(&format!("{}\n", texts.fill("import-names", &arguments)));
    for kind in [ValueKind::Changed, ValueKind::New] {
        text.push_str(&values_text(context, plan, kind));
    }
    for (kind, key) in [
        (RemarkKind::RejectRow, "import-rejected-rows"),
        (RemarkKind::RejectValue, "import-rejected-values"),
        (RemarkKind::Warn, "import-warnings"),
        (RemarkKind::Note, "import-notes"),
    ] {
        text.push_str(&remarks_text(context, plan, kind, key));
    }
    if !plan.doubts.is_empty() {
        text.push_str(&format!("\n{}\n", texts.text("import-doubts")));
        for doubt in &plan.doubts {
            text.push_str(&format!("  {}\n", context.folded(&texts.problem(doubt), 4).join("\n    ")));
        }
    }
    for question in &plan.reading.questions {
        text.push_str(&format!("\n? {}\n", texts.problem(&question.problem)));
    }
    text.push('\n');
    text
}

fn values_text(context: &Context, plan: &Plan, kind: ValueKind) -> String {
    let of_kind: Vec<&PlannedValue> = plan.values.iter().filter(|it| it.kind == kind).collect();
    if of_kind.is_empty() {
        return String::new();
    }
    let most = if kind == ValueKind::New { NEW_SHOWN_MAX } else { usize::MAX };
    let key = if kind == ValueKind::New { "import-new" } else { "import-changed" };
    let mut text = format!("\n{}\n", context.texts.fill(key, &[("count", &of_kind.len())]));
    let mut table = Table::untitled(&[
        Layout::Left,
        Layout::Left,
        Layout::Flexible,
        Layout::Left,
        Layout::Right,
        Layout::Optional,
    ]);
    for value in of_kind.iter().take(most) {
        if let Some(subject) = plan.subject(value) {
            table.row(value_cells(context, value, &subject));
        }
    }
    text.push_str(&table.render(context.columns, context.colour));
    if of_kind.len() > most {
        text.push_str(&format!("  … +{}\n", of_kind.len() - most));
    }
    text
}

fn value_cells(context: &Context, value: &PlannedValue, subject: &Subject<'_>) -> Vec<Cell> {
    let figure = |it: Option<crate::model::percent::Percent>| {
        context.texts.hundredths(it.map(super::super::model::percent::Percent::hundredths))
    };
    let new = figure(subject.entry.cumulative);
    let change = match (value.writes_figure, value.old.is_some()) {
        (true, true) => format!("{} → {new}", figure(value.old)),
        (true, false) => new,
        (false, _) => String::new(),
    };
    let observation =
        if value.writes_observation { format!("« {} »", subject.entry.observation) } else { String::new() };
    let month = context.texts.month(subject.entry.month);
    vec![
        Cell::new(""),
        Cell::new(&subject.address).tone(Tone::Quiet),
        Cell::new(&subject.place),
        Cell::new(&month),
        Cell::new(&change),
        Cell::new(&super::table::shortened(&observation, OBSERVATION_COLUMNS)).tone(Tone::Quiet),
    ]
}

fn remarks_text(context: &Context, plan: &Plan, kind: RemarkKind, key: &str) -> String {
    let of_kind: Vec<&Remark> = plan.reading.remarks.iter().filter(|it| it.kind == kind).collect();
    if of_kind.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", context.texts.fill(key, &[("count", &of_kind.len())]));
    for remark in of_kind.iter().take(REMARKS_SHOWN_MAX) {
        let address = plan.address(remark).map(|it| format!("{} : ", show(&it))).unwrap_or_default();
        let sentence = format!("{address}{}", context.texts.problem(&remark.problem));
        text.push_str(&format!("  {}\n", context.folded(&sentence, 4).join("\n    ")));
    }
    if of_kind.len() > REMARKS_SHOWN_MAX {
        text.push_str(&format!("  … +{}\n", of_kind.len() - REMARKS_SHOWN_MAX));
    }
    text
}

fn plan_json(context: &Context, plan: &Plan) -> Value {
    let values = plan.values.iter().filter_map(|value| {
        let subject = plan.subject(value)?;
        Some(json!({
            "status": if value.kind == ValueKind::New { "new" } else { "changed" },
            "cell": subject.address, "project": subject.site.project, "site_code": subject.site.code,
            "site": subject.site.name, "lot": subject.line.lot, "contractors": subject.line.contractors,
            "month": subject.entry.month.to_string(),
            "old": value.old.map(|it| it.to_string()), "new": subject.entry.cumulative.map(|it| it.to_string()),
            "old_observation": value.old_observation, "observation": subject.entry.observation,
        }))
    });
    let remarks = plan.reading.remarks.iter().map(|it| {
        let kind = match it.kind {
            RemarkKind::RejectRow => "reject_row",
            RemarkKind::RejectValue => "reject_value",
            RemarkKind::Warn => "warn",
            RemarkKind::Note => "note",
        };
        json!({ "kind": kind, "cell": plan.address(it), "row": it.row, "key": it.problem.key, "text": context.texts.problem(&it.problem) })
    });
    let sentences = |problems: Vec<&Problem>| {
        problems.into_iter().map(|it| context.texts.problem(it)).collect::<Vec<_>>()
    };
    json!({
        "file": plan.reading.file_name, "hash": plan.reading.hash,
        "new": plan.count(ValueKind::New), "changed": plan.count(ValueKind::Changed), "identical": plan.identical,
        "rejected": plan.rejected(), "new_sites": plan.new_sites(), "new_projects": plan.new_projects(),
        "new_contractors": plan.new_contractors(),
        "values": values.collect::<Vec<_>>(), "remarks": remarks.collect::<Vec<_>>(),
        "doubts": sentences(plan.doubts.iter().collect()),
        "questions": sentences(plan.reading.questions.iter().map(|it| &it.problem).collect()),
    })
}
