//! Reads the start of works: a day or a whole month.

use chrono::NaiveDate;

use super::super::grid::{GridCell, Value};
use super::{month_text, plain_text};
use crate::model::month::Month;
use crate::model::site::Start;
use crate::model::text::fold;

/// Reads a start; `Ok(None)` where the cell is empty, the error is what could not be read.
pub fn read(cell: Option<&GridCell>) -> Result<Option<Start>, String> {
    let Some(cell) = cell else { return Ok(None) };
    match &cell.value {
        Value::Date { date, day_shown } => Ok(Some(of_date(*date, *day_shown))),
        Value::Number(serial) => {
            serial_date(*serial).map(|it| Some(of_date(it, true))).ok_or_else(|| serial.to_string())
        }
        Value::Text(text) if fold(text).is_empty() => Ok(None),
        Value::Text(text) => {
            let found = date(text).map(|it| of_date(it, true)).or_else(|| {
                let month = month_text::read(text).and_then(month_text::MonthToken::month)?;
                Some(Start { month, day: None })
            });
            found.map(Some).ok_or_else(|| plain_text::name(Some(cell)))
        }
        Value::Bool(_) | Value::Error(_) => Ok(None),
    }
}

/// Reads a plain number as the serial of a day, as spreadsheets count from 1900.
pub fn serial_date(serial: f64) -> Option<NaiveDate> {
    if !(20_000.0..80_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 20,000 to 80,000")]
    let days = serial as u64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}

fn of_date(date: NaiveDate, day_shown: bool) -> Start {
    Start { month: Month::of(date), day: day_shown.then_some(date) }
}

fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
        .iter()
        .find_map(|it| NaiveDate::parse_from_str(text, it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Start> {
        read(Some(&GridCell { column: 0, percent: false, value: Value::Text(text.into()) })).unwrap()
    }

    #[test]
    fn reads_days_and_months() {
        assert_eq!(text("mars 2025"), Some(Start { month: Month::new(2025, 3).unwrap(), day: None }));
        let day = NaiveDate::from_ymd_opt(2025, 3, 20);
        assert_eq!(text("20/03/2025"), Some(Start { month: Month::new(2025, 3).unwrap(), day }));
        assert_eq!(text(" - "), None);
        assert_eq!(serial_date(45_717.0), NaiveDate::from_ymd_opt(2025, 3, 1));
        assert_eq!(serial_date(3.0), None);
    }
}
