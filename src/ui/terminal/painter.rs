//! Writes the difference between what a terminal shows and what it should show.

use ratatui::buffer::Cell;
use unicode_width::UnicodeWidthChar;

use super::grid::{Grid, Leftover, width_of};
use super::motion::{self, Place};
use super::scroll::Shift;
use super::sgr::Attributes;

/// Gaps of unchanged cells up to this length are rewritten rather than jumped over.
const REWRITTEN_CELLS_MAX: usize = 3;
/// From here on, the tables of widths that terminals use differ from year to year.
const FIRST_PICTURE: char = '\u{1f000}';
const ERASE_TO_END: &[u8] = b"\x1b[K";

/// The state of a terminal and the bytes that lead to it.
#[derive(Clone, Debug)]
pub struct Painter {
    screen: Grid,
    attributes: Attributes,
    place: Option<Place>,
    out: Vec<u8>,
}

impl Painter {
    /// A terminal that was just cleared: cursor at the top left, no attributes.
    pub fn cleared(width: u16, height: u16) -> Self {
        Self {
            screen: Grid::blank(width, height),
            attributes: Attributes::default(),
            place: Some(Place { x: 0, y: 0 }),
            out: Vec::new(),
        }
    }

    /// What the terminal shows.
    pub const fn screen(&self) -> &Grid {
        &self.screen
    }

    /// The bytes written so far.
    pub const fn bytes(&self) -> &Vec<u8> {
        &self.out
    }

    /// Takes the bytes, leaving none.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Adds bytes that change neither the screen nor the cursor's place.
    pub fn say(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Clears a terminal of which nothing is known.
    pub fn clear_all(&mut self) {
        let height = self.screen.height();
        self.screen.clear(0..height * self.screen.width());
        self.attributes = Attributes::default();
        self.place = Some(Place { x: 0, y: 0 });
        self.say(b"\x1b[m\x1b[H\x1b[2J");
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Place) {
        if self.place == Some(to) {
            return;
        }
        let width = self.screen.width();
        let mut steps = motion::shortest(self.place, to, width);
        // A short gap costs less as its own letters than as a move, and so does a short way from the start of the row.
        let from_here = self.place.filter(|it| it.y == to.y && it.x < to.x);
        let start = Place { x: 0, y: to.y };
        let ways = [
            from_here.map(|from| (Vec::new(), from)),
            Some((motion::shortest(self.place, start, width), start)),
        ];
        for (mut way, from) in ways.into_iter().flatten() {
            if let Some(gap) = self.gap(from, to) {
                way.extend_from_slice(gap.as_bytes());
                if way.len() <= steps.len() {
                    steps = way;
                }
            }
        }
        self.say(&steps);
        self.place = Some(to);
    }

    /// The unchanged letters between two places of a row, where they are few and can be written again without a
    /// change of attributes.
    fn gap(&self, from: Place, to: Place) -> Option<String> {
        if to.x - from.x > REWRITTEN_CELLS_MAX {
            return None;
        }
        let cells = &self.screen.row(to.y)[from.x..to.x];
        let plain = |it: &Cell| matches!(it.symbol().as_bytes(), [b' '..=b'~']) && self.attributes.suit(it);
        cells.iter().all(plain).then(|| cells.iter().map(Cell::symbol).collect())
    }

    /// Moves a block of rows inside the terminal.
    pub fn shift(&mut self, shift: Shift) {
        // Rows that come in take the ground colour that is set.
        self.wear(&Cell::EMPTY);
        self.say(format!("\x1b[{};{}r", shift.top + 1, shift.bottom + 1).as_bytes());
        // Terminals put the cursor in different places here.
        self.place = None;
        let times = shift.rows.unsigned_abs();
        if shift.rows > 0 {
            self.go(Place { x: 0, y: shift.bottom });
            self.say(&b"\n".repeat(times));
        } else {
            self.go(Place { x: 0, y: shift.top });
            self.say(&b"\x1bM".repeat(times));
        }
        self.say(b"\x1b[r");
        self.place = Some(Place { x: 0, y: 0 });
        self.screen.scroll(shift.top, shift.bottom, shift.rows);
    }

    /// Writes every cell that differs from `next`.
    pub fn paint(&mut self, next: &Grid) {
        for y in 0..next.height() {
            self.paint_row(next, y);
        }
    }

    fn paint_row(&mut self, next: &Grid, y: usize) {
        let row = next.row(y);
        let tail = row.iter().rposition(|it| *it != Cell::EMPTY).map_or(0, |it| it + 1);
        for (x, cell) in row.iter().enumerate() {
            if self.screen.row(y)[x] == *cell || next.is_covered(x, y) {
                continue;
            }
            if x >= tail && self.erase_tail(x, y) {
                return;
            }
            self.write(x, y, cell);
        }
    }

    /// Erases the rest of a row where that is shorter than writing its blanks.
    fn erase_tail(&mut self, x: usize, y: usize) -> bool {
        let rest = &self.screen.row(y)[x..];
        let blanks = rest.iter().rposition(|it| *it != Cell::EMPTY).map_or(0, |it| it + 1);
        if blanks <= ERASE_TO_END.len() {
            return false;
        }
        self.go(Place { x, y });
        self.wear(&Cell::EMPTY);
        self.say(ERASE_TO_END);
        self.screen.clear_row_from(x, y);
        true
    }

    fn write(&mut self, x: usize, y: usize, cell: &Cell) {
        self.go(Place { x, y });
        self.wear(cell);
        let width = width_of(cell);
        let sure = is_sure(cell.symbol(), width);
        if !sure {
            // Terminals disagree about this symbol's width: nothing old may show beside it.
            self.say(&b" ".repeat(width));
            self.place = None;
            self.go(Place { x, y });
        }
        self.say(cell.symbol().as_bytes());
        self.screen.put(x, y, cell, Leftover::Unknown);
        self.place = sure.then_some(Place { x: x + width, y });
    }

    /// Sets the attributes for a cell.
    fn wear(&mut self, cell: &Cell) {
        if !self.attributes.suit(cell) {
            let wanted = Attributes::of(cell);
            self.attributes.change(wanted, &mut self.out);
            self.attributes = wanted;
        }
    }
}

/// Tells whether every terminal gives the symbol the same width: letters with marks are sure,
/// emoji, flags and presentation selectors are not.
fn is_sure(symbol: &str, width: usize) -> bool {
    symbol.len() == 1
        || symbol.chars().all(|it| it < FIRST_PICTURE)
            && symbol.chars().map(|it| it.width().unwrap_or(0)).sum::<usize>() == width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(before: &str, after: &str) -> String {
        let mut painter = Painter::cleared(10, 1);
        painter.paint(&line(before));
        painter.take_bytes();
        painter.paint(&line(after));
        String::from_utf8(painter.take_bytes()).unwrap().replace('\x1b', "^").replace('\x08', "<")
    }

    fn line(text: &str) -> Grid {
        let mut grid = Grid::blank(10, 1);
        let mut x = 0;
        for symbol in text.chars() {
            let mut cell = Cell::EMPTY;
            cell.set_char(symbol);
            grid.put(x, 0, &cell, Leftover::Blank);
            x += width_of(&cell);
        }
        grid
    }

    #[test]
    fn only_differences_are_written() {
        assert_eq!(written("abc", "abc"), "");
        assert_eq!(written("abc", "abd"), "<d");
        assert_eq!(written("abcdefgh", "Xbcdefgh"), "\rX");
        assert_eq!(written("abcdefgh", "XbcdYfgh"), "\rXbcdY");
        assert_eq!(written("abcdefgh", "XbcdeYgh"), "\rX^[4CY");
        assert_eq!(written("abcdefgh", "a"), "\ra^[K");
        assert_eq!(written("abcd", "ab"), "<<  ");
        assert_eq!(written("0123456789", "012345678x"), "\r^[9Cx");
    }

    #[test]
    fn wide_symbols_come_and_go() {
        assert_eq!(written("コa", "bca"), "\rbc");
        assert_eq!(written("コa", "b a"), "\rb ");
        assert_eq!(written("abc", "コc"), "\rコ");
        assert_eq!(written("aコc", "コ c"), "\rコ ");
    }

    #[test]
    fn doubtful_symbols_are_fenced() {
        assert!(is_sure("e\u{301}", 1) && is_sure("コ", 2) && is_sure("œ", 1));
        assert!(!is_sure("\u{2764}\u{fe0f}", 2));
        assert!(!is_sure("\u{1f1e8}\u{1f1f2}", 2), "a flag is two or four cells wide");
    }
}
