//! Exchange with other machines: who they are, what is sent, what is taken in.

pub mod bundle_in;
pub mod bundle_out;
#[expect(clippy::module_inception, reason = "the action of that name")]
pub mod exchange;
pub mod findings;
pub mod intake;
pub mod machines;
pub mod outgoing;
pub mod over_place;
pub mod over_ssh;
pub mod remotes;
pub mod summary;
