//! The organisation: made once, edited.

use crate::actions::failure::Failure;
use crate::actions::op::{Note, OpName};
use crate::actions::register::required;
use crate::actions::session::{Session, new_id};
use crate::clock;
use crate::model::id::Id;
use crate::model::organisation::Organisation;
use crate::model::problem::Problem;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// The currency unless another is given.
pub const CURRENCY: &str = "XOF";
/// The time zone unless another is given.
pub const ZONE: &str = "Africa/Douala";

/// What can be said of an organisation; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct OrganisationFields {
    /// Name.
    pub name: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// IANA time zone.
    pub zone: Option<String>,
}

/// Makes the organisation of an empty database.
pub fn add(session: &mut Session, fields: &OrganisationFields) -> Result<Id<Organisation>, Failure> {
    session.steady(|session| {
        if let Some(present) = session.store.read().organisation()? {
            return Err(Problem::new("organisation-exists").with("name", present.name).into());
        }
        let note = Note::new()
            .with("what", "organisation")
            .with("name", required(fields.name.as_deref().unwrap_or_default())?);
        let (id, _) = session.transact(OpName::Add, &note, |tx| create(tx, fields))?;
        Ok(id)
    })
}

/// Changes the organisation. Returns whether anything changed.
pub fn edit(session: &mut Session, fields: &OrganisationFields) -> Result<bool, Failure> {
    session.steady(|session| {
        let organisation = session.organisation()?;
        let note = Note::new().with("what", "organisation").with("name", &organisation.name);
        let ((), saved) = session.transact(OpName::Edit, &note, |tx| write(tx, organisation.id, fields))?;
        Ok(saved.op.is_some())
    })
}

/// Writes a new organisation, with the usual currency and zone where none is given.
pub fn create(tx: &mut Tx<'_>, fields: &OrganisationFields) -> Result<Id<Organisation>, Failure> {
    let id = new_id();
    let name = required(fields.name.as_deref().unwrap_or_default())?;
    let complete = OrganisationFields {
        name: Some(name),
        currency: Some(fields.currency.clone().unwrap_or_else(|| CURRENCY.to_owned())),
        zone: Some(fields.zone.clone().unwrap_or_else(|| ZONE.to_owned())),
    };
    write(tx, id, &complete)?;
    Ok(id)
}

/// Checks the code of a currency: three capitals.
pub fn check_currency(code: &str) -> Result<(), Problem> {
    if code.len() == 3 && code.bytes().all(|it| it.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(Problem::new("currency-unknown").with("text", code))
}

/// Checks the name of a time zone.
pub fn check_zone(name: &str) -> Result<(), Problem> {
    if clock::is_zone(name) { Ok(()) } else { Err(Problem::new("zone-unknown").with("text", name)) }
}

fn write(tx: &mut Tx<'_>, id: Id<Organisation>, fields: &OrganisationFields) -> Result<(), Failure> {
    let name = fields.name.as_deref().map(required).transpose()?;
    fields.currency.as_deref().map_or(Ok(()), check_currency)?;
    fields.zone.as_deref().map_or(Ok(()), check_zone)?;
    let columns = registry::ORGANISATION.columns([
        ("name", name.as_deref().map(Value::from)),
        ("currency", fields.currency.as_deref().map(Value::from)),
        ("zone", fields.zone.as_deref().map(Value::from)),
    ]);
    tx.put(&registry::ORGANISATION, Scope::Organisation(id.bytes()), vec![id.into()], columns, None)?;
    Ok(())
}
