//! A letter that is looked at.

use crate::actions::notices::Words;
use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::ui::widgets::scroll::Scroll;

/// A letter that is looked at.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The notice.
    pub id: Id<Notice>,
    /// Its words.
    pub words: Words,
    /// Its lines.
    pub lines: Vec<String>,
    /// What of it is in sight.
    pub scroll: Scroll,
}
