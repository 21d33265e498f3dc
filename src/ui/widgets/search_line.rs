//! One line of text that is searched for while it is typed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::{Input, InputRequest};

use super::cells;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};

/// A line of text that is searched for.
#[derive(Clone, Debug, Default)]
pub struct SearchLine {
    input: Input,
}

impl SearchLine {
    /// Takes a key that types or edits. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Char('u') if control => InputRequest::DeleteLine,
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char(letter) if !control => InputRequest::InsertChar(letter),
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return false,
        };
        let full = self.input.value().chars().count() >= NAME_CHARS_MAX;
        if !(full && matches!(request, InputRequest::InsertChar(_))) {
            self.input.handle(request);
        }
        true
    }

    /// Takes a pasted text as if it were typed.
    pub fn paste(&mut self, text: &str) {
        for letter in clean_line(text, NAME_CHARS_MAX).chars() {
            self.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
    }

    /// Forgets what is typed.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// Returns what is typed, folded as the texts that are searched.
    pub fn folded(&self) -> String {
        fold(self.input.value())
    }

    /// Tells whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.input.value().is_empty()
    }

    /// Draws the sign in front and what is typed; while it is edited the cursor stands in it.
    pub fn draw(&self, frame: &mut Frame<'_>, row: Rect, sign: &str, sign_style: Style, edited: bool) {
        cells::line(frame.buffer_mut(), row, sign, sign_style);
        let text = cells::rest(row, 2);
        let width = usize::from(text.width).saturating_sub(1).max(1);
        let scroll = self.input.visual_scroll(width);
        let visible: String = self.input.value().chars().skip(scroll).collect();
        // A no-break space keeps its place where cells would fold it.
        let visible = visible.replace(' ', "\u{a0}");
        cells::line(frame.buffer_mut(), text, &visible, Style::new());
        if edited {
            let column = self.input.visual_cursor().saturating_sub(scroll);
            let x = text.x + u16::try_from(column).unwrap_or(0).min(text.width.saturating_sub(1));
            frame.set_cursor_position((x, text.y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_types_edits_and_leaves_other_keys_alone() {
        let mut line = SearchLine::default();
        let mut press = |code, modifiers| line.key(KeyEvent::new(code, modifiers));
        for letter in "Été o".chars() {
            assert!(press(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        assert!(press(KeyCode::Backspace, KeyModifiers::NONE));
        for (code, modifiers) in [
            (KeyCode::Enter, KeyModifiers::NONE),
            (KeyCode::Down, KeyModifiers::NONE),
            (KeyCode::Char('p'), KeyModifiers::CONTROL),
        ] {
            assert!(!press(code, modifiers), "{code:?}");
        }
        assert_eq!(line.folded(), "ete");
        line.paste("\u{1b}[31m 12");
        assert_eq!(line.folded(), "ete 31m 12");
        line.key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        assert!(line.is_empty());
    }
}
