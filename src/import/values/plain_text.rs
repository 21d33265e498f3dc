//! Turns any cell into clean text of one line.

use super::super::grid::{GridCell, Value};
use crate::model::text::{NAME_CHARS_MAX, NOTE_CHARS_MAX, clean_line};

/// Returns a cell as a clean name, code or address.
pub fn name(cell: Option<&GridCell>) -> String {
    cell.map(|it| shown(it, NAME_CHARS_MAX)).unwrap_or_default()
}

/// Returns a cell as a clean observation on one line.
pub fn note(cell: Option<&GridCell>) -> String {
    cell.map(|it| shown(it, NOTE_CHARS_MAX)).unwrap_or_default()
}

/// Cleans a text on one line, at once where nothing needs cleaning.
pub fn clean(text: &str, chars_max: usize) -> String {
    let simple = text.len() <= chars_max
        && text.bytes().all(|it| (b' '..=b'~').contains(&it))
        && !text.contains("  ")
        && text.trim().len() == text.len();
    if simple { text.to_owned() } else { clean_line(text, chars_max) }
}

fn shown(cell: &GridCell, chars_max: usize) -> String {
    match &cell.value {
        Value::Text(text) => clean(text, chars_max),
        Value::Number(number) => number.to_string(),
        Value::Date { date, .. } => date.format("%d/%m/%Y").to_string(),
        Value::Bool(_) | Value::Error(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stay_codes() {
        let cell = GridCell { column: 0, percent: false, value: Value::Number(1042.0) };
        assert_eq!(name(Some(&cell)), "1042");
        assert_eq!(clean(" a\u{a0} b\n\u{202e}c ", 99), "a b c");
    }
}
