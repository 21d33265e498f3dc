//! A screen of cells that knows which cells a double-width symbol covers.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::sgr;

/// The second cell of a double-width symbol.
const COVERED: Cell = Cell::new("");
/// A cell of which nobody knows what the terminal shows; it differs from every other.
const UNKNOWN: Cell = Cell::new("\0");

/// What half of a double-width symbol leaves behind when the other half is overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// A blank, as an application means it.
    Blank,
    /// Terminals differ, so the cell has to be written again.
    Unknown,
}

/// Rows of cells, of one width.
#[derive(Clone, Debug)]
pub struct Grid {
    width: usize,
    cells: Vec<Cell>,
}

impl Grid {
    /// A blank screen.
    pub fn blank(width: u16, height: u16) -> Self {
        let (width, height) = (usize::from(width), usize::from(height));
        Self { width, cells: vec![Cell::EMPTY; width * height] }
    }

    /// Cells in a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// The cells of a row.
    pub fn row(&self, y: usize) -> &[Cell] {
        &self.cells[y * self.width..(y + 1) * self.width]
    }

    /// Tells whether the cell is covered by the symbol before it.
    pub fn is_covered(&self, x: usize, y: usize) -> bool {
        self.row(y)[x] == COVERED
    }

    /// Puts a cell whose symbol fits; a covered neighbour gets what `leftover` says.
    pub fn put(&mut self, x: usize, y: usize, cell: &Cell, leftover: Leftover) {
        let start = y * self.width;
        let wide = width_of(cell) == 2 && x + 1 < self.width;
        let end = x + 1 + usize::from(wide);
        let rest = match leftover {
            Leftover::Blank => Cell::EMPTY,
            Leftover::Unknown => UNKNOWN,
        };
        if self.cells[start + x] == COVERED && x > 0 {
            self.cells[start + x - 1] = rest.clone();
        }
        if end < self.width && self.cells[start + end] == COVERED {
            self.cells[start + end] = rest;
        }
        self.cells[start + x] = cell.clone();
        if wide {
            self.cells[start + x + 1] = COVERED;
        }
    }

    /// Blanks every cell of `range`, counted row by row from the top left.
    pub fn clear(&mut self, range: std::ops::Range<usize>) {
        let end = range.end.min(self.cells.len());
        self.cells[range.start.min(end)..end].fill(Cell::EMPTY);
    }

    /// Blanks a row from `x` to its end.
    pub fn clear_row_from(&mut self, x: usize, y: usize) {
        self.clear(y * self.width + x..(y + 1) * self.width);
    }

    /// Moves the rows `top..=bottom` by `rows` (up where positive); rows that come in are blank.
    pub fn scroll(&mut self, top: usize, bottom: usize, rows: isize) {
        let block = &mut self.cells[top * self.width..(bottom + 1) * self.width];
        let moved = (rows.unsigned_abs() * self.width).min(block.len());
        let kept = block.len() - moved;
        if rows > 0 {
            block.rotate_left(moved);
            block[kept..].fill(Cell::EMPTY);
        } else {
            block.rotate_right(moved);
            block[..moved].fill(Cell::EMPTY);
        }
    }
}

/// Cells that a symbol takes on the screen: 1 or 2.
pub fn width_of(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() <= 1 { 1 } else { usize::from(symbol.cell_width()).clamp(1, 2) }
}

/// Rewrites a cell as the terminal can show it: known attributes, no control characters, and of a
/// blank only what can be seen.
pub fn displayable(cell: &Cell) -> Cell {
    let mut shown = Cell::EMPTY;
    (shown.fg, shown.bg, shown.modifier) = (cell.fg, cell.bg, cell.modifier & sgr::SUPPORTED);
    let symbol = cell.symbol();
    if symbol.chars().any(char::is_control) || symbol.cell_width() > 2 {
        shown.set_symbol("?");
    } else if symbol.is_empty() || symbol == " " || symbol.cell_width() == 0 {
        if !shown.modifier.intersects(sgr::SEEN_ON_BLANKS) {
            (shown.fg, shown.modifier) = (Color::Reset, Modifier::empty());
        }
    } else {
        shown.set_symbol(symbol);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(grid: &Grid, y: usize) -> String {
        grid.row(y).iter().map(|it| if *it == UNKNOWN { "!" } else { it.symbol() }).collect()
    }

    #[test]
    fn halves_of_wide_symbols_are_never_left() {
        let mut grid = Grid::blank(5, 1);
        grid.put(1, 0, &Cell::new("コ"), Leftover::Blank);
        assert!(grid.is_covered(2, 0));
        assert_eq!(text(&grid, 0), " コ  ");
        grid.put(1, 0, &Cell::new("a"), Leftover::Unknown);
        assert_eq!(text(&grid, 0), " a!  ");
        grid.put(1, 0, &Cell::new("コ"), Leftover::Blank);
        grid.put(0, 0, &Cell::new("字"), Leftover::Blank);
        assert_eq!(text(&grid, 0), "字   ");
        grid.put(1, 0, &Cell::new("z"), Leftover::Blank);
        assert_eq!(text(&grid, 0), " z   ");
    }

    #[test]
    fn rows_scroll_both_ways() {
        let mut grid = Grid::blank(1, 4);
        for (y, symbol) in ["a", "b", "c", "d"].into_iter().enumerate() {
            grid.put(0, y, &Cell::new(symbol), Leftover::Blank);
        }
        grid.scroll(1, 3, 1);
        assert_eq!((0..4).map(|y| text(&grid, y)).collect::<String>(), "acd ");
        grid.scroll(0, 2, -2);
        assert_eq!((0..4).map(|y| text(&grid, y)).collect::<String>(), "  a ");
    }

    #[test]
    fn only_what_can_be_shown_is_kept() {
        let mut blank = Cell::EMPTY;
        blank.fg = Color::Red;
        blank.modifier = Modifier::BOLD;
        assert_eq!(displayable(&blank), Cell::EMPTY);
        blank.modifier = Modifier::REVERSED | Modifier::HIDDEN;
        assert_eq!(displayable(&blank).modifier, Modifier::REVERSED);
        assert_eq!(displayable(&blank).fg, Color::Red);
        assert_eq!(displayable(&Cell::new("a\u{1b}[2J")).symbol(), "?");
        assert_eq!(displayable(&Cell::new("\u{301}")).symbol(), " ");
    }
}
