//! Entries: one lot, one month, one figure.

use serde::{Deserialize, Serialize};

use super::month::Month;
use super::percent::Percent;

/// What was typed for one lot and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The month.
    pub month: Month,
    /// Cumulative progress at the end of the month; `None` when nothing was typed.
    pub cumulative: Option<Percent>,
    /// Declared as "sans objet": neither expected nor judged.
    pub not_applicable: bool,
    /// Normal rate of this month where it overrides 100 / duration.
    pub normal: Option<Percent>,
}
