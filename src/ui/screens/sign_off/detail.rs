//! What stands below the list about the selected month: who vouched, what is missing, what is locked.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::unlocking::lock_sentence;
use crate::actions::sign_off::Signed;
use crate::actions::sign_off::board::MonthBoard;
use crate::model::sign_off::SignLevel;
use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Wish};

/// With fewer rows each level has one line, and each sentence too.
const ROOMY: u16 = 10;

/// From this width on names and keys are shown in full.
const WIDE: u16 = 100;

/// Draws it.
//
// mars 2026 · code 7K3F-9A2B-4CDX · échéance 05/04/2026
// √ vérifié   awa            06/04/2026 10:00   session   Vu sur place
// ≠ validé    directrice     07/04/2026 08:12   clé SSH   texte signé ≠ texte présent
//   visé      –
// Texte signé ≠ texte présent : t montre ce qui a changé.
// Verrouillé : validé.
pub fn draw(board: &MonthBoard, changes: Option<&[String]>, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    let (texts, vouched) = (cx.texts, &board.vouched);
    let is_roomy = area.height >= ROOMY;
    let (month, due) = (texts.month(vouched.month), texts.date(board.rates.due));
    let head = texts.fill("visas-head", &[("month", &month), ("code", &vouched.text.code()), ("due", &due)]);
    cells::line(buffer, cells::row(area, 0), &head, cx.theme.tone(Tone::Strong));
    let mut at = 1;
    for level in SignLevel::ALL {
        let signed: Vec<&Signed> =
            vouched.signed.iter().rev().filter(|it| it.sign_off.level == level).collect();
        let shown = if is_roomy { signed.len().max(1) } else { 1 };
        for place in 0..shown {
            draw_level(buffer, cells::row(area, at), (level, signed.get(place).copied()), board, cx);
            at += 1;
        }
    }
    at += u16::from(is_roomy);
    let mut sentences = sentences(board, cx);
    if is_roomy && vouched.is_broken() {
        let changes = changes.unwrap_or_default().iter();
        let place = sentences.len().min(1);
        sentences.splice(place..place, changes.map(|it| (format!("{} {it}", theme::BRANCH), Tone::Problem)));
    }
    for (text, tone) in sentences {
        let room = cells::below(area, at);
        if is_roomy {
            at += cells::paragraph(buffer, room, &text, cx.theme.tone(tone));
        } else {
            cells::line(buffer, cells::row(room, 0), &text, cx.theme.tone(tone));
            at += 1;
        }
    }
}

/// What is to be said about the month, the most urgent first.
fn sentences(board: &MonthBoard, cx: &Cx<'_>) -> Vec<(String, Tone)> {
    let (texts, vouched) = (cx.texts, &board.vouched);
    let mut said = Vec::new();
    if vouched.is_broken() {
        said.push((texts.text("visas-broken"), Tone::Critical));
    }
    let missing = &vouched.text.missing;
    if !missing.is_empty() {
        let places: [(&str, &dyn std::fmt::Display); 2] =
            [("count", &missing.len()), ("lots", &missing.join(", "))];
        said.push((texts.fill("visas-missing", &places), Tone::Problem));
    } else if vouched.awaits_second {
        said.push((texts.text("visas-second"), Tone::Problem));
    }
    said.extend(lock_sentence(&board.lock, cx).map(|it| (it, Tone::Plain)));
    said
}

/// Draws who vouched at a level, when and with what; whether it holds.
fn draw_level(
    buffer: &mut Buffer,
    row: Rect,
    (level, signed): (SignLevel, Option<&Signed>),
    board: &MonthBoard,
    cx: &Cx<'_>,
) {
    let texts = cx.texts;
    let wishes = [
        Wish::fixed(1, Align::Left),
        Wish::fixed(8, Align::Left),
        Wish::text(10, if row.width < WIDE { 16 } else { 30 }),
        Wish::fixed(17, Align::Left),
        Wish::fixed(8, Align::Left),
        Wish::text(10, 60).yielding(1),
    ];
    let [sign, word, signer, when, form, rest] = cells::share(&wishes, row.width, 2)
        .map(|it| cells::Column { x: it.x.saturating_sub(u16::from(it.x > 0)), ..it });
    let (plain, quiet) = (cx.theme.tone(Tone::Plain), cx.theme.tone(Tone::Quiet));
    let Some(signed) = signed else {
        cells::put(buffer, row, word, &texts.visa_level(level), quiet);
        let waits = board.vouched.next() == Some(level) && board.vouched.text.missing.is_empty();
        let text = if waits { texts.text("visas-waited") } else { "–".to_owned() };
        cells::put(buffer, row, signer, &text, quiet);
        return;
    };
    let (mark, style) =
        if signed.counts() { (theme::SAVED, plain) } else { (theme::DIFFERS, cx.theme.tone(Tone::Critical)) };
    cells::put(buffer, row, sign, mark, style);
    cells::put(buffer, row, word, &texts.visa_level(level), style);
    cells::put(buffer, row, signer, &signed.sign_off.signer, style);
    let instant = signed.op.as_ref().and_then(|it| DateTime::<Utc>::from_timestamp_millis(it.wall_ms));
    let zone = &cx.portfolio.organisation.zone;
    cells::put(buffer, row, when, &instant.map(|it| texts.instant(it, zone)).unwrap_or_default(), quiet);
    cells::put(buffer, row, form, &texts.visa_form(signed), quiet);
    let (text, tone) = about(signed, usize::from(rest.width), cx);
    cells::put(buffer, row, rest, &text, cx.theme.tone(tone));
}

/// What else is known about a sign-off: that it does not hold, else what was said, else its key.
fn about(signed: &Signed, width: usize, cx: &Cx<'_>) -> (String, Tone) {
    let holds = cx.texts.visa_holds(signed);
    if !signed.counts() {
        // Where it has no room, the sign before the line says it, and the sentence below.
        let fits = unicode_width::UnicodeWidthStr::width(holds.as_str()) <= width;
        return (if fits { holds } else { String::new() }, Tone::Critical);
    }
    let comment = signed.sign_off.comment.replace('\n', " ");
    let text = if comment.is_empty() { signed.fingerprint().unwrap_or_default() } else { comment };
    (text, Tone::Quiet)
}
