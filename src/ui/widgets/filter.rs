//! The filter of a list: typed after `/`, kept by Enter, forgotten by Esc.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::cells;
use super::text_line::TextLine;
use crate::model::text::fold;
use crate::ui::screen::Cx;

/// The filter of a list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    line: TextLine,
    is_typing: bool,
}

impl Filter {
    /// Begins to be typed, with what it was before.
    pub const fn begin(&mut self) {
        self.is_typing = true;
    }

    /// Forgets what is typed.
    pub fn clear(&mut self) {
        self.line.set("");
        self.is_typing = false;
    }

    /// Filters by a text that nobody typed here.
    pub fn set(&mut self, text: &str) {
        self.line.set(text);
    }

    /// Takes a key that types, ends or forgets it. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        match key.code {
            KeyCode::Esc if self.is_shown() => self.clear(),
            _ if !self.is_typing => return false,
            KeyCode::Enter => self.is_typing = false,
            KeyCode::Backspace if self.line.is_empty() => self.is_typing = false,
            _ => return self.line.key(key),
        }
        true
    }

    /// Takes a pasted text. Returns whether it did.
    pub fn paste(&mut self, text: &str) -> bool {
        if self.is_typing {
            self.line.insert(text);
        }
        self.is_typing
    }

    /// Tells whether it is being typed.
    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// Tells whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Tells whether there is anything of it to see.
    pub fn is_shown(&self) -> bool {
        self.is_typing || !self.line.is_empty()
    }

    /// Returns its words, folded as the texts that are searched.
    pub fn words(&self) -> String {
        fold(self.line.text())
    }

    /// Returns what is typed, with its sign in front.
    pub fn signed(&self) -> String {
        format!("/{}", self.line.text())
    }

    /// Draws the sign and what is typed; while it is typed the cursor stands in it.
    pub fn draw(&self, frame: &mut Frame<'_>, row: Rect, cx: &Cx<'_>) {
        let style = cx.theme.accent();
        cells::line(frame.buffer_mut(), row, "/", style);
        let at = self.line.draw(frame.buffer_mut(), cells::rest(row, 1), style);
        if self.is_typing {
            frame.set_cursor_position(at);
        }
    }
}

/// Tells whether every one of some folded words stands in a folded text.
pub fn holds(folded: &str, words: &str) -> bool {
    words.split(' ').all(|it| folded.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyModifiers;

    fn press(filter: &mut Filter, code: KeyCode) -> bool {
        filter.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn it_is_typed_kept_and_forgotten() {
        let mut filter = Filter::default();
        assert!(!press(&mut filter, KeyCode::Char('a')) && !press(&mut filter, KeyCode::Esc));
        assert!(!filter.paste("a"));
        filter.begin();
        for letter in "Été o".chars() {
            assert!(press(&mut filter, KeyCode::Char(letter)));
        }
        assert!(!press(&mut filter, KeyCode::Down));
        assert!(press(&mut filter, KeyCode::Enter) && !filter.is_typing());
        assert_eq!((filter.words().as_str(), filter.signed().as_str()), ("ete o", "/Été o"));
        assert!(!press(&mut filter, KeyCode::Enter));
        assert!(press(&mut filter, KeyCode::Esc) && !filter.is_shown());
        filter.begin();
        assert!(press(&mut filter, KeyCode::Backspace) && !filter.is_typing());
    }

    #[test]
    fn every_word_has_to_be_there() {
        assert!(holds("csi 01 csi de bafou", "bafou csi") && holds("anything", ""));
        assert!(!holds("csi 01 csi de bafou", "bafou hop"));
    }
}
