//! Accepts a plan: everything in one op, with the file's hash and each cell as provenance.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::matching::MatchedSite;
use super::{Plan, PlannedValue};
use crate::actions::failure::Failure;
use crate::actions::op::{Note, OpName};
use crate::actions::record_entry::{add_observation, write_observation};
use crate::actions::register::contractor::{self, ContractorFields};
use crate::actions::register::lot::{self, LotFields};
use crate::actions::register::organisation::{self, CURRENCY, OrganisationFields};
use crate::actions::register::project::{self, ProjectFields};
use crate::actions::register::site;
use crate::actions::session::{CHANGED_SINCE, Session};
use crate::actions::sign_off::lock;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contractor, Project};
use crate::model::problem::Problem;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::{Saved, Tx};
use crate::store::value::Value;

/// How often an import begins again when others write.
const ATTEMPTS_MAX: usize = 10;

/// Brings in a plan: one for a base that another process changed meanwhile is made again first. Afterwards the plan is
/// the one that was written.
pub fn bring_in(
    session: &mut Session,
    plan: &mut Plan,
    mut visit: impl FnMut(usize),
) -> Result<Saved, Failure> {
    for _ in 1..ATTEMPTS_MAX {
        match accept(session, plan, &mut visit) {
            Err(failure) if failure.problem().key == CHANGED_SINCE => {
                *plan = super::plan(session, plan.reading.clone(), plan.options.clone())?;
            }
            done => return done,
        }
    }
    accept(session, plan, visit)
}

/// Writes what the plan says; `visit` is called with how many values are written. A plan with open questions is
/// refused; so is one for a base that has changed since.
pub fn accept(session: &mut Session, plan: &Plan, mut visit: impl FnMut(usize)) -> Result<Saved, Failure> {
    if let Some(question) = plan.reading.questions.first() {
        return Err(question.problem.clone().into());
    }
    session.seen = plan.seen;
    lock::check_all(session, months_written(plan))?;
    let note = Note::new()
        .with("file", &plan.reading.file_name)
        .with("hash", &plan.reading.hash)
        .with("values", plan.values.len())
        .with("sites", plan.new_sites());
    let ((), saved) = session.transact(OpName::Import, &note, |tx| {
        write_names(tx, plan)?;
        for (index, planned) in plan.sites.iter().enumerate() {
            write_site(tx, plan, index, planned)?;
        }
        write_lines(tx, plan)?;
        let mut order: Vec<&PlannedValue> = plan.values.iter().collect();
        order.sort_by_key(|it| plan.reading.entries.get(it.entry).map(|entry| (entry.line, entry.month)));
        for (done, value) in order.into_iter().enumerate() {
            write_value(tx, plan, value)?;
            visit(done + 1);
        }
        Ok(())
    })?;
    Ok(saved)
}

/// Returns the months that the plan writes, with their projects.
fn months_written(plan: &Plan) -> BTreeSet<(Id<Project>, Month)> {
    let written = plan.values.iter().filter(|it| it.writes_figure || it.writes_observation);
    let months = written.filter_map(|value| {
        let entry = plan.reading.entries.get(value.entry)?;
        let line = plan.reading.lines.get(entry.line as usize)?;
        let site = plan.sites.get(line.site as usize)?;
        Some((plan.projects.get(site.project)?.1.id(), entry.month))
    });
    months.collect()
}

fn write_names(tx: &mut Tx<'_>, plan: &Plan) -> Result<(), Failure> {
    let organisation = match tx.read().organisation()? {
        Some(organisation) => organisation.id,
        None => {
            let name = Some(plan.options.organisation.clone());
            organisation::create(tx, &OrganisationFields { name, ..OrganisationFields::default() })?
        }
    };
    for (at, (name, matched)) in plan.projects.iter().enumerate() {
        let client = only_client(plan, at);
        let known =
            tx.read().projects()?.into_iter().any(|it| it.id == matched.id() && !it.client.name.is_empty());
        let fields = ProjectFields {
            name: matched.is_new().then(|| name.clone()),
            client: client.filter(|_| !known),
            ..ProjectFields::default()
        };
        if fields.name.is_some() || fields.client.is_some() {
            project::write(tx, matched.id(), &fields)?;
        }
    }
    let archived: HashSet<_> =
        tx.read().contractors()?.into_iter().filter(|it| it.archived).map(|it| it.id).collect();
    for (name, matched) in
        plan.contractors.iter().filter(|(_, it)| it.is_new() || archived.contains(&it.id()))
    {
        let name = matched.is_new().then(|| name.clone());
        let fields = ContractorFields {
            name,
            archived: Some(false).filter(|_| !matched.is_new()),
            ..ContractorFields::default()
        };
        contractor::write(tx, organisation, matched.id(), &fields)?;
    }
    Ok(())
}

/// Returns the client of a project where all its sites name the same one.
fn only_client(plan: &Plan, project: usize) -> Option<String> {
    let sites = plan.sites.iter().zip(&plan.reading.sites).filter(|(it, _)| it.project == project);
    let mut clients = sites.map(|(_, record)| record.client.as_str());
    let first = clients.next().filter(|it| !it.is_empty())?;
    clients.all(|it| it == first).then(|| first.to_owned())
}

fn write_site(tx: &mut Tx<'_>, plan: &Plan, index: usize, planned: &MatchedSite) -> Result<(), Failure> {
    if !planned.site.is_new() && !planned.describes_more() {
        return Ok(());
    }
    let origin = plan.reading.sites.get(index).map(|it| plan.cell_address(it.origin));
    site::write(tx, planned.site.id(), &planned.fields, CURRENCY, origin.as_deref())
}

fn write_lines(tx: &mut Tx<'_>, plan: &Plan) -> Result<(), Failure> {
    let mut ranks: HashMap<u32, i64> = HashMap::new();
    for (planned, record) in plan.lines.iter().zip(&plan.reading.lines) {
        let Some(matched) = plan.sites.get(record.site as usize).map(|it| &it.site) else { continue };
        let site = matched.id();
        let contractors: Vec<Id<Contractor>> = planned
            .contractors
            .iter()
            .filter_map(|it| plan.contractors.get(*it))
            .map(|(_, it)| it.id())
            .collect();
        let is_new = planned.lot.is_new();
        if !is_new && !planned.names_contractors && planned.weight.is_none() {
            continue;
        }
        let rank = match (is_new, ranks.get(&record.site)) {
            (false, _) => None,
            (true, Some(last)) => Some(last + 1),
            (true, None) if matched.is_new() => Some(0),
            (true, None) => Some(i64::try_from(tx.read().lots_of(site)?.len()).unwrap_or(i64::MAX)),
        };
        ranks.extend(rank.map(|it| (record.site, it)));
        let name = is_new.then(|| planned.name.clone());
        let fields =
            LotFields { name, rank, weight: planned.weight.filter(|it| *it > 0), ..LotFields::default() };
        let contractors = Some(contractors.as_slice()).filter(|_| is_new || planned.names_contractors);
        lot::write(tx, site, planned.lot.id(), &fields, contractors)?;
    }
    Ok(())
}

fn write_value(tx: &mut Tx<'_>, plan: &Plan, value: &PlannedValue) -> Result<(), Failure> {
    let missing = || Problem::new("import-inconsistent");
    let entry = plan.reading.entries.get(value.entry).ok_or_else(missing)?;
    let line = plan.lines.get(entry.line as usize).ok_or_else(missing)?;
    let record = plan.reading.lines.get(entry.line as usize).ok_or_else(missing)?;
    let site = plan.sites.get(record.site as usize).ok_or_else(missing)?.site.id();
    let lot = line.lot.id();
    let origin = plan.cell_address(entry.cell);
    if value.writes_figure {
        let columns = registry::ENTRY
            .columns([("cumulative", Some(entry.cumulative.into())), ("not_applicable", Some(Value::Null))]);
        let key = vec![lot.into(), entry.month.into()];
        if line.lot.is_new() {
            tx.add(&registry::ENTRY, Scope::Site(site.bytes()), key, columns, Some(&origin))?;
        } else {
            tx.put(&registry::ENTRY, Scope::Site(site.bytes()), key, columns, Some(&origin))?;
        }
    }
    if value.writes_observation {
        if value.old_observation.is_empty() {
            let text = crate::model::text::clean_note(&entry.observation);
            add_observation(tx, site, lot, entry.month, &text, Some(&origin))?;
        } else {
            write_observation(tx, site, lot, entry.month, &entry.observation, Some(&origin))?;
        }
    }
    Ok(())
}
