//! Notices: what waits, for whom, why it has not gone; approved, held, withdrawn, sent, and the letter itself.

mod asking;
mod draw;
mod reading;
mod reasons;
mod shown;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use asking::Asking;
use reading::Reading;
use reasons::{
    addresses_fixed, approved_already, no_drafts, not_asked, not_to_hold, not_to_send, not_to_withdraw,
    words_fixed,
};
pub use shown::{Addressee, Row, Shown, Stage};

use crate::actions::notices::{Chosen, Words};
use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::ui::command::{Command, NoticesAsk, Place};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::filter::{Filter, holds};

/// Notices.
pub struct Notices {
    shown: Shown,
    /// The rows in sight of the list.
    kept: Vec<usize>,
    all: bool,
    project: Option<Id<Project>>,
    filter: Filter,
    cursor: Cursor,
    reading: Option<Reading>,
    asking: Option<Asking>,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Look at the letter, close it, or go on with what is asked.
    Open,
    /// Approve the selected one.
    Approve,
    /// Approve every draft in the list.
    ApproveAll,
    /// Keep it back.
    Hold,
    /// Withdraw it.
    Withdraw,
    /// Mend an address.
    Address,
    /// Somebody more to write to.
    Add,
    /// Edit the words.
    Words,
    /// Prepare what is called for.
    Prepare,
    /// Send the selected one now.
    Send,
    /// Send everything that is due.
    SendAll,
    /// Everything, or what is still to be done.
    All,
    /// The next project.
    Project,
    /// Type a filter.
    Filter,
    /// The addressee after.
    NextAddressee,
}

impl Notices {
    /// Shows notices.
    pub fn new(shown: Shown) -> Self {
        let mut it = Self {
            shown,
            kept: Vec::new(),
            all: false,
            project: None,
            filter: Filter::default(),
            cursor: Cursor::default(),
            reading: None,
            asking: None,
        };
        it.sift();
        it
    }

    /// Shows them as they were read again; the selection stays with its notice, what is typed stays typed.
    pub fn show(&mut self, shown: Shown) {
        let selected = self.selected().map(|it| it.id);
        self.shown = shown;
        self.sift();
        if let Some(id) = selected {
            self.select(id);
        }
    }

    /// Selects a notice, among all where it is not among the open ones.
    pub fn select(&mut self, id: Id<Notice>) {
        let at = |it: &Self| it.kept.iter().position(|at| it.shown.rows[*at].id == id);
        let is_known = self.shown.rows.iter().any(|it| it.id == id);
        if at(self).is_none() && is_known && !self.all && self.reading.is_some() {
            self.all = true;
            self.sift();
        }
        self.cursor.selected = at(self).unwrap_or(self.cursor.selected);
    }

    /// Shows the letter of a notice; `None` when it cannot be read again.
    pub fn read(&mut self, id: Id<Notice>, words: Words, letter: &str) {
        let scroll = self.reading.as_ref().filter(|it| it.id == id).map(|it| it.scroll).unwrap_or_default();
        self.reading = Some(Reading::new(id, words, letter, scroll));
        self.select(id);
    }

    /// Returns the notice of which the letter is looked at.
    pub fn being_read(&self) -> Option<Id<Notice>> {
        self.reading.as_ref().map(|it| it.id)
    }

    /// Asks for the grounds of a formal notice.
    pub fn ask_grounds(&mut self, lot: Id<Lot>, place: String) {
        self.asking = Some(Asking::grounds(lot, place));
    }

    /// What was asked is done.
    pub fn done(&mut self) {
        self.asking = None;
    }

    /// Says why what is typed was refused; it stays typed.
    pub fn refuse(&mut self, problem: Problem) {
        if let Some(asking) = &mut self.asking {
            asking.refused = Some(problem);
        }
    }

    /// Tells whether a question is open.
    pub const fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    fn sift(&mut self) {
        let words = self.filter.words();
        let fits = |it: &Row| {
            (self.all || it.stage.is_open())
                && self.project.is_none_or(|id| id == it.project)
                && (words.is_empty() || holds(&it.sought(), &words))
        };
        self.kept = (0..self.shown.rows.len()).filter(|it| fits(&self.shown.rows[*it])).collect();
        self.cursor.selected = self.cursor.selected.min(self.kept.len().saturating_sub(1));
    }

    fn selected(&self) -> Option<&Row> {
        self.kept.get(self.cursor.selected).and_then(|it| self.shown.rows.get(*it))
    }

    /// Returns the message key of why the list is empty.
    fn why_empty(&self) -> &'static str {
        if self.shown.rows.is_empty() {
            "notices-empty"
        } else if self.filter.is_shown() || self.project.is_some() {
            "notices-none-found"
        } else {
            "notices-none-open"
        }
    }

    fn drafts(&self) -> Vec<Chosen> {
        let rows = self.kept.iter().filter_map(|it| self.shown.rows.get(*it));
        rows.filter(|it| it.stage == Stage::Draft).map(|it| self.chosen(it)).collect()
    }

    /// Chooses a notice with the words that are in sight.
    fn chosen(&self, row: &Row) -> Chosen {
        let reading = self.reading.as_ref().filter(|it| it.id == row.id);
        Chosen { id: row.id, read: Some(reading.map_or(row.words, |it| it.words)) }
    }

    fn count(&self, stage: Stage) -> usize {
        self.shown.rows.iter().filter(|it| it.stage == stage).count()
    }

    fn open(&mut self) -> Option<Command> {
        if let Some(asking) = &mut self.asking {
            return asking.answered();
        }
        if self.reading.take().is_some() {
            return None;
        }
        self.selected().map(|it| Command::Notices(NoticesAsk::Read(it.id)))
    }

    fn ask(&self, make: impl Fn(Vec<Id<Notice>>) -> NoticesAsk) -> Option<Command> {
        self.selected().map(|it| Command::Notices(make(vec![it.id])))
    }

    /// Steps through the projects that have notices.
    fn next_project(&mut self) {
        let mut all: Vec<(&str, Id<Project>)> =
            self.shown.rows.iter().map(|it| (it.project_name.as_str(), it.project)).collect();
        all.sort_unstable();
        all.dedup();
        let next = match self.project {
            None => 0,
            Some(now) => all.iter().position(|it| it.1 == now).map_or(0, |it| it + 1),
        };
        self.project = all.get(next).map(|it| it.1);
        self.sift();
    }

    fn go(&mut self, nav: Nav) {
        match (&mut self.asking, &mut self.reading) {
            (Some(asking), _) => asking.go(nav),
            (None, Some(reading)) => reading.scroll.go(nav, reading.lines.len()),
            (None, None) => self.cursor.go(nav, self.kept.len()),
        }
    }
}

impl Screen for Notices {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Open, "key-notices-open").hinted(),
        Binding::new("a", Msg::Approve, "key-notices-approve").hinted().unless(approved_already),
        Binding::new("A", Msg::ApproveAll, "key-notices-approve-all").hinted().unless(no_drafts),
        Binding::new("e", Msg::Address, "key-notices-address").hinted().unless(addresses_fixed),
        Binding::new("n", Msg::Prepare, "key-notices-prepare").hinted(),
        Binding::new("S", Msg::SendAll, "key-notices-send-all").hinted(),
        Binding::new("s", Msg::Send, "key-notices-send").unless(not_to_send),
        Binding::new("w", Msg::Words, "key-notices-words").unless(words_fixed),
        Binding::new("+", Msg::Add, "key-notices-add").unless(not_to_withdraw),
        Binding::new("h", Msg::Hold, "key-notices-hold").unless(not_to_hold),
        Binding::new("D", Msg::Withdraw, "key-notices-withdraw").unless(not_to_withdraw),
        Binding::new("f", Msg::All, "key-notices-all"),
        Binding::new("p", Msg::Project, "key-filter-project"),
        Binding::new("/", Msg::Filter, "key-filter"),
        Binding::new("Tab", Msg::NextAddressee, "key-notices-next-address").hinted().unless(not_asked),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("abc…", "typing-notices")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-notices")
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        let mut parts = Vec::new();
        if self.filter.is_shown() && !self.filter.is_typing() {
            parts.push(self.filter.signed());
        }
        parts.extend(self.project.map(|it| cx.portfolio.project_name(it).to_owned()));
        parts.push(cx.texts.date(cx.today));
        parts.join(" · ")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => self.go(nav),
            Msg::Open => return self.open(),
            Msg::Approve => {
                let chosen = self.selected().map(|it| vec![self.chosen(it)]);
                return chosen.map(|it| Command::Notices(NoticesAsk::Approve(it)));
            }
            Msg::ApproveAll => self.asking = Some(Asking::approve_all(self.drafts())),
            Msg::Hold => return self.ask(NoticesAsk::Hold),
            Msg::Withdraw => {
                self.asking =
                    self.selected().map(|it| Asking::withdraw(it.id, format!("{} {}", it.title, it.place)));
            }
            Msg::Address => self.asking = self.selected().and_then(Asking::address),
            Msg::Add => self.asking = self.selected().map(|it| Asking::add(it.id)),
            Msg::Words => return self.selected().map(|it| Command::Open(Place::NoticeWords(it.id))),
            Msg::Prepare => return Some(Command::Notices(NoticesAsk::Prepare)),
            Msg::Send => return self.selected().map(|it| Command::Notices(NoticesAsk::Send(Some(it.id)))),
            Msg::SendAll => return Some(Command::Notices(NoticesAsk::Send(None))),
            Msg::All => {
                self.all = !self.all;
                self.sift();
            }
            Msg::Project => self.next_project(),
            Msg::Filter => self.filter.begin(),
            Msg::NextAddressee => self.go(Nav::Down),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if let Some(asking) = &mut self.asking {
            if key.code == KeyCode::Esc {
                self.asking = None;
                return Capture::Taken;
            }
            return if asking.key(key) { Capture::Taken } else { Capture::Passed };
        }
        if self.reading.is_some() && key.code == KeyCode::Esc {
            self.reading = None;
            return Capture::Taken;
        }
        if !self.filter.key(key) {
            return Capture::Passed;
        }
        self.cursor = Cursor::default();
        self.sift();
        Capture::Taken
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if let Some(asking) = &mut self.asking {
            asking.insert(text);
        } else if self.filter.paste(text) {
            self.sift();
        }
        None
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        let rows = self.list_rows(size);
        self.cursor.settle(self.kept.len(), usize::from(rows));
        if let Some(reading) = &mut self.reading {
            let rows = draw::letter_rows(size.height, self.asking.is_some());
            reading.settle(usize::from(draw::letter_width(size.width)), usize::from(rows));
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        self.paint(frame, area, cx);
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing() || self.asking.is_some()
    }
}
