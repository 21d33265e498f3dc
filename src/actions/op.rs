//! The names of ops and the arguments of their sentences.

use std::fmt::Display;

use serde_json::{Map, Value};

use crate::model::text::clean_note;

/// What users do. Each has a sentence `op-…` in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpName {
    /// An organisation, project, site, lot, contractor or contact is added.
    Add,
    /// One of them is changed.
    Edit,
    /// One of them is archived.
    Archive,
    /// A setting is changed.
    Configure,
    /// One figure is recorded or corrected.
    RecordEntry,
    /// The observation of a month is written, or its cause.
    Observe,
    /// A decision is taken.
    Decide,
    /// Notices are prepared, approved, held, withdrawn or changed.
    Notify,
    /// The machine that sends prepares or approves notices by itself.
    NotifyAlone,
    /// A value of which two versions compete is settled.
    Settle,
    /// A workbook is brought in.
    Import,
    /// A machine is enrolled, or withdrawn.
    Enrol,
    /// What became of a notice at an addressee.
    Deliver,
    /// Changes of other machines arrive.
    Receive,
    /// The figures of a month are signed off.
    Sign,
    /// A locked month is opened again.
    Unlock,
    /// Invented data is written.
    Demo,
    /// An op is taken back.
    Undo,
    /// An op that was taken back is done again.
    Redo,
}

impl OpName {
    /// Returns the word in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Archive => "archive",
            Self::Configure => "configure",
            Self::RecordEntry => "record-entry",
            Self::Observe => "observe",
            Self::Decide => "decide",
            Self::Notify => "notify",
            Self::NotifyAlone => "notify-alone",
            Self::Settle => "settle",
            Self::Import => "import",
            Self::Enrol => "enrol",
            Self::Deliver => "deliver",
            Self::Receive => "receive",
            Self::Sign => "sign",
            Self::Unlock => "unlock",
            Self::Demo => "demo",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

/// Arguments of the sentence of an op, kept with it.
#[derive(Clone, Debug, Default)]
pub struct Note(Map<String, Value>);

impl Note {
    /// Makes a note without arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.0.insert(name.to_owned(), Value::String(value.to_string()));
        self
    }

    /// Returns the JSON to keep.
    pub fn json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// Reads the arguments back; a note that does not read has none.
    pub fn arguments(json: Option<&str>) -> Vec<(String, String)> {
        let Some(Ok(Value::Object(map))) = json.map(serde_json::from_str) else { return Vec::new() };
        map.into_iter()
            .map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), clean_note)))
            .collect()
    }
}
