//! Asks before something is archived: a word is typed, so that a slip of the hand archives nothing.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::model::text::fold;
use crate::texts::Tone;
use crate::ui::command::{Archived, Command};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::theme;
use crate::ui::widgets::cells;
use crate::ui::widgets::text_line::TextLine;

/// Words that agree, in every language.
const YES: [&str; 2] = ["oui", "yes"];
/// A longer name is not asked for.
const NAME_CHARS_MAX: usize = 24;
/// The size that it asks for.
const SIZE: Size = Size { width: 64, height: 10 };

/// Asks before something is archived.
pub struct Confirm {
    /// What would be archived.
    pub what: Archived,
    question: String,
    name: String,
    answer: TextLine,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// What is typed agrees.
    Agree,
}

impl Confirm {
    /// Asks a question; `name` agrees as well as yes.
    pub fn new(what: Archived, question: String, name: String) -> Self {
        Self { what, question, name, answer: TextLine::default() }
    }

    fn agrees(&self) -> bool {
        let typed = fold(self.answer.text());
        YES.contains(&typed.as_str()) || !typed.is_empty() && typed == fold(&self.name)
    }
}

impl Screen for Confirm {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[Binding::new("Enter", Msg::Agree, "key-confirm").hinted()];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("confirm-title")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Agree if self.agrees() => Some(Command::Archive(self.what)),
            Msg::Agree => Some(Command::Say("confirm-mistyped")),
        }
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if self.answer.key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let buffer = frame.buffer_mut();
        let plain = cx.theme.tone(Tone::Plain);
        let mut at = 1 + cells::paragraph(buffer, cells::below(area, 1), &self.question, plain);
        let how = if self.name.chars().count() > NAME_CHARS_MAX {
            cx.texts.text("confirm-how-yes")
        } else {
            cx.texts.fill("confirm-how", &[("name", &self.name)])
        };
        at += cells::paragraph(buffer, cells::below(area, at + 1), &how, plain) + 2;
        let row = cells::row(area, at.min(area.height.saturating_sub(1)));
        cells::line(buffer, row, theme::MARKER, cx.theme.accent());
        let at = self.answer.draw(buffer, cells::rest(row, 2), cx.theme.typed());
        frame.set_cursor_position(at);
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Some(Size { width: SIZE.width.min(area.width), height: SIZE.height.min(area.height) })
    }

    fn is_typing(&self) -> bool {
        true
    }
}
