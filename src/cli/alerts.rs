//! `chantier alerts`: the board.

use serde::Serialize;
use serde_json::{Value, json};

use super::arguments::Alerts;
use super::context::Context;
use super::out::{print, print_rows, rows_bytes, say};
use super::table::{Tone, paint};
use super::{Done, Stop};
use crate::actions::alerts::{self, Alert, AlertKind, Board, Grounds, Recipient, RecipientNames};
use crate::actions::session::Session;
use crate::export::AlertRow;
use crate::model::text::show;
use crate::texts::decimal;
use crate::texts::site_and_lot;

/// Prints the board; exit 1 when something stands.
pub fn run(context: &Context, arguments: &Alerts) -> Result<Done, Stop> {
    let session = context.open()?;
    print_board(context, &session, arguments)
}

/// Prints the board of an open database.
pub fn print_board(context: &Context, session: &Session, arguments: &Alerts) -> Result<Done, Stop> {
    session.organisation()?;
    let board = alerts::board(session, arguments.project.as_deref(), arguments.month)?;
    if context.json {
        let names = RecipientNames::load(session)?;
        let rows =
            board.alerts.iter().map(|it| alert_json(context, &board, it, alerts::recipients(it, &names)));
        print_rows(rows)?;
    } else {
        print(&board_text(context, session, &board))?;
        if board.lots_to_complete > 0 {
            say(&context.texts.fill("board-to-complete", &[("count", &board.lots_to_complete)]));
        }
    }
    Ok(if board.alerts.is_empty() { Done::Fine } else { Done::Some })
}

/// Returns the board as JSON, as the verb prints it.
pub fn json_bytes(context: &Context, session: &Session) -> Result<Vec<u8>, Stop> {
    let board = alerts::board(session, None, None)?;
    let names = RecipientNames::load(session)?;
    rows_bytes(board.alerts.iter().map(|it| alert_json(context, &board, it, alerts::recipients(it, &names))))
}

/// Returns the alerts as rows of an export.
pub fn rows(context: &Context, session: &Session) -> Result<Vec<AlertRow>, Stop> {
    let board = alerts::board(session, None, None)?;
    let names = RecipientNames::load(session)?;
    let rows = board.alerts.iter().map(|alert| {
        let (site_code, site, lot) = subject(alert);
        AlertRow {
            kind: alert.kind.word().to_owned(),
            gravity: gravity(alert).to_owned(),
            project: project(&board, alert).to_owned(),
            site_code: site_code.to_owned(),
            site: site.to_owned(),
            lot: lot.to_owned(),
            month: alert.month,
            since: alert.since.to_string(),
            reason: context.texts.reason(alert),
            figures: flat_figures(alert),
            recipients: alerts::recipients(alert, &names).iter().map(address).collect(),
        }
    });
    Ok(rows.collect())
}

fn board_text(context: &Context, session: &Session, board: &Board) -> String {
    let texts = &context.texts;
    let title = texts.fill("board-title", &[("date", &texts.date(session.today))]);
    let mut text = format!("{}\n", paint(context.colour, Tone::Strong, &title));
    if board.alerts.is_empty() {
        text.push_str(&format!("\n{}\n", texts.text("board-empty")));
    }
    let kinds = [
        AlertKind::Demobilisation,
        AlertKind::PreDemobilisation,
        AlertKind::Sursis,
        AlertKind::Alerte,
        AlertKind::NonSaisie,
    ];
    for kind in kinds {
        let of_kind: Vec<&Alert> = board.alerts.iter().filter(|it| it.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let heading = texts.text(&format!("kind-{}", kind.word().replace('_', "-")));
        let line = format!("{heading} ({})", of_kind.len());
        text.push_str(&format!("\n{}\n", paint(context.colour, kind_tone(kind), &line)));
        for alert in of_kind {
            text.push_str(&alert_text(context, board, alert));
        }
    }
    text
}

fn alert_text(context: &Context, board: &Board, alert: &Alert) -> String {
    let project = show(project(board, alert));
    let mut text = String::new();
    let mut indented = |line: &str, tone: Tone| {
        for folded in context.folded(line, 4) {
            text.push_str("    ");
            text.push_str(&paint(context.colour, tone, &folded));
            text.push('\n');
        }
    };
    let head = match &alert.grounds {
        Grounds::Missing { .. } => {
            indented(&context.texts.reason(alert), Tone::Plain);
            format!("  · {}", context.folded(&project, 4).join("\n    "))
        }
        Grounds::Rule { site, lot, report, next, .. } => {
            let letter = context.texts.status_letter(report.status);
            let tone = crate::texts::tone(report.status);
            indented(&context.texts.reason(alert), Tone::Plain);
            indented(&context.texts.next_sentence(next), Tone::Quiet);
            let name = site_and_lot(&site.code, &site.name, &lot.name);
            let lines = context.folded(&format!("{name} – {project}"), 4);
            format!("  {} {}", paint(context.colour, tone, &letter), lines.join("\n    "))
        }
    };
    format!("{head}\n{text}")
}

const fn kind_tone(kind: AlertKind) -> Tone {
    match kind {
        AlertKind::Demobilisation | AlertKind::PreDemobilisation => Tone::Critical,
        AlertKind::Sursis | AlertKind::Alerte => Tone::Problem,
        AlertKind::NonSaisie => Tone::Strong,
    }
}

fn project<'a>(board: &'a Board, alert: &Alert) -> &'a str {
    board.projects.get(&alert.project).map_or("", |it| &it.name)
}

fn subject(alert: &Alert) -> (&str, &str, &str) {
    match &alert.grounds {
        Grounds::Missing { .. } => ("", "", ""),
        Grounds::Rule { site, lot, .. } => (&site.code, &site.name, &lot.name),
    }
}

fn gravity(alert: &Alert) -> &'static str {
    match &alert.grounds {
        Grounds::Missing { .. } => "non_renseigne",
        Grounds::Rule { report, .. } => report.status.as_str(),
    }
}

/// An alert for programs.
#[derive(Serialize)]
struct AlertJson<'a> {
    kind: &'static str,
    gravity: &'static str,
    project: &'a str,
    site_code: Option<&'a str>,
    site: Option<&'a str>,
    lot: Option<&'a str>,
    month: String,
    since: String,
    reason: String,
    figures: Value,
    recipients: Vec<Recipient>,
}

fn alert_json<'a>(
    context: &Context,
    board: &'a Board,
    alert: &'a Alert,
    recipients: Vec<Recipient>,
) -> AlertJson<'a> {
    let (site_code, site, lot) = subject(alert);
    let of_lot = matches!(alert.grounds, Grounds::Rule { .. });
    AlertJson {
        kind: alert.kind.word(),
        gravity: gravity(alert),
        project: project(board, alert),
        site_code: of_lot.then_some(site_code),
        site: of_lot.then_some(site),
        lot: of_lot.then_some(lot),
        month: alert.month.to_string(),
        since: alert.since.to_string(),
        reason: context.texts.reason(alert),
        figures: figures(context, alert),
        recipients,
    }
}

fn figures(context: &Context, alert: &Alert) -> Value {
    match &alert.grounds {
        Grounds::Missing { entered, expected, lots } => {
            let missing: Vec<Value> = lots
                .iter()
                .map(|it| {
                    json!({ "site_code": it.site.code, "site": it.site.name, "lot": it.lot.name, "since": it.since.to_string() })
                })
                .collect();
            json!({ "entered": entered, "expected": expected, "missing": missing })
        }
        Grounds::Rule { report, next, missing_months, .. } => {
            let mut value = super::status::report_json(report);
            value["next"] = context.texts.next_json(next);
            value["missing_months"] = (*missing_months).into();
            value
        }
    }
}

fn flat_figures(alert: &Alert) -> Vec<(String, String)> {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    match &alert.grounds {
        Grounds::Missing { entered, expected, .. } => {
            vec![pair("entered", entered.to_string()), pair("expected", expected.to_string())]
        }
        Grounds::Rule { report, .. } => {
            let rate = |it: Option<crate::rules::Ratio>| it.map(|it| it.to_decimal_string(2));
            let figures = [
                ("cumulative", report.cumulative.map(|it| it.to_string())),
                ("month_progress", report.month_progress.map(decimal)),
                ("normal_rate", rate(report.normal)),
                ("target_rate", rate(report.target)),
            ];
            figures.into_iter().filter_map(|(name, value)| Some(pair(name, value?))).collect()
        }
    }
}

fn address(recipient: &Recipient) -> String {
    match &recipient.email {
        Some(email) => format!("{} <{email}>", recipient.name),
        None => recipient.name.clone(),
    }
}
