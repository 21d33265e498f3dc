//! Sign-off (visa): who vouches for the figures of a project and month, and how.

use super::id::Id;
use super::month::Month;
use super::organisation::Project;

/// How far a month is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignLevel {
    /// Vérifié: by the chef de mission.
    Checked,
    /// Validé: by the directeur de projet.
    Approved,
    /// Visé: by the directeur général or the owner.
    Seen,
}

impl SignLevel {
    /// Every level, in order.
    pub const ALL: [Self; 3] = [Self::Checked, Self::Approved, Self::Seen];

    /// Returns the word of the command line and of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Approved => "approved",
            Self::Seen => "seen",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// How a sign-off is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignForm {
    /// By the person's SSH key.
    Key,
    /// By the session: nobody but this machine says so.
    Session,
    /// On paper: the printed page bears the code of the figures.
    Paper,
}

impl SignForm {
    /// Returns the word of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Session => "session",
            Self::Paper => "paper",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Key, Self::Session, Self::Paper].into_iter().find(|it| it.word() == word)
    }
}

/// A sign-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// Identifier.
    pub id: Id<SignOff>,
    /// The project.
    pub project: Id<Project>,
    /// The month.
    pub month: Month,
    /// How far.
    pub level: SignLevel,
    /// The hash of the figures as they were signed.
    pub hash: [u8; 32],
    /// How it is vouched for.
    pub form: SignForm,
    /// An armoured SSH signature, where there is one.
    pub signature: String,
    /// Who.
    pub signer: String,
    /// The public key of the signer, where there is one.
    pub key: String,
    /// What the signer said.
    pub comment: String,
}

/// A locked month is open again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derogation {
    /// Identifier.
    pub id: Id<Derogation>,
    /// The project.
    pub project: Id<Project>,
    /// The month.
    pub month: Month,
    /// Why.
    pub reason: String,
    /// Up to which day, `YYYY-MM-DD`; empty without end.
    pub until: String,
}
