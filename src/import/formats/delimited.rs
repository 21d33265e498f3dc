//! Reads a text table; rows are records, the first one is row 0.

use csv::{ReaderBuilder, StringRecord};

use super::super::grid::{CellBudget, GridCell, Sheet, SheetBuilder, Value};
use super::delimiter;
use crate::model::problem::Problem;

/// Most lines that one quoted field may span before the quote counts as never closed.
const FIELD_LINES_MAX: usize = 100;

/// Reads text that is already decoded.
pub fn read(text: &str) -> Result<Vec<Sheet>, Problem> {
    let (separator, text) = delimiter::find(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut builder = SheetBuilder::new();
    let mut budget = CellBudget::new();
    let mut record = StringRecord::new();
    let (mut row, mut lines) = (0_u32, 0);
    while reader.read_record(&mut record).map_err(|_| Problem::new("import-damaged"))? {
        lines = record.iter().next_back().map_or(0, line_breaks);
        if record.iter().map(line_breaks).max().unwrap_or_default() > FIELD_LINES_MAX {
            return Err(quote_open(row));
        }
        for (column, field) in record.iter().enumerate() {
            if is_blank(field) {
                continue;
            }
            let column = u16::try_from(column).map_err(|_| Problem::new("import-too-many-cells"))?;
            let value = Value::Text(field.trim().into());
            builder.push(row, GridCell { column, percent: false, value }, &mut budget)?;
        }
        row += 1;
    }
    // A quote that is never closed swallows the rest of the file into the last field.
    let quotes = text.bytes().filter(|it| *it == b'"').count();
    if lines > 0 && quotes % 2 == 1 {
        return Err(quote_open(row.saturating_sub(1)));
    }
    Ok(vec![Sheet { plain_text: true, rows: builder.finish(), ..Sheet::default() }])
}

fn line_breaks(field: &str) -> usize {
    field.bytes().filter(|it| matches!(it, b'\n' | b'\r')).count()
}

fn quote_open(row: u32) -> Problem {
    Problem::new("import-quote-open").with("row", row + 1)
}

fn is_blank(field: &str) -> bool {
    field.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let sheets = read(text).unwrap();
        let rows = sheets[0].rows.iter();
        rows.map(|it| it.cells.iter().filter_map(|cell| cell.text().map(str::to_owned)).collect()).collect()
    }

    #[test]
    fn reads_ragged_quoted_and_carriage_returns() {
        assert_eq!(
            texts("a;b\r\"1;\"\"x\"\"\n2\";3;4\r5"),
            [vec!["a", "b"], vec!["1;\"x\"\n2", "3", "4"], vec!["5"]]
        );
        assert_eq!(texts("a,b,\n\n=cmd|x,-12"), [vec!["a", "b"], vec!["=cmd|x", "-12"]]);
    }

    #[test]
    fn says_where_a_quote_stays_open() {
        let problem = read("a;b\n1;\"2\n3;4\n5;6\n").unwrap_err();
        assert_eq!((problem.key.as_str(), problem.arguments[0].1.as_str()), ("import-quote-open", "2"));
        let long = format!("a;b\n1;\"{}", "x\n".repeat(1000));
        assert!(read(&format!("{long}\";2\n")).is_err(), "a field of a thousand lines");
    }

    #[test]
    fn bounds_columns() {
        assert!(read(&format!("a{}\n", ";b".repeat(100_000))).is_err());
    }
}
