//! Draws the grid, and what stands beside or below it.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Entry, Pane};
use crate::actions::entry_sheet::{Sharing, SheetRow};
use crate::model::percent::Percent;
use crate::rules::{MonthReport, Outcome, Status};
use crate::texts::Tone;
use crate::texts::fit::lot_within;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::lot_card;

/// From this width on the pane stands beside the grid; below it, under the grid.
const PANE_BESIDE_MIN: u16 = 116;
const PANE_WIDTH: u16 = 40;
/// Rows of the pane under the grid, a blank one above it included.
const PANE_ROWS: u16 = 5;
/// Below this height there is no room for the pane.
const PANE_HEIGHT_MIN: u16 = 16;

/// Returns how many rows of the grid are in sight.
pub fn grid_rows(size: Size) -> u16 {
    size.height.saturating_sub(2 + pane_rows(size))
}

const fn pane_rows(size: Size) -> u16 {
    if size.width >= PANE_BESIDE_MIN || size.height < PANE_HEIGHT_MIN { 0 } else { PANE_ROWS }
}

/// Sign, code, site, last figure, figure, progress of the month, rate, letter, what the rules say.
fn columns(width: u16, code: u16) -> [Column; 9] {
    cells::share(
        &[
            Wish::fixed(1, Align::Left),
            Wish::fixed(code, Align::Left),
            Wish::text(12, 40),
            Wish::fixed(6, Align::Right),
            Wish::fixed(7, Align::Left),
            Wish::fixed(7, Align::Right).yielding(1),
            Wish::fixed(7, Align::Right),
            Wish::fixed(1, Align::Left),
            Wish { least: 10, most: 12, align: Align::Left, yields: 2 },
        ],
        width,
        1,
    )
}

/// Draws the screen.
//
// saisie · PACS · mars 2026                                     12/15 · 05/04/2026
//
//     Code     Site                  02/26   03/26   du mois     R %   Règle
//   √ CSI-01   CSI de Bafou          12,50   15,00     +2,50   25,00 C alerte
// ►   CSI-02   CSI de Ngoulémé       30,25   33_
//
//   CSI-02 : normal 10,00 % par mois · 33,25 sort du critique, 35,25 est bon
//   ...
pub fn draw(entry: &Entry, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let size = Size { width: area.width, height: area.height };
    let beside = area.width >= PANE_BESIDE_MIN;
    let width = if beside { area.width - PANE_WIDTH - 2 } else { area.width };
    let below = pane_rows(size);
    let grid = Rect { width, height: area.height.saturating_sub(below), ..area };
    draw_grid(entry, frame, grid, cx);
    let Some(pane) =
        entry.pane.as_ref().filter(|it| Some(it.card.lot.id) == entry.selected().map(|it| it.lot))
    else {
        return;
    };
    let buffer = frame.buffer_mut();
    if beside {
        let room = Rect { x: area.x + width + 2, width: PANE_WIDTH, ..area };
        draw_beside(pane, buffer, cells::below(room, 1), cx);
    } else if below > 0 {
        let room = Rect { y: area.bottom() - below + 1, height: below - 1, ..area };
        draw_below(entry, pane, buffer, cells::inset(room, 2), cx);
    }
}

fn draw_grid(entry: &Entry, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let room = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let code = cx.portfolio.code_width(5, 14);
    let columns = columns(room.width, code);
    let buffer = frame.buffer_mut();
    let month = entry.sheet.month;
    let titles = [
        String::new(),
        cx.texts.text("column-code"),
        cx.texts.text("column-site"),
        cx.texts.month_short(month.previous()),
        cx.texts.month_short(month),
        cx.texts.text("column-progress"),
        "R %".to_owned(),
        String::new(),
        cx.texts.text("column-finding"),
    ];
    for (at, title) in titles.iter().enumerate() {
        let column = if at == 4 { saved_part(columns[at]) } else { columns[at] };
        cells::put(buffer, cells::row(room, 1), column, title, cx.theme.tone(Tone::Quiet));
    }
    let list = cells::below(room, 2);
    for (place, line) in entry.cursor.rows(list, entry.shown.len()) {
        let Some(row) = entry.shown.get(place).and_then(|it| entry.sheet.rows.get(*it)) else { continue };
        let pasted = place.checked_sub(entry.cursor.selected).and_then(|it| entry.pasted.get(it));
        draw_row(entry, buffer, line, &columns, row, pasted.map(String::as_str), cx);
    }
    if entry.shown.is_empty() {
        let key = if entry.missing_only { "entry-none-missing" } else { "entry-no-row" };
        cells::paragraph(buffer, list, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
        return;
    }
    if let Some(y) = entry.cursor.marked(list, entry.shown.len()) {
        cells::mark(frame, (area.x, y));
        let typed = u16::try_from(entry.typed.chars().count()).unwrap_or(0);
        let field = typed_part(columns[4]);
        frame.set_cursor_position((list.x + field.x + typed.min(field.width), y));
    }
}

/// Saved figures stand under each other, to the right.
const fn saved_part(figure: Column) -> Column {
    Column { width: figure.width - 1, align: Align::Right, ..figure }
}

/// What is typed begins where a saved figure of two digits does, so that saving it moves nothing.
const fn typed_part(figure: Column) -> Column {
    Column { x: figure.x + 1, width: figure.width - 1, ..figure }
}

/// The sign of a row: what is typed is saved, is still to be shared, asks a question, was refused, is locked, competes.
fn sign(entry: &Entry, row: &SheetRow) -> (&'static str, Tone) {
    if entry.refused.contains_key(&row.lot) {
        return ("!", Tone::Critical);
    }
    let there = row.report.cumulative.is_some() || row.not_applicable;
    match row {
        it if it.sharing == Sharing::Contested => (theme::CONTESTED, Tone::Problem),
        it if it.doubtful => (theme::DOUBTFUL, Tone::Problem),
        it if there && it.sharing == Sharing::Unshared => (theme::UNSHARED, Tone::Plain),
        _ if there && entry.sheet.locked => (theme::LOCKED, Tone::Quiet),
        _ if there => (theme::SAVED, Tone::Plain),
        _ => (" ", Tone::Plain),
    }
}

fn draw_row(
    entry: &Entry,
    buffer: &mut Buffer,
    row: Rect,
    columns: &[Column; 9],
    line: &SheetRow,
    pasted: Option<&str>,
    cx: &Cx<'_>,
) {
    let [mark, code, name, before, figure, ..] = columns;
    let (saved, figure) = (saved_part(*figure), typed_part(*figure));
    let plain = cx.theme.tone(Tone::Plain);
    let (sign, tone) = sign(entry, line);
    cells::put(buffer, row, *mark, sign, cx.theme.tone(tone));
    cells::put(buffer, row, *code, &line.code, plain);
    let place = lot_within(&line.name, &line.lot_name, usize::from(name.width));
    cells::put(buffer, row, *name, &place, plain);
    cells::put(buffer, row, *before, &cx.texts.hundredths(Some(line.before.hundredths())), plain);
    let typing = entry.selected().is_some_and(|it| it.lot == line.lot) && !entry.typed.is_empty();
    if let Some(text) = pasted {
        cells::put(buffer, row, figure, text, cx.theme.accent());
        return;
    }
    if typing {
        cells::put(buffer, row, figure, &entry.typed, plain);
        // A figure below the last one is rarely complete yet: judging it would only flicker.
        if let Some(tried) = entry.tried.as_ref().filter(|it| it.refused.is_none() && !it.falls) {
            draw_rate(buffer, row, columns, &tried.report, cx);
        }
        return;
    }
    if let Some(text) = entry.refused.get(&line.lot) {
        cells::put(buffer, row, figure, text, cx.theme.tone(Tone::Critical));
        return;
    }
    if line.not_applicable {
        cells::put(buffer, row, saved, &cx.texts.text("entry-cell-none"), cx.theme.tone(Tone::Quiet));
    } else if line.report.cumulative.is_some() {
        cells::put(buffer, row, saved, &cx.texts.progress(&line.report), plain);
    }
    if line.before == Percent::FULL && line.report.cumulative.is_none() {
        let word = cx.texts.status_word(Status::Acheve);
        cells::put(buffer, row, columns[8], &word, cx.theme.tone(Tone::Quiet));
        return;
    }
    if entry.fresh.contains(&line.lot) {
        draw_rate(buffer, row, columns, &line.report, cx);
    } else {
        draw_finding(buffer, row, columns, &line.report, cx);
    }
}

/// What a figure that is being typed would do: its rate, the letter and what the rules would say.
fn draw_rate(buffer: &mut Buffer, row: Rect, columns: &[Column; 9], report: &MonthReport, cx: &Cx<'_>) {
    let [.., rate, letter, word] = columns;
    if report.target.is_some() {
        let style = cx.theme.status(report.status);
        cells::put(buffer, row, *rate, &cx.texts.rate_tenths(report.target), cx.theme.tone(Tone::Plain));
        cells::put(buffer, row, *letter, &cx.texts.status_letter(report.status), style);
        cells::put(buffer, row, *word, &cx.texts.outcome_short(report.outcome), style);
    }
}

/// What the rules say of a figure: progress of the month, rate, letter, word.
fn draw_finding(buffer: &mut Buffer, row: Rect, columns: &[Column; 9], report: &MonthReport, cx: &Cx<'_>) {
    let [.., progress, rate, letter, word] = columns;
    let style = cx.theme.status(report.status);
    cells::put(
        buffer,
        row,
        *progress,
        &lot_card::points(report.month_progress, cx),
        cx.theme.tone(Tone::Plain),
    );
    if report.target.is_some() {
        cells::put(buffer, row, *rate, &cx.texts.rate_tenths(report.target), cx.theme.tone(Tone::Plain));
        cells::put(buffer, row, *letter, &cx.texts.status_letter(report.status), style);
    }
    let text = match report.outcome {
        Outcome::Suspendu | Outcome::HorsSuivi if report.cumulative.is_none() => {
            cx.texts.outcome_word(report.outcome)
        }
        outcome => cx.texts.outcome_short(outcome),
    };
    cells::put(buffer, row, *word, &text, style);
}

fn draw_beside(pane: &Pane, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    lot_card::draw(&pane.card, buffer, area, cx);
    let last = cells::row(area, area.height.saturating_sub(1));
    cells::line(buffer, last, &pane.author, cx.theme.tone(Tone::Quiet));
}

/// Under the grid: what the month has to bring, the observation, who wrote the figure.
fn draw_below(entry: &Entry, pane: &Pane, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    let Some(row) = entry.selected() else { return };
    let used =
        cells::paragraph(buffer, area, &cx.texts.next_sentence(&row.ahead), cx.theme.tone(Tone::Plain));
    let mut rest = cells::below(area, used);
    if let Some(delay) = &pane.card.delay {
        let time = cx.texts.decimal(&delay.time_consumed.to_decimal_string(2));
        let months = cx.texts.decimal(&delay.months.to_decimal_string(1));
        let normal = cx.texts.rate(row.report.normal.or(pane.card.view.months[0].normal));
        let arguments: [(&str, &dyn std::fmt::Display); 3] =
            [("normal", &normal), ("time", &time), ("months", &months)];
        cells::line(
            buffer,
            cells::row(rest, 0),
            &cx.texts.fill("entry-pace", &arguments),
            cx.theme.tone(Tone::Plain),
        );
        rest = cells::below(rest, 1);
    }
    let observation = row.observation.replace('\n', " ");
    let line = match (observation.is_empty(), pane.author.is_empty()) {
        (true, _) => pane.author.clone(),
        (false, true) => format!("« {observation} »"),
        (false, false) => format!("{} · « {observation} »", pane.author),
    };
    cells::line(buffer, cells::row(rest, 0), &line, cx.theme.tone(Tone::Quiet));
}
