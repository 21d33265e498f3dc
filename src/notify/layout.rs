//! Lays plain text out: lines of at most 78 columns, tables of figures.

use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::vocabulary::Vocabulary;
use crate::texts::fit::shortened;

/// Columns of a letter.
pub const COLUMNS_MAX: usize = 78;
/// Columns of the month in a table of figures.
const MONTH_COLUMNS: usize = 16;
/// Columns of a figure.
const FIGURE_COLUMNS: usize = 9;
/// An indent is never wider than this: something has to be left for the words.
const INDENT_MAX: usize = 40;
const FIGURES: [&str; 5] = ["cumulative", "progress", "normal", "target", "delay"];

/// Folds long lines at spaces, keeping their indent; keeps at most one empty line in a row.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            empty = true;
            continue;
        }
        if empty && !out.is_empty() {
            out.push('\n');
        }
        empty = false;
        fold_line(line, &mut out);
    }
    out
}

fn fold_line(line: &str, out: &mut String) {
    if line.width() <= COLUMNS_MAX {
        out.push_str(line);
        out.push('\n');
        return;
    }
    let words = line.trim_start_matches(' ');
    let indent = (line.len() - words.len()).min(INDENT_MAX);
    let hanging = indent + if words.starts_with("- ") { 2 } else { 0 };
    let mut row = " ".repeat(indent);
    let mut is_begun = false;
    for word in words.split(' ') {
        for piece in pieces(word, COLUMNS_MAX - hanging) {
            if is_begun && row.width() + 1 + piece.width() > COLUMNS_MAX {
                out.push_str(row.trim_end());
                out.push('\n');
                row = " ".repeat(hanging);
                is_begun = false;
            }
            if is_begun {
                row.push(' ');
            }
            row.push_str(&piece);
            is_begun = true;
        }
    }
    out.push_str(row.trim_end());
    out.push('\n');
}

/// Cuts a word that no line holds.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        let width = letter.width().unwrap_or(0);
        if used + width > columns {
            pieces.push(String::new());
            used = 0;
        }
        used += width;
        if let Some(last) = pieces.last_mut() {
            last.push(letter);
        }
    }
    pieces
}

/// Puts a text to the left of a column.
pub fn left(text: &str, columns: usize) -> String {
    let text = shortened(text, columns);
    let blanks = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

/// Puts a text to the right of a column.
pub fn right(text: &str, columns: usize) -> String {
    let text = shortened(text, columns);
    let blanks = columns.saturating_sub(text.width());
    format!("{}{text}", " ".repeat(blanks))
}

/// Writes months of figures as a table.
pub fn table(months: &Value, words: &Vocabulary) -> String {
    let mut titles = left(words.column("month"), MONTH_COLUMNS);
    for name in FIGURES {
        titles.push_str(&right(words.column(name), FIGURE_COLUMNS));
    }
    let mut text = format!("{titles}  {}\n", words.column("status"));
    for month in months.as_array().into_iter().flatten() {
        let name = month["month"].as_str().and_then(|it| words.month(it)).unwrap_or_default();
        let mut line = left(&name, MONTH_COLUMNS);
        for name in FIGURES {
            line.push_str(&right(&figure(&month[name], words), FIGURE_COLUMNS));
        }
        let status = month["status"].as_str().and_then(|it| words.status(it)).unwrap_or_default();
        text.push_str(&format!("{line}  {status}\n"));
    }
    text
}

/// Writes what is to be reached at the end of each month.
pub fn targets(targets: &Value, words: &Vocabulary) -> String {
    let mut text = format!(
        "{}{}\n",
        left(words.column("month"), MONTH_COLUMNS),
        right(words.column("cumulative"), FIGURE_COLUMNS)
    );
    for target in targets.as_array().into_iter().flatten() {
        let name = target["month"].as_str().and_then(|it| words.month(it)).unwrap_or_default();
        let figure = right(&figure(&target["cumulative"], words), FIGURE_COLUMNS);
        text.push_str(&format!("{}{figure}\n", left(&name, MONTH_COLUMNS)));
    }
    text
}

/// Writes the old and the new figures of a correction side by side.
pub fn compare(correction: &Value, words: &Vocabulary) -> String {
    let mut text = format!(
        "{}{}{}\n",
        left("", MONTH_COLUMNS),
        right(words.column("old"), MONTH_COLUMNS),
        right(words.column("new"), MONTH_COLUMNS)
    );
    let (old, new) = (&correction["old"], &correction["new"]);
    for name in FIGURES {
        let cell = |it: &Value| right(&figure(&it[name], words), MONTH_COLUMNS);
        text.push_str(&format!("{}{}{}\n", left(words.column(name), MONTH_COLUMNS), cell(old), cell(new)));
    }
    let status = |it: &Value| {
        let word = it["status"].as_str().and_then(|it| words.status(it)).unwrap_or_default();
        right(&word, MONTH_COLUMNS)
    };
    let title = left(words.column("status"), MONTH_COLUMNS);
    text.push_str(&format!("{title}{}{}\n", status(old), status(new)));
    text
}

fn figure(value: &Value, words: &Vocabulary) -> String {
    value.as_str().and_then(|it| words.decimal(it)).unwrap_or_else(|| "–".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_a_letter() {
        for text in
            ["mot ".repeat(200), "x".repeat(1_000), "工".repeat(500), format!("{}a b", " ".repeat(500))]
        {
            let folded = folded(&text);
            assert!(folded.lines().all(|it| it.width() <= COLUMNS_MAX), "{folded}");
        }
    }

    #[test]
    fn folds_with_the_indent_and_keeps_one_empty_line() {
        let item = format!("\n\n- {}\n\n\n\n    {}\n", "mot ".repeat(20), "mot ".repeat(20));
        let folded = folded(&item);
        let lines: Vec<&str> = folded.lines().collect();
        assert!(lines[0].starts_with("- mot") && lines[1].starts_with("  mot"), "{folded}");
        assert_eq!(lines[2], "");
        assert!(lines[3].starts_with("    mot") && lines[4].starts_with("    mot"), "{folded}");
        assert_eq!(lines.len(), 5);
    }
}
