//! Words, letters and tones of statuses and outcomes.

use super::{Language, Texts};
use crate::model::percent::Percent;
use crate::rules::{CycleKind, LotState, MonthReport, Outcome, Ratio, Status};

/// What a colour means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As the terminal has it.
    #[default]
    Plain,
    /// Critical.
    Critical,
    /// Problematic.
    Problem,
    /// Good.
    Good,
    /// Of less weight.
    Quiet,
    /// A heading.
    Strong,
}

impl Texts {
    /// Returns the word of a status.
    pub fn status_word(&self, status: Status) -> String {
        self.text(&format!("status-{}", dashed(status.as_str())))
    }

    /// Returns the letter beside the colour of a status.
    pub fn status_letter(&self, status: Status) -> String {
        self.text(&format!("mark-{}", dashed(status.as_str())))
    }

    /// Returns the word of an outcome.
    pub fn outcome_word(&self, outcome: Outcome) -> String {
        self.text(&format!("outcome-{}", dashed(outcome.as_str())))
    }

    /// Returns the short word of an outcome for a narrow column; nothing for those that ask for nothing.
    pub fn outcome_short(&self, outcome: Outcome) -> String {
        let key = format!("outcome-short-{}", dashed(outcome.as_str()));
        if self.has(&key) { self.text(&key) } else { String::new() }
    }

    /// Returns the word of a state.
    pub fn state_word(&self, state: LotState) -> String {
        self.text(&format!("state-{}", state.as_str()))
    }

    /// Returns the word of a kind of cycle.
    pub fn cycle_word(&self, kind: CycleKind) -> String {
        self.text(&format!("kind-{}", kind.as_str()))
    }

    /// Names a kind of cycle within a sentence.
    pub fn cycle_phrase(&self, kind: CycleKind) -> String {
        self.text(&format!("kind-cycle-{}", kind.as_str()))
    }

    /// Shows a rate with two decimals, or a dash.
    pub fn rate(&self, rate: Option<Ratio>) -> String {
        rate.map_or_else(|| "–".to_owned(), |it| self.decimal(&it.to_decimal_string(2)))
    }

    /// Shows hundredths as a decimal number, or a dash.
    pub fn hundredths(&self, hundredths: Option<i64>) -> String {
        hundredths.map_or_else(|| "–".to_owned(), |it| self.decimal(&decimal(it)))
    }

    /// Shows an amount of the smallest unit with its currency, its thousands apart.
    pub fn amount(&self, minor: i64, currency: &str) -> String {
        let plain = crate::model::money::shown(minor, currency);
        let digits = plain.chars().take_while(char::is_ascii_digit).count();
        let mut shown = String::new();
        for (at, letter) in plain.chars().enumerate() {
            if at > 0 && at < digits && (digits - at) % 3 == 0 {
                shown.push(match self.language {
                    Language::French => '\u{a0}',
                    Language::English => ',',
                });
            }
            shown.push(if at == digits && letter == '.' && self.language == Language::French {
                ','
            } else {
                letter
            });
        }
        shown
    }

    /// Shows a rate to the tenth, rounded down so that what is below a threshold reads as below, or a dash.
    pub fn rate_tenths(&self, rate: Option<Ratio>) -> String {
        rate.map_or_else(|| "–".to_owned(), |it| self.tenths(it.hundredths_floor()))
    }

    /// Shows hundredths to the tenth, rounded down.
    pub fn tenths(&self, hundredths: i64) -> String {
        let text = decimal(hundredths.div_euclid(10) * 10);
        self.decimal(&text[..text.len() - 1])
    }

    /// Shows the cumulative progress of a month, or a dash.
    pub fn progress(&self, report: &MonthReport) -> String {
        self.percent(report.cumulative)
    }

    /// Shows a percentage without its sign, or a dash.
    pub fn percent(&self, percent: Option<Percent>) -> String {
        self.hundredths(percent.map(Percent::hundredths))
    }
}

/// Shows hundredths with a dot and two decimals, for programs.
pub fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

/// Returns the tone of a status.
pub const fn tone(status: Status) -> Tone {
    match status {
        Status::Critique => Tone::Critical,
        Status::Problematique => Tone::Problem,
        Status::Bon | Status::Acheve => Tone::Good,
        _ => Tone::Quiet,
    }
}

/// Returns the tone of an outcome.
pub const fn outcome_tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Demobilisation | Outcome::PreDemobilisation | Outcome::AlerteCritique => Tone::Critical,
        Outcome::AlerteProblematique | Outcome::Sursis => Tone::Problem,
        Outcome::Retabli | Outcome::Clos | Outcome::Remobilise => Tone::Good,
        _ => Tone::Quiet,
    }
}

fn dashed(word: &str) -> String {
    word.replace('_', "-")
}
