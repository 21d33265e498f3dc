//! One test binary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod conflicts;
mod copies;
mod decisions;
mod desk;
mod follow_up;
mod hostile_text;
mod import;
mod import_hostile;
mod import_layouts;
mod nothing_lost;
mod observations;
mod robot;
mod screens;
mod synthesis;
mod tidy;
mod trail;
mod vectors;
