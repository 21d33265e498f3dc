//! `chantier entry`: records one figure, or lists those that are missing.

use serde_json::json;

use super::context::Context;
use super::out::{print, print_json, say};
use super::table::{Cell, Layout, Table, Tone, paint};
use super::{Done, Stop};
use super::{application, arguments};
use crate::actions::record_entry::{self, Recorded, Request, Typed, place};
use crate::actions::status;
use crate::model::percent::Percent;
use crate::texts::tone;
use crate::ui::command::{EntryAim, Place};

/// How many changed months are shown.
const CONSEQUENCES_SHOWN_MAX: usize = 6;

/// Records, or lists what is missing.
pub fn run(context: &Context, arguments: arguments::Entry) -> Result<Done, Stop> {
    let (Some(place), Some(month)) = (arguments.place, arguments.month) else {
        if application::is_possible() && !context.json {
            return application::open(context, context.path()?, Some(Place::Entry(EntryAim::default())));
        }
        return missing(context);
    };
    let mut session = context.open()?;
    let request = Request {
        place: place.into(),
        month,
        typed: arguments.value.map(|it| it.parse::<Typed>()).transpose()?,
        observation: arguments.observation,
        cause: arguments.cause,
        attribution: arguments.attribution,
        normal: arguments.normal.map(|it| it.parse::<Percent>()).transpose()?,
    };
    let recorded = record_entry::record(&mut session, &request)?;
    recorded.warnings.iter().for_each(|it| say(&context.texts.problem(it)));
    if context.json {
        print_json(&recorded_json(&recorded))?;
    } else {
        print(&recorded_text(context, &recorded))?;
    }
    Ok(Done::Fine)
}

fn recorded_json(recorded: &Recorded) -> serde_json::Value {
    let consequences = recorded
        .consequences
        .iter()
        .map(|it| json!({ "month": it.month.to_string(), "old": it.old.as_str(), "new": it.new.as_str() }));
    let mut value = super::status::report_json(&recorded.report);
    value["site_code"] = recorded.site.code.as_str().into();
    value["site"] = recorded.site.name.as_str().into();
    value["lot"] = recorded.lot.name.as_str().into();
    value["old"] = recorded.old.and_then(|it| it.cumulative).map(|it| it.to_string()).into();
    value["changed"] = recorded.changed.into();
    value["consequences"] = consequences.collect();
    value["warnings"] = recorded.warnings.iter().map(|it| it.key.clone()).collect::<Vec<_>>().into();
    value
}

fn recorded_text(context: &Context, recorded: &Recorded) -> String {
    let texts = &context.texts;
    let report = &recorded.report;
    let figure = |it: Option<Percent>| {
        context.texts.hundredths(it.map(super::super::model::percent::Percent::hundredths))
    };
    let (named, month) = (place(&recorded.site, &recorded.lot), context.texts.month(report.month));
    let (old, new) = (figure(recorded.old.and_then(|it| it.cumulative)), figure(recorded.new.cumulative));
    let had_figure = recorded.old.is_some_and(|it| it.cumulative.is_some());
    let same = recorded.old.map(|it| it.cumulative) == Some(recorded.new.cumulative);
    let key = match (recorded.changed, recorded.new.not_applicable, had_figure) {
        (false, ..) => "entry-same",
        (true, true, _) => "entry-not-applicable",
        (true, false, _) if same || recorded.new.cumulative.is_none() => "entry-observed",
        (true, false, true) => "entry-corrected",
        (true, false, false) => "entry-recorded",
    };
    let arguments: [(&str, &dyn std::fmt::Display); 4] =
        [("place", &named), ("month", &month), ("old", &old), ("new", &new)];
    let mut text = texts.fill(key, &arguments) + "\n";
    if report.target.is_some() {
        let status = format!(
            "{} {}",
            context.texts.status_letter(report.status),
            context.texts.status_word(report.status)
        );
        let status = paint(context.colour, tone(report.status), &status);
        let (progress, normal, rate) = (
            context.texts.hundredths(report.month_progress),
            context.texts.rate(report.normal),
            context.texts.rate(report.target),
        );
        let line =
            texts.fill("entry-rates", &[("progress", &progress), ("normal", &normal), ("rate", &rate)]);
        text.push_str(&format!("{line} {status}\n"));
    }
    for it in recorded.consequences.iter().take(CONSEQUENCES_SHOWN_MAX) {
        let (month, old, new) = (
            context.texts.month(it.month),
            context.texts.outcome_word(it.old),
            context.texts.outcome_word(it.new),
        );
        text.push_str(&texts.fill("entry-consequence", &[("month", &month), ("old", &old), ("new", &new)]));
        text.push('\n');
    }
    let more = recorded.consequences.len().saturating_sub(CONSEQUENCES_SHOWN_MAX);
    if more > 0 {
        text.push_str(&texts.fill("entry-more", &[("count", &more)]));
        text.push('\n');
    }
    text
}

/// Lists the figures of the month that is due which are not there yet.
fn missing(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    session.organisation()?;
    let month = session.this_month().previous();
    let projects = status::status(&session, None, Some(month))?;
    let titles = [
        ("column-project", Layout::Flexible),
        ("column-place", Layout::Left),
        ("column-site", Layout::Flexible),
        ("column-m1", Layout::Right),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (context.texts.text(key), layout)).into());
    let mut rows = Vec::new();
    for project in &projects {
        for site in &project.sites {
            for lot in site.lots.iter().filter(|it| it.view.months[0].missing) {
                let named = place(&site.site, &lot.lot);
                rows.push(json!({
                    "project": project.project.name, "place": named, "site_code": site.site.code, "site": site.site.name,
                    "lot": lot.lot.name, "month": month.to_string(), "last_cumulative": lot.view.tracker.known().to_string(),
                }));
                let last = context.texts.hundredths(Some(lot.view.tracker.known().hundredths()));
                let project = Cell::new(&project.project.name).tone(Tone::Quiet);
                table.row(vec![project, Cell::new(&named), Cell::new(&site.site.name), Cell::new(&last)]);
            }
        }
    }
    if context.json {
        print_json(&rows.into())?;
        return Ok(Done::Fine);
    }
    let shown = context.texts.month(month);
    let key = if table.is_empty() { "entry-complete" } else { "entry-missing" };
    print(&format!("{}\n", context.texts.fill(key, &[("month", &shown)])))?;
    if !table.is_empty() {
        print(&format!("\n{}", table.render(context.columns, context.colour)))?;
        say(&context.texts.fill("entry-how", &[("month", &month)]));
    }
    Ok(Done::Fine)
}
