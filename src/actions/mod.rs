//! What a user can do: one file per action; the only place where store and rules meet.

pub mod alerts;
pub mod decide;
pub mod demo;
pub mod directory;
pub mod doctor;
pub mod entry_sheet;
pub mod export;
pub mod failure;
pub mod history;
pub mod import;
pub mod lot_card;
pub mod names;
pub mod op;
pub mod overview;
pub mod portfolio;
pub mod record_entry;
pub mod register;
pub mod session;
pub mod settings;
pub mod standing;
pub mod status;
pub mod terms;
pub mod undo;
