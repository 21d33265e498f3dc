//! Finds new names that are nearly known ones: they are shown to a person, never merged.

use crate::model::problem::Problem;
use crate::model::text::fold;

/// Names that differ in more letters are different.
const DISTANCE_MAX: usize = 2;
/// Shorter names differ in two letters without meaning the same.
const LETTERS_MIN: usize = 8;
/// Beyond this many comparisons, only names with the same first letter are compared.
const COMPARISONS_MAX: usize = 4_000_000;

/// Returns a problem `key` for each new name that resembles a known one without being it.
pub fn resembling<'a>(
    new: impl Iterator<Item = &'a str>,
    known: impl Iterator<Item = &'a str>,
    key: &str,
) -> Vec<Problem> {
    let known: Vec<(String, &str)> = known.map(|it| (fold(it), it)).collect();
    let new: Vec<(String, &str)> =
        new.map(|it| (fold(it), it)).filter(|(it, _)| it.len() >= LETTERS_MIN).collect();
    let crowded = new.len().saturating_mul(known.len()) > COMPARISONS_MAX;
    let mut problems = Vec::new();
    for (folded, name) in &new {
        let digits = digits_of(folded);
        let near = known.iter().find(|(other, _)| {
            folded != other
                && folded.len().abs_diff(other.len()) <= DISTANCE_MAX
                && (!crowded || folded.as_bytes().first() == other.as_bytes().first())
                && digits == digits_of(other)
                && is_near(folded, other)
        });
        if let Some((_, other)) = near {
            problems.push(Problem::new(key).with("name", name).with("known", other));
        }
    }
    problems
}

/// Numbers tell things apart that are otherwise named alike: "Forage 12" and "Forage 13".
fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Tells whether the edit distance is at most [`DISTANCE_MAX`].
fn is_near(a: &str, b: &str) -> bool {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, other) in b.iter().enumerate() {
            let cost = diagonal + usize::from(letter != *other);
            diagonal = row[place + 1];
            row[place + 1] = cost.min(row[place] + 1).min(diagonal + 1);
        }
        if row.iter().min().is_none_or(|it| *it > DISTANCE_MAX) {
            return false;
        }
    }
    row.last().is_some_and(|it| *it <= DISTANCE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_shown() {
        let near = |new: &'static str, known: &'static str| {
            !resembling([new].into_iter(), [known].into_iter(), "x").is_empty()
        };
        assert!(near("École de Ngoulémé", "Ecole de Ngoulème Est").eq(&false));
        assert!(near("Ecole de Ngouleme", "Ecole de Ngoulem"));
        assert!(near("BATI SAVANE SARL", "BATI SAVANA SARL"));
        assert!(!near("Forage de Bafou 12", "Forage de Bafou 13"));
        assert!(!near("CEG Bafou", "CEG BAFOU"), "the same name is no resemblance");
        assert!(!near("CEG A", "CEG B"));
    }
}
