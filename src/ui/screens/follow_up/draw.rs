//! Draws the follow-up: the tree at the left, the list, the card at the right.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::lines::{Grouping, Line, Order};
use super::{CARD_WIDTH_MIN, FILTERED_ROWS, FollowUp};
use crate::actions::portfolio::LotRow;
use crate::model::month::Month;
use crate::rules::Outcome;
use crate::texts::Tone;
use crate::texts::fit::lot_within;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::{bars, lot_card};

/// How many months the trend shows.
pub const TREND_MONTHS: u16 = 6;
/// Below this width names are kept short: a page of them has to cross the line.
const ROOMY: u16 = 84;
const NAME_MAX: u16 = 17;
/// Figures are shown to the tenth where room is scarce; the card and the grid have the hundredths.
const TENTHS_WIDTH: u16 = 5;
const HUNDREDTHS_WIDTH: u16 = 6;
/// Room for a name while a filter is typed.
const FOUND_NAME_MAX: u16 = 34;
const TREE_WIDTH: u16 = 30;
const CARD_WIDTH: u16 = 42;

/// Draws the screen.
//
// suivi › PACS                                          mars 2026 · 45 lots
//   Code     Site                     M-2    M-1      M      R   Tendance État
// ► CSI-01   CSI de Bafou           10,00  12,50  15,00  25,00 C ████▄_   alerte
pub fn draw(screen: &FollowUp, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let mut list = area;
    if screen.tree.is_some() {
        let tree = Rect { width: TREE_WIDTH.min(area.width / 2), ..area };
        list.x += tree.width + 1;
        list.width = list.width.saturating_sub(tree.width + 1);
        draw_tree(screen, frame, tree, cx);
    }
    if area.width >= CARD_WIDTH_MIN && !screen.filter.is_typing() {
        list.width = list.width.saturating_sub(CARD_WIDTH + 2);
        let card = Rect { x: list.right() + 2, width: CARD_WIDTH, ..area };
        if let Some(shown) =
            screen.card.as_ref().filter(|it| Some(it.lot.id) == screen.chosen.map(|it| it.lot))
        {
            lot_card::draw(shown, frame.buffer_mut(), cells::below(card, 1), cx);
        }
    }
    if screen.filter.is_typing() {
        draw_found(screen, frame, list, cx);
    } else {
        draw_list(screen, frame, list, cx);
    }
}

fn draw_tree(screen: &FollowUp, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let Some(tree) = &screen.tree else { return };
    let buffer = frame.buffer_mut();
    let portfolio = cx.portfolio;
    let room = cells::inset(area, 1);
    cells::line(buffer, cells::row(room, 0), &cx.texts.text("tree-title"), cx.theme.tone(Tone::Strong));
    let count_column = Column { x: room.width.saturating_sub(5), width: 5, align: Align::Right };
    let (list, len) = (cells::below(room, 1), portfolio.projects.len() + 1);
    for (index, row) in tree.rows(list, len) {
        let project = index.checked_sub(1).and_then(|it| portfolio.projects.get(it));
        let (name, count, indent) = match project {
            None => (portfolio.organisation.name.as_str(), portfolio.rows.len(), 1),
            Some(it) => {
                let lots = portfolio.rows.iter().filter(|row| row.project == it.project.id).count();
                (it.project.name.as_str(), lots, 3)
            }
        };
        let column =
            Column { x: indent, width: count_column.x.saturating_sub(indent + 1), align: Align::Left };
        cells::put(buffer, row, column, name, cx.theme.tone(Tone::Plain));
        cells::put(buffer, row, count_column, &count.to_string(), cx.theme.tone(Tone::Quiet));
    }
    if let Some(y) = tree.marked(list, len) {
        cells::mark(frame, (area.x, y));
    }
}

/// The columns of the list: code, name, three months, trend, rate, letter, what the rules say. Letter and word stand side
/// by side, so that one change of colour serves both.
fn columns(width: u16, code: u16) -> [Column; 9] {
    let figure = if width < ROOMY { TENTHS_WIDTH } else { HUNDREDTHS_WIDTH };
    cells::share(
        &[
            Wish::fixed(code, Align::Left),
            Wish::text(12, if width < ROOMY { NAME_MAX } else { 40 }),
            Wish::fixed(figure, Align::Right).yielding(2),
            Wish::fixed(figure, Align::Right).yielding(1),
            Wish::fixed(figure, Align::Right),
            Wish::fixed(TREND_MONTHS, Align::Left).yielding(4),
            Wish::fixed(6, Align::Right),
            Wish::fixed(1, Align::Left),
            Wish { least: 10, most: 12, align: Align::Left, yields: 3 },
        ],
        width,
        1,
    )
}

fn titles(screen: &FollowUp, cx: &Cx<'_>) -> [String; 9] {
    let month = screen.shown(cx).month;
    let short = |month: Month| cx.texts.month_short(month);
    [
        cx.texts.text("column-code"),
        cx.texts.text("column-site"),
        short(month.plus(-2)),
        short(month.previous()),
        short(month),
        cx.texts.text("column-trend"),
        "R %".to_owned(),
        String::new(),
        cx.texts.text("column-cycle"),
    ]
}

fn draw_list(screen: &FollowUp, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let room = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let columns = columns(room.width, screen.code_width);
    let buffer = frame.buffer_mut();
    for (column, title) in columns.iter().zip(titles(screen, cx)) {
        // A month that does not fit with its year is known by its name: the year stands above the list.
        let fits = title.width() <= usize::from(column.width);
        let title = if fits { &title } else { title.split(' ').next().unwrap_or(&title) };
        cells::put(buffer, cells::row(room, 1), *column, title, cx.theme.tone(Tone::Quiet));
    }
    let list = cells::below(room, 2);
    let portfolio = screen.shown(cx);
    for (index, row) in screen.cursor.rows(list, screen.lines.len()) {
        match &screen.lines[index] {
            Line::Heading(title, count) => draw_heading(buffer, row, title, *count, cx),
            Line::Lot(place) => {
                if let Some(lot) = portfolio.rows.get(*place) {
                    draw_row(screen, buffer, row, &columns, lot, cx);
                }
            }
        }
    }
    if screen.lines.is_empty() {
        cells::paragraph(buffer, list, &cx.texts.text("follow-up-empty"), cx.theme.tone(Tone::Quiet));
        return;
    }
    if let Some(y) = screen.cursor.marked(list, screen.lines.len()).filter(|_| screen.tree.is_none()) {
        cells::mark(frame, (area.x, y));
    }
}

fn draw_heading(buffer: &mut Buffer, row: Rect, title: &str, count: usize, cx: &Cx<'_>) {
    let title = if title.is_empty() { cx.texts.text("heading-none") } else { title.to_owned() };
    cells::line(buffer, row, &format!("{title} ({count})"), cx.theme.tone(Tone::Strong));
}

fn draw_row(
    screen: &FollowUp,
    buffer: &mut Buffer,
    row: Rect,
    columns: &[Column; 9],
    lot: &LotRow,
    cx: &Cx<'_>,
) {
    let [code, name, m2, m1, m, trend, rate, letter, word] = columns;
    if cx.portfolio.contested.concerns(lot.lot, lot.site) {
        // Before the code is the marker's column and a blank one, which has room for it.
        let sign = Column { x: 0, width: 1, align: Align::Left };
        let before = Rect { x: row.x - 1, ..row };
        cells::put(buffer, before, sign, theme::CONTESTED, cx.theme.tone(Tone::Problem));
    }
    let plain = cx.theme.tone(Tone::Plain);
    let [now, before, earlier] = &lot.months;
    cells::put(buffer, row, *code, &lot.code, plain);
    cells::put(buffer, row, *name, &lot_within(&lot.name, &lot.lot_name, usize::from(name.width)), plain);
    for (column, report) in [(m2, earlier), (m1, before), (m, now)] {
        if report.cumulative.is_some() {
            let shown = match report.cumulative {
                Some(it) if column.width < HUNDREDTHS_WIDTH => cx.texts.tenths(it.hundredths()),
                it => cx.texts.percent(it),
            };
            cells::put(buffer, row, *column, &shown, plain);
        }
    }
    if now.target.is_some() {
        cells::put(buffer, row, *rate, &cx.texts.rate_tenths(now.target), plain);
    }
    let style = cx.theme.status(now.status);
    cells::put(buffer, row, *letter, &cx.texts.status_letter(now.status), style);
    if trend.width > 0
        && let Some(months) = screen.trends.get(&lot.lot)
    {
        bars::trend(buffer, row, trend.x, months);
    }
    cells::put(buffer, row, *word, &state(lot, cx), style);
}

/// Says in a word what stands: the state when works do not go on, else the finding of the month.
fn state(lot: &LotRow, cx: &Cx<'_>) -> String {
    if !lot.state.is_active() {
        return cx.texts.state_word(lot.state);
    }
    match lot.months[0].outcome {
        Outcome::Aucun | Outcome::HorsSuivi | Outcome::Suspendu | Outcome::NonSaisie => {
            lot.looked.found.as_ref().map_or_else(String::new, |it| cx.texts.outcome_short(it.report.outcome))
        }
        outcome => cx.texts.outcome_short(outcome),
    }
}

/// While a filter is typed: what is typed, and the first lots found.
fn draw_found(screen: &FollowUp, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let room = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let buffer = frame.buffer_mut();
    let list = cells::below(room, 2);
    let portfolio = screen.shown(cx);
    let code = Column { x: 0, width: screen.code_width, align: Align::Left };
    let x = screen.code_width + 1;
    let name = Column { x, width: room.width.saturating_sub(x).min(FOUND_NAME_MAX), align: Align::Left };
    for (index, row) in screen.cursor.rows(list, screen.lines.len()).take(FILTERED_ROWS) {
        if let Line::Lot(place) = &screen.lines[index]
            && let Some(lot) = portfolio.rows.get(*place)
        {
            cells::put(buffer, row, code, &lot.code, cx.theme.tone(Tone::Plain));
            let place = lot_within(&lot.name, &lot.lot_name, usize::from(name.width));
            cells::put(buffer, row, name, &place, cx.theme.tone(Tone::Plain));
        }
    }
    if let Some(y) = screen.cursor.marked(list, screen.lines.len()) {
        cells::mark(frame, (area.x, y));
    }
    screen.filter.draw(frame, cells::row(room, 1), cx);
}

impl FollowUp {
    /// Says which month, how many lots, and how they are chosen.
    pub(super) fn aside_text(&self, cx: &Cx<'_>) -> String {
        let lots = self.lines.iter().filter(|it| matches!(it, Line::Lot(_))).count();
        let mut parts = vec![cx.texts.fill("follow-up-lots", &[("count", &lots)])];
        if !self.filter.is_empty() && !self.filter.is_typing() {
            parts.push(self.filter.signed());
        }
        parts.extend(self.query.kept.key().map(|it| cx.texts.text(it)));
        if self.query.order != Order::Code {
            parts.push(cx.texts.text(self.query.order.key()));
        }
        match self.query.grouping {
            Grouping::None => {}
            Grouping::Project => parts.push(cx.texts.text("grouping-project")),
            Grouping::Contractor => parts.push(cx.texts.text("grouping-contractor")),
        }
        parts.push(cx.texts.month(self.shown(cx).month));
        parts.join(" · ")
    }
}
