//! Which lots the list shows, in which order, under which headings.

use std::cmp::Reverse;

use crate::actions::overview::gravity;
use crate::actions::portfolio::{LotRow, Portfolio};
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::model::text::fold;
use crate::rules::{LotState, Status};
use crate::ui::widgets::filter::holds;

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By project, code and name.
    #[default]
    Code,
    /// By name.
    Name,
    /// Lowest rate first; lots without rate last.
    Rate,
    /// Gravest alert first.
    Gravity,
    /// Least progress first.
    Progress,
}

impl Order {
    const ALL: [Self; 5] = [Self::Code, Self::Name, Self::Rate, Self::Gravity, Self::Progress];

    /// Returns the next order.
    #[must_use]
    pub fn next(self) -> Self {
        next_of(&Self::ALL, self)
    }

    /// Returns its message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Code => "order-code",
            Self::Name => "order-name",
            Self::Rate => "order-rate",
            Self::Gravity => "order-gravity",
            Self::Progress => "order-progress",
        }
    }
}

/// The headings of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// None.
    #[default]
    None,
    /// By project.
    Project,
    /// By contractor.
    Contractor,
}

impl Grouping {
    const ALL: [Self; 3] = [Self::None, Self::Project, Self::Contractor];

    /// Returns the next grouping.
    #[must_use]
    pub fn next(self) -> Self {
        next_of(&Self::ALL, self)
    }
}

/// Which lots are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// All.
    #[default]
    All,
    /// Those on which an alert stands.
    Alerting,
    /// Those whose month is critical.
    Critical,
    /// Those whose month is problematic.
    Problematic,
    /// Those whose month is good.
    Good,
    /// Those whose figure is missing.
    Missing,
    /// Those without duration.
    ToComplete,
    /// Those that are suspended, demobilised or closed.
    Stopped,
}

impl Kept {
    const ALL: [Self; 8] = [
        Self::All,
        Self::Alerting,
        Self::Critical,
        Self::Problematic,
        Self::Good,
        Self::Missing,
        Self::ToComplete,
        Self::Stopped,
    ];

    /// Returns the next filter.
    #[must_use]
    pub fn next(self) -> Self {
        next_of(&Self::ALL, self)
    }

    /// Returns its message key; none shows all.
    pub const fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::All => return None,
            Self::Alerting => "kept-alerting",
            Self::Critical => "kept-critical",
            Self::Problematic => "kept-problematic",
            Self::Good => "kept-good",
            Self::Missing => "kept-missing",
            Self::ToComplete => "kept-to-complete",
            Self::Stopped => "kept-stopped",
        })
    }

    fn keeps(self, row: &LotRow) -> bool {
        match self {
            Self::All => true,
            Self::Alerting => row.looked.found.is_some(),
            Self::Critical => row.months[0].status == Status::Critique,
            Self::Problematic => row.months[0].status == Status::Problematique,
            Self::Good => matches!(row.months[0].status, Status::Bon | Status::Acheve),
            Self::Missing => row.months[0].missing || row.looked.missing_since.is_some(),
            Self::ToComplete => row.looked.to_complete,
            Self::Stopped => !matches!(row.state, LotState::Active | LotState::Remobilised),
        }
    }
}

fn next_of<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|it| *it == now).unwrap_or(0);
    all[(at + 1) % all.len()]
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading, and how many lots follow.
    Heading(String, usize),
    /// A lot, by its place in the portfolio.
    Lot(usize),
}

/// What the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only lots of this project.
    pub project: Option<Id<Project>>,
    /// Folded words to find in code, name and contractors.
    pub words: String,
    /// Which lots.
    pub kept: Kept,
    /// Order.
    pub order: Order,
    /// Headings.
    pub grouping: Grouping,
}

/// Returns the lots that are shown, in order, by their places in the portfolio.
pub fn lots(portfolio: &Portfolio, query: &Query) -> Vec<usize> {
    let rows = &portfolio.rows;
    let mut places: Vec<usize> = (0..rows.len())
        .filter(|at| {
            let row = &rows[*at];
            query.project.is_none_or(|it| row.project == it)
                && query.kept.keeps(row)
                && holds(&row.folded, &query.words)
        })
        .collect();
    match query.order {
        Order::Code => {}
        Order::Name => places.sort_by_cached_key(|at| fold(&rows[*at].name)),
        Order::Rate => places.sort_by_key(|at| {
            let rate = rows[*at].months[0].target;
            (rate.is_none(), rate)
        }),
        Order::Gravity => places.sort_by_key(|at| {
            let row = &rows[*at];
            Reverse((gravity(row), row.looked.missing_since.is_some()))
        }),
        Order::Progress => places.sort_by_key(|at| rows[*at].known),
    }
    places
}

/// Returns the lines of the list: lots under their headings.
pub fn lines(portfolio: &Portfolio, query: &Query) -> Vec<Line> {
    let places = lots(portfolio, query);
    if query.grouping == Grouping::None {
        return places.into_iter().map(Line::Lot).collect();
    }
    let heading = |at: usize| match query.grouping {
        Grouping::Contractor => portfolio.contractors_of(&portfolio.rows[at]),
        Grouping::Project | Grouping::None => portfolio.project_name(portfolio.rows[at].project).to_owned(),
    };
    let mut groups: std::collections::BTreeMap<String, (String, Vec<usize>)> =
        std::collections::BTreeMap::new();
    for at in places {
        let heading = heading(at);
        // Lots without contractor stand last.
        let key = if heading.is_empty() { "\u{10ffff}".to_owned() } else { fold(&heading) };
        groups.entry(key).or_insert_with(|| (heading, Vec::new())).1.push(at);
    }
    let lines = groups.into_values().flat_map(|(heading, places)| {
        std::iter::once(Line::Heading(heading, places.len())).chain(places.into_iter().map(Line::Lot))
    });
    lines.collect()
}
