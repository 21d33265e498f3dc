//! Reads what a heading says about time: a month, a year, `M-1`, `Mois 3`.

use super::super::grid::{GridCell, Value};
use super::super::values::month_text::{self, MonthToken};
use crate::model::month::Month;

/// What a heading says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Month(MonthToken),
    Year(i32),
    /// Months before the month of the situation: 0 is `M`, 1 is `M-1`.
    Before(u8),
    /// The n-th month of the works, from 1.
    Ordinal(u16),
}

/// Reads a heading that is a period and nothing else.
pub fn read(cell: &GridCell) -> Option<Period> {
    match &cell.value {
        Value::Date { date, .. } => {
            let month = Month::of(*date);
            Some(Period::Month(MonthToken { number: month.number(), year: Some(month.year()) }))
        }
        Value::Number(number) => year_number(*number).map(Period::Year),
        Value::Text(text) => read_text(text),
        Value::Bool(_) | Value::Error(_) => None,
    }
}

/// Splits a heading such as `Av. total M-1` into its subject and the months before the situation.
pub fn split_before(heading: &str) -> Option<(String, u8)> {
    let plain = plain_dashes(heading);
    let words: Vec<&str> =
        plain.split([' ', '(', ')', ',', '\n', '[', ']']).filter(|it| !it.is_empty()).collect();
    let at = words.iter().position(|it| before(it).is_some())?;
    let months = before(words.get(at)?)?;
    let subject = words.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, word)| *word);
    Some((subject.collect::<Vec<_>>().join(" "), months))
}

/// Tells whether a heading is the month of the situation beside `Mois-1` and `Mois-2`.
pub fn is_before_by_name(heading: &str) -> bool {
    let plain = plain_dashes(heading);
    plain.to_lowercase().split(' ').any(|it| it.starts_with("mois-") && before(it).is_some())
}

fn read_text(text: &str) -> Option<Period> {
    if text.len() > 40 {
        return None;
    }
    if let Some((subject, months)) = split_before(text)
        && subject.is_empty()
    {
        return Some(Period::Before(months));
    }
    month_text::read_year(text)
        .map(Period::Year)
        .or_else(|| ordinal(text).map(Period::Ordinal))
        .or_else(|| month_text::read(text).map(Period::Month))
}

/// Reads `M3` and `Mois 3`.
pub fn ordinal(text: &str) -> Option<u16> {
    let folded = crate::model::text::fold(text);
    let digits = ["mois n", "mois", "month", "m"].iter().find_map(|it| folded.strip_prefix(it))?;
    let digits = digits.trim_start();
    if digits.is_empty()
        || digits.len() > 3
        || !digits.bytes().all(|it| it.is_ascii_digit())
        || text.contains(['-', '−', '–'])
    {
        return None;
    }
    digits.parse().ok().filter(|it| (1..=240).contains(it))
}

fn before(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    if word == "m" {
        return Some(0);
    }
    let months = ["m-", "n-", "mois-"].iter().find_map(|it| word.strip_prefix(it))?;
    months.parse().ok().filter(|it| (1..=11).contains(it) && months.len() <= 2)
}

/// Makes all dashes plain and joins them to the digits that follow.
fn plain_dashes(text: &str) -> String {
    let mut plain: String = text
        .chars()
        .map(|it| {
            if "−–—‑‐".contains(it) {
                '-'
            } else if it.is_whitespace() {
                ' '
            } else {
                it
            }
        })
        .collect();
    for (spaced, joined) in [(" -", "-"), ("- ", "-")] {
        for digit in ["1", "2", "3"] {
            let (from, to) = (format!("{spaced}{digit}"), format!("{joined}{digit}"));
            plain = plain.replace(&from, &to).replace(&format!("{spaced} {digit}"), &to);
        }
    }
    plain
}

fn year_number(number: f64) -> Option<i32> {
    if !(1990.0..=2100.0).contains(&number) || number.fract() != 0.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "from 1990 to 2100")]
    let year = number as i32;
    Some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_periods_of_headings() {
        for (text, period) in [
            ("M", Some(Period::Before(0))),
            ("M-1", Some(Period::Before(1))),
            ("M – 2", Some(Period::Before(2))),
            ("Mois-1", Some(Period::Before(1))),
            ("M3", Some(Period::Ordinal(3))),
            ("Mois 12", Some(Period::Ordinal(12))),
            ("2025", Some(Period::Year(2025))),
            ("Mois", None),
            ("Observations", None),
        ] {
            assert_eq!(read_text(text), period, "{text}");
        }
        assert_eq!(split_before("Av. total M-1 (%)"), Some(("Av. total %".to_owned(), 1)));
        assert_eq!(split_before("Avancement du mois"), None);
    }
}
