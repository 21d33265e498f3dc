//! The rule policy of an organisation or project, with the months from which it holds.

use serde::{Deserialize, Serialize};

use super::month::Month;
use super::percent::Percent;

/// How months are gathered into cycles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CycleMode {
    /// Start cycle first, rolling cycles afterwards.
    #[default]
    Mixte,
    /// The start cycle alone.
    Strict,
    /// Rolling cycles always.
    Glissant,
}

/// What a month without a figure does to the cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MissingPolicy {
    /// The cycle freezes; the next figure is spread over the months it covers.
    #[default]
    Gel,
    /// The month counts as no progress.
    Zero,
    /// The month is left out; the next figure is judged alone against one month.
    Saut,
}

/// How a demobilisation that the rules find comes into force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pronouncement {
    /// A person pronounces it, with a reason.
    #[default]
    Proposee,
    /// It is in force at once.
    Automatique,
}

/// The settings that judge a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Policy {
    /// How months are gathered into cycles.
    pub cycle: CycleMode,
    /// Rates below this are critical; 30.00 % unless set.
    pub critical: Percent,
    /// Rates from this on are good; 50.00 % unless set.
    pub good: Percent,
    /// Whether a fourth month follows a third at or above `critical`.
    pub fourth_month: bool,
    /// What a missing month does.
    pub missing: MissingPolicy,
    /// How a demobilisation comes into force.
    pub demobilisation: Pronouncement,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            cycle: CycleMode::default(),
            critical: Percent(3000),
            good: Percent(5000),
            fourth_month: true,
            missing: MissingPolicy::default(),
            demobilisation: Pronouncement::default(),
        }
    }
}

/// Policies by the month from which they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyTimeline {
    /// Holds before the first change.
    pub first: Policy,
    /// Later policies, sorted by month, one per month.
    pub changes: Vec<(Month, Policy)>,
}

impl PolicyTimeline {
    /// Returns the policy that holds in `month`.
    pub fn at(&self, month: Month) -> &Policy {
        let later = self.changes.partition_point(|(from, _)| *from <= month);
        later.checked_sub(1).map_or(&self.first, |index| &self.changes[index].1)
    }
}
