//! The import of a workbook: a path, what the file would bring, questions and answers, one key to bring it in.

mod chooser;
mod draw;
pub mod preview;
mod typed_path;

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

pub use chooser::{Choice, Chooser};
use preview::{Answer, Preview};
pub use typed_path::cleaned;

use crate::import::Unit;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};
use crate::ui::command::{Command, Workbook};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::Nav;
use crate::ui::widgets::text_line::TextLine;

/// The years that months can have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// The durations that sites can have, in months.
const DURATIONS: std::ops::RangeInclusive<u16> = 1..=crate::actions::register::site::DURATION_MONTHS_MAX;

/// The import of a workbook.
pub struct Import {
    path: Chooser,
    /// What is wrong with the path or the file.
    problem: Option<Problem>,
    /// The file that was read, with the answers so far.
    workbook: Workbook,
    preview: Option<Preview>,
    /// A large file that is about to be read: the screen says so first.
    waiting: Option<Workbook>,
    asking: Option<Asking>,
    /// The projects of the base.
    projects: Vec<String>,
}

/// An answer that is being typed.
struct Asking {
    what: Typed,
    answer: Chooser,
    /// Message key of what is wrong with it.
    refused: Option<&'static str>,
}

/// What is typed as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The year of the first month.
    Year,
    /// The project of sites that name none.
    Project,
    /// The duration of sites for which nobody says it.
    Duration,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Go on: read the file, take the answer, bring in.
    Continue,
    /// Complete the path.
    Complete,
    /// Move.
    Go(Nav),
    /// Answer how plain numbers state progress.
    Unit(Unit),
    /// Type an answer.
    Ask(Typed),
    /// Read the file again.
    Again,
}

impl Import {
    /// Begins with an empty path and what can be chosen.
    pub fn new(choices: Vec<Choice>, projects: Vec<String>) -> Self {
        Self {
            path: Chooser::new(TextLine::path(""), choices),
            problem: None,
            workbook: Workbook::default(),
            preview: None,
            waiting: None,
            asking: None,
            projects,
        }
    }

    /// Shows what can complete the path; `None` where nothing begins like it.
    pub fn completed(&mut self, text: &str, choices: Option<Vec<Choice>>) {
        self.problem = choices.is_none().then(|| Problem::new("import-complete-none"));
        self.path = Chooser::new(TextLine::path(text), choices.unwrap_or_default());
    }

    /// Says that a large workbook is about to be read. Returns whether that was said already.
    pub fn announce(&mut self, workbook: &Workbook) -> bool {
        let said = self.waiting.as_ref() == Some(workbook);
        self.waiting = Some(workbook.clone());
        self.preview = None;
        said
    }

    /// Returns the large workbook that is about to be read.
    pub const fn waiting(&self) -> Option<&Workbook> {
        self.waiting.as_ref()
    }

    /// Shows what a workbook would bring.
    pub fn show(&mut self, workbook: Workbook, preview: Preview) {
        self.problem = None;
        self.waiting = None;
        self.asking = None;
        self.path.leave_list();
        self.workbook = workbook;
        // The first question that can be answered by typing is asked at once.
        let next = match preview.first_question() {
            Some(Answer::Year) => Some(Typed::Year),
            Some(Answer::Project) => Some(Typed::Project),
            _ => None,
        };
        self.preview = Some(preview);
        if let Some(what) = next {
            self.ask(what);
        }
    }

    /// Says why a workbook was not read; the path stays typed.
    pub fn refuse(&mut self, problem: Problem) {
        self.problem = Some(problem);
        self.waiting = None;
        self.preview = None;
        self.asking = None;
        self.path.leave_list();
    }

    /// Knows the projects of the base.
    pub fn know(&mut self, projects: Vec<String>) {
        self.projects = projects;
    }

    fn ask(&mut self, what: Typed) {
        let known = match what {
            Typed::Project => self.projects.clone(),
            Typed::Year | Typed::Duration => Vec::new(),
        };
        let present = match what {
            Typed::Year => self.workbook.year.map(|it| it.to_string()),
            Typed::Project => self.workbook.project.clone(),
            Typed::Duration => self.workbook.duration_months.map(|it| it.to_string()),
        };
        let choices = known.into_iter().map(|label| Choice { label, ..Choice::default() }).collect();
        let answer = Chooser::new(TextLine::new(&present.unwrap_or_default()), choices);
        self.asking = Some(Asking { what, answer, refused: None });
    }

    fn proceed(&mut self) -> Option<Command> {
        if self.asking.is_some() {
            return self.answered();
        }
        let Some(preview) = &self.preview else { return self.chosen() };
        match preview.first_question() {
            None if preview.changes_nothing => Some(Command::Say("import-nothing-new")),
            None => Some(Command::Accept),
            Some(Answer::Unit) => Some(Command::Say("import-how-unit")),
            Some(Answer::File) => Some(Command::Say("import-how-file")),
            Some(Answer::Year) => {
                self.ask(Typed::Year);
                None
            }
            Some(Answer::Project) => {
                self.ask(Typed::Project);
                None
            }
        }
    }

    /// Opens the selected folder, or reads the selected or typed file.
    fn chosen(&mut self) -> Option<Command> {
        let path = match self.path.chosen() {
            Some(choice) if choice.folder => {
                return Some(Command::Complete(format!("{}/", choice.path.display())));
            }
            Some(choice) => choice.path.clone(),
            None => PathBuf::from(typed_path::cleaned(self.path.line.text())),
        };
        if path.as_os_str().is_empty() {
            self.problem = Some(Problem::new("import-path-missing"));
            return None;
        }
        self.path.line.set(&path.display().to_string());
        self.problem = None;
        // Answers belong to the file that they were given for; a duration holds for the next file too.
        let workbook = if path == self.workbook.path {
            self.workbook.clone()
        } else {
            let duration_months = self.workbook.duration_months;
            Workbook { path, duration_months, ..Workbook::default() }
        };
        Some(Command::Read(Box::new(workbook)))
    }

    /// Takes the typed answer, and reads again with it.
    fn answered(&mut self) -> Option<Command> {
        let asking = self.asking.as_mut()?;
        let text = match asking.answer.chosen() {
            Some(choice) => choice.label.clone(),
            None => clean_line(asking.answer.line.text(), NAME_CHARS_MAX),
        };
        let mut workbook = self.workbook.clone();
        let refused = match asking.what {
            Typed::Year => {
                workbook.year = text.parse().ok().filter(|it| YEARS.contains(it));
                workbook.year.is_none().then_some("import-year-refused")
            }
            Typed::Project => {
                workbook.project = Some(text).filter(|it| !it.is_empty());
                workbook.project.is_none().then_some("import-project-refused")
            }
            Typed::Duration => {
                workbook.duration_months = text.parse().ok().filter(|it| DURATIONS.contains(it));
                (workbook.duration_months.is_none() && !text.is_empty()).then_some("import-duration-typed")
            }
        };
        asking.refused = refused;
        refused.is_none().then(|| Command::Read(Box::new(workbook)))
    }

    fn field(&mut self) -> Option<&mut Chooser> {
        match &mut self.asking {
            Some(asking) => Some(&mut asking.answer),
            None if self.preview.is_none() => Some(&mut self.path),
            None => None,
        }
    }

    fn go(&mut self, nav: Nav) {
        match self.field() {
            Some(field) => field.go(nav),
            None => {
                if let Some(preview) = &mut self.preview {
                    preview.go(nav);
                }
            }
        }
    }
}

fn only_preview(it: &Import) -> Option<&'static str> {
    (it.preview.is_none() || it.asking.is_some()).then_some("import-read-first")
}

fn asks_unit(it: &Import) -> Option<&'static str> {
    let asked = it.preview.as_ref().is_some_and(|it| it.asks(Answer::Unit)) || it.workbook.unit.is_some();
    only_preview(it).or_else(|| (!asked).then_some("import-not-asked"))
}

fn asks_year(it: &Import) -> Option<&'static str> {
    let asked = it.preview.as_ref().is_some_and(|it| it.asks(Answer::Year)) || it.workbook.year.is_some();
    only_preview(it).or_else(|| (!asked).then_some("import-not-asked"))
}

fn asks_project(it: &Import) -> Option<&'static str> {
    let asked =
        it.preview.as_ref().is_some_and(|it| it.asks(Answer::Project)) || it.workbook.project.is_some();
    only_preview(it).or_else(|| (!asked).then_some("import-not-asked"))
}

fn only_path(it: &Import) -> Option<&'static str> {
    it.preview.is_some().then_some("import-path-read")
}

impl Screen for Import {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Continue, "key-import-continue").hinted(),
        Binding::new("Tab", Msg::Complete, "key-import-complete").hinted().unless(only_path),
        Binding::new("p", Msg::Unit(Unit::Percent), "key-import-percent").hinted().unless(asks_unit),
        Binding::new("f", Msg::Unit(Unit::Fraction), "key-import-fraction").hinted().unless(asks_unit),
        Binding::new("a y", Msg::Ask(Typed::Year), "key-import-year").hinted().unless(asks_year),
        Binding::new("n", Msg::Ask(Typed::Project), "key-import-project").hinted().unless(asks_project),
        Binding::new("d", Msg::Ask(Typed::Duration), "key-import-duration").hinted().unless(only_preview),
        Binding::new("r", Msg::Again, "key-import-again").hinted().unless(only_preview),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[
        Typing::new("abc…", "key-import-type"),
        Typing::new("C-u", "key-import-clear"),
        Typing::new("Esc", "key-import-other"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-import")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Continue => return self.proceed(),
            Msg::Complete if self.preview.is_none() => {
                return Some(Command::Complete(typed_path::cleaned(self.path.line.text())));
            }
            Msg::Complete => {}
            Msg::Go(nav) => self.go(nav),
            Msg::Unit(unit) => {
                let workbook = Workbook { unit: Some(unit), ..self.workbook.clone() };
                return Some(Command::Read(Box::new(workbook)));
            }
            Msg::Ask(what) => self.ask(what),
            Msg::Again => return Some(Command::Read(Box::new(self.workbook.clone()))),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if let Some(workbook) = self.waiting.take() {
            if key.code == KeyCode::Esc {
                return Capture::Taken;
            }
            // Nothing is decided before the preview is seen: the key only hurries the reading.
            self.waiting = Some(workbook.clone());
            return Capture::Asked(Command::Read(Box::new(workbook)));
        }
        if key.code == KeyCode::Esc {
            // From an answer one goes back to the preview, from the preview to the path, from there to where one came from.
            let went = self.asking.take().is_some() || self.preview.take().is_some();
            return if went { Capture::Taken } else { Capture::Passed };
        }
        let Some(field) = self.field() else { return Capture::Passed };
        if !field.line.key(key) {
            return Capture::Passed;
        }
        field.leave_list();
        Capture::Taken
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        let is_path = self.asking.is_none();
        let field = self.field()?;
        field.leave_list();
        if is_path {
            field.line.insert(&typed_path::cleaned(text));
        } else {
            field.line.insert(text);
        }
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.arrange(size, cx);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        self.paint(frame, area, cx);
    }

    fn is_typing(&self) -> bool {
        self.preview.is_none() || self.asking.is_some()
    }
}
