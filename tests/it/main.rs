//! One test binary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod conflicts;
mod copies;
mod decisions;
mod derived;
mod desk;
mod entry_typing;
mod first_run;
mod follow_up;
mod forms;
mod help;
mod hostile_bundles;
mod hostile_text;
mod identity;
mod import;
mod import_hostile;
mod import_layouts;
mod key_card;
mod nothing_lost;
mod observations;
mod pictures;
mod pty;
mod resilience_screens;
mod robot;
mod screens;
mod synthesis;
mod terminal;
mod tidy;
mod trail;
mod vectors;
