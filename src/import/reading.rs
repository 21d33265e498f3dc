//! The records read from a file: what it says, what was refused, what must be asked.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::Start;

/// A place in the file; rows and columns count from 1, column 0 is the whole row, in text tables a row is a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Index into [`Reading::sheets`].
    pub sheet: u16,
    /// Row, from 1.
    pub row: u32,
    /// Column, from 1; 0 for the whole row.
    pub column: u16,
}

impl fmt::Display for Cell {
    /// Shows the address as spreadsheets do, for example `B17`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut left = self.column;
        while left > 0 {
            letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
            left = (left - 1) / 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))?;
        write!(f, "{}", self.row)
    }
}

/// A site as the file describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRecord {
    /// Name of the project; empty where neither the file nor the hints name one.
    pub project: String,
    /// Code; may be empty.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
    /// Maître d'ouvrage; may be empty.
    pub client: String,
    /// Start of works.
    pub start: Option<Start>,
    /// Contractual duration in months.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Option<Percent>,
    /// Contract amount in hundredths of the currency's main unit; files state no currency.
    pub amount_hundredths: Option<i64>,
    /// Where the site was first met.
    pub origin: Cell,
}

/// A line of follow-up: what one contractor, or several together, build on a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRecord {
    /// Index into [`Reading::sites`].
    pub site: u32,
    /// Name of the lot; empty where the file names none.
    pub lot: String,
    /// The contractors in reading order.
    pub contractors: Vec<String>,
}

/// The figure or the observation of one line and month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    /// Index into [`Reading::lines`].
    pub line: u32,
    /// The month.
    pub month: Month,
    /// Cumulative progress at the end of the month, where the file gives one.
    pub cumulative: Option<Percent>,
    /// Observation; may be empty.
    pub observation: String,
    /// Where the figure stands; the observation's place where there is no figure.
    pub cell: Cell,
}

/// What became of the place that a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemarkKind {
    /// Nothing of the row was read.
    RejectRow,
    /// The value was not read, the rest of the row was.
    RejectValue,
    /// Read, but a person should look.
    Warn,
    /// Only mentioned.
    Note,
}

/// One thing to say about the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The cell, where one is concerned.
    pub cell: Option<Cell>,
    /// The row, from 1; 0 where no single row is concerned.
    pub row: u32,
    /// What became of it.
    pub kind: RemarkKind,
    /// The sentence.
    pub problem: Problem,
}

/// Something that must be asked before the figures concerned can be read; its sentence names the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The sentence.
    pub problem: Problem,
}

/// Everything read from one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// BLAKE3 of the file, in hexadecimal.
    pub hash: String,
    /// Name of the file, without folders.
    pub file_name: String,
    /// The sites, each once.
    pub sites: Vec<SiteRecord>,
    /// The lines of follow-up, each once.
    pub lines: Vec<LineRecord>,
    /// The figures and observations, each line and month once, in reading order.
    pub entries: Vec<EntryRecord>,
    /// Names of all sheets, hidden ones included; one empty name for a text table.
    pub sheets: Vec<String>,
    /// What was refused or deserves a look.
    pub remarks: Vec<Remark>,
    /// What must be asked.
    pub questions: Vec<Question>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_spreadsheet_addresses() {
        for (column, row, shown) in
            [(1, 1, "A1"), (26, 2, "Z2"), (27, 3, "AA3"), (16_384, 1_048_576, "XFD1048576")]
        {
            assert_eq!(Cell { sheet: 0, row, column }.to_string(), shown);
        }
    }
}
