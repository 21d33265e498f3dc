//! The card of a lot: beside a list in one column, or on a screen of its own in two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::bars;
use super::cells::{self, Align, Column};
use crate::actions::lot_card::LotCard;
use crate::model::decision::DecisionKind;
use crate::model::percent::Percent;
use crate::rules::{LotState, MonthReport};
use crate::texts::{Tone, decimal, site_and_lot};
use crate::ui::screen::Cx;

/// Rows of the curve.
const CURVE_ROWS: u16 = 5;
/// Width of the labels.
const LABEL_WIDTH: u16 = 14;
/// From this height on the card has room for everything.
const ROOMY: u16 = 24;
/// Contacts beside the list; the card of its own shows all.
const CONTACTS_BESIDE_MAX: usize = 2;
/// Decisions that the card names; the trail has all.
const DECISIONS_MAX: usize = 3;

/// Draws the card in one column, the most important first.
pub fn draw(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    let mut at = title(card, buffer, area, cx);
    at += figures(card, buffer, cells::below(area, at), cx);
    at += curve(card, buffer, cells::below(area, at), cx) + 1;
    at += reasons(card, buffer, cells::below(area, at), cx) + 1;
    at += people(card, buffer, cells::below(area, at), CONTACTS_BESIDE_MAX, cx) + 1;
    observations(card, buffer, cells::below(area, at), 1, cx);
}

/// Draws the card on a screen of its own: people and terms at the left, figures and curve at the right, reasons and
/// observations below.
pub fn draw_wide(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    let half = area.width / 2;
    let head = title(card, buffer, area, cx) + 1;
    let top = cells::below(area, head);
    let left = Rect { width: half.saturating_sub(2), ..top };
    let right = Rect { x: top.x + half, width: area.width - half, ..top };
    // In a low window what comes next matters more than every telephone number.
    let contacts_max = if area.height < ROOMY { CONTACTS_BESIDE_MAX } else { usize::MAX };
    let mut used_left = terms(card, buffer, left, cx);
    used_left += people(card, buffer, cells::below(left, used_left), contacts_max, cx);
    let mut used_right = figures(card, buffer, right, cx);
    used_right += curve(card, buffer, cells::below(right, used_right), cx);
    // A decision says why the lot stands as it does: it has the room beside the curve, or comes before what was observed.
    let beside = cells::below(left, used_left + 1);
    let beside = Rect { height: used_right.saturating_sub(used_left + 1).min(beside.height), ..beside };
    let decided = if beside.height < 2 { 0 } else { decisions(card, buffer, beside, cx) };
    let rest = cells::below(top, used_left.max(used_right) + 1);
    let used = reasons(card, buffer, rest, cx);
    let rest = cells::below(rest, if used > 0 { used + 1 } else { 0 });
    let used = if decided > 0 { 0 } else { decisions(card, buffer, rest, cx) };
    observations(card, buffer, cells::below(rest, used), 4, cx);
}

fn title(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let name = site_and_lot(&card.site.code, &card.site.name, &card.lot.name);
    cells::line(buffer, cells::row(area, 0), &name, cx.theme.tone(Tone::Strong));
    let mut line = format!("{} · {}", card.project.name, state(card, cx));
    let remobilised = card.view.tracker.remobilisations();
    if remobilised > 0 {
        line.push_str(&format!(" · {}", cx.texts.fill("card-remobilised", &[("count", &remobilised)])));
    }
    cells::line(buffer, cells::row(area, 1), &line, cx.theme.tone(Tone::Quiet));
    2
}

/// The state, and since when where somebody decided it.
fn state(card: &LotCard, cx: &Cx<'_>) -> String {
    let word = cx.texts.state_word(card.state);
    let kind = match card.state {
        LotState::Suspended => DecisionKind::Suspend,
        LotState::Demobilised => DecisionKind::Demobilise,
        LotState::Remobilised => DecisionKind::Remobilise,
        LotState::Terminated => DecisionKind::Close,
        LotState::Active | LotState::Completed => return word,
    };
    let decided = card.decisions.iter().find(|it| it.decision.kind == kind);
    decided.map_or_else(
        || word.clone(),
        |it| {
            let month = cx.texts.month(it.decision.from);
            cx.texts.fill("card-since", &[("state", &word), ("month", &month)])
        },
    )
}

/// Writes a label and its value. Returns 1.
fn labelled(buffer: &mut Buffer, row: Rect, label: &str, value: &str, tone: Tone, cx: &Cx<'_>) -> u16 {
    let left = Column { x: 0, width: LABEL_WIDTH, align: Align::Left };
    let right =
        Column { x: LABEL_WIDTH + 1, width: row.width.saturating_sub(LABEL_WIDTH + 1), align: Align::Left };
    cells::put(buffer, row, left, &cx.texts.text(label), cx.theme.tone(Tone::Quiet));
    cells::put(buffer, row, right, value, cx.theme.tone(tone));
    1
}

/// Progress, rates and status of the month, and the delay so far.
pub fn figures(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let texts = cx.texts;
    let report = &card.view.months[0];
    let mut at = 0;
    let mut put = |label: &str, value: String, tone: Tone| {
        at += labelled(buffer, cells::row(area, at), label, &value, tone, cx);
    };
    let known = texts.hundredths(Some(card.view.tracker.known().hundredths()));
    let month = texts.month(report.month);
    let known_only = card.view.tracker.known() == Percent::FULL;
    match report.cumulative {
        None if known_only => put("card-progress", format!("{known} %"), Tone::Plain),
        Some(_) => put("card-progress", format!("{} % · {month}", texts.progress(report)), Tone::Plain),
        None => put(
            "card-progress",
            texts.fill("card-known", &[("known", &known), ("month", &texts.month_short(report.month))]),
            Tone::Plain,
        ),
    }
    if report.target.is_some() {
        let (progress, normal) = (texts.hundredths(report.month_progress), texts.rate(report.normal));
        let value = texts.fill("card-month", &[("progress", &progress), ("normal", &normal)]);
        put("card-of-month", value, Tone::Plain);
        let tone = crate::texts::tone(report.status);
        let (rate, badges) = (rate(report, cx), badges(report, cx));
        let both = format!("{rate} · {badges}");
        if badges.is_empty() {
            put("card-rate", rate, tone);
        } else if both.width() <= usize::from(area.width.saturating_sub(LABEL_WIDTH + 1)) {
            put("card-rate", both, tone);
        } else {
            put("card-rate", rate, tone);
            put("", badges, tone);
        }
    }
    if let Some(delay) = &card.delay {
        let time = texts.decimal(&delay.time_consumed.to_decimal_string(2));
        let points = texts.decimal(&delay.points.to_decimal_string(2));
        let months = texts.decimal(&delay.months.to_decimal_string(1));
        put("card-time", format!("{time} %"), Tone::Plain);
        let value = texts.fill("card-delay-value", &[("points", &points), ("months", &months)]);
        put("card-delay", value, Tone::Plain);
    }
    at
}

/// The rate reached with its letter and word.
fn rate(report: &MonthReport, cx: &Cx<'_>) -> String {
    let texts = cx.texts;
    let (letter, word) = (texts.status_letter(report.status), texts.status_word(report.status));
    format!("{} % {letter} {word}", texts.rate(report.target))
}

/// What qualifies the rate.
fn badges(report: &MonthReport, cx: &Cx<'_>) -> String {
    let all = [
        (report.estimated, "badge-estimated"),
        (report.overridden, "badge-overridden"),
        (report.overdue, "badge-overdue"),
    ];
    let held = all.iter().filter(|(holds, _)| *holds).map(|(_, key)| cx.texts.text(key));
    held.collect::<Vec<_>>().join(" · ")
}

/// The rates of the last months as columns under the normal rate.
pub fn curve(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let rated = card.months.iter().filter(|it| it.target.is_some()).count();
    if rated == 0 || area.height < CURVE_ROWS + 3 {
        return 0;
    }
    let title = cx.texts.text("card-curve");
    cells::line(buffer, cells::row(area, 1), &title, cx.theme.tone(Tone::Quiet));
    let plot = Rect { y: area.y + 2, height: CURVE_ROWS, ..area };
    let step = if area.width >= 36 { 3 } else { 2 };
    bars::rates(buffer, plot, &card.months, step, cx.theme);
    let labels = cells::row(area, CURVE_ROWS + 2);
    for (at, report) in (0_u16..).zip(&card.months) {
        let name: String =
            cx.texts.text(&format!("month-{}", report.month.number())).chars().take(1).collect();
        let column = Column { x: at * step, width: 1, align: Align::Left };
        cells::put(buffer, labels, column, &name, cx.theme.tone(Tone::Quiet));
    }
    CURVE_ROWS + 3
}

/// Which facts have two versions, when there are some.
pub fn contested(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let text = if card.contested.is_empty() {
        let concerned = cx.portfolio.contested.concerns(card.lot.id, card.site.id);
        if concerned { cx.texts.text("contested-else") } else { String::new() }
    } else {
        let months = card.contested.iter().map(|it| cx.texts.month(*it)).collect::<Vec<_>>().join(", ");
        cx.texts.fill("contested-here", &[("months", &months)])
    };
    if text.is_empty() { 0 } else { cells::paragraph(buffer, area, &text, cx.theme.tone(Tone::Problem)) }
}

/// What has two versions, why an alert stands, and what the rules will do next.
pub fn reasons(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    // Where rows are few, what a person has to settle stays.
    let mut at = contested(card, buffer, area, cx);
    if let Some(alert) = &card.alert {
        let tone = crate::texts::outcome_tone(card.view.months[0].outcome);
        at += cells::paragraph(buffer, cells::below(area, at), &cx.texts.reason(alert), cx.theme.tone(tone));
    }
    let next = cx.texts.next_sentence(&card.next);
    at + cells::paragraph(buffer, cells::below(area, at), &next, cx.theme.tone(Tone::Plain))
}

/// Start, duration, end, budget, architect.
fn terms(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let texts = cx.texts;
    let mut at = 0;
    let mut put = |label: &str, value: String, tone: Tone| {
        if !value.is_empty() {
            at += labelled(buffer, cells::row(area, at), label, &value, tone, cx);
        }
    };
    let start = card.site.start.map(|it| texts.month(it.month));
    put("card-start", start.unwrap_or_else(|| texts.text("to-complete")), Tone::Plain);
    let duration = card.durations.iter().rev().find(|(_, months)| *months > 0).map(|(_, months)| *months);
    let shown = duration.map(|it| texts.fill("months", &[("count", &it)]));
    let tone = if shown.is_some() { Tone::Plain } else { Tone::Problem };
    put("card-duration", shown.unwrap_or_else(|| texts.text("to-complete")), tone);
    if let (Some(start), Some(duration)) = (card.site.start, duration) {
        let contractual = start.month.plus(i32::from(duration) - 1);
        put("card-end", texts.month(contractual), Tone::Plain);
        let projected = card.next.projected_end.map(|it| texts.month(it)).unwrap_or_default();
        put("card-end-projected", projected, Tone::Plain);
    }
    if let Some((minor, currency)) = &card.budget {
        put("card-budget", texts.amount(*minor, currency), Tone::Plain);
    }
    if area.height >= ROOMY {
        put("card-address", card.site.address.clone(), Tone::Plain);
    }
    put("card-architect", card.site.architect.clone(), Tone::Plain);
    put("card-manager", card.site.manager.clone(), Tone::Plain);
    at
}

/// Contractors, client and contacts.
fn people(card: &LotCard, buffer: &mut Buffer, area: Rect, contacts_max: usize, cx: &Cx<'_>) -> u16 {
    let mut at = 0;
    let room = usize::from(area.width.saturating_sub(LABEL_WIDTH + 1));
    // A telephone number that is cut short is none.
    let reach = |name: &str, phone: &str| {
        let both = format!("{name} · {phone}");
        if phone.is_empty() || both.width() > room { name.to_owned() } else { both }
    };
    for it in &card.contractors {
        let value = reach(&it.party.name, &it.party.phone);
        at += labelled(buffer, cells::row(area, at), "card-contractor", &value, Tone::Plain, cx);
    }
    if !card.project.client.name.is_empty() {
        let value = reach(&card.project.client.name, &card.project.client.phone);
        at += labelled(buffer, cells::row(area, at), "card-client", &value, Tone::Plain, cx);
    }
    for it in card.contacts.iter().take(contacts_max) {
        let label = format!("post-short-{}", it.post.word());
        let value = reach(&it.party.name, &it.party.phone);
        at += labelled(buffer, cells::row(area, at), &label, &value, Tone::Plain, cx);
    }
    at
}

/// The newest observations, each under its month.
fn observations(card: &LotCard, buffer: &mut Buffer, area: Rect, most: usize, cx: &Cx<'_>) -> u16 {
    let mut at = 0;
    for (month, text) in card.observations.iter().take(most) {
        let (month, text) = (cx.texts.month(*month), text.replace('\n', " "));
        let text = cx.texts.fill("observation-last", &[("month", &month), ("text", &text)]);
        at += cells::paragraph(buffer, cells::below(area, at), &text, cx.theme.tone(Tone::Plain));
    }
    at
}

/// The newest decisions. Returns how many rows they took.
fn decisions(card: &LotCard, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
    let mut at = 0;
    for it in card.decisions.iter().take(DECISIONS_MAX) {
        let what = cx.texts.text(&format!("decision-{}", it.decision.kind.word()));
        let from = cx.texts.month(it.decision.from);
        let by_policy = it.reason.is_empty().then(|| cx.texts.text("decided-by-policy"));
        let reason = by_policy.as_ref().unwrap_or(&it.reason);
        let text = cx.texts.fill("card-decision", &[("what", &what), ("from", &from), ("reason", reason)]);
        let granted = it.decision.months.map(|it| cx.texts.fill("card-plan-months", &[("months", &it)]));
        let text = granted.map_or(text.clone(), |it| format!("{text} · {it}"));
        at += cells::paragraph(buffer, cells::below(area, at), &text, cx.theme.tone(Tone::Plain));
    }
    at
}

/// Says how many points a month brought, for people.
pub fn points(hundredths: Option<i64>, cx: &Cx<'_>) -> String {
    hundredths.map_or_else(String::new, |it| cx.texts.decimal(&decimal(it)))
}
