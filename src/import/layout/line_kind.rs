//! Tells what one line of a site is where plan, works and gap stand on lines of their own.

use super::words::{self, Word};

/// What a line of a table with months across gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Cumulative,
    Monthly,
    Observation,
    /// Plans, gaps and rates: never imported.
    Ignored,
}

/// Reads the word that stands at the head of a line; `None` where it says nothing about kinds.
pub fn read(text: &str) -> Option<LineKind> {
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
            ("Gros œuvre", None),
        ] {
            assert_eq!(read(text), kind, "{text}");
        }
    }
}
