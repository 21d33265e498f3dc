//! Who vouches for the months of a project: rates, visas, locks; one signs, reads what is signed, and opens months here.

mod detail;
mod dialog;
mod draw;
mod reading;
mod signing;
mod unlocking;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use dialog::{Dialog, Pressed};
use reading::Reading;
use signing::Signing;
pub use signing::{Means, Way};
use unlocking::Unlocking;

use crate::actions::sign_off::board::MonthBoard;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::texts::Texts;
use crate::ui::command::{Command, EntryAim, Place, SignOffAsk};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// What is shown: a project, its months, and the projects that can be shown.
pub struct Shown {
    /// The project.
    pub project: Id<Project>,
    /// Its name.
    pub name: String,
    /// Its months, newest first.
    pub months: Vec<MonthBoard>,
    /// Every project, in order.
    pub projects: Vec<Id<Project>>,
}

/// Who vouches for the months of a project.
pub struct SignOff {
    project: Id<Project>,
    name: String,
    months: Vec<MonthBoard>,
    projects: Vec<Id<Project>>,
    /// The project that is asked for, when it is not the one that is shown.
    wanted: Option<Id<Project>>,
    /// The month with which it was opened.
    asked: Option<Month>,
    cursor: Cursor,
    over: Over,
    /// What changed since the month was signed, in sentences.
    since: Option<(Month, Vec<String>)>,
    today: chrono::NaiveDate,
}

/// What stands over the list.
enum Over {
    /// Nothing.
    Nothing,
    /// The text of the selected month.
    Text(Reading),
    /// The dialog in which one signs.
    Signing(Box<Signing>),
    /// The dialog in which a month is opened.
    Unlocking(Box<Unlocking>),
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Sign the next level of the month.
    Sign,
    /// Read the text of the month, or close it.
    Text,
    /// Open the month.
    Unlock,
    /// The figures of the month.
    Figures,
    /// The next project.
    Next,
    /// The project before.
    Previous,
    /// The next field.
    Forward,
    /// The field before.
    Backward,
}

impl SignOff {
    /// Shows the months of a project, with one of them selected.
    pub fn new(shown: Shown, asked: Option<Month>, today: chrono::NaiveDate) -> Self {
        let mut screen = Self {
            project: shown.project,
            name: String::new(),
            months: Vec::new(),
            projects: Vec::new(),
            wanted: None,
            asked,
            cursor: Cursor::default(),
            over: Over::Nothing,
            since: None,
            today,
        };
        screen.show(shown);
        screen.select(asked);
        screen
    }

    /// Shows what was read again; the selection stays with its month.
    pub fn show(&mut self, shown: Shown) {
        let month = self.selected().map(|it| it.vouched.month).filter(|_| shown.project == self.project);
        (self.project, self.name, self.months, self.projects) =
            (shown.project, shown.name, shown.months, shown.projects);
        (self.wanted, self.since) = (None, None);
        self.select(month);
    }

    fn select(&mut self, month: Option<Month>) {
        let place = self.months.iter().position(|it| Some(it.vouched.month) == month);
        self.cursor.selected = place.unwrap_or(self.cursor.selected).min(self.months.len().saturating_sub(1));
    }

    /// Returns the project and the month with which it was opened.
    pub const fn aim(&self) -> (Id<Project>, Option<Month>) {
        (self.project, self.asked)
    }

    /// Returns the project that is asked for, when it is not the one that is shown.
    pub const fn lacks(&self) -> Option<Id<Project>> {
        self.wanted
    }

    /// Returns the selected month where it is no longer what was signed, and is not yet explained.
    pub fn since_wanted(&self) -> Option<&MonthBoard> {
        let month = self.selected().filter(|it| it.vouched.is_broken())?;
        let known = self.since.as_ref().is_some_and(|(it, _)| *it == month.vouched.month);
        (!known).then_some(month)
    }

    /// Takes in what changed since a month was signed.
    pub fn explain(&mut self, month: Month, changes: Vec<String>) {
        self.since = Some((month, changes));
    }

    /// Asks how the selected month is to be signed.
    pub fn begin(&mut self, means: Means, texts: &Texts) {
        if let Some(month) = self.selected() {
            self.over = Over::Signing(Box::new(Signing::new(month, means, texts)));
        }
    }

    /// The agent has been asked to sign.
    pub fn wait(&mut self) {
        if let Over::Signing(it) = &mut self.over {
            it.wait();
        }
    }

    /// What was asked is done: no dialog is open any more.
    pub fn done(&mut self) {
        if matches!(self.over, Over::Signing(_) | Over::Unlocking(_)) {
            self.over = Over::Nothing;
        }
    }

    /// Says why what was asked was refused; what is typed stays. Returns whether there was a place to say it.
    pub fn refuse(&mut self, problem: Problem) -> bool {
        match &mut self.over {
            Over::Signing(it) => it.refuse(problem),
            Over::Unlocking(it) => it.refuse(problem),
            Over::Nothing | Over::Text(_) => return false,
        }
        true
    }

    /// Returns the selected month.
    fn selected(&self) -> Option<&MonthBoard> {
        self.months.get(self.cursor.selected)
    }

    /// Returns what changed since the selected month was signed, once it is known.
    fn changes(&self) -> Option<&[String]> {
        let month = self.selected()?.vouched.month;
        self.since.as_ref().filter(|it| it.0 == month).map(|it| it.1.as_slice())
    }

    const fn dialog(&mut self) -> Option<&mut Dialog> {
        match &mut self.over {
            Over::Signing(it) => Some(it.dialog()),
            Over::Unlocking(it) => Some(it.dialog()),
            Over::Nothing | Over::Text(_) => None,
        }
    }

    fn go(&mut self, nav: Nav) {
        if let Over::Text(reading) = &mut self.over {
            reading.go(nav);
        } else if let Some(dialog) = self.dialog() {
            match nav {
                Nav::Up => dialog.step(false),
                Nav::Down => dialog.step(true),
                _ => {}
            }
        } else {
            self.cursor.go(nav, self.months.len());
        }
    }

    fn step_project(&mut self, by: usize) {
        let len = self.projects.len();
        let at = self.projects.iter().position(|it| *it == self.project).unwrap_or(0);
        self.wanted = self.projects.get((at + by) % len.max(1)).copied();
    }

    fn unlock(&mut self) {
        if let Some(month) = self.selected() {
            self.over = Over::Unlocking(Box::new(Unlocking::new(month, self.today)));
        }
    }

    fn read(&mut self) {
        self.over = match self.over {
            Over::Text(_) => Over::Nothing,
            _ => Over::Text(Reading::default()),
        };
    }

    fn close(&mut self, pressed: Pressed, command: Option<Command>) -> Capture {
        match (pressed, command) {
            (_, Some(command)) => Capture::Asked(command),
            (Pressed::Passed, None) => Capture::Passed,
            (Pressed::Closed, None) => {
                self.over = Over::Nothing;
                Capture::Taken
            }
            _ => Capture::Taken,
        }
    }

    fn on_month(&self) -> Option<&'static str> {
        self.months.is_empty().then_some("rates-empty")
    }

    fn alone(&self) -> Option<&'static str> {
        match self.over {
            Over::Text(_) => Some("visas-close-text"),
            _ => (self.projects.len() < 2).then_some("synthesis-one-project"),
        }
    }

    const fn no_field(&self) -> Option<&'static str> {
        match self.over {
            Over::Signing(_) | Over::Unlocking(_) => None,
            Over::Nothing | Over::Text(_) => Some("visas-no-field"),
        }
    }
}

impl Screen for SignOff {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter v", Msg::Sign, "key-visas-sign").hinted().unless(Self::on_month),
        Binding::new("Tab", Msg::Forward, "key-visas-next").hinted().unless(Self::no_field),
        Binding::new("BackTab", Msg::Backward, "key-visas-previous").unless(Self::no_field),
        Binding::new("t", Msg::Text, "key-visas-text").hinted().unless(Self::on_month),
        Binding::new("o", Msg::Unlock, "key-visas-unlock").hinted().unless(Self::on_month),
        Binding::new("s", Msg::Figures, "key-enter-figures").hinted().unless(Self::on_month),
        Binding::new("p", Msg::Next, "key-next-project").hinted().unless(Self::alone),
        Binding::new("P", Msg::Previous, "key-previous-project").unless(Self::alone),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("abc…", "typing-visas")];

    fn title(&self, cx: &Cx<'_>) -> String {
        let title = format!("{} · {}", cx.texts.text("place-sign-off"), self.name);
        match (&self.over, self.selected()) {
            (Over::Text(_), Some(month)) => format!("{title} · {}", cx.texts.month(month.vouched.month)),
            _ => title,
        }
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => self.go(nav),
            Msg::Sign => {
                let month = self.selected()?.vouched.month;
                return Some(Command::SignOff(SignOffAsk::Prepare(self.project, month)));
            }
            Msg::Text => self.read(),
            Msg::Unlock => self.unlock(),
            Msg::Figures => {
                let month = Some(self.selected()?.vouched.month);
                let aim = EntryAim { project: Some(self.project), month, lot: None };
                return Some(Command::Open(Place::Entry(aim)));
            }
            Msg::Next => self.step_project(1),
            Msg::Previous => self.step_project(self.projects.len().saturating_sub(1)),
            Msg::Forward | Msg::Backward => {
                if let Some(dialog) = self.dialog() {
                    dialog.step(msg == Msg::Forward);
                }
            }
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        match &mut self.over {
            Over::Text(_) if matches!(key.code, KeyCode::Esc | KeyCode::Char('q')) => {
                self.over = Over::Nothing;
                Capture::Taken
            }
            Over::Nothing | Over::Text(_) => Capture::Passed,
            Over::Signing(it) => {
                let (pressed, command) = it.key(key);
                self.close(pressed, command)
            }
            Over::Unlocking(it) => {
                let (pressed, command) = it.key(key);
                self.close(pressed, command)
            }
        }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if let Some(dialog) = self.dialog() {
            dialog.paste(text);
        }
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.today = cx.today;
        let len = self.months.len();
        self.cursor.settle(len, usize::from(draw::list_rows(size, len)));
        let room = draw::reading_room(Rect { x: 0, y: 0, width: size.width, height: size.height });
        let changes = self.since.as_ref().map(|it| it.1.clone());
        let month = self.months.get(self.cursor.selected);
        if let (Over::Text(reading), Some(month)) = (&mut self.over, month) {
            reading.settle(month, changes.as_deref(), room, cx);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        draw::draw(self, frame, area, cx);
    }

    fn is_typing(&self) -> bool {
        matches!(self.over, Over::Signing(_) | Over::Unlocking(_))
    }
}
