//! What the user said about a file beforehand: the answers to the questions of a reading.

use serde::{Deserialize, Serialize};

use crate::model::month::Month;

/// How plain numbers of a workbook state progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// `35` is 35 %.
    Percent,
    /// `0.35` is 35 %.
    Fraction,
}

/// Answers given before the file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// The unit of plain numbers, where the user settled it.
    pub unit: Option<Unit>,
    /// The year of the first month, for tables whose months have no year.
    pub year: Option<i32>,
    /// The project of the sites that name none.
    pub project: Option<String>,
    /// The last month that can have a figure; later ones are refused as future.
    pub month_max: Month,
}
