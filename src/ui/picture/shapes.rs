//! Signs that are drawn as shapes, so that neighbours join whatever the font: block elements and lines.

use std::fmt::Write as _;

use ratatui::style::Modifier;

use super::colours::{Rgb, hex};
use super::{CELL_HEIGHT, CELL_WIDTH, MARGIN, Run, hundredths};

/// Tells whether a sign is drawn as a shape.
pub fn is_shape(symbol: &str) -> bool {
    block(symbol).is_some() || strokes(symbol).is_some()
}

/// Draws the shape of a run. Returns whether it has one.
pub fn draw(out: &mut String, run: &Run, y: usize) -> bool {
    draw_block(out, run, y) || draw_lines(out, run, y)
}

/// Draws the ground of a run.
pub fn ground(out: &mut String, run: &Run, y: usize, colour: Rgb) {
    rectangle(out, run, y, ((0, 8), (0, 2), 100), colour);
}

/// A part of a cell: from and to in eighths of its width and in halves of its height, and how much ink in percent.
type Part = ((usize, usize), (usize, usize), usize);

/// Draws a part of the cells of a run.
fn rectangle(out: &mut String, run: &Run, y: usize, (across, down, percent): Part, colour: Rgb) {
    let whole = across == (0, 8);
    let cells = if whole { run.cells } else { 1 };
    for index in 0..if whole { 1 } else { run.cells } {
        let left = MARGIN * 100 + (run.column + index) * CELL_WIDTH + across.0 * CELL_WIDTH / 8;
        let width = (cells - 1) * CELL_WIDTH + (across.1 - across.0) * CELL_WIDTH / 8;
        let top = (MARGIN + y * CELL_HEIGHT) * 100 + down.0 * CELL_HEIGHT * 50;
        let height = (down.1 - down.0) * CELL_HEIGHT * 50;
        let opacity = if percent == 100 { String::new() } else { format!(" opacity=\".{percent}\"") };
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"{opacity}/>",
            hundredths(left),
            hundredths(top),
            hundredths(width),
            hundredths(height),
            hex(colour),
        );
    }
}

/// Returns what a block element covers.
fn block(symbol: &str) -> Option<Part> {
    Some(match symbol {
        "█" => ((0, 8), (0, 2), 100),
        "▄" => ((0, 8), (1, 2), 100),
        "▀" => ((0, 8), (0, 1), 100),
        "▌" => ((0, 4), (0, 2), 100),
        "▐" => ((4, 8), (0, 2), 100),
        "░" => ((0, 8), (0, 2), 25),
        "▒" => ((0, 8), (0, 2), 50),
        "▓" => ((0, 8), (0, 2), 75),
        _ => return None,
    })
}

/// Draws a block element as a rectangle, so that neighbours join whatever the font. Returns whether it is one.
fn draw_block(out: &mut String, run: &Run, y: usize) -> bool {
    let Some((across, down, percent)) = run.first().and_then(block) else {
        return false;
    };
    let percent = if run.look.modifier.contains(Modifier::DIM) { percent * 62 / 100 } else { percent };
    rectangle(out, run, y, (across, down, percent), run.look.letters);
    true
}

/// Where a line sign reaches from the middle of its cell: left, right, up, down.
fn strokes(symbol: &str) -> Option<[bool; 4]> {
    Some(match symbol {
        "─" => [true, true, false, false],
        "│" => [false, false, true, true],
        "┌" => [false, true, false, true],
        "┐" => [true, false, false, true],
        "└" => [false, true, true, false],
        "┘" => [true, false, true, false],
        "├" => [false, true, true, true],
        "┤" => [true, false, true, true],
        "┬" => [true, true, false, true],
        "┴" => [true, true, true, false],
        "┼" => [true, true, true, true],
        _ => return None,
    })
}

/// Draws a line sign as strokes, so that frames close whatever the font. Returns whether it is one.
fn draw_lines(out: &mut String, run: &Run, y: usize) -> bool {
    let Some([left, right, up, down]) = run.first().and_then(strokes) else {
        return false;
    };
    let top = (MARGIN + y * CELL_HEIGHT) * 100;
    let middle = top + CELL_HEIGHT * 50;
    let mut path = String::new();
    let from = MARGIN * 100 + run.column * CELL_WIDTH + if left { 0 } else { CELL_WIDTH / 2 };
    let to = MARGIN * 100 + (run.column + run.cells) * CELL_WIDTH - if right { 0 } else { CELL_WIDTH / 2 };
    if left || right {
        let _ = write!(path, "M{} {}H{}", hundredths(from), hundredths(middle), hundredths(to));
    }
    for index in 0..if up || down { run.cells } else { 0 } {
        let x = MARGIN * 100 + (run.column + index) * CELL_WIDTH + CELL_WIDTH / 2;
        let from = if up { top } else { middle };
        let to = if down { top + CELL_HEIGHT * 100 } else { middle };
        let _ = write!(path, "M{} {}V{}", hundredths(x), hundredths(from), hundredths(to));
    }
    let dim = if run.look.modifier.contains(Modifier::DIM) { " class=\"d\"" } else { "" };
    let _ = writeln!(out, "<path d=\"{path}\" stroke=\"{}\"{dim}/>", hex(run.look.letters));
    true
}
