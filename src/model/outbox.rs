//! This machine's own work at deliveries: who works at which, since when, how often it was tried.

use super::id::Id;
use super::notice::DeliveryMark;

/// Where this machine's work at a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// It can be taken.
    Ready,
    /// A worker has taken it and not begun.
    Claimed,
    /// The content may have gone out: written down before it does.
    Attempting,
    /// A server, or the line, said later.
    Deferred,
    /// The line broke where nobody can tell whether the server has it.
    Unknown,
}

impl OutboxState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Ready, Self::Claimed, Self::Attempting, Self::Deferred, Self::Unknown];

    /// Returns the word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Attempting => "attempting",
            Self::Deferred => "deferred",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// This machine's work at a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The delivery.
    pub delivery: Id<DeliveryMark>,
    /// Where it stands.
    pub state: OutboxState,
    /// The worker that took it.
    pub owner: String,
    /// How often it was tried.
    pub tries: u32,
    /// How often nobody knew whether it went.
    pub unknowns: u32,
    /// When it was first taken up, in milliseconds since 1970 UTC.
    pub first_ms: i64,
    /// When it may be tried next.
    pub next_ms: i64,
    /// Until when its worker has it.
    pub lease_ms: i64,
    /// What was said last.
    pub reply: String,
}

impl OutboxRow {
    /// Tells whether a worker has it now, or had it where nobody can tell whether it went: its words and its address
    /// stay as they are.
    pub const fn may_be_gone(&self) -> bool {
        self.is_taken() || self.unknowns > 0 || matches!(self.state, OutboxState::Unknown)
    }

    /// Tells whether a worker has it, or died with it.
    pub const fn is_taken(&self) -> bool {
        self.lease_ms != 0 || matches!(self.state, OutboxState::Claimed | OutboxState::Attempting)
    }
}
