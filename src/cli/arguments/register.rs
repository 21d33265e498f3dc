//! Arguments of the verbs that list, show, add, edit and archive.

use clap::{Args, Subcommand};

use crate::model::month::Month;

#[derive(Debug, Args)]
pub struct Org {
    #[command(subcommand)]
    pub verb: OrgVerb,
}

#[derive(Debug, Subcommand)]
pub enum OrgVerb {
    #[command(visible_alias = "ajouter")]
    Add {
        name: String,
        #[arg(long, value_name = "XOF")]
        currency: Option<String>,
        #[arg(long, value_name = "Africa/Douala")]
        zone: Option<String>,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[arg(long, value_name = "XOF")]
        currency: Option<String>,
        #[arg(long, value_name = "Africa/Douala")]
        zone: Option<String>,
    },
    #[command(visible_alias = "montrer", alias = "list")]
    Show,
}

#[derive(Debug, Args)]
pub struct Project {
    #[command(subcommand)]
    pub verb: ProjectVerb,
}

#[derive(Debug, Subcommand)]
pub enum ProjectVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "montrer")]
    Show { name: String },
    #[command(visible_alias = "ajouter")]
    Add {
        name: String,
        #[command(flatten)]
        client: Client,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        name: String,
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[command(flatten)]
        client: Client,
    },
    #[command(visible_alias = "archiver")]
    Archive { name: String },
}

#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the names are those of the options")]
pub struct Client {
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    pub client_address: Option<String>,
    #[arg(long, value_name = "E")]
    pub client_email: Option<String>,
    #[arg(long, value_name = "P")]
    pub client_phone: Option<String>,
}

#[derive(Debug, Args)]
pub struct Site {
    #[command(subcommand)]
    pub verb: SiteVerb,
}

#[derive(Debug, Subcommand)]
pub enum SiteVerb {
    #[command(visible_alias = "lister")]
    List {
        #[arg(long, value_name = "P", visible_alias = "projet")]
        project: Option<String>,
    },
    #[command(visible_alias = "montrer")]
    Show { site: String },
    #[command(visible_alias = "ajouter")]
    Add {
        code: String,
        #[arg(long, value_name = "P", visible_alias = "projet")]
        project: String,
        #[arg(long, value_name = "NAME")]
        contractor: Vec<String>,
        #[command(flatten)]
        terms: SiteTerms,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        site: String,
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        from: Option<Month>,
        #[command(flatten)]
        terms: SiteTerms,
    },
    #[command(visible_alias = "archiver")]
    Archive { site: String },
}

#[derive(Debug, Args)]
pub struct SiteTerms {
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
    #[arg(long, value_name = "A")]
    pub address: Option<String>,
    #[arg(long, value_name = "YYYY-MM[-DD]")]
    pub start: Option<String>,
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub duration: Option<u16>,
    #[arg(long, value_name = "PCT")]
    pub initial: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub architect: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub manager: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    pub budget: Option<String>,
}

#[derive(Debug, Args)]
pub struct Lot {
    #[command(subcommand)]
    pub verb: LotVerb,
}

#[derive(Debug, Subcommand)]
pub enum LotVerb {
    #[command(visible_alias = "lister")]
    List { site: String },
    #[command(visible_alias = "montrer")]
    Show {
        #[arg(value_name = "SITE[/LOT]")]
        place: String,
    },
    #[command(visible_alias = "ajouter")]
    Add {
        site: String,
        name: String,
        #[arg(long, value_name = "NAME")]
        contractor: Vec<String>,
        #[arg(long, value_name = "W")]
        weight: Option<String>,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        #[arg(value_name = "SITE[/LOT]")]
        place: String,
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[arg(long, value_name = "NAME")]
        contractor: Vec<String>,
        #[arg(long, value_name = "W")]
        weight: Option<String>,
    },
    #[command(visible_alias = "archiver")]
    Archive {
        #[arg(value_name = "SITE[/LOT]")]
        place: String,
    },
}

#[derive(Debug, Args)]
pub struct Contractor {
    #[command(subcommand)]
    pub verb: ContractorVerb,
}

#[derive(Debug, Subcommand)]
pub enum ContractorVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "montrer")]
    Show { name: String },
    #[command(visible_alias = "ajouter")]
    Add {
        name: String,
        #[command(flatten)]
        party: PartyArgs,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        name: String,
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[command(flatten)]
        party: PartyArgs,
    },
    #[command(visible_alias = "archiver")]
    Archive { name: String },
}

#[derive(Debug, Args)]
pub struct PartyArgs {
    #[arg(long, value_name = "A")]
    pub address: Option<String>,
    #[arg(long, value_name = "E")]
    pub email: Option<String>,
    #[arg(long, value_name = "P")]
    pub phone: Option<String>,
}

#[derive(Debug, Args)]
pub struct Contact {
    #[command(subcommand)]
    pub verb: ContactVerb,
}

#[derive(Debug, Subcommand)]
pub enum ContactVerb {
    #[command(visible_alias = "lister")]
    List,
    #[command(visible_alias = "montrer")]
    Show { name: String },
    #[command(visible_alias = "ajouter")]
    Add {
        name: String,
        #[arg(long, value_name = "POST", value_parser = POSTS)]
        post: String,
        #[arg(long, value_name = "P", visible_alias = "projet")]
        project: Option<String>,
        #[arg(long, value_name = "E")]
        email: Option<String>,
        #[arg(long, value_name = "P")]
        phone: Option<String>,
    },
    #[command(visible_alias = "modifier")]
    Edit {
        name: String,
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[arg(long, value_name = "POST", value_parser = POSTS)]
        post: Option<String>,
        #[arg(long, value_name = "E")]
        email: Option<String>,
        #[arg(long, value_name = "P")]
        phone: Option<String>,
    },
    #[command(visible_alias = "archiver")]
    Archive { name: String },
}

const POSTS: [&str; 4] = ["directeur-general", "service-financier", "directeur-projet", "chef-mission"];
