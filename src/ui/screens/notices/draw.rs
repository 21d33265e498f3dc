//! Draws notices: the list, the selected one with those to whom it goes, a letter, a question.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use super::asking::{Asking, What};
use super::reading::Reading;
use super::{Addressee, Notices, Row, Stage};
use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// How far the text stands in; the marker stands at the left of it.
const MARGIN: u16 = 2;
/// Rows above the list: a blank, what there is, a blank, the titles.
const HEAD_ROWS: u16 = 4;
/// Rows below the list: a blank, the selected notice, its subject, some of its addressees.
const BELOW_ROWS_MIN: u16 = 7;
/// Rows above a letter: a blank, what it is, a blank.
const LETTER_HEAD: u16 = 3;
/// What a letter takes of the width, with a gap behind it.
const LETTER_WIDTH: u16 = 80;
/// Beside a letter those to whom it goes need so much.
const ASIDE_WIDTH_MIN: u16 = 30;
/// Rows of a question: a blank, itself in two, the line, what is wrong in two.
const ASKING_ROWS: u16 = 6;

/// Returns how wide a letter is drawn: as it is set where there is room, else folded.
pub const fn letter_width(width: u16) -> u16 {
    let most = LETTER_WIDTH - 2;
    let room = width.saturating_sub(2);
    if room < most { room } else { most }
}

/// Returns how many rows a letter has.
pub const fn letter_rows(height: u16, asks: bool) -> u16 {
    height.saturating_sub(LETTER_HEAD + if asks { ASKING_ROWS } else { 0 })
}

impl Notices {
    /// Returns how many rows of the list are in sight.
    pub(super) fn list_rows(&self, size: Size) -> u16 {
        let rows = u16::try_from(self.kept.len()).unwrap_or(u16::MAX);
        rows.min(size.height.saturating_sub(HEAD_ROWS + BELOW_ROWS_MIN).max(1))
    }

    //   2 à décider · 5 à approuver · 3 en route          envoi : cette machine, par smtp.exemple.org
    //
    //   État          Avis              Mois    Concerne                 Où il en est
    // ► à approuver   Préavis           03/26   CSI-02 CSI de Ngoulémé   2 destinataires · 1 sans adresse
    //
    //   Préavis de démobilisation · CSI-02 CSI de Ngoulémé · mars 2026
    //   Objet
    //   SOGEA        sogea@exemple.org      à approuver
    //   copie  MO    –                      sans adresse
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, MARGIN);
        if let Some(reading) = &self.reading {
            self.paint_letter(frame, area, reading, cx);
            return;
        }
        self.draw_head(frame, cells::row(room, 1), cx);
        if self.kept.is_empty() {
            let text = cx.texts.text(self.why_empty());
            let used = cells::paragraph(
                frame.buffer_mut(),
                cells::below(room, 3),
                &text,
                cx.theme.tone(Tone::Plain),
            );
            self.draw_asking(frame, cells::below(room, 4 + used), cx);
            self.draw_lacking(frame.buffer_mut(), room, cx);
            return;
        }
        draw_titles(frame.buffer_mut(), cells::row(room, HEAD_ROWS - 1), cx);
        let list = cells::below(room, HEAD_ROWS);
        let mut used = HEAD_ROWS;
        for (index, row) in self.cursor.rows(list, self.kept.len()) {
            draw_row(frame.buffer_mut(), row, &self.shown.rows[self.kept[index]], cx);
            used += 1;
        }
        if let Some(y) = self.cursor.marked(list, self.kept.len()) {
            cells::mark(frame, (area.x, y));
        }
        let below = cells::below(room, used + 1);
        if self.asking.is_some() {
            self.draw_asking(frame, below, cx);
        } else if let Some(row) = self.selected() {
            let height = below.height.saturating_sub(if self.shown.is_lacking { 2 } else { 0 });
            draw_selected(frame.buffer_mut(), Rect { height, ..below }, row, cx);
            self.draw_lacking(frame.buffer_mut(), room, cx);
        }
    }

    fn draw_head(&self, frame: &mut Frame<'_>, row: Rect, cx: &Cx<'_>) {
        let counted = Stage::ALL.into_iter().filter(|it| it.is_open()).map(|it| (it, self.count(it)));
        let parts: Vec<String> = counted
            .filter(|it| it.1 > 0)
            .map(|(stage, count)| {
                cx.texts.fill(&format!("notices-count-{}", stage.word()), &[("count", &count)])
            })
            .collect();
        let left = if parts.is_empty() { cx.texts.text("notices-count-none") } else { parts.join(" · ") };
        cells::line(frame.buffer_mut(), row, &left, cx.theme.tone(Tone::Strong));
        let used = u16::try_from(left.width() + 2).unwrap_or(row.width);
        let rest = cells::rest(row, used);
        if self.filter.is_typing() {
            self.filter.draw(frame, rest, cx);
        } else if !self.shown.is_lacking {
            let right = Column { x: 0, width: rest.width, align: Align::Right };
            cells::put(frame.buffer_mut(), rest, right, &self.shown.way, cx.theme.tone(Tone::Quiet));
        }
    }

    /// Says in the last row what is missing for sending.
    fn draw_lacking(&self, buffer: &mut Buffer, room: Rect, cx: &Cx<'_>) {
        if self.shown.is_lacking {
            let row = cells::row(room, room.height.saturating_sub(1));
            cells::line(buffer, row, &self.shown.way, cx.theme.tone(Tone::Problem));
        }
    }

    fn paint_letter(&self, frame: &mut Frame<'_>, area: Rect, reading: &Reading, cx: &Cx<'_>) {
        let room = cells::inset(area, MARGIN);
        let Some(row) = self.shown.rows.iter().find(|it| it.id == reading.id) else { return };
        let number = row.number(cx);
        let title = format!("{} · {} · {number}", row.title, row.place);
        let wishes = [Wish::text(30, 200), Wish { least: 12, most: 60, align: Align::Right, yields: 0 }];
        let [left, right] = cells::share(&wishes, room.width, 2);
        let line = cells::row(room, 1);
        cells::put(frame.buffer_mut(), line, left, &title, cx.theme.tone(Tone::Strong));
        cells::put(frame.buffer_mut(), line, right, &stage(row.stage, cx), cx.theme.tone(tone_of(row.stage)));
        if room.width >= LETTER_WIDTH + ASIDE_WIDTH_MIN {
            draw_whom(
                frame.buffer_mut(),
                cells::rest(cells::below(room, LETTER_HEAD), LETTER_WIDTH),
                row,
                cx,
            );
        }
        let rows = letter_rows(room.height, self.asking.is_some());
        let below = cells::below(cells::inset(area, 1), LETTER_HEAD);
        let page = Rect { width: letter_width(area.width), height: rows.min(below.height), ..below };
        let shown = reading.lines.iter().skip(reading.scroll.top);
        for (at, text) in (0..page.height).zip(shown) {
            // A letter is drawn as it is set: its tables live on their spaces.
            let row = cells::row(page, at);
            let plain = cx.theme.tone(Tone::Plain);
            frame.buffer_mut().set_stringn(row.x, row.y, text, usize::from(page.width), plain);
        }
        reading.scroll.mark(frame.buffer_mut(), page, reading.lines.len(), cx);
        frame.set_cursor_position((page.x, page.y));
        self.draw_asking(frame, cells::below(room, LETTER_HEAD + rows), cx);
    }

    fn draw_asking(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let Some(asking) = &self.asking else { return };
        let question = question(asking, cx);
        let strong = cx.theme.tone(Tone::Strong);
        let mut at = cells::paragraph(frame.buffer_mut(), area, &question, strong);
        if asking.is_typed() {
            let place = asking.line.draw(frame.buffer_mut(), cells::row(area, at), cx.theme.typed());
            frame.set_cursor_position(place);
            at += 1;
        }
        if let Some(problem) = &asking.refused {
            let said = cx.texts.problem_here(problem);
            cells::paragraph(
                frame.buffer_mut(),
                cells::below(area, at),
                &said,
                cx.theme.tone(Tone::Critical),
            );
        }
    }
}

fn question(asking: &Asking, cx: &Cx<'_>) -> String {
    match &asking.what {
        What::ApproveAll(drafts) => cx.texts.fill("notices-ask-approve", &[("count", &drafts.len())]),
        What::Withdraw(_, name) => cx.texts.fill("notices-ask-withdraw", &[("name", name)]),
        What::Address { all, at, .. } => {
            let name = all.get(*at).map(|it| it.1.as_str()).unwrap_or_default();
            let key = if all.len() > 1 { "notices-ask-address-of" } else { "notices-ask-address" };
            let (number, count) = (at + 1, all.len());
            let places: [(&str, &dyn std::fmt::Display); 3] =
                [("name", &name), ("number", &number), ("count", &count)];
            cx.texts.fill(key, &places)
        }
        What::Add(_) => cx.texts.text("notices-ask-add"),
        What::Grounds(_, place) => cx.texts.fill("notices-ask-grounds", &[("place", place)]),
    }
}

fn stage(stage: Stage, cx: &Cx<'_>) -> String {
    cx.texts.text(&format!("notices-stage-{}", stage.word()))
}

const fn tone_of(stage: Stage) -> Tone {
    match stage {
        Stage::Stuck => Tone::Critical,
        Stage::Draft => Tone::Problem,
        Stage::Held | Stage::Cancelled => Tone::Quiet,
        Stage::Ready => Tone::Plain,
        Stage::Gone => Tone::Good,
    }
}

fn columns(width: u16) -> [Column; 5] {
    cells::share(
        &[
            Wish::fixed(11, Align::Left),
            Wish::fixed(14, Align::Left),
            Wish::fixed(6, Align::Left),
            Wish::text(15, 30),
            Wish::text(20, 200),
        ],
        width,
        2,
    )
}

fn draw_titles(buffer: &mut Buffer, row: Rect, cx: &Cx<'_>) {
    let titles = ["stage", "kind", "month", "place", "brief"];
    for (column, title) in columns(row.width).into_iter().zip(titles) {
        let title = cx.texts.text(&format!("notices-column-{title}"));
        cells::put(buffer, row, column, &title, cx.theme.tone(Tone::Quiet));
    }
}

fn draw_row(buffer: &mut Buffer, row: Rect, shown: &Row, cx: &Cx<'_>) {
    let [state, kind, month, place, brief] = columns(row.width);
    let plain = cx.theme.tone(Tone::Plain);
    cells::put(buffer, row, state, &stage(shown.stage, cx), cx.theme.tone(tone_of(shown.stage)));
    cells::put(buffer, row, kind, &shown.kind, plain);
    cells::put(buffer, row, month, &shown.month, plain);
    cells::put(buffer, row, place, &shown.place, plain);
    cells::put(buffer, row, brief, &shown.brief, cx.theme.tone(shown.tone));
}

/// The selected notice: what it says, and each of those to whom it goes.
fn draw_selected(buffer: &mut Buffer, area: Rect, row: &Row, cx: &Cx<'_>) {
    let subject = Rect { height: area.height.min(2), ..area };
    let used = cells::paragraph(buffer, subject, &row.subject, cx.theme.tone(Tone::Strong));
    let named = if row.place == row.project_name {
        row.number(cx)
    } else {
        format!("{} · {}", row.project_name, row.number(cx))
    };
    cells::line(buffer, cells::row(area, used), &named, cx.theme.tone(Tone::Quiet));
    // Before it goes the address counts, afterwards what became of it.
    let wishes = if matches!(row.stage, Stage::Draft | Stage::Held) {
        [Wish::text(16, 22), Wish::text(30, 40), Wish::text(16, 200)]
    } else {
        [Wish::text(16, 20), Wish::text(14, 32), Wish::text(30, 200)]
    };
    let columns = cells::share(&wishes, area.width, 2);
    let list = cells::below(area, used + 2);
    let room = usize::from(list.height);
    let fits = if row.addressees.len() > room { room.saturating_sub(1) } else { room };
    let mut at = 0;
    for it in row.addressees.iter().take(fits) {
        let line = cells::row(list, at);
        cells::put(buffer, line, columns[0], &it.called(cx), cx.theme.tone(Tone::Plain));
        cells::put(buffer, line, columns[1], it.shown_email(), cx.theme.tone(Tone::Quiet));
        at += 1;
        // What a server said is read to its end.
        if it.tone == Tone::Critical && it.fate.width() > usize::from(columns[2].width) {
            let below = cells::below(cells::rest(list, 2), at);
            at += cells::paragraph(buffer, below, &it.fate, cx.theme.tone(it.tone));
        } else {
            cells::put(buffer, line, columns[2], &it.fate, cx.theme.tone(it.tone));
        }
    }
    if row.addressees.len() > fits {
        let rest = cx.texts.fill("notices-more-addressees", &[("count", &(row.addressees.len() - fits))]);
        cells::line(buffer, cells::row(list, at), &rest, cx.theme.tone(Tone::Quiet));
    }
}

/// Those to whom a letter goes, beside it.
fn draw_whom(buffer: &mut Buffer, area: Rect, row: &Row, cx: &Cx<'_>) {
    let mut at = 0;
    for it in &row.addressees {
        let texts = [
            (it.called(cx), Tone::Plain),
            (it.shown_email().to_owned(), Tone::Quiet),
            (it.fate.clone(), it.tone),
        ];
        for (text, tone) in texts {
            at += cells::paragraph(buffer, cells::below(area, at), &text, cx.theme.tone(tone));
        }
        at += 1;
    }
}

impl Row {
    fn number(&self, cx: &Cx<'_>) -> String {
        if self.reference.is_empty() { cx.texts.text("notices-no-number") } else { self.reference.clone() }
    }
}

impl Addressee {
    fn called(&self, cx: &Cx<'_>) -> String {
        if self.copy { cx.texts.fill("notices-copy", &[("name", &self.name)]) } else { self.name.clone() }
    }

    fn shown_email(&self) -> &str {
        if self.email.is_empty() { "–" } else { &self.email }
    }
}
