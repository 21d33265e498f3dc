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
