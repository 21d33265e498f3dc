//! What is typed and not saved: kept in a small file, so that a hang-up or a power cut loses next to nothing.

use serde::{Deserialize, Serialize};

use super::command::FormAim;
use crate::model::decision::DecisionKind;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::Notice;
use crate::model::site::Lot;

/// Typed text and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Draft {
    /// Figures of a month: the one that is typed, and those that were refused.
    Figures {
        /// The month.
        month: Month,
        /// Lots and what is typed for them; the selected one last.
        texts: Vec<LotText>,
    },
    /// The observation of a lot and month.
    Observation {
        /// The lot.
        #[serde(with = "id")]
        lot: Id<Lot>,
        /// The month.
        month: Month,
        /// Text, cause, attribution.
        texts: [String; 3],
    },
    /// A decision about a lot.
    Decision {
        /// The lot.
        #[serde(with = "id")]
        lot: Id<Lot>,
        /// What is decided.
        kind: DecisionKind,
        /// The fields in order: reason, first month, last month, months granted, recovery plan.
        texts: Vec<String>,
    },
    /// The words of a notice.
    Words {
        /// The notice.
        #[serde(with = "id")]
        notice: Id<Notice>,
        /// Subject, body.
        texts: [String; 2],
    },
    /// A form.
    Form {
        /// What it adds or changes.
        aim: FormAim,
        /// Its fields in order.
        texts: Vec<String>,
    },
}

/// What is typed for a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotText {
    /// The lot.
    #[serde(with = "id")]
    pub lot: Id<Lot>,
    /// What is typed.
    pub text: String,
}

/// Identifiers as text.
pub mod id {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::model::id::Id;

    /// Writes an identifier.
    pub fn serialize<T, S: Serializer>(id: &Id<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    /// Reads an identifier.
    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Id<T>, D::Error> {
        let uuid = uuid::Uuid::deserialize(deserializer)?;
        Ok(Id::from_bytes(uuid.into_bytes()))
    }
}

/// Identifiers that may be missing, as text.
pub mod maybe_id {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::model::id::Id;

    /// Writes an identifier, or nothing.
    pub fn serialize<T, S: Serializer>(id: &Option<Id<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => serializer.collect_str(id),
            None => serializer.serialize_none(),
        }
    }

    /// Reads an identifier, or nothing.
    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Id<T>>, D::Error> {
        let uuid = Option::<uuid::Uuid>::deserialize(deserializer)?;
        Ok(uuid.map(|it| Id::from_bytes(it.into_bytes())))
    }
}
