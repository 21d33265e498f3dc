//! What the screens ask of the outside.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::draft::Draft;
use crate::actions::notices::Chosen;
use crate::actions::record_entry::Typed;
use crate::actions::sign_off::{self, lock::Unlocking};
use crate::import::Unit;
use crate::model::decision::DecisionKind;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{DeliveryMark, Notice};
use crate::model::organisation::{Contact, Contractor, Project};
use crate::model::site::{Lot, Site};
use crate::sync::keys::MachinePublicKey;

/// A place to go to.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The first run: import, demonstration, or a new organisation.
    Welcome,
    /// The portfolio at a glance.
    Dashboard,
    /// The tree, the list of sites, the card.
    FollowUp(Option<Id<Project>>),
    /// The lots that have no duration.
    ToComplete,
    /// The monthly grid.
    Entry(EntryAim),
    /// The board of alerts.
    Alerts,
    /// The card of a lot.
    Card(Id<Lot>),
    /// The trail of a lot: every value, decision and observation, of one month or all.
    Trail(Id<Lot>, Option<Month>),
    /// The synthesis table of a project.
    Synthesis(Option<Id<Project>>),
    /// Values of which two versions compete.
    Conflicts,
    /// The exchange with other machines.
    Exchange,
    /// Notices: all, one that is looked at, or the grounds of a formal one.
    Notices(NoticesAim),
    /// The words of a notice.
    NoticeWords(Id<Notice>),
    /// Who vouches for the months of a project: of one that is given, and the month that is selected.
    SignOff(Option<Id<Project>>, Option<Month>),
    /// Projects, contractors, contacts.
    Registers,
    /// A form.
    Form(FormAim),
    /// The import of a workbook.
    Import,
    /// Every key of the screen below.
    Help,
    /// Commands, sites and contractors by name.
    Palette,
    /// What to decide about a lot.
    Decide(Id<Lot>),
    /// The observation of a lot and month.
    Observation(Id<Lot>, Month),
    /// A step of the tour.
    Tour(usize),
}

/// Where the monthly grid opens; what is not given is what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryAim {
    /// The project.
    pub project: Option<Id<Project>>,
    /// The month.
    pub month: Option<Month>,
    /// The selected lot.
    pub lot: Option<Id<Lot>>,
}

/// Where the screen of notices opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticesAim {
    /// At the list.
    All,
    /// At what the alert or the decision about a lot calls for, which is prepared.
    OfLot(Id<Lot>),
    /// At what a project's missing figures call for, which is prepared.
    OfProject(Id<Project>),
    /// At the grounds of a formal notice about a lot.
    Formal(Id<Lot>),
}

/// What is asked about notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticesAsk {
    /// Look at a letter.
    Read(Id<Notice>),
    /// Prepare everything that is called for.
    Prepare,
    /// Prepare a formal notice.
    Formal {
        /// The lot.
        lot: Id<Lot>,
        /// Its grounds.
        grounds: String,
    },
    /// Approve, with the words that were read.
    Approve(Vec<Chosen>),
    /// Keep back.
    Hold(Vec<Id<Notice>>),
    /// Withdraw.
    Withdraw(Vec<Id<Notice>>),
    /// Write the address of somebody; empty takes the notice from them.
    Address {
        /// The notice.
        notice: Id<Notice>,
        /// Who.
        delivery: Id<DeliveryMark>,
        /// The address.
        email: String,
    },
    /// Write to somebody more.
    Add {
        /// The notice.
        notice: Id<Notice>,
        /// Name and address, as typed.
        typed: String,
    },
    /// Write the words anew.
    Words {
        /// The notice.
        notice: Id<Notice>,
        /// Its subject.
        subject: String,
        /// Its body.
        body: String,
    },
    /// Send one now, or everything that is due.
    Send(Option<Id<Notice>>),
}

/// What a form adds or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum FormAim {
    /// The first organisation, or the present one.
    Organisation,
    /// A new project.
    AddProject,
    /// A project.
    EditProject(#[serde(with = "super::draft::id")] Id<Project>),
    /// A new site, of a project where one is selected.
    AddSite(#[serde(with = "super::draft::maybe_id")] Option<Id<Project>>),
    /// A site.
    EditSite(#[serde(with = "super::draft::id")] Id<Site>),
    /// A new lot of a site.
    AddLot(#[serde(with = "super::draft::id")] Id<Site>),
    /// A lot.
    EditLot(#[serde(with = "super::draft::id")] Id<Lot>),
    /// A new contractor.
    AddContractor,
    /// A contractor.
    EditContractor(#[serde(with = "super::draft::id")] Id<Contractor>),
    /// A new contact.
    AddContact,
    /// A contact.
    EditContact(#[serde(with = "super::draft::id")] Id<Contact>),
}

/// What is archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archived {
    /// A project and its sites.
    Project(Id<Project>),
    /// A site.
    Site(Id<Site>),
    /// A lot.
    Lot(Id<Lot>),
    /// A contractor.
    Contractor(Id<Contractor>),
    /// A contact.
    Contact(Id<Contact>),
}

/// What is recorded for a lot and month.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The lot.
    pub lot: Id<Lot>,
    /// The month.
    pub month: Month,
    /// What was typed as the figure.
    pub typed: Option<Typed>,
    /// What was typed as the observation.
    pub observation: Option<Observed>,
}

/// An observation with its cause and who answers for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// The text; empty takes it away.
    pub text: String,
    /// Cause of a delay.
    pub cause: String,
    /// Who answers for it.
    pub attribution: String,
}

/// A decision about a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    /// The lot.
    pub lot: Id<Lot>,
    /// What.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// From which month, as typed; empty is this month.
    pub from: String,
    /// To which month, as typed; only for a suspension.
    pub to: String,
    /// Months granted to finish, as typed; only for a remobilisation.
    pub months: String,
    /// The recovery plan; only for a remobilisation.
    pub plan: String,
}

/// A workbook to read, with the answers to its questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The file.
    pub path: PathBuf,
    /// How plain numbers state progress.
    pub unit: Option<Unit>,
    /// The year of the first month.
    pub year: Option<i32>,
    /// The project of sites that name none.
    pub project: Option<String>,
    /// The duration of sites for which nobody says it.
    pub duration_months: Option<u16>,
}

/// Something that only the outside can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Opens a place over the present one.
    Open(Place),
    /// Opens a place instead of everything that is open.
    Switch(Place),
    /// Closes the screen on top and opens a place.
    Replace(Place),
    /// Goes back one level.
    Back,
    /// Presses a key on the screen on top.
    Press(KeyEvent),
    /// Ends the program.
    Quit,
    /// Gives the shell back until the program is resumed.
    Suspend,
    /// Draws everything again.
    Repaint,
    /// Takes back the user's last op.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Records a figure or an observation.
    Record(Recording),
    /// Does one thing and, unless it was refused, the other.
    Both(Box<Self>, Box<Self>),
    /// Records several figures as one after the other, as a pasted column.
    RecordAll(Vec<Recording>),
    /// Takes a decision, and closes its dialog.
    Decide(Deciding),
    /// Settles a value of which two versions compete: the place in the list, and the version or the typed text.
    Settle(usize, Settlement),
    /// Exchanges with other machines.
    Exchange(ExchangeAsk),
    /// Does something about notices.
    Notices(NoticesAsk),
    /// Vouches for the figures of a month, or opens it.
    SignOff(SignOffAsk),
    /// Saves a form.
    Save(FormAim, Vec<String>),
    /// Archives.
    Archive(Archived),
    /// Lists what can complete a path.
    Complete(String),
    /// Reads a workbook and shows what it would bring.
    Read(Box<Workbook>),
    /// Brings in the workbook that was read.
    Accept,
    /// Opens the demonstration.
    Demonstration,
    /// Saves a verified copy of the database.
    Backup,
    /// Changes the language.
    Language,
    /// Changes the colours.
    Colours,
    /// Switches between full glyphs and ASCII.
    Ascii,
    /// Shows a sentence: message key.
    Say(&'static str),
    /// Remembers that the first hint was read.
    HintRead,
    /// Takes up what was typed and not saved when the program last ended.
    TakeUp(Draft),
}

/// What is asked about vouching for figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOffAsk {
    /// Look whether a month can be signed, and with what.
    Prepare(Id<Project>, Month),
    /// Sign.
    Sign(Box<sign_off::Request>),
    /// Sign with a key of the SSH agent, which is asked beside the screens.
    SignByAgent(Box<sign_off::Request>, MachinePublicKey),
    /// Wait no longer for the agent.
    GiveUp,
    /// Open a locked month.
    Unlock(Unlocking),
}

/// What is asked about the exchange with other machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeAsk {
    /// Begin a task beside the screens.
    Begin(Task),
    /// Add a place.
    Add {
        /// Its address.
        target: String,
        /// Its name.
        name: String,
    },
    /// Forget a place.
    Remove(String),
}

/// What is done beside the screens, because it may take long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Exchange with a place, by its name.
    Exchange(String),
    /// Write a bundle; for the machine that answers at a place, where one is named.
    Write(PathBuf, Option<String>),
    /// Take in a bundle.
    Take(PathBuf),
    /// Send a notice, or everything that is due.
    Send(Option<Id<Notice>>),
}

impl Task {
    /// Names what it is about: the place, or the file; empty for sending.
    pub fn about(&self) -> String {
        match self {
            Self::Exchange(name) => name.clone(),
            Self::Write(path, _) | Self::Take(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Self::Send(_) => String::new(),
        }
    }
}

/// How a conflict is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// One of the versions, by its place.
    Version(usize),
    /// A new value, as typed.
    Typed(String),
}
