//! Walks the rows of a table: bands, totals, rows that share figures, and whose row each is.

use super::super::grid::{GridCell, Row};
use super::super::reading::RemarkKind;
use super::super::records::Records;
use super::super::values::figure::{self, Scanned};
use super::figures::{Figures, says_something};
use super::identity::{Identities, Identity};
use super::labels::{self, Labels};
use super::line_kind::{self, LineKind};
use super::row_kind::{self, Band};
use super::row_months::RowMonths;
use super::slots::{Slot, SlotMonth};
use super::table::Table;
use super::words::Word;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};

/// Reads a table into the records.
pub fn read(table: &Table<'_>, records: &mut Records) {
    let mut reader = Reader::new(table);
    let mut at = table.rows.start;
    while at < table.rows.end {
        at += reader.pass_break(at).unwrap_or_else(|| reader.read_row(at, records).max(1));
    }
    reader.months.ask(records);
    reader.labels.ask(table, records);
    reader.figures.finish(records);
}

struct Reader<'a> {
    table: &'a Table<'a>,
    identities: Identities<'a>,
    months: RowMonths,
    figures: Figures<'a>,
    last: Identity,
    kind_column: Option<u16>,
    labels: Labels,
    single_site: bool,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table<'a>) -> Self {
        let identities = Identities::new(table);
        let kind_column = labels::kind_column(table);
        Self {
            months: RowMonths::new(table),
            kind_column,
            labels: Labels::new(table, kind_column),
            identities,
            figures: Figures::new(table),
            last: Identity::default(),
            single_site: table.is_of_one_site(),
            table,
        }
    }

    /// Passes a heading that comes back, and takes the project named above it; returns the rows passed.
    fn pass_break(&mut self, at: usize) -> Option<usize> {
        let found = self.table.breaks.iter().find(|it| it.rows.start == at)?;
        if !found.project.is_empty() {
            self.identities.project_band.clone_from(&found.project);
            self.identities.start_band();
        }
        self.last = Identity::default();
        Some(found.rows.len().max(1))
    }

    /// Reads one row, with the rows below that share its figures; returns how many were used.
    fn read_row(&mut self, at: usize, records: &mut Records) -> usize {
        let Some(row) = self.table.sheet.rows.get(at) else { return 1 };
        if row_kind::is_total(row)
            || !self.single_site && row_kind::is_list_total(row)
            || row_kind::is_note(row)
            || row_kind::numbers_columns(row)
            || self.repeats_heading(row)
            || self.single_site && self.months.take_year(row)
        {
            return 1;
        }
        if !self.single_site && self.read_band(row) {
            return 1;
        }
        let kind = self.kind(row);
        if kind == Some(LineKind::Ignored) {
            self.remember(row);
            return 1;
        }
        if !self.has_content(row) {
            self.remember_line(row, records);
            return 1;
        }
        let mut identity = self.identities.read(row);
        let sharing = self.sharing_rows(at);
        for below in self.table.sheet.rows.get(at + 1..at + 1 + sharing).unwrap_or_default() {
            let firm =
                self.table.column(Word::Contractor).and_then(|it| below.cell(it)).and_then(|it| it.text());
            identity.contractors.push('\n');
            identity.contractors.push_str(firm.unwrap_or_default());
        }
        if self.complete(&mut identity, row, records) {
            let figure = self.holds_figure(row);
            if self.labels.take(&identity, row, kind, figure) {
                self.read_slots(row, &identity, kind.unwrap_or(LineKind::Cumulative), records);
            }
            self.last = identity;
        }
        1 + sharing
    }

    /// Takes a band over the table; tells whether the row was one.
    fn read_band(&mut self, row: &Row) -> bool {
        match row_kind::band(row) {
            Some(Band::Project(project)) => self.identities.project_band = project,
            Some(Band::Lot(lot)) => self.identities.lot_band = lot,
            Some(Band::Other(text)) => {
                let projectless = self.table.column(Word::Project).is_none()
                    && self.table.title.project.is_empty()
                    && self.table.hints.project.is_none();
                let wide =
                    self.table.sheet.merges_at(row.number).any(|it| it.last_column > it.first_column + 1);
                if !(projectless && wide) {
                    return false;
                }
                self.identities.project_band = text;
            }
            None => return false,
        }
        self.identities.start_band();
        self.last = Identity::default();
        true
    }

    fn repeats_heading(&self, row: &Row) -> bool {
        let headed = |it: &GridCell| {
            let column = self.table.columns.iter().find(|column| column.index == it.column);
            column.is_some_and(|column| {
                it.text().is_some_and(|text| !text.is_empty() && column.heading.ends_with(text))
            })
        };
        row.cells.len() > 1 && row.cells.iter().all(headed)
    }

    /// Tells what a line gives; `None` where its label says something unknown.
    fn kind(&self, row: &Row) -> Option<LineKind> {
        let text = self.kind_column.and_then(|it| row.cell(it)).and_then(|it| it.text());
        text.map_or(Some(LineKind::Cumulative), line_kind::read)
    }

    fn has_content(&self, row: &Row) -> bool {
        let columns = self.table.slots.list.iter().flat_map(|it| [it.cumulative, it.monthly, it.observation]);
        let mut filled = columns.flatten().filter_map(|it| row.cell(it));
        // A title-block table prints months without figures, which must be seen.
        filled.any(|it| self.kind_column.is_some() || it.text().is_none_or(says_something))
            || self.table.slots.row_observation.is_some_and(|it| row.cell(it).is_some())
            || self.single_site && self.months.names_month(self.table.sheet, row)
    }

    /// Counts the rows below that only add a contractor, their figures being merged with this row's.
    fn sharing_rows(&self, at: usize) -> usize {
        let sheet = self.table.sheet;
        let (Some(row), Some(firm)) = (sheet.rows.get(at), self.table.column(Word::Contractor)) else {
            return 0;
        };
        let figures: Vec<u16> =
            self.table.slots.list.iter().filter_map(|it| it.cumulative.or(it.monthly)).collect();
        let below = sheet.rows.get(at + 1..self.table.rows.end).unwrap_or_default();
        let shares = |it: &&Row| {
            it.cell(firm).is_some()
                && figures.iter().all(|column| sheet.merge_start(it.number, *column) == Some(row.number))
        };
        if figures.is_empty() { 0 } else { below.iter().take_while(shares).count() }
    }

    /// Keeps the names of a row that is not read itself, for the rows below that leave them out.
    fn remember(&mut self, row: &Row) {
        let identity = self.identities.read(row);
        if !identity.is_nameless() {
            self.last = identity;
        }
    }

    /// Records the line of a row that names its contractor or code but no figure yet.
    fn remember_line(&mut self, row: &Row, records: &mut Records) {
        let mut identity = self.identities.read(row);
        let named =
            !identity.is_nameless() && (!identity.contractors.is_empty() || !identity.code.is_empty());
        if !self.single_site && named && row.cells.len() > 2 && self.complete(&mut identity, row, records) {
            self.identities.line(&identity, row, records);
            self.last = identity;
        }
    }

    /// Fills what a row leaves to the row above; tells whether the row has a site.
    fn complete(&mut self, identity: &mut Identity, row: &Row, records: &mut Records) -> bool {
        if self.single_site || !identity.is_nameless() {
            if identity.contractors.is_empty()
                && self.kind_column.is_some()
                && identity.name == self.last.name
            {
                identity.contractors.clone_from(&self.last.contractors);
            }
            return true;
        }
        let inherits = !self.last.is_nameless()
            && (!identity.contractors.is_empty() || self.kind_column.is_some())
            && (!self.table.sheet.plain_text || self.table.column(Word::Month).is_none());
        let project_only = self.table.column(Word::Site).is_none() && !identity.project.is_empty();
        if inherits {
            let above = &self.last;
            if identity.contractors.is_empty() {
                identity.contractors.clone_from(&above.contractors);
            }
            if identity.lot.is_empty() {
                identity.lot.clone_from(&above.lot);
            }
            identity.project.clone_from(&above.project);
            (identity.code, identity.name) = (above.code.clone(), above.name.clone());
        } else if !project_only && self.holds_figure(row) {
            let row_number = row.number.saturating_add(1);
            records.remark_row(
                RemarkKind::RejectRow,
                self.table.sheet_index,
                row_number,
                Problem::new("import-site-missing"),
            );
        }
        inherits || project_only
    }

    fn holds_figure(&self, row: &Row) -> bool {
        let mut columns = self.table.slots.list.iter().filter_map(|it| it.cumulative.or(it.monthly));
        columns.any(|it| matches!(figure::scan(row.cell(it)), Scanned::Number(_)))
    }

    /// Reads every month of a row.
    fn read_slots(&mut self, row: &Row, identity: &Identity, kind: LineKind, records: &mut Records) {
        let line = self.identities.line(identity, row, records);
        let first = self.figures.count();
        for slot in &self.table.slots.list {
            let month = match self.month(slot, line, row) {
                Ok(Some(month)) => month,
                Ok(None) => continue,
                Err(problem) => {
                    if self.holds_figure(row) {
                        if problem.key == "import-start-needed" {
                            let sheet = clean_line(&self.table.sheet.name, NAME_CHARS_MAX);
                            records.ask(Problem::new("import-ask-start").with("sheet", sheet));
                        }
                        let number = row.number.saturating_add(1);
                        records.remark_row(RemarkKind::RejectRow, self.table.sheet_index, number, problem);
                    }
                    return;
                }
            };
            self.figures.read(slot, line, month, row, kind, records);
        }
        self.figures.place_row_observation(first, row);
    }

    fn month(&mut self, slot: &Slot, line: u32, row: &Row) -> Result<Option<Month>, Problem> {
        match slot.when {
            SlotMonth::Row => {
                self.months.of_row(self.table.sheet, row, line, self.identities.start_month(row)).map(Some)
            }
            SlotMonth::Before(months) => Ok(self.table.situation.map(|it| it.plus(-i32::from(months)))),
            SlotMonth::Across(at) => Ok(self.table.months_across.get(at).copied()),
            SlotMonth::Ordinal(number) => {
                let start =
                    self.identities.start_month(row).ok_or_else(|| Problem::new("import-start-needed"))?;
                Ok(Some(start.plus(i32::from(number) - 1)))
            }
        }
    }
}
