//! A line of text with choices below it: files of a folder, names of projects.

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::widgets::cells;
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::text_line::TextLine;

/// Something that can be chosen instead of being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// What it stands for.
    pub path: PathBuf,
    /// Whether it is a folder, which holds other choices.
    pub folder: bool,
}

/// A line of text with choices below it.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    /// What is typed.
    pub line: TextLine,
    choices: Vec<Choice>,
    /// A choice is selected; else the line is.
    in_list: bool,
    cursor: Cursor,
}

impl Chooser {
    /// Begins with a text and choices.
    pub fn new(line: TextLine, choices: Vec<Choice>) -> Self {
        Self { line, choices, in_list: false, cursor: Cursor::default() }
    }

    /// Returns the selected choice; `None` while the line is typed in.
    pub fn chosen(&self) -> Option<&Choice> {
        self.choices.get(self.cursor.selected).filter(|_| self.in_list)
    }

    /// Goes back to the line.
    pub fn leave_list(&mut self) {
        self.in_list = false;
        self.cursor = Cursor::default();
    }

    /// Moves between the line and the choices below it.
    pub fn go(&mut self, nav: Nav) {
        match nav {
            _ if self.choices.is_empty() => {}
            Nav::Up if self.cursor.selected == 0 => self.in_list = false,
            Nav::Down | Nav::PageDown if !self.in_list => {
                self.in_list = true;
                self.cursor.selected = 0;
            }
            _ if self.in_list => self.cursor.go(nav, self.choices.len()),
            _ => {}
        }
    }

    /// Keeps the selected choice in sight.
    pub fn settle(&mut self, height: u16) {
        self.cursor.settle(self.choices.len(), usize::from(height));
    }

    /// Draws the choices, and the cursor where it is among them; `margin` is the column of the marker.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, margin: u16, cx: &Cx<'_>) {
        for (index, row) in self.cursor.rows(area, self.choices.len()) {
            let choice = &self.choices[index];
            let tone = if choice.folder { Tone::Quiet } else { Tone::Plain };
            cells::line(frame.buffer_mut(), row, &choice.label, cx.theme.tone(tone));
        }
        if let Some(y) = self.cursor.marked(area, self.choices.len()).filter(|_| self.in_list) {
            cells::mark(frame, (margin, y));
        }
    }
}
