//! A few fields over the list: what is typed, which is next, what the next Enter does.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use crate::model::problem::Problem;
use crate::texts::Tone;
use crate::ui::frame;
use crate::ui::screen::Cx;
use crate::ui::widgets::cells;
use crate::ui::widgets::field::Field;

/// The widest that it is.
const WIDTH_MAX: u16 = 76;
/// Rows of what is said below the fields.
const SAID_ROWS: u16 = 3;
/// Rows besides the fields: the frame, the head, two blanks, what is said.
const OTHER_ROWS: u16 = 5 + SAID_ROWS;
/// Cells between the labels and the fields.
const GAP: u16 = 2;

/// What a key press led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It is not for the fields.
    Passed,
    /// It was dealt with.
    Taken,
    /// The dialog is left.
    Closed,
    /// Every field is filled in as it can be.
    Filled,
    /// What was asked is confirmed.
    Confirmed,
}

/// A few fields.
pub struct Dialog {
    /// All fields.
    pub fields: Vec<Field>,
    /// Places of those that are shown now.
    pub shown: Vec<usize>,
    /// Why it was refused; what is typed stays.
    pub refused: Option<Problem>,
    /// The next Enter confirms.
    pub armed: bool,
    leaving: bool,
    focus: usize,
}

impl Dialog {
    /// Shows fields with one of them in focus.
    pub fn new(fields: Vec<Field>, shown: Vec<usize>, focus: usize) -> Self {
        Self { fields, shown, refused: None, armed: false, leaving: false, focus }
    }

    /// Deals with a key press.
    pub fn key(&mut self, key: KeyEvent) -> Pressed {
        let asked_before = std::mem::take(&mut self.leaving);
        match key.code {
            KeyCode::Esc if std::mem::take(&mut self.armed) => Pressed::Taken,
            KeyCode::Esc if asked_before || !self.is_changed() => Pressed::Closed,
            KeyCode::Esc => {
                self.leaving = true;
                Pressed::Taken
            }
            KeyCode::Enter if std::mem::take(&mut self.armed) => Pressed::Confirmed,
            KeyCode::Enter => self.enter(),
            _ if self.fields[self.focus].key(key) => {
                (self.armed, self.refused) = (false, None);
                Pressed::Taken
            }
            _ => Pressed::Passed,
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        self.fields[self.focus].paste(text);
        (self.armed, self.refused) = (false, None);
    }

    /// Goes to the field after, or before.
    pub fn step(&mut self, forward: bool) {
        let len = self.shown.len().max(1);
        let at = self.place();
        self.focus = self.shown.get((at + if forward { 1 } else { len - 1 }) % len).copied().unwrap_or(0);
        self.armed = false;
    }

    /// Goes to a field, where it is shown.
    pub fn focus(&mut self, field: usize) {
        if self.shown.contains(&field) {
            self.focus = field;
        }
    }

    /// Returns what a field holds.
    pub fn value(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", |it| it.value().trim())
    }

    fn place(&self) -> usize {
        self.shown.iter().position(|it| *it == self.focus).unwrap_or(0)
    }

    fn enter(&mut self) -> Pressed {
        if !self.fields[self.focus].verify() {
            return Pressed::Taken;
        }
        if self.place() + 1 < self.shown.len() {
            self.step(true);
            return Pressed::Taken;
        }
        let wrong = self.shown.iter().copied().find(|it| !self.fields[*it].verify());
        match wrong {
            Some(field) => {
                self.focus = field;
                Pressed::Taken
            }
            None => Pressed::Filled,
        }
    }

    /// Tells whether something is written that would be lost.
    fn is_changed(&self) -> bool {
        self.shown.iter().any(|it| self.fields[*it].is_written())
    }

    /// Draws it over `body`; `said` stands below the fields while nothing is wrong with them.
    pub fn draw(
        &self,
        frame: &mut Frame<'_>,
        body: Rect,
        (title, head): (&str, &str),
        said: (String, Tone),
        cx: &Cx<'_>,
    ) {
        let rows = u16::try_from(self.shown.len()).unwrap_or(0);
        let size = Size { width: WIDTH_MAX, height: rows + OTHER_ROWS };
        let area = frame::float(frame, body, size, title, cx);
        cells::line(frame.buffer_mut(), cells::row(area, 0), head, cx.theme.tone(Tone::Plain));
        // Where the window is low, blanks give way first.
        let blank = u16::from(area.height >= rows + OTHER_ROWS - 2);
        let labels: Vec<String> = self.shown.iter().map(|it| cx.texts.text(self.fields[*it].key)).collect();
        let left = labels.iter().map(|it| it.width()).max().unwrap_or(0);
        let left = u16::try_from(left).unwrap_or(0) + GAP;
        let mut at = 1 + blank;
        for (label, field) in labels.iter().zip(&self.shown) {
            let row = cells::row(area, at);
            cells::line(frame.buffer_mut(), row, label, cx.theme.tone(Tone::Quiet));
            let focused = *field == self.focus;
            let cursor = self.fields[*field].draw(frame.buffer_mut(), cells::rest(row, left), focused, cx);
            if focused && row.height > 0 {
                frame.set_cursor_position(cursor);
            }
            at += 1;
        }
        let (text, tone) = self.wrong(cx).unwrap_or(said);
        cells::paragraph(frame.buffer_mut(), cells::below(area, at + blank), &text, cx.theme.tone(tone));
    }

    /// Says what is wrong, or what the next Esc gives up.
    fn wrong(&self, cx: &Cx<'_>) -> Option<(String, Tone)> {
        if self.leaving {
            return Some((cx.texts.text("decide-leave"), Tone::Problem));
        }
        let of_field = self.shown.iter().find_map(|it| self.fields[*it].problem());
        let problem = self.refused.as_ref().or(of_field)?;
        Some((cx.texts.problem_here(problem), Tone::Critical))
    }
}
