//! One file per screen, and the list of all screens.

pub mod alerts;
pub mod card;
pub mod confirm;
pub mod conflicts;
pub mod dashboard;
pub mod decide;
pub mod entry;
pub mod exchange;
pub mod follow_up;
pub mod form;
pub mod help;
pub mod import;
pub mod notice_words;
pub mod notices;
pub mod observation;
pub mod palette;
pub mod registers;
pub mod sign_off;
pub mod synthesis;
pub mod tour;
pub mod trail;
pub mod welcome;

use super::screen::View;

/// A screen.
pub enum AnyScreen {
    /// The board of alerts.
    Alerts(Box<alerts::Alerts>),
    /// The card of a lot.
    Card(Box<card::Card>),
    /// Asks before something is archived.
    Confirm(Box<confirm::Confirm>),
    /// Values of which two versions compete.
    Conflicts(Box<conflicts::Conflicts>),
    /// The portfolio at a glance.
    Dashboard(Box<dashboard::Dashboard>),
    /// What to decide about a lot.
    Decide(Box<decide::Decide>),
    /// The monthly grid.
    Entry(Box<entry::Entry>),
    /// The exchange with other machines.
    Exchange(Box<exchange::Exchange>),
    /// The tree, the list of sites, the card.
    FollowUp(Box<follow_up::FollowUp>),
    /// A form.
    Form(Box<form::Form>),
    /// Every key of a screen.
    Help(Box<help::Help>),
    /// The import of a workbook.
    Import(Box<import::Import>),
    /// The words of a notice.
    NoticeWords(Box<notice_words::NoticeWords>),
    /// Notices.
    Notices(Box<notices::Notices>),
    /// The observation of a lot and month.
    Observation(Box<observation::Observation>),
    /// Commands, sites and contractors by name.
    Palette(Box<palette::Palette>),
    /// Projects, contractors, contacts.
    Registers(Box<registers::Registers>),
    /// Who vouches for the months of a project.
    SignOff(Box<sign_off::SignOff>),
    /// The synthesis table.
    Synthesis(Box<synthesis::Synthesis>),
    /// A step of the tour.
    Tour(Box<tour::Tour>),
    /// The trail of a lot.
    Trail(Box<trail::Trail>),
    /// The first run.
    Welcome(Box<welcome::Welcome>),
}

impl AnyScreen {
    /// Returns the screen.
    pub fn view(&self) -> &dyn View {
        match self {
            Self::Alerts(it) => it.as_ref(),
            Self::Card(it) => it.as_ref(),
            Self::Confirm(it) => it.as_ref(),
            Self::Conflicts(it) => it.as_ref(),
            Self::Dashboard(it) => it.as_ref(),
            Self::Decide(it) => it.as_ref(),
            Self::Entry(it) => it.as_ref(),
            Self::Exchange(it) => it.as_ref(),
            Self::FollowUp(it) => it.as_ref(),
            Self::Form(it) => it.as_ref(),
            Self::Help(it) => it.as_ref(),
            Self::Import(it) => it.as_ref(),
            Self::NoticeWords(it) => it.as_ref(),
            Self::Notices(it) => it.as_ref(),
            Self::Observation(it) => it.as_ref(),
            Self::Palette(it) => it.as_ref(),
            Self::Registers(it) => it.as_ref(),
            Self::SignOff(it) => it.as_ref(),
            Self::Synthesis(it) => it.as_ref(),
            Self::Tour(it) => it.as_ref(),
            Self::Trail(it) => it.as_ref(),
            Self::Welcome(it) => it.as_ref(),
        }
    }

    /// Returns the screen, to change it.
    pub fn view_mut(&mut self) -> &mut dyn View {
        match self {
            Self::Alerts(it) => it.as_mut(),
            Self::Card(it) => it.as_mut(),
            Self::Confirm(it) => it.as_mut(),
            Self::Conflicts(it) => it.as_mut(),
            Self::Dashboard(it) => it.as_mut(),
            Self::Decide(it) => it.as_mut(),
            Self::Entry(it) => it.as_mut(),
            Self::Exchange(it) => it.as_mut(),
            Self::FollowUp(it) => it.as_mut(),
            Self::Form(it) => it.as_mut(),
            Self::Help(it) => it.as_mut(),
            Self::Import(it) => it.as_mut(),
            Self::NoticeWords(it) => it.as_mut(),
            Self::Notices(it) => it.as_mut(),
            Self::Observation(it) => it.as_mut(),
            Self::Palette(it) => it.as_mut(),
            Self::Registers(it) => it.as_mut(),
            Self::SignOff(it) => it.as_mut(),
            Self::Synthesis(it) => it.as_mut(),
            Self::Tour(it) => it.as_mut(),
            Self::Trail(it) => it.as_mut(),
            Self::Welcome(it) => it.as_mut(),
        }
    }

    /// Tells whether it is the dashboard, from which every way starts.
    pub const fn is_dashboard(&self) -> bool {
        matches!(self, Self::Dashboard(_))
    }
}
