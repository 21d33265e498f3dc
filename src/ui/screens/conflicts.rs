//! Values of which two versions compete: chosen from, or typed anew.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::actions::conflicts::Contest;
use crate::texts::Tone;
use crate::ui::command::{Command, Settlement};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::text_box::{Kind, TextBox};

/// Rows above the list: a blank, the sentence, a blank.
const HEAD_ROWS: u16 = 3;
/// The versions of a value that have a number to press.
const NUMBERED_MAX: usize = 9;

/// A value of which versions compete, as people read it.
pub struct Row {
    /// The value itself.
    pub contest: Contest,
    /// What it is about.
    pub place: String,
    /// The month that it is about.
    pub month: String,
    /// What it is.
    pub field: String,
    /// Its versions.
    pub versions: Vec<VersionRow>,
}

/// One version, as people read it.
pub struct VersionRow {
    /// The value.
    pub value: String,
    /// Who wrote it, on which machine.
    pub who: String,
    /// When.
    pub when: String,
}

/// Values of which two versions compete.
pub struct Conflicts {
    /// The values.
    pub rows: Vec<Row>,
    cursor: Cursor,
    /// The selected version of the selected value; after the last one comes a value to type.
    version: Option<usize>,
    typed: TextBox,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// To the versions of the selected value, or settle it.
    Choose,
}

impl Conflicts {
    /// Shows values.
    pub fn new(rows: Vec<Row>) -> Self {
        Self { rows, cursor: Cursor::default(), version: None, typed: TextBox::new(Kind::Line, "") }
    }

    /// Shows values that were read again; the selection stays where it is.
    pub fn show(&mut self, rows: Vec<Row>) {
        let settled = rows.len() < self.rows.len();
        self.rows = rows;
        self.cursor.selected = self.cursor.selected.min(self.rows.len().saturating_sub(1));
        if settled {
            self.version = None;
            self.typed.set("");
        }
    }

    fn selected(&self) -> Option<&Row> {
        self.rows.get(self.cursor.selected)
    }

    /// How many lines there are below the list: versions, and the value to type.
    fn choices(&self) -> usize {
        self.selected().map_or(0, |it| it.versions.len() + usize::from(it.contest.is_typable()))
    }

    fn is_at_typed(&self) -> bool {
        self.version.is_some_and(|at| self.selected().is_some_and(|it| at >= it.versions.len()))
    }

    fn choose(&mut self) -> Option<Command> {
        let Some(version) = self.version else {
            self.version = self.selected().map(|_| 0);
            return None;
        };
        let settlement = if self.is_at_typed() {
            Settlement::Typed(self.typed.text())
        } else {
            Settlement::Version(version)
        };
        Some(Command::Settle(self.cursor.selected, settlement))
    }

    fn is_empty(&self) -> Option<&'static str> {
        self.rows.is_empty().then_some("conflicts-none")
    }
}

impl Screen for Conflicts {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] =
        &[Binding::new("Enter Right l", Msg::Choose, "key-conflicts-choose").hinted().unless(Self::is_empty)];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] =
        &[Typing::new("1 2 3", "typing-conflicts-version"), Typing::new("12,5", "typing-conflicts-value")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-conflicts")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match (msg, self.version) {
            (Msg::Choose, _) => return self.choose(),
            (Msg::Go(nav), None) => {
                let before = self.cursor.selected;
                self.cursor.go(nav, self.rows.len());
                if before != self.cursor.selected {
                    self.typed.set("");
                }
            }
            (Msg::Go(nav), Some(at)) => {
                let mut versions = Cursor::at(at);
                versions.go(nav, self.choices());
                self.version = Some(versions.selected);
            }
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if self.version.is_none() {
            return Capture::Passed;
        }
        if key.code == KeyCode::Esc || key.code == KeyCode::Left && !self.is_at_typed() {
            self.version = None;
            return Capture::Taken;
        }
        if self.is_at_typed() {
            return if self.typed.key(key) { Capture::Taken } else { Capture::Passed };
        }
        // Among versions a digit is a version, not a screen.
        let KeyCode::Char(letter @ '0'..='9') = key.code else { return Capture::Passed };
        let at = letter.to_digit(10).and_then(|it| usize::try_from(it).ok()?.checked_sub(1));
        let known = self.selected().map_or(0, |it| it.versions.len());
        match at.filter(|it| *it < known) {
            Some(at) => Capture::Asked(Command::Settle(self.cursor.selected, Settlement::Version(at))),
            None => Capture::Asked(Command::Say("conflict-no-version")),
        }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if self.is_at_typed() {
            self.typed.insert(text);
        }
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.typed.dress(cx.theme.typed());
        let below = self.choices() + 2;
        let rows = usize::from(size.height.saturating_sub(HEAD_ROWS)).saturating_sub(below);
        self.cursor.settle(self.rows.len(), rows.max(1));
    }

    //   Deux machines ont écrit ces valeurs sans se voir : choisissez.
    //
    // ► CSI-02   2026-03   avancement cumulé   12,00 ‼ 13,00
    //
    //   Versions de CSI-02, 2026-03, avancement cumulé
    // ► 1   12,00   awa, ici              06/04/2026 17:52
    //   2   13,00   bina, sur 1f2e3d4c    06/04/2026 17:40
    //       autre   ______
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let buffer = frame.buffer_mut();
        let intro = cx.texts.text(if self.rows.is_empty() { "conflicts-none" } else { "conflicts-intro" });
        cells::line(buffer, cells::row(room, 1), &intro, cx.theme.tone(Tone::Quiet));
        let (list, len) = (cells::below(room, HEAD_ROWS), self.rows.len());
        let mut used = 0;
        for (index, row) in self.cursor.rows(list, len) {
            draw_row(buffer, row, &self.rows[index], cx);
            used += 1;
        }
        if let Some(y) = self.cursor.marked(list, len) {
            cells::mark(frame, (area.x, y));
        }
        if let Some(row) = self.selected() {
            self.draw_versions(frame, cells::below(area, HEAD_ROWS + used + 1), row, cx);
        }
    }

    fn is_typing(&self) -> bool {
        self.is_at_typed()
    }
}

fn draw_row(buffer: &mut Buffer, row: Rect, shown: &Row, cx: &Cx<'_>) {
    let wide = row.width >= 100;
    let wishes = [
        Wish::fixed(if wide { 22 } else { 10 }, Align::Left),
        Wish::fixed(7, Align::Left),
        Wish::fixed(if wide { 24 } else { 17 }, Align::Left),
        Wish::text(12, 300),
    ];
    let [place, month, field, values] = cells::share(&wishes, row.width, 2);
    let plain = cx.theme.tone(Tone::Plain);
    cells::put(buffer, row, place, &shown.place, plain);
    cells::put(buffer, row, month, &shown.month, plain);
    cells::put(buffer, row, field, &shown.field, plain);
    let all: Vec<&str> = shown.versions.iter().map(|it| it.value.as_str()).collect();
    let separator = format!(" {} ", theme::CONTESTED);
    cells::put(buffer, row, values, &all.join(&separator).replace('\n', " "), cx.theme.tone(Tone::Problem));
}

impl Conflicts {
    fn draw_versions(&self, frame: &mut Frame<'_>, area: Rect, row: &Row, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let wishes = [
            Wish::fixed(1, Align::Right),
            Wish::fixed(if room.width < 100 { 18 } else { 40 }, Align::Left),
            Wish::text(14, 32),
            Wish::fixed(17, Align::Left),
        ];
        let columns = cells::share(&wishes, room.width, 2);
        let (plain, quiet) = (cx.theme.tone(Tone::Plain), cx.theme.tone(Tone::Quiet));
        for (at, version) in row.versions.iter().enumerate() {
            let line = cells::row(room, u16::try_from(at).unwrap_or(u16::MAX));
            let buffer = frame.buffer_mut();
            if at < NUMBERED_MAX {
                cells::put(buffer, line, columns[0], &(at + 1).to_string(), cx.theme.accent());
            }
            cells::put(buffer, line, columns[1], &version.value.replace('\n', " "), plain);
            cells::put(buffer, line, columns[2], &version.who, quiet);
            cells::put(buffer, line, columns[3], &version.when, quiet);
        }
        let chosen = self.version.map(|it| area.y.saturating_add(u16::try_from(it).unwrap_or(u16::MAX)));
        if let Some(y) = chosen.filter(|it| *it < area.bottom()) {
            cells::mark(frame, (area.x, y));
        }
        if row.contest.is_typable() {
            let last = cells::row(room, u16::try_from(row.versions.len()).unwrap_or(u16::MAX));
            self.draw_typed(frame, last, columns[1], cx);
        }
    }

    fn draw_typed(&self, frame: &mut Frame<'_>, row: Rect, column: Column, cx: &Cx<'_>) {
        let label = cx.texts.text("conflicts-other");
        let used = u16::try_from(label.chars().count() + 2).unwrap_or(0);
        let whole = Column { width: row.width.saturating_sub(column.x), ..column };
        cells::put(frame.buffer_mut(), row, whole, &label, cx.theme.tone(Tone::Quiet));
        let left = (column.x + used).min(row.width);
        let field = Rect { x: row.x + left, width: (row.width - left).min(40), ..row };
        if self.is_at_typed() || !self.typed.is_empty() {
            self.typed.draw(frame, field, self.is_at_typed());
        }
    }
}
