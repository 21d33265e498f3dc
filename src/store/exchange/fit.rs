//! What a change may say at all: decided from the change alone, so that every machine decides alike. What this machine
//! writes is held to it too: what the others refuse would lock them out of everything that follows.

use super::segment::Segment;
use crate::model::month::Month;
use crate::store::change::{Body, Scope};
use crate::store::registry::{self, Table};
use crate::store::value::Value;

/// Most bytes of a text: many times what can be typed.
const TEXT_BYTES_MAX: usize = 64 << 10;
/// Most bytes of a letter, or of the facts in it.
const LETTER_BYTES_MAX: usize = 160 << 10;
/// Most times that sending is taken over.
const SENDS_MAX: i64 = 1 << 40;
/// The last instant that a calendar of four figures knows.
const INSTANT_MS_MAX: i64 = 253_402_300_799_999;
/// Most bytes of the name of a user or of an op.
const WORD_BYTES_MAX: usize = 4 << 10;
/// Most hundredths of a percent: what is over 100 % is listed, what is over this is no figure.
const PERCENT_MAX: i64 = 1_000_000;
/// Beyond this, sums of amounts and weights would not fit.
const AMOUNT_MAX: i64 = 1_000_000_000_000_000;

/// Tells whether every change of a segment can be what an honest machine wrote.
pub(super) fn fits(segment: &Segment, bodies: &[Body]) -> bool {
    let ops = segment.ops.iter().all(|it| fits_op(&it.user, &it.name, it.note.as_deref()));
    let changes = || {
        bodies.iter().zip(&segment.changes).zip(segment.lo..).all(|((body, change), seq)| {
            let is_past = |seen: &crate::store::change::Dot| {
                seen.seq > 0 && (seen.replica != segment.replica || seen.seq < seq)
            };
            body.preds.iter().all(|it| is_past(&it.seen))
                && body.origin.as_deref().is_none_or(is_short)
                && registry::table(change.table).is_none_or(|it| fits_table(segment.scope, it, body))
        })
    };
    ops && changes()
}

/// Tells whether the others take an op with these words.
pub(in crate::store) fn fits_op(user: &str, name: &str, note: Option<&str>) -> bool {
    let words = |it: &str| it.len() <= WORD_BYTES_MAX;
    words(user) && words(name) && note.is_none_or(is_short)
}

/// Tells whether the others take a change that this machine writes.
pub(in crate::store) fn fits_change(scope: Scope, table: &Table, body: &Body) -> bool {
    body.origin.as_deref().is_none_or(is_short) && fits_table(scope, table, body)
}

const fn is_short(text: &str) -> bool {
    text.len() <= TEXT_BYTES_MAX
}

fn fits_table(scope: Scope, table: &Table, body: &Body) -> bool {
    body.key.len() == table.key.len()
        && lives_in(scope, table, body)
        && table.key.iter().zip(&body.key).all(|((name, _), value)| fits_key(table, name, value))
        && body.columns.iter().all(|(id, value)| {
            table.column(*id).is_none_or(|it| {
                if it.parent.is_some() {
                    is_id(value, 16) || *value == Value::Null
                } else {
                    fits_column(table, it.name, value)
                }
            })
        })
}

/// A row lives in one scope; for rows that give their scope its name it is known which.
fn lives_in(scope: Scope, table: &Table, body: &Body) -> bool {
    let is_of = |key: &[u8; 16]| body.key.first() == Some(&Value::Bytes(key.to_vec()));
    match (table.id, scope) {
        (id, Scope::Organisation(key)) if id == registry::ORGANISATION.id => is_of(&key),
        (id, Scope::Project(key)) if id == registry::PROJECT.id => is_of(&key),
        (id, Scope::Site(key)) if id == registry::SITE.id => is_of(&key),
        (id, Scope::SiteMoney(key)) => id == registry::SITE_MONEY.id && is_of(&key),
        (id, Scope::Rights(_)) => id == registry::MACHINE.id,
        (id, Scope::Organisation(key) | Scope::Project(key) | Scope::Site(key))
            if id == registry::SETTING.id =>
        {
            is_of(&key)
        }
        (id, Scope::Organisation(_) | Scope::Project(_)) if id == registry::CONTACT.id => true,
        (id, Scope::Organisation(_)) => id == registry::CONTRACTOR.id,
        (id, Scope::Site(_)) => {
            let of_site = [
                &registry::LOT,
                &registry::LOT_CONTRACTOR,
                &registry::ENTRY,
                &registry::OBSERVATION,
                &registry::DECISION,
                &registry::NOTICE,
                &registry::DELIVERY,
            ];
            of_site.iter().any(|it| it.id == id)
        }
        (id, Scope::Project(_)) => {
            let of_project =
                [&registry::NOTICE, &registry::DELIVERY, &registry::SIGN_OFF, &registry::DEROGATION];
            of_project.iter().any(|it| it.id == id)
        }
    }
}

fn fits_key(table: &Table, name: &str, value: &Value) -> bool {
    match name {
        "month" => is_month(value),
        "name" => value.text().is_some_and(|it| it.len() <= WORD_BYTES_MAX),
        _ if table.id == registry::MACHINE.id => is_id(value, 8),
        _ => is_id(value, 16),
    }
}

fn fits_column(table: &Table, name: &str, value: &Value) -> bool {
    let within = |least: i64, most: i64| value.int().is_some_and(|it| (least..=most).contains(&it));
    if *value == Value::Null {
        return true;
    }
    let is_machine = table.id == registry::MACHINE.id;
    match name {
        "month" | "from_month" | "to_month" => is_month(value),
        "cumulative" | "normal" | "initial" => within(-PERCENT_MAX, PERCENT_MAX),
        "duration" | "months" => within(0, u16::MAX.into()),
        "rank" => within(i32::MIN.into(), i32::MAX.into()),
        "weight" | "budget" => within(-AMOUNT_MAX, AMOUNT_MAX),
        "archived" | "admin" | "not_applicable" | "copy" | "by_rule" => within(0, 1),
        "key" if is_machine => is_id(value, 32),
        "until" if is_machine => matches!(value, Value::Bytes(_)),
        "sends" => within(0, SENDS_MAX),
        "hash" => is_id(value, 32),
        "at_ms" => within(0, INSTANT_MS_MAX),
        "body" | "facts" => value.text().is_some_and(|it| it.len() <= LETTER_BYTES_MAX),
        _ => value.text().is_some_and(|it| it.len() <= TEXT_BYTES_MAX),
    }
}

fn is_month(value: &Value) -> bool {
    value.int().is_some_and(|it| Month::from_index(it).is_some())
}

fn is_id(value: &Value, bytes: usize) -> bool {
    matches!(value, Value::Bytes(it) if it.len() == bytes)
}
