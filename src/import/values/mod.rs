//! Reads single cells: months, numbers, words in the place of numbers, firms, durations, starts.

pub(super) mod contractors;
pub(super) mod duration;
pub(super) mod figure;
pub(super) mod month_text;
pub(super) mod number_text;
pub(super) mod plain_text;
pub(super) mod start;
