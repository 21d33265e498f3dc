//! The words of a notice as a person read them: what is approved is what was looked at.

use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::model::problem::Problem;

/// The words of a notice are others than those that were read.
pub const WORDS_MOVED: &str = "notice-words-moved";

/// Stands for subject and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words([u8; 32]);

impl Words {
    /// Returns what stands for the words of a notice.
    pub fn of(notice: &Notice) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [&notice.subject, &notice.body] {
            hasher.update(&(text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        Self(*hasher.finalize().as_bytes())
    }
}

/// A notice that is to be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The notice.
    pub id: Id<Notice>,
    /// Its words as they were read; `None` where they are approved unread.
    pub read: Option<Words>,
}

impl From<Id<Notice>> for Chosen {
    fn from(id: Id<Notice>) -> Self {
        Self { id, read: None }
    }
}

impl Chosen {
    /// Refuses a notice of which the words are others than those that were read.
    pub(super) fn check(&self, notice: &Notice) -> Result<(), Problem> {
        match self.read {
            Some(read) if read != Words::of(notice) => Err(Problem::new(WORDS_MOVED)
                .with("notice", notice.kind.word())
                .with("reference", super::review::shown(notice))),
            _ => Ok(()),
        }
    }
}
