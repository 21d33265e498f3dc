//! Splits a cell of firms; `&` and `et` belong to names unless two legal forms stand around them.

use super::plain_text::clean;
use crate::model::text::{NAME_CHARS_MAX, fold};

const LEGAL_FORMS: [&str; 22] = [
    "sarl",
    "sa",
    "sas",
    "sasu",
    "eurl",
    "suarl",
    "sarlu",
    "snc",
    "scs",
    "gie",
    "ets",
    "etablissements",
    "ste",
    "societe",
    "cie",
    "ltd",
    "inc",
    "llc",
    "plc",
    "corp",
    "gmbh",
    "entreprise",
];

/// Returns the firms that a cell names, in reading order, each once.
pub fn split(text: &str) -> Vec<String> {
    let mut firms: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r']) {
        for part in line.split(" / ").flat_map(|it| it.split(" + ")) {
            for firm in members(part).into_iter().flat_map(|it| split_and(&it)) {
                let firm = clean(&firm, NAME_CHARS_MAX);
                if !fold(&firm).is_empty() && !firms.contains(&firm) {
                    firms.push(firm);
                }
            }
        }
    }
    firms
}

/// Opens `Groupement A/B (mandataire A)` into its members.
fn members(text: &str) -> Vec<String> {
    let folded = fold(text);
    let Some(prefix) = ["groupement", "gpt", "joint venture", "jv"].iter().find(|it| folded.starts_with(*it))
    else {
        return vec![text.to_owned()];
    };
    let words = prefix.split(' ').count();
    let rest = text.split_whitespace().skip(words).collect::<Vec<_>>().join(" ");
    let named = match rest.find('(') {
        Some(at) if fold(rest.get(at..).unwrap_or_default()).contains("mandataire") => {
            rest.get(..at).unwrap_or_default()
        }
        _ => rest.as_str(),
    };
    if !named.contains('/') {
        return vec![text.to_owned()];
    }
    named.trim_start_matches([':', ' ']).split('/').map(str::to_owned).collect()
}

/// Splits at ` et ` only where a legal form stands on both sides.
fn split_and(text: &str) -> Vec<String> {
    for (at, separator) in text.match_indices(" et ").chain(text.match_indices(" and ")) {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + separator.len()..).unwrap_or_default());
        if has_legal_form(before) && has_legal_form(after) {
            let mut firms = vec![before.to_owned()];
            firms.extend(split_and(after));
            return firms;
        }
    }
    vec![text.to_owned()]
}

fn has_legal_form(text: &str) -> bool {
    let folded = fold(text);
    folded.split(' ').any(|it| LEGAL_FORMS.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_only_between_firms() {
        for (text, firms) in [
            ("SOTRABEKO SA / Génie Civil du Moungala", vec!["SOTRABEKO SA", "Génie Civil du Moungala"]),
            ("Ets Mbourou & Fils", vec!["Ets Mbourou & Fils"]),
            ("Ets Kouadja et Frères", vec!["Ets Kouadja et Frères"]),
            ("BATI SARL et SOGEB SA", vec!["BATI SARL", "SOGEB SA"]),
            ("BATI SARL\nSOGEB SA + ENTRACO", vec!["BATI SARL", "SOGEB SA", "ENTRACO"]),
            ("Groupement A/B (mandataire A)", vec!["A", "B"]),
            ("Groupement des Bâtisseurs", vec!["Groupement des Bâtisseurs"]),
            (
                "ALL EML (FORMERLY: E.M.L. CONSTRUCTION & TRADING) (10151)",
                vec!["ALL EML (FORMERLY: E.M.L. CONSTRUCTION & TRADING) (10151)"],
            ),
            ("A/B Travaux", vec!["A/B Travaux"]),
            (" – ", vec![]),
        ] {
            assert_eq!(split(text), firms, "{text}");
        }
    }
}
