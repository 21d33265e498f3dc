//! Several fields of text that are saved together, and what is saved of them.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text_box::{Kind, TextBox};
use crate::ui::screen::Capture;

/// Fields of text that are saved together. They know what is not saved, and ask once before it is left.
pub struct Typed<const FIELDS: usize> {
    kept: [String; FIELDS],
    fields: [TextBox; FIELDS],
    focus: usize,
    leaving: bool,
}

impl<const FIELDS: usize> Typed<FIELDS> {
    /// Makes fields that hold what is saved; `focus` is the one that is written in.
    pub fn new(kinds: [Kind; FIELDS], kept: [String; FIELDS], focus: usize) -> Self {
        let fields = std::array::from_fn(|at| TextBox::new(kinds[at], &kept[at]));
        Self { kept, fields, focus, leaving: false }
    }

    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, texts: &[String; FIELDS]) {
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.set(text);
        }
    }

    /// Returns what the fields hold.
    pub fn texts(&self) -> [String; FIELDS] {
        std::array::from_fn(|at| self.fields[at].text())
    }

    /// Returns what the fields hold, where it is not what is saved.
    pub fn unsaved(&self) -> Option<[String; FIELDS]> {
        Some(self.texts()).filter(|it| *it != self.kept)
    }

    /// Returns which field is written in.
    pub const fn focus(&self) -> usize {
        self.focus
    }

    /// Goes to a field; after the last comes the first.
    pub const fn go_to(&mut self, field: usize) {
        self.focus = field % FIELDS;
    }

    /// Goes to the field after.
    pub const fn next(&mut self) {
        self.go_to(self.focus + 1);
    }

    /// Goes to the field before.
    pub const fn previous(&mut self) {
        self.go_to(self.focus + FIELDS - 1);
    }

    /// Returns the field that is written in.
    pub const fn current(&mut self) -> &mut TextBox {
        &mut self.fields[self.focus]
    }

    /// Takes a key press: the first Escape asks where something would be lost, other keys are tried by `first`, then
    /// written.
    pub fn capture(&mut self, key: KeyEvent, first: impl FnOnce(&mut Self) -> bool) -> Capture {
        let asked_before = std::mem::take(&mut self.leaving);
        let taken = if key.code == KeyCode::Esc {
            self.leaving = !asked_before && self.unsaved().is_some();
            self.leaving
        } else {
            first(self) || self.current().key(key)
        };
        if taken { Capture::Taken } else { Capture::Passed }
    }

    /// Tells whether it waits for the second Escape.
    pub const fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Chooses how the room of the fields of one line looks.
    pub fn dress(&mut self, style: Style) {
        self.fields.iter_mut().filter(|it| it.is_line()).for_each(|it| it.dress(style));
    }

    /// Draws one field.
    pub fn draw(&self, field: usize, frame: &mut Frame<'_>, area: Rect) {
        self.fields[field].draw(frame, area, self.focus == field);
    }
}
