//! Tells the month of each row where months stand down the table.

use std::collections::HashMap;

use super::super::grid::{GridCell, Row, Sheet, Value};
use super::super::records::Records;
use super::super::values::month_text::MonthToken;
use super::super::values::{month_text, plain_text, start};
use super::months::{self, Anchor};
use super::period;
use super::table::Table;
use super::words::Word;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::fold;

/// Rows looked at to see whether months have years.
const ROWS_SAMPLED: usize = 200;

/// The months of the rows of one table.
pub struct RowMonths {
    month_column: Option<u16>,
    year_column: Option<u16>,
    anchor: Anchor,
    /// The first month where it can only be told from later rows.
    first_month: Option<Month>,
    /// A list whose months have years: one without is an error, not the month that follows.
    years_written: bool,
    previous: HashMap<u32, Month>,
    year_unknown: bool,
    /// The year of a row above, for the month that follows it.
    year_above: Option<i32>,
}

impl RowMonths {
    /// Prepares a table; its first month may follow from a later one that has a year.
    pub fn new(table: &Table<'_>) -> Self {
        let (month_column, year_column) = (table.column(Word::Month), table.column(Word::Year));
        let start = table.title.start.map(|it| it.month);
        let anchor = Anchor { start, title_year: table.title.year, hint_year: table.hints.year };
        let mut months = Self {
            month_column,
            year_column,
            anchor,
            first_month: None,
            years_written: false,
            previous: HashMap::new(),
            year_unknown: false,
            year_above: None,
        };
        let listed = table.column(Word::Site).is_some() || table.column(Word::Code).is_some();
        let rows = table.sheet.rows.get(table.rows.clone()).unwrap_or_default();
        if month_column.is_some() && listed {
            let tokens = rows.iter().take(ROWS_SAMPLED).filter_map(|it| months.token(table.sheet, it));
            months.years_written = tokens.filter(|it| it.year.is_some()).count() > 0;
        } else if month_column.is_some() {
            let tokens: Vec<MonthToken> =
                rows.iter().filter_map(|it| months.token(table.sheet, it)).collect();
            months.first_month = months::resolve(&tokens, anchor).and_then(|it| it.first().copied());
        }
        months
    }

    /// Tells whether a row names a month.
    pub fn names_month(&self, sheet: &Sheet, row: &Row) -> bool {
        self.token(sheet, row).is_some()
    }

    /// Takes a row that holds a year and nothing else, for the months below it.
    pub fn take_year(&mut self, row: &Row) -> bool {
        let [cell] = row.cells.as_slice() else { return false };
        let found = year(cell).or_else(|| {
            let text = cell.text().filter(|it| it.len() < 20)?;
            let named = ["annee ", "exercice ", "year "].iter().any(|it| fold(text).starts_with(it));
            if named { month_text::find_year(text) } else { None }
        });
        if self.month_column.is_none() || self.year_column.is_some() || found.is_none() {
            return false;
        }
        self.year_above = found;
        self.previous.clear();
        true
    }

    /// Returns the month of a row; a month without a year follows the line's month before it.
    pub fn of_row(
        &mut self,
        sheet: &Sheet,
        row: &Row,
        line: u32,
        start: Option<Month>,
    ) -> Result<Month, Problem> {
        let cell = self.month_column.and_then(|it| sheet.filled_down(row, it));
        if let Some(number) = cell.and_then(GridCell::text).and_then(period::ordinal) {
            let start = start.ok_or_else(|| Problem::new("import-start-needed"))?;
            return Ok(start.plus(i32::from(number) - 1));
        }
        let token = self
            .token(sheet, row)
            .ok_or_else(|| Problem::new("import-month-unreadable").with("text", plain_text::name(cell)))?;
        let token = MonthToken { year: token.year.or(self.year_above.take()), ..token };
        if self.years_written && token.year.is_none() {
            return Err(Problem::new("import-year-missing"));
        }
        let anchor = Anchor { start: start.or(self.anchor.start), ..self.anchor };
        let month = match self.previous.get(&line) {
            Some(previous) => months::next(token, *previous),
            None => token
                .month()
                .or(self.first_month)
                .or_else(|| months::resolve(&[token], anchor)?.first().copied()),
        };
        let Some(month) = month else {
            self.year_unknown = true;
            return Err(Problem::new("import-year-missing"));
        };
        self.previous.insert(line, month);
        Ok(month)
    }

    /// Asks for the year where months had none and nothing tells it.
    pub fn ask(&self, records: &mut Records) {
        if self.year_unknown {
            records.ask(Problem::new("import-ask-year"));
        }
    }

    fn token(&self, sheet: &Sheet, row: &Row) -> Option<MonthToken> {
        let cell = sheet.filled_down(row, self.month_column?)?;
        let year = self.year_column.and_then(|it| sheet.filled_down(row, it)).and_then(year);
        let token = month_cell(&cell.value).or_else(|| number(cell).filter(|_| year.is_some()))?;
        Some(MonthToken { year: token.year.or(year), ..token })
    }
}

/// A month as a cell of a column of months holds it.
fn month_cell(value: &Value) -> Option<MonthToken> {
    let dated = |date| {
        let month = Month::of(date);
        MonthToken { number: month.number(), year: Some(month.year()) }
    };
    match value {
        Value::Date { date, .. } => Some(dated(*date)),
        Value::Number(number) => start::serial_date(*number).map(dated),
        Value::Text(text) => month_text::read(text),
        Value::Bool(_) | Value::Error(_) => None,
    }
}

/// Reads the number of a month beside a column of years.
fn number(cell: &GridCell) -> Option<MonthToken> {
    let number = plain_text::name(Some(cell)).parse::<u32>().ok().filter(|it| (1..=12).contains(it))?;
    Some(MonthToken { number, year: None })
}

fn year(cell: &GridCell) -> Option<i32> {
    match &cell.value {
        Value::Text(text) => month_text::read_year(text),
        _ => month_text::read_year(&plain_text::name(Some(cell))),
    }
}
