//! Reads numbers written as text, as spreadsheets from another locale hold them.

/// A number read from text, and whether the text says that it is a percentage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberText {
    pub value: f64,
    pub percent: bool,
}

/// Signs and words that mean "about".
const ABOUT: [&str; 6] = ["≈", "~", "±", "environ", "env.", "ca."];
/// The same behind a number.
const ABOUT_BEHIND: [&str; 2] = ["environ", "env."];

/// Reads `12,5`, `12.50 %`, `≈35`, `35/100`, `1 234,5`; spaces of any kind are ignored.
pub fn read(text: &str) -> Option<NumberText> {
    // Most texts are told by their first letter.
    if text.len() > 80 || text.starts_with(|it: char| it.is_alphabetic() && !matches!(it, 'e' | 'c')) {
        return None;
    }
    let mut kept: String = text.chars().filter(|it| !it.is_whitespace() && *it != '\u{202f}').collect();
    if kept.len() > 40 || !kept.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    for about in ABOUT {
        if let Some(rest) = kept.strip_prefix(about) {
            kept = rest.to_owned();
        }
    }
    for about in ABOUT_BEHIND {
        if let Some(rest) = kept.strip_suffix(about) {
            kept = rest.to_owned();
        }
    }
    let (digits, percent) = match (kept.strip_suffix('%'), kept.strip_suffix("/100")) {
        (Some(digits), _) | (None, Some(digits)) => (digits, true),
        (None, None) => (kept.as_str(), false),
    };
    Some(NumberText { value: plain(digits)?, percent })
}

/// Reads an optional sign, digits, and decimals after a comma or a dot.
fn plain(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '\u{2212}', '+']).unwrap_or(text);
    let (whole, decimals) = unsigned.split_once([',', '.']).unwrap_or((unsigned, ""));
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || whole.is_empty() && decimals.is_empty() {
        return None;
    }
    let value: f64 = format!("0{whole}.{decimals}0").parse().ok()?;
    Some(if text.starts_with(['-', '\u{2212}']) { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_typed() {
        for (text, value, percent) in [
            ("12,5", 12.5, false),
            ("7,5\u{a0}%", 7.5, true),
            ("31.25\u{202f}%", 31.25, true),
            ("≈35", 35.0, false),
            ("environ 40 %", 40.0, true),
            ("60 % environ", 60.0, true),
            ("35/100", 35.0, true),
            ("-3", -3.0, false),
            ("−1,5", -1.5, false),
            ("1 234,5", 1234.5, false),
            (",5", 0.5, false),
        ] {
            assert_eq!(read(text), Some(NumberText { value, percent }), "{text}");
        }
        for text in ["", "RAS", "1e5", "12,3,4", "NaN", "--1", "٣", "35 ?", "%", "M3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
