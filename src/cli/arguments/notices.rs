//! Verbs of notices and of the machine that sends them.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Notices {
    #[command(subcommand)]
    pub verb: NoticesVerb,
}

#[derive(Debug, Subcommand)]
pub enum NoticesVerb {
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
    /// Also to a server that refused this machine a moment ago.
    #[arg(long, visible_alias = "reessayer")]
    pub retry: bool,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub enum SenderVerb {
    #[command(visible_alias = "prendre")]
    Take,
}
