//! Who is to hear of an alert.

use std::collections::HashMap;

use super::{Alert, Grounds};
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::NoticeKind;
use crate::model::organisation::{Contact, Contractor, Post, Project};
use crate::model::site::Lot;

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

/// Somebody to whom a notice goes, or who gets a copy of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecipient {
    /// Who.
    pub recipient: Recipient,
    /// Whether it goes as a copy.
    pub copy: bool,
}

/// Returns to whom a notice goes. Letters about a lot go to its contractors, with copies for the client and for the
/// contacts of the project and of the organisation; the rest stays inside. Nobody is written to twice, and where nobody
/// is known the place stays open, as a defect to repair.
pub fn addressees(
    kind: NoticeKind,
    project: Id<Project>,
    lot: Option<&Lot>,
    names: &RecipientNames,
) -> Vec<NoticeRecipient> {
    let mut found = Addressees::default();
    let contacts = names.contacts_of(project);
    if let Some(lot) = lot.filter(|_| kind.is_about_lot()) {
        let firms: Vec<_> = lot.contractors.iter().filter_map(|it| names.contractors.get(it)).collect();
        for firm in &firms {
            found.add("entreprise", &firm.party.name, &firm.party.email, false);
        }
        if firms.is_empty() {
            found.add("entreprise", "", "", false);
        }
        let client = names.projects.get(&project).map(|it| &it.client).filter(|it| !it.name.is_empty());
        if let Some(client) = client {
            found.add("maitre-ouvrage", &client.name, &client.email, true);
        }
        for contact in contacts {
            found.add(contact.post.word(), &contact.party.name, &contact.party.email, true);
        }
        return found.0;
    }
    let inside = |it: &&Contact| match kind {
        NoticeKind::Reminder => it.post.of_project(),
        NoticeKind::Digest => matches!(it.post, Post::DirecteurGeneral | Post::DirecteurProjet),
        _ => true,
    };
    for contact in contacts.filter(inside) {
        found.add(contact.post.word(), &contact.party.name, &contact.party.email, false);
    }
    if found.0.is_empty() {
        let post = if kind == NoticeKind::Digest { Post::DirecteurProjet } else { Post::ChefMission };
        found.add(post.word(), "", "", false);
    }
    found.0
}

/// Addressees so far; addresses that differ only in case are one.
#[derive(Default)]
struct Addressees(Vec<NoticeRecipient>);

impl Addressees {
    fn add(&mut self, role: &'static str, name: &str, email: &str, copy: bool) {
        let email = Some(email.to_owned()).filter(|it| !it.is_empty());
        let is_known = |it: &NoticeRecipient| {
            let same = it.recipient.email.as_deref().zip(email.as_deref());
            same.is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
                || it.recipient.role == role && it.recipient.name == name
        };
        if !self.0.iter().any(is_known) {
            let recipient = Recipient { role, name: name.to_owned(), email };
            self.0.push(NoticeRecipient { recipient, copy });
        }
    }
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

    /// Returns a project.
    pub fn project(&self, id: Id<Project>) -> Option<&Project> {
        self.projects.get(&id)
    }

    /// Returns a contractor.
    pub fn contractor(&self, id: Id<Contractor>) -> Option<&Contractor> {
        self.contractors.get(&id)
    }

    /// Returns the contacts of a project and of the organisation.
    pub fn contacts_of(&self, project: Id<Project>) -> impl Iterator<Item = &Contact> {
        self.contacts.iter().filter(move |it| !it.archived && it.project.is_none_or(|it| it == project))
    }
}
