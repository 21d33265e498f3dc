//! Pieces that several screens share.

pub mod bars;
pub mod cells;
pub mod cursor;
pub mod lot_card;
pub mod search_line;
