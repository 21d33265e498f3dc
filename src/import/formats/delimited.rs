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
    let mut row = 0_u32;
    while reader.read_record(&mut record).map_err(|_| Problem::new("import-damaged"))? {
        check_quotes(&record, row, reader.is_done(), text)?;
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
    Ok(vec![Sheet { plain_text: true, rows: builder.finish(), ..Sheet::default() }])
}

/// Refuses a record in which a quote was opened and never closed.
fn check_quotes(record: &StringRecord, row: u32, last: bool, text: &str) -> Result<(), Problem> {
    let Some(field) = record.iter().last() else { return Ok(()) };
    let lines = field.bytes().filter(|it| matches!(it, b'\n' | b'\r')).count();
    let swallowed = lines > FIELD_LINES_MAX
        || last && lines > 0 && text.bytes().filter(|it| *it == b'"').count() % 2 == 1;
    if swallowed { Err(Problem::new("import-quote-open").with("row", row + 1)) } else { Ok(()) }
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
