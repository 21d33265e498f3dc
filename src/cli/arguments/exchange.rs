//! Verbs of the exchange between machines.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Bundle {
    #[command(subcommand)]
    pub verb: BundleVerb,
}

#[derive(Debug, Subcommand)]
pub enum BundleVerb {
    #[command(visible_alias = "exporter")]
    Export(BundleExport),
    #[command(visible_alias = "importer")]
    Import(BundleImport),
    #[command(visible_alias = "examiner")]
    Inspect(BundleInspect),
}

#[derive(Debug, Args)]
pub struct BundleExport {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub bundle: PathBuf,
    /// The machine that will read it.
    #[arg(long = "for", value_name = "MACHINE", visible_alias = "pour")]
    pub reader: Option<String>,
    /// A key to which the file is closed.
    #[arg(long, value_name = "KEY", visible_alias = "cle")]
    pub to: Vec<String>,
    /// Most bytes of a file.
    #[arg(long, value_name = "SIZE", visible_alias = "taille-max")]
    pub max_size: Option<String>,
}

#[derive(Debug, Args)]
pub struct BundleImport {
    /// The files to take in.
    #[arg(value_name = "FILE", required = true)]
    pub bundles: Vec<PathBuf>,
    /// Takes the whole segments of a damaged file.
    #[arg(long, visible_alias = "partiel")]
    pub partial: bool,
    /// A private key that opens the file.
    #[arg(long, value_name = "FILE", visible_alias = "identite")]
    pub identity: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct BundleInspect {
    /// The file to look at.
    #[arg(value_name = "FILE")]
    pub bundle: PathBuf,
    /// A private key that opens the file.
    #[arg(long, value_name = "FILE", visible_alias = "identite")]
    pub identity: Vec<PathBuf>,
    /// Writes each segment and its signature into a folder.
    #[arg(long, value_name = "FOLDER", visible_alias = "extraire")]
    pub extract: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Machine {
    #[command(subcommand)]
    pub verb: Option<MachineVerb>,
}

#[derive(Debug, Subcommand)]
pub enum MachineVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "montrer")]
    Show,
    #[command(visible_alias = "ajouter")]
    Add {
        name: String,
        /// The line that the machine shows.
        #[arg(value_name = "KEY")]
        line: String,
    },
    #[command(visible_alias = "retirer")]
    Remove { name: String },
}

#[derive(Debug, Args)]
pub struct Remote {
    #[command(subcommand)]
    pub verb: Option<RemoteVerb>,
}

#[derive(Debug, Subcommand)]
pub enum RemoteVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "ajouter")]
    Add {
        /// A host, a folder, an object store.
        target: String,
        #[arg(long, value_name = "NAME", visible_alias = "nom")]
        name: Option<String>,
        /// Only these projects.
        #[arg(long, value_name = "P", visible_alias = "projet")]
        project: Vec<String>,
        /// Closes what is laid down there to the machines of the organisation.
        #[arg(long, visible_alias = "chiffrer")]
        encrypt: bool,
    },
    #[command(visible_alias = "retirer")]
    Remove { name: String },
}

#[derive(Debug, Args)]
pub struct Sync {
    /// The place; the only one there is when it is left out.
    pub remote: Option<String>,
    /// Most bytes to move.
    #[arg(long, value_name = "SIZE")]
    pub budget: Option<String>,
    /// Exchanges each time the folder is there with something new.
    #[arg(long, visible_alias = "surveiller")]
    pub watch: bool,
}

#[derive(Debug, Args)]
pub struct Join {
    /// A host, or a bundle.
    pub target: String,
    #[arg(long, value_name = "NAME", visible_alias = "nom")]
    pub name: Option<String>,
    /// Only these projects.
    #[arg(long, value_name = "P", visible_alias = "projet")]
    pub project: Vec<String>,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct SyncServe {
    /// Enrols machines that call and are not enrolled.
    #[arg(long)]
    pub enrol: bool,
}
