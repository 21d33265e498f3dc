//! One table as it was found: where it stands, and what its heading and its title say.

use super::super::grid::{Row, Sheet};
use super::super::hints::Hints;
use super::super::reading::Cell;
use super::between::Break;
use super::columns::Column;
use super::slots::Slots;
use super::title::Title;
use super::words::Word;
use crate::model::month::Month;

/// Where a table stands and what is known about it before its rows are read.
pub struct Table<'a> {
    pub sheet: &'a Sheet,
    pub sheet_index: u16,
    pub columns: &'a [Column],
    pub slots: &'a Slots,
    pub title: &'a Title,
    /// Rows of data, as indexes into the rows of the sheet.
    pub rows: std::ops::Range<usize>,
    /// Headings that come back among the rows.
    pub breaks: &'a [Break],
    pub situation: Option<Month>,
    /// The months that the heading names, resolved.
    pub months_across: Vec<Month>,
    pub hints: &'a Hints,
}

impl Table<'_> {
    /// Returns the column of a word.
    pub fn column(&self, word: Word) -> Option<u16> {
        self.columns.iter().find(|it| it.word == Some(word)).map(|it| it.index)
    }

    /// Tells whether the site stands in the title, or is the sheet itself.
    pub fn is_of_one_site(&self) -> bool {
        [Word::Site, Word::Code, Word::Project].iter().all(|it| self.column(*it).is_none())
    }

    /// Returns the place of a cell.
    pub fn place(&self, row: &Row, column: u16) -> Cell {
        Cell { sheet: self.sheet_index, row: row.number.saturating_add(1), column: column.saturating_add(1) }
    }
}
