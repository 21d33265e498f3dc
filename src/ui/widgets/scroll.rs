//! The part of a long text that is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cursor::Nav;
use crate::texts::Tone;
use crate::ui::screen::Cx;
use crate::ui::theme;

/// The first line in sight, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scroll {
    /// The first line in sight.
    pub top: usize,
    height: usize,
}

impl Scroll {
    /// Moves in a text of `len` lines.
    pub fn go(&mut self, nav: Nav, len: usize) {
        let page = self.height.saturating_sub(1).max(1);
        self.top = match nav {
            Nav::Up => self.top.saturating_sub(1),
            Nav::Down => self.top + 1,
            Nav::PageUp => self.top.saturating_sub(page),
            Nav::PageDown => self.top + page,
            Nav::First => 0,
            Nav::Last => len,
        };
        self.settle(len, self.height);
    }

    /// Keeps the last page full, in a view of `height` lines.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.height = height;
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Says at the right of an area where there is more.
    pub fn mark(&self, buffer: &mut Buffer, area: Rect, len: usize, cx: &Cx<'_>) {
        let last = area.height.saturating_sub(1);
        let below = self.top + self.height < len;
        for (is_more, at, sign) in [(self.top > 0, 0, theme::MORE_ABOVE), (below, last, theme::MORE_BELOW)] {
            if is_more && area.height > 0 {
                buffer.set_string(area.right(), area.y + at, sign, cx.theme.tone(Tone::Quiet));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_stays_full() {
        let mut scroll = Scroll::default();
        scroll.settle(100, 10);
        for (nav, top) in [
            (Nav::Up, 0),
            (Nav::Down, 1),
            (Nav::PageDown, 10),
            (Nav::Last, 90),
            (Nav::Down, 90),
            (Nav::PageUp, 81),
            (Nav::First, 0),
        ] {
            scroll.go(nav, 100);
            assert_eq!(scroll.top, top, "{nav:?}");
        }
        scroll.go(Nav::Last, 100);
        scroll.settle(5, 10);
        assert_eq!(scroll.top, 0, "a text that became short");
    }
}
