//! Exchange with other machines: who they are, what is sent, what is taken in.

pub mod bundle_in;
pub mod bundle_out;
#[expect(clippy::module_inception, reason = "the action of that name")]
pub mod exchange;
pub mod intake;
pub mod machines;
pub mod outgoing;
pub mod over_place;
pub mod over_ssh;
mod packs_in;
mod packs_out;
pub mod remotes;
pub mod state;
pub mod summary;
