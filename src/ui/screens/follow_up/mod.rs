//! The tree of the organisation, the list of sites, the card of the selected one.

mod aims;
mod draw;
pub mod lines;

pub use draw::TREND_MONTHS;

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::lot_card::LotCard;
use crate::actions::portfolio::{LotRow, Portfolio};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::rules::Status;
use crate::ui::command::{Archived, Command, EntryAim, FormAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::basis::Basis;
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::filter::Filter;
use lines::{Line, Query};

/// From this width on the card of the selected lot stands at the right.
pub const CARD_WIDTH_MIN: u16 = 110;
/// While a filter is typed only so many lots are drawn: the eye needs no more, and the line carries less.
pub const FILTERED_ROWS: usize = 10;

/// The narrowest that codes are shown.
const CODE_WIDTH_MIN: u16 = 5;
/// The widest that codes are shown.
const CODE_WIDTH_MAX: u16 = 14;

/// The tree of the organisation, the list of sites, the card of the selected one.
pub struct FollowUp {
    query: Query,
    filter: Filter,
    tree: Option<Cursor>,
    lines: Vec<Line>,
    cursor: Cursor,
    chosen: Option<Chosen>,
    /// The last op, the month, how many lots.
    basis: Basis<(i64, Month, usize)>,
    /// A site that was just added: it is selected as soon as it is in the list.
    wanted: Option<Id<crate::model::site::Site>>,
    size: Size,
    code_width: u16,
    /// Another month than the one that is due, with the portfolio as it stood then.
    past: Option<Box<Portfolio>>,
    /// The month that was asked for, until it is read.
    asked: Option<Month>,
    /// The last statuses of lots that were in sight, oldest first.
    trends: HashMap<Id<Lot>, Vec<Status>>,
    /// The card of the selected lot.
    card: Option<Box<LotCard>>,
}

/// The selected lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chosen {
    lot: Id<Lot>,
    site: Id<crate::model::site::Site>,
    project: Id<Project>,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Open the card, or take the project of the tree.
    Open,
    /// Type a filter.
    Filter,
    /// Keep other lots.
    Keep,
    /// Another order.
    Order,
    /// Other headings.
    Group,
    /// To the tree and back.
    Tree,
    /// The month before.
    Earlier,
    /// The month after.
    Later,
    /// Enter figures.
    Enter,
    /// Decide.
    Decide,
    /// The trail.
    Trail,
    /// The synthesis table.
    Synthesis,
    /// Edit the site.
    Edit,
    /// Add a site.
    Add,
    /// Add a lot to the site.
    AddLot,
    /// Archive the site.
    Archive,
}

impl FollowUp {
    /// Shows one project, or all.
    pub fn new(project: Option<Id<Project>>) -> Self {
        Self {
            query: Query { project, ..Query::default() },
            filter: Filter::default(),
            tree: None,
            lines: Vec::new(),
            cursor: Cursor::default(),
            chosen: None,
            basis: Basis::default(),
            wanted: None,
            size: Size::default(),
            code_width: CODE_WIDTH_MIN,
            past: None,
            asked: None,
            trends: HashMap::new(),
            card: None,
        }
    }

    /// Forgets what was read for single lots.
    pub fn forget(&mut self) {
        self.trends.clear();
        self.card = None;
        self.basis.forget();
    }

    /// Returns the lots in sight of which the trend is not known.
    pub fn lacking<'a>(&'a self, cx: &'a Cx<'_>) -> impl Iterator<Item = &'a LotRow> + 'a {
        let rows = &self.shown(cx).rows;
        let sight = if self.filter.is_typing() { 0..0 } else { self.cursor.in_sight(self.lines.len()) };
        self.lines[sight].iter().filter_map(move |line| match line {
            Line::Lot(at) => rows.get(*at).filter(|it| !self.trends.contains_key(&it.lot)),
            Line::Heading(..) => None,
        })
    }

    /// Takes in a trend.
    pub fn add_trend(&mut self, lot: Id<Lot>, trend: Vec<Status>) {
        self.trends.insert(lot, trend);
    }

    /// Returns the lot whose card is to be read.
    pub fn card_wanted(&self) -> Option<Id<Lot>> {
        let chosen = self.chosen?.lot;
        let wide = self.size.width >= CARD_WIDTH_MIN && !self.filter.is_typing();
        (wide && self.card.as_ref().is_none_or(|it| it.lot.id != chosen)).then_some(chosen)
    }

    /// Takes in the card of the selected lot.
    pub fn show_card(&mut self, card: Option<Box<LotCard>>) {
        self.card = card;
    }

    /// Returns the portfolio that is shown.
    fn shown<'a>(&'a self, cx: &'a Cx<'_>) -> &'a Portfolio {
        self.past.as_deref().unwrap_or(cx.portfolio)
    }

    /// Brings the list in line with another month.
    pub fn arrange_again(&mut self, cx: &Cx<'_>) {
        self.settle(self.size, cx);
    }

    /// Returns the month that the user looks at instead of the one that is due.
    fn month(&self) -> Option<Month> {
        self.asked.or_else(|| self.past.as_ref().map(|it| it.month))
    }

    fn go(&mut self, nav: Nav) {
        if let Some(tree) = &mut self.tree {
            // The tree is settled against its real length before it is drawn.
            tree.go(nav, usize::MAX);
            self.basis.forget();
            return;
        }
        self.cursor.go(nav, self.lines.len());
        if matches!(self.lines.get(self.cursor.selected), Some(Line::Heading(..))) {
            let back = matches!(nav, Nav::Up | Nav::PageUp) && self.cursor.selected > 0;
            self.cursor.go(if back { Nav::Up } else { Nav::Down }, self.lines.len());
        }
    }

    fn step_month(&mut self, by: i32) {
        let shown = self.month().or_else(|| self.basis.last().map(|it| it.1));
        self.asked = shown.map(|it| it.plus(by));
    }

    /// Keeps the selection on the same lot when the list changes.
    fn arrange(&mut self, cx: &Cx<'_>) {
        let portfolio = self.past.as_deref().unwrap_or(cx.portfolio);
        if !self.basis.renew((portfolio.seen(), portfolio.month, portfolio.rows.len())) {
            return;
        }
        self.query.words = self.filter.words();
        let chosen = self.chosen.map(|it| it.lot);
        self.lines = lines::lines(portfolio, &self.query);
        self.code_width = portfolio.code_width(CODE_WIDTH_MIN, CODE_WIDTH_MAX);
        let is_lot = |line: &Line| matches!(line, Line::Lot(_));
        let kept = self
            .lines
            .iter()
            .position(|it| matches!(it, Line::Lot(at) if Some(portfolio.rows[*at].lot) == chosen));
        let wanted = self.wanted.take().and_then(|site| {
            self.lines.iter().position(|it| matches!(it, Line::Lot(at) if portfolio.rows[*at].site == site))
        });
        let kept = wanted.or(kept);
        let first = self.lines.iter().position(is_lot).unwrap_or(0);
        self.cursor.selected = if self.filter.is_typing() { first } else { kept.unwrap_or(first) };
    }
}

impl Screen for FollowUp {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter Right l", Msg::Open, "key-card").hinted().unless(empty),
        Binding::new("/", Msg::Filter, "key-filter").hinted(),
        Binding::new("s", Msg::Enter, "key-enter-figures").hinted(),
        Binding::new("Tab", Msg::Tree, "key-tree").hinted(),
        Binding::new("f", Msg::Keep, "key-keep").hinted(),
        Binding::new("o", Msg::Order, "key-order").hinted(),
        Binding::new("r", Msg::Group, "key-group"),
        Binding::new("<", Msg::Earlier, "key-earlier"),
        Binding::new(">", Msg::Later, "key-later"),
        Binding::new("t", Msg::Trail, "key-trail").unless(empty),
        Binding::new("d", Msg::Decide, "key-decide").unless(empty),
        Binding::new("y", Msg::Synthesis, "key-synthesis"),
        Binding::new("e", Msg::Edit, "key-edit-site").unless(empty),
        Binding::new("a", Msg::Add, "key-add-site"),
        Binding::new("L", Msg::AddLot, "key-add-lot").unless(empty),
        Binding::new("D", Msg::Archive, "key-archive-site").unless(empty),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);

    fn title(&self, cx: &Cx<'_>) -> String {
        let place = cx.texts.text("place-follow-up");
        match self.query.project {
            Some(project) => format!("{place} · {}", cx.portfolio.project_name(project)),
            None => place,
        }
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        self.aside_text(cx)
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        let chosen = self.chosen;
        let of_chosen = |make: fn(Chosen) -> Place| chosen.map(|it| Command::Open(make(it)));
        match msg {
            Msg::Go(nav) => self.go(nav),
            Msg::Open if self.tree.is_some() => {
                self.tree = None;
                self.basis.forget();
            }
            Msg::Open => return of_chosen(|it| Place::Card(it.lot)),
            Msg::Filter => {
                self.filter.begin();
                self.basis.forget();
            }
            Msg::Keep => self.change(|it| it.kept = it.kept.next()),
            Msg::Order => {
                // Who asks for the worst first wants to see it, not where the selected lot went.
                self.chosen = None;
                self.change(|it| it.order = it.order.next());
            }
            Msg::Group => self.change(|it| it.grouping = it.grouping.next()),
            Msg::Tree => {
                self.tree = if self.tree.is_some() { None } else { Some(Cursor::default()) };
                self.basis.forget();
            }
            Msg::Earlier => self.step_month(-1),
            Msg::Later => self.step_month(1),
            Msg::Enter => {
                let (project, lot) = (chosen.map(|it| it.project), chosen.map(|it| it.lot));
                let aim = EntryAim { project: project.or(self.query.project), month: self.month(), lot };
                return Some(Command::Open(Place::Entry(aim)));
            }
            Msg::Decide => return of_chosen(|it| Place::Decide(it.lot)),
            Msg::Trail => return of_chosen(|it| Place::Trail(it.lot, None)),
            Msg::Synthesis => {
                let project = self.query.project.or(chosen.map(|it| it.project));
                return Some(Command::Open(Place::Synthesis(project)));
            }
            Msg::Edit => return of_chosen(|it| Place::Form(FormAim::EditSite(it.site))),
            Msg::Add => {
                let project = self.query.project.or(chosen.map(|it| it.project));
                return Some(Command::Open(Place::Form(FormAim::AddSite(project))));
            }
            Msg::AddLot => return of_chosen(|it| Place::Form(FormAim::AddLot(it.site))),
            Msg::Archive => return chosen.map(|it| Command::Archive(Archived::Site(it.site))),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let left_tree = key.code == KeyCode::Esc && !self.filter.is_typing() && self.tree.take().is_some();
        if !self.filter.key(key) && !left_tree {
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
        self.size = size;
        if let Some(tree) = &mut self.tree {
            let len = cx.portfolio.projects.len() + 1;
            tree.settle(len, usize::from(size.height.saturating_sub(2)));
            let project = tree.selected.checked_sub(1).and_then(|it| cx.portfolio.projects.get(it));
            let project = project.map(|it| it.project.id);
            if self.query.project != project {
                self.query.project = project;
                self.basis.forget();
            }
        }
        self.arrange(cx);
        // Two rows above the list, a blank one below it.
        let rows = usize::from(size.height.saturating_sub(3));
        let height = if self.filter.is_typing() { rows.min(FILTERED_ROWS) } else { rows };
        self.cursor.settle(self.lines.len(), height);
        let rows = &self.past.as_deref().unwrap_or(cx.portfolio).rows;
        self.chosen = match self.lines.get(self.cursor.selected) {
            Some(Line::Lot(at)) => {
                rows.get(*at).map(|it| Chosen { lot: it.lot, site: it.site, project: it.project })
            }
            _ => None,
        };
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        draw::draw(self, frame, area, cx);
    }
}

impl FollowUp {
    fn change(&mut self, change: impl FnOnce(&mut Query)) {
        change(&mut self.query);
        self.basis.forget();
    }
}

const fn empty(screen: &FollowUp) -> Option<&'static str> {
    if screen.chosen.is_none() { Some("follow-up-nothing") } else { None }
}
