//! One test binary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod conflicts;
mod copies;
mod decisions;
mod derived;
mod desk;
mod dictionary;
mod entry_typing;
mod exchange_screen;
mod first_run;
mod follow_up;
mod forms;
mod help;
mod hostile_text;
mod import;
mod import_hostile;
mod import_layouts;
mod key_card;
mod line;
mod line_ssh;
mod nothing_lost;
mod observations;
mod pictures;
mod pty;
mod refusal;
mod resilience_screens;
mod robot;
mod screens;
mod seeds;
mod simulation;
mod synthesis;
mod terminal;
mod tidy;
mod trail;
mod vectors;
