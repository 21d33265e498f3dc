//! One test binary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod conflicts;
mod copies;
mod decisions;
mod desk;
mod first_run;
mod follow_up;
mod forms;
mod hostile_text;
mod import;
mod import_hostile;
mod import_layouts;
mod nothing_lost;
mod observations;
mod robot;
mod screens;
mod synthesis;
mod terminal;
mod tidy;
mod trail;
mod vectors;
