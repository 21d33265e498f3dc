//! One line of text that is typed: the only one; fields, filters, paths and searches hold it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthStr;

use crate::model::text::{NAME_CHARS_MAX, clean_line, show};

/// Longest path, in characters.
const PATH_CHARS_MAX: usize = 4_096;

/// What a line holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Holds {
    /// A text that is cleaned where it enters, no longer than what is saved.
    #[default]
    Text,
    /// A path: the names of files are what they are, only control characters stay out.
    Path,
}

/// One line of text that is typed.
#[derive(Clone, Debug, Default)]
pub struct TextLine {
    input: Input,
    holds: Holds,
}

impl TextLine {
    /// Begins with a text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { input: Input::from(text), holds: Holds::Text }
    }

    /// Begins with a path, the cursor at its end.
    pub fn path(text: &str) -> Self {
        Self { input: Input::from(text), holds: Holds::Path }
    }

    /// Returns what is typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Tells whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.input.value().is_empty()
    }

    /// Replaces what is typed; the cursor stands at its end.
    pub fn set(&mut self, text: &str) {
        self.input = Input::from(text);
    }

    /// Takes a pasted text at the cursor, as one line.
    pub fn insert(&mut self, text: &str) {
        match self.holds {
            Holds::Text => clean_line(text, NAME_CHARS_MAX).chars().for_each(|it| self.put(it)),
            Holds::Path => text.chars().for_each(|it| self.letter(it)),
        }
    }

    /// Takes a key that types or edits. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char('u') if control => InputRequest::DeleteFromStart,
            KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
            // Old terminals send Ctrl-H for the backspace key.
            KeyCode::Char('h') if control => InputRequest::DeletePrevChar,
            KeyCode::Char(_) if control || key.modifiers.contains(KeyModifiers::ALT) => return false,
            KeyCode::Char(letter) => {
                self.letter(letter);
                return true;
            }
            KeyCode::Left if control => InputRequest::GoToPrevWord,
            KeyCode::Right if control => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    fn letter(&mut self, letter: char) {
        match self.holds {
            Holds::Text => {
                // Between other letters, a space and a mark stay what they are.
                let cleaned = clean_line(&format!("|{letter}|"), usize::MAX);
                cleaned[1..cleaned.len() - 1].chars().for_each(|it| self.put(it));
            }
            Holds::Path if letter.is_control() => {}
            Holds::Path => self.put(letter),
        }
    }

    fn put(&mut self, letter: char) {
        let most = match self.holds {
            Holds::Text => NAME_CHARS_MAX,
            Holds::Path => PATH_CHARS_MAX,
        };
        if self.input.value().chars().count() < most {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// Draws the part around the cursor. Returns where the cursor stands, one free cell behind the last letter included.
    pub fn draw(&self, buffer: &mut Buffer, row: Rect, style: Style) -> (u16, u16) {
        let width = usize::from(row.width);
        if row.height == 0 || width == 0 {
            return (row.x, row.y);
        }
        let text = self.input.value();
        let cursor = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        let (left, right) = (safe(&text[..cursor]), safe(&text[cursor..]));
        let mut start = 0;
        while left[start..].width() + 1 > width {
            start += left[start..].chars().next().map_or(1, char::len_utf8);
        }
        buffer.set_stringn(row.x, row.y, format!("{}{right}", &left[start..]), width, style);
        (row.x + u16::try_from(left[start..].width()).unwrap_or(0), row.y)
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

    fn press(line: &mut TextLine, code: KeyCode) -> bool {
        line.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn control(line: &mut TextLine, letter: char) -> bool {
        line.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
    }

    #[test]
    fn letters_go_in_at_the_cursor() {
        let mut line = TextLine::new("été");
        for code in [KeyCode::Left, KeyCode::Backspace, KeyCode::Char('û'), KeyCode::End, KeyCode::Right] {
            assert!(press(&mut line, code));
        }
        assert_eq!(line.text(), "éûé");
        press(&mut line, KeyCode::Home);
        press(&mut line, KeyCode::Backspace);
        press(&mut line, KeyCode::Delete);
        line.insert("a\r\nb");
        assert_eq!(line.text(), "a bûé");
        assert!(control(&mut line, 'u'));
        assert_eq!(line.text(), "ûé");
        assert!(control(&mut line, 'k'));
        assert!(line.is_empty());
    }

    #[test]
    fn what_is_not_typing_is_left_to_others() {
        let mut line = TextLine::new("a");
        for code in [KeyCode::Enter, KeyCode::Esc, KeyCode::Up, KeyCode::Down, KeyCode::Tab, KeyCode::PageUp]
        {
            assert!(!press(&mut line, code), "{code:?}");
        }
        assert!(!control(&mut line, 'o') && !control(&mut line, 'p'));
    }

    #[test]
    fn texts_are_cleaned_and_paths_are_what_they_are() {
        let (mut text, mut path) = (TextLine::default(), TextLine::path(""));
        for line in [&mut text, &mut path] {
            line.insert("/a\u{202e}/le  suivi\u{7}\n.xlsx");
        }
        assert_eq!(text.text(), "/a/le suivi .xlsx");
        assert_eq!(path.text(), "/a\u{202e}/le  suivi.xlsx");
        text.insert(&"x".repeat(10_000));
        assert_eq!(text.text().chars().count(), NAME_CHARS_MAX);
        press(&mut text, KeyCode::Char('y'));
        assert_eq!(text.text().chars().count(), NAME_CHARS_MAX);
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        let row = Rect::new(2, 0, 6, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        assert_eq!(TextLine::path("/tmp/  工地").draw(&mut buffer, row, Style::new()), (7, 0));
        assert_eq!(buffer[(7, 0)].symbol(), " ");
        assert_eq!(TextLine::default().draw(&mut buffer, Rect::ZERO, Style::new()), (0, 0));
    }
}
