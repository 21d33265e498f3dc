//! Pure decisions: from the typed figures of a lot to rates, cycles, alerts and what comes next.
//!
//! Nothing here reads a clock, a file or a table. [`LotFacts`] says what holds for a lot, [`follow()`] walks its
//! months and hands out one [`MonthReport`] each; a [`Tracker`] is the same walk one month at a time. Each
//! file holds one decision, with the text of the rule:
//!
//! | file | decision |
//! |---|---|
//! | [`ratio`], [`rate`], [`gap`] | exact rates, and what a figure after missing months is judged against |
//! | [`calendar`], [`standing`] | which months are followed up |
//! | [`cycle`] | what a rate does to the cycle |
//! | [`tracker`], [`mod@follow`], [`month_report`] | the walk over the months |
//! | [`recovery`] | the normal rate after a return with a plan |
//! | [`consequence`], [`pace`], [`delay`] | what the rules will do, needed pace, time consumed |
//! | [`rollup`] | sites and projects from their lots |
//! | [`missing`], [`checks`] | deadlines of entries, questions about a typed figure |

pub mod calendar;
pub mod checks;
pub mod consequence;
pub mod cycle;
pub mod delay;
pub mod facts;
pub mod follow;
pub mod gap;
pub mod missing;
pub mod month_report;
pub mod outcome;
pub mod pace;
pub mod rate;
pub mod ratio;
pub mod recovery;
pub mod rollup;
pub mod standing;
pub mod state;
pub mod status;
pub mod tracker;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod scenarios;

pub use consequence::{Consequences, next_consequences};
pub use cycle::{CycleKind, CyclePosition};
pub use facts::LotFacts;
pub use follow::follow;
pub use missing::EntryDeadline;
pub use month_report::MonthReport;
pub use outcome::Outcome;
pub use ratio::Ratio;
pub use recovery::Recovery;
pub use state::LotState;
pub use status::Status;
pub use tracker::Tracker;
