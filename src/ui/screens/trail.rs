//! The trail of a lot: every value, decision and observation, newest first.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::model::text::fold;
use crate::texts::Tone;
use crate::ui::command::Command;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::filter::{Filter, holds};

/// Rows above the list: what is shown, a blank, the titles.
const HEAD_ROWS: u16 = 3;

/// One line of the trail.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The day, in the organisation's time zone.
    pub when: String,
    /// Who, with the machine when it is another one.
    pub who: String,
    /// The month that it is about.
    pub month: Option<Month>,
    /// What was written.
    pub what: String,
    /// Old and new value.
    pub change: String,
    /// The whole of it, a paragraph each.
    pub whole: Vec<String>,
    /// How it reads.
    pub tone: Tone,
}

/// The trail of a lot.
pub struct Trail {
    lot: Id<Lot>,
    place: String,
    lines: Vec<Line>,
    month: Option<Month>,
    filter: Filter,
    is_open: bool,
    shown: Vec<usize>,
    cursor: Cursor,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Show the whole text of the selected line, or hide it.
    Whole,
    /// To the month before of which something is told.
    Before,
    /// To the month after of which something is told.
    After,
    /// Every month.
    All,
    /// Type a filter, or end typing.
    Filter,
}

impl Trail {
    /// Shows the trail of a lot, of one month or all.
    pub fn new(lot: Id<Lot>, place: String, lines: Vec<Line>, month: Option<Month>) -> Self {
        let mut it = Self {
            lot,
            place,
            lines: Vec::new(),
            month,
            filter: Filter::default(),
            is_open: false,
            shown: Vec::new(),
            cursor: Cursor::default(),
        };
        it.show(lines);
        it
    }

    /// Shows lines that were read again.
    pub fn show(&mut self, lines: Vec<Line>) {
        self.lines = lines;
        self.sift();
    }

    /// Returns the lot.
    pub const fn lot(&self) -> Id<Lot> {
        self.lot
    }

    /// Keeps the lines of the month in which every word of the filter is found.
    fn sift(&mut self) {
        let words = self.filter.words();
        let all = |line: &Line| {
            fold(&format!("{} {} {} {}", line.who, line.what, line.change, line.whole.join(" ")))
        };
        let fits = |line: &Line| {
            (self.month.is_none() || line.month == self.month)
                && (words.is_empty() || holds(&all(line), &words))
        };
        self.shown = (0..self.lines.len()).filter(|it| fits(&self.lines[*it])).collect();
    }

    /// Steps to the nearest month of which something is told; from all months to the newest.
    fn step(&mut self, later: bool) {
        let months = self.lines.iter().filter_map(|it| it.month);
        let next = match (self.month, later) {
            (None, _) => months.max(),
            (Some(month), true) => months.filter(|it| *it > month).min(),
            (Some(month), false) => months.filter(|it| *it < month).max(),
        };
        self.choose(next.or(self.month));
    }

    fn choose(&mut self, month: Option<Month>) {
        self.month = month;
        self.cursor = Cursor::default();
        self.sift();
    }

    fn is_one_month(&self) -> Option<&'static str> {
        self.month.is_none().then_some("trail-all-shown")
    }

    fn selected(&self) -> Option<&Line> {
        self.shown.get(self.cursor.selected).and_then(|it| self.lines.get(*it))
    }
}

impl Screen for Trail {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Whole, "key-trail-whole").hinted(),
        Binding::new("<", Msg::Before, "key-trail-before").hinted(),
        Binding::new(">", Msg::After, "key-trail-after").hinted().unless(Self::is_one_month),
        Binding::new("*", Msg::All, "key-trail-all").hinted().unless(Self::is_one_month),
        Binding::new("/", Msg::Filter, "key-trail-filter").hinted(),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("/ a…z", "typing-trail-filter")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-trail")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => self.cursor.go(nav, self.shown.len()),
            Msg::Whole => self.is_open = !self.is_open,
            Msg::Before => self.step(false),
            Msg::After => self.step(true),
            Msg::All => self.choose(None),
            Msg::Filter => self.filter.begin(),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if !self.filter.key(key) {
            return Capture::Passed;
        }
        self.cursor = Cursor::default();
        self.sift();
        Capture::Taken
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if self.filter.paste(text) {
            self.sift();
        }
        None
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        let width = usize::from(size.width.saturating_sub(4));
        let detail = self.detail(width, size.height).len();
        let rows = usize::from(size.height.saturating_sub(HEAD_ROWS)).saturating_sub(detail);
        self.cursor.settle(self.shown.len(), rows);
    }

    // CSI-02 CSI de Ngoulémé · tous les mois                                 34 lignes
    //
    //   Quand       Qui         Mois     Donnée             Avant → après
    // ► 06/04/2026  awa         2026-03  avancement cumulé  12,50 → 13,00
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let columns = self.columns(room.width);
        let buffer = frame.buffer_mut();
        let quiet = cx.theme.tone(Tone::Quiet);
        let titles = ["trail-when", "trail-who", "column-month", "trail-what", "trail-change"];
        for (column, key) in columns.iter().zip(titles) {
            cells::put(buffer, cells::row(room, 2), *column, &cx.texts.text(key), quiet);
        }
        if self.shown.is_empty() {
            cells::line(buffer, cells::row(room, HEAD_ROWS), &cx.texts.text("trail-empty"), quiet);
        }
        let list = cells::below(room, HEAD_ROWS);
        for (index, row) in self.cursor.rows(list, self.shown.len()) {
            draw_line(buffer, row, &columns, &self.lines[self.shown[index]], cx);
        }
        let detail = self.detail(usize::from(room.width), area.height);
        let first = area.height.saturating_sub(u16::try_from(detail.len()).unwrap_or(0));
        for (at, text) in (first..).zip(&detail) {
            cells::line(buffer, cells::row(room, at), text, cx.theme.tone(Tone::Plain));
        }
        if let Some(y) = self.cursor.marked(list, self.shown.len()) {
            cells::mark(frame, (area.x, y));
        }
        self.draw_head(frame, cells::row(room, 0), cx);
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }
}

impl Trail {
    fn draw_head(&self, frame: &mut Frame<'_>, row: Rect, cx: &Cx<'_>) {
        let month = self.month.map_or_else(|| cx.texts.text("trail-all-months"), |it| cx.texts.month(it));
        let count = cx.texts.fill("trail-count", &[("count", &self.shown.len())]);
        let title = format!("{} · {month}", self.place);
        let wishes = [Wish::text(20, 200), Wish::fixed(24, Align::Left), Wish::fixed(12, Align::Right)];
        let [left, middle, right] = cells::share(&wishes, row.width, 2);
        let left = if self.filter.is_shown() {
            left
        } else {
            Column { width: left.width + 2 + middle.width, ..left }
        };
        let buffer = frame.buffer_mut();
        cells::put(buffer, row, left, &title, cx.theme.tone(Tone::Strong));
        cells::put(buffer, row, right, &count, cx.theme.tone(Tone::Quiet));
        if self.filter.is_shown() {
            self.filter.draw(frame, Rect { x: row.x + middle.x, width: middle.width, ..row }, cx);
        }
    }

    fn columns(&self, width: u16) -> [Column; 5] {
        let month = if self.month.is_some() { 0 } else { 7 };
        // What was written comes first: the other columns only grow in a wide window.
        let (who, what) = if width < 100 { (10, 17) } else { (20, 24) };
        let wishes = [
            Wish::fixed(11, Align::Left),
            Wish::fixed(who, Align::Left).yielding(1),
            Wish::fixed(month, Align::Left),
            Wish::fixed(what, Align::Left),
            Wish::text(14, 400),
        ];
        cells::share(&wishes, width, 2)
    }

    /// Returns the whole text of the selected line, folded, with a blank above; nothing when it is not asked for.
    fn detail(&self, width: usize, height: u16) -> Vec<String> {
        let Some(line) = self.selected().filter(|_| self.is_open) else { return Vec::new() };
        let paragraphs = line.whole.iter().flat_map(|it| it.split('\n'));
        let folded =
            paragraphs.flat_map(|it| crate::texts::fit::folded(&crate::model::text::show(it), width.max(1)));
        let mut lines: Vec<String> = std::iter::once(String::new()).chain(folded).collect();
        // Some lines of the list stay in sight above.
        let most = usize::from(height.saturating_mul(2) / 3);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push_str(" …");
            }
        }
        lines
    }
}

fn draw_line(buffer: &mut Buffer, row: Rect, columns: &[Column; 5], line: &Line, cx: &Cx<'_>) {
    let (plain, quiet) = (cx.theme.tone(Tone::Plain), cx.theme.tone(Tone::Quiet));
    let month = line.month.map(|it| it.to_string()).unwrap_or_default();
    cells::put(buffer, row, columns[0], &line.when, quiet);
    cells::put(buffer, row, columns[1], &line.who, quiet);
    cells::put(buffer, row, columns[2], &month, plain);
    cells::put(buffer, row, columns[3], &line.what, plain);
    cells::put(buffer, row, columns[4], &line.change.replace('\n', " "), cx.theme.tone(line.tone));
}
