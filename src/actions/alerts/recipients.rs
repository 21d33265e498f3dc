//! Who is to hear of an alert.

use std::collections::HashMap;

use super::{Alert, Grounds};
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::organisation::{Contact, Contractor, Project};

/// A person or firm to hear of an alert.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Recipient {
    /// `entreprise`, `maitre-ouvrage`, or a post.
    pub role: &'static str,
    /// Name.
    pub name: String,
    /// E-mail address; `None` is a defect to repair.
    pub email: Option<String>,
}

/// Returns who is to hear of an alert: for a delay the contractors, the client and the contacts; for missing
/// figures the contacts alone.
pub fn recipients(alert: &Alert, names: &RecipientNames) -> Vec<Recipient> {
    let recipient = |role, name: &str, email: &str| {
        let email = Some(email.to_owned()).filter(|it| !it.is_empty());
        Recipient { role, name: name.to_owned(), email }
    };
    let mut found = Vec::new();
    if let Grounds::Rule { lot, .. } = &alert.grounds {
        let firms = lot.contractors.iter().filter_map(|it| names.contractors.get(it)).map(|it| &it.party);
        found.extend(firms.map(|it| recipient("entreprise", &it.name, &it.email)));
        let client = names.projects.get(&alert.project).map(|it| &it.client).filter(|it| !it.name.is_empty());
        found.extend(client.map(|it| recipient("maitre-ouvrage", &it.name, &it.email)));
    }
    let ours =
        names.contacts.iter().filter(|it| !it.archived && it.project.is_none_or(|it| it == alert.project));
    found.extend(ours.map(|it| recipient(it.post.word(), &it.party.name, &it.party.email)));
    found
}

/// The names that recipients need.
pub struct RecipientNames {
    projects: HashMap<Id<Project>, Project>,
    contractors: HashMap<Id<Contractor>, Contractor>,
    contacts: Vec<Contact>,
}

impl RecipientNames {
    /// Loads them.
    pub fn load(session: &Session) -> Result<Self, Failure> {
        let read = session.store.read();
        Ok(Self {
            projects: read.projects()?.into_iter().map(|it| (it.id, it)).collect(),
            contractors: read.contractors()?.into_iter().map(|it| (it.id, it)).collect(),
            contacts: read.contacts()?,
        })
    }
}
