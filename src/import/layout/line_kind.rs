//! Tells what one line of a site is where plan, works and gap stand on lines of their own.

use super::words::{self, Word};
use crate::model::text::fold;

/// What a line of a table with months across gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Cumulative,
    Monthly,
    Observation,
    /// Plans, gaps and rates: never imported.
    Ignored,
}

/// Letters that stand for plan, works and gap.
const LETTERS: [(&str, LineKind); 3] =
    [("p", LineKind::Ignored), ("r", LineKind::Cumulative), ("e", LineKind::Ignored)];
/// Words that make a line a plan or a gap, and are no headings of their own.
const PLANS_AND_GAPS: [&str; 16] = [
    "prev",
    "previsions",
    "programme",
    "programmee",
    "programmes",
    "planifiee",
    "theoriques",
    "contractuel",
    "contractuelle",
    "ec",
    "ecarts",
    "diff",
    "difference",
    "differences",
    "glissement",
    "decalage",
];
/// Words that make a line the works as they are.
const WORKS: [&str; 7] = ["real", "reals", "effectif", "effective", "constate", "constatee", "observe"];
const OF_THE_MONTH: [&str; 4] = ["mois", "mensuel", "mensuelle", "month"];

/// Reads the word that stands at the head of a line; `None` where it says nothing about kinds.
pub fn read(text: &str) -> Option<LineKind> {
    own_word(text).or_else(|| of_heading(text))
}

/// Reads the words that tell kinds only at the head of a line or below a month.
pub fn own_word(text: &str) -> Option<LineKind> {
    if text.len() > 40 {
        return None;
    }
    let folded = fold(text);
    let has = |words: &[&str]| folded.split(' ').any(|it| words.contains(&it));
    let letter = || LETTERS.iter().find(|(letter, _)| *letter == folded).map(|(_, kind)| *kind);
    if has(&PLANS_AND_GAPS) {
        Some(LineKind::Ignored)
    } else if has(&WORKS) {
        let monthly = has(&OF_THE_MONTH) && !folded.contains("cumul");
        Some(if monthly { LineKind::Monthly } else { LineKind::Cumulative })
    } else {
        letter()
    }
}

fn of_heading(text: &str) -> Option<LineKind> {
    match words::of_heading(text)? {
        Word::Cumulative(_) => Some(LineKind::Cumulative),
        Word::Monthly | Word::Month => Some(LineKind::Monthly),
        Word::Observation => Some(LineKind::Observation),
        Word::Ignored => Some(LineKind::Ignored),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_works_from_plans() {
        for (text, kind) in [
            ("Réel cumulé", Some(LineKind::Cumulative)),
            ("Réel", Some(LineKind::Cumulative)),
            ("Réel du mois", Some(LineKind::Monthly)),
            ("Prévu cumulé", Some(LineKind::Ignored)),
            ("Écart", Some(LineKind::Ignored)),
            ("Actual", Some(LineKind::Cumulative)),
            ("prév.", Some(LineKind::Ignored)),
            ("Programmé", Some(LineKind::Ignored)),
            ("P", Some(LineKind::Ignored)),
            ("R", Some(LineKind::Cumulative)),
            ("Réal.", Some(LineKind::Cumulative)),
            ("Av. effectif", Some(LineKind::Cumulative)),
            ("Constaté du mois", Some(LineKind::Monthly)),
            ("Différence", Some(LineKind::Ignored)),
            ("Glissement", Some(LineKind::Ignored)),
            ("E", Some(LineKind::Ignored)),
            ("Gros œuvre", None),
            ("Tranche ferme", None),
        ] {
            assert_eq!(read(text), kind, "{text}");
        }
    }
}
