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
/// Words that open the cell of a group of firms.
const GROUPS: [&str; 4] = ["groupement", "gpt", "joint venture", "jv"];
/// Fewest letters of the words around a `/` without spaces that stands between two firms.
const SLASHED_LETTERS_MIN: usize = 3;

/// Returns the firms that a cell names, in reading order, each once.
pub fn split(text: &str) -> Vec<String> {
    if let Some(rest) = without_group(text) {
        let members = members(rest, true);
        if members.len() > 1 {
            return members;
        }
    }
    members(text, false)
}

/// Returns what follows `Groupement`, without the bracket that names its head.
fn without_group(text: &str) -> Option<&str> {
    let folded = fold(text);
    let prefix = GROUPS.iter().find(|it| folded.strip_prefix(*it).is_some_and(|it| it.starts_with(' ')))?;
    let mut rest = text.trim_start();
    for _ in prefix.split(' ') {
        rest = rest
            .get(rest.find([' ', ':', '\u{a0}', '\n'])?..)?
            .trim_start_matches([' ', ':', '\u{a0}', '\n']);
    }
    match rest.find('(') {
        Some(at) if fold(rest.get(at..)?).contains("mandataire") => rest.get(..at),
        _ => Some(rest),
    }
}

fn members(text: &str, grouped: bool) -> Vec<String> {
    let mut firms: Vec<String> = Vec::new();
    for line in joined_lines(text) {
        let parts = split_slashes(&line, grouped);
        for part in parts.iter().flat_map(|it| it.split(" + ")).flat_map(|it| it.split(" ; ")) {
            for firm in split_and(part) {
                let firm = clean(firm.trim_matches([' ', '/', '+', '\u{a0}']), NAME_CHARS_MAX);
                if !fold(&firm).is_empty() && !firms.contains(&firm) {
                    firms.push(firm);
                }
            }
        }
    }
    firms
}

/// Cuts a cell into lines; a line opened by `et` or `&` goes on unless it is a firm of its own.
fn joined_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r']).map(str::trim).filter(|it| !it.is_empty()) {
        let opening = ["et ", "and ", "& "].iter().find_map(|it| line.strip_prefix(it));
        let open = |it: &&mut String| [" et", " and", " &"].iter().any(|end| it.ends_with(end));
        match (lines.last_mut(), opening) {
            (Some(above), Some(rest)) if has_legal_form(above) && has_legal_form(rest) => {
                lines.push(rest.to_owned());
            }
            (Some(above), Some(_)) => above.extend([" ", line]),
            (Some(above), None) if open(&above) => {
                let firm = above.rsplit_once(' ').map_or("", |(it, _)| it).to_owned();
                if has_legal_form(&firm) && has_legal_form(line) {
                    *above = firm;
                    lines.push(line.to_owned());
                } else {
                    above.extend([" ", line]);
                }
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Splits at each `/` beside white space, and at one between two words long enough to be firms.
fn split_slashes(line: &str, grouped: bool) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, letter) in line.char_indices() {
        let (before, after) = (line.get(..at).unwrap_or_default(), line.get(at + 1..).unwrap_or_default());
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '/' => {
                let left = before.chars().next_back().is_none_or(char::is_whitespace);
                let right = after.chars().next().is_none_or(char::is_whitespace);
                let long =
                    || letters(before.chars().rev()).min(letters(after.chars())) >= SLASHED_LETTERS_MIN;
                if left && right || depth == 0 && (left || right || grouped || long()) {
                    parts.push(line.get(start..at).unwrap_or_default().to_owned());
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    parts.push(line.get(start..).unwrap_or_default().to_owned());
    parts
}

fn letters(text: impl Iterator<Item = char>) -> usize {
    text.take_while(|it| it.is_alphabetic()).count()
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

/// Tells whether a text holds a legal form, also one written with dots: `S.A.R.L.`.
fn has_legal_form(text: &str) -> bool {
    let folded = fold(text);
    let mut initials = String::new();
    for word in folded.split(' ').chain([""]) {
        if word.chars().count() == 1 {
            initials.push_str(word);
            continue;
        }
        let dotted = std::mem::take(&mut initials);
        if LEGAL_FORMS.contains(&word) || LEGAL_FORMS.iter().any(|it| dotted.ends_with(it)) {
            return true;
        }
    }
    false
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
            ("A/C Construction", vec!["A/C Construction"]),
            ("SOGEB/HYDRO-TERRASS", vec!["SOGEB", "HYDRO-TERRASS"]),
            ("SOGEB SARL /HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("SOGEB SARL /\nHYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("SOGEB SARL\n/ HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("SOGEB SARL\net HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("SOGEB SARL et\nHYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("SOGEB SARL\n+ HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("Ets Mbourou\net Fils", vec!["Ets Mbourou et Fils"]),
            ("Ets Mbourou\n& Fils", vec!["Ets Mbourou & Fils"]),
            ("SOGEB S.A.R.L. et HYDRO S.A.", vec!["SOGEB S.A.R.L.", "HYDRO S.A."]),
            ("A S.A.R.L. et B S.A.", vec!["A S.A.R.L.", "B S.A."]),
            ("Groupement SOGEB SARL / HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("Groupement SOGEB SARL/HYDRO SA", vec!["SOGEB SARL", "HYDRO SA"]),
            ("Gpt : A SARL / B SA (mandataire A SARL)", vec!["A SARL", "B SA"]),
            ("X (FORMERLY: Y/ZED CO) / W (123)", vec!["X (FORMERLY: Y/ZED CO)", "W (123)"]),
            (" – ", vec![]),
        ] {
            assert_eq!(split(text), firms, "{text}");
        }
    }
}
