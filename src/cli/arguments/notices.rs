//! Verbs of notices and of the machine that sends them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::model::notice::{NoticeKind, NoticeState};

#[derive(Debug, Args)]
pub struct Notices {
    #[command(subcommand)]
    pub verb: Option<NoticesVerb>,
}

#[derive(Debug, Subcommand)]
pub enum NoticesVerb {
    #[command(visible_alias = "lister")]
    List(NoticesList),
    #[command(visible_alias = "montrer")]
    Show { notice: String },
    #[command(visible_alias = "preparer")]
    Prepare(NoticesPrepare),
    #[command(visible_alias = "approuver")]
    Approve(NoticesApprove),
    #[command(visible_alias = "retenir")]
    Hold {
        #[arg(required = true)]
        notice: Vec<String>,
    },
    #[command(visible_alias = "retirer")]
    Cancel {
        #[arg(required = true)]
        notice: Vec<String>,
    },
    #[command(visible_alias = "modifier")]
    Edit(NoticesEdit),
    #[command(visible_alias = "verifier")]
    Check,
    #[command(visible_alias = "apercu")]
    Preview {
        kind: KindOfNotice,
        #[arg(long, value_name = "fr|en", visible_alias = "langue", value_parser = ["fr", "en"])]
        language: Option<String>,
    },
    #[command(visible_alias = "modeles")]
    Templates {
        #[arg(long, value_name = "FOLDER", visible_alias = "dans")]
        into: Option<PathBuf>,
    },
    #[command(visible_alias = "envoyer")]
    Send {
        /// Its reference, or the beginning of its identifier.
        #[arg(value_name = "ID")]
        notice: String,
    },
    #[command(visible_alias = "expedier")]
    Run(NoticesRun),
    #[command(visible_alias = "expediteur")]
    Sender {
        #[command(subcommand)]
        verb: Option<SenderVerb>,
    },
}

#[derive(Clone, Copy, Debug, Args)]
pub struct NoticesRun {
    /// Goes on until it is ended.
    #[arg(long = "loop", visible_alias = "boucle")]
    pub goes_on: bool,
    /// Sends only what was approved; prepares nothing.
    #[arg(long = "no-prepare", visible_alias = "sans-preparer")]
    pub no_prepare: bool,
    /// Also to a server that refused this machine a moment ago.
    #[arg(long, visible_alias = "reessayer")]
    pub retry: bool,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub enum SenderVerb {
    #[command(visible_alias = "prendre")]
    Take,
}

#[derive(Debug, Args)]
pub struct NoticesList {
    #[arg(long, value_name = "P", visible_alias = "projet")]
    pub project: Option<String>,
    #[arg(long, value_name = "STATE", visible_alias = "etat")]
    pub state: Vec<StateOfNotice>,
}

#[derive(Debug, Args)]
pub struct NoticesPrepare {
    #[arg(long, value_name = "P", visible_alias = "projet")]
    pub project: Option<String>,
    /// One notice, about this lot.
    #[arg(long, value_name = "SITE[/LOT]", visible_alias = "chantier", conflicts_with = "project")]
    pub place: Option<String>,
    #[arg(long, value_name = "KIND", visible_alias = "type")]
    pub kind: Option<KindOfNotice>,
    /// Grounds of a formal notice.
    #[arg(long, value_name = "TEXT", visible_alias = "fondement", requires = "place")]
    pub grounds: Option<String>,
}

#[derive(Debug, Args)]
pub struct NoticesApprove {
    #[arg(required_unless_present = "all")]
    pub notice: Vec<String>,
    #[arg(long, visible_alias = "tous", conflicts_with = "notice")]
    pub all: bool,
    #[arg(long, value_name = "P", visible_alias = "projet", requires = "all")]
    pub project: Option<String>,
}

#[derive(Debug, Args)]
pub struct NoticesEdit {
    pub notice: String,
    #[arg(long, value_name = "TEXT", visible_alias = "objet")]
    pub subject: Option<String>,
    /// A file with the new body.
    #[arg(long, value_name = "FILE", visible_alias = "corps")]
    pub body: Option<PathBuf>,
    /// Somebody more to write to.
    #[arg(long, value_name = "EMAIL", visible_alias = "a")]
    pub to: Option<String>,
    /// Somebody more who gets a copy.
    #[arg(long, value_name = "EMAIL", visible_alias = "copie", conflicts_with = "to")]
    pub copy: Option<String>,
    #[arg(long, value_name = "NAME", visible_alias = "nom")]
    pub name: Option<String>,
    /// Somebody not to write to.
    #[arg(long, value_name = "WHO", visible_alias = "sans")]
    pub without: Option<String>,
    /// `WHO=EMAIL`: the address of somebody.
    #[arg(long, value_name = "WHO=EMAIL", visible_alias = "adresse")]
    pub address: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum KindOfNotice {
    #[value(alias = "rappel")]
    Reminder,
    #[value(alias = "non-saisie")]
    MissingEntries,
    #[value(alias = "retard")]
    Delay,
    PreDemobilisation,
    Demobilisation,
    Remobilisation,
    #[value(alias = "rectificatif")]
    Corrigendum,
    #[value(alias = "mise-en-demeure")]
    FormalNotice,
    #[value(alias = "recapitulatif")]
    Digest,
}

impl From<KindOfNotice> for NoticeKind {
    fn from(kind: KindOfNotice) -> Self {
        match kind {
            KindOfNotice::Reminder => Self::Reminder,
            KindOfNotice::MissingEntries => Self::MissingEntries,
            KindOfNotice::Delay => Self::Delay,
            KindOfNotice::PreDemobilisation => Self::PreDemobilisation,
            KindOfNotice::Demobilisation => Self::Demobilisation,
            KindOfNotice::Remobilisation => Self::Remobilisation,
            KindOfNotice::Corrigendum => Self::Corrigendum,
            KindOfNotice::FormalNotice => Self::FormalNotice,
            KindOfNotice::Digest => Self::Digest,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StateOfNotice {
    #[value(alias = "brouillon")]
    Draft,
    #[value(alias = "pret")]
    Ready,
    #[value(alias = "retenu")]
    Held,
    #[value(alias = "retire")]
    Cancelled,
}

impl From<StateOfNotice> for NoticeState {
    fn from(state: StateOfNotice) -> Self {
        match state {
            StateOfNotice::Draft => Self::Draft,
            StateOfNotice::Ready => Self::Ready,
            StateOfNotice::Held => Self::Held,
            StateOfNotice::Cancelled => Self::Cancelled,
        }
    }
}
