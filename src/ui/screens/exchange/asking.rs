//! What is typed on the screen of the exchange: an address, a name, a path, an agreement.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::sync::target::Target;
use crate::ui::command::{Command, ExchangeAsk, Task};
use crate::ui::screens::import::{Choice, Chooser, cleaned};
use crate::ui::widgets::text_line::TextLine;

/// Words that agree, in every language.
const YES: [&str; 2] = ["oui", "yes"];

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The address of a new place.
    Target,
    /// Its name.
    Name,
    /// Whether a place is to be forgotten.
    Remove,
    /// Where a bundle is to be written.
    Write,
    /// Which bundle is to be taken in.
    Take,
}

impl What {
    /// Tells whether a path is typed, which can be completed.
    pub const fn is_path(self) -> bool {
        matches!(self, Self::Target | Self::Write | Self::Take)
    }

    /// Returns the message key of the question.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "exchange-ask-target",
            Self::Name => "exchange-ask-name",
            Self::Remove => "exchange-ask-remove",
            Self::Write => "exchange-ask-write",
            Self::Take => "exchange-ask-take",
        }
    }
}

/// Something that is typed.
pub struct Asking {
    /// What is asked for.
    pub what: What,
    /// What is typed, with what can be chosen.
    pub answer: Chooser,
    /// The address that the name is for, or the name of the place to forget.
    pub target: String,
    /// Why it was refused.
    pub refused: Option<Problem>,
}

impl Asking {
    /// Asks for the address of a new place.
    pub fn target(text: &str) -> Self {
        Self::path(What::Target, text)
    }

    /// Asks whether a place is to be forgotten.
    pub fn remove(name: &str) -> Self {
        let answer = Chooser::new(TextLine::new(""), Vec::new());
        Self { what: What::Remove, answer, target: name.to_owned(), refused: None }
    }

    /// Asks for a path.
    pub fn path(what: What, text: &str) -> Self {
        let answer = Chooser::new(TextLine::path(text), Vec::new());
        Self { what, answer, target: String::new(), refused: None }
    }

    /// Takes a key that types. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let typed = self.answer.line.key(key);
        if typed {
            self.answer.leave_list();
            self.refused = None;
        }
        typed
    }

    /// Takes a pasted text.
    pub fn insert(&mut self, text: &str) {
        self.answer.leave_list();
        self.answer.line.insert(&if self.what.is_path() { cleaned(text) } else { text.to_owned() });
    }

    /// Asks for what can complete the path.
    pub fn to_complete(&self) -> Command {
        Command::Complete(cleaned(self.answer.line.text()))
    }

    /// Takes in what can complete the path.
    pub fn complete(&mut self, text: &str, choices: Option<Vec<Choice>>) {
        self.refused = choices.is_none().then(|| Problem::new("import-complete-none"));
        self.answer = Chooser::new(TextLine::path(text), choices.unwrap_or_default());
    }

    /// Goes on with what is typed or chosen; `reader` is the place that a bundle is for.
    pub fn answered(&mut self, reader: Option<String>) -> Option<Command> {
        let chosen = self.answer.chosen().cloned();
        if let Some(folder) = chosen.as_ref().filter(|it| it.folder && self.what != What::Target) {
            return Some(Command::Complete(format!("{}/", folder.path.display())));
        }
        let typed =
            chosen.map_or_else(|| cleaned(self.answer.line.text()), |it| it.path.display().to_string());
        if typed.is_empty() {
            self.refused = Some(Problem::new("exchange-nothing-typed"));
            return None;
        }
        let ask = match self.what {
            What::Target => {
                match Target::read(&typed) {
                    Ok(target) => {
                        let answer = Chooser::new(TextLine::new(&target.short_name()), Vec::new());
                        *self = Self { what: What::Name, answer, target: typed, refused: None };
                    }
                    Err(problem) => self.refused = Some(problem),
                }
                return None;
            }
            What::Name => ExchangeAsk::Add { target: self.target.clone(), name: typed },
            What::Remove if YES.contains(&fold(&typed).as_str()) => ExchangeAsk::Remove(self.target.clone()),
            What::Remove => {
                self.refused = Some(Problem::new("exchange-remove-how"));
                return None;
            }
            What::Write => ExchangeAsk::Begin(Task::Write(PathBuf::from(typed), reader)),
            What::Take => ExchangeAsk::Begin(Task::Take(PathBuf::from(typed))),
        };
        Some(Command::Exchange(ask))
    }
}
