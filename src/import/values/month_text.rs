//! Reads months as people write them, in French and English, with or without a year.

use crate::model::month::Month;
use crate::model::text::fold;

/// A month of the calendar, its year where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthToken {
    pub number: u32,
    pub year: Option<i32>,
}

impl MonthToken {
    /// Returns the month, where the year is known.
    pub fn month(self) -> Option<Month> {
        Month::new(self.year?, self.number)
    }

    /// Returns the first such month that is not before `earliest`.
    pub fn from(self, earliest: Month) -> Option<Month> {
        let month = Month::new(earliest.year(), self.number)?;
        Some(if month < earliest { month.plus(12) } else { month })
    }

    /// Returns the last such month that is not after `latest`.
    pub fn until(self, latest: Month) -> Option<Month> {
        let month = Month::new(latest.year(), self.number)?;
        Some(if month > latest { month.plus(-12) } else { month })
    }
}

/// First letters that name each month; a written name is one of these lengthened.
const NAMES: [&[&str]; 12] = [
    &["janvier", "january"],
    &["fevrier", "february", "fevr"],
    &["mars", "march"],
    &["avril", "april"],
    &["mai", "may"],
    &["juin", "june"],
    &["juillet", "july"],
    &["aout", "august"],
    &["septembre", "september"],
    &["octobre", "october"],
    &["novembre", "november"],
    &["decembre", "december"],
];
/// Words that may stand around a month.
const AROUND: [&str; 10] = ["mois", "de", "du", "d", "fin", "month", "of", "er", "au", "le"];

/// Reads a text that is a month and nothing else: `Avr. 2025`, `janv-25`, `01/25`, `2025-01`, `31/03/2026`.
pub fn read(text: &str) -> Option<MonthToken> {
    if text.len() > 40 || !text.bytes().any(|it| it.is_ascii_alphanumeric()) {
        return None;
    }
    let folded = fold(text);
    let parts = parts(&folded);
    let known: Vec<&str> = parts.iter().copied().filter(|it| !AROUND.contains(it)).collect();
    match known.as_slice() {
        // The n-th month of the works, named again behind: `M1 (nov. 2024)`.
        ["m", number, name, year] if month_number(number).is_some() => named_with_year(name, year),
        [digits] if digits.len() == 6 => joined_digits(digits),
        [name] => Some(MonthToken { number: named(name)?, year: None }),
        [first, second] => named_with_year(first, second)
            .or_else(|| named_with_year(second, first).filter(|_| first.len() == 4))
            .or_else(|| numeric_pair(first, second)),
        // A date, with or without a time of day.
        [first, second, third] | [first, second, third, _, _] | [first, second, third, _, _, _] => {
            dated(first, second, third)
        }
        _ => None,
    }
}

/// Finds the first month with its year anywhere in a text: a title, a sheet name, a file name.
pub fn find(text: &str) -> Option<Month> {
    let folded = fold(text);
    let parts = parts(&folded);
    (0..parts.len()).find_map(|at| match parts.get(at..)? {
        [digits, ..] if matches!(digits.len(), 6 | 8) && joined_digits(digits).is_some() => {
            joined_digits(digits).and_then(MonthToken::month)
        }
        [first, second, third, ..] if full_date(first, second, third) => {
            dated(first, second, third).and_then(MonthToken::month)
        }
        [first, second, third, ..] if short_date(first, second, third) => {
            dated(first, second, third).and_then(MonthToken::month)
        }
        [first, second, ..] => named_with_year(first, second)
            .or_else(|| numeric_pair(first, second).filter(|_| first.len() == 4 || second.len() == 4))
            .and_then(MonthToken::month),
        _ => None,
    })
}

/// Finds a month name without a year in a sheet or file name.
pub fn find_name(text: &str) -> Option<MonthToken> {
    let folded = fold(text);
    parts(&folded).iter().find_map(|it| named(it)).map(|number| MonthToken { number, year: None })
}

/// Finds the only four-digit year from 1990 to 2100 of a text.
pub fn find_year(text: &str) -> Option<i32> {
    let folded = fold(text);
    let mut years: Vec<i32> = parts(&folded).iter().filter_map(|it| year(it, 4)).collect();
    years.dedup();
    if let [only] = years.as_slice() { Some(*only) } else { None }
}

/// Reads a year written alone.
pub fn read_year(text: &str) -> Option<i32> {
    year(text.trim(), 4)
}

/// Returns the number of the month that a folded word names, whole or shortened to three letters or more.
pub fn named(word: &str) -> Option<u32> {
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let at = NAMES.iter().position(|names| names.iter().any(|name| name.starts_with(word)))?;
    // `jui` may be June or July, `mar` and `jun` are accepted.
    if word == "jui" { None } else { u32::try_from(at + 1).ok() }
}

/// Splits folded text into words, also between letters and digits.
fn parts(folded: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for word in folded.split(' ') {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let end =
                rest.find(|it: char| it.is_ascii_digit() != first.is_ascii_digit()).unwrap_or(rest.len());
            let (part, left) = rest.split_at(end);
            parts.push(part);
            rest = left;
        }
    }
    parts
}

fn named_with_year(name: &str, written: &str) -> Option<MonthToken> {
    let year = year(written, 4).or_else(|| year(written, 2))?;
    Some(MonthToken { number: named(name)?, year: Some(year) })
}

fn numeric_pair(first: &str, second: &str) -> Option<MonthToken> {
    if let Some(year) = year(first, 4) {
        return Some(MonthToken { number: month_number(second)?, year: Some(year) });
    }
    let year = year(second, 4).or_else(|| year(second, 2))?;
    Some(MonthToken { number: month_number(first)?, year: Some(year) })
}

fn full_date(first: &str, second: &str, third: &str) -> bool {
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    digits(first)
        && (digits(second) || named(second).is_some())
        && digits(third)
        && (first.len() == 4 || third.len() == 4)
}

/// Tells `31.03.25`, whose year is of the decade or so in which such files are made.
fn short_date(first: &str, second: &str, third: &str) -> bool {
    [first, second, third].iter().all(|it| it.len() == 2)
        && day(first)
        && month_number(second).is_some()
        && year(third, 2).is_some_and(|it| (2010..=2040).contains(&it))
}

/// Reads `202503`, `20250331` and `31032025`.
fn joined_digits(digits: &str) -> Option<MonthToken> {
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    let token = |written: &str, number: &str| {
        Some(MonthToken { number: month_number(number)?, year: Some(year(written, 4)?) })
    };
    match digits.len() {
        6 => token(part(0..4), part(4..6)),
        8 if day(part(6..8)) => token(part(0..4), part(4..6)).or_else(|| token(part(4..8), part(2..4))),
        8 if day(part(0..2)) => token(part(4..8), part(2..4)),
        _ => None,
    }
}

/// Reads year-month-day, day-month-year, day-name-year and month-day-year where only that fits.
fn dated(first: &str, second: &str, third: &str) -> Option<MonthToken> {
    if let Some(year) = year(first, 4) {
        let number = month_number(second).filter(|_| day(third))?;
        return Some(MonthToken { number, year: Some(year) });
    }
    let year = year(third, 4).or_else(|| year(third, 2))?;
    if let Some(number) = named(second).filter(|_| day(first)) {
        return Some(MonthToken { number, year: Some(year) });
    }
    let number = match (month_number(first), month_number(second)) {
        (_, Some(number)) if day(first) => number,
        (Some(number), None) if day(second) => number,
        _ => return None,
    };
    Some(MonthToken { number, year: Some(year) })
}

fn month_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|it| (1..=12).contains(it) && text.len() <= 2)
}

fn day(text: &str) -> bool {
    text.len() <= 2 && text.parse::<u32>().is_ok_and(|it| (1..=31).contains(&it))
}

fn year(text: &str, digits: usize) -> Option<i32> {
    if text.len() != digits || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let year = text.parse::<i32>().ok()? + if digits == 2 { 2000 } else { 0 };
    (1990..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_months_as_written() {
        for (text, number, year) in [
            ("Mars", 3, None),
            ("Avr. 2025", 4, Some(2025)),
            ("janv-25", 1, Some(2025)),
            ("Févr. 2026", 2, Some(2026)),
            ("AOÛT", 8, None),
            ("Sept. 2025", 9, Some(2025)),
            ("01/25", 1, Some(2025)),
            ("2025-01", 1, Some(2025)),
            ("31/03/2026", 3, Some(2026)),
            ("03/31/2026", 3, Some(2026)),
            ("2026-03-31 00:00:00", 3, Some(2026)),
            ("1er juillet 2025", 7, Some(2025)),
            ("Mois de mars 2026", 3, Some(2026)),
            ("2025 Dec", 12, Some(2025)),
            ("juil25", 7, Some(2025)),
            ("au 30/11/2024", 11, Some(2024)),
            ("M1 (nov. 2024)", 11, Some(2024)),
            ("202501", 1, Some(2025)),
        ] {
            assert_eq!(read(text), Some(MonthToken { number, year }), "{text}");
        }
        for text in [
            "Moyenne",
            "3",
            "2025",
            "Total",
            "jui",
            "13/25",
            "M-1",
            "Mars Bernard SARL",
            "35,5",
            "12/2025/3/4/5/6/7",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn finds_months_in_titles_and_names() {
        for (text, month) in [
            ("SUIVI DES CHANTIERS – SITUATION AU 31/03/2026", "2026-03"),
            ("synthese-mars-2026.xlsx", "2026-03"),
            ("Mars 25 (2)", "2025-03"),
            ("suivi_2026_03.xlsx", "2026-03"),
            ("Situation au 31 mars 2026", "2026-03"),
            ("Situation au 30-03-26", "2026-03"),
            ("à la date du 31/03/26", "2026-03"),
            ("202603_suivi.csv", "2026-03"),
            ("Situation_31032026.csv", "2026-03"),
            ("suivi 20260331.xlsx", "2026-03"),
            ("suivi 31.03.26 v2.csv", "2026-03"),
        ] {
            assert_eq!(find(text).map(|it| it.to_string()).as_deref(), Some(month), "{text}");
        }
        for text in ["PAES-2 – phase 2", "marché 123456", "lot 99999999", "v 10 20 30"] {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(find_year("Exercice 2025"), Some(2025));
        assert_eq!(find_year("2024-2025"), None);
    }

    #[test]
    fn rolls_to_the_nearest_month() {
        let token = MonthToken { number: 2, year: None };
        let march = Month::new(2025, 3).unwrap();
        assert_eq!(token.from(march).unwrap().to_string(), "2026-02");
        assert_eq!(token.until(march).unwrap().to_string(), "2025-02");
    }
}
