//! Gives months their years: as written, else from the start of works, the title or the user.

use super::super::values::month_text::MonthToken;
use crate::model::month::Month;

/// Where the year of the first month may come from when it is not written, surest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchor {
    /// The start of works: the first month is not before it.
    pub start: Option<Month>,
    /// The year that the title names.
    pub title_year: Option<i32>,
    /// The year that the user gave.
    pub hint_year: Option<i32>,
}

impl Anchor {
    /// Returns the first month of a table.
    fn first(self, token: MonthToken) -> Option<Month> {
        token
            .month()
            .or_else(|| token.from(self.start?))
            .or_else(|| Month::new(self.title_year?, token.number))
            .or_else(|| Month::new(self.hint_year?, token.number))
    }
}

/// Resolves months in reading order; each time the month does not grow, the year grows.
///
/// `None` where no year can be told.
pub fn resolve(tokens: &[MonthToken], anchor: Anchor) -> Option<Vec<Month>> {
    let Some(first) = tokens.first() else { return Some(Vec::new()) };
    let written = tokens.iter().position(|it| it.year.is_some());
    let first = match written {
        Some(at) if at > 0 && anchor.start.is_none() => backwards(tokens.get(..=at)?)?,
        _ => anchor.first(*first)?,
    };
    let mut months = vec![first];
    for token in tokens.iter().skip(1) {
        months.push(next(*token, *months.last()?)?);
    }
    Some(months)
}

/// Returns the month of a token that follows another month.
pub fn next(token: MonthToken, previous: Month) -> Option<Month> {
    token.month().or_else(|| token.from(previous.next()))
}

/// Returns the first of several months when only the last has a year.
fn backwards(tokens: &[MonthToken]) -> Option<Month> {
    let (last, earlier) = tokens.split_last()?;
    earlier.iter().rev().try_fold(last.month()?, |month, token| token.until(month.previous()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(written: &[(u32, Option<i32>)], anchor: Anchor) -> Option<String> {
        let tokens: Vec<MonthToken> =
            written.iter().map(|(number, year)| MonthToken { number: *number, year: *year }).collect();
        resolve(&tokens, anchor).map(|it| it.iter().map(Month::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_year_grows_when_the_month_does_not() {
        let start = Anchor { start: Month::new(2024, 11), ..Anchor::default() };
        let months = [11, 12, 1, 11, 12, 1].map(|it| (it, None));
        assert_eq!(resolved(&months, start).unwrap(), "2024-11 2024-12 2025-01 2025-11 2025-12 2026-01");
        assert_eq!(resolved(&[(1, None)], start).unwrap(), "2025-01");
        assert_eq!(
            resolved(&[(11, None), (12, None), (1, Some(2026))], Anchor::default()).unwrap(),
            "2025-11 2025-12 2026-01"
        );
        assert_eq!(
            resolved(&[(1, None)], Anchor { hint_year: Some(2023), ..Anchor::default() }).unwrap(),
            "2023-01"
        );
        assert_eq!(resolved(&[(1, None)], Anchor::default()), None);
    }
}
