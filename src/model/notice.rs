//! Notices: what is written to whom about an alert or a decision, and what becomes of it.

use super::id::Id;
use super::month::Month;
use super::organisation::Project;
use super::site::Lot;

/// What a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Before the deadline: which figures are still to be typed.
    Reminder,
    /// After the deadline: which figures are missing.
    MissingEntries,
    /// A month below good.
    Delay,
    /// The second critical month.
    PreDemobilisation,
    /// The contractor is withdrawn.
    Demobilisation,
    /// The contractor is back.
    Remobilisation,
    /// A figure of an earlier notice was corrected.
    Corrigendum,
    /// Mise en demeure: prepared on demand.
    FormalNotice,
    /// What waited for a recipient, in one message.
    Digest,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Reminder,
        Self::MissingEntries,
        Self::Delay,
        Self::PreDemobilisation,
        Self::Demobilisation,
        Self::Remobilisation,
        Self::Corrigendum,
        Self::FormalNotice,
        Self::Digest,
    ];

    /// Returns the word of the command line and of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::MissingEntries => "missing-entries",
            Self::Delay => "delay",
            Self::PreDemobilisation => "pre-demobilisation",
            Self::Demobilisation => "demobilisation",
            Self::Remobilisation => "remobilisation",
            Self::Corrigendum => "corrigendum",
            Self::FormalNotice => "formal-notice",
            Self::Digest => "digest",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Tells whether it is about a lot; otherwise it is about a project.
    pub const fn is_about_lot(self) -> bool {
        !matches!(self, Self::Reminder | Self::MissingEntries | Self::Digest)
    }
}

/// Where a notice stands before it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    /// Made; a person has not looked at it.
    Draft,
    /// Approved: it goes at the next run.
    Ready,
    /// Kept back by a person, or because nobody knows whether it went.
    Held,
    /// Not to be sent: withdrawn, or superseded.
    Cancelled,
}

impl NoticeState {
    const ALL: [Self; 4] = [Self::Draft, Self::Ready, Self::Held, Self::Cancelled];

    /// Returns the word of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// Marks identifiers of deliveries.
#[derive(Debug)]
pub enum DeliveryMark {}

/// What became of a notice at one addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Nothing yet.
    Waiting,
    /// A server accepted it, or it was handed over.
    Sent,
    /// Written into a folder or printed: nothing says that it arrived.
    Written,
    /// A server refused it for good.
    Failed,
    /// Kept back: a person decides.
    Held,
    /// Not to be sent.
    Cancelled,
}

impl DeliveryState {
    const ALL: [Self; 6] =
        [Self::Waiting, Self::Sent, Self::Written, Self::Failed, Self::Held, Self::Cancelled];

    /// Returns the word of the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Written => "written",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Tells whether nothing more is to be done.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Sent | Self::Written | Self::Failed | Self::Cancelled)
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Identifier: the same on every machine for the same unit, month, kind and gravity.
    pub id: Id<Notice>,
    /// What it is.
    pub kind: NoticeKind,
    /// The project.
    pub project: Id<Project>,
    /// The lot, where it is about one.
    pub lot: Option<Id<Lot>>,
    /// The month that it is about.
    pub month: Month,
    /// The gravity for which it was made; empty where there is none.
    pub gravity: String,
    /// `fr` or `en`.
    pub language: String,
    /// Chronological reference; empty until it is approved.
    pub reference: String,
    /// Subject; one line.
    pub subject: String,
    /// While there is no reference: the words between salutation and signature. Afterwards the whole letter.
    pub body: String,
    /// The frozen figures, as JSON.
    pub facts: String,
    /// Where it stands.
    pub state: NoticeState,
    /// The civil day for which it was called for, the same on every machine; once approved, the day of the approval:
    /// `YYYY-MM-DD`.
    pub day: String,
}

/// What is sent to one addressee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Identifier: the same on every machine for the same notice and addressee.
    pub id: Id<DeliveryMark>,
    /// The notice.
    pub notice: Id<Notice>,
    /// `entreprise`, `maitre-ouvrage`, or a post.
    pub role: String,
    /// Name.
    pub name: String,
    /// Address; empty is a defect to repair.
    pub email: String,
    /// Whether it goes as a copy (ampliation).
    pub copy: bool,
    /// What became of it.
    pub state: DeliveryState,
    /// `smtp`, `folder`, `letter`; empty before.
    pub channel: String,
    /// What the server said, or where it was written.
    pub reply: String,
    /// When, in milliseconds since 1970 UTC, by the clock of the machine that sent.
    pub at_ms: Option<i64>,
    /// Whether it follows the register; otherwise a person put it there, changed it or took it off.
    pub by_rule: bool,
}
