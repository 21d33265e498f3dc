//! Organisations, projects, contractors and contacts.

use serde::{Deserialize, Serialize};

use super::id::Id;

/// Owns projects; has a currency and a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Identifier.
    pub id: Id<Organisation>,
    /// Name.
    pub name: String,
    /// ISO 4217 code, for example `XOF`.
    pub currency: String,
    /// IANA time zone, for example `Africa/Douala`.
    pub zone: String,
}

/// A project and its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Identifier.
    pub id: Id<Project>,
    /// Name.
    pub name: String,
    /// Maître d'ouvrage.
    pub client: Party,
    /// No longer followed.
    pub archived: bool,
}

/// A firm or authority with its addresses; empty text where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number as typed.
    pub phone: String,
}

/// A firm that builds lots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contractor {
    /// Identifier.
    pub id: Id<Contractor>,
    /// Name and addresses.
    pub party: Party,
    /// No longer proposed.
    pub archived: bool,
}

/// The post of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Post {
    /// Head of the organisation.
    DirecteurGeneral,
    /// Finance office of the organisation.
    ServiceFinancier,
    /// Head of a project.
    DirecteurProjet,
    /// Head of the supervision of a project.
    ChefMission,
}

impl Post {
    /// Every post, in order of rank.
    pub const ALL: [Self; 4] =
        [Self::DirecteurGeneral, Self::ServiceFinancier, Self::DirecteurProjet, Self::ChefMission];

    /// Returns the word of the command line and of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DirecteurGeneral => "directeur-general",
            Self::ServiceFinancier => "service-financier",
            Self::DirecteurProjet => "directeur-projet",
            Self::ChefMission => "chef-mission",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Tells whether the post belongs to a project, not to the organisation.
    pub const fn of_project(self) -> bool {
        matches!(self, Self::DirecteurProjet | Self::ChefMission)
    }
}

/// A person to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Identifier.
    pub id: Id<Contact>,
    /// Name, e-mail and telephone.
    pub party: Party,
    /// Post.
    pub post: Post,
    /// The project, where the post belongs to one.
    pub project: Option<Id<Project>>,
    /// No longer written to.
    pub archived: bool,
}
