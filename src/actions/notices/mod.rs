//! Notices: prepared from alerts and decisions, looked at, approved, held, withdrawn; sent by one machine of the
//! organisation, and what became of them.
//!
//! ```text
//!   board, decisions, corrections ──► prepare ──► draft ──► approve ──► ready ──► goes out
//!                     (frozen facts)               │  ▲        (number, date, whole letter)
//!                            edit, address, hold ──┘  └── the figures changed before it went
//! ```
//!
//! A draft holds subject and body; the letter around them is drawn when it is looked at. The approval gives the number and
//! the date, and from then on the body is the whole letter.

mod addressees;
mod attempt;
mod automatic;
mod decided;
mod demand;
mod digest;
mod edit;
mod facts;
pub mod gather;
pub mod gone;
mod keep;
mod known;
mod limits;
pub mod mail_settings;
mod moved;
mod pass;
pub mod pause;
mod prepare;
mod resolved;
mod review;
pub mod run;
pub mod send;
pub mod sender;
mod settle;
mod templates;
mod view;
mod waiting;
mod wanted;
mod words;

pub use automatic::{Automatic, automatic};
pub use demand::{Demand, prepare_for};
pub use edit::{Address, Edits, edit, too_long};
pub use moved::FIGURES_MOVED;
pub use prepare::{Prepared, prepare};
pub use review::{Approved, approve, approve_all, cancel, hold};
pub use templates::{check, preview, write_standard};
pub use view::{Filter, NoticeLine, NoticeSheet, REFERENCE_TWICE, find, is_gone, list, sheet, warned_before};
pub use waiting::{Why, Works};
pub use words::{Chosen, WORDS_MOVED, Words};
