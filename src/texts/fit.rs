//! Makes text fit the room that there is.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Folds a text into lines of at most `width` columns, at spaces.
pub fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut().filter(|it| it.width() + 1 + word.width() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Shortens a text to `width` columns, with an ellipsis.
pub fn shortened(text: &str, width: usize) -> String {
    if text.len() <= width || text.width() <= width {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 0);
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// Names a site and its lot in `width` columns: when both do not fit, the site gives way, for it is the lot that tells
/// the lines apart.
pub fn lot_within(site: &str, lot: &str, width: usize) -> String {
    if lot.is_empty() {
        return shortened(site, width);
    }
    let room = width.saturating_sub(lot.width() + 3);
    if room < SITE_WIDTH_MIN { shortened(lot, width) } else { format!("{} / {lot}", shortened(site, room)) }
}

/// A name shortened below this says nothing.
const SITE_WIDTH_MIN: usize = 4;
