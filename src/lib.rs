//! Monthly follow-up of construction sites: one figure per lot and month, rates, alerts, decisions.
//!
//! Read in this order: [`model`] (plain data), [`rules`] (pure decisions), [`store`] (`SQLite` and the
//! change log), [`actions`] (what a user can do; joins rules and store), [`cli`] (verbs that call actions).
//! [`ui`] is the terminal application.
//! [`notify`] writes letters, [`import`] reads workbooks, [`export`] writes tables, [`demo`] invents an organisation.

pub mod actions;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod export;
pub mod import;
pub mod key_file;
pub mod model;
pub mod notify;
pub mod rules;
pub mod store;
pub mod sync;
pub mod texts;
pub mod ui;
pub mod whole_file;
