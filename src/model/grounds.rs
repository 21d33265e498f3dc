//! The grounds of a decision as they were when it was taken: kept with it, so that it can be read back years later, even
//! after the figures were corrected.

use serde::{Deserialize, Serialize};

use super::month::Month;
use super::text::clean_line;

/// Most months that are kept.
pub const MONTHS_MAX: usize = 24;
/// Most letters that are kept.
pub const LETTERS_MAX: usize = 6;
/// Most addressees of a letter that are kept.
pub const ADDRESSEES_MAX: usize = 12;
/// Most letters of a name, or of what a server said.
pub const TEXT_CHARS_MAX: usize = 120;

/// What was known when a decision was taken. Figures are decimal strings with a dot, months `YYYY-MM`, days `YYYY-MM-DD`,
/// words those of programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrozenGrounds {
    /// The day on which it was taken.
    pub day: String,
    /// The state of the lot before.
    pub state: String,
    /// The kind of cycle that was open.
    pub cycle: String,
    /// The month in which it began.
    pub since: Option<String>,
    /// Its months, oldest first.
    pub months: Vec<FrozenMonth>,
    /// The month in which the rules had found the withdrawal that waited, or that held by policy.
    pub proposed: Option<String>,
    /// Whether a pre-demobilisation was found in the cycle.
    pub warned: bool,
    /// Whether its letter had gone; null where no letter about the lot was ever prepared.
    pub notified: Option<bool>,
    /// The letters about the lot.
    pub letters: Vec<FrozenLetter>,
    /// Whether nobody pronounced it: the policy did.
    pub by_policy: bool,
    /// Whether whoever pronounced it was not known in a post that may.
    pub by_stranger: bool,
}

/// A month as it was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrozenMonth {
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
    /// How the month was judged.
    pub status: String,
    /// What the rules found.
    pub outcome: String,
    /// Whether the rate was spread over several months.
    pub estimated: bool,
}

/// A letter about the lot as it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrozenLetter {
    /// Its kind.
    pub kind: String,
    /// The month that it is about.
    pub month: String,
    /// Its reference; empty before it was approved.
    pub reference: String,
    /// Its day.
    pub day: String,
    /// Its state.
    pub state: String,
    /// What had become of it at each addressee.
    pub addressees: Vec<FrozenAddressee>,
}

/// An addressee of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrozenAddressee {
    /// Name; empty where nobody was known.
    pub name: String,
    /// What it is: a contractor, the client, or a post.
    pub role: String,
    /// What had become of it.
    pub state: String,
}

impl FrozenGrounds {
    /// Returns the JSON that is kept; lists and texts are bounded.
    pub fn json(&self) -> String {
        // Plain data always writes.
        serde_json::to_string(&self.bounded()).unwrap_or_default()
    }

    /// Reads what was kept: `None` for a decision of an older program, or for what is no such JSON. What a newer program
    /// wrote fills what it knows. It may come from another machine: texts are cleaned.
    pub fn read(json: &str) -> Option<Self> {
        // A list would be read as a record whose fields are missing.
        let read: Self = json.starts_with('{').then(|| serde_json::from_str(json).ok()).flatten()?;
        Some(read.bounded())
    }

    /// Returns the month in which the rules had found the withdrawal.
    pub fn proposed_month(&self) -> Option<Month> {
        self.proposed.as_deref().and_then(|it| it.parse().ok())
    }

    fn bounded(&self) -> Self {
        let clean = |it: &str| clean_line(it, TEXT_CHARS_MAX);
        let maybe = |it: &Option<String>| it.as_deref().map(clean);
        let last = self.months.len().saturating_sub(MONTHS_MAX);
        let letters = self.letters.len().saturating_sub(LETTERS_MAX);
        Self {
            day: clean(&self.day),
            state: clean(&self.state),
            cycle: clean(&self.cycle),
            since: maybe(&self.since),
            proposed: maybe(&self.proposed),
            months: self.months[last..]
                .iter()
                .map(|it| FrozenMonth {
                    month: clean(&it.month),
                    cumulative: maybe(&it.cumulative),
                    progress: maybe(&it.progress),
                    normal: maybe(&it.normal),
                    target: maybe(&it.target),
                    status: clean(&it.status),
                    outcome: clean(&it.outcome),
                    estimated: it.estimated,
                })
                .collect(),
            letters: self.letters[letters..]
                .iter()
                .map(|it| FrozenLetter {
                    kind: clean(&it.kind),
                    month: clean(&it.month),
                    reference: clean(&it.reference),
                    day: clean(&it.day),
                    state: clean(&it.state),
                    addressees: it
                        .addressees
                        .iter()
                        .take(ADDRESSEES_MAX)
                        .map(|it| FrozenAddressee {
                            name: clean(&it.name),
                            role: clean(&it.role),
                            state: clean(&it.state),
                        })
                        .collect(),
                })
                .collect(),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_bounded_and_read_back() {
        let long = "é".repeat(5_000);
        let addressee = FrozenAddressee { name: long.clone(), ..FrozenAddressee::default() };
        let letter = FrozenLetter { addressees: vec![addressee; 500], ..FrozenLetter::default() };
        let grounds = FrozenGrounds {
            months: vec![
                FrozenMonth { month: "2026-03".into(), status: long, ..FrozenMonth::default() };
                900
            ],
            letters: vec![letter; 90],
            proposed: Some("2026-03".into()),
            notified: Some(false),
            ..FrozenGrounds::default()
        };
        let json = grounds.json();
        assert!(json.len() < 60 * 1024, "{}", json.len());
        let read = FrozenGrounds::read(&json).unwrap();
        assert_eq!((read.months.len(), read.letters.len()), (MONTHS_MAX, LETTERS_MAX));
        assert_eq!(read.proposed_month(), Some("2026-03".parse().unwrap()));
        assert_eq!(FrozenGrounds::read(&read.json()), Some(read));
    }

    #[test]
    fn what_is_no_grounds_is_nothing_and_text_from_outside_is_cleaned() {
        assert_eq!(
            [FrozenGrounds::read(""), FrozenGrounds::read("[]"), FrozenGrounds::read("{")],
            [None, None, None]
        );
        let read = FrozenGrounds::read("{\"state\":\"a\\u001b[2Jb\\u202e\",\"novel\":1}").unwrap();
        assert!(!read.state.contains('\u{1b}') && !read.state.contains('\u{202e}'), "{:?}", read.state);
    }
}
