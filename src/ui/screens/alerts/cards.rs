//! The cards of the board: which alerts stand in which column, and what narrows them.

use crate::actions::overview::gravity;
use crate::actions::portfolio::{LotRow, Portfolio, ProjectRow};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contractor, Project};
use crate::model::site::Lot;
use crate::model::text::fold;
use crate::rules::{LotState, Ratio};
use crate::texts::Texts;
use crate::ui::widgets::filter::holds;

/// The columns, least grave first.
pub const COLUMNS: usize = 5;

/// A card of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub about: About,
    /// Code of the site, or name of the project.
    pub code: String,
    /// Name of the site and lot.
    pub name: String,
    /// Name of the lot; empty while it is the only one.
    pub lot_name: String,
    /// What the alert is measured by.
    pub figure: Figure,
    /// The contractors.
    pub contractors: String,
    /// The month in which it began.
    pub since: Month,
    /// Whether a value of it has versions that compete.
    pub contested: bool,
}

/// What an alert is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The rate reached.
    Rate(Option<Ratio>),
    /// How many figures are there, and how many are expected.
    Entered(usize, usize),
    /// None: the contractor is withdrawn and may come back.
    Withdrawn,
}

impl Figure {
    /// Shows it.
    pub fn shown(self, texts: &Texts) -> String {
        match self {
            Self::Rate(rate) => texts.rate(rate),
            Self::Entered(entered, expected) => format!("{entered}/{expected}"),
            Self::Withdrawn => texts.text("board-out"),
        }
    }

    /// Shows it in a narrow column: a rate to the tenth.
    pub fn short(self, texts: &Texts) -> String {
        match self {
            Self::Rate(rate) => texts.rate_tenths(rate),
            Self::Entered(..) | Self::Withdrawn => self.shown(texts),
        }
    }
}

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A lot.
    Lot(Id<Lot>),
    /// Missing figures of a project and month.
    Missing(Id<Project>, Month),
}

/// What narrows the board; nothing shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Folded words to find in code, names and contractors.
    pub words: String,
    /// Only this project.
    pub project: Option<Id<Project>>,
    /// Only lots of this contractor.
    pub contractor: Option<Id<Contractor>>,
}

impl Sought {
    fn keeps_project(&self, project: &ProjectRow) -> bool {
        self.contractor.is_none()
            && self.project.is_none_or(|it| project.project.id == it)
            && holds(&fold(&project.project.name), &self.words)
    }

    fn keeps_lot(&self, row: &LotRow, portfolio: &Portfolio) -> bool {
        let named = || {
            holds(&row.folded, &self.words) || holds(&fold(portfolio.project_name(row.project)), &self.words)
        };
        self.project.is_none_or(|it| row.project == it)
            && self.contractor.is_none_or(|it| row.contractors.contains(&it))
            && named()
    }
}

/// Returns the cards of each column: projects whose figures are missing, then lots, lowest rate first.
pub fn cards(portfolio: &Portfolio, texts: &Texts, sought: &Sought) -> [Vec<Card>; COLUMNS] {
    let mut columns: [Vec<Card>; COLUMNS] = Default::default();
    let late = portfolio.projects.iter().filter(|it| it.entered < it.expected && sought.keeps_project(it));
    columns[0].extend(late.map(|it| of_project(it, portfolio, texts)));
    let mut rows: Vec<_> = portfolio.rows.iter().filter_map(|it| Some((gravity(it)?, it))).collect();
    rows.sort_by_key(|(_, it)| it.looked.found.as_ref().and_then(|it| it.report.target));
    for (column, row) in rows.into_iter().filter(|(_, it)| sought.keeps_lot(it, portfolio)) {
        columns[column].extend(of_lot(row, portfolio));
    }
    // Who was withdrawn stays in the last column, below what waits: from there the contractor is brought back.
    let is_out = |it: &&LotRow| it.state == LotState::Demobilised && it.looked.found.is_none();
    let out = portfolio.rows.iter().filter(is_out).filter(|it| sought.keeps_lot(it, portfolio));
    columns[COLUMNS - 1].extend(out.map(|it| card(it, Figure::Withdrawn, it.months[0].month, portfolio)));
    columns
}

fn of_project(it: &ProjectRow, portfolio: &Portfolio, texts: &Texts) -> Card {
    let rows = portfolio.rows.iter().filter(|row| row.project == it.project.id);
    let since = rows.filter_map(|row| row.looked.missing_since).min();
    Card {
        about: About::Missing(it.project.id, it.due),
        code: it.project.name.clone(),
        name: texts.month(it.due),
        lot_name: String::new(),
        figure: Figure::Entered(it.entered, it.expected),
        contractors: String::new(),
        since: since.unwrap_or(it.due),
        contested: false,
    }
}

fn of_lot(row: &LotRow, portfolio: &Portfolio) -> Option<Card> {
    let report = &row.looked.found.as_ref()?.report;
    Some(card(row, Figure::Rate(report.target), report.since.unwrap_or(report.month), portfolio))
}

fn card(row: &LotRow, figure: Figure, since: Month, portfolio: &Portfolio) -> Card {
    Card {
        about: About::Lot(row.lot),
        code: row.code.clone(),
        name: row.name.clone(),
        lot_name: row.lot_name.clone(),
        figure,
        contractors: portfolio.contractors_of(row),
        since,
        contested: portfolio.contested.concerns(row.lot, row.site),
    }
}
