//! Notices as words: frozen facts and templates in, letters out. Nothing here reads data or decides.

pub mod engine;
pub mod facts;
pub mod layout;
pub mod letter;
pub mod sample;
pub mod vocabulary;

pub use facts::Facts;
pub use letter::{Draft, Sheet, TemplateError, Templates, Writer};
