//! The exchange with other machines: places, machines, what waits, what is held.

mod asking;
mod draw;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use asking::{Asking, What};

use super::import::Choice;
use crate::model::problem::Problem;
use crate::ui::command::{Command, ExchangeAsk, Place, Task};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// How the exchange stands, as people read it.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The places.
    pub places: Vec<PlaceRow>,
    /// The machines of the organisation.
    pub machines: Vec<MachineRow>,
    /// What is held and why, one sentence each.
    pub held: Vec<String>,
    /// Values of which versions compete.
    pub contested: usize,
    /// What is to be said about the enrolment of this machine.
    pub enrolment: Option<String>,
    /// Whether an administrator has to do something about it.
    pub is_lacking: bool,
    /// The line with which an administrator enrols this machine.
    pub own_line: Option<String>,
    /// Where a bundle for anybody would lie.
    pub bundle: String,
}

/// A place to exchange with.
#[derive(Clone, Debug, Default)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// What kind of place it is.
    pub kind: String,
    /// Its address.
    pub target: String,
    /// When the last exchange was.
    pub when: String,
    /// What it came to, in a few words.
    pub result: String,
    /// What it came to, in one line.
    pub last: String,
    /// What of it wants attention.
    pub notes: Vec<String>,
    /// How many changes it lacks, by what is known here.
    pub pending: u64,
    /// Where a bundle for it would lie.
    pub bundle: String,
    /// Whether a machine is known to answer there.
    pub is_met: bool,
}

/// A machine of the organisation.
#[derive(Clone, Debug, Default)]
pub struct MachineRow {
    /// Its name.
    pub name: String,
    /// What it may.
    pub role: String,
}

/// The exchange with other machines.
pub struct Exchange {
    shown: Shown,
    cursor: Cursor,
    asking: Option<Asking>,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Exchange, open the conflicts, or go on with what is typed.
    Open,
    /// Exchange with the place.
    Exchange,
    /// Add a place.
    Add,
    /// Forget the place.
    Remove,
    /// Write a bundle.
    Write,
    /// Take in a bundle.
    Take,
    /// Complete the path.
    Complete,
}

impl Exchange {
    /// Shows how the exchange stands.
    pub fn new(shown: Shown) -> Self {
        Self { shown, cursor: Cursor::default(), asking: None }
    }

    /// Shows it as it was read again; the selection stays with its place, what is typed stays typed.
    pub fn show(&mut self, shown: Shown) {
        let name = self.selected().map(|it| it.name.clone());
        self.shown = shown;
        let again = self.shown.places.iter().position(|it| Some(&it.name) == name.as_ref());
        self.cursor.selected = again.unwrap_or(self.cursor.selected).min(self.len().saturating_sub(1));
    }

    /// What was asked is done: nothing is typed any more. The place of that name is selected.
    pub fn done(&mut self, name: &str) {
        self.asking = None;
        if let Some(at) = self.shown.places.iter().position(|it| it.name == name) {
            self.cursor.selected = at;
        }
    }

    /// Says why what is typed was refused; it stays typed.
    pub fn refuse(&mut self, problem: Problem) {
        if let Some(asking) = &mut self.asking {
            asking.refused = Some(problem);
        }
    }

    /// A bundle was not written or not taken in: its path is there again to be mended.
    pub fn resume(&mut self, task: &Task, problem: Problem) {
        let (what, path) = match task {
            Task::Exchange(_) | Task::Send(_) => return,
            Task::Write(path, _) => (What::Write, path),
            Task::Take(path) => (What::Take, path),
        };
        let mut asking = Asking::path(what, &path.display().to_string());
        asking.refused = Some(problem);
        self.asking = Some(asking);
    }

    /// Shows what can complete the path; `None` where nothing begins like it.
    pub fn completed(&mut self, text: &str, choices: Option<Vec<Choice>>) {
        if let Some(asking) = &mut self.asking {
            asking.complete(text, choices);
        }
    }

    /// Returns how many rows can be selected: places, and the values that compete.
    fn len(&self) -> usize {
        self.shown.places.len() + usize::from(self.shown.contested > 0)
    }

    fn selected(&self) -> Option<&PlaceRow> {
        self.shown.places.get(self.cursor.selected)
    }

    fn open(&mut self) -> Option<Command> {
        if self.asking.is_some() {
            return self.answered();
        }
        if self.selected().is_some() {
            return self.exchange();
        }
        let key = if self.len() > 0 { None } else { Some("exchange-add-first") };
        Some(key.map_or(Command::Open(Place::Conflicts), Command::Say))
    }

    fn exchange(&self) -> Option<Command> {
        let name = self.selected()?.name.clone();
        Some(Command::Exchange(ExchangeAsk::Begin(Task::Exchange(name))))
    }

    fn ask(&mut self, what: What) {
        let place = self.selected();
        let bundle = place.map_or(&self.shown.bundle, |it| &it.bundle);
        self.asking = Some(match what {
            What::Target | What::Name => Asking::target(""),
            What::Remove => Asking::remove(place.map_or("", |it| &it.name)),
            What::Write => Asking::path(what, bundle),
            What::Take => {
                let folder = bundle.rsplit_once('/').map_or("", |(folder, _)| folder);
                Asking::path(what, &format!("{folder}/"))
            }
        });
    }

    /// Takes what is typed. Nothing closes before the outside has agreed.
    fn answered(&mut self) -> Option<Command> {
        let reader = self.selected().filter(|it| it.is_met).map(|it| it.name.clone());
        let asking = self.asking.as_mut()?;
        let command = asking.answered(reader)?;
        if matches!(command, Command::Exchange(ExchangeAsk::Begin(_))) {
            self.asking = None;
        }
        Some(command)
    }
}

const fn no_place(it: &Exchange) -> Option<&'static str> {
    if it.shown.places.is_empty() { Some("exchange-add-first") } else { None }
}

fn on_place(it: &Exchange) -> Option<&'static str> {
    no_place(it).or_else(|| it.selected().is_none().then_some("exchange-select-place"))
}

fn no_path(it: &Exchange) -> Option<&'static str> {
    let is_path = it.asking.as_ref().is_some_and(|it| it.what.is_path());
    (!is_path).then_some("exchange-no-path")
}

impl Screen for Exchange {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Open, "key-exchange-open").hinted(),
        Binding::new("e", Msg::Exchange, "key-exchange-now").unless(on_place),
        Binding::new("a", Msg::Add, "key-exchange-add").hinted(),
        Binding::new("x", Msg::Write, "key-exchange-write").hinted(),
        Binding::new("i", Msg::Take, "key-exchange-take").hinted(),
        Binding::new("D", Msg::Remove, "key-exchange-remove").hinted().unless(on_place),
        Binding::new("Tab", Msg::Complete, "key-exchange-complete").hinted().unless(no_path),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("abc…", "typing-exchange")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-exchange")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => match &mut self.asking {
                Some(asking) => asking.answer.go(nav),
                None => self.cursor.go(nav, self.len()),
            },
            Msg::Open => return self.open(),
            Msg::Exchange => return self.exchange(),
            Msg::Add => self.ask(What::Target),
            Msg::Remove => self.ask(What::Remove),
            Msg::Write => self.ask(What::Write),
            Msg::Take => self.ask(What::Take),
            Msg::Complete => return self.asking.as_ref().map(Asking::to_complete),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let Some(asking) = &mut self.asking else { return Capture::Passed };
        if key.code == KeyCode::Esc {
            self.asking = None;
            return Capture::Taken;
        }
        if asking.key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if let Some(asking) = &mut self.asking {
            asking.insert(text);
        }
        None
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        let rows = self.list_rows(size.height);
        self.cursor.settle(self.len(), usize::from(rows));
        if let Some(asking) = &mut self.asking {
            asking.answer.settle(draw::choice_rows(size.height, rows));
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        self.paint(frame, area, cx);
    }

    fn is_typing(&self) -> bool {
        self.asking.is_some()
    }
}
