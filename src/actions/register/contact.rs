//! Contacts: added, edited, archived.

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::{email, optional, required};
use crate::actions::session::{Session, new_id};
use crate::model::id::Id;
use crate::model::organisation::{Contact, Organisation, Post, Project};
use crate::model::problem::Problem;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What can be said of a contact; what is not given stays, empty text clears.
#[derive(Clone, Debug, Default)]
pub struct ContactFields {
    /// Name.
    pub name: Option<String>,
    /// Post.
    pub post: Option<Post>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// No longer written to.
    pub archived: Option<bool>,
}

/// Adds a contact; posts of a project need one, posts of the organisation have none.
pub fn add(
    session: &mut Session,
    fields: &ContactFields,
    project: Option<&Wanted<Project>>,
) -> Result<Id<Contact>, Failure> {
    session.steady(|session| {
        let organisation = session.organisation()?.id;
        let name = required(fields.name.as_deref().unwrap_or_default())?;
        let project = project.map(|it| names::wanted_project(session.store.read(), it)).transpose()?;
        let project = project.map(|it| it.id);
        match (fields.post, project) {
            (None, _) => return Err(Problem::new("post-missing").into()),
            (Some(post), None) if post.of_project() => return Err(Problem::new("post-needs-project").into()),
            (Some(post), Some(_)) if !post.of_project() => {
                return Err(Problem::new("post-without-project").into());
            }
            _ => {}
        }
        let note = Note::new().with("what", "contact").with("name", name);
        let (id, _) = session.transact(OpName::Add, &note, |tx| {
            let id = new_id();
            write(tx, organisation, id, project, fields)?;
            Ok(id)
        })?;
        Ok(id)
    })
}

/// Changes a contact. Returns whether anything changed.
pub fn edit(
    session: &mut Session,
    wanted: &Wanted<Contact>,
    fields: &ContactFields,
) -> Result<bool, Failure> {
    session.steady(|session| {
        let organisation = session.organisation()?.id;
        let contact = names::wanted_contact(session.store.read(), wanted)?;
        if fields.post.is_some_and(|it| it.of_project() != contact.project.is_some()) {
            return Err(Problem::new("post-fixed").into());
        }
        let note = Note::new().with("what", "contact").with("name", &contact.party.name);
        let name = if fields.archived == Some(true) { OpName::Archive } else { OpName::Edit };
        let ((), saved) = session
            .transact(name, &note, |tx| write(tx, organisation, contact.id, contact.project, fields))?;
        Ok(saved.op.is_some())
    })
}

/// Writes what is given of a contact.
pub fn write(
    tx: &mut Tx<'_>,
    organisation: Id<Organisation>,
    id: Id<Contact>,
    project: Option<Id<Project>>,
    fields: &ContactFields,
) -> Result<(), Failure> {
    let name = fields.name.as_deref().map(required).transpose()?;
    let columns = registry::CONTACT.columns([
        ("name", name.as_deref().map(Value::from)),
        ("post", fields.post.map(|it| Value::from(it.word()))),
        ("email", email(fields.email.as_deref())?),
        ("phone", optional(fields.phone.as_deref())),
        ("project", project.map(Value::from)),
        ("archived", fields.archived.map(Value::from)),
    ]);
    let scope = project.map_or(Scope::Organisation(organisation.bytes()), |it| Scope::Project(it.bytes()));
    tx.put(&registry::CONTACT, scope, vec![id.into()], columns, None)?;
    Ok(())
}
