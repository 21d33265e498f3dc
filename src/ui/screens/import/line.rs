//! One line of text that is being typed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::model::text::show;

/// A line of text and the place of the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// In bytes, between two letters.
    at: usize,
}

impl Line {
    /// Begins with a text; the cursor stands at its end.
    pub fn new(text: String) -> Self {
        Self { at: text.len(), text }
    }

    /// Returns what is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Types a text at the cursor; line breaks and other controls are left out.
    pub fn insert(&mut self, text: &str) {
        for letter in text.chars().filter(|it| !it.is_control()) {
            self.text.insert(self.at, letter);
            self.at += letter.len_utf8();
        }
    }

    /// Deals with a key that edits. Returns whether it was one.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        match (key.code, key.modifiers - KeyModifiers::SHIFT) {
            (KeyCode::Char(letter), KeyModifiers::NONE) => self.insert(letter.encode_utf8(&mut [0; 4])),
            (KeyCode::Char('u'), KeyModifiers::CONTROL) => *self = Self::default(),
            (KeyCode::Backspace, KeyModifiers::NONE) => {
                if let Some(before) = self.before() {
                    self.text.remove(before);
                    self.at = before;
                }
            }
            (KeyCode::Delete, KeyModifiers::NONE) => {
                if self.at < self.text.len() {
                    self.text.remove(self.at);
                }
            }
            (KeyCode::Left, KeyModifiers::NONE) => self.at = self.before().unwrap_or(0),
            (KeyCode::Right, KeyModifiers::NONE) => {
                self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
            }
            (KeyCode::Home, KeyModifiers::NONE) => self.at = 0,
            (KeyCode::End, KeyModifiers::NONE) => self.at = self.text.len(),
            _ => return false,
        }
        true
    }

    fn before(&self) -> Option<usize> {
        self.text[..self.at].char_indices().next_back().map(|(at, _)| at)
    }

    /// Draws it; of a long one the part around the cursor. Returns the column of the cursor.
    pub fn draw(&self, buffer: &mut Buffer, row: Rect, style: Style) -> u16 {
        let width = usize::from(row.width);
        if row.height == 0 || width == 0 {
            return row.x;
        }
        let (left, right) = (safe(&self.text[..self.at]), safe(&self.text[self.at..]));
        let mut start = 0;
        while left[start..].width() + 1 > width {
            start += left[start..].chars().next().map_or(1, char::len_utf8);
        }
        let seen = format!("{}{right}", &left[start..]);
        buffer.set_stringn(row.x, row.y, seen, width, style);
        row.x + u16::try_from(left[start..].width()).unwrap_or(0)
    }
}

/// Makes a text safe to draw letter by letter, so that the cursor stands where it is thought to stand.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == ' ' {
            safe.push(' ');
        } else {
            let shown = show(letter.encode_utf8(&mut [0; 4]));
            safe.push_str(if shown.is_empty() { "?" } else { &shown });
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(line: &mut Line, code: KeyCode) -> bool {
        line.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn letters_go_in_at_the_cursor() {
        let mut line = Line::new("été".to_owned());
        for code in [KeyCode::Left, KeyCode::Backspace, KeyCode::Char('û'), KeyCode::End, KeyCode::Right] {
            assert!(press(&mut line, code));
        }
        assert_eq!(line.text(), "éûé");
        press(&mut line, KeyCode::Home);
        press(&mut line, KeyCode::Backspace);
        press(&mut line, KeyCode::Delete);
        line.insert("a\r\nb");
        assert_eq!(line.text(), "abûé");
        assert!(!press(&mut line, KeyCode::Enter));
        line.key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        assert_eq!(line, Line::default());
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        let row = Rect::new(2, 0, 6, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let line = Line::new("/tmp/  工地".to_owned());
        assert_eq!(line.draw(&mut buffer, row, Style::new()), 7);
        assert_eq!(buffer[(7, 0)].symbol(), " ");
        assert_eq!(Line::default().draw(&mut buffer, Rect::ZERO, Style::new()), 0);
    }
}
