//! The monthly grid.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};

/// The monthly grid.
pub struct Entry {}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {}

impl Screen for Entry {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-entry")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {}
    }

    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Cx<'_>) {}
}

impl Entry {
    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, _text: &str) {}

    /// The figure was refused: it stays typed.
    pub fn refused(&mut self) {}

    /// The figure was recorded.
    pub fn recorded(
        &mut self,
        _lot: crate::model::id::Id<crate::model::site::Lot>,
        _recorded: &crate::actions::record_entry::Recorded,
    ) {
    }
}
