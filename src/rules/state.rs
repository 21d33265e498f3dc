//! The state of a lot, a site or a project.

use serde::{Deserialize, Serialize};

/// Where a lot stands after its last month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotState {
    /// Works go on.
    #[default]
    Active,
    /// Works are stopped by decision.
    Suspended,
    /// The contractor was withdrawn.
    Demobilised,
    /// Works go on after a withdrawal.
    Remobilised,
    /// 100 % is reached.
    Completed,
    /// The lot was closed before its end.
    Terminated,
}

impl LotState {
    /// Tells whether works go on.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Active | Self::Remobilised)
    }

    /// Tells whether something is still to be built or decided.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Terminated)
    }

    /// Returns the word of the state in exchanges and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Demobilised => "demobilised",
            Self::Remobilised => "remobilised",
            Self::Completed => "completed",
            Self::Terminated => "terminated",
        }
    }
}
