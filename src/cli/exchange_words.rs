//! What exchanges came to, in words, alike for every way of exchanging.

use unicode_width::UnicodeWidthStr;

use crate::actions::exchange::summary::Summary;
use crate::texts::Texts;

/// Says what an exchange came to: one line of numbers, then what wants attention.
pub fn summary(texts: &Texts, summary: &Summary) -> String {
    lines(texts, texts.exchange_line(summary), summary)
}

/// Says what a bundle brought: one line of numbers, then what wants attention.
pub fn brought(texts: &Texts, summary: &Summary) -> String {
    lines(texts, texts.exchange_line_in(summary), summary)
}

fn lines(texts: &Texts, head: String, summary: &Summary) -> String {
    let mut lines = vec![head];
    lines.extend(texts.exchange_notes(summary));
    lines.iter().map(|it| format!("  {it}\n")).collect()
}

/// Returns what an exchange came to, for programs: problems are sentences.
pub fn json(texts: &Texts, summary: &Summary) -> serde_json::Value {
    let mut value = serde_json::to_value(summary).unwrap_or_default();
    for (list, problems) in
        [("refused", &summary.refused), ("lacks", &summary.lacks), ("unsigned", &summary.unsigned)]
    {
        value[list] = problems.iter().map(|it| texts.problem(it)).collect();
    }
    value
}

/// Lays out facts, each with its name.
pub fn facts(texts: &Texts, rows: &[(&str, String)]) -> String {
    let names: Vec<String> = rows.iter().map(|(key, _)| texts.text(key)).collect();
    let width = names.iter().map(|it| it.width()).max().unwrap_or(0);
    let lines = names
        .iter()
        .zip(rows)
        .map(|(name, (_, value))| format!("{name}{}  {value}\n", " ".repeat(width - name.width())));
    lines.collect()
}
