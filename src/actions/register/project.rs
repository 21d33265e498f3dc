//! Projects: added, edited, archived.

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::{email, optional, required};
use crate::actions::session::{Session, new_id};
use crate::actions::settings;
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What can be said of a project; what is not given stays, empty text clears.
#[derive(Clone, Debug, Default)]
pub struct ProjectFields {
    /// Name.
    pub name: Option<String>,
    /// Name of the client (maître d'ouvrage).
    pub client: Option<String>,
    /// Postal address of the client.
    pub client_address: Option<String>,
    /// E-mail address of the client.
    pub client_email: Option<String>,
    /// Telephone of the client.
    pub client_phone: Option<String>,
    /// Usual contractual duration of its sites in months, as typed.
    pub duration: Option<String>,
}

/// Adds a project.
pub fn add(session: &mut Session, fields: &ProjectFields) -> Result<Id<Project>, Failure> {
    session.steady(|session| {
        session.organisation()?;
        let name = required(fields.name.as_deref().unwrap_or_default())?;
        if session.store.read().projects()?.iter().any(|it| !it.archived && fold(&it.name) == fold(&name)) {
            return Err(Problem::new("project-exists").with("name", name).into());
        }
        let note = Note::new().with("what", "project").with("name", name);
        let (id, _) = session.transact(OpName::Add, &note, |tx| {
            let id = new_id();
            write(tx, id, fields)?;
            Ok(id)
        })?;
        Ok(id)
    })
}

/// Changes a project. Returns whether anything changed.
pub fn edit(
    session: &mut Session,
    wanted: &Wanted<Project>,
    fields: &ProjectFields,
) -> Result<bool, Failure> {
    session.steady(|session| {
        let project = names::wanted_project(session.store.read(), wanted)?;
        let note = Note::new().with("what", "project").with("name", &project.name);
        let ((), saved) = session.transact(OpName::Edit, &note, |tx| write(tx, project.id, fields))?;
        Ok(saved.op.is_some())
    })
}

/// Archives a project: it and its sites are no longer followed.
pub fn archive(session: &mut Session, wanted: &Wanted<Project>) -> Result<Project, Failure> {
    session.steady(|session| {
        let project = names::wanted_project(session.store.read(), wanted)?;
        let note = Note::new().with("what", "project").with("name", &project.name);
        session.transact(OpName::Archive, &note, |tx| {
            let columns = registry::PROJECT.columns([("archived", Some(true.into()))]);
            tx.put(
                &registry::PROJECT,
                Scope::Project(project.id.bytes()),
                vec![project.id.into()],
                columns,
                None,
            )?;
            for site in tx.read().sites_of(project.id)?.iter().filter(|it| !it.archived) {
                super::site::write_archived(tx, site.id)?;
            }
            Ok(())
        })?;
        Ok(project)
    })
}

/// Writes what is given of a project.
pub fn write(tx: &mut Tx<'_>, id: Id<Project>, fields: &ProjectFields) -> Result<(), Failure> {
    let name = fields.name.as_deref().map(required).transpose()?;
    let columns = registry::PROJECT.columns([
        ("name", name.as_deref().map(Value::from)),
        ("client", optional(fields.client.as_deref())),
        ("client_address", optional(fields.client_address.as_deref())),
        ("client_email", email(fields.client_email.as_deref())?),
        ("client_phone", optional(fields.client_phone.as_deref())),
    ]);
    tx.put(&registry::PROJECT, Scope::Project(id.bytes()), vec![id.into()], columns, None)?;
    fields.duration.as_deref().map_or(Ok(()), |typed| settings::write_duration(tx, id, typed))
}
