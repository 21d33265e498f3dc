//! What the rules find in a month.

use serde::{Deserialize, Serialize};

use super::rate::Grade;

/// What the rules find in a month; never typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing to say.
    Aucun,
    /// The rate is between the thresholds.
    AlerteProblematique,
    /// The rate is below the critical threshold.
    AlerteCritique,
    /// The second month of a cycle is critical.
    PreDemobilisation,
    /// The cycle ends in the withdrawal of the contractor.
    Demobilisation,
    /// The third month is not critical: a fourth decides.
    Sursis,
    /// The start cycle ended well.
    Clos,
    /// A good month closed a rolling cycle.
    Retabli,
    /// A figure was expected and none was typed.
    NonSaisie,
    /// The lot is suspended.
    Suspendu,
    /// The contractor came back in this month.
    Remobilise,
    /// The month is not followed up.
    HorsSuivi,
}

impl Outcome {
    /// Returns the word of the outcome in exchanges and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aucun => "aucun",
            Self::AlerteProblematique => "alerte_problematique",
            Self::AlerteCritique => "alerte_critique",
            Self::PreDemobilisation => "pre_demobilisation",
            Self::Demobilisation => "demobilisation",
            Self::Sursis => "sursis",
            Self::Clos => "clos",
            Self::Retabli => "retabli",
            Self::NonSaisie => "non_saisie",
            Self::Suspendu => "suspendu",
            Self::Remobilise => "remobilise",
            Self::HorsSuivi => "hors_suivi",
        }
    }

    /// Returns the alert of a month by its rate alone.
    pub const fn monthly(grade: Grade) -> Self {
        match grade {
            Grade::Critical => Self::AlerteCritique,
            Grade::Problematic => Self::AlerteProblematique,
            Grade::Good => Self::Aucun,
        }
    }

    /// Tells whether somebody has to act: an alert, a warning, a withdrawal or a reprieve.
    pub const fn is_alert(self) -> bool {
        self.severity() > Self::NonSaisie.severity()
    }

    /// Returns how much attention the outcome asks for; a site shows the highest of its lots.
    pub const fn severity(self) -> u8 {
        match self {
            Self::HorsSuivi => 0,
            Self::Suspendu => 1,
            Self::Aucun => 2,
            Self::Clos => 3,
            Self::Retabli => 4,
            Self::Remobilise => 5,
            Self::NonSaisie => 6,
            Self::AlerteProblematique => 7,
            Self::AlerteCritique => 8,
            Self::Sursis => 9,
            Self::PreDemobilisation => 10,
            Self::Demobilisation => 11,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges_use_the_same_word_as_reports() {
        for outcome in
            [Outcome::Aucun, Outcome::AlerteProblematique, Outcome::PreDemobilisation, Outcome::HorsSuivi]
        {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.as_str());
        }
        assert!(Outcome::Sursis.is_alert() && !Outcome::NonSaisie.is_alert() && !Outcome::Clos.is_alert());
    }
}
