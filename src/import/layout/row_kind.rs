//! Tells rows of data from totals, bands, notes and signatures.

use super::super::grid::{Row, Value};
use super::words;
use crate::model::text::fold;

/// Openings of rows that sum up.
const TOTALS: [&str; 22] = [
    "total",
    "totaux",
    "sous total",
    "sous totaux",
    "subtotal",
    "sub total",
    "grand total",
    "moyenne",
    "moyennes",
    "mean",
    "average",
    "taux moyen",
    "avancement moyen",
    "somme",
    "s total",
    "ss total",
    "ss totaux",
    "moy",
    "recapitulatif",
    "recapitulation",
    "cumul general",
    "total general",
];
/// Openings of rows that sum up a list of sites.
const LIST_TOTALS: [&str; 5] = [
    "avancement global",
    "avancement general",
    "ensemble du projet",
    "ensemble du programme",
    "ensemble des sites",
];
/// Texts of rows that sum up a list of sites.
const LIST_TOTALS_WHOLE: [&str; 3] = ["ensemble", "global", "globale"];
/// Openings of foot-notes and signatures.
const NOTES: [&str; 14] = [
    "nb",
    "n b",
    "nota",
    "source",
    "legende",
    "fait a",
    "fait le",
    "signature",
    "visa",
    "vu et",
    "le chef de mission",
    "le directeur",
    "le maitre d oeuvre",
    "note",
];

/// Tells whether a row sums up other rows: its first text opens with a word that says so.
pub fn is_total(row: &Row) -> bool {
    first_text(row).is_some_and(|it| opens_with(it, &TOTALS))
}

/// Tells whether a row of a list of sites sums up other rows, by words that are harmless elsewhere.
pub fn is_list_total(row: &Row) -> bool {
    let Some(text) = first_text(row) else { return false };
    opens_with(text, &LIST_TOTALS)
        || text.trim_start().get(..3).is_some_and(|it| it.eq_ignore_ascii_case("s/t"))
        || text.len() < 12 && LIST_TOTALS_WHOLE.contains(&fold(text).as_str())
}

/// Tells whether a row is a foot-note or a signature.
pub fn is_note(row: &Row) -> bool {
    row.cells.len() <= 2 && first_text(row).is_some_and(|it| opens_with(it, &NOTES))
}

/// Tells whether a row only numbers the columns: 1, 2, 3 and so on.
pub fn numbers_columns(row: &Row) -> bool {
    row.cells.len() >= 3
        && row.cells.iter().zip(1_u16..).all(|(cell, number)| match &cell.value {
            Value::Number(value) => (*value - f64::from(number)).abs() < f64::EPSILON,
            Value::Text(text) => text.trim_matches(['(', ')', ' ']) == number.to_string(),
            _ => false,
        })
}

/// A line over the table that says what the rows below belong to.
#[derive(Debug, PartialEq, Eq)]
pub enum Band {
    Project(String),
    Lot(String),
    /// One text that names nothing known.
    Other(String),
}

/// Reads a row that holds one text and nothing else as a band.
pub fn band(row: &Row) -> Option<Band> {
    let [cell] = row.cells.as_slice() else { return None };
    let text = cell.text()?.trim();
    let folded = fold(text);
    let named = |names: &[&str]| {
        let name = names.iter().find(|it| opens_with(text, &[it]))?;
        let rest =
            text.split_once(':').map_or_else(|| text.get(name.len()..).unwrap_or_default(), |(_, rest)| rest);
        let rest = rest.trim_start_matches(|it: char| it.is_whitespace() || "-–—".contains(it)).trim();
        Some(if rest.is_empty() { text.to_owned() } else { rest.to_owned() })
    };
    if let Some(project) = named(&["projet", "project", "programme"]) {
        Some(Band::Project(project))
    } else if words::contains(&folded, "lot") && opens_with(text, &["lot"]) {
        Some(Band::Lot(text.to_owned()))
    } else {
        Some(Band::Other(text.to_owned()))
    }
}

fn first_text(row: &Row) -> Option<&str> {
    row.cells.iter().find_map(super::super::grid::GridCell::text)
}

fn opens_with(text: &str, openings: &[&str]) -> bool {
    let Some(first) = text.chars().find(|it| it.is_alphanumeric()) else { return false };
    // Most rows are told by their first letter; accents need the whole comparison.
    if first.is_ascii() && !openings.iter().any(|it| it.starts_with(first.to_ascii_lowercase())) {
        return false;
    }
    let start: String = text.chars().take(60).collect();
    let folded = fold(&start);
    openings
        .iter()
        .any(|it| folded.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::super::super::grid::GridCell;
    use super::*;

    fn row(texts: &[&str]) -> Row {
        let cell = |(column, text): (usize, &&str)| GridCell {
            column: u16::try_from(column).unwrap(),
            percent: false,
            value: Value::Text((**text).into()),
        };
        Row { number: 0, cells: texts.iter().enumerate().map(cell).collect() }
    }

    #[test]
    fn knows_totals_bands_and_notes() {
        assert!(is_total(&row(&["SOUS-TOTAL PISR", "51,87"])) && is_total(&row(&["Moyenne", "11"])));
        assert!(!is_total(&row(&["Totalement neuf", "5"])));
        for total in ["S/Total", "Ss-total", "Moy.", "Moy", "Cumul général", "Récapitulatif", "Sous-total 1"]
        {
            assert!(is_total(&row(&[total, "5"])), "{total}");
        }
        for total in ["S/T", "S/T PISR", "Avancement global du projet", "Ensemble du projet", "Ensemble"] {
            assert!(is_list_total(&row(&[total, "5"])), "{total}");
        }
        assert!(!is_list_total(&row(&["Ensemble scolaire de Zoé", "5"])));
        assert!(
            is_note(&row(&["NB : le taux normal"])) && is_note(&row(&["Fait à Bafourbé, le 03/04/2026"]))
        );
        assert_eq!(band(&row(&["PROJET : PISR – Écoles"])), Some(Band::Project("PISR – Écoles".to_owned())));
        assert_eq!(band(&row(&["Lot 1 : Gros œuvre"])), Some(Band::Lot("Lot 1 : Gros œuvre".to_owned())));
        assert_eq!(band(&row(&["a", "b"])), None);
        assert!(numbers_columns(&row(&["1", "2", "3"])) && !numbers_columns(&row(&["1", "2", "4"])));
    }
}
