//! The history of values: who, which machine, when, old, new.

use std::collections::HashMap;

use super::failure::Failure;
use super::names;
use super::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::{Lot, Site};
use crate::model::text::clean_note;
use crate::store::change::{Dot, ReplicaId, Scope};
use crate::store::log::{ChangeRow, OpRow};
use crate::store::registry;
use crate::store::value::Value;

/// One value that was written.
#[derive(Clone, Debug)]
pub struct HistoryRow {
    /// The op, with who, when and on which machine.
    pub op: OpRow,
    /// Name of the table.
    pub table: &'static str,
    /// Name of the column.
    pub column: &'static str,
    /// The row, by the first part of its key.
    pub row: Written,
    /// The lot that it is about, where it is about one.
    pub lot: Option<Id<Lot>>,
    /// The month that it is about, where it is about one.
    pub month: Option<Month>,
    /// The name of the setting, where it is one.
    pub setting: Option<String>,
    /// The value that the author saw.
    pub old: Written,
    /// The value written.
    pub new: Written,
    /// Where it came from, for example a cell.
    pub origin: Option<String>,
}

/// A value of the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Written {
    /// Nothing.
    Nothing,
    /// An integer: hundredths of a percent, a month, money in the smallest unit, yes or no.
    Number(i64),
    /// Text; identifiers in hexadecimal.
    Text(String),
}

impl From<Value> for Written {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Int(number) => Self::Number(number),
            Value::Text(text) => Self::Text(clean_note(&text)),
            Value::Bytes(bytes) => Self::Text(bytes.iter().map(|it| format!("{it:02x}")).collect()),
        }
    }
}

impl HistoryRow {
    /// Reads a number as a month, where its column holds months.
    pub fn month_of(&self, number: i64) -> Option<Month> {
        let holds_months = matches!(self.column, "month" | "from_month" | "to_month");
        Month::from_index(number).filter(|_| holds_months)
    }
}

/// Names a machine in short.
pub fn machine(replica: ReplicaId) -> String {
    replica.iter().take(4).map(|it| format!("{it:02x}")).collect()
}

/// Reads the history of `SITE` or `SITE/LOT`, of one month or all, oldest first.
pub fn history(
    session: &Session,
    wanted: &str,
    month: Option<Month>,
) -> Result<(Site, Vec<Lot>, Vec<HistoryRow>), Failure> {
    let read = session.store.read();
    let (site, lots) = names::lots(read, wanted)?;
    let all_lots: Vec<Lot> = read.lots_of(site.id)?;
    let whole = lots.len() == all_lots.iter().filter(|it| !it.archived).count();
    let mut rows = scope_history(session, Scope::Site(site.id.bytes()), &mut HashMap::new())?;
    rows.extend(scope_history(session, Scope::SiteMoney(site.id.bytes()), &mut HashMap::new())?);
    rows.retain(|it| whole || it.lot.is_some_and(|lot| lots.iter().any(|it| it.id == lot)));
    rows.retain(|it| month.is_none() || it.month == month);
    Ok((site, all_lots, rows))
}

/// Reads everything that bears on one lot, oldest first: its own values, and those of its site.
pub fn history_of(session: &Session, lot: Id<Lot>) -> Result<(Site, Lot, Vec<HistoryRow>), Failure> {
    let (site, lot) = names::known_lot(session.store.read(), lot)?;
    let mut rows = scope_history(session, Scope::Site(site.id.bytes()), &mut HashMap::new())?;
    rows.extend(scope_history(session, Scope::SiteMoney(site.id.bytes()), &mut HashMap::new())?);
    rows.retain(|it| it.lot.is_none_or(|it| it == lot.id));
    rows.sort_by_key(|it| it.op.n);
    Ok((site, lot, rows))
}

/// Reads the history of one scope in order of arrival. `ops` keeps the ops read so far.
pub fn scope_history(
    session: &Session,
    scope: Scope,
    ops: &mut HashMap<i64, OpRow>,
) -> Result<Vec<HistoryRow>, Failure> {
    let read = session.store.read();
    let changes = read.changes_of_scope(scope)?;
    // Of several versions that an author saw, the one with the latest Lamport time was shown.
    let mut values: HashMap<(Dot, u8), (i64, ReplicaId, Value)> = HashMap::new();
    let mut lots: HashMap<Vec<Value>, Subject> = HashMap::new();
    let mut rows = Vec::new();
    for change in changes {
        let Some(table) = registry::table(change.table) else { continue };
        let op = match ops.get(&change.op) {
            Some(op) => op.clone(),
            None => match read.op(change.op)? {
                Some(op) => ops.entry(change.op).or_insert(op).clone(),
                None => continue,
            },
        };
        let (lot, month) = subject(&change, &mut lots);
        let is_setting = change.table == registry::SETTING.id;
        let setting = change.body.key.get(1).filter(|_| is_setting).and_then(Value::text).map(str::to_owned);
        for (column, new) in &change.body.columns {
            let seen = change.body.seen(*column).filter_map(|dot| values.get(&(dot, *column)).cloned());
            let old = seen.max().map_or(Value::Null, |(_, _, value)| value);
            values.insert((change.dot, *column), (op.lamport, change.dot.replica, new.clone()));
            let Some(name) = table.column(*column).map(|it| it.name) else { continue };
            rows.push(HistoryRow {
                op: op.clone(),
                table: table.name,
                column: name,
                row: change.body.key.first().cloned().unwrap_or(Value::Null).into(),
                lot,
                month,
                setting: setting.clone(),
                old: old.into(),
                new: new.clone().into(),
                origin: change.body.origin.clone(),
            });
        }
    }
    Ok(rows)
}

/// The lot and the month that a change is about, where it is about one.
pub(super) type Subject = (Option<Id<Lot>>, Option<Month>);

/// Finds the lot and month that a change is about: in its key, or in the columns that made its row.
pub(super) fn subject(change: &ChangeRow, known: &mut HashMap<Vec<Value>, Subject>) -> Subject {
    let key = &change.body.key;
    let column =
        |wanted: u8| change.body.columns.iter().find(|(id, _)| *id == wanted).map(|(_, value)| value);
    let month = |value: Option<&Value>| value.and_then(Value::int).and_then(Month::from_index);
    match change.table {
        it if it == registry::ENTRY.id => (key.first().and_then(Value::id), month(key.get(1))),
        it if it == registry::SETTING.id => (None, month(key.get(2)).filter(|it| *it > Month::MIN)),
        it if it == registry::LOT.id || it == registry::LOT_CONTRACTOR.id => {
            (key.first().and_then(Value::id), None)
        }
        it if it == registry::OBSERVATION.id || it == registry::DECISION.id => {
            let from = if it == registry::OBSERVATION.id { 2 } else { 3 };
            remembered(key, column(1), month(column(from)), known)
        }
        it if it == registry::NOTICE.id => remembered(key, column(3), month(column(4)), known),
        it if it == registry::SIGN_OFF.id || it == registry::DEROGATION.id => {
            remembered(key, None, month(column(2)), known)
        }
        _ => (None, None),
    }
}

/// Finds the lot and month of a row in the columns that are written, else in those that made it.
fn remembered(
    key: &[Value],
    lot: Option<&Value>,
    month: Option<Month>,
    known: &mut HashMap<Vec<Value>, Subject>,
) -> Subject {
    let found = known.get(key).copied().unwrap_or_default();
    let subject = (lot.and_then(Value::id).or(found.0), month.or(found.1));
    known.insert(key.to_vec(), subject);
    subject
}

/// Where changes of a scope are: the site's code and its lots.
#[derive(Debug, Default)]
pub struct Place {
    /// Code of the site; empty outside sites.
    pub site_code: String,
    /// Names of its lots.
    pub lots: HashMap<Id<Lot>, String>,
}

/// Hands every value ever written to `visit`, scope by scope, oldest first.
pub fn every_change(session: &Session, mut visit: impl FnMut(&Place, &HistoryRow)) -> Result<(), Failure> {
    let read = session.store.read();
    let mut ops = HashMap::new();
    for scope in read.scopes()? {
        let place = match scope {
            Scope::Site(key) | Scope::SiteMoney(key) => {
                let id = Id::from_bytes(key);
                let lots = read.lots_of(id)?.into_iter().map(|it| (it.id, it.name)).collect();
                Place { site_code: read.site(id)?.map(|it| it.code).unwrap_or_default(), lots }
            }
            Scope::Organisation(_) | Scope::Project(_) | Scope::Rights(_) => Place::default(),
        };
        for row in scope_history(session, scope, &mut ops)? {
            visit(&place, &row);
        }
    }
    Ok(())
}
