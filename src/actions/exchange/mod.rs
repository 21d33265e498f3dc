//! Exchange with other machines: who they are, what is sent, what is taken in.

pub mod answering;
pub mod bundle_in;
pub mod bundle_out;
pub mod calling;
pub mod conversation;
#[expect(clippy::module_inception, reason = "the action of that name")]
pub mod exchange;
pub mod intake;
pub mod joining;
pub mod machines;
pub mod outgoing;
pub mod over_place;
pub mod over_ssh;
mod packs_in;
mod packs_out;
pub mod remotes;
pub mod scopes;
pub mod state;
pub mod summary;
