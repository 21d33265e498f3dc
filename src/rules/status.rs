//! The status of a month: how its rate reads.

use serde::{Deserialize, Serialize};

use super::rate::Grade;

/// How a month reads on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The rate is below the critical threshold.
    Critique,
    /// The rate is between the thresholds.
    Problematique,
    /// The rate is at or above the good threshold.
    Bon,
    /// A figure was expected and none was typed.
    NonRenseigne,
    /// The lot is suspended.
    Suspendu,
    /// The lot is at 100 %.
    Acheve,
    /// There is no duration, so there is no rate.
    ACompleter,
    /// The month is not followed up.
    HorsSuivi,
}

impl Status {
    /// Returns the word of the status in exchanges and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critique => "critique",
            Self::Problematique => "problematique",
            Self::Bon => "bon",
            Self::NonRenseigne => "non_renseigne",
            Self::Suspendu => "suspendu",
            Self::Acheve => "acheve",
            Self::ACompleter => "a_completer",
            Self::HorsSuivi => "hors_suivi",
        }
    }

    /// Returns how much attention the status asks for; a site shows the highest of its lots.
    pub const fn severity(self) -> u8 {
        match self {
            Self::HorsSuivi => 0,
            Self::Acheve => 1,
            Self::Suspendu => 2,
            Self::Bon => 3,
            Self::ACompleter => 4,
            Self::NonRenseigne => 5,
            Self::Problematique => 6,
            Self::Critique => 7,
        }
    }
}

impl From<Grade> for Status {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Critical => Self::Critique,
            Grade::Problematic => Self::Problematique,
            Grade::Good => Self::Bon,
        }
    }
}
