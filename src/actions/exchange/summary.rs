//! What an exchange came to.

use serde::{Deserialize, Serialize};

use crate::model::problem::Problem;

/// What an exchange came to, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Changes that were sent.
    pub sent: u64,
    /// Changes that were new here.
    pub received: u64,
    /// Segments that were here already.
    pub known: u64,
    /// Changes that were refused, with why.
    pub refused: Vec<Problem>,
    /// Facts of which versions compete since.
    pub conflicts_new: u64,
    /// Facts of which versions compete in all.
    pub conflicts: u64,
    /// Segments that wait for something, or for a verdict.
    pub held: u64,
    /// What those that wait lack.
    pub lacks: Vec<Problem>,
    /// Signed months of which the figures are others since.
    pub unsigned: Vec<Problem>,
    /// Changes that are still to be sent.
    pub pending: u64,
    /// Packs that are still to be fetched.
    pub left: u64,
    /// Packs that were closed before this machine was enrolled.
    pub closed: u64,
    /// The machine that laid down the first of them.
    pub closed_by: String,
    /// Bytes that were sent.
    pub bytes_sent: u64,
    /// Bytes that were received.
    pub bytes_received: u64,
    /// The number of the last segment that was here when it ended.
    #[serde(default)]
    pub arrivals: u64,
}

impl Summary {
    /// Tells whether there is something for a person to look at.
    pub fn wants_attention(&self) -> bool {
        let stays = self.held + self.pending + self.left + self.closed;
        self.conflicts + stays > 0
            || !self.refused.is_empty()
            || !self.lacks.is_empty()
            || !self.unsigned.is_empty()
    }
}
