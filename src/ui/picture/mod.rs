//! Writes a drawn screen as an SVG picture, for documents: the same cells, colours and attributes.

mod colours;
mod shapes;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

pub use colours::Ground;
use colours::{Palette, Rgb, hex};

/// Width of a cell, in hundredths of a pixel: what a letter of 15 px of `DejaVu Sans Mono` takes.
const CELL_WIDTH: usize = 900;
/// Height of a cell in pixels.
const CELL_HEIGHT: usize = 18;
/// From the top of a cell to the line that letters stand on, in pixels.
const BASELINE: usize = 14;
/// Space around, in pixels.
const MARGIN: usize = 10;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    letters: Rgb,
    ground: Option<Rgb>,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell, palette: &Palette) -> Self {
        let letters = palette.colour(cell.fg).unwrap_or(palette.letters);
        let ground = palette.colour(cell.bg);
        let kept = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC | Modifier::UNDERLINED;
        let modifier = cell.modifier & kept;
        if cell.modifier.contains(Modifier::REVERSED) {
            return Self { letters: ground.unwrap_or(palette.ground), ground: Some(letters), modifier };
        }
        Self { letters, ground, modifier }
    }

    /// Tells whether a blank of this look can be seen.
    const fn shows_blanks(&self) -> bool {
        self.ground.is_some() || self.modifier.contains(Modifier::UNDERLINED)
    }
}

/// Cells of one row that look the same and are drawn together.
struct Run {
    column: usize,
    cells: usize,
    text: String,
    look: Look,
}

impl Run {
    /// Returns its first sign.
    fn first(&self) -> Option<&str> {
        let end = self.text.chars().next()?.len_utf8();
        self.text.get(..end)
    }

    /// Tells whether its blanks can be seen.
    fn shows_blanks(&self) -> bool {
        self.look.shows_blanks()
    }
}

/// Writes a buffer as SVG. The same buffer gives the same bytes.
pub fn svg(buffer: &Buffer, ground: Ground) -> String {
    let palette = ground.palette();
    let columns = usize::from(buffer.area.width);
    let rows = buffer.content.chunks(columns.max(1)).enumerate();
    let runs: Vec<(usize, Run)> =
        rows.flat_map(|(y, cells)| runs(cells, palette).into_iter().map(move |it| (y, it))).collect();
    let coloured = runs.iter().map(|(_, it)| it.look.letters).filter(|it| *it != palette.letters);
    let colours: Vec<Rgb> = coloured.collect::<BTreeSet<_>>().into_iter().collect();
    let (mut drawn, mut letters) = (String::new(), String::new());
    for (y, run) in &runs {
        if let Some(colour) = run.look.ground {
            shapes::ground(&mut drawn, run, *y, colour);
        }
        if !shapes::draw(&mut drawn, run, *y) {
            write_text(&mut letters, run, *y, &colours);
        }
    }
    let fills = colours.iter().enumerate().map(|(index, it)| format!(".c{index}{{fill:{}}}", hex(*it)));
    let width = (columns * CELL_WIDTH).div_ceil(100) + 2 * MARGIN;
    let height = usize::from(buffer.area.height) * CELL_HEIGHT + 2 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" xml:space=\"preserve\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" fill=\"{}\">\
         <style>.b{{font-weight:bold}}.d{{opacity:.62}}.i{{font-style:italic}}.u{{text-decoration:underline}}\
         {}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n\
         <g shape-rendering=\"crispEdges\">\n{drawn}</g>\n{letters}</svg>\n",
        hex(palette.letters),
        fills.collect::<String>(),
        hex(palette.ground),
    )
}

/// Puts cells that look the same together. Blanks are left out where nothing shows; signs that are drawn as shapes
/// stand apart from letters.
fn runs(cells: &[Cell], palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let symbol = cell.symbol();
        let wide = symbol.width().max(1);
        let look = Look::of(cell, palette);
        match runs.last_mut().filter(|it| it.column + it.cells == column && goes_on(it, symbol, look)) {
            Some(run) => {
                run.cells += wide;
                run.text.push_str(symbol);
            }
            None => runs.push(Run { column, cells: wide, text: symbol.to_owned(), look }),
        }
        column += wide;
    }
    for run in &mut runs {
        if !run.shows_blanks() {
            trim(run);
        }
    }
    runs.retain(|it| it.cells > 0);
    runs
}

/// Tells whether a sign may be drawn with a run: the same look, and both letters or the same shape.
fn goes_on(run: &Run, symbol: &str, look: Look) -> bool {
    if shapes::is_shape(symbol) || run.first().is_some_and(shapes::is_shape) {
        return run.look == look && run.first() == Some(symbol);
    }
    let unseen = symbol == " " && !look.shows_blanks() && !run.shows_blanks();
    // A blank of which nothing is seen looks the same in every colour. After three of them a run ends, so that columns
    // stand where they should in any font.
    if unseen { !run.text.ends_with("  ") } else { run.look == look }
}

fn trim(run: &mut Run) {
    let start = run.text.len() - run.text.trim_start_matches(' ').len();
    run.column += start;
    run.text.drain(..start);
    run.cells -= start;
    let kept = run.text.trim_end_matches(' ').len();
    run.cells -= run.text.len() - kept;
    run.text.truncate(kept);
}

fn hundredths(value: usize) -> String {
    let text = format!("{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn write_text(out: &mut String, run: &Run, y: usize, colours: &[Rgb]) {
    if run.text.trim().is_empty() && !run.look.modifier.contains(Modifier::UNDERLINED) {
        return;
    }
    let colour = colours.iter().position(|it| *it == run.look.letters);
    let attributes =
        [(Modifier::BOLD, "b"), (Modifier::DIM, "d"), (Modifier::ITALIC, "i"), (Modifier::UNDERLINED, "u")];
    let set = attributes.iter().filter(|it| run.look.modifier.contains(it.0)).map(|it| it.1.to_owned());
    let classes: Vec<String> = colour.map(|it| format!("c{it}")).into_iter().chain(set).collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let length = if run.cells > 1 {
        format!(" textLength=\"{}\"", hundredths(run.cells * CELL_WIDTH))
    } else {
        String::new()
    };
    let baseline = MARGIN + y * CELL_HEIGHT + BASELINE;
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{baseline}\"{length}{class}>{}</text>",
        hundredths(MARGIN * 100 + run.column * CELL_WIDTH),
        escaped(&run.text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&#160;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    fn drawn(strokes: &[(u16, &str, Style)]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        for (x, text, style) in strokes {
            buffer.set_string(*x, 0, text, *style);
        }
        svg(&buffer, Ground::Dark)
    }

    #[test]
    fn cells_of_one_look_are_one_run() {
        let svg = drawn(&[(1, "a < b & c", Style::new()), (10, "!", Style::new().fg(Color::Red).bold())]);
        assert!(svg.contains(">a &lt; b &amp; c</text>"), "{svg}");
        assert!(svg.contains("class=\"c0 b\">!</text>") && svg.contains(".c0{fill:#e05f57}"), "{svg}");
        assert_eq!(svg.matches("<text").count(), 2, "{svg}");
    }

    #[test]
    fn blocks_and_lines_join() {
        let svg = drawn(&[(0, "██▄", Style::new()), (4, "┌──┐", Style::new())]);
        assert_eq!(svg.matches("<rect").count(), 3, "{svg}");
        assert!(svg.contains("width=\"18\" height=\"18\""), "{svg}");
        assert_eq!((svg.matches("<path").count(), svg.matches("<text").count()), (3, 0), "{svg}");
    }

    #[test]
    fn reversed_cells_swap_letters_and_ground() {
        let svg = drawn(&[(0, "x ", Style::new().add_modifier(Modifier::REVERSED))]);
        assert!(svg.contains("width=\"18\" height=\"18\" fill=\"#d4d7db\""), "{svg}");
        assert!(svg.contains(".c0{fill:#171a1e}"), "{svg}");
    }
}
