//! A field in which people write, of one line or several, with the terminal's own cursor.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_textarea::{CursorMove, Input, Key, TextArea, WrapMode};

use super::cells;
use super::text_line::TextLine;
use crate::model::text::{LETTER_CHARS_MAX, NOTE_CHARS_MAX, clean_letter, clean_line, clean_note};

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line that moves sideways.
    Line,
    /// One paragraph that folds; Enter is not part of it.
    Paragraph,
    /// Lines that fold; Enter begins another.
    Note,
    /// A note that may be long, in which spaces stay where they are.
    Letter,
}

/// A field in which people write.
pub struct TextBox {
    body: Body,
    style: Style,
}

enum Body {
    Line(TextLine),
    Several(Box<Several>),
}

/// A text that folds.
struct Several {
    area: TextArea<'static>,
    kind: Kind,
}

impl TextBox {
    /// Makes a field that holds a text, the cursor at its end.
    pub fn new(kind: Kind, text: &str) -> Self {
        let body = match kind {
            Kind::Line => Body::Line(TextLine::default()),
            Kind::Paragraph | Kind::Note | Kind::Letter => {
                Body::Several(Box::new(Several { area: TextArea::default(), kind }))
            }
        };
        let mut made = Self { body, style: Style::new() };
        made.set(text);
        made
    }

    /// Replaces what it holds.
    pub fn set(&mut self, text: &str) {
        match &mut self.body {
            Body::Line(line) => {
                line.set("");
                line.insert(text);
            }
            Body::Several(it) => it.set(text, self.style),
        }
    }

    /// Chooses how its room looks.
    pub fn dress(&mut self, style: Style) {
        self.style = style;
        if let Body::Several(it) = &mut self.body {
            it.area.set_style(style);
        }
    }

    /// Returns what it holds.
    pub fn text(&self) -> String {
        match &self.body {
            Body::Line(line) => line.text().to_owned(),
            Body::Several(it) => it.area.lines().join("\n"),
        }
    }

    /// Tells whether it is a field of one line.
    pub const fn is_line(&self) -> bool {
        matches!(self.body, Body::Line(_))
    }

    /// Tells whether nothing is written.
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Line(line) => line.is_empty(),
            Body::Several(it) => it.area.is_empty(),
        }
    }

    /// Takes a pasted text at the cursor, as much of it as may stand in a field.
    pub fn insert(&mut self, text: &str) {
        match &mut self.body {
            Body::Line(line) => line.insert(text),
            Body::Several(it) => it.insert(text),
        }
    }

    /// Takes a key press that means writing. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        match &mut self.body {
            Body::Line(line) => line.key(key),
            Body::Several(it) => it.key(key),
        }
    }

    /// Draws it, with the terminal's cursor where the next letter comes when it has the focus.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, focused: bool) {
        match &self.body {
            Body::Line(line) => {
                let row = cells::row(area, 0);
                frame.buffer_mut().set_style(row, self.style);
                let at = line.draw(frame.buffer_mut(), row, self.style);
                if focused && !row.is_empty() {
                    frame.set_cursor_position(at);
                }
            }
            Body::Several(it) => it.draw(frame, area, focused),
        }
    }
}

impl Several {
    fn set(&mut self, text: &str, style: Style) {
        self.area = TextArea::new(self.cleaned(text).split('\n').map(str::to_owned).collect());
        self.area.set_cursor_style(Style::new());
        self.area.set_cursor_line_style(Style::new());
        self.area.set_wrap_mode(WrapMode::WordOrGlyph);
        self.area.set_style(style);
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    fn insert(&mut self, text: &str) {
        let text: String = self.cleaned(text).chars().take(self.room()).collect();
        self.area.insert_str(text);
    }

    fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, control) {
            (KeyCode::Char('w'), true) => self.area.delete_word(),
            (KeyCode::Char('u'), true) => self.area.delete_line_by_head(),
            (KeyCode::Char('k'), true) => self.area.delete_line_by_end(),
            (KeyCode::Char('h'), true) => self.area.delete_char(),
            (KeyCode::Left, true) => self.go(CursorMove::WordBack),
            (KeyCode::Right, true) => self.go(CursorMove::WordForward),
            (KeyCode::Char(letter), false) => self.letter(letter),
            (KeyCode::Enter, false) if self.has_lines() => self.press(Key::Enter),
            (KeyCode::Up, false) if self.has_lines() => self.go(CursorMove::Up),
            (KeyCode::Down, false) if self.has_lines() => self.go(CursorMove::Down),
            (KeyCode::Left, false) => self.go(CursorMove::Back),
            (KeyCode::Right, false) => self.go(CursorMove::Forward),
            (KeyCode::Home, _) => self.go(CursorMove::Head),
            (KeyCode::End, _) => self.go(CursorMove::End),
            (KeyCode::Backspace, _) => self.press(Key::Backspace),
            (KeyCode::Delete, _) => self.press(Key::Delete),
            _ => return false,
        };
        true
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, focused: bool) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        frame.render_widget(&self.area, area);
        if focused {
            let (cursor, (top, left)) = (self.area.screen_cursor(), self.area.scroll_offset());
            let at = |place: usize, first: u16, room: u16| {
                u16::try_from(place).unwrap_or(u16::MAX).saturating_sub(first).min(room.saturating_sub(1))
            };
            let (x, y) = (at(cursor.col, left, area.width), at(cursor.row, top, area.height));
            frame.set_cursor_position((area.x + x, area.y + y));
        }
    }

    fn letter(&mut self, letter: char) -> bool {
        let kept = letter == ' ' || !clean_line(letter.encode_utf8(&mut [0; 4]), 1).is_empty();
        if kept && self.room() > 0 {
            self.area.insert_char(letter);
        }
        true
    }

    fn go(&mut self, to: CursorMove) -> bool {
        self.area.move_cursor(to);
        true
    }

    fn press(&mut self, key: Key) -> bool {
        self.area.input_without_shortcuts(Input { key, ctrl: false, alt: false, shift: false })
    }

    /// Returns how many letters still have room: what would be cut when it is saved cannot be typed.
    fn room(&self) -> usize {
        let used: usize = self.area.lines().iter().map(|it| it.chars().count() + 1).sum();
        let most = if self.kind == Kind::Letter { LETTER_CHARS_MAX } else { NOTE_CHARS_MAX };
        (most + 1).saturating_sub(used)
    }

    fn has_lines(&self) -> bool {
        matches!(self.kind, Kind::Note | Kind::Letter)
    }

    fn cleaned(&self, text: &str) -> String {
        let lines = || text.replace("\r\n", "\n").replace('\r', "\n");
        match self.kind {
            Kind::Letter => clean_letter(&lines()),
            Kind::Note => clean_note(&lines()),
            Kind::Line | Kind::Paragraph => clean_line(text, NOTE_CHARS_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::NAME_CHARS_MAX;

    fn press(field: &mut TextBox, code: KeyCode) -> bool {
        field.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn a_note_has_lines_and_a_line_has_one() {
        let mut note = TextBox::new(Kind::Note, "un");
        assert!(press(&mut note, KeyCode::Enter) && press(&mut note, KeyCode::Char('é')));
        assert_eq!(note.text(), "un\né");
        let mut line = TextBox::new(Kind::Line, "un\ndeux");
        assert!(!press(&mut line, KeyCode::Enter) && !press(&mut line, KeyCode::Up));
        assert_eq!(line.text(), "un deux");
    }

    #[test]
    fn what_cannot_be_saved_cannot_be_typed() {
        let mut line = TextBox::new(Kind::Line, &"x".repeat(NAME_CHARS_MAX));
        press(&mut line, KeyCode::Char('y'));
        line.insert("yyy");
        assert_eq!(line.text(), "x".repeat(NAME_CHARS_MAX));
        let mut note = TextBox::new(Kind::Note, "");
        press(&mut note, KeyCode::Char('\u{202e}'));
        note.insert("a\u{1b}[31m\r\nb");
        assert_eq!(note.text(), "a[31m\nb");
    }
}
