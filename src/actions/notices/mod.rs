//! Notices: what is sent, by which machine, and what became of it.

mod attempt;
pub mod gather;
mod limits;
pub mod mail_settings;
pub mod pause;
mod resolved;
pub mod run;
pub mod send;
pub mod sender;
mod settle;
