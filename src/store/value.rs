//! Values of the change log: integers, text, bytes, nothing.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};

use super::error::StoreError;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::percent::Percent;

/// One value in a key or a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// An integer: money in the smallest unit, hundredths of a percent, months, yes or no.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes: identifiers.
    Bytes(Vec<u8>),
}

impl Value {
    /// Writes the value as canonical CBOR.
    pub fn encode(&self, out: &mut Encoder<Vec<u8>>) {
        // Writing to memory cannot fail.
        let _ = match self {
            Self::Null => out.null().is_ok(),
            Self::Int(number) => out.i64(*number).is_ok(),
            Self::Text(text) => out.str(text).is_ok(),
            Self::Bytes(bytes) => out.bytes(bytes).is_ok(),
        };
    }

    /// Reads a value back.
    pub fn decode(input: &mut Decoder<'_>) -> Result<Self, StoreError> {
        Ok(match input.datatype()? {
            Type::Null => {
                input.null()?;
                Self::Null
            }
            Type::String => Self::Text(input.str()?.to_owned()),
            Type::Bytes => Self::Bytes(input.bytes()?.to_vec()),
            _ => Self::Int(input.i64()?),
        })
    }

    /// Returns the integer, if it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// Returns the text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Returns the identifier, if it is 16 bytes.
    pub fn id<T>(&self) -> Option<Id<T>> {
        let Self::Bytes(bytes) = self else { return None };
        bytes.as_slice().try_into().ok().map(Id::from_bytes)
    }

    /// Copies a value out of a row of `SQLite`.
    pub fn from_sql(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null | ValueRef::Real(_) => Self::Null,
            ValueRef::Integer(number) => Self::Int(number),
            ValueRef::Text(text) => Self::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(SqlValue::Null),
            Self::Int(number) => ToSqlOutput::Owned(SqlValue::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

impl<T> From<Id<T>> for Value {
    fn from(id: Id<T>) -> Self {
        Self::Bytes(id.bytes().to_vec())
    }
}

impl From<Month> for Value {
    fn from(month: Month) -> Self {
        Self::Int(month.index())
    }
}

impl From<Percent> for Value {
    fn from(percent: Percent) -> Self {
        Self::Int(percent.hundredths())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Int(yes.into())
    }
}

impl From<&str> for Value {
    /// Empty text is nothing.
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
