//! Verbs of sign-off and of locked months.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::model::month::Month;
use crate::model::sign_off::SignLevel;

#[derive(Debug, Args)]
pub struct Sign {
    #[arg(value_name = "PROJECT", required_unless_present_any = ["show", "verify"])]
    pub what: Option<String>,
    #[arg(value_name = "YYYY-MM", required_unless_present_any = ["show", "verify"])]
    pub month: Option<Month>,
    #[arg(long, value_name = "LEVEL", visible_alias = "niveau")]
    pub level: Option<Level>,
    /// The private key that signs.
    #[arg(long, value_name = "FILE", visible_alias = "cle", conflicts_with_all = ["agent", "paper"])]
    pub key: Option<PathBuf>,
    /// A key of the SSH agent signs.
    #[arg(long, value_name = "FILE.pub", num_args = 0..=1, require_equals = true, conflicts_with = "paper")]
    #[expect(clippy::option_option, reason = "absent, alone, or with a file")]
    pub agent: Option<Option<PathBuf>>,
    /// The printed page was signed.
    #[arg(long, value_name = "CODE", num_args = 0..=1, require_equals = true, visible_alias = "papier")]
    #[expect(clippy::option_option, reason = "absent, alone, or with a code")]
    pub paper: Option<Option<String>>,
    /// Who signed the printed page.
    #[arg(long, value_name = "NAME", requires = "paper", visible_alias = "signataire")]
    pub signer: Option<String>,
    #[arg(long, value_name = "TEXT", visible_alias = "commentaire")]
    pub comment: Option<String>,
    /// Lists who signed what.
    #[arg(long, visible_alias = "montrer", conflicts_with_all = FORMS)]
    pub show: bool,
    /// Prints the text that is signed, and its code.
    #[arg(long, visible_alias = "texte", conflicts_with_all = FORMS, conflicts_with = "show")]
    pub text: bool,
    /// Prints a page to sign with a pen: the text, its code, a line for each level.
    #[arg(long, conflicts_with_all = FORMS, conflicts_with_all = ["show", "text"])]
    pub page: bool,
    /// Says what the code of a printed page stands for.
    #[arg(long, value_name = "CODE", visible_alias = "verifier", conflicts_with_all = FORMS)]
    pub verify: Option<String>,
}

/// What only goes with signing.
const FORMS: [&str; 6] = ["level", "key", "agent", "paper", "signer", "comment"];

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Level {
    #[value(aliases = ["verifie", "vérifié"])]
    Checked,
    #[value(aliases = ["valide", "validé"])]
    Approved,
    #[value(aliases = ["vise", "visé"])]
    Seen,
}

impl From<Level> for SignLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Checked => Self::Checked,
            Level::Approved => Self::Approved,
            Level::Seen => Self::Seen,
        }
    }
}

#[derive(Debug, Args)]
pub struct Unlock {
    #[arg(value_name = "PROJECT")]
    pub what: String,
    #[arg(value_name = "YYYY-MM")]
    pub month: Month,
    #[arg(long, value_name = "TEXT", visible_alias = "motif")]
    pub reason: String,
    /// The last day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day, visible_alias = "jusqu-au")]
    pub until: Option<NaiveDate>,
}
