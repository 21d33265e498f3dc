//! Decisions of people about a lot.

use serde::{Deserialize, Serialize};

use super::month::Month;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    /// The lot is suspended from a month on, to a month or until it resumes.
    Suspend,
    /// A suspension ends: the month is followed up again.
    Resume,
    /// The contractor is withdrawn from a month on.
    Demobilise,
    /// The contractor is back; the month after is the first of a new start cycle.
    Remobilise,
    /// The lot is terminated from a month on.
    Close,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Suspend, Self::Resume, Self::Demobilise, Self::Remobilise, Self::Close];

    /// Returns the word of the command line and of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Demobilise => "demobilise",
            Self::Remobilise => "remobilise",
            Self::Close => "close",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// A decision in force: archived ones are not passed to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// The first month that it concerns.
    pub from: Month,
    /// The last month that it concerns; only a suspension has one.
    pub to: Option<Month>,
    /// Months granted to finish, that of the return included; only a remobilisation has some.
    pub months: Option<u16>,
}
