//! What is wrong with an input, as data: a message key of `locales/` with its arguments.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that is wrong with an input. `key` names the sentence in `locales/`, `arguments` fill it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct Problem {
    /// The message key, for example `percent-unreadable`.
    pub key: String,
    /// Names and values of the places in the sentence, in order.
    pub arguments: Vec<(String, String)>,
}

impl Problem {
    /// Makes a problem without arguments.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), arguments: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.arguments.push((name.to_owned(), value.to_string()));
        self
    }
}

impl fmt::Display for Problem {
    /// Shows the key and the arguments, for logs; people read the sentence of `locales/`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        self.arguments.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}
