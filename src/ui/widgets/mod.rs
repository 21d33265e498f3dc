//! Pieces that several screens share.

pub mod bars;
pub mod cells;
pub mod check;
pub mod cursor;
pub mod field;
pub mod lot_card;
pub mod search_line;
pub mod text_box;
