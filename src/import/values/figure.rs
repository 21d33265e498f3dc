//! Reads a cell that should hold a figure of progress.

use super::super::grid::{GridCell, Value};
use super::number_text;
use super::plain_text::clean;
use crate::model::percent::Percent;
use crate::model::text::{NAME_CHARS_MAX, fold};

/// A number whose unit may still have to be settled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawFigure {
    /// The number as it stands: percents where `settled`.
    pub value: f64,
    /// The cell itself says that it is a percentage.
    pub settled: bool,
}

/// What stands in the place of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Scanned {
    /// Nothing, or a lone dash.
    Empty,
    /// A number.
    Number(RawFigure),
    /// A word that says that there is no figure, or an error value.
    NoFigure(String),
    /// A word about the state of the site, to keep as the observation.
    State(String),
    /// Anything else.
    Unreadable(String),
}

const NO_FIGURE: [&str; 13] = [
    "ras",
    "r a s",
    "neant",
    "n d",
    "nd",
    "n a",
    "na",
    "n c",
    "nc",
    "sans objet",
    "none",
    "nil",
    "non disponible",
];
/// Words about the state of the site; French ones also in the feminine and the plural.
const STATES: [&str; 20] = [
    "suspendu",
    "suspension",
    "suspens",
    "arrete",
    "arret",
    "stoppe",
    "interrompu",
    "interruption",
    "abandonne",
    "abandon",
    "resilie",
    "resiliation",
    "demobilise",
    "demobilisation",
    "demob",
    "suspended",
    "stopped",
    "terminated",
    "demobilised",
    "demobilized",
];
/// Words that may stand before the one that tells the state.
const BEFORE_STATES: [&str; 15] = [
    "chantier", "site", "travaux", "marche", "contrat", "ouvrage", "le", "les", "l", "a", "en", "est",
    "sont", "the", "works",
];

/// Reads the cell of a figure.
pub fn scan(cell: Option<&GridCell>) -> Scanned {
    let Some(cell) = cell else { return Scanned::Empty };
    match &cell.value {
        Value::Number(value) if cell.percent => {
            Scanned::Number(RawFigure { value: value * 100.0, settled: true })
        }
        Value::Number(value) => Scanned::Number(RawFigure { value: *value, settled: false }),
        Value::Text(text) => scan_text(text),
        Value::Error(code) => Scanned::NoFigure((*code).to_owned()),
        Value::Date { date, .. } => Scanned::Unreadable(date.to_string()),
        Value::Bool(value) => Scanned::Unreadable(value.to_string()),
    }
}

fn scan_text(text: &str) -> Scanned {
    if let Some(number) = number_text::read(text) {
        return Scanned::Number(RawFigure { value: number.value, settled: number.percent });
    }
    if text.chars().all(|it| it.is_whitespace() || "-–—−_.…/\u{2010}\u{2011}".contains(it)) {
        return Scanned::Empty;
    }
    let shown = clean(text, NAME_CHARS_MAX);
    let folded = fold(text);
    if NO_FIGURE.contains(&folded.as_str()) || text.trim_start().starts_with('#') {
        return Scanned::NoFigure(shown);
    }
    let first_word = folded.split(' ').find(|it| !BEFORE_STATES.contains(it));
    let state = |word: &str| {
        let endings = ["", "s", "e", "es"];
        endings.iter().any(|it| word.strip_suffix(it).is_some_and(|it| STATES.contains(&it)))
    };
    if first_word.is_some_and(state) {
        return Scanned::State(shown);
    }
    Scanned::Unreadable(shown)
}

/// Turns percents into hundredths; `None` for what cannot be a percentage at all.
pub fn percent(value: f64) -> Option<Percent> {
    if !value.is_finite() || value.abs() > 1_000_000.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above, and rounded")]
    let hundredths = (value * 100.0).round() as i32;
    Some(Percent(hundredths))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Scanned {
        scan(Some(&GridCell { column: 0, percent: false, value: Value::Text(text.into()) }))
    }

    #[test]
    fn tells_words_from_figures() {
        assert_eq!(text("–"), Scanned::Empty);
        assert_eq!(text(" - "), Scanned::Empty);
        for word in ["RAS", "néant", "n/d", "N/A", "n.c.", "NA", "#DIV/0!", "#REF!"] {
            assert_eq!(text(word), Scanned::NoFigure(word.to_owned()));
        }
        for word in [
            "suspendu",
            "Arrêté",
            "Résilié",
            "DÉMOBILISÉ",
            "Chantier suspendu",
            "Travaux arrêtés",
            "Travaux suspendus",
            "suspendues",
            "démobilisée",
            "arrêtées",
            "Contrat résilié",
            "Chantier à l’arrêt",
        ] {
            assert_eq!(text(word), Scanned::State(word.into()));
        }
        assert_eq!(text("6,25 %"), Scanned::Number(RawFigure { value: 6.25, settled: true }));
        assert_eq!(text("trente"), Scanned::Unreadable("trente".to_owned()));
    }

    #[test]
    fn rounds_to_hundredths() {
        assert_eq!(percent(0.1775 * 100.0), Some(Percent(1775)));
        assert_eq!(percent(f64::NAN), None);
        assert_eq!(percent(1e300), None);
    }
}
