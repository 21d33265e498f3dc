//! Tables that align, colour by meaning and fit the terminal.

use unicode_width::UnicodeWidthStr;

use crate::model::text::show;
pub use crate::texts::Tone;
pub use crate::texts::fit::{folded, shortened};

/// Colours a text, where colours are wanted.
pub fn paint(colour: bool, tone: Tone, text: &str) -> String {
    let code = match tone {
        Tone::Plain => return text.to_owned(),
        Tone::Critical => "1;31",
        Tone::Problem => "33",
        Tone::Good => "32",
        Tone::Quiet => "2",
        Tone::Strong => "1",
    };
    if colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// How a column is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Text, to the left.
    Left,
    /// Figures, to the right.
    Right,
    /// Text that may be shortened to fit.
    Flexible,
    /// Text that may be shortened, then left out, to fit.
    Optional,
}

/// A cell: its text, cleaned, and what it means.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// Makes a plain cell.
    pub fn new(text: &str) -> Self {
        Self { text: show(text), tone: Tone::Plain }
    }

    /// Gives the cell a meaning.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A table.
pub struct Table {
    titles: Vec<(String, Layout)>,
    rows: Vec<Vec<Cell>>,
}

const GAP: &str = "  ";
/// A shortened text can still be told from others with this much.
const WIDTH_COMFORTABLE: usize = 18;
/// A shortened text keeps at least this much.
const WIDTH_MIN: usize = 6;

impl Table {
    /// Makes a table with these columns.
    pub fn new(titles: Vec<(String, Layout)>) -> Self {
        Self { titles, rows: Vec::new() }
    }

    /// Makes a table without a line of titles.
    pub fn untitled(layouts: &[Layout]) -> Self {
        Self::new(layouts.iter().map(|it| (String::new(), *it)).collect())
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Tells whether there are rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Lays the table out, one line a row, in at most `columns` where that is given.
    pub fn render(&self, columns: Option<usize>, colour: bool) -> String {
        let widths = self.widths(columns);
        let mut text = String::new();
        let titles: Vec<Cell> = self.titles.iter().map(|(it, _)| Cell::new(it).tone(Tone::Strong)).collect();
        let titled = self.titles.iter().any(|(it, _)| !it.is_empty());
        for row in std::iter::once(&titles).filter(|_| titled).chain(&self.rows) {
            text.push_str(self.line(row, &widths, colour).trim_end());
            text.push('\n');
        }
        text
    }

    fn line(&self, row: &[Cell], widths: &[usize], colour: bool) -> String {
        let mut line = String::new();
        let shown: Vec<usize> = (0..widths.len()).filter(|it| widths[*it] > 0).collect();
        for (place, index) in shown.iter().enumerate() {
            let Some(cell) = row.get(*index) else { continue };
            let text = shortened(&cell.text, widths[*index]);
            let blanks = " ".repeat(widths[*index].saturating_sub(text.width()));
            let painted = paint(colour, cell.tone, &text);
            if self.titles[*index].1 == Layout::Right {
                line.push_str(&blanks);
                line.push_str(&painted);
            } else {
                line.push_str(&painted);
                if place + 1 < shown.len() {
                    line.push_str(&blanks);
                }
            }
            if place + 1 < shown.len() {
                line.push_str(GAP);
            }
        }
        line
    }

    fn widths(&self, columns: Option<usize>) -> Vec<usize> {
        let natural: Vec<usize> = (0..self.titles.len()).map(|it| self.natural_width(it)).collect();
        let Some(columns) = columns else { return natural };
        let mut widths = natural.clone();
        self.shrink(&mut widths, columns, WIDTH_COMFORTABLE);
        // Rather fewer columns that can be read than all of them cut short.
        while total(&widths) > columns {
            let optional = |it: &usize| self.titles[*it].1 == Layout::Optional && widths[*it] > 0;
            let Some(last) = (0..widths.len()).rev().find(optional) else { break };
            for (width, whole) in widths.iter_mut().zip(&natural).filter(|(width, _)| **width > 0) {
                *width = *whole;
            }
            widths[last] = 0;
            self.shrink(&mut widths, columns, WIDTH_COMFORTABLE);
        }
        self.shrink(&mut widths, columns, WIDTH_MIN);
        widths
    }

    fn natural_width(&self, index: usize) -> usize {
        let cells = self.rows.iter().filter_map(|it| it.get(index)).map(|it| it.text.width());
        cells.max().unwrap_or(0).max(self.titles[index].0.width())
    }

    /// Takes room from the widest text that may be shortened, a column at a time, down to `least`.
    fn shrink(&self, widths: &mut [usize], columns: usize, least: usize) {
        while total(widths) > columns {
            let flexible = |it: &usize| matches!(self.titles[*it].1, Layout::Flexible | Layout::Optional);
            let widest = (0..widths.len()).filter(flexible).max_by_key(|it| widths[*it]);
            match widest.filter(|it| widths[*it] > least) {
                Some(index) => widths[index] -= 1,
                None => return,
            }
        }
    }
}

fn total(widths: &[usize]) -> usize {
    let shown = widths.iter().filter(|it| **it > 0);
    shown.clone().sum::<usize>() + GAP.len() * shown.count().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let titles = [
            ("Code", Layout::Left),
            ("Site", Layout::Flexible),
            ("Note", Layout::Optional),
            ("R", Layout::Right),
        ];
        let mut table = Table::new(titles.map(|(it, layout)| (it.to_owned(), layout)).into());
        table.row(
            ["CH-1", "École de Ngoulémé-plateau", "Entreprise Mbourou et Fils", "9,50"].map(Cell::new).into(),
        );
        table.row(vec![
            Cell::new("CH-2"),
            Cell::new("工地"),
            Cell::new(""),
            Cell::new("102,00").tone(Tone::Good),
        ]);
        table
    }

    #[test]
    fn aligns_by_what_is_seen() {
        insta::assert_snapshot!(table().render(None, false), @r"
        Code  Site                       Note                             R
        CH-1  École de Ngoulémé-plateau  Entreprise Mbourou et Fils    9,50
        CH-2  工地                                                   102,00
        ");
        insta::assert_snapshot!(table().render(Some(46), false), @r"
        Code  Site                            R
        CH-1  École de Ngoulémé-plateau    9,50
        CH-2  工地                       102,00
        ");
        insta::assert_snapshot!(table().render(Some(36), false), @r"
        Code  Site                         R
        CH-1  École de Ngoulémé-pla…    9,50
        CH-2  工地                    102,00
        ");
    }

    #[test]
    fn colours_do_not_shift_columns() {
        assert!(table().render(None, true).contains("\u{1b}[32m102,00\u{1b}[0m"));
    }

    #[test]
    fn hostile_text_is_shown_safely() {
        let mut table = Table::new(vec![("x".into(), Layout::Left)]);
        table.row(vec![Cell::new("a\u{1b}]0;x\u{7}b\nc\u{202e}")]);
        assert_eq!(table.render(None, false), "x\na]0;xb c\n");
    }
}
