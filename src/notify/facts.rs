//! The frozen figures of a notice: what templates are given, and what is kept with it.
//!
//! Figures are decimal strings with a dot, months `YYYY-MM`, days `YYYY-MM-DD`, words those of programs: the filters
//! of templates say them in the language of the letter. What is not known is null, so that a template can ask.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a notice says, whatever its language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "independent answers, each asked by a template on its own")]
pub struct Facts {
    /// Who writes.
    pub organisation: Sender,
    /// The project.
    pub project: ProjectFacts,
    /// Who signs.
    pub signatory: Signatory,
    /// The month that it is about.
    pub month: String,
    /// Days to answer.
    pub reply_days: u16,
    /// Days to submit observations.
    pub hearing_days: u16,
    /// Days of a formal notice.
    pub formal_days: u16,
    /// Whether it goes by registered letter.
    pub registered: bool,
    /// The lot, where it is about one.
    pub unit: Option<Unit>,
    /// The figures of the month.
    pub figures: Option<Figures>,
    /// The figures of the last months, or of the cycle, oldest first.
    pub months: Vec<Figures>,
    /// The month in which the cycle began.
    pub since: Option<String>,
    /// The thresholds that judged the month.
    pub thresholds: Thresholds,
    /// What the coming month has to bring.
    pub next: Option<Next>,
    /// What was notified before about the lot.
    pub earlier: Vec<Earlier>,
    /// Whether a pre-demobilisation was notified in the cycle.
    pub warned: bool,
    /// The cause that was recorded.
    pub cause: Option<String>,
    /// The decision.
    pub decision: Option<DecisionFacts>,
    /// What is missing.
    pub missing: Option<Missing>,
    /// What was corrected.
    pub correction: Option<Correction>,
    /// Grounds of a formal notice, as typed.
    pub grounds: Option<String>,
    /// Which formal notice it is.
    pub ordinal: Option<u16>,
    /// What a digest lists.
    pub items: Vec<Item>,
    /// How many more there are.
    pub more: Option<usize>,
    /// Whether a person rewrote the words: they are kept as they are.
    #[serde(skip_serializing_if = "is_not")]
    pub edited: bool,
    /// Whether the program withdrew it: it comes back with its alert.
    #[serde(skip_serializing_if = "is_not")]
    pub superseded: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "asked by serde")]
const fn is_not(it: &bool) -> bool {
    !*it
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// Name.
    pub name: String,
    /// Lines of the address.
    pub address: Vec<String>,
    /// Where letters are dated; may be empty.
    pub place: String,
}

/// The project of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectFacts {
    /// Name.
    pub name: String,
    /// Maître d'ouvrage; may be empty.
    pub client: String,
    /// The client's address; may be empty.
    pub client_address: String,
}

/// Who signs; an empty name where nobody is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signatory {
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
}

/// The lot of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// Code of the site.
    pub site_code: String,
    /// Name of the site.
    pub site: String,
    /// Name of the lot; empty where it is the only one.
    pub lot: String,
    /// Code, name and lot together.
    pub label: String,
    /// Who builds it.
    pub contractors: Vec<Firm>,
    /// Their names together.
    pub names: String,
    /// The month in which works began.
    pub start: Option<String>,
    /// Contractual duration in months.
    pub duration: Option<u16>,
}

/// A contractor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Firm {
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
}

/// The figures of one month; each is null where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// The month.
    pub month: String,
    /// Cumulative progress.
    pub cumulative: Option<String>,
    /// Progress of the month.
    pub progress: Option<String>,
    /// Normal rate.
    pub normal: Option<String>,
    /// Rate reached.
    pub target: Option<String>,
    /// Delay rate.
    pub delay: Option<String>,
    /// How the month is judged.
    pub status: String,
    /// Whether the rate is spread over several months.
    pub estimated: bool,
    /// How many.
    pub covered_months: u16,
}

/// Thresholds in percent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Below is critical.
    pub critical: String,
    /// From here on is good.
    pub good: String,
}

/// What the coming month has to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Next {
    /// The coming month.
    pub month: String,
    /// What leaves the critical range.
    pub critical: Option<Aim>,
    /// What is good.
    pub good: Option<Aim>,
    /// Points a month that end the works in time.
    pub pace: Option<String>,
    /// Whether a critical month brings a warning of withdrawal.
    pub warns: bool,
}

/// What one month has to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aim {
    /// The cumulative progress to reach.
    pub cumulative: String,
    /// The points to build.
    pub points: String,
}

/// A notice that went before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Earlier {
    /// Its kind.
    pub kind: String,
    /// Its reference.
    pub reference: String,
    /// The month that it is about.
    pub month: String,
    /// The day on which it was approved.
    pub day: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionFacts {
    /// Why.
    pub reason: String,
    /// The month in which the cycle begins again.
    pub restarts: String,
    /// How often the lot was remobilised.
    pub count: u16,
    /// The recovery plan that was accepted.
    pub plan: Option<String>,
    /// Months granted to finish, that of the return included.
    pub months: Option<u16>,
    /// The normal rate that follows: what remains, spread over these months.
    pub normal: Option<String>,
    /// What is to be reached, month by month.
    pub targets: Vec<Target>,
    /// The month in which 100 % is to be reached, where the targets end before.
    pub ends: Option<String>,
}

/// What is to be reached at the end of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The month.
    pub month: String,
    /// Cumulative progress.
    pub cumulative: String,
}

/// What is missing in a project and month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Missing {
    /// The day before which everything was expected.
    pub due: String,
    /// How many figures are there.
    pub entered: usize,
    /// How many are expected.
    pub expected: usize,
    /// The part that is there, in percent.
    pub rate: String,
    /// The lots without a figure.
    pub lots: Vec<MissingFacts>,
    /// How many more there are.
    pub more: Option<usize>,
}

/// A lot without a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MissingFacts {
    /// The lot.
    pub place: String,
    /// Since when, where that is earlier than the month.
    pub since: Option<String>,
}

/// A correction of figures that were notified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// The kind of the earlier notice.
    pub kind: String,
    /// Its reference.
    pub reference: String,
    /// The day on which it was approved.
    pub day: Option<String>,
    /// The figures that it said.
    pub old: Figures,
    /// The figures as they are now.
    pub new: Figures,
    /// Why.
    pub reason: Option<String>,
    /// Whether nothing is left of its alert.
    pub lifted: bool,
}

/// A line of a digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// The kind of notice.
    pub kind: String,
    /// The month.
    pub month: String,
    /// Whether it is only proposed: a withdrawal that waits for its decision.
    pub proposed: bool,
    /// The lot; null for a project.
    pub place: Option<String>,
    /// Rate reached.
    pub target: Option<String>,
    /// How the month is judged.
    pub status: Option<String>,
    /// Figures that are there.
    pub entered: Option<usize>,
    /// Figures that are expected.
    pub expected: Option<usize>,
    /// Reference of its own notice.
    pub reference: Option<String>,
}

impl Facts {
    /// Returns the JSON that is kept.
    pub fn json(&self) -> String {
        // Plain data always writes.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what was kept; what another version of the program wrote fills what it knows.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Returns the facts as data for templates.
    pub fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Tells whether two say the same, marks aside.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let plain = |it: &Self| Self { edited: false, superseded: false, ..it.clone() };
        plain(self) == plain(other)
    }
}
