//! Draws the months of a project: how complete and timely they are, how far vouched for, whether locked.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Over, SignOff, detail};
use crate::actions::sign_off::board::MonthBoard;
use crate::actions::sign_off::lock::Lock;
use crate::actions::sign_off::{Signed, Vouched};
use crate::model::sign_off::SignLevel;
use crate::rules::Ratio;
use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// How far the text stands in; the marker stands at the left of it.
const MARGIN: u16 = 2;
/// Rows above the list: a blank, the titles.
const HEAD_ROWS: u16 = 2;
/// Rows that the list leaves to what stands below it, a blank included.
const DETAIL_ROWS: u16 = 7;
/// Cells between columns.
const GAP: u16 = 2;

/// Returns how many rows of a list of `len` months are in sight.
pub fn list_rows(size: Size, len: usize) -> u16 {
    let rows = u16::try_from(len).unwrap_or(u16::MAX);
    rows.min(size.height.saturating_sub(HEAD_ROWS + DETAIL_ROWS).max(1))
}

/// Returns the room of the text that is read.
pub fn reading_room(area: Rect) -> Rect {
    cells::below(cells::inset(area, MARGIN), 1)
}

/// Month, figures, the two rates, how far, the three levels, lock.
fn columns(width: u16) -> [Column; 9] {
    let signer = Wish { least: 12, most: 18, align: Align::Left, yields: 3 };
    cells::share(
        &[
            Wish::fixed(14, Align::Left),
            Wish::fixed(7, Align::Right),
            Wish::fixed(8, Align::Right),
            Wish::fixed(8, Align::Right).yielding(2),
            Wish::fixed(13, Align::Left),
            signer,
            signer,
            signer,
            Wish::fixed(14, Align::Left),
        ],
        width,
        GAP,
    )
}

/// Draws the screen.
//
// visas · PACS
//
//   Mois             Saisis  Compl. %  Ponct. %  Visa            Verrou
// ► mars 2026         14/15     93,33     86,66  incomplet
//   février 2026      15/15    100,00    100,00  ≠ à refaire     ouvert → 13/04
//   janvier 2026      15/15    100,00    100,00  validé          ■ verrouillé
//
//   mars 2026 · code 7K3F-9A2B-4CDX · échéance 05/04/2026
//   …
pub fn draw(screen: &SignOff, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let room = cells::inset(area, MARGIN);
    if let Over::Text(reading) = &screen.over {
        reading.draw(frame.buffer_mut(), reading_room(area), cx);
        frame.set_cursor_position((area.x, area.y + 1));
        return;
    }
    let buffer = frame.buffer_mut();
    if screen.months.is_empty() {
        let text = cx.texts.text("rates-empty");
        cells::paragraph(buffer, cells::below(room, 1), &text, cx.theme.tone(Tone::Plain));
        return;
    }
    let columns = columns(room.width);
    draw_titles(buffer, cells::row(room, 1), &columns, cx);
    let (list, len) = (cells::below(room, HEAD_ROWS), screen.months.len());
    for (index, row) in screen.cursor.rows(list, len) {
        if let Some(month) = screen.months.get(index) {
            draw_month(buffer, row, &columns, month, cx);
        }
    }
    let used = HEAD_ROWS + list_rows(area.as_size(), len);
    if let Some(month) = screen.selected() {
        detail::draw(month, screen.changes(), buffer, cells::below(room, used + 1), cx);
    }
    if let Some(y) = screen.cursor.marked(list, len) {
        cells::mark(frame, (area.x, y));
    }
    match &screen.over {
        Over::Signing(it) => it.draw(frame, area, cx),
        Over::Unlocking(it) => it.draw(frame, area, cx),
        Over::Nothing | Over::Text(_) => {}
    }
}

fn draw_titles(buffer: &mut Buffer, row: Rect, columns: &[Column; 9], cx: &Cx<'_>) {
    let quiet = cx.theme.tone(Tone::Quiet);
    let titles = [
        "column-month",
        "column-complete",
        "visas-completeness",
        "visas-timeliness",
        "visas-column",
        "visas-checked",
        "visas-approved",
        "visas-seen",
        "visas-lock",
    ];
    for (column, title) in columns.iter().zip(titles) {
        cells::put(buffer, row, *column, &cx.texts.text(title), quiet);
    }
}

fn draw_month(buffer: &mut Buffer, row: Rect, columns: &[Column; 9], month: &MonthBoard, cx: &Cx<'_>) {
    let [name, entered, complete, timely, state, levels @ .., lock] = columns;
    let (texts, rates) = (cx.texts, &month.rates);
    let tone = |tone| cx.theme.tone(tone);
    let put = |buffer: &mut Buffer, column: &Column, text: &str, style| {
        cells::put(buffer, row, *column, text, style);
    };
    let short = if rates.complete < rates.expected { Tone::Problem } else { Tone::Plain };
    let share = |it: Option<Ratio>| texts.rate(it);
    put(buffer, name, &texts.month(month.vouched.month), tone(Tone::Plain));
    put(buffer, entered, &format!("{}/{}", rates.complete, rates.expected), tone(short));
    put(buffer, complete, &share(rates.completeness()), tone(short));
    put(buffer, timely, &share(rates.timeliness()), tone(Tone::Plain));
    let (text, meaning) = how_far(month, cx);
    put(buffer, state, &text, tone(meaning));
    for (column, level) in levels.iter().zip(SignLevel::ALL) {
        let (text, meaning) = signers(&month.vouched, level);
        put(buffer, column, &text, tone(meaning));
    }
    let (text, meaning) = locked(&month.lock, cx);
    put(buffer, lock, &text, tone(meaning));
}

/// Says how far a month is vouched for, or what it waits for.
fn how_far(month: &MonthBoard, cx: &Cx<'_>) -> (String, Tone) {
    let vouched = &month.vouched;
    let is_due = cx.today >= month.rates.due;
    let (key, tone) = match vouched.reached {
        _ if vouched.is_broken() => {
            return (format!("{} {}", theme::DIFFERS, cx.texts.text("visas-again")), Tone::Critical);
        }
        _ if vouched.awaits_second => ("visas-wants-second", Tone::Problem),
        Some(SignLevel::Seen) => ("visa-mark-seen", Tone::Good),
        Some(SignLevel::Approved) => ("visa-mark-approved", Tone::Good),
        Some(SignLevel::Checked) => ("visa-mark-checked", Tone::Plain),
        None if vouched.text.missing.is_empty() => ("visas-to-check", Tone::Plain),
        None if is_due => ("visas-incomplete", Tone::Problem),
        None => ("visas-entering", Tone::Quiet),
    };
    (cx.texts.text(key), tone)
}

/// Names who vouches at a level; a sign says that it does not hold.
fn signers(vouched: &Vouched, level: SignLevel) -> (String, Tone) {
    let at = |it: &&Signed| it.sign_off.level == level;
    let names = |counts: bool| {
        let mut names: Vec<&str> = Vec::new();
        for signed in vouched.signed.iter().filter(at).filter(|it| it.counts() == counts) {
            if !names.contains(&signed.sign_off.signer.as_str()) {
                names.push(&signed.sign_off.signer);
            }
        }
        names.join(", ")
    };
    let (present, past) = (names(true), names(false));
    match (present.is_empty(), past.is_empty()) {
        (false, _) => (present, Tone::Plain),
        (true, false) => (format!("{} {past}", theme::DIFFERS), Tone::Critical),
        (true, true) => ("–".to_owned(), Tone::Quiet),
    }
}

fn locked(lock: &Lock, cx: &Cx<'_>) -> (String, Tone) {
    let texts = cx.texts;
    match lock {
        Lock::Open => (String::new(), Tone::Plain),
        Lock::Old(_) => (texts.text("visas-old"), Tone::Quiet),
        Lock::Locked(_) => (format!("{} {}", theme::LOCKED, texts.text("entry-locked")), Tone::Plain),
        Lock::Opened(it) => match it.until.parse() {
            Ok(until) => {
                let until = texts.day_short(until);
                (texts.fill("visas-open-until", &[("until", &until)]), Tone::Problem)
            }
            Err(_) => (texts.text("visas-open-endless"), Tone::Problem),
        },
    }
}
