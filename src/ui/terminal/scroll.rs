//! Finds rows that moved up or down, so that the terminal can move them itself.

use super::grid::Grid;

/// Cells at the left that may differ in a moved row: the marker of the selected row.
const MARKER_CELLS: usize = 2;
/// Shorter blocks never pay for the sequences.
const ROWS_MIN: usize = 2;

/// A block of rows to move inside the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The first row that changes.
    pub top: usize,
    /// The last row that changes.
    pub bottom: usize,
    /// Rows to move: up where positive.
    pub rows: isize,
}

/// Finds the largest block of changed rows that the screen shows elsewhere.
pub fn find(screen: &Grid, next: &Grid) -> Option<Shift> {
    let height = next.height();
    let changed: Vec<bool> = (0..height).map(|y| body(screen, y) != body(next, y)).collect();
    if changed.iter().filter(|it| **it).count() < ROWS_MIN {
        return None;
    }
    let mut best: Option<(usize, Shift)> = None;
    for distance in 1..height {
        for up in [true, false] {
            let Some((rows, shift)) = longest(screen, next, &changed, distance, up) else { continue };
            if rows >= ROWS_MIN && best.is_none_or(|(most, _)| rows > most) {
                best = Some((rows, shift));
            }
        }
    }
    best.map(|(_, shift)| shift)
}

/// The longest run of rows that moved by `distance`, and how many rows it has.
fn longest(
    screen: &Grid,
    next: &Grid,
    changed: &[bool],
    distance: usize,
    up: bool,
) -> Option<(usize, Shift)> {
    let mut best = None;
    let mut run = 0;
    let last = changed.len() - distance;
    for first in 0..last {
        let (from, to) = if up { (first + distance, first) } else { (first, first + distance) };
        // A row that already shows what it should may lie inside a block, not begin one.
        let fits = (changed[to] || run > 0) && body(screen, from) == body(next, to);
        run = if fits { run + 1 } else { 0 };
        if fits && changed[to] && best.is_none_or(|(most, _)| run > most) {
            let start = first + 1 - run;
            let rows = isize::try_from(distance).unwrap_or(isize::MAX);
            let shift = Shift { top: start, bottom: first + distance, rows: if up { rows } else { -rows } };
            best = Some((run, shift));
        }
    }
    best
}

fn body(grid: &Grid, y: usize) -> &[ratatui::buffer::Cell] {
    &grid.row(y)[MARKER_CELLS.min(grid.width())..]
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;

    use super::super::grid::Leftover;
    use super::*;

    fn grid(rows: &[&'static str]) -> Grid {
        let mut grid = Grid::blank(3, u16::try_from(rows.len()).unwrap());
        for (y, row) in rows.iter().enumerate() {
            grid.put(2, y, &Cell::new(row), Leftover::Blank);
        }
        grid
    }

    #[test]
    fn a_moved_block_is_found() {
        let before = grid(&["=", "a", "b", "c", "d", "#"]);
        for (after, shift) in [
            (["=", "b", "c", "d", "e", "#"], Some(Shift { top: 1, bottom: 4, rows: 1 })),
            (["=", "z", "a", "b", "c", "#"], Some(Shift { top: 1, bottom: 4, rows: -1 })),
            (["=", "c", "d", "e", "f", "#"], Some(Shift { top: 1, bottom: 4, rows: 2 })),
            (["=", "a", "b", "c", "d", "#"], None),
            (["=", "x", "y", "z", "w", "#"], None),
        ] {
            assert_eq!(find(&before, &grid(&after)), shift);
        }
    }

    #[test]
    fn equal_rows_inside_a_block_move_with_it() {
        let before = grid(&["=", "a", "b", "b", "c", "#"]);
        let after = grid(&["=", "b", "b", "c", "d", "#"]);
        assert_eq!(find(&before, &after), Some(Shift { top: 1, bottom: 4, rows: 1 }));
    }
}
