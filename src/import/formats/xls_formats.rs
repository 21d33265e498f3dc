//! Finds percent formats and hidden columns in .xls workbooks, which the format library does not report.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::compound::{self, u16_at, u32_at};
use super::format_code;

/// Numbers of the built-in formats that show percents.
const PERCENTS_BUILT_IN: [u16; 2] = [9, 10];
/// Largest column of a sheet.
const COLUMN_MAX: u16 = 255;

/// What the formats of one sheet say.
#[derive(Default)]
pub struct SheetFormats {
    /// Rows and columns of the numbers that are shown as percents.
    pub percents: HashSet<(u32, u16)>,
    pub hidden_columns: BTreeSet<u16>,
}

/// Returns the formats of the sheets, in the order in which the workbook lists them.
pub fn read(bytes: &[u8]) -> Vec<SheetFormats> {
    let Some(stream) = compound::stream(bytes, &["Workbook", "Book"]) else { return Vec::new() };
    let workbook = Workbook::read(&stream);
    workbook.sheets.iter().map(|it| workbook.sheet(stream.get(*it..).unwrap_or_default())).collect()
}

#[derive(Default)]
struct Workbook {
    /// Whether each cell style shows percents.
    styles: Vec<bool>,
    /// Where each sheet begins.
    sheets: Vec<usize>,
}

impl Workbook {
    fn read(stream: &[u8]) -> Self {
        let mut formats: HashMap<u16, bool> = PERCENTS_BUILT_IN.iter().map(|it| (*it, true)).collect();
        let mut used: Vec<u16> = Vec::new();
        let mut workbook = Self::default();
        let long_texts = u16_at(stream, 4) == Some(0x0600);
        for (kind, data) in records(stream) {
            match kind {
                0x041E => {
                    if let Some((number, code)) = format(data, long_texts) {
                        formats.insert(number, format_code::read(&code).percent);
                    }
                }
                0x00E0 => used.push(u16_at(data, 2).unwrap_or_default()),
                0x0085 => {
                    let start = u32_at(data, 0).and_then(|it| usize::try_from(it).ok());
                    workbook.sheets.push(start.unwrap_or(usize::MAX));
                }
                _ => {}
            }
        }
        workbook.styles = used.iter().map(|it| formats.get(it).copied().unwrap_or_default()).collect();
        workbook
    }

    fn sheet(&self, stream: &[u8]) -> SheetFormats {
        let mut found = SheetFormats::default();
        for (kind, data) in records(stream) {
            match kind {
                // A number, a short number, a formula.
                0x0203 | 0x027E | 0x0006 => self.take_cell(data, 2, 4, &mut found),
                // Short numbers side by side.
                0x00BD => {
                    let cells = data.len().saturating_sub(6) / 6;
                    let first = u16_at(data, 2).unwrap_or_default();
                    for (column, at) in (first..=COLUMN_MAX).zip(0..cells) {
                        self.take(data, column, 4 + at * 6, &mut found);
                    }
                }
                0x007D => hide(data, &mut found),
                _ => {}
            }
        }
        found
    }

    fn take_cell(&self, data: &[u8], column: usize, style: usize, found: &mut SheetFormats) {
        if let Some(column) = u16_at(data, column) {
            self.take(data, column, style, found);
        }
    }

    fn take(&self, data: &[u8], column: u16, style: usize, found: &mut SheetFormats) {
        let style = u16_at(data, style).and_then(|it| self.styles.get(usize::from(it)));
        if let (Some(true), Some(row)) = (style, u16_at(data, 0)) {
            found.percents.insert((u32::from(row), column));
        }
    }
}

/// Walks the records of one part of the workbook, to its end; charts inside have parts of their own.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    let mut depth = 0_u32;
    std::iter::from_fn(move || {
        loop {
            let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
            let data = stream.get(at + 4..at + 4 + length)?;
            at += 4 + length;
            match kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => return None,
                0x000A => depth -= 1,
                _ if depth <= 1 => return Some((kind, data)),
                _ => {}
            }
        }
    })
}

fn format(data: &[u8], long_texts: bool) -> Option<(u16, String)> {
    let number = u16_at(data, 0)?;
    let wide = long_texts && data.get(4)? & 1 == 1;
    let letters = data.get(if long_texts { 5 } else { 3 }..)?;
    let code = if wide {
        let units: Vec<u16> = letters.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
        String::from_utf16_lossy(&units)
    } else {
        letters.iter().map(|it| char::from(*it)).collect()
    };
    Some((number, code))
}

fn hide(data: &[u8], found: &mut SheetFormats) {
    let (Some(first), Some(last), Some(options)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8)) else {
        return;
    };
    if options & 1 == 1 {
        found.hidden_columns.extend(first..=last.min(COLUMN_MAX));
    }
}
