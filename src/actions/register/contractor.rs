//! Contractors: added, edited, archived.

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::{email, optional, required};
use crate::actions::session::{Session, new_id};
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Organisation};
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What can be said of a contractor; what is not given stays, empty text clears.
#[derive(Clone, Debug, Default)]
pub struct ContractorFields {
    /// Name.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// No longer proposed.
    pub archived: Option<bool>,
}

/// Adds a contractor.
pub fn add(session: &mut Session, fields: &ContractorFields) -> Result<Id<Contractor>, Failure> {
    session.steady(|session| {
        let organisation = session.organisation()?.id;
        let name = required(fields.name.as_deref().unwrap_or_default())?;
        if session
            .store
            .read()
            .contractors()?
            .iter()
            .any(|it| !it.archived && fold(&it.party.name) == fold(&name))
        {
            return Err(Problem::new("contractor-exists").with("name", name).into());
        }
        let note = Note::new().with("what", "contractor").with("name", name);
        let (id, _) = session.transact(OpName::Add, &note, |tx| {
            let id = new_id();
            write(tx, organisation, id, fields)?;
            Ok(id)
        })?;
        Ok(id)
    })
}

/// Changes a contractor. Returns whether anything changed.
pub fn edit(
    session: &mut Session,
    wanted: &Wanted<Contractor>,
    fields: &ContractorFields,
) -> Result<bool, Failure> {
    session.steady(|session| {
        let organisation = session.organisation()?.id;
        let contractor = names::wanted_contractor(session.store.read(), wanted)?;
        let note = Note::new().with("what", "contractor").with("name", &contractor.party.name);
        let name = if fields.archived == Some(true) { OpName::Archive } else { OpName::Edit };
        let ((), saved) =
            session.transact(name, &note, |tx| write(tx, organisation, contractor.id, fields))?;
        Ok(saved.op.is_some())
    })
}

/// Writes what is given of a contractor.
pub fn write(
    tx: &mut Tx<'_>,
    organisation: Id<Organisation>,
    id: Id<Contractor>,
    fields: &ContractorFields,
) -> Result<(), Failure> {
    let name = fields.name.as_deref().map(required).transpose()?;
    let columns = registry::CONTRACTOR.columns([
        ("name", name.as_deref().map(Value::from)),
        ("address", optional(fields.address.as_deref())),
        ("email", email(fields.email.as_deref())?),
        ("phone", optional(fields.phone.as_deref())),
        ("archived", fields.archived.map(Value::from)),
    ]);
    tx.put(&registry::CONTRACTOR, Scope::Organisation(organisation.bytes()), vec![id.into()], columns, None)?;
    Ok(())
}

/// Finds contractors by name for a lot; unknown names are added. Returns the contractors in order, and the names that
/// were added.
pub fn find_or_add(
    tx: &mut Tx<'_>,
    organisation: Id<Organisation>,
    wanted: &[String],
) -> Result<(Vec<Id<Contractor>>, Vec<String>), Failure> {
    let (mut found, mut added) = (Vec::new(), Vec::new());
    for name in wanted {
        match names::contractor(tx.read(), name) {
            Ok(contractor) => found.push(contractor.id),
            Err(failure) if failure.problem().key == "contractor-unknown" => {
                let name = required(name)?;
                let archived =
                    tx.read().contractors()?.into_iter().find(|it| fold(&it.party.name) == fold(&name));
                let id = archived.map_or_else(new_id, |it| it.id);
                let (named, archived) = (Some(name.clone()), Some(false));
                let fields = ContractorFields { name: named, archived, ..ContractorFields::default() };
                write(tx, organisation, id, &fields)?;
                found.push(id);
                added.push(name);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok((found, added))
}
