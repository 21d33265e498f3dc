//! Notices: what is sent, by which machine, and what became of it.

mod attempt;
mod gather;
mod limits;
pub mod pause;
pub mod mail_settings;
mod resolved;
pub mod run;
pub mod sender;
mod settle;
