//! The selected row of a list, and the part of it that is in sight.

use ratatui::layout::Rect;

use super::cells;

/// Where to move in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// A selected row and the first row in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected row.
    pub selected: usize,
    /// The first row in sight.
    pub top: usize,
    height: usize,
}

impl Cursor {
    /// Selects a row.
    pub const fn at(selected: usize) -> Self {
        Self { selected, top: 0, height: 0 }
    }

    /// Moves in a list of `len` rows.
    pub fn go(&mut self, nav: Nav, len: usize) {
        let page = self.height.saturating_sub(1).max(1);
        let last = len.saturating_sub(1);
        self.selected = match nav {
            Nav::Up => self.selected.saturating_sub(1),
            Nav::Down => self.selected + 1,
            Nav::PageUp => self.selected.saturating_sub(page),
            Nav::PageDown => self.selected + page,
            Nav::First => 0,
            Nav::Last => last,
        }
        .min(last);
        // A page moves the whole view: the selection keeps its place on the screen.
        match nav {
            Nav::PageUp => self.top = self.top.saturating_sub(page),
            Nav::PageDown => self.top = (self.top + page).min(len.saturating_sub(self.height)),
            _ => {}
        }
    }

    /// Keeps the selection inside a list of `len` rows and inside a view of `height` rows.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.height = height;
        self.selected = self.selected.min(len.saturating_sub(1));
        if self.selected < self.top {
            self.top = self.selected;
        } else if height > 0 && self.selected >= self.top + height {
            self.top = self.selected + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Returns the rows in sight of a list of `len` rows.
    pub fn in_sight(&self, len: usize) -> std::ops::Range<usize> {
        self.top.min(len)..(self.top + self.height).min(len)
    }

    /// Returns the rows in sight of a list of `len` rows, each with the row of `area` in which it is drawn.
    pub fn rows(&self, area: Rect, len: usize) -> impl Iterator<Item = (usize, Rect)> {
        (0_u16..).zip(self.in_sight(len)).map(move |(at, index)| (index, cells::row(area, at)))
    }

    /// Returns the line of `area` in which the selected row is drawn, where there is one and it has room.
    pub fn marked(&self, area: Rect, len: usize) -> Option<u16> {
        let (_, row) = self.rows(area, len).find(|(index, _)| *index == self.selected)?;
        (row.height > 0).then_some(row.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_the_list_and_in_sight() {
        let mut cursor = Cursor::default();
        cursor.settle(100, 10);
        for (nav, selected, top) in [
            (Nav::Up, 0, 0),
            (Nav::Down, 1, 0),
            (Nav::PageDown, 10, 9),
            (Nav::PageDown, 19, 18),
            (Nav::Last, 99, 90),
            (Nav::Down, 99, 90),
            (Nav::PageUp, 90, 81),
            (Nav::First, 0, 0),
        ] {
            cursor.go(nav, 100);
            cursor.settle(100, 10);
            assert_eq!((cursor.selected, cursor.top), (selected, top), "{nav:?}");
        }
        cursor.go(Nav::Down, 0);
        cursor.settle(0, 10);
        assert_eq!((cursor.selected, cursor.in_sight(0)), (0, 0..0));
    }

    #[test]
    fn rows_in_sight_have_their_lines_and_one_is_marked() {
        let area = Rect::new(2, 5, 20, 3);
        let mut cursor = Cursor::at(7);
        cursor.settle(10, 3);
        let lines: Vec<_> = cursor.rows(area, 10).map(|(index, row)| (index, row.y)).collect();
        assert_eq!(lines, [(5, 5), (6, 6), (7, 7)]);
        assert_eq!(cursor.marked(area, 10), Some(7));
        assert_eq!(cursor.marked(Rect { height: 2, ..area }, 10), None, "no mark below its area");
        assert_eq!(Cursor::default().marked(area, 0), None);
    }
}
