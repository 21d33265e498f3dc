//! The tree, the list of sites, the card.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};

/// The tree, the list of sites, the card.
pub struct FollowUp {}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {}

impl Screen for FollowUp {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-follow-up")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {}
    }

    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Cx<'_>) {}
}
