//! Reads contractual durations: months, or days turned into months.

use super::super::grid::{GridCell, Value};
use super::number_text;
use crate::model::text::fold;

/// Mean length of a month of the calendar, in days.
const DAYS_PER_MONTH: f64 = 30.4375;
/// Longest duration that a contract can have, in months.
const MONTHS_MAX: f64 = 600.0;

/// Reads `8 mois`, `240 jours`, `1 an` or a number; `in_days` tells the unit of a plain number.
///
/// `Ok(None)` where the cell is empty; the error is what could not be read.
pub fn read(cell: Option<&GridCell>, in_days: bool) -> Result<Option<u16>, String> {
    let Some(cell) = cell else { return Ok(None) };
    match &cell.value {
        Value::Number(number) => months(*number, in_days).map(Some).ok_or_else(|| number.to_string()),
        Value::Text(text) => read_text(text, in_days),
        Value::Date { .. } | Value::Bool(_) | Value::Error(_) => Err(super::plain_text::name(Some(cell))),
    }
}

fn read_text(text: &str, in_days: bool) -> Result<Option<u16>, String> {
    let letters_at = text.find(char::is_alphabetic).unwrap_or(text.len());
    let (number, unit) = text.split_at(letters_at);
    if fold(text).is_empty() {
        return Ok(None);
    }
    let number = number.trim_end_matches(['(', ' ', '\u{a0}']);
    let value = number_text::read(number).map(|it| it.value).ok_or_else(|| text.to_owned())?;
    let unit = fold(unit);
    let read = match unit.split(' ').next().unwrap_or_default() {
        "" => months(value, in_days),
        "mois" | "month" | "months" | "m" => months(value, false),
        "jour" | "jours" | "j" | "jrs" | "day" | "days" | "d" => months(value, true),
        "an" | "ans" | "annee" | "annees" | "year" | "years" => months(value * 12.0, false),
        "semaine" | "semaines" | "week" | "weeks" => months(value * 7.0, true),
        _ => None,
    };
    read.map(Some).ok_or_else(|| text.to_owned())
}

fn months(value: f64, in_days: bool) -> Option<u16> {
    let months = if in_days { (value / DAYS_PER_MONTH).round().max(1.0) } else { value.round() };
    if !(value > 0.0 && (1.0..=MONTHS_MAX).contains(&months)) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to 600, checked just above"
    )]
    let months = months as u16;
    Some(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_months_days_and_years() {
        for (text, months) in
            [("8 mois", 8), ("240 jours", 8), ("12", 12), ("1 an", 12), ("90 j", 3), ("7,6 mois", 8)]
        {
            assert_eq!(read_text(text, false), Ok(Some(months)), "{text}");
        }
        assert_eq!(read_text("240", true), Ok(Some(8)));
        assert_eq!(read_text(" – ", true), Ok(None));
        for text in ["-5", "0", "huit mois", "9999"] {
            assert!(read_text(text, false).is_err(), "{text}");
        }
    }
}
