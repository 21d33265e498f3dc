//! The terminal as a line to a user: few bytes out, whole keys in, nothing while nothing happens.
//!
//! [`Line`] owns the real terminal. [`Presenter`] turns frames into bytes and [`Decoder`] bytes into
//! keys; both are pure and know nothing of file descriptors.

mod ascii;
mod control_bytes;
pub mod decode;
mod escape_keys;
mod grid;
pub mod line;
mod mode;
mod motion;
mod output;
mod pacing;
mod painter;
mod paste;
pub mod presenter;
mod scroll;
mod sgr;
mod signals;

pub use decode::{Decoder, Input, Waiting};
pub use line::{Happening, Line, LineOptions};
pub use presenter::{Glyphs, Presenter};
