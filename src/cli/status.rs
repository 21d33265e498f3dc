//! `chantier status`: rates, status, cycle, M, M-1, M-2, and what comes next.

use serde_json::{Value, json};

use super::arguments::Status;
use super::context::Context;
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone, paint};
use super::{Done, Stop};
use crate::actions::session::Session;
use crate::actions::sign_off::{Vouched, vouched_months};
use crate::actions::status::{self, LotStatus, ProjectStatus, SiteStatus};
use crate::model::month::Month;
use crate::model::sign_off::SignLevel;
use crate::model::text::show;
use crate::rules::{CycleKind, MonthReport, Outcome, Ratio, Recovery};
use crate::texts::{decimal, outcome_tone, tone};
use crate::ui::theme::CONTESTED;

/// Prints how a project, a site, or everything stands.
pub fn run(context: &Context, arguments: &Status) -> Result<Done, Stop> {
    let session = context.open()?;
    session.organisation()?;
    if arguments.rates {
        return super::rates::run(context, &session, arguments);
    }
    let projects = status::status(&session, arguments.what.as_deref(), arguments.month)?;
    let visas: Vec<Vec<Vouched>> = projects.iter().map(|it| visas(&session, it)).collect::<Result<_, _>>()?;
    if context.json {
        let projects = projects.iter().zip(&visas);
        let sites = projects
            .flat_map(|(project, visas)| project.sites.iter().map(move |site| (project, visas, site)));
        print_rows(sites.flat_map(|(project, visas, site)| {
            site.lots.iter().map(move |lot| {
                let mut value = lot_json(context, project, site, lot);
                value["sign_off"] = visa_json(visas, lot.view.months[0].month);
                value
            })
        }))?;
        return Ok(Done::Fine);
    }
    if projects.is_empty() {
        print(&format!("{}\n", context.texts.text("status-empty")))?;
        return Ok(Done::Fine);
    }
    let one_site = projects.len() == 1 && projects[0].sites.len() == 1 && arguments.what.is_some();
    let text = if one_site {
        card(context, &projects[0], &visas[0])
    } else {
        projects.iter().zip(&visas).map(|(project, visas)| table(context, project, visas)).collect()
    };
    print(&text)?;
    Ok(Done::Fine)
}

/// Returns how far the month shown is vouched for, and every signed month that says something else since.
fn visas(session: &Session, project: &ProjectStatus) -> Result<Vec<Vouched>, Stop> {
    let shown = project.sites.iter().flat_map(|it| &it.lots).map(|it| it.view.months[0].month).max();
    let mut found = vouched_months(session, &project.project)?;
    found.retain(|it| it.is_broken() || Some(it.month) == shown);
    Ok(found)
}

/// Says how far a month is vouched for, for programs; nothing where nobody signed.
fn visa_json(visas: &[Vouched], month: Month) -> Value {
    let found = visas.iter().find(|it| it.month == month);
    found.map_or(
        Value::Null,
        |it| json!({ "reached": it.reached.map(SignLevel::word), "changed": it.is_broken() }),
    )
}

/// Returns the figures of a month, for programs.
pub fn report_json(report: &MonthReport) -> Value {
    let rate = |it: Option<Ratio>| it.map(|it| it.to_decimal_string(2));
    json!({
        "month": report.month.to_string(),
        "cumulative": report.cumulative.map(|it| it.to_string()),
        "month_progress": report.month_progress.map(decimal),
        "normal_rate": rate(report.normal),
        "target_rate": rate(report.target),
        "delay_rate": report.delay().map(|it| it.to_decimal_string_up(2)),
        "status": report.status.as_str(),
        "estimated": report.estimated,
        "overridden": report.overridden,
        "overdue": report.overdue,
        "start_assumed": report.start_assumed,
        "cycle": {
            "kind": report.cycle.kind.as_str(),
            "month": report.cycle.month,
            "outcome": report.outcome.as_str(),
        },
    })
}

fn lot_json(context: &Context, project: &ProjectStatus, site: &SiteStatus, lot: &LotStatus) -> Value {
    let [now, before, earlier] = &lot.view.months;
    let identified = |report: &MonthReport| {
        let mut value = report_json(report);
        value["project"] = project.project.name.as_str().into();
        value["site_code"] = site.site.code.as_str().into();
        value["site"] = site.site.name.as_str().into();
        value["lot"] = lot.lot.name.as_str().into();
        value["contractors"] = lot.contractors.clone().into();
        value
    };
    let mut value = identified(now);
    value["state"] = lot.state.as_str().into();
    value["demobilisation_proposed"] =
        lot.view.tracker.proposed_demobilisation().map(|it| it.to_string()).into();
    value["remobilisations"] = lot.view.tracker.remobilisations().into();
    value["recovery"] = lot.view.tracker.recovery().map(|it| recovery_json(&it)).into();
    value["last_cumulative"] = lot.view.tracker.known().to_string().into();
    value["last_month"] = lot.view.tracker.known_month().map(|it| it.to_string()).into();
    value["next"] = context.texts.next_json(&lot.next);
    value["previous"] = vec![identified(before), identified(earlier)].into();
    value["observation"] = lot.observation.as_str().into();
    value["conflicts"] = lot.contested.iter().map(ToString::to_string).collect::<Vec<_>>().into();
    value["site_progress"] = site.progress.map(|it| it.to_decimal_string(2)).into();
    value["project_progress"] = project.progress.map(|it| it.to_decimal_string(2)).into();
    let delay = lot.delay.as_ref();
    let mut ratio =
        |name: &str, ratio: Option<Ratio>| value[name] = ratio.map(|it| it.to_decimal_string(2)).into();
    ratio("time_consumed", delay.map(|it| it.time_consumed));
    ratio("physical_minus_time", delay.map(|it| it.physical_minus_time));
    ratio("delay_points", delay.map(|it| it.points));
    ratio("delay_months", delay.map(|it| it.months));
    value
}

fn recovery_json(plan: &Recovery) -> Value {
    json!({
        "from": plan.from.to_string(), "months": plan.months, "known": plan.known.to_string(),
        "normal_rate": plan.rate().map(|it| it.to_decimal_string(2)),
        "end": plan.targets().last().map(|(month, _)| month.to_string()),
    })
}

fn table(context: &Context, project: &ProjectStatus, visas: &[Vouched]) -> String {
    let texts = &context.texts;
    let titles = [
        ("column-code", Layout::Left),
        ("column-site", Layout::Flexible),
        ("column-m2", Layout::Right),
        ("column-m1", Layout::Right),
        ("column-m", Layout::Right),
        ("column-rate", Layout::Right),
        ("column-mark", Layout::Left),
        ("column-status", Layout::Optional),
        ("column-cycle", Layout::Left),
        ("column-contractor", Layout::Optional),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for site in &project.sites {
        if site.lots.len() > 1 {
            table.row(vec![Cell::new(&site.site.code), Cell::new(&site.site.name)]);
        }
        for lot in &site.lots {
            table.row(row(context, site, lot));
        }
    }
    let name = show(&project.project.name);
    let progress = context.texts.rate(project.progress);
    let state = context.texts.state_word(project.state);
    let months = project.sites.iter().flat_map(|it| &it.lots).map(|it| it.view.months[0].month);
    let month = months.max().map(|it| context.texts.month(it)).unwrap_or_default();
    let sites = project.sites.len();
    let arguments: [(&str, &dyn std::fmt::Display); 4] =
        [("sites", &sites), ("progress", &progress), ("state", &state), ("month", &month)];
    let line = texts.fill("project-line", &arguments);
    let head = paint(context.colour, Tone::Strong, &name);
    let shown: Vec<&MonthReport> =
        project.sites.iter().flat_map(|it| &it.lots).map(|it| &it.view.months[0]).collect();
    let body = table.render(context.columns, context.colour);
    let visas: String = visas.iter().map(|it| format!("{}\n", texts.vouched_sentence(it))).collect();
    format!(
        "{head}\n{line}\n{visas}\n{body}{}\n",
        legend(context, &shown) + &legend_contested(context, project)
    )
}

/// Explains the mark of figures of which versions compete.
fn legend_contested(context: &Context, project: &ProjectStatus) -> String {
    let bears = |it: &LotStatus| it.view.months.iter().any(|month| it.contested.contains(&month.month));
    if !project.sites.iter().flat_map(|it| &it.lots).any(bears) {
        return String::new();
    }
    format!("{}\n", paint(context.colour, Tone::Quiet, &context.texts.text("legend-contested")))
}

/// The cells of a lot; the lots of a site that has several stand below its name.
fn row(context: &Context, site: &SiteStatus, lot: &LotStatus) -> Vec<Cell> {
    let [now, before, earlier] = &lot.view.months;
    let (code, name) = if site.lots.len() > 1 {
        ("", format!("└ {}", lot.lot.name))
    } else {
        (site.site.code.as_str(), site.site.name.clone())
    };
    let firms = lot.contractors.join(" / ");
    let firms = if firms == lot.lot.name { "" } else { &firms };
    let cumulative = |it: &MonthReport| {
        let contested = if lot.contested.contains(&it.month) { CONTESTED } else { "" };
        Cell::new(&format!("{contested}{}", context.texts.progress(it)))
    };
    vec![
        Cell::new(code),
        Cell::new(&name),
        cumulative(earlier),
        cumulative(before),
        cumulative(now),
        Cell::new(&rate_shown(context, now)).tone(tone(now.status)),
        Cell::new(&mark(context, now)).tone(tone(now.status)),
        Cell::new(&context.texts.status_word(now.status)).tone(tone(now.status)),
        Cell::new(&cycle(context, now)).tone(outcome_tone(now.outcome)),
        Cell::new(firms).tone(Tone::Quiet),
    ]
}

/// Shows a rate reached; a tilde marks one that is spread over several months.
fn rate_shown(context: &Context, report: &MonthReport) -> String {
    format!("{}{}", if report.estimated { "~" } else { "" }, context.texts.rate(report.target))
}

/// Returns the letter of a month's status, with a sign after the contractual end.
fn mark(context: &Context, report: &MonthReport) -> String {
    let sign = if is_overdue(report) { "!" } else { "" };
    format!("{}{sign}", context.texts.status_letter(report.status))
}

const fn is_overdue(report: &MonthReport) -> bool {
    report.overdue && report.expected
}

/// Explains the marks that the months shown bear.
fn legend(context: &Context, shown: &[&MonthReport]) -> String {
    let mut text = String::new();
    for (bears, key) in [
        (shown.iter().any(|it| is_overdue(it)), "legend-overdue"),
        (shown.iter().any(|it| it.estimated), "legend-estimated"),
        (shown.iter().any(|it| it.overridden), "legend-overridden"),
    ] {
        if bears {
            text.push_str(&paint(context.colour, Tone::Quiet, &context.texts.text(key)));
            text.push('\n');
        }
    }
    text
}

/// Names the place of a month in the cycle and, shortly, what the rules found.
fn cycle(context: &Context, report: &MonthReport) -> String {
    let outcome = match report.outcome {
        Outcome::Aucun | Outcome::HorsSuivi | Outcome::NonSaisie | Outcome::Suspendu => String::new(),
        outcome => context.texts.text(&format!("outcome-short-{}", outcome.as_str().replace('_', "-"))),
    };
    let mut parts = Vec::new();
    if report.cycle.kind != CycleKind::Aucun && report.cycle.month > 0 {
        parts.push(format!("{} {}", context.texts.cycle_word(report.cycle.kind), report.cycle.month));
    }
    parts.extend(Some(outcome).filter(|it| !it.is_empty()));
    parts.join(" · ")
}

fn card(context: &Context, project: &ProjectStatus, visas: &[Vouched]) -> String {
    let Some(site) = project.sites.first() else { return String::new() };
    let texts = &context.texts;
    let title = crate::texts::site_and_lot(&site.site.code, &site.site.name, "");
    let mut text =
        format!("{}\n{}\n", paint(context.colour, Tone::Strong, &title), show(&project.project.name));
    let mut fact = |key: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("{:<16}{}\n", texts.text(key), show(value)));
        }
    };
    fact("field-address", &site.site.address);
    fact("field-start", &site.site.start.map(|it| it.to_string()).unwrap_or_default());
    fact("field-duration", &durations(context, site));
    fact("field-progress", &format!("{} %", context.texts.rate(site.progress)));
    fact("field-state", &context.texts.state_word(site.state));
    for visa in visas {
        text.push_str(&format!("{}\n", texts.vouched_sentence(visa)));
    }
    for lot in &site.lots {
        text.push('\n');
        text.push_str(&lot_card(context, lot, site.lots.len() > 1));
    }
    text
}

/// Names the contractual duration and its amendments.
fn durations(context: &Context, site: &SiteStatus) -> String {
    let Some(lot) = site.lots.first() else { return String::new() };
    let named = lot.durations.iter().enumerate().map(|(index, (month, months))| match index {
        0 => context.texts.fill("months", &[("count", months)]),
        _ => context
            .texts
            .fill("duration-from", &[("months", months), ("month", &context.texts.month(*month))]),
    });
    named.collect::<Vec<_>>().join(" ; ")
}

/// Says what a recovery plan asks, and until when.
fn recovery(context: &Context, plan: &Recovery) -> String {
    let texts = &context.texts;
    let end = plan.targets().last().map(|(month, _)| texts.month(month)).unwrap_or_default();
    let (from, rate) = (texts.month(plan.from), texts.rate(plan.rate()));
    let places: [(&str, &dyn std::fmt::Display); 4] =
        [("months", &plan.months), ("from", &from), ("rate", &rate), ("end", &end)];
    format!("{}\n", texts.fill("status-plan", &places))
}

fn lot_card(context: &Context, lot: &LotStatus, several: bool) -> String {
    let texts = &context.texts;
    let mut text = String::new();
    if several {
        text.push_str(&paint(context.colour, Tone::Strong, &show(&lot.lot.name)));
        text.push('\n');
    }
    let firms = lot.contractors.join(" / ");
    let repeats_name = several && firms == lot.lot.name;
    if !firms.is_empty() && !repeats_name {
        text.push_str(&format!("{}\n", show(&firms)));
    }
    if let Some(plan) = lot.view.tracker.recovery() {
        text.push_str(&recovery(context, &plan));
    }
    let titles = [
        ("column-month", Layout::Left),
        ("column-cumulative", Layout::Right),
        ("column-progress", Layout::Right),
        ("column-normal", Layout::Right),
        ("column-rate", Layout::Right),
        ("column-delay", Layout::Right),
        ("column-mark", Layout::Left),
        ("column-status", Layout::Optional),
        ("column-cycle", Layout::Left),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for report in lot.view.months.iter().rev() {
        let delay =
            report.delay().map_or_else(|| "–".to_owned(), |it| texts.decimal(&it.to_decimal_string_up(2)));
        table.row(vec![
            Cell::new(&context.texts.month(report.month)),
            Cell::new(&context.texts.progress(report)),
            Cell::new(&context.texts.hundredths(report.month_progress)),
            Cell::new(&format!(
                "{}{}",
                if report.overridden { "*" } else { "" },
                context.texts.rate(report.normal)
            )),
            Cell::new(&rate_shown(context, report)),
            Cell::new(&delay),
            Cell::new(&mark(context, report)).tone(tone(report.status)),
            Cell::new(&context.texts.status_word(report.status)).tone(tone(report.status)),
            Cell::new(&cycle(context, report)).tone(outcome_tone(report.outcome)),
        ]);
    }
    text.push_str(&table.render(context.columns, context.colour));
    text.push_str(&legend(context, &lot.view.months.iter().collect::<Vec<_>>()));
    let mut lines = Vec::new();
    if !lot.contested.is_empty() {
        let months = lot.contested.iter().map(|it| context.texts.month(*it)).collect::<Vec<_>>().join(", ");
        lines.push(texts.fill("contested", &[("months", &months)]));
    }
    if !lot.observation.is_empty() {
        lines.push(texts.fill("observed", &[("text", &lot.observation)]));
    }
    for (lacks, key) in [(lot.durations.is_empty(), "lacks-duration"), (lot.lacks_start, "lacks-start")] {
        if lacks {
            lines.push(texts.text(key));
        }
    }
    lines.push(context.texts.next_sentence(&lot.next));
    for line in lines.iter().flat_map(|it| context.folded(it, 0)) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}
