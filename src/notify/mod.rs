//! Notices as words and as mail: frozen facts and templates in, letters out; addresses, messages, what becomes of a
//! delivery, a conversation with a server, a folder of letters. Nothing here reads the database or decides.

pub mod address;
pub mod backoff;
mod encode;
pub mod engine;
pub mod facts;
pub mod folder;
pub mod layout;
pub mod letter;
pub mod message;
pub mod outbox;
pub mod sample;
pub mod secret;
pub mod smtp;
mod trust;
pub mod vocabulary;
mod wire;

pub use facts::Facts;
pub use letter::{Draft, Sheet, TemplateError, Templates, Writer};
