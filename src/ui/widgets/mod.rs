//! Pieces that several screens share.

pub mod bars;
pub mod basis;
pub mod cells;
pub mod check;
pub mod cursor;
pub mod field;
pub mod filter;
pub mod lot_card;
pub mod scroll;
pub mod text_box;
pub mod text_line;
pub mod typed;
