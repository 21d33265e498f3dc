//! Draws the exchange: the list of places, what the selected one came to, machines, what waits.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::asking::{Asking, What};
use super::{Exchange, PlaceRow};
use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// How far the text stands in; the marker stands at the left of it.
const MARGIN: u16 = 2;
/// Rows above the list: a blank, the titles.
const HEAD_ROWS: u16 = 2;
/// Rows that the list leaves to what stands below it.
const BELOW_ROWS_MIN: u16 = 6;
/// Rows of a question above its choices: a blank, itself, the line, what is wrong with it, a blank.
const ASKING_ROWS: u16 = 6;
/// Below this width names are kept short: what an exchange came to needs the room.
const ROOMY: u16 = 90;
/// Machines that are named one by one.
const MACHINES_MAX: usize = 8;

/// Returns how many rows are left to choices below a list of so many rows.
pub fn choice_rows(height: u16, list: u16) -> u16 {
    height.saturating_sub(HEAD_ROWS + list + ASKING_ROWS)
}

impl Exchange {
    /// Returns how many rows of the list are in sight.
    pub(super) fn list_rows(&self, height: u16) -> u16 {
        let rows = u16::try_from(self.len()).unwrap_or(u16::MAX);
        rows.min(height.saturating_sub(HEAD_ROWS + BELOW_ROWS_MIN).max(1))
    }

    //   Lieu      Genre     Dernier échange    Résultat                à envoyer
    // ► siège     serveur   06/04/2026 17:52   3 envoyés, 12 reçus             4
    //   clé       dossier   jamais                                            12
    //
    //   siège · awa@siege.exemple.org
    //   envoyés 3 · reçus 12 · …
    //
    //   Machines de l’organisation
    //   portable-awa (ici) · administre
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, MARGIN);
        let mut at = if self.shown.places.is_empty() {
            let text = cx.texts.text("exchange-empty");
            1 + cells::paragraph(frame.buffer_mut(), cells::below(room, 1), &text, cx.theme.tone(Tone::Plain))
        } else {
            draw_titles(frame.buffer_mut(), cells::row(room, 1), cx);
            HEAD_ROWS
        };
        let list = cells::below(room, at);
        for (index, row) in self.cursor.rows(list, self.len()) {
            match self.shown.places.get(index) {
                Some(place) => draw_place(frame.buffer_mut(), row, place, cx),
                None => self.draw_contested(frame.buffer_mut(), row, cx),
            }
            at += 1;
        }
        if let Some(y) = self.cursor.marked(list, self.len()) {
            cells::mark(frame, (area.x, y));
        }
        let below = cells::below(room, at);
        match &self.asking {
            Some(asking) => draw_asking(frame, below, (asking, self.selected()), area.x, cx),
            None => self.paint_below(frame.buffer_mut(), cells::below(below, 1), cx),
        }
    }

    fn draw_contested(&self, buffer: &mut Buffer, row: Rect, cx: &Cx<'_>) {
        let count = cx.texts.fill("exchange-contested", &[("count", &self.shown.contested)]);
        let text = format!("{} {count}", theme::CONTESTED);
        cells::line(buffer, row, &text, cx.theme.tone(Tone::Problem));
    }

    /// What stands below the list, the most urgent first.
    fn paint_below(&self, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) {
        let mut at = 0;
        let mut put = |texts: &[(&str, Tone)]| {
            for (text, tone) in texts {
                at += cells::paragraph(buffer, cells::below(area, at), text, cx.theme.tone(*tone));
            }
            at += u16::from(!texts.is_empty());
        };
        let shown = &self.shown;
        if let Some(text) = shown.enrolment.as_deref().filter(|_| shown.is_lacking) {
            put(&[(text, Tone::Problem)]);
            put(&self
                .own_line(area.width, cx)
                .iter()
                .map(|it| (it.as_str(), Tone::Plain))
                .collect::<Vec<_>>());
        }
        if let Some(place) = self.selected() {
            let head = format!("{} · {}", place.name, place.target);
            let mut lines = vec![(head.as_str(), Tone::Strong), (place.last.as_str(), Tone::Plain)];
            lines.extend(place.notes.iter().map(|it| (it.as_str(), Tone::Problem)));
            put(&lines);
        }
        put(&shown.held.iter().map(|it| (it.as_str(), Tone::Problem)).collect::<Vec<_>>());
        if !shown.machines.is_empty() {
            let title = cx.texts.text("exchange-machines");
            let named: Vec<String> = shown
                .machines
                .iter()
                .take(MACHINES_MAX)
                .map(|it| format!("{} · {}", it.name, it.role))
                .collect();
            let rest = shown.machines.len().saturating_sub(MACHINES_MAX);
            let rest = (rest > 0).then(|| cx.texts.fill("exchange-machines-more", &[("count", &rest)]));
            let mut lines = vec![(title.as_str(), Tone::Strong)];
            lines.extend(named.iter().chain(&rest).map(|it| (it.as_str(), Tone::Plain)));
            put(&lines);
        }
        if !shown.is_lacking
            && let Some(text) = shown.enrolment.as_deref()
        {
            let line = self.own_line(area.width, cx);
            let mut lines = vec![(text, Tone::Quiet)];
            lines.extend(line.iter().map(|it| (it.as_str(), Tone::Quiet)));
            put(&lines);
        }
    }

    /// The line that enrols this machine, in pieces that can be copied; where they do not fit, where to find it.
    fn own_line(&self, width: u16, cx: &Cx<'_>) -> Vec<String> {
        let Some(line) = &self.shown.own_line else { return Vec::new() };
        let width = usize::from(width);
        if line.split(' ').any(|it| it.width() > width) {
            return vec![cx.texts.text("exchange-line-narrow")];
        }
        crate::texts::fit::folded(line, width)
    }
}

fn draw_titles(buffer: &mut Buffer, row: Rect, cx: &Cx<'_>) {
    let titles = ["place", "kind", "when", "result", "pending"];
    for (column, title) in columns(row.width).into_iter().zip(titles) {
        let title = cx.texts.text(&format!("exchange-column-{title}"));
        cells::put(buffer, row, column, &title, cx.theme.tone(Tone::Quiet));
    }
}

fn columns(width: u16) -> [Column; 5] {
    cells::share(
        &[
            Wish::text(12, if width < ROOMY { 14 } else { 24 }),
            Wish::fixed(8, Align::Left).yielding(2),
            Wish::fixed(17, Align::Left),
            Wish { least: 12, most: 32, align: Align::Left, yields: 1 },
            Wish::fixed(10, Align::Right),
        ],
        width,
        2,
    )
}

fn draw_place(buffer: &mut Buffer, row: Rect, place: &PlaceRow, cx: &Cx<'_>) {
    let [name, kind, when, result, pending] = columns(row.width);
    let (plain, quiet) = (cx.theme.tone(Tone::Plain), cx.theme.tone(Tone::Quiet));
    cells::put(buffer, row, name, &place.name, plain);
    cells::put(buffer, row, kind, &place.kind, quiet);
    cells::put(buffer, row, when, &place.when, plain);
    let running = cx.exchange.running.as_ref().filter(|it| it.0.about() == place.name);
    let text = running.map_or_else(|| place.result.clone(), |_| cx.texts.text("exchange-running"));
    let style = if running.is_some() { cx.theme.accent() } else { plain };
    // Where there is no column for what it comes to, the moment gives way to it while it runs.
    if running.is_some() && result.width == 0 {
        let blank = " ".repeat(usize::from(when.width));
        buffer.set_string(row.x + when.x, row.y, blank, plain);
        cells::put(buffer, row, when, &text, style);
    }
    cells::put(buffer, row, result, &text, style);
    let count = if place.pending == 0 { "–".to_owned() } else { place.pending.to_string() };
    cells::put(buffer, row, pending, &count, if place.pending == 0 { quiet } else { plain });
}

fn draw_asking(
    frame: &mut Frame<'_>,
    area: Rect,
    (asking, place): (&Asking, Option<&PlaceRow>),
    margin: u16,
    cx: &Cx<'_>,
) {
    let name = match asking.what {
        What::Remove | What::Name => Some(asking.target.as_str()),
        What::Write => place.filter(|it| it.is_met).map(|it| it.name.as_str()),
        What::Target | What::Take => None,
    };
    let key = asking.what.key();
    let question = match name {
        Some(name) if asking.what == What::Write => {
            cx.texts.fill("exchange-ask-write-for", &[("name", &name)])
        }
        Some(name) => cx.texts.fill(key, &[("name", &name)]),
        None => cx.texts.text(key),
    };
    let used =
        cells::paragraph(frame.buffer_mut(), cells::below(area, 1), &question, cx.theme.tone(Tone::Strong));
    let line = cells::row(area, 1 + used);
    let at = asking.answer.line.draw(frame.buffer_mut(), line, cx.theme.typed());
    frame.set_cursor_position(at);
    if let Some(problem) = &asking.refused {
        let said = Rect { height: 2, ..cells::below(area, 2 + used) };
        cells::paragraph(
            frame.buffer_mut(),
            said,
            &cx.texts.problem_here(problem),
            cx.theme.tone(Tone::Critical),
        );
    }
    asking.answer.draw(frame, cells::below(area, ASKING_ROWS), margin, cx);
}
