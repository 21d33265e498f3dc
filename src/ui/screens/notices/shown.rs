//! Notices as people read them.

use crate::actions::notices::Words;
use crate::model::id::Id;
use crate::model::notice::{DeliveryMark, Notice};
use crate::model::organisation::Project;
use crate::model::text::fold;
use crate::texts::Tone;

/// What there is to do about a notice, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A server refused it, or a person decides whether it goes again.
    Stuck,
    /// To be approved.
    Draft,
    /// Kept back by a person.
    Held,
    /// Approved, and on its way.
    Ready,
    /// It went to everybody.
    Gone,
    /// Withdrawn.
    Cancelled,
}

impl Stage {
    /// Every stage, in the order of the list.
    pub const ALL: [Self; 6] =
        [Self::Stuck, Self::Draft, Self::Held, Self::Ready, Self::Gone, Self::Cancelled];

    /// Tells whether something is still to be done.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Gone | Self::Cancelled)
    }

    /// Returns the end of its message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stuck => "stuck",
            Self::Draft => "draft",
            Self::Held => "held",
            Self::Ready => "ready",
            Self::Gone => "gone",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A notice, as people read it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The notice.
    pub id: Id<Notice>,
    /// What there is to do about it.
    pub stage: Stage,
    /// What it is, in a word.
    pub kind: String,
    /// What it is, whole.
    pub title: String,
    /// The month that it is about.
    pub month: String,
    /// Its project.
    pub project: Id<Project>,
    /// The name of its project.
    pub project_name: String,
    /// The site with its lot, or the project.
    pub place: String,
    /// Its number, or empty.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Its words, as they are shown.
    pub words: Words,
    /// To whom it goes, or why it has not gone, in a few words.
    pub brief: String,
    /// How that reads.
    pub tone: Tone,
    /// To whom it goes.
    pub addressees: Vec<Addressee>,
}

/// Somebody to whom a notice goes.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// The delivery.
    pub id: Id<DeliveryMark>,
    /// Who it is.
    pub name: String,
    /// The address; empty is a defect.
    pub email: String,
    /// Whether as a copy.
    pub copy: bool,
    /// What became of it, or why it waits.
    pub fate: String,
    /// How that reads.
    pub tone: Tone,
    /// Whether the address can still be changed.
    pub is_open: bool,
}

/// All notices, and how this machine sends.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The notices.
    pub rows: Vec<Row>,
    /// Which machine sends, by what way; or what is missing for that.
    pub way: String,
    /// Whether something is missing.
    pub is_lacking: bool,
}

impl Row {
    /// Returns what a filter looks through.
    pub fn sought(&self) -> String {
        let whom: Vec<_> = self.addressees.iter().map(|it| format!("{} {}", it.name, it.email)).collect();
        fold(&format!(
            "{} {} {} {} {} {} {} {}",
            self.kind,
            self.title,
            self.month,
            self.project_name,
            self.place,
            self.reference,
            self.subject,
            whom.join(" ")
        ))
    }
}
