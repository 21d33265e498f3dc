//! The dictionary of headings: what a column or a label is about, in French and English.

use super::dictionary::{AROUND, CONTAINED, CUMULATED, MONTHLY, PROGRESS, THINGS, TOTAL, WHOLE};
use crate::model::text::fold;

/// How surely a column is the cumulative progress; the first is the surest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surety {
    Cumulative,
    Total,
    Physical,
    Plain,
}

/// What a heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Known, and never imported: rates, gaps, statuses, plans, dates of no use.
    Ignored,
    /// The order number of a row.
    Number,
    Project,
    Code,
    Site,
    Lot,
    Contractor,
    Client,
    Address,
    Start,
    Duration,
    Amount,
    Initial,
    Status,
    Month,
    Year,
    LineKind,
    Observation,
    Cumulative(Surety),
    Monthly,
}

/// Tells what a heading is about; `None` for words that are not in the dictionary.
pub fn of_heading(heading: &str) -> Option<Word> {
    let folded = fold(&without_units(heading));
    if folded.is_empty() {
        return heading.trim().starts_with('%').then_some(Word::Cumulative(Surety::Plain));
    }
    if folded.len() > 80 {
        return None;
    }
    WHOLE
        .iter()
        .find(|(phrase, _)| *phrase == folded)
        .or_else(|| CONTAINED.iter().find(|(phrase, _)| contains(&folded, phrase)))
        .map(|(_, word)| *word)
        .or_else(|| figure(&folded))
        .or_else(|| THINGS.iter().find(|(phrase, _)| contains(&folded, phrase)).map(|(_, word)| *word))
}

/// Tells whether a text holds nothing but words of headings, as no name and no observation does.
pub fn is_plain_heading(text: &str) -> bool {
    let folded = fold(&without_units(text));
    let phrases = || WHOLE.iter().chain(CONTAINED).chain(THINGS).map(|(phrase, _)| *phrase);
    let known = |word: &str| {
        word.bytes().all(|it| it.is_ascii_digit())
            || [AROUND, PROGRESS, CUMULATED, TOTAL, MONTHLY].iter().any(|it| it.contains(&word))
            || phrases().any(|it| contains(it, word))
    };
    of_heading(text).is_some() && folded.split(' ').all(known)
}

/// Tells whether a heading gives a duration in days.
pub fn is_in_days(heading: &str) -> bool {
    let folded = fold(heading);
    ["jour", "jours", "j", "days"].iter().any(|it| contains(&folded, it))
}

/// Tells whether folded text holds a phrase as whole words.
pub fn contains(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, found)| {
        let before = folded.get(..at).is_none_or(|it| it.is_empty() || it.ends_with(' '));
        let after = folded.get(at + found.len()..).is_none_or(|it| it.is_empty() || it.starts_with(' '));
        before && after
    })
}

fn figure(folded: &str) -> Option<Word> {
    let has = |words: &[&str]| folded.split(' ').any(|it| words.contains(&it));
    let progress = has(PROGRESS);
    if has(CUMULATED) {
        Some(Word::Cumulative(Surety::Cumulative))
    } else if !progress {
        None
    } else if has(TOTAL) || contains(folded, "a date") || contains(folded, "to date") {
        Some(Word::Cumulative(Surety::Total))
    } else if has(MONTHLY) {
        Some(Word::Monthly)
    } else if has(&["physique", "physical", "phys"]) {
        Some(Word::Cumulative(Surety::Physical))
    } else {
        Some(Word::Cumulative(Surety::Plain))
    }
}

/// Leaves out units in brackets, which say nothing about the subject.
fn without_units(heading: &str) -> String {
    let mut kept = heading.to_owned();
    for unit in ["(%)", "(en %)", "(mois)", "(months)", "(jours)", "(days)", "(j)"] {
        if let Some(at) = kept.to_lowercase().find(unit)
            && kept.is_char_boundary(at)
            && kept.is_char_boundary(at + unit.len())
        {
            kept.replace_range(at..at + unit.len(), " ");
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_headings_of_the_field() {
        for (heading, word) in [
            ("Avancement physique (%)", Word::Cumulative(Surety::Physical)),
            ("Avancement du mois (%)", Word::Monthly),
            ("Av. total", Word::Cumulative(Surety::Total)),
            ("Taux d’avancement physique", Word::Cumulative(Surety::Physical)),
            ("Taux d'exécution", Word::Cumulative(Surety::Plain)),
            ("% réalisé", Word::Cumulative(Surety::Plain)),
            ("TAP", Word::Cumulative(Surety::Physical)),
            ("Avct mois", Word::Monthly),
            ("T.A.P. (%)", Word::Cumulative(Surety::Physical)),
            ("TEP", Word::Cumulative(Surety::Physical)),
            ("Avcmt", Word::Cumulative(Surety::Plain)),
            ("% du mois", Word::Monthly),
            ("Avanc. phys.", Word::Cumulative(Surety::Physical)),
            ("Avanc. fin.", Word::Ignored),
            ("Cumul antérieur", Word::Ignored),
            ("Réalisé du mois", Word::Monthly),
            ("Cumul actuel", Word::Cumulative(Surety::Cumulative)),
            ("Intitulé du projet", Word::Project),
            ("Intitulé du marché", Word::Site),
            ("N° du site", Word::Code),
            ("Marché n°", Word::Code),
            ("Avancement mensuel cumulé", Word::Cumulative(Surety::Cumulative)),
            ("cumulative", Word::Cumulative(Surety::Cumulative)),
            ("%", Word::Cumulative(Surety::Plain)),
            ("Taux d’avancement financier", Word::Ignored),
            ("Taux de consommation du délai", Word::Ignored),
            ("Taux normal mensuel", Word::Ignored),
            ("Date de fin prévue", Word::Ignored),
            ("Maître d'ouvrage", Word::Client),
            ("N° contrat", Word::Code),
            ("Code du site", Word::Code),
            ("site_code", Word::Code),
            ("Entreprise(s)", Word::Contractor),
            ("Délai (mois)", Word::Duration),
            ("Date de démarrage", Word::Start),
            ("Statut", Word::Status),
            ("N°", Word::Number),
            ("Mois", Word::Month),
            ("Durée (mois)", Word::Duration),
        ] {
            assert_eq!(of_heading(heading), Some(word), "{heading}");
        }
        for heading in ["Bon", "Installation", "SOTRABEKO SA", "Légende des taux"] {
            assert_eq!(of_heading(heading), None, "{heading}");
        }
        assert!(is_in_days("Délai (jours)") && !is_in_days("Délai (mois)"));
    }
}
