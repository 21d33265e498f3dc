//! The board of alerts: a column per gravity; each card says why.

pub mod cards;
mod draw;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::portfolio::LotRow;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contractor, Project};
use crate::model::site::Lot;
use crate::ui::command::{Command, EntryAim, NoticesAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::basis::Basis;
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::filter::Filter;
pub use cards::{About, Card};
use cards::{COLUMNS, Sought, cards};

/// The board of alerts.
pub struct Alerts {
    columns: [Vec<Card>; COLUMNS],
    cursors: [Cursor; COLUMNS],
    column: usize,
    alone: bool,
    filter: Filter,
    project: Option<Id<Project>>,
    contractor: Option<Id<Contractor>>,
    wished: Option<Wish>,
    /// The last op, how many lots.
    basis: Basis<(i64, usize)>,
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
    /// Prepare the notice.
    Notice,
    /// Prepare a formal notice.
    Formal,
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
            filter: Filter::default(),
            project: None,
            contractor: None,
            wished: None,
            basis: Basis::default(),
            detail: None,
        }
    }
}

impl Alerts {
    /// Reads everything again.
    pub fn forget(&mut self) {
        self.basis.forget();
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

    /// Tells whether less than the whole board is shown.
    fn is_narrowed(&self) -> bool {
        self.filter.is_shown() || self.project.is_some() || self.contractor.is_some()
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
        if !self.basis.renew((cx.portfolio.seen(), cx.portfolio.rows.len())) {
            return;
        }
        let selected = self.selected().map(|it| it.about);
        self.columns = cards(
            cx.portfolio,
            cx.texts,
            &Sought { words: self.filter.words(), project: self.project, contractor: self.contractor },
        );
        for (column, cursor) in self.columns.iter().zip(&mut self.cursors) {
            let kept = column.iter().position(|it| Some(it.about) == selected);
            cursor.selected = kept.unwrap_or(cursor.selected).min(column.len().saturating_sub(1));
        }
        let gravest = self.columns.iter().rposition(|it| !it.is_empty()).unwrap_or(COLUMNS - 1);
        if self.columns.get(self.column).is_none_or(Vec::is_empty) {
            self.column = gravest;
        }
    }

    /// Steps through the projects or contractors on which an alert stands.
    fn grant(&mut self, cx: &Cx<'_>) {
        let rows = &cx.portfolio.rows;
        let alerting = |it: &&LotRow| it.looked.found.is_some() || it.looked.missing_since.is_some();
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
        self.basis.forget();
    }
}

/// Returns the thing after `now`, and none after the last.
fn next_of<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    match now {
        None => all.first().copied(),
        Some(now) => all.iter().position(|it| *it == now).and_then(|it| all.get(it + 1)).copied(),
    }
}

impl Screen for Alerts {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter t", Msg::Open, "key-trail").hinted().unless(nothing),
        Binding::new("d", Msg::Decide, "key-decide").hinted().unless(no_lot),
        Binding::new("n", Msg::Notice, "key-notice").hinted().unless(nothing),
        Binding::new("i", Msg::Card, "key-card").hinted().unless(no_lot),
        Binding::new("s", Msg::Enter, "key-enter-figures").hinted().unless(nothing),
        Binding::new("/", Msg::Filter, "key-filter").hinted(),
        Binding::new("N", Msg::Formal, "key-notice-formal").unless(no_lot),
        Binding::new("p", Msg::Project, "key-filter-project"),
        Binding::new("c", Msg::Contractor, "key-filter-contractor"),
        Binding::new("f", Msg::Alone, "key-one-gravity"),
        Binding::new("Left h", Msg::Left, "key-left"),
        Binding::new("Right l", Msg::Right, "key-right"),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-alerts")
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        let mut parts = Vec::new();
        if self.filter.is_shown() {
            parts.push(self.filter.signed());
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
            Msg::Notice => {
                return Some(Command::Open(Place::Notices(match self.selected()?.about {
                    About::Lot(lot) => NoticesAim::OfLot(lot),
                    About::Missing(project, _) => NoticesAim::OfProject(project),
                })));
            }
            Msg::Formal => {
                return self.lot().map(|it| Command::Open(Place::Notices(NoticesAim::Formal(it))));
            }
            Msg::Card => return self.lot().map(|it| Command::Open(Place::Card(it))),
            Msg::Decide => return self.lot().map(|it| Command::Open(Place::Decide(it))),
            Msg::Enter => {
                return Some(Command::Open(match self.selected()?.about {
                    About::Lot(lot) => grid(None, None, Some(lot)),
                    About::Missing(project, month) => grid(Some(project), Some(month), None),
                }));
            }
            Msg::Filter => self.filter.begin(),
            Msg::Project => self.wished = Some(Wish::Project),
            Msg::Contractor => self.wished = Some(Wish::Contractor),
            Msg::Alone => self.alone = !self.alone,
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if key.code == KeyCode::Esc && (self.is_narrowed() || self.alone) {
            self.filter.clear();
            (self.project, self.contractor, self.alone) = (None, None, false);
        } else if !self.filter.key(key) {
            return Capture::Passed;
        }
        self.basis.forget();
        Capture::Taken
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if self.filter.paste(text) {
            self.basis.forget();
        }
        None
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing()
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
