//! Writes an invented organisation into an empty database.

use super::decide;
use super::failure::Failure;
use super::op::{Note, OpName};
use super::record_entry::add_observation;
use super::register::contact::{self, ContactFields};
use super::register::contractor::{self, ContractorFields};
use super::register::lot::{self, LotFields};
use super::register::organisation::{self, OrganisationFields};
use super::register::project::{self, ProjectFields};
use super::register::site::{self, SiteFields};
use super::session::{Session, new_id};
use crate::demo::{InventedLot, InventedSite, Spec, invent};
use crate::model::decision::Decision;
use crate::model::id::Id;
use crate::model::organisation::{Contractor, Organisation, Project};
use crate::model::problem::Problem;
use crate::model::site::Site;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// How many sites go into one op: large enough to be quick, small enough to keep the journal short.
const SITES_PER_OP: u32 = 250;

/// The identifiers of what sites point to.
struct World {
    projects: Vec<Id<Project>>,
    contractors: Vec<Id<Contractor>>,
    currency: String,
}

/// Writes invented data; `visit` is called with how many sites are written. A database that already holds an
/// organisation is refused.
pub fn write(session: &mut Session, spec: &Spec, mut visit: impl FnMut(u32)) -> Result<(), Failure> {
    session.seen = session.store.read().last_op()?;
    if let Some(present) = session.store.read().organisation()? {
        return Err(Problem::new("demo-not-empty").with("name", present.name).into());
    }
    let invented = invent(spec);
    let note = Note::new().with("sites", spec.sites).with("seed", spec.seed);
    let (world, _) = session.transact(OpName::Demo, &note, |tx| {
        let fields = OrganisationFields {
            name: Some(invented.organisation.name.clone()),
            currency: Some(invented.organisation.currency.clone()),
            zone: Some(invented.organisation.zone.clone()),
        };
        let organisation = organisation::create(tx, &fields)?;
        let world = World {
            projects: invented.projects.iter().map(|_| new_id()).collect(),
            contractors: invented.contractors.iter().map(|_| new_id()).collect(),
            currency: invented.organisation.currency.clone(),
        };
        write_world(tx, &invented, organisation, &world)?;
        Ok(world)
    })?;
    let mut next = 0;
    while next < spec.sites {
        let end = spec.sites.min(next + SITES_PER_OP);
        session.seen = session.store.read().last_op()?;
        session.transact(OpName::Demo, &note, |tx| {
            (next..end).try_for_each(|index| write_site(tx, &world, &invented.site(index)))
        })?;
        next = end;
        visit(next);
    }
    Ok(())
}

fn write_world(
    tx: &mut Tx<'_>,
    invented: &crate::demo::Invented,
    organisation: Id<Organisation>,
    world: &World,
) -> Result<(), Failure> {
    for (invented, id) in invented.projects.iter().zip(&world.projects) {
        let client = &invented.client;
        let fields = ProjectFields {
            name: Some(invented.name.clone()),
            client: Some(client.name.clone()),
            client_address: Some(client.address.clone()),
            client_email: Some(client.email.clone()),
            client_phone: Some(client.phone.clone()),
            ..ProjectFields::default()
        };
        project::write(tx, *id, &fields)?;
    }
    for (party, id) in invented.contractors.iter().zip(&world.contractors) {
        let fields = ContractorFields {
            name: Some(party.name.clone()),
            address: Some(party.address.clone()),
            email: Some(party.email.clone()),
            phone: Some(party.phone.clone()),
            archived: None,
        };
        contractor::write(tx, organisation, *id, &fields)?;
    }
    for invented in &invented.contacts {
        let fields = ContactFields {
            name: Some(invented.party.name.clone()),
            post: Some(invented.post),
            email: Some(invented.party.email.clone()),
            phone: Some(invented.party.phone.clone()),
            archived: None,
        };
        let project = invented.project.and_then(|it| world.projects.get(it)).copied();
        contact::write(tx, organisation, new_id(), project, &fields)?;
    }
    Ok(())
}

fn write_site(tx: &mut Tx<'_>, world: &World, invented: &InventedSite) -> Result<(), Failure> {
    let id = new_id();
    let fields = SiteFields {
        project: world.projects.get(invented.project).copied(),
        code: Some(invented.code.clone()),
        name: Some(invented.name.clone()),
        address: Some(invented.address.clone()),
        start: invented.start,
        duration_months: invented.duration_months,
        initial: Some(invented.initial).filter(|it| it.0 != 0),
        architect: Some(invented.architect.clone()),
        manager: Some(invented.manager.clone()),
        budget: Some(invented.budget_minor),
        ..SiteFields::default()
    };
    site::write(tx, id, &fields, &world.currency, None)?;
    for (rank, lot) in invented.lots.iter().enumerate() {
        write_lot(tx, world, id, i64::try_from(rank).unwrap_or(i64::MAX), lot)?;
    }
    Ok(())
}

fn write_lot(
    tx: &mut Tx<'_>,
    world: &World,
    site: Id<Site>,
    rank: i64,
    invented: &InventedLot,
) -> Result<(), Failure> {
    let id = new_id();
    let contractors: Vec<_> =
        invented.contractors.iter().filter_map(|it| world.contractors.get(*it)).copied().collect();
    let fields = LotFields {
        name: Some(invented.name.clone()),
        weight: invented.weight,
        rank: Some(rank),
        ..LotFields::default()
    };
    lot::write(tx, site, id, &fields, Some(&contractors))?;
    for entry in &invented.entries {
        let columns = registry::ENTRY.columns([("cumulative", Some(Value::from(entry.cumulative)))]);
        tx.add(
            &registry::ENTRY,
            Scope::Site(site.bytes()),
            vec![id.into(), entry.month.into()],
            columns,
            None,
        )?;
        if !entry.observation.is_empty() {
            add_observation(tx, site, id, entry.month, &entry.observation, None)?;
        }
    }
    for invented in &invented.decisions {
        let decision = Decision { kind: invented.kind, from: invented.from, to: invented.to, months: None };
        let written = decide::Written { decision, reason: &invented.reason, plan: "", grounds: None };
        decide::write(tx, site, id, &written)?;
    }
    Ok(())
}
