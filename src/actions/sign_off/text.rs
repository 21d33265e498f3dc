//! What is signed: the figures of a project and month as one plain text, the same on every machine.
//!
//! One fact a line, each with its name; of texts of several lines the others are indented. What is shown twice in the
//! text can therefore not be made by typing. The text depends on figures and on what holds for them, never on the day.

use std::collections::{BTreeMap, BTreeSet};

use super::code::code;
use crate::actions::directory::{Directory, Place, Selection};
use crate::actions::failure::Failure;
use crate::actions::record_entry::place as named;
use crate::actions::standing::{self, Policies};
use crate::actions::terms::Terms;
use crate::model::entry::Figure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Organisation, Project};
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::rules::{MonthReport, follow};
use crate::store::read::Reader;

/// The first line: another form has another one.
const FORM: &str = "chantier visa v1";

/// The figures of a project and month, ready to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthText {
    /// The text.
    pub text: String,
    /// Its BLAKE3 hash.
    pub hash: [u8; 32],
    /// The lots in it, with their sites.
    pub lots: Vec<(Id<Site>, Id<Lot>)>,
    /// The lots of which a figure is expected and missing, as people type them.
    pub missing: Vec<String>,
}

impl MonthText {
    /// Returns the code of the printed page.
    pub fn code(&self) -> String {
        code(&self.hash)
    }
}

/// Writes the text of one month.
pub fn text_of(read: Reader<'_>, project: &Project, month: Month) -> Result<MonthText, Failure> {
    let mut texts = texts_of(read, project, &BTreeSet::from([month]))?;
    texts.remove(&month).ok_or_else(|| Problem::new("visa-nothing").with("month", month).into())
}

/// Writes the texts of some months of a project; each lot is read once.
pub fn texts_of(
    read: Reader<'_>,
    project: &Project,
    months: &BTreeSet<Month>,
) -> Result<BTreeMap<Month, MonthText>, Failure> {
    let directory = Directory::load(read, Selection::Project(project.id))?;
    let terms = Terms::load(read)?;
    let policies = Policies::of(&terms, project.id);
    let organisation = read.organisation()?.ok_or_else(|| Problem::new("organisation-missing"))?;
    let mut pages: BTreeMap<Month, Page> =
        months.iter().map(|it| (*it, Page::new(&organisation, project, *it))).collect();
    for place in &directory.places {
        for lot in &place.lots {
            add_lot(read, &policies, place, lot, &mut pages)?;
        }
    }
    Ok(pages.into_iter().map(|(month, page)| (month, page.finish())).collect())
}

/// Adds a lot to each month in which it is expected, or has a figure all the same.
fn add_lot(
    read: Reader<'_>,
    policies: &Policies,
    place: &Place,
    lot: &Lot,
    pages: &mut BTreeMap<Month, Page>,
) -> Result<(), Failure> {
    let Some(state) = read.standing(lot.id)? else { return Ok(()) };
    let kept = standing::decode(&state)?;
    let Some(until) = pages.keys().next_back().copied() else { return Ok(()) };
    let figures = read.figures(lot.id)?;
    let mut reports = Vec::new();
    follow(&kept.facts(policies.timeline()), &figures, until, |it| {
        if pages.contains_key(&it.month) {
            reports.push(it);
        }
    });
    let observations = read.observations(lot.id)?;
    for report in reports {
        let figure = figures.iter().find(|it| it.month == report.month);
        let has_figure = figure.is_some_and(|it| it.cumulative.is_some() || it.not_applicable);
        let Some(page) = pages.get_mut(&report.month).filter(|_| report.expected || has_figure) else {
            continue;
        };
        page.add(place, lot, &report, figure);
        for observation in observations.iter().filter(|it| it.month == report.month) {
            page.line("observation", &observation.text);
        }
    }
    Ok(())
}

/// A text in the making.
struct Page {
    text: String,
    lots: Vec<(Id<Site>, Id<Lot>)>,
    missing: Vec<String>,
}

impl Page {
    fn new(organisation: &Organisation, project: &Project, month: Month) -> Self {
        let mut page = Self { text: format!("{FORM}\n"), lots: Vec::new(), missing: Vec::new() };
        page.line("organisation", &organisation.name);
        page.line("projet", &project.name);
        page.line("identifiant", &project.id.to_string());
        page.line("mois", &month.to_string());
        page
    }

    fn add(&mut self, place: &Place, lot: &Lot, report: &MonthReport, figure: Option<&Figure>) {
        let site = &place.site;
        self.lots.push((site.id, lot.id));
        self.text.push('\n');
        self.line("chantier", &site.code);
        self.line("nom", &site.name);
        self.line("lot", &lot.name);
        let declared = figure.is_some_and(|it| it.not_applicable && it.cumulative.is_none());
        let cumulative = match report.cumulative {
            Some(percent) => percent.to_string(),
            None if declared => "sans objet".to_owned(),
            None => {
                self.missing.push(named(site, lot));
                "manquant".to_owned()
            }
        };
        self.line("cumul", &cumulative);
        let progress = report.month_progress.filter(|_| report.cumulative.is_some());
        if let Some(progress) = progress.and_then(|it| i32::try_from(it).ok()) {
            self.line("du mois", &Percent(progress).to_string());
        }
        if let Some(rate) = report.target {
            let estimated = if report.estimated { " (estimé)" } else { "" };
            self.line("taux", &format!("{}{estimated}", rate.to_decimal_string(2)));
        }
        self.line("statut", report.status.as_str());
    }

    /// Adds a fact; nothing that was typed can look like the beginning of another.
    fn line(&mut self, name: &str, value: &str) {
        let mut lines = value.lines();
        let first = lines.next().unwrap_or_default();
        self.text.push_str(format!("{name}: {first}").trim_end());
        self.text.push('\n');
        for line in lines {
            self.text.push_str(format!("  {line}").trim_end());
            self.text.push('\n');
        }
    }

    fn finish(self) -> MonthText {
        let hash = *blake3::hash(self.text.as_bytes()).as_bytes();
        MonthText { text: self.text, hash, lots: self.lots, missing: self.missing }
    }
}
