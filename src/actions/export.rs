//! Gathers what is exported: entries, sites, the workbook of the unit.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::{Directory, Place, Selection};
use super::failure::Failure;
use super::session::Session;
use super::standing::{self, Policies};
use super::terms::Terms;
use crate::export::{
    EntryRow, LotContent, MonthContent, ProjectContent, SiteContent, SiteRow, StatusContent, Tone,
    WorkbookContent,
};
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Lot;
use crate::rules::rollup::group_state;
use crate::rules::{MonthReport, Status, follow};
use crate::store::read::Reader;

/// Hands every entry to `visit` in the order of the export: project, site, lot, month. Rows without figure and
/// observation are left out.
pub fn entries(session: &Session, mut visit: impl FnMut(EntryRow)) -> Result<(), Failure> {
    let read = session.store.read();
    let directory = Directory::load(read, Selection::All)?;
    for (project, place, lot) in in_export_order(&directory) {
        let figures = figures(read, lot)?;
        let mut observations = observations(read, lot)?;
        let months: BTreeSet<Month> = figures.keys().chain(observations.keys()).copied().collect();
        for month in months {
            visit(EntryRow {
                project: project.to_owned(),
                site_code: place.site.code.clone(),
                site: place.site.name.clone(),
                lot: lot.name.clone(),
                contractors: directory.contractors_of(lot),
                month,
                cumulative: figures.get(&month).copied(),
                observation: observations.remove(&month).unwrap_or_default(),
            });
        }
    }
    Ok(())
}

/// Returns every followed site.
pub fn sites(session: &Session) -> Result<Vec<SiteRow>, Failure> {
    let read = session.store.read();
    let directory = Directory::load(read, Selection::All)?;
    let mut rows = Vec::with_capacity(directory.places.len());
    let terms = Terms::load(read)?;
    for place in &directory.places {
        let site = &place.site;
        let policies = Policies::of(&terms, site.project);
        let due = standing::due_month(&terms, site.project, session.today);
        let mut states = Vec::new();
        for lot in &place.lots {
            let kept = read.standing(lot.id)?.map(|it| standing::decode(&it)).transpose()?;
            states.extend(kept.map(|it| it.state_in(session.this_month(), due, &policies)));
        }
        let contractors: Vec<String> =
            place.lots.iter().flat_map(|it| directory.contractors_of(it)).collect();
        rows.push(SiteRow {
            project: directory.project(site.project).to_owned(),
            site_code: site.code.clone(),
            site: site.name.clone(),
            address: site.address.clone(),
            client: directory
                .projects
                .get(&site.project)
                .map_or_else(String::new, |it| it.client.name.clone()),
            contractors: distinct(contractors),
            architect: site.architect.clone(),
            manager: site.manager.clone(),
            start: site.start,
            duration_months: site.duration_months,
            initial: site.initial,
            lots: place.lots.iter().map(|it| it.name.clone()).collect(),
            state: group_state(states).as_str().to_owned(),
            archived: site.archived,
        });
    }
    Ok(rows)
}

/// Gathers the workbook of the unit at a month; `word` gives the word and the letter of a status.
pub fn workbook(
    session: &Session,
    month: Month,
    word: impl Fn(Status) -> (String, String),
) -> Result<WorkbookContent, Failure> {
    let read = session.store.read();
    let directory = Directory::load(read, Selection::All)?;
    let terms = Terms::load(read)?;
    let mut projects: Vec<ProjectContent> = Vec::new();
    for place in &directory.places {
        let site = &place.site;
        let policies = Policies::of(&terms, site.project);
        let mut lots = Vec::new();
        for lot in &place.lots {
            let months = lot_months(read, lot, &policies, &word)?;
            lots.push(LotContent {
                name: lot.name.clone(),
                contractors: directory.contractors_of(lot),
                months,
            });
        }
        if lots.is_empty() {
            continue;
        }
        let content = SiteContent {
            code: site.code.clone(),
            name: site.name.clone(),
            address: site.address.clone(),
            start: site.start,
            duration_months: site.duration_months,
            initial: site.initial,
            lots,
        };
        let name = directory.project(site.project);
        match projects.last_mut().filter(|it| it.name == name) {
            Some(project) => project.sites.push(content),
            None => {
                let client = directory
                    .projects
                    .get(&site.project)
                    .map_or_else(String::new, |it| it.client.name.clone());
                projects.push(ProjectContent { name: name.to_owned(), client, sites: vec![content] });
            }
        }
    }
    Ok(WorkbookContent { month, today: session.today, projects })
}

fn lot_months(
    read: Reader<'_>,
    lot: &Lot,
    policies: &Policies,
    word: &impl Fn(Status) -> (String, String),
) -> Result<Vec<MonthContent>, Failure> {
    let Some(state) = read.standing(lot.id)? else { return Ok(Vec::new()) };
    let kept = standing::decode(&state)?;
    let figures = read.figures(lot.id)?;
    let mut reports: BTreeMap<Month, MonthReport> = BTreeMap::new();
    if let Some(last) = kept.last_month() {
        follow(&kept.facts(policies.timeline()), &figures, last, |it| {
            reports.insert(it.month, it);
        });
    }
    let mut observations = observations(read, lot)?;
    let typed = figures.iter().filter(|it| it.cumulative.is_some()).map(|it| it.month);
    let months: BTreeSet<Month> = typed.chain(observations.keys().copied()).collect();
    let content = |month: Month| {
        let report = reports.get(&month).copied().unwrap_or_else(|| MonthReport::outside(month));
        let (text, letter) = word(report.status);
        let figure = figures.iter().find(|it| it.month == month).and_then(|it| it.cumulative);
        MonthContent {
            month,
            cumulative: figure,
            month_progress: report.month_progress.and_then(|it| i32::try_from(it).ok()).map(Percent),
            normal: report.normal.map(|it| it.to_decimal_string(2)),
            target: report.target.map(|it| it.to_decimal_string(2)),
            delay: report.delay().map(|it| it.to_decimal_string_up(2)),
            status: StatusContent { word: text, letter, tone: tone(report.status) },
            observation: observations.remove(&month).unwrap_or_default(),
        }
    };
    Ok(months.into_iter().map(content).collect())
}

const fn tone(status: Status) -> Tone {
    match status {
        Status::Bon | Status::Acheve => Tone::Good,
        Status::Problematique => Tone::Problematic,
        Status::Critique => Tone::Critical,
        _ => Tone::Neutral,
    }
}

fn in_export_order(directory: &Directory) -> Vec<(&str, &Place, &Lot)> {
    let mut order: Vec<_> = directory
        .places
        .iter()
        .flat_map(|place| {
            place.lots.iter().map(move |lot| (directory.project(place.site.project), place, lot))
        })
        .collect();
    order.sort_by(|(a_project, a, a_lot), (b_project, b, b_lot)| {
        (a_project, &a.site.name, &a_lot.name, &a.site.code).cmp(&(
            b_project,
            &b.site.name,
            &b_lot.name,
            &b.site.code,
        ))
    });
    order
}

fn figures(read: Reader<'_>, lot: &Lot) -> Result<BTreeMap<Month, Percent>, Failure> {
    let figures = read.figures(lot.id)?.into_iter();
    Ok(figures.filter_map(|it| Some((it.month, it.cumulative?))).collect())
}

fn observations(read: Reader<'_>, lot: &Lot) -> Result<BTreeMap<Month, String>, Failure> {
    let mut texts: BTreeMap<Month, String> = BTreeMap::new();
    for row in read.observations(lot.id)? {
        let text = texts.entry(row.month).or_default();
        if !text.is_empty() {
            text.push_str(" / ");
        }
        text.push_str(&row.text);
    }
    Ok(texts)
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|it| seen.insert(it.clone())).collect()
}
