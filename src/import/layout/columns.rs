//! Tells what each column of a table is about from the levels of its heading.

use super::super::grid::GridCell;
use super::super::reading::Cell;
use super::super::values::month_text::MonthToken;
use super::line_kind::{self, LineKind};
use super::period::{self, Period};
use super::words::{self, Surety, Word};
use crate::model::text::fold;

/// The month that a column speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Not said by the heading: the month of the row, or the month of the situation.
    Unsaid,
    /// Months before the situation; 0 is the situation itself.
    Before(u8),
    /// A month of the calendar.
    Month(MonthToken),
    /// The n-th month of the works.
    Ordinal(u16),
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub index: u16,
    /// `None` for headings that the dictionary does not know.
    pub word: Option<Word>,
    pub when: When,
    /// The heading as a person reads it, its levels joined.
    pub heading: String,
}

/// Reads a column from the cells of its heading, from top to bottom, each merged cell once.
pub fn read(index: u16, levels: &[&GridCell]) -> Column {
    let mut when = When::Unsaid;
    let mut year = None;
    let mut subjects: Vec<String> = Vec::new();
    for level in levels {
        match period::read(level) {
            Some(Period::Year(found)) => year = Some(found),
            Some(Period::Month(token)) => when = When::Month(token),
            Some(Period::Before(months)) => when = When::Before(months),
            Some(Period::Ordinal(number)) => when = When::Ordinal(number),
            None => {
                let Some(text) = level.text() else { continue };
                let (subject, before) = period::split_before(text)
                    .map_or_else(|| (text.to_owned(), None), |(it, months)| (it, Some(months)));
                when = before.map_or(when, When::Before);
                subjects.push(subject);
            }
        }
    }
    if let (When::Month(token), Some(_)) = (when, year) {
        when = When::Month(MonthToken { year: token.year.or(year), ..token });
    }
    let heading = levels.iter().filter_map(|it| it.text()).collect::<Vec<_>>().join(" / ");
    Column { index, word: word(&subjects, when, year), when, heading }
}

/// Tells the word of a heading, given the month that it names.
fn word(subjects: &[String], when: When, year: Option<i32>) -> Option<Word> {
    let found = words::of_heading(&subjects.join(" "))
        .or_else(|| subjects.iter().rev().find_map(|it| words::of_heading(it)));
    if when == When::Unsaid {
        return if subjects.is_empty() && year.is_some() { Some(Word::Ignored) } else { found };
    }
    let own = subjects.last().and_then(|it| line_kind::own_word(it));
    match found {
        _ if own == Some(LineKind::Cumulative) => Some(Word::Cumulative(Surety::Plain)),
        _ if own == Some(LineKind::Monthly) => Some(Word::Monthly),
        _ if own == Some(LineKind::Ignored) => Some(Word::Ignored),
        None if subjects.is_empty() => Some(Word::Cumulative(Surety::Plain)),
        Some(Word::Month | Word::Monthly) => Some(Word::Monthly),
        Some(Word::Cumulative(_) | Word::Observation) | None => found,
        Some(_) => Some(Word::Ignored),
    }
}

/// Makes a column headed `Mois` between the cumulative before and the one after the progress of the month.
pub fn settle_month_between(columns: &mut [Column]) {
    let earlier = |it: &Column| {
        let folded = fold(&it.heading);
        ["precedent", "anterieur", "anterieure"].iter().any(|word| words::contains(&folded, word))
    };
    let between = columns.windows(3).position(|it| match it {
        [before, month, after] => {
            earlier(before)
                && month.word == Some(Word::Month)
                && after.word == Some(Word::Cumulative(Surety::Cumulative))
        }
        _ => false,
    });
    if let Some(column) = between.and_then(|it| columns.get_mut(it + 1)) {
        column.word = Some(Word::Monthly);
    }
}

/// Makes the column beside `Mois-1` and `Mois-2` that is headed `Mois` alone the month of the situation.
pub fn settle_named_months(columns: &mut [Column]) {
    let by_name = columns.iter().any(|it| period::is_before_by_name(&it.heading));
    if !by_name || columns.iter().any(|it| it.when == When::Before(0)) {
        return;
    }
    let candidate = columns
        .iter_mut()
        .find(|it| it.when == When::Unsaid && matches!(it.word, Some(Word::Month | Word::Monthly)));
    if let Some(column) = candidate {
        column.word = Some(Word::Cumulative(Surety::Plain));
        column.when = When::Before(0);
    }
}

/// Two columns that may both be the cumulative progress of the same month.
#[derive(Debug)]
pub struct Rivals {
    pub first: String,
    pub second: String,
}

/// Keeps one cumulative column for each month; the error is two that nothing tells apart.
pub fn settle_cumulatives(columns: &mut [Column]) -> Result<(), Rivals> {
    let mut seen: Vec<When> = Vec::new();
    for at in 0..columns.len() {
        let Some(when) = columns.get(at).filter(|it| surety(it).is_some()).map(|it| it.when) else {
            continue;
        };
        if seen.contains(&when) {
            continue;
        }
        seen.push(when);
        let rivals: Vec<&Column> =
            columns.iter().filter(|it| it.when == when && surety(it).is_some()).collect();
        let Some(best) = rivals.iter().filter_map(|it| surety(it)).min() else { continue };
        let sure = matches!(best, Surety::Cumulative | Surety::Total);
        let candidates: Vec<&&Column> =
            rivals.iter().filter(|it| !sure || surety(it) == Some(best)).collect();
        let (Some(first), second) = (candidates.first(), candidates.get(1)) else { continue };
        if let Some(second) = second {
            return Err(Rivals { first: named(first, second), second: named(second, first) });
        }
        let kept = first.index;
        for column in columns.iter_mut().filter(|it| it.when == when && it.index != kept) {
            if surety(column).is_some() {
                column.word = Some(Word::Ignored);
            }
        }
    }
    Ok(())
}

/// Names a column by its heading, and by its letter where another has the same heading.
fn named(column: &Column, other: &Column) -> String {
    if column.heading != other.heading && !column.heading.is_empty() {
        return column.heading.clone();
    }
    let cell = Cell { sheet: 0, row: 0, column: column.index.saturating_add(1) }.to_string();
    format!("{} ({})", column.heading, cell.trim_end_matches('0')).trim_start().to_owned()
}

fn surety(column: &Column) -> Option<Surety> {
    if let Some(Word::Cumulative(surety)) = column.word { Some(surety) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::super::grid::Value;
    use super::*;

    fn column(index: u16, levels: &[&str]) -> Column {
        let cells: Vec<GridCell> = levels
            .iter()
            .map(|it| GridCell { column: index, percent: false, value: Value::Text((*it).into()) })
            .collect();
        read(index, &cells.iter().collect::<Vec<_>>())
    }

    #[test]
    fn joins_the_levels_of_a_heading() {
        let month = |number, year| When::Month(MonthToken { number, year });
        for (levels, word, when) in [
            (&["Avancement total (%)", "M-2"][..], Some(Word::Cumulative(Surety::Total)), When::Before(2)),
            (&["Statut", "M"], Some(Word::Ignored), When::Before(0)),
            (&["2024", "Nov"], Some(Word::Cumulative(Surety::Plain)), month(11, Some(2024))),
            (&["Janv. 2025", "Réel"], Some(Word::Cumulative(Surety::Plain)), month(1, Some(2025))),
            (&["Janv. 2025", "Prévu"], Some(Word::Ignored), month(1, Some(2025))),
            (&["Janv. 2025", "R"], Some(Word::Cumulative(Surety::Plain)), month(1, Some(2025))),
            (&["Janv. 2025", "Éc."], Some(Word::Ignored), month(1, Some(2025))),
            (&["Janv. 2025", "Constaté"], Some(Word::Cumulative(Surety::Plain)), month(1, Some(2025))),
            (&["Janv. 2025", "Mois"], Some(Word::Monthly), month(1, Some(2025))),
            (&["Janv. 2025", "Obs."], Some(Word::Observation), month(1, Some(2025))),
            (&["Avancement", "Cumul"], Some(Word::Cumulative(Surety::Cumulative)), When::Unsaid),
            (&["Mois"], Some(Word::Month), When::Unsaid),
        ] {
            let read = column(0, levels);
            assert_eq!((read.word, read.when), (word, when), "{levels:?}");
        }
    }

    #[test]
    fn asks_between_equals_only() {
        let mut sure = [column(0, &["Avancement cumulé"]), column(1, &["Avancement physique"])];
        assert!(settle_cumulatives(&mut sure).is_ok());
        assert_eq!(sure[1].word, Some(Word::Ignored));
        let mut equal = [column(0, &["Avancement physique"]), column(1, &["Taux d'exécution"])];
        assert!(settle_cumulatives(&mut equal).is_err());
        let mut same = [column(3, &["Janvier 2025"]), column(4, &["Janvier 2025"])];
        let rivals = settle_cumulatives(&mut same).unwrap_err();
        assert_eq!((rivals.first.as_str(), rivals.second.as_str()), ("Janvier 2025 (D)", "Janvier 2025 (E)"));
    }

    #[test]
    fn month_beside_earlier_months_is_the_situation() {
        let mut columns = [column(0, &["Mois"]), column(1, &["Mois-1"]), column(2, &["Mois-2"])];
        settle_named_months(&mut columns);
        assert_eq!(columns[0].when, When::Before(0));
    }
}
