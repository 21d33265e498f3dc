//! Makes text and names fit for a worksheet.

use std::borrow::Cow;
use std::collections::HashSet;

/// Longest text of a cell, in UTF-16 units.
const TEXT_UNITS_MAX: usize = 32_767;
/// Longest name of a sheet, in UTF-16 units.
const NAME_UNITS_MAX: usize = 31;
/// A name that spreadsheets keep for themselves.
const RESERVED: &str = "history";

/// Leaves out what XML cannot hold and cuts text at the longest that a cell accepts.
pub(in super::super) fn cell_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_legal) && text.len() <= TEXT_UNITS_MAX {
        return Cow::Borrowed(text);
    }
    let legal: String = text.chars().filter(|it| is_legal(*it)).collect();
    Cow::Owned(cut(&legal, TEXT_UNITS_MAX).to_owned())
}

fn is_legal(it: char) -> bool {
    !matches!(it, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns the longest beginning of at most `units_max` UTF-16 units.
fn cut(text: &str, units_max: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, it)| {
        units += it.len_utf16();
        units > units_max
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

/// Gives every sheet a valid name of its own.
#[derive(Debug, Default)]
pub(in super::super) struct SheetNames(HashSet<String>);

impl SheetNames {
    /// Returns a name that begins like `wanted`; a number follows where another sheet has it.
    pub(in super::super) fn claim(&mut self, wanted: &str) -> String {
        let plain: String = wanted
            .chars()
            .map(|it| if "[]:*?/\\".contains(it) { '-' } else { it })
            .filter(|it| is_legal(*it))
            .collect();
        let plain = plain.replace(['\n', '\t'], " ");
        let base = trimmed(cut(&plain, NAME_UNITS_MAX));
        let base = if base.is_empty() { "-" } else { base };
        let numbered = (2_u32..).map(|number| {
            let end = format!(" ({number})");
            trimmed(cut(base, NAME_UNITS_MAX - end.len())).to_owned() + &end
        });
        let free = std::iter::once(base.to_owned()).chain(numbered).find(|it| {
            let folded = it.to_lowercase();
            folded != RESERVED && self.0.insert(folded)
        });
        free.unwrap_or_default()
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|it: char| it == '\'' || it.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_different() {
        let mut names = SheetNames::default();
        assert_eq!(names.claim("LYC-001"), "LYC-001");
        assert_eq!(names.claim("lyc-001"), "lyc-001 (2)");
        assert_eq!(names.claim("A/B: [x]*?\\"), "A-B- -x----");
        assert_eq!(names.claim("'quoted'"), "quoted");
        assert_eq!(names.claim("History"), "History (2)");
        assert_eq!(names.claim(" "), "-");
        assert_eq!(names.claim(""), "- (2)");
        let long = "Établissement 😀 d’enseignement secondaire";
        let (first, second) = (names.claim(long), names.claim(long));
        assert_ne!(first, second);
        for name in [first, second] {
            assert!(name.encode_utf16().count() <= 31, "{name}");
            rust_xlsxwriter::utility::check_sheet_name(&name).unwrap();
        }
    }

    #[test]
    fn text_stays_within_what_a_cell_holds() {
        assert_eq!(cell_text("a\u{1b}b\u{ffff}\nc"), "ab\nc");
        assert_eq!(cell_text(&"é".repeat(40_000)).chars().count(), 32_767);
        assert!(matches!(cell_text("Décompte n° 3"), Cow::Borrowed(_)));
    }
}
