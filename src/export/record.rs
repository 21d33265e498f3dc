//! What a row of a table is made of, whatever the file it goes to.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use serde::{Serialize, Serializer};

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// Several texts; one text with ` / ` between them where a file knows no lists.
    List(&'a [String]),
    /// Named figures; `name=value` with `; ` between them where a file knows no names.
    Figures(&'a [(String, String)]),
    /// A percentage, two decimals and a dot.
    Percent(Option<Percent>),
    /// A month, `YYYY-MM`.
    Month(Option<Month>),
    /// The start of works, `YYYY-MM` or `YYYY-MM-DD`.
    Start(Option<Start>),
    /// An instant in UTC.
    Instant(NaiveDateTime),
    /// A whole number.
    Whole(Option<i64>),
    /// Yes or no.
    Flag(bool),
}

/// A row of a table: the fields of all rows and the values of this one, in the same order.
pub trait Record {
    /// Names the table: a part of message keys.
    const TABLE: &'static str;
    /// Names the fields, as they stand in CSV and JSON.
    const FIELDS: &'static [&'static str];

    /// Returns the values, one for each of [`Self::FIELDS`].
    fn values(&self) -> Vec<Value<'_>>;
}

impl<R: Record> Record for &R {
    const TABLE: &'static str = R::TABLE;
    const FIELDS: &'static [&'static str] = R::FIELDS;

    fn values(&self) -> Vec<Value<'_>> {
        (**self).values()
    }
}

impl<'a> Value<'a> {
    /// Returns the value as one text, empty where it is unknown.
    pub fn text(&self) -> Cow<'a, str> {
        match *self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::List([only]) => Cow::Borrowed(only),
            Self::List(items) => Cow::Owned(items.join(" / ")),
            Self::Figures(figures) => Cow::Owned(
                figures.iter().map(|(name, it)| format!("{name}={it}")).collect::<Vec<_>>().join("; "),
            ),
            Self::Percent(percent) => shown(percent),
            Self::Month(month) => shown(month),
            Self::Start(start) => shown(start.map(start_text)),
            Self::Instant(instant) => Cow::Owned(instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            Self::Whole(number) => shown(number),
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
        }
    }

    /// Tells whether somebody typed the value: only such text can be hostile.
    pub(super) const fn is_typed(&self) -> bool {
        matches!(self, Self::Text(_) | Self::List(_) | Self::Figures(_))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(items) => serializer.collect_seq(*items),
            Self::Figures(figures) => serializer.collect_map(figures.iter().map(|(name, it)| (name, it))),
            Self::Percent(None) | Self::Month(None) | Self::Start(None) | Self::Whole(None) => {
                serializer.serialize_none()
            }
            Self::Whole(Some(number)) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            _ => serializer.serialize_str(&self.text()),
        }
    }
}

fn shown<'a>(value: Option<impl ToString>) -> Cow<'a, str> {
    value.map_or(Cow::Borrowed(""), |it| Cow::Owned(it.to_string()))
}

fn start_text(start: Start) -> String {
    start.day.map_or_else(|| start.month.to_string(), |day| day.to_string())
}
