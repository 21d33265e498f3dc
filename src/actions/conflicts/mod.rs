//! Values of which two versions compete: listed for a person, and settled by one op.

mod settlement;

use std::collections::HashMap;

use super::authority;
use super::failure::Failure;
use super::history::{self, HistoryRow, Written};
use super::op::{Note, OpName};
use super::record_entry::place;
use super::session::Session;
use super::sign_off::lock;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::model::text::fold;
use crate::store::change::{Dot, Scope};
use crate::store::log::{ChangeRow, OpRow};
use crate::store::read::Reader;
use crate::store::registry::{self, Table};
use crate::store::value::Value;
use settlement::{said, typed, word};

/// A fact of which two or more versions compete.
#[derive(Clone, Debug)]
pub struct Contest {
    /// What it is about: a lot as people type it, or the name of a site, project, contractor…
    pub place: String,
    /// The lot, where it is about one.
    pub lot: Option<Id<Lot>>,
    /// The month, where it is about one.
    pub month: Option<Month>,
    /// The columns that mean the fact together, for naming it.
    pub fields: Vec<HistoryRow>,
    /// The versions: the one that is shown meanwhile first, then the latest.
    pub versions: Vec<Version>,
    table: &'static Table,
    scope: Scope,
    key: Vec<Value>,
    columns: Vec<u8>,
}

/// One version of a fact.
#[derive(Clone, Debug)]
pub struct Version {
    /// Who wrote it, when, on which machine.
    pub op: OpRow,
    /// Its values, by column.
    pub rows: Vec<HistoryRow>,
    /// Whether it was written on this machine.
    pub is_own: bool,
    dot: Dot,
    values: Vec<(u8, Value)>,
}

/// How a contest is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By one of its versions.
    Version(usize),
    /// By a new value, as typed.
    Typed(String),
}

impl Contest {
    /// Tells whether a new value can be typed instead of choosing a version.
    pub fn is_typable(&self) -> bool {
        self.is_figure() || self.columns.len() == 1 && TYPABLE.contains(&self.column(self.columns[0]))
    }

    fn is_figure(&self) -> bool {
        self.table.id == registry::ENTRY.id && self.columns == FIGURE
    }

    fn column(&self, column: u8) -> &'static str {
        self.table.column(column).map_or("", |it| it.name)
    }

    fn dots(&self) -> Vec<Dot> {
        let mut dots: Vec<Dot> = self.versions.iter().map(|it| it.dot).collect();
        dots.sort_unstable();
        dots
    }
}

/// Cumulative progress and "sans objet" are one fact.
const FIGURE: [u8; 2] = [1, 2];

/// Columns of which a new value can be typed: figures, and text that is checked nowhere.
const TYPABLE: [&str; 11] = [
    "normal",
    "initial",
    "name",
    "code",
    "address",
    "architect",
    "manager",
    "cause",
    "attribution",
    "text",
    "reason",
];

/// Lists what competes, by place and month.
pub fn conflicts(session: &Session) -> Result<Vec<Contest>, Failure> {
    let read = session.store.read();
    if !read.knows_other_machines()? {
        return Ok(Vec::new());
    }
    let mut contests = Vec::new();
    for (table, key, bits) in read.contested()? {
        let Some(table) = registry::table(table) else { continue };
        for columns in facts(table, bits) {
            contests.extend(contest(session, table, &key, &columns)?);
        }
    }
    contests.sort_by_cached_key(|it| (fold(&it.place), it.month));
    Ok(contests)
}

/// Counts the facts of some rows, as table and key, of which versions compete.
pub fn among(session: &Session, rows: &[(u16, Vec<Value>)]) -> Result<u64, Failure> {
    let mut count = 0;
    for (number, key) in rows {
        count += of_row(session, *number, key)?.len() as u64;
    }
    Ok(count)
}

/// Lists the facts of a row of which versions compete.
pub(super) fn of_row(session: &Session, table: u16, key: &[Value]) -> Result<Vec<Contest>, Failure> {
    let Some(table) = registry::table(table) else { return Ok(Vec::new()) };
    let bits = session.store.read().contested_columns(table, key)?;
    let mut contests = Vec::new();
    for columns in facts(table, bits) {
        contests.extend(contest(session, table, key, &columns)?);
    }
    Ok(contests)
}

/// Gathers contested columns that mean one thing together.
fn facts(table: &Table, bits: u64) -> Vec<Vec<u8>> {
    let mut facts: Vec<Vec<u8>> = Vec::new();
    for column in table.columns.iter().filter(|it| bits >> (it.id - 1) & 1 == 1) {
        if facts.iter().any(|it| it.contains(&column.id)) {
            continue;
        }
        let same_group = |other: &&registry::Column| column.group > 0 && other.group == column.group;
        facts.push(match column.id {
            id if table.id == registry::ENTRY.id && FIGURE.contains(&id) => FIGURE.to_vec(),
            _ if column.group > 0 => table.columns.iter().filter(same_group).map(|it| it.id).collect(),
            id => vec![id],
        });
    }
    facts
}

/// Reads one fact; `None` when nothing competes.
fn contest(
    session: &Session,
    table: &'static Table,
    key: &[Value],
    columns: &[u8],
) -> Result<Option<Contest>, Failure> {
    let read = session.store.read();
    let mut dots: Vec<Dot> = Vec::new();
    let heads = read.heads(table, key)?;
    for column in columns {
        let of_column = heads.iter().filter(|(it, _)| it == column).map(|(_, dot)| *dot);
        let of_column: Vec<Dot> = of_column.collect();
        dots.extend(if of_column.len() > 1 { of_column } else { Vec::new() });
    }
    dots.sort_unstable();
    dots.dedup();
    let mut versions = Vec::new();
    let mut found = None;
    for dot in dots {
        let change = read.changes_at(dot, table.id)?.into_iter().find(|it| it.body.key == key);
        let Some(change) = change else { continue };
        let Some(op) = read.op(change.op)? else { continue };
        versions.push(version(session, table, &change, op, columns)?);
        found = Some((change.scope, history::subject(&change, &mut HashMap::new())));
    }
    // Two people who wrote the same agree.
    let differ = versions.iter().any(|it| it.values != versions[0].values);
    let Some((scope, subject)) = found.filter(|_| differ) else { return Ok(None) };
    versions.sort_by_key(|it| std::cmp::Reverse((it.op.lamport, it.dot.replica)));
    let (lot, month) = subject_of(read, table, key, subject)?;
    let fields = columns.iter().filter(|it| !(table.id == registry::ENTRY.id && **it == FIGURE[1]));
    let sample = |column: &u8| row(table, *column, &versions[0].op, (lot, month), key, Written::Nothing);
    Ok(Some(Contest {
        place: named(read, table, key, lot)?,
        lot,
        month,
        fields: fields.filter_map(sample).collect(),
        versions,
        table,
        scope,
        key: key.to_vec(),
        columns: columns.to_vec(),
    }))
}

fn version(
    session: &Session,
    table: &'static Table,
    change: &ChangeRow,
    op: OpRow,
    columns: &[u8],
) -> Result<Version, Failure> {
    let written = |column: &u8| change.body.columns.iter().find(|(id, _)| id == column);
    let values: Vec<(u8, Value)> = columns
        .iter()
        .map(|column| (*column, written(column).map_or(Value::Null, |(_, value)| value.clone())))
        .collect();
    let mut rows = Vec::new();
    for (column, value) in &values {
        let shown = shown(session.store.read(), table, *column, value)?;
        rows.extend(row(table, *column, &op, (None, None), &change.body.key, shown));
    }
    let is_own = session.store.own_machines()?.contains(&change.dot.replica);
    Ok(Version { op, rows, is_own, dot: change.dot, values })
}

/// Shows a value: what points to a project by its name, all else as it was written.
fn shown(read: Reader<'_>, table: &Table, column: u8, value: &Value) -> Result<Written, Failure> {
    let points = table.column(column).and_then(|it| it.parent) == Some("project");
    let project = value.id().filter(|_| points);
    let found = match project {
        Some(id) => read.projects()?.into_iter().find(|it| it.id == id),
        None => None,
    };
    Ok(found.map_or_else(|| value.clone().into(), |it| Written::Text(it.name)))
}

fn row(
    table: &'static Table,
    column: u8,
    op: &OpRow,
    (lot, month): history::Subject,
    key: &[Value],
    new: Written,
) -> Option<HistoryRow> {
    let setting = key.get(1).filter(|_| table.id == registry::SETTING.id).and_then(Value::text);
    Some(HistoryRow {
        op: op.clone(),
        table: table.name,
        column: table.column(column)?.name,
        row: key.first().cloned().unwrap_or(Value::Null).into(),
        lot,
        month,
        setting: setting.map(str::to_owned),
        old: Written::Nothing,
        new,
        origin: None,
    })
}

/// Finds the lot and month of a row whose competing change does not name them.
fn subject_of(
    read: Reader<'_>,
    table: &Table,
    key: &[Value],
    found: history::Subject,
) -> Result<history::Subject, Failure> {
    let (lot_column, month_column) = match table.id {
        it if it == registry::OBSERVATION.id => (1, 2),
        it if it == registry::DECISION.id => (1, 3),
        it if it == registry::NOTICE.id => (3, 4),
        _ => return Ok(found),
    };
    let lot = read.value(table, key, lot_column)?.id().or(found.0);
    let month = read.value(table, key, month_column)?.int().and_then(Month::from_index).or(found.1);
    Ok((lot, month))
}

/// Names what a row is about.
fn named(read: Reader<'_>, table: &Table, key: &[Value], lot: Option<Id<Lot>>) -> Result<String, Failure> {
    if let Some(lot) = lot.map(|it| read.lot(it)).transpose()?.flatten()
        && let Some(site) = read.site(lot.site)?
    {
        return Ok(place(&site, &lot));
    }
    if [registry::SITE.id, registry::SITE_MONEY.id, registry::SETTING.id].contains(&table.id)
        && let Some(site) = key.first().and_then(Value::id).map(|it| read.site(it)).transpose()?.flatten()
    {
        return Ok(if site.code.is_empty() { site.name } else { site.code });
    }
    let own_name = |table: &Table| -> Result<Option<String>, Failure> {
        let key: Vec<Value> = key.first().cloned().into_iter().collect();
        Ok(read.value(table, &key, 1)?.text().map(str::to_owned))
    };
    let worded =
        [(registry::NOTICE.id, 8), (registry::DELIVERY.id, 3)].into_iter().find(|it| it.0 == table.id);
    if let Some((_, column)) = worded {
        return Ok(read.value(table, key, column)?.text().unwrap_or_default().to_owned());
    }
    for named in [&registry::PROJECT, &registry::ORGANISATION, &registry::CONTRACTOR, &registry::CONTACT] {
        if (table.id == named.id || table.id == registry::SETTING.id)
            && let Some(name) = own_name(named)?
        {
            return Ok(name);
        }
    }
    Ok(String::new())
}

/// Settles a contest as it was seen: from now on there is one version, even where it is the one that was shown.
/// Returns the op, for its sentence.
pub fn settle(session: &mut Session, seen: &Contest, choice: &Choice) -> Result<Option<OpRow>, Failure> {
    session.steady(|session| {
        let now = contest(session, seen.table, &seen.key, &seen.columns)?;
        if now.as_ref().map(Contest::dots) != Some(seen.dots()) {
            return Err(Problem::new("conflict-moved").with("place", &seen.place).into());
        }
        if let (Choice::Typed(_), Some(lot), Some(month)) = (choice, seen.lot, seen.month) {
            lock::check_lot(session, lot, month)?;
        }
        authority::check_row(session, seen.table, &seen.key, &seen.columns)?;
        let values = match choice {
            Choice::Version(at) => seen.versions.get(*at).map(|it| it.values.clone()),
            Choice::Typed(text) => Some(typed(seen, text)?),
        };
        let values = values.ok_or_else(|| Problem::new("conflict-no-version"))?;
        let month = seen.month.map_or_else(|| "none".to_owned(), |it| it.to_string());
        let note = Note::new()
            .with("place", &seen.place)
            .with("month", month)
            .with("what", word(seen))
            .with("value", said(seen, &values));
        let ((), saved) = session.transact(OpName::Settle, &note, |tx| {
            tx.put(seen.table, seen.scope, seen.key.clone(), values.clone(), None)?;
            Ok(())
        })?;
        Ok(saved.op.map(|it| session.store.read().op_with_id(it)).transpose()?.flatten())
    })
}
