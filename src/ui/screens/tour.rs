//! A step of the tour.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};

/// A step of the tour.
pub struct Tour {}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {}

impl Screen for Tour {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-tour")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {}
    }

    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Cx<'_>) {}
}
