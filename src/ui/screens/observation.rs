//! The observation of a lot and month.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};

/// The observation of a lot and month.
pub struct Observation {}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {}

impl Screen for Observation {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-observation")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {}
    }

    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Cx<'_>) {}
}

impl Observation {
    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, _texts: [String; 3]) {}
}
