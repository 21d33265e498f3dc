//! What the exchange keeps: sealed stretches of the log, what waits, who has what, which file this is.

pub mod about;
pub mod admit;
pub mod arrivals;
pub(super) mod fit;
mod give_way;
pub mod held;
pub mod identity;
pub mod peers;
#[cfg(test)]
mod properties;
pub mod ranges;
pub mod reauthor;
pub mod seal;
pub mod segment;
pub mod violations;
pub mod waiting;
