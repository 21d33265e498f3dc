//! The board of alerts: a column per gravity; each card says why.

mod draw;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::overview::gravity;
use crate::actions::portfolio::Portfolio;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contractor, Project};
use crate::model::site::Lot;
use crate::model::text::{clean_line, fold};
use crate::ui::command::{Command, EntryAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// The columns, least grave first.
pub const COLUMNS: usize = 5;

/// The board of alerts.
pub struct Alerts {
    columns: [Vec<Card>; COLUMNS],
    cursors: [Cursor; COLUMNS],
    column: usize,
    alone: bool,
    text: String,
    filtering: bool,
    project: Option<Id<Project>>,
    contractor: Option<Id<Contractor>>,
    wished: Option<Wish>,
    known: Option<(i64, usize)>,
    stale: bool,
    detail: Option<Detail>,
}

/// A filter that is to step on; which ones there are is known when the board is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// The next project with an alert.
    Project,
    /// The next contractor with an alert.
    Contractor,
}

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
    /// The rate reached, or how many figures are there.
    pub figure: String,
    /// The contractors.
    pub contractors: String,
    /// The month in which it began.
    pub since: Month,
}

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A lot.
    Lot(Id<Lot>),
    /// Missing figures of a project and month.
    Missing(Id<Project>, Month),
}

/// Why the alert of the selected card stands, and what comes next.
pub struct Detail {
    /// What it is about.
    pub about: About,
    /// Site, lot, project, contractors.
    pub head: String,
    /// Sentences.
    pub sentences: Vec<String>,
    /// Who cannot be reached.
    pub defects: String,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move in the column.
    Go(Nav),
    /// The column at the left.
    Left,
    /// The column at the right.
    Right,
    /// The trail, or the grid where figures are missing.
    Open,
    /// The card.
    Card,
    /// Decide.
    Decide,
    /// Enter figures.
    Enter,
    /// Type a filter.
    Filter,
    /// The next project.
    Project,
    /// The next contractor.
    Contractor,
    /// One gravity alone, or all.
    Alone,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            columns: Default::default(),
            cursors: Default::default(),
            column: COLUMNS,
            alone: false,
            text: String::new(),
            filtering: false,
            project: None,
            contractor: None,
            wished: None,
            known: None,
            stale: true,
            detail: None,
        }
    }
}

impl Alerts {
    /// Reads everything again.
    pub fn forget(&mut self) {
        self.stale = true;
        self.detail = None;
    }

    /// Returns the card of which the sentences are to be read.
    pub fn detail_wanted(&self) -> Option<About> {
        let about = self.selected()?.about;
        self.detail.as_ref().is_none_or(|it| it.about != about).then_some(about)
    }

    /// Takes in the sentences of a card.
    pub fn explain(&mut self, detail: Detail) {
        self.detail = Some(detail);
    }

    fn selected(&self) -> Option<&Card> {
        self.columns.get(self.column)?.get(self.cursors.get(self.column)?.selected)
    }

    fn lot(&self) -> Option<Id<Lot>> {
        match self.selected()?.about {
            About::Lot(lot) => Some(lot),
            About::Missing(..) => None,
        }
    }

    /// Goes to the nearest column with cards.
    fn sideways(&mut self, to_left: bool) {
        let filled = |it: &usize| !self.columns[*it].is_empty();
        let found = if to_left {
            (0..self.column).rev().find(filled)
        } else {
            (self.column + 1..COLUMNS).find(filled)
        };
        self.column = found.unwrap_or(self.column);
    }

    fn arrange(&mut self, cx: &Cx<'_>) {
        let state = (cx.portfolio.seen(), cx.portfolio.rows.len());
        if !self.stale && self.known == Some(state) {
            return;
        }
        let selected = self.selected().map(|it| it.about);
        self.columns = self.cards(cx);
        self.known = Some(state);
        self.stale = false;
        for (column, cursor) in self.columns.iter().zip(&mut self.cursors) {
            let kept = column.iter().position(|it| Some(it.about) == selected);
            cursor.selected = kept.unwrap_or(cursor.selected).min(column.len().saturating_sub(1));
        }
        let gravest = self.columns.iter().rposition(|it| !it.is_empty()).unwrap_or(COLUMNS - 1);
        if self.columns.get(self.column).is_none_or(Vec::is_empty) {
            self.column = gravest;
        }
    }

    fn cards(&self, cx: &Cx<'_>) -> [Vec<Card>; COLUMNS] {
        let portfolio = cx.portfolio;
        let mut columns: [Vec<Card>; COLUMNS] = Default::default();
        let text = fold(&self.text);
        let keeps = |folded: &str| text.is_empty() || folded.contains(&text);
        let late = portfolio.projects.iter().filter(|it| it.entered < it.expected);
        for it in
            late.filter(|it| self.project.is_none_or(|id| it.project.id == id) && self.contractor.is_none())
        {
            if keeps(&fold(&it.project.name)) {
                let since = missing_since(portfolio, it.project.id).unwrap_or(it.due);
                columns[0].push(Card {
                    about: About::Missing(it.project.id, it.due),
                    code: it.project.name.clone(),
                    name: cx.texts.month(it.due),
                    lot_name: String::new(),
                    figure: format!("{}/{}", it.entered, it.expected),
                    contractors: String::new(),
                    since,
                });
            }
        }
        let mut rows: Vec<_> = portfolio.rows.iter().filter_map(|it| Some((gravity(it)?, it))).collect();
        rows.sort_by_key(|(_, it)| it.looked.found.as_ref().and_then(|it| it.report.target));
        for (column, row) in rows {
            let Some(found) = &row.looked.found else { continue };
            let of_project = self.project.is_none_or(|it| row.project == it);
            let of_contractor = self.contractor.is_none_or(|it| row.contractors.contains(&it));
            let named = keeps(&row.folded) || keeps(&fold(portfolio.project_name(row.project)));
            if of_project && of_contractor && named {
                columns[column].push(Card {
                    about: About::Lot(row.lot),
                    code: row.code.clone(),
                    name: row.name.clone(),
                    lot_name: row.lot_name.clone(),
                    figure: cx.texts.rate(found.report.target),
                    contractors: portfolio.contractors_of(row),
                    since: found.report.since.unwrap_or(found.report.month),
                });
            }
        }
        columns
    }

    /// Steps through the projects or contractors on which an alert stands.
    fn grant(&mut self, cx: &Cx<'_>) {
        let rows = &cx.portfolio.rows;
        let alerting = |it: &&crate::actions::portfolio::LotRow| {
            it.looked.found.is_some() || it.looked.missing_since.is_some()
        };
        match self.wished.take() {
            None => return,
            Some(Wish::Project) => {
                let is_there = |id: Id<Project>| rows.iter().filter(alerting).any(|it| it.project == id);
                let projects = cx.portfolio.projects.iter().map(|it| it.project.id);
                let all: Vec<_> = projects.filter(|it| is_there(*it)).collect();
                self.project = next_of(&all, self.project);
            }
            Some(Wish::Contractor) => {
                let mut all: Vec<Id<Contractor>> =
                    rows.iter().filter(alerting).flat_map(|it| it.contractors.iter().copied()).collect();
                let name = |id: &Id<Contractor>| cx.portfolio.contractors.get(id).map(String::as_str);
                all.sort_by(|a, b| (name(a), a).cmp(&(name(b), b)));
                all.dedup();
                self.contractor = next_of(&all, self.contractor);
            }
        }
        self.stale = true;
    }
}

/// Returns the thing after `now`, and none after the last.
fn next_of<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    match now {
        None => all.first().copied(),
        Some(now) => all.iter().position(|it| *it == now).and_then(|it| all.get(it + 1)).copied(),
    }
}

fn missing_since(portfolio: &Portfolio, project: Id<Project>) -> Option<Month> {
    let rows = portfolio.rows.iter().filter(|it| it.project == project);
    rows.filter_map(|it| it.looked.missing_since).min()
}

impl Screen for Alerts {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter t", Msg::Open, "key-trail").hinted().unless(nothing),
        Binding::new("d", Msg::Decide, "key-decide").hinted().unless(no_lot),
        Binding::new("i", Msg::Card, "key-card").hinted().unless(no_lot),
        Binding::new("s", Msg::Enter, "key-enter-figures").hinted().unless(nothing),
        Binding::new("/", Msg::Filter, "key-filter").hinted(),
        Binding::new("p", Msg::Project, "key-filter-project"),
        Binding::new("c", Msg::Contractor, "key-filter-contractor"),
        Binding::new("f", Msg::Alone, "key-one-gravity"),
        Binding::new("Left h", Msg::Left, "key-left"),
        Binding::new("Right l", Msg::Right, "key-right"),
        Binding::new("Down j", Msg::Go(Nav::Down), "key-down"),
        Binding::new("Up k", Msg::Go(Nav::Up), "key-up"),
        Binding::new("PageDown", Msg::Go(Nav::PageDown), "key-page-down"),
        Binding::new("PageUp", Msg::Go(Nav::PageUp), "key-page-up"),
        Binding::new("Home", Msg::Go(Nav::First), "key-first"),
        Binding::new("End", Msg::Go(Nav::Last), "key-last"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-alerts")
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        let mut parts = Vec::new();
        if self.filtering || !self.text.is_empty() {
            parts.push(format!("/{}", self.text));
        }
        parts.extend(self.project.map(|it| cx.portfolio.project_name(it).to_owned()));
        parts.extend(self.contractor.and_then(|it| cx.portfolio.contractors.get(&it)).cloned());
        parts.push(cx.texts.date(cx.today));
        parts.join(" · ")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => {
                let len = self.columns.get(self.column).map_or(0, Vec::len);
                self.cursors.get_mut(self.column)?.go(nav, len);
            }
            Msg::Left => self.sideways(true),
            Msg::Right => self.sideways(false),
            Msg::Open => {
                return Some(Command::Open(match self.selected()?.about {
                    About::Lot(lot) => Place::Trail(lot, None),
                    About::Missing(project, month) => grid(Some(project), Some(month), None),
                }));
            }
            Msg::Card => return self.lot().map(|it| Command::Open(Place::Card(it))),
            Msg::Decide => return self.lot().map(|it| Command::Open(Place::Decide(it))),
            Msg::Enter => {
                return Some(Command::Open(match self.selected()?.about {
                    About::Lot(lot) => grid(None, None, Some(lot)),
                    About::Missing(project, month) => grid(Some(project), Some(month), None),
                }));
            }
            Msg::Filter => self.filtering = true,
            Msg::Project => self.wished = Some(Wish::Project),
            Msg::Contractor => self.wished = Some(Wish::Contractor),
            Msg::Alone => self.alone = !self.alone,
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let filtered =
            !self.text.is_empty() || self.project.is_some() || self.contractor.is_some() || self.alone;
        match key.code {
            KeyCode::Esc if self.filtering || filtered => {
                (self.filtering, self.alone) = (false, false);
                self.text.clear();
                (self.project, self.contractor) = (None, None);
            }
            _ if !self.filtering => return Capture::Passed,
            KeyCode::Enter => self.filtering = false,
            KeyCode::Backspace if self.text.pop().is_none() => self.filtering = false,
            KeyCode::Backspace => {}
            KeyCode::Char(letter) if !key.modifiers.contains(KeyModifiers::CONTROL) => self.text.push(letter),
            _ => return Capture::Passed,
        }
        self.stale = true;
        Capture::Taken
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if self.filtering {
            self.text.push_str(&clean_line(text, 60));
            self.stale = true;
        }
        None
    }

    fn is_typing(&self) -> bool {
        self.filtering
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.grant(cx);
        self.arrange(cx);
        let height = usize::from(draw::card_rows(size, self.alone));
        for (column, cursor) in self.columns.iter().zip(&mut self.cursors) {
            cursor.settle(column.len(), height);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        draw::draw(self, frame, area, cx);
    }
}

const fn grid(project: Option<Id<Project>>, month: Option<Month>, lot: Option<Id<Lot>>) -> Place {
    Place::Entry(EntryAim { project, month, lot })
}

fn nothing(alerts: &Alerts) -> Option<&'static str> {
    alerts.selected().is_none().then_some("alerts-nothing")
}

fn no_lot(alerts: &Alerts) -> Option<&'static str> {
    alerts.lot().is_none().then_some("alerts-no-lot")
}
