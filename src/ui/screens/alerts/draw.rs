//! Draws the board: the columns, and below them why the selected alert stands.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::Alerts;
use super::cards::{COLUMNS, Card};
use crate::texts::Tone;
use crate::texts::fit::lot_within;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// Rows below the board: a blank one, the head, the sentences.
const DETAIL_ROWS: u16 = 8;
/// From this height on cards have a second line and a blank one.
const TALL_FROM: u16 = 30;
/// Below this width a rate is shown to the tenth.
const NARROW: u16 = 15;

/// Returns how many cards of a column are in sight.
pub fn card_rows(size: Size, alone: bool) -> u16 {
    let titles = if alone { 3 } else { 2 };
    let rows = size.height.saturating_sub(titles + DETAIL_ROWS);
    (if alone { rows } else { rows / card_height(size.height) }).max(1)
}

/// A card names its site in a second line where the window is high enough.
const fn card_height(height: u16) -> u16 {
    if height >= TALL_FROM { 3 } else { 1 }
}

const TITLES: [(&str, Tone); COLUMNS] = [
    ("board-missing", Tone::Strong),
    ("board-problematic", Tone::Problem),
    ("board-critical", Tone::Critical),
    ("board-warned", Tone::Critical),
    ("board-withdrawn", Tone::Critical),
];

/// Draws the screen.
//
// alertes                                                            06/04/2026
//
//   Non-saisie 2    Problématique 1 Critique 2      Pré-démob. 1    Démob. 1
//   PACS       8/9  AEP-023   43,20 HOP-012   15,00 INT-007   14,00►CEG-004 20,00
//
//   CEG-004 Collège de Zogolessi · PACS · Bâtisseurs Gnaradjo SARL
//   Taux atteint 20,00 % en mars 2026 (3e mois du cycle de départ), sous 30,00 %.
//   Suite : prononcer la démobilisation ou corriger le chiffre.
pub fn draw(board: &Alerts, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let size = Size { width: area.width, height: area.height };
    let rows = card_rows(size, board.alone);
    if board.columns.iter().all(Vec::is_empty) {
        let text = if board.is_narrowed() { "alerts-none-found" } else { "board-empty" };
        let room = cells::below(cells::inset(area, 2), 1);
        cells::paragraph(frame.buffer_mut(), room, &cx.texts.text(text), cx.theme.tone(Tone::Plain));
        return;
    }
    let at = if board.alone {
        draw_alone(board, frame.buffer_mut(), area, rows, cx)
    } else {
        draw_columns(board, frame.buffer_mut(), area, rows, cx)
    };
    // The explanation stands right under the longest column: the eye has no way to go.
    let longest = if board.alone {
        board.columns.get(board.column).map_or(0, Vec::len)
    } else {
        board.columns.iter().map(Vec::len).max().unwrap_or(0)
    };
    let titles = if board.alone { 3 } else { 2 };
    let height = if board.alone { 1 } else { card_height(area.height) };
    let used = titles + height * rows.min(u16::try_from(longest).unwrap_or(rows));
    let detail = cells::inset(cells::below(area, used), 2);
    draw_detail(board, frame.buffer_mut(), cells::below(detail, 1), cx);
    if let Some((x, y)) = at {
        cells::mark(frame, (x, y));
    }
}

/// Draws every column. Returns where the marker stands.
fn draw_columns(
    board: &Alerts,
    buffer: &mut Buffer,
    area: Rect,
    rows: u16,
    cx: &Cx<'_>,
) -> Option<(u16, u16)> {
    let width = area.width.saturating_sub(1) / u16::try_from(COLUMNS).unwrap_or(1);
    let height = card_height(area.height);
    let mut marker = None;
    for (at, column) in board.columns.iter().enumerate() {
        let x = area.x + u16::try_from(at).unwrap_or(0) * width;
        let room =
            Rect { x: x + 2, y: area.y + 1, width: width.saturating_sub(3), height: rows * height + 1 };
        let (key, tone) = TITLES[at];
        let tone = if column.is_empty() { Tone::Quiet } else { tone };
        let title = format!("{} {}", cx.texts.text(key), column.len());
        cells::line(buffer, cells::row(room, 0), &title, cx.theme.tone(tone));
        let cursor = board.cursors[at];
        let list = cells::below(room, 1);
        for (line, index) in (0_u16..).zip(cursor.in_sight(column.len())) {
            draw_card(buffer, cells::below(list, line * height), height, &column[index], cx);
            if at == board.column && index == cursor.selected {
                marker = Some((x, list.y + line * height));
            }
        }
    }
    marker
}

fn draw_card(buffer: &mut Buffer, area: Rect, height: u16, card: &Card, cx: &Cx<'_>) {
    let row = cells::row(area, 0);
    let figure = if area.width < NARROW { card.figure.short(cx.texts) } else { card.figure.shown(cx.texts) };
    let width = u16::try_from(figure.chars().count()).unwrap_or(6);
    let left = Column { x: 0, width: row.width.saturating_sub(width + 1), align: Align::Left };
    let right = Column { x: row.width.saturating_sub(width), width, align: Align::Right };
    let place = lot_within(&card.name, &card.lot_name, usize::from(row.width));
    let code = if card.code.is_empty() { &place } else { &card.code };
    cells::put(buffer, row, left, code, cx.theme.tone(Tone::Plain));
    mark_contested(buffer, row, card, cx);
    cells::put(buffer, row, right, &figure, cx.theme.tone(Tone::Plain));
    if height > 1 {
        cells::line(buffer, cells::row(area, 1), &place, cx.theme.tone(Tone::Quiet));
    }
}

/// Marks a card of which a value has versions that compete, in the blank before its code.
fn mark_contested(buffer: &mut Buffer, row: Rect, card: &Card, cx: &Cx<'_>) {
    if card.contested {
        let before = Rect { x: row.x.saturating_sub(1), width: 1, ..row };
        cells::line(buffer, before, theme::CONTESTED, cx.theme.tone(Tone::Problem));
    }
}

/// Draws the selected column alone, with what there is room for. Returns where the marker stands.
fn draw_alone(board: &Alerts, buffer: &mut Buffer, area: Rect, rows: u16, cx: &Cx<'_>) -> Option<(u16, u16)> {
    let column = board.columns.get(board.column)?;
    let room = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(3), height: rows + 2 };
    let columns = cells::share(
        &[
            Wish::fixed(cx.portfolio.code_width(8, 16), Align::Left),
            Wish::text(16, 40),
            Wish::text(12, 30).yielding(1),
            Wish::fixed(8, Align::Right),
            Wish::fixed(8, Align::Right),
        ],
        room.width,
        1,
    );
    let (key, tone) = TITLES[board.column];
    let title = format!("{} {}", cx.texts.text(key), column.len());
    cells::line(buffer, cells::row(room, 0), &title, cx.theme.tone(tone));
    let titles = ["column-code", "column-site", "column-contractor", "column-rate", "column-since"];
    for (place, key) in columns.iter().zip(titles) {
        cells::put(buffer, cells::row(room, 1), *place, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
    }
    let cursor = board.cursors[board.column];
    let list = cells::below(room, 2);
    for (index, row) in cursor.rows(list, column.len()) {
        let card = &column[index];
        mark_contested(buffer, row, card, cx);
        let place = lot_within(&card.name, &card.lot_name, usize::from(columns[1].width));
        let since = cx.texts.month_short(card.since);
        let figure = card.figure.shown(cx.texts);
        let texts = [card.code.as_str(), &place, &card.contractors, &figure, &since];
        for (place, text) in columns.iter().zip(texts) {
            cells::put(buffer, row, *place, text, cx.theme.tone(Tone::Plain));
        }
    }
    cursor.marked(list, column.len()).map(|y| (area.x, y))
}

fn draw_detail(board: &Alerts, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
    let selected = board.selected().map(|it| it.about);
    let Some(detail) = board.detail.as_ref().filter(|it| Some(it.about) == selected) else { return };
    cells::line(buffer, cells::row(area, 0), &detail.head, cx.theme.tone(Tone::Strong));
    let mut at = 1;
    for sentence in &detail.sentences {
        at += cells::paragraph(buffer, cells::below(area, at), sentence, cx.theme.tone(Tone::Plain));
    }
    if !detail.defects.is_empty() {
        cells::paragraph(buffer, cells::below(area, at), &detail.defects, cx.theme.tone(Tone::Quiet));
    }
}
