//! Gives years to sheets that are named by months alone.

use std::collections::BTreeMap;

use super::super::grid::Sheet;
use super::super::hints::Hints;
use super::super::values::month_text::{self, MonthToken};
use super::months::{self, Anchor};
use crate::model::month::Month;

/// Returns the years of the sheets, by index, where the user gave that of the first month.
pub fn read(sheets: &[Sheet], hints: &Hints) -> BTreeMap<u16, i32> {
    let named = (0_u16..).zip(sheets).filter(|(_, sheet)| !sheet.hidden);
    let mut named: Vec<(u16, MonthToken)> =
        named.filter_map(|(index, sheet)| Some((index, bare_month(&sheet.name)?))).collect();
    let resolved = |named: &[(u16, MonthToken)]| {
        let tokens: Vec<MonthToken> = named.iter().map(|(_, token)| *token).collect();
        let months = months::resolve(&tokens, Anchor { hint_year: hints.year, ..Anchor::default() })?;
        Some(months).filter(|it| !it.is_empty())
    };
    let Some(mut months) = resolved(&named) else { return BTreeMap::new() };
    let mut backwards = named.clone();
    backwards.reverse();
    // The newest sheet may stand first: the order that spans fewer months is the right one.
    if let Some(reversed) = resolved(&backwards).filter(|it| span(it) < span(&months)) {
        (named, months) = (backwards, reversed);
    }
    named.iter().zip(months).map(|((index, _), month)| (*index, month.year())).collect()
}

/// Returns the month of a sheet whose name holds one but no year.
pub fn bare_month(name: &str) -> Option<MonthToken> {
    let dated = month_text::find(name).is_some() || month_text::find_year(name).is_some();
    if dated { None } else { month_text::find_name(name) }
}

fn span(months: &[Month]) -> i32 {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return 0 };
    last.since(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(names: &[&str]) -> Vec<i32> {
        let sheets: Vec<Sheet> =
            names.iter().map(|it| Sheet { name: (*it).to_owned(), ..Sheet::default() }).collect();
        let month_max = Month::new(2026, 12).unwrap();
        let hints = Hints { unit: None, year: Some(2024), project: None, month_max };
        read(&sheets, &hints).into_values().collect()
    }

    #[test]
    fn years_grow_from_sheet_to_sheet() {
        assert_eq!(years(&["Nov", "Déc", "Légende", "Janv", "Févr"]), [2024, 2024, 2025, 2025]);
        assert_eq!(years(&["Févr", "Janv", "Déc"]), [2025, 2025, 2024], "the newest first");
        assert_eq!(years(&["Mars 2025", "Feuil1"]), Vec::<i32>::new());
    }
}
