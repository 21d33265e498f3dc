//! What is asked on the screen of notices: an agreement, an address, grounds.

use crossterm::event::KeyEvent;

use super::Row;
use crate::actions::notices::Chosen;
use crate::model::id::Id;
use crate::model::notice::{DeliveryMark, Notice};
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::ui::command::{Command, NoticesAsk};
use crate::ui::widgets::cursor::Nav;
use crate::ui::widgets::text_line::TextLine;

/// Something that is asked.
pub struct Asking {
    /// What.
    pub what: What,
    /// What is typed.
    pub line: TextLine,
    /// Why it was refused.
    pub refused: Option<Problem>,
}

/// What is asked.
pub enum What {
    /// Whether all of these are approved.
    ApproveAll(Vec<Chosen>),
    /// Whether this one is withdrawn; its name.
    Withdraw(Id<Notice>, String),
    /// The address of one of these.
    Address {
        /// The notice.
        notice: Id<Notice>,
        /// Identifier, name, address of those that can be changed.
        all: Vec<(Id<DeliveryMark>, String, String)>,
        /// Which one.
        at: usize,
    },
    /// Who more is written to.
    Add(Id<Notice>),
    /// Grounds of a formal notice about a lot; its name.
    Grounds(Id<Lot>, String),
}

impl Asking {
    fn new(what: What, text: &str) -> Self {
        Self { what, line: TextLine::new(text), refused: None }
    }

    /// Asks whether drafts are approved.
    pub fn approve_all(drafts: Vec<Chosen>) -> Self {
        Self::new(What::ApproveAll(drafts), "")
    }

    /// Asks whether a notice is withdrawn.
    pub fn withdraw(notice: Id<Notice>, name: String) -> Self {
        Self::new(What::Withdraw(notice, name), "")
    }

    /// Asks for an address, of those who lack one first; `None` where none can be changed.
    pub fn address(row: &Row) -> Option<Self> {
        let open = row.addressees.iter().filter(|it| it.is_open);
        let all: Vec<_> = open.map(|it| (it.id, it.name.clone(), it.email.clone())).collect();
        let at = all.iter().position(|it| it.2.is_empty()).unwrap_or(0);
        let text = all.get(at)?.2.clone();
        Some(Self::new(What::Address { notice: row.id, all, at }, &text))
    }

    /// Asks who more is written to.
    pub fn add(notice: Id<Notice>) -> Self {
        Self::new(What::Add(notice), "")
    }

    /// Asks for the grounds of a formal notice.
    pub fn grounds(lot: Id<Lot>, place: String) -> Self {
        Self::new(What::Grounds(lot, place), "")
    }

    /// Tells whether something is typed, not only agreed to.
    pub const fn is_typed(&self) -> bool {
        !matches!(self.what, What::ApproveAll(_) | What::Withdraw(..))
    }

    /// Tells whether there is another addressee to go to.
    pub const fn has_several(&self) -> bool {
        matches!(&self.what, What::Address { all, .. } if all.len() > 1)
    }

    /// Takes a key that types. Returns whether it did.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let typed = self.is_typed() && self.line.key(key);
        if typed {
            self.refused = None;
        }
        typed
    }

    /// Takes a pasted text.
    pub fn insert(&mut self, text: &str) {
        if self.is_typed() {
            self.line.insert(text);
        }
    }

    /// Goes to another addressee, around.
    pub fn go(&mut self, nav: Nav) {
        let What::Address { all, at, .. } = &mut self.what else { return };
        *at = match nav {
            Nav::Up | Nav::PageUp => (*at + all.len() - 1) % all.len(),
            Nav::Down | Nav::PageDown => (*at + 1) % all.len(),
            Nav::First => 0,
            Nav::Last => all.len() - 1,
        };
        let text = all.get(*at).map(|it| it.2.clone()).unwrap_or_default();
        self.line = TextLine::new(&text);
        self.refused = None;
    }

    /// Goes on with what is typed or agreed to. Nothing closes before the outside has agreed.
    pub fn answered(&mut self) -> Option<Command> {
        let typed = self.line.text().trim().to_owned();
        let ask = match &self.what {
            What::ApproveAll(drafts) => NoticesAsk::Approve(drafts.clone()),
            What::Withdraw(notice, _) => NoticesAsk::Withdraw(vec![*notice]),
            What::Address { notice, all, at } => {
                NoticesAsk::Address { notice: *notice, delivery: all.get(*at)?.0, email: typed }
            }
            What::Add(_) | What::Grounds(..) if typed.is_empty() => {
                self.refused = Some(Problem::new("notices-nothing-typed"));
                return None;
            }
            What::Add(notice) => NoticesAsk::Add { notice: *notice, typed },
            What::Grounds(lot, _) => NoticesAsk::Formal { lot: *lot, grounds: typed },
        };
        Some(Command::Notices(ask))
    }
}
