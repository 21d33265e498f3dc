//! What travels between machines: keys and signatures, packed segments, frames, bundles, the line, places.

pub mod bundle;
pub mod envelope;
pub mod frame;
pub mod hello;
pub mod keys;
pub mod line;
pub mod pack_name;
pub mod packing;
pub mod place;
pub mod rights;
pub mod size;
pub mod ssh;
pub mod ssh_keygen;
pub mod target;
