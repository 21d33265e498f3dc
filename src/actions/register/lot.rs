//! Lots: added, edited, archived; who builds them.

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::{contractor, required};
use crate::actions::session::{Session, new_id};
use crate::model::id::Id;
use crate::model::organisation::Contractor;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::model::text::fold;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// The name of a lot while it is the only one of its site.
pub const WHOLE: &str = "Ensemble";

/// Names a lot where its site has several: nothing while it is the only one.
pub fn own_name(lot: &Lot) -> &str {
    if lot.name == WHOLE { "" } else { &lot.name }
}

/// What can be said of a lot; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct LotFields {
    /// Name.
    pub name: Option<String>,
    /// Weight in the site, in hundredths.
    pub weight: Option<i64>,
    /// Order among the lots of the site.
    pub rank: Option<i64>,
    /// Names of its contractors, in order; replaces those it had.
    pub contractors: Option<Vec<String>>,
    /// The weight is taken back: the lot counts as the others.
    pub unweighted: bool,
    /// No longer followed.
    pub archived: Option<bool>,
}

/// Adds a lot to a site. Returns the names of contractors that were added too.
pub fn add(session: &mut Session, site: &Wanted<Site>, fields: &LotFields) -> Result<Vec<String>, Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let site = names::wanted_site(read, site)?;
        let name = required(fields.name.as_deref().unwrap_or_default())?;
        let lots: Vec<Lot> = read.lots_of(site.id)?.into_iter().filter(|it| !it.archived).collect();
        if lots.iter().any(|it| fold(&it.name) == fold(&name)) {
            return Err(Problem::new("lot-exists").with("name", name).into());
        }
        let organisation = session.organisation()?.id;
        let wanted = fields.contractors.clone().unwrap_or_default();
        let rank = i64::try_from(lots.len()).unwrap_or(i64::MAX);
        let fields = LotFields { rank: Some(rank), ..fields.clone() };
        let note = Note::new().with("what", "lot").with("name", format!("{}/{name}", site.code));
        let (added, _) = session.transact(OpName::Add, &note, |tx| {
            retire_whole(tx, &site, &lots)?;
            let (builders, added) = contractor::find_or_add(tx, organisation, &wanted)?;
            write(tx, site.id, new_id(), &fields, Some(&builders))?;
            Ok(added)
        })?;
        Ok(added)
    })
}

/// Changes a lot; its contractors must be known. Returns whether anything changed.
pub fn edit(session: &mut Session, wanted: &Wanted<Lot>, fields: &LotFields) -> Result<bool, Failure> {
    session.steady(|session| {
        for name in fields.contractors.iter().flatten() {
            names::contractor(session.store.read(), name)?;
        }
        Ok(change(session, wanted, fields)?.0)
    })
}

/// Changes a lot, adding contractors that are not known. Returns whether anything changed, and the names of those
/// that were added.
pub fn edit_or_add(
    session: &mut Session,
    wanted: &Wanted<Lot>,
    fields: &LotFields,
) -> Result<(bool, Vec<String>), Failure> {
    session.steady(|session| change(session, wanted, fields))
}

fn change(
    session: &mut Session,
    wanted: &Wanted<Lot>,
    fields: &LotFields,
) -> Result<(bool, Vec<String>), Failure> {
    let (site, lot) = names::wanted_lot(session.store.read(), wanted)?;
    let organisation = session.organisation()?.id;
    let note = Note::new().with("what", "lot").with("name", format!("{}/{}", site.code, lot.name));
    let name = if fields.archived == Some(true) { OpName::Archive } else { OpName::Edit };
    let (added, saved) = session.transact(name, &note, |tx| {
        let Some(wanted) = &fields.contractors else {
            write(tx, site.id, lot.id, fields, None)?;
            return Ok(Vec::new());
        };
        let (builders, added) = contractor::find_or_add(tx, organisation, wanted)?;
        write(tx, site.id, lot.id, fields, Some(&builders))?;
        Ok(added)
    })?;
    Ok((saved.op.is_some(), added))
}

/// Archives the lot "Ensemble" that came with the site when other lots take its place and nobody has used it.
fn retire_whole(tx: &mut Tx<'_>, site: &Site, lots: &[Lot]) -> Result<(), Failure> {
    let [whole] = lots else { return Ok(()) };
    let read = tx.read();
    let unused = whole.name == WHOLE
        && whole.weight.is_none()
        && whole.contractors.is_empty()
        && read.figures(whole.id)?.is_empty()
        && read.observations(whole.id)?.is_empty();
    if unused {
        let archived = LotFields { archived: Some(true), ..LotFields::default() };
        write(tx, site.id, whole.id, &archived, None)?;
    }
    Ok(())
}

/// Writes what is given of a lot, and its contractors.
pub fn write(
    tx: &mut Tx<'_>,
    site: Id<Site>,
    id: Id<Lot>,
    fields: &LotFields,
    contractors: Option<&[Id<Contractor>]>,
) -> Result<(), Failure> {
    if fields.weight.is_some_and(|it| it <= 0) {
        return Err(Problem::new("weight-not-positive").into());
    }
    let name = fields.name.as_deref().map(required).transpose()?;
    let columns = registry::LOT.columns([
        ("site", Some(site.into())),
        ("name", name.as_deref().map(Value::from)),
        ("weight", fields.weight.map(Value::from).or(fields.unweighted.then_some(Value::Null))),
        ("rank", fields.rank.map(Value::from)),
        ("archived", fields.archived.map(Value::from)),
    ]);
    let scope = Scope::Site(site.bytes());
    tx.put(&registry::LOT, scope, vec![id.into()], columns, None)?;
    let Some(contractors) = contractors else { return Ok(()) };
    for gone in tx.read().contractors_of(id)?.iter().filter(|it| !contractors.contains(it)) {
        let columns = registry::LOT_CONTRACTOR.columns([("archived", Some(true.into()))]);
        tx.put(&registry::LOT_CONTRACTOR, scope, vec![id.into(), (*gone).into()], columns, None)?;
    }
    for (rank, contractor) in contractors.iter().enumerate() {
        let rank = i64::try_from(rank).unwrap_or(i64::MAX);
        let columns =
            registry::LOT_CONTRACTOR.columns([("rank", Some(rank.into())), ("archived", Some(false.into()))]);
        tx.put(&registry::LOT_CONTRACTOR, scope, vec![id.into(), (*contractor).into()], columns, None)?;
    }
    Ok(())
}
