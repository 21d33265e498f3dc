//! A letter that is looked at, and the part of it that is in sight.

use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::ui::widgets::cursor::Nav;

/// A letter that is looked at.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The notice.
    pub id: Id<Notice>,
    /// Its lines.
    pub lines: Vec<String>,
    /// The first line in sight.
    pub top: usize,
    /// How many lines are in sight.
    pub page: usize,
}

impl Reading {
    /// Returns the first line of the last page.
    pub const fn last(&self) -> usize {
        self.lines.len().saturating_sub(self.page)
    }

    /// Moves.
    pub fn go(&mut self, nav: Nav) {
        let last = self.last();
        self.top = match nav {
            Nav::Up => self.top.saturating_sub(1),
            Nav::Down => self.top + 1,
            Nav::PageUp => self.top.saturating_sub(self.page.saturating_sub(1).max(1)),
            Nav::PageDown => self.top + self.page.saturating_sub(1).max(1),
            Nav::First => 0,
            Nav::Last => last,
        }
        .min(last);
    }
}
