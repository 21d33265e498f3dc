//! A letter that is looked at.

use unicode_width::UnicodeWidthStr;

use crate::actions::notices::Words;
use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::texts::fit::folded;
use crate::ui::widgets::scroll::Scroll;

/// A letter that is looked at.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The notice.
    pub id: Id<Notice>,
    /// Its words as they were read.
    pub words: Words,
    /// Its lines as they are drawn.
    pub lines: Vec<String>,
    /// What of it is in sight.
    pub scroll: Scroll,
    letter: String,
}

impl Reading {
    /// Begins to read a letter.
    pub fn new(id: Id<Notice>, words: Words, letter: &str, scroll: Scroll) -> Self {
        let lines = letter.lines().map(str::to_owned).collect();
        Self { id, words, lines, scroll, letter: letter.to_owned() }
    }

    /// Folds what is wider than the window, below its own indent: nobody approves what cannot be read.
    pub fn settle(&mut self, width: usize, height: usize) {
        self.lines = self.letter.lines().flat_map(|it| fold(it, width.max(1))).collect();
        self.scroll.settle(self.lines.len(), height);
    }
}

fn fold(line: &str, width: usize) -> Vec<String> {
    if line.width() <= width {
        return vec![line.to_owned()];
    }
    let words = line.trim_start_matches(' ');
    let indent = (line.len() - words.len()).min(width / 2);
    folded(words, width - indent).into_iter().map(|it| format!("{}{it}", " ".repeat(indent))).collect()
}
