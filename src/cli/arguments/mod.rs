//! The command line as clap sees it. Help texts are filled in from `locales/`.

mod exchange;
mod notices;
mod register;
mod sign;

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::decision::DecisionKind;
use crate::model::month::Month;

pub use exchange::{
    Bundle, BundleExport, BundleImport, BundleInspect, BundleVerb, Conflicts, ConflictsVerb, Join, Machine,
    MachineVerb, Remote, RemoteVerb, Settle, Sync, SyncServe,
};
pub use notices::{
    Notices, NoticesApprove, NoticesEdit, NoticesList, NoticesPrepare, NoticesRun, NoticesVerb, SenderVerb,
};
pub use register::{
    Client, Contact, ContactVerb, Contractor, ContractorVerb, Lot, LotVerb, Org, OrgVerb, PartyArgs, Project,
    ProjectVerb, Site, SiteTerms, SiteVerb,
};
pub use sign::{Sign, Unlock};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "chantier", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// The database.
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// The date to take for today.
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Output for programs.
    #[arg(long, global = true)]
    pub json: bool,
    /// The language.
    #[arg(long, global = true, value_name = "fr|en", value_parser = ["fr", "en"])]
    pub lang: Option<String>,
    /// Only ASCII on the screens.
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    #[command(visible_alias = "importer")]
    Import(Import),
    #[command(visible_alias = "exporter")]
    Export(Export),
    #[command(visible_alias = "saisie")]
    Entry(Entry),
    #[command(visible_alias = "organisation")]
    Org(Org),
    #[command(visible_alias = "projet")]
    Project(Project),
    #[command(visible_alias = "chantier")]
    Site(Site),
    Lot(Lot),
    #[command(visible_alias = "entreprise")]
    Contractor(Contractor),
    #[command(visible_alias = "responsable")]
    Contact(Contact),
    #[command(visible_alias = "alertes")]
    Alerts(Alerts),
    #[command(visible_alias = "etat")]
    Status(Status),
    #[command(visible_alias = "historique")]
    History(History),
    #[command(visible_alias = "annuler")]
    Undo(Undo),
    #[command(visible_alias = "decider")]
    Decide(Decide),
    #[command(visible_alias = "avis")]
    Notices(Notices),
    #[command(visible_alias = "viser")]
    Sign(Sign),
    #[command(visible_alias = "derogation")]
    Unlock(Unlock),
    #[command(visible_alias = "conflits")]
    Conflicts(Conflicts),
    #[command(visible_alias = "sauvegarder")]
    Backup(Backup),
    #[command(visible_alias = "paquet")]
    Bundle(Bundle),
    Machine(Machine),
    #[command(visible_alias = "lieu")]
    Remote(Remote),
    #[command(visible_alias = "echanger")]
    Sync(Sync),
    #[command(visible_alias = "rejoindre")]
    Join(Join),
    #[command(hide = true)]
    SyncServe(SyncServe),
    #[command(visible_alias = "docteur")]
    Doctor(Doctor),
    #[command(visible_alias = "reglages")]
    Config(Config),
    Demo(Demo),
    Completions(Completions),
    Man,
}

/// Reads a day written in full, in the years that the program knows.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|error: chrono::ParseError| error.to_string())?;
    let known = Month::of(day).first_day().year() == day.year();
    if day.to_string() == text && known { Ok(day) } else { Err(text.to_owned()) }
}

#[derive(Debug, Args)]
pub struct Import {
    /// The workbook or table.
    pub file: PathBuf,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, visible_alias = "oui")]
    pub yes: bool,
    #[arg(long, value_name = "percent|fraction")]
    pub unit: Option<Unit>,
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(1900..=2199))]
    pub year: Option<i32>,
    #[arg(long, value_name = "NAME", visible_alias = "projet")]
    pub project: Option<String>,
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub duration: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Unit {
    Percent,
    Fraction,
}

#[derive(Debug, Args)]
pub struct Export {
    pub what: Exported,
    #[arg(long, default_value = "csv", value_name = "csv|json|xlsx")]
    pub format: Format,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// Marks text that a spreadsheet would take for a formula.
    #[arg(long)]
    pub safe: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    #[value(aliases = ["releves", "relevés"])]
    Entries,
    Sites,
    #[value(alias = "alertes")]
    Alerts,
    #[value(alias = "changements")]
    Changes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Csv,
    Json,
    Xlsx,
}

#[derive(Debug, Args)]
pub struct Entry {
    #[arg(value_name = "SITE[/LOT]", requires = "month")]
    pub place: Option<String>,
    #[arg(value_name = "YYYY-MM")]
    pub month: Option<Month>,
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub observation: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub cause: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub attribution: Option<String>,
    #[arg(long, value_name = "PCT")]
    pub normal: Option<String>,
}

#[derive(Debug, Args)]
pub struct Alerts {
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    #[arg(long, value_name = "P", visible_alias = "projet")]
    pub project: Option<String>,
}

#[derive(Debug, Args)]
pub struct Status {
    #[arg(value_name = "PROJECT|SITE")]
    pub what: Option<String>,
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// How complete and how timely the figures of each month are.
    #[arg(long, visible_alias = "ponctualite")]
    pub rates: bool,
}

#[derive(Debug, Args)]
pub struct History {
    #[arg(value_name = "SITE[/LOT]")]
    pub place: String,
    #[arg(value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// Everything that happened, in one list.
    #[arg(long, visible_alias = "tout")]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct Undo {
    /// Does again what the last undo took back.
    #[arg(long, visible_alias = "refaire")]
    pub redo: bool,
}

#[derive(Debug, Args)]
pub struct Decide {
    pub kind: Kind,
    #[arg(value_name = "SITE[/LOT]")]
    pub place: String,
    #[arg(long, value_name = "TEXT", visible_alias = "motif")]
    pub reason: Option<String>,
    #[arg(long, value_name = "YYYY-MM")]
    pub from: Option<Month>,
    #[arg(long, value_name = "YYYY-MM")]
    pub to: Option<Month>,
    #[arg(long, value_name = "N", visible_alias = "mois")]
    pub months: Option<u16>,
    #[arg(long, value_name = "TEXT")]
    pub plan: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    #[value(aliases = ["demobiliser", "démobiliser"])]
    Demobilise,
    #[value(alias = "remobiliser")]
    Remobilise,
    #[value(alias = "suspendre")]
    Suspend,
    #[value(alias = "reprendre")]
    Resume,
    #[value(alias = "clore")]
    Close,
    // Takes none: shows those that were taken.
    #[value(alias = "montrer")]
    Show,
}

impl Kind {
    /// Returns the decision that is taken; `None` where those that were taken are shown.
    pub const fn decision(self) -> Option<DecisionKind> {
        match self {
            Self::Demobilise => Some(DecisionKind::Demobilise),
            Self::Remobilise => Some(DecisionKind::Remobilise),
            Self::Suspend => Some(DecisionKind::Suspend),
            Self::Resume => Some(DecisionKind::Resume),
            Self::Close => Some(DecisionKind::Close),
            Self::Show => None,
        }
    }
}

#[derive(Debug, Args)]
pub struct Backup {
    /// The copy, or the folder in which to put it.
    #[arg(value_name = "FILE")]
    pub copy: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct Doctor {
    #[arg(long)]
    pub full: bool,
    #[arg(long, visible_alias = "reparer")]
    pub repair: bool,
}

#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub verb: Option<ConfigVerb>,
}

#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "fixer")]
    Set {
        name: String,
        value: String,
        #[arg(long, value_name = "P", visible_alias = "projet")]
        project: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        from: Option<Month>,
    },
}

#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub sites: u32,
    #[arg(long, value_name = "M", default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub months: u32,
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Completions {
    pub shell: clap_complete::Shell,
}
