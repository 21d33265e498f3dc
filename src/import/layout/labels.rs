//! Watches the labels of lines: where a site has several, none whose label is unknown may be read.

use std::collections::HashMap;

use super::super::grid::Row;
use super::super::records::Records;
use super::super::values::plain_text;
use super::columns::Column;
use super::identity::Identity;
use super::line_kind::{self, LineKind};
use super::row_kind;
use super::table::Table;
use super::words::Word;
use crate::model::problem::Problem;

/// The lines met of each site of a table.
#[derive(Default)]
pub struct Labels {
    /// Columns in which a label may stand; none where each row is told by its month.
    columns: Vec<u16>,
    met: HashMap<Identity, Met>,
    /// Labels of two lines of one site that nothing tells apart.
    unclear: Option<(String, String)>,
}

#[derive(Default)]
struct Met {
    /// Label of the cumulative line that was read.
    read: Option<String>,
    /// Label of a line that was not, being unknown.
    unknown: Option<String>,
}

impl Labels {
    /// Starts a table.
    pub fn new(table: &Table<'_>, kind_column: Option<u16>) -> Self {
        let across = candidates(table).filter(|_| table.slots.is_across()).map(|it| it.index);
        let columns = kind_column.map_or_else(|| across.collect(), |it| vec![it]);
        Self { columns, ..Self::default() }
    }

    /// Takes the line of a row; tells whether it may be read. `kind` is `None` for an unknown label.
    pub fn take(&mut self, identity: &Identity, row: &Row, kind: Option<LineKind>, figure: bool) -> bool {
        if self.columns.is_empty() || !figure || !matches!(kind, None | Some(LineKind::Cumulative)) {
            return kind.is_some() || self.columns.is_empty();
        }
        let label = self.label(row);
        let met = self.met.entry(identity.clone()).or_default();
        match (kind, &met.read) {
            (None, _) => met.unknown = met.unknown.take().or(Some(label)),
            (Some(_), Some(first)) if *first != label => {
                self.unclear = self.unclear.take().or(Some((first.clone(), label)));
            }
            (Some(_), _) => met.read = Some(label),
        }
        kind.is_some()
    }

    /// Asks where a site has lines but none that is known, or two that may both be right.
    pub fn ask(&self, table: &Table<'_>, records: &mut Records) {
        let unknown = || {
            let met = self.met.values().find(|it| it.read.is_none() && it.unknown.is_some())?;
            Some((met.unknown.clone()?, String::new()))
        };
        let Some((first, second)) = self.unclear.clone().or_else(unknown) else { return };
        let sheet = plain_text::clean(&table.sheet.name, crate::model::text::NAME_CHARS_MAX);
        let problem = if second.is_empty() {
            Problem::new("import-ask-label").with("sheet", sheet).with("first", first)
        } else {
            Problem::new("import-ask-line").with("sheet", sheet).with("first", first).with("second", second)
        };
        records.ask(problem);
    }

    fn label(&self, row: &Row) -> String {
        let cells = self.columns.iter().filter_map(|it| row.cell(*it));
        let texts: Vec<String> =
            cells.filter(|it| it.text().is_some()).map(|it| plain_text::name(Some(it))).collect();
        texts.join(" ")
    }
}

/// Finds the column that tells plan from works: by its heading, else by what its cells say.
pub fn kind_column(table: &Table<'_>) -> Option<u16> {
    let rows = table.sheet.rows.get(table.rows.clone()).unwrap_or_default();
    let tells_kinds = |column: u16| {
        let texts = rows.iter().take(30).filter_map(|it| it.cell(column)?.text());
        let (kinds, others): (Vec<_>, Vec<_>) = texts.partition(|it| line_kind::read(it).is_some());
        kinds.len() > 1 && others.len() * 3 <= kinds.len()
    };
    let told = candidates(table).map(|it| it.index).find(|it| tells_kinds(*it));
    told.or_else(|| candidates(table).map(|it| it.index).find(|it| has_labels(table, *it)))
}

fn candidates<'a>(table: &'a Table<'_>) -> impl Iterator<Item = &'a Column> {
    table.columns.iter().filter(|it| matches!(it.word, Some(Word::LineKind) | None))
}

/// Tells whether rows without a site and a contractor of their own hold texts in a column: more lines of one site.
fn has_labels(table: &Table<'_>, column: u16) -> bool {
    let rows = table.sheet.rows.get(table.rows.clone()).unwrap_or_default();
    let Some(key) = table.column(Word::Site).or(table.column(Word::Code)) else { return false };
    let own = |row: &Row, column: Option<u16>| column.and_then(|it| row.cell(it)).is_some();
    let further = |row: &&Row| {
        !own(row, Some(key))
            && !own(row, table.column(Word::Contractor))
            && row.cell(column).is_some_and(|it| it.text().is_some())
            && !row_kind::is_total(row)
            && !row_kind::is_list_total(row)
            && row.cells.len() > 2
    };
    table.slots.is_across() && rows.iter().take(30).any(|it| further(&it))
}
