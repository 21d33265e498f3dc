//! A form.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};

/// A form.
pub struct Form {}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {}

impl Screen for Form {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-form")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {}
    }

    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Cx<'_>) {}
}

impl Form {
    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, _texts: Vec<String>) {}
}
