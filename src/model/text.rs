//! Cleans text at the entrance, makes it safe at the exit, and folds it for comparison.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longest name, code or address, in characters.
pub const NAME_CHARS_MAX: usize = 300;
/// Longest observation or reason, in characters.
pub const NOTE_CHARS_MAX: usize = 4_000;
/// Most characters of the words of a letter that a person writes.
pub const LETTER_CHARS_MAX: usize = 20_000;
/// Most combining marks kept on one letter.
const MARKS_MAX: usize = 4;

/// Cleans one line of text: NFC, white space folded to single spaces, no control, bidi, zero-width or tag
/// characters, bounded marks, at most `chars_max` characters.
pub fn clean_line(text: &str, chars_max: usize) -> String {
    if text.len() <= chars_max && is_clean(text) {
        return text.to_owned();
    }
    let kept =
        bounded_marks(text.chars().map(|it| if is_space(it) { ' ' } else { it }).filter(|it| is_kept(*it)));
    let folded = kept.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    folded.nfc().take(chars_max).collect::<String>().trim_end().to_owned()
}

/// Cleans text of several lines as [`clean_line`] does, keeping line breaks.
pub fn clean_note(text: &str) -> String {
    let lines = text.split('\n').map(|it| clean_line(it, NOTE_CHARS_MAX)).collect::<Vec<_>>();
    lines.join("\n").trim_matches('\n').chars().take(NOTE_CHARS_MAX).collect()
}

/// Cleans a letter as [`clean_note`] does; spaces stay where they were set, and nothing is cut off.
pub fn clean_letter(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let lines = lines.split('\n').map(|line| {
        let spaced = line.chars().map(|it| match it {
            '\u{a0}' | '\u{202f}' => it,
            it if is_space(it) => ' ',
            it => it,
        });
        bounded_marks(spaced.filter(|it| is_kept(*it))).nfc().collect::<String>().trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// Folds text for comparison: no accents, lower case, letters and digits with single spaces between.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        // Most letters are plain: ten thousand names are folded before the first frame.
        if letter.is_ascii() {
            push_folded(&mut folded, letter.to_ascii_lowercase());
            continue;
        }
        decompose_compatible(letter, |part| {
            if !is_combining_mark(part) {
                part.to_lowercase().for_each(|it| push_folded(&mut folded, it));
            }
        });
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push_folded(folded: &mut String, letter: char) {
    match letter {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        it if it.is_alphanumeric() => folded.push(it),
        _ if folded.ends_with(' ') || folded.is_empty() => {}
        _ => folded.push(' '),
    }
}

/// Makes any text safe to print on one line of a terminal, whatever its origin.
pub fn show(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    // No-break spaces hold sentences together; they are the only space that stays itself.
    let parts = text.split('\u{a0}').map(|it| clean_line(&format!("|{it}|"), usize::MAX));
    let parts: Vec<String> = parts.map(|it| it[1..it.len() - 1].to_owned()).collect();
    parts.join("\u{a0}")
}

/// Makes text of several lines safe to print, whatever its origin; its lines and columns stay.
pub fn show_lines(text: &str) -> String {
    let plain = |it: char| if is_space(it) && it != '\u{a0}' { ' ' } else { it };
    let lines = text.split('\n').map(|line| bounded_marks(line.chars().map(plain).filter(|it| is_kept(*it))));
    lines.collect::<Vec<_>>().join("\n")
}

/// Tells quickly that cleaning would change nothing: plain letters below U+0300, which are their own NFC, and usual
/// punctuation, with single spaces. `false` says nothing.
fn is_clean(text: &str) -> bool {
    let plain = |it: char| match it {
        ' '..='~' | '\u{a1}'..='\u{2ff}' => it != '\u{ad}',
        _ => matches!(it, '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{21ff}'),
    };
    !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && text.chars().all(plain)
}

fn is_space(it: char) -> bool {
    it.is_whitespace() || it == '\u{202f}'
}

/// Tells whether a character may stay: no control, format, bidi, zero-width, tag or private-use ones.
fn is_kept(it: char) -> bool {
    !it.is_control()
        && !matches!(it,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

fn bounded_marks(letters: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    letters
        .filter(|it| {
            marks = if is_combining_mark(*it) { marks + 1 } else { 0 };
            marks <= MARKS_MAX
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_hostile_text() {
        assert_eq!(clean_line("a\u{1b}[31mb\u{202e}c\u{200b}d\r\n e\u{a0}\u{202f}f", 99), "a[31mbcd e f");
        assert_eq!(clean_line(&format!("o{}k", "\u{301}".repeat(1000)), 99).chars().count(), 5);
        assert_eq!(clean_line("e\u{301}te\u{301} \u{e0041}", 99), "été");
        assert_eq!(clean_line(&"x".repeat(1_000_000), NAME_CHARS_MAX).len(), NAME_CHARS_MAX);
        assert_eq!(clean_note("un\r\n\tdeux\u{7}\n\n"), "un\ndeux");
        assert_eq!(
            clean_letter("\n  un\r\n\tdeux\u{7}\rtrois\u{202e}  \n 4\u{a0}%\n\n"),
            "  un\n deux trois\n 4\u{a0}%"
        );
    }

    #[test]
    fn lines_stay_and_hostile_text_goes() {
        assert_eq!(show_lines("a   b\u{1b}[2J\n    c\u{a0}%\r\n\td\u{202e}"), "a   b[2J\n    c\u{a0}% \n d");
    }

    #[test]
    fn the_quick_way_says_the_same() {
        for text in [
            "École – « n° 2 » → l’œuvre…",
            "a b",
            " a",
            "a  b",
            "a\u{ad}b",
            "e\u{301}",
            "\u{2028}",
            "\u{212b}",
        ] {
            let slowly = clean_line(&format!("{text}\u{7}"), 99);
            assert_eq!(clean_line(text, 99), slowly, "{text:?}");
        }
    }

    #[test]
    fn folds_accents_and_punctuation() {
        assert_eq!(
            fold("  École de N'Goulémé – Œuvres (2) "),
            "ecole de n goulemé".replace('é', "e") + " oeuvres 2"
        );
        assert_eq!(fold("DÉLAI"), fold("délai"));
    }
}
