//! Mail: addresses, messages, what becomes of a delivery, a conversation with a server, a folder of letters.

pub mod address;
pub mod backoff;
mod encode;
pub mod folder;
pub mod message;
pub mod outbox;
pub mod smtp;
mod wire;
