//! Reads the rows of one table into figures and observations by line and month.

use std::collections::HashMap;

use super::super::grid::{Row, Sheet, Value};
use super::super::hints::{Hints, Unit};
use super::super::reading::RemarkKind;
use super::super::records::Records;
use super::super::values::figure::{self, RawFigure, Scanned};
use super::super::values::month_text::MonthToken;
use super::super::values::plain_text;
use super::columns::Column;
use super::identity::{Identities, Identity};
use super::line_kind::{self, LineKind};
use super::row_kind::{self, Band};
use super::row_months::RowMonths;
use super::series::{self, Checks, Item};
use super::slots::{Slot, SlotMonth, Slots};
use super::title::Title;
use super::units::{Group, Units};
use super::words::{self, Word};
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::text::fold;

/// Where a table stands and what is known about it before its rows are read.
pub struct Table<'a> {
    pub sheet: &'a Sheet,
    pub sheet_index: u16,
    pub columns: &'a [Column],
    pub slots: &'a Slots,
    pub title: &'a Title,
    /// Rows of data, as indexes into the rows of the sheet.
    pub rows: std::ops::Range<usize>,
    pub situation: Option<Month>,
    /// The months that the heading names, resolved.
    pub months_across: Vec<Month>,
    pub hints: &'a Hints,
}

/// What one row says of one month, its unit still open.
struct Seed {
    item: Item,
    cumulative: Option<(RawFigure, Group)>,
    monthly: Option<(RawFigure, Group)>,
}

/// Reads a table into the records.
pub fn read(table: &Table<'_>, records: &mut Records) {
    let mut reader = Reader::new(table);
    let mut at = table.rows.start;
    while at < table.rows.end {
        at += reader.read_row(at, records).max(1);
    }
    reader.finish(records);
}

struct Reader<'a> {
    table: &'a Table<'a>,
    identities: Identities<'a>,
    months: RowMonths,
    units: Units,
    seeds: Vec<Seed>,
    last: Identity,
    kind_column: Option<u16>,
    /// The site stands in the title, or is the sheet itself.
    single_site: bool,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table<'a>) -> Self {
        let project = table.hints.project.as_deref();
        let identities = Identities::new(table.sheet, table.sheet_index, table.columns, table.title, project);
        let single_site =
            [Word::Site, Word::Code, Word::Project].iter().all(|it| identities.column(*it).is_none());
        Self {
            months: RowMonths::new(table, &identities),
            kind_column: kind_column(table),
            identities,
            units: Units::default(),
            seeds: Vec::new(),
            last: Identity::default(),
            single_site,
            table,
        }
    }

    /// Reads one row, with the rows below that share its figures; returns how many were used.
    fn read_row(&mut self, at: usize, records: &mut Records) -> usize {
        let Some(row) = self.table.sheet.rows.get(at) else { return 1 };
        if row_kind::is_total(row)
            || row_kind::is_note(row)
            || row_kind::numbers_columns(row)
            || self.repeats_heading(row)
        {
            return 1;
        }
        if !self.single_site && self.read_band(row) {
            return 1;
        }
        let kind = self.kind(row);
        if kind == LineKind::Ignored {
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
            let firm = self
                .identities
                .column(Word::Contractor)
                .and_then(|it| below.cell(it))
                .and_then(|it| it.text());
            identity.contractors.push('\n');
            identity.contractors.push_str(firm.unwrap_or_default());
        }
        if self.complete(&mut identity, row, records) {
            self.read_slots(row, &identity, kind, records);
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
                let projectless = self.identities.column(Word::Project).is_none()
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
        let headed = |it: &super::super::grid::GridCell| {
            let column = self.table.columns.iter().find(|column| column.index == it.column);
            column.is_some_and(|column| {
                it.text().is_some_and(|text| !text.is_empty() && column.heading.ends_with(text))
            })
        };
        row.cells.len() > 1 && row.cells.iter().all(headed)
    }

    fn kind(&self, row: &Row) -> LineKind {
        let text = self.kind_column.and_then(|it| row.cell(it)).and_then(|it| it.text());
        text.and_then(line_kind::read).unwrap_or(LineKind::Cumulative)
    }

    fn has_content(&self, row: &Row) -> bool {
        let columns =
            self.table.slots.slots.iter().flat_map(|it| [it.cumulative, it.monthly, it.observation]);
        let mut filled = columns.flatten().filter_map(|it| row.cell(it));
        // A title-block table prints months without figures, which must be seen.
        filled.any(|it| self.kind_column.is_some() || it.text().is_none_or(|text| !fold(text).is_empty()))
            || self.table.slots.row_observation.is_some_and(|it| row.cell(it).is_some())
            || self.single_site && self.months.names_month(self.table.sheet, row)
    }

    /// Counts the rows below that only add a contractor, their figures being merged with this row's.
    fn sharing_rows(&self, at: usize) -> usize {
        let sheet = self.table.sheet;
        let (Some(row), Some(firm)) = (sheet.rows.get(at), self.identities.column(Word::Contractor)) else {
            return 0;
        };
        let figures: Vec<u16> =
            self.table.slots.slots.iter().filter_map(|it| it.cumulative.or(it.monthly)).collect();
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
            && !(self.table.sheet.plain_text && self.identities.column(Word::Month).is_some());
        let project_only = self.identities.column(Word::Site).is_none() && !identity.project.is_empty();
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
        let mut columns = self.table.slots.slots.iter().filter_map(|it| it.cumulative.or(it.monthly));
        columns.any(|it| matches!(figure::scan(row.cell(it)), Scanned::Number(_)))
    }

    /// Reads every month of a row.
    fn read_slots(&mut self, row: &Row, identity: &Identity, kind: LineKind, records: &mut Records) {
        let line = self.identities.line(identity, row, records);
        let first_seed = self.seeds.len();
        for slot in &self.table.slots.slots {
            let month = match self.month(slot, line, row) {
                Ok(Some(month)) => month,
                Ok(None) => continue,
                Err(problem) => {
                    if self.holds_figure(row) {
                        let number = row.number.saturating_add(1);
                        records.remark_row(RemarkKind::RejectRow, self.table.sheet_index, number, problem);
                    }
                    return;
                }
            };
            self.read_slot(slot, line, month, row, kind, records);
        }
        self.place_row_observation(first_seed, row);
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

    fn read_slot(
        &mut self,
        slot: &Slot,
        line: u32,
        month: Month,
        row: &Row,
        kind: LineKind,
        records: &mut Records,
    ) {
        let (cumulative, monthly, text) = match kind {
            LineKind::Monthly => (None, slot.cumulative.or(slot.monthly), None),
            LineKind::Observation => (None, None, slot.cumulative.or(slot.observation)),
            LineKind::Cumulative | LineKind::Ignored => (slot.cumulative, slot.monthly, slot.observation),
        };
        let observed = text.and_then(|it| row.cell(it));
        let cell = self.identities.place(row, cumulative.or(monthly).or(text).unwrap_or_default());
        let mut item = Item {
            line,
            month,
            cumulative: None,
            monthly: None,
            observation: observation(plain_text::note(observed)),
            cell,
            monthly_cell: self.identities.place(row, monthly.unwrap_or_default()),
            refused: false,
        };
        let group = |column: u16, monthly: bool| match slot.when {
            SlotMonth::Across(_) | SlotMonth::Ordinal(_) => Group::Line { row: row.number, monthly },
            SlotMonth::Row | SlotMonth::Before(_) => Group::Column { column, monthly },
        };
        let figure = cumulative.and_then(|column| {
            self.scan(column, row, &mut item, records).map(|it| (it, group(column, false)))
        });
        let month_figure = monthly.and_then(|column| {
            let Scanned::Number(raw) = figure::scan(row.cell(column)) else { return None };
            Some((raw, group(column, true)))
        });
        let blank = figure.is_none() && month_figure.is_none() && item.observation.is_empty();
        if month > self.table.hints.month_max {
            if !blank {
                records.remark(
                    RemarkKind::RejectRow,
                    item.cell,
                    Problem::new("import-future-month").with("month", month),
                );
            }
            return;
        }
        if blank && !self.single_site {
            return;
        }
        for (raw, group) in [figure, month_figure].into_iter().flatten() {
            self.units.note(group, raw);
        }
        self.seeds.push(Seed { item, cumulative: figure, monthly: month_figure });
    }

    /// Reads the cell of a cumulative figure; words go where they belong.
    fn scan(&self, column: u16, row: &Row, item: &mut Item, records: &mut Records) -> Option<RawFigure> {
        let place = self.identities.place(row, column);
        let (key, text) = match figure::scan(row.cell(column)) {
            Scanned::Empty => return None,
            Scanned::Number(raw) => return Some(raw),
            Scanned::State(text) => {
                records.remark(RemarkKind::Note, place, Problem::new("import-word-kept").with("text", &text));
                if item.observation.is_empty() {
                    item.observation = text;
                }
                return None;
            }
            Scanned::NoFigure(text) => ("import-word-no-figure", text),
            Scanned::Unreadable(text) => ("import-figure-unreadable", text),
        };
        item.refused = true;
        records.remark(RemarkKind::RejectValue, place, Problem::new(key).with("text", text));
        None
    }

    /// Gives the observation of a row with months across to its last month with a figure.
    fn place_row_observation(&mut self, first_seed: usize, row: &Row) {
        let Some(column) = self.table.slots.row_observation else { return };
        let text = observation(plain_text::note(row.cell(column)));
        let seeds = self.seeds.get_mut(first_seed..).unwrap_or_default();
        if let Some(seed) = seeds.iter_mut().rev().find(|it| it.cumulative.is_some() || it.monthly.is_some())
            && seed.item.observation.is_empty()
        {
            seed.item.observation = text;
        }
    }

    /// Settles the units, checks the figures and records the entries.
    fn finish(self, records: &mut Records) {
        let units = self.units.settle(self.table.hints.unit);
        self.months.ask(records);
        let mut items = Vec::with_capacity(self.seeds.len());
        for Seed { mut item, cumulative, monthly } in self.seeds {
            item.cumulative = settled(cumulative, &units, self.table, &mut item, records);
            item.monthly =
                monthly.and_then(|(raw, group)| figure::percent(raw.in_percent(units.get(&group).copied()?)));
            items.push(item);
        }
        self.identities.warn_terminated(&items, self.table, records);
        let slots = self.table.slots;
        let cumulable = slots.is_across() || slots.slots.iter().any(|it| it.when == SlotMonth::Row);
        series::record(items, Checks { complete: self.single_site, cumulable }, records);
    }
}

impl RawFigure {
    /// Returns the figure in percents.
    fn in_percent(self, unit: Unit) -> f64 {
        if !self.settled && unit == Unit::Fraction { self.value * 100.0 } else { self.value }
    }
}

/// Turns a figure into a percentage, or asks for its unit, or refuses it.
fn settled(
    figure: Option<(RawFigure, Group)>,
    units: &HashMap<Group, Unit>,
    table: &Table<'_>,
    item: &mut Item,
    records: &mut Records,
) -> Option<Percent> {
    let (raw, group) = figure?;
    let unit = if raw.settled { Some(Unit::Percent) } else { units.get(&group).copied() };
    let Some(unit) = unit else {
        let sheet = table.sheet.name.as_str();
        records.ask(Problem::new("import-ask-unit").with("sheet", sheet).with("cell", item.cell));
        item.refused = true;
        return None;
    };
    let value = raw.in_percent(unit);
    let percent = figure::percent(value);
    if percent.is_none_or(|it| !it.is_progress()) {
        let key = if value < 0.0 { "import-below-zero" } else { "import-above-hundred" };
        let shown = percent.map_or_else(|| value.to_string(), |it| it.to_string());
        records.remark(RemarkKind::RejectValue, item.cell, Problem::new(key).with("value", shown));
        item.refused = true;
    }
    percent.filter(|it| it.is_progress())
}

impl Identities<'_> {
    /// Warns about figures of 100 % on rows whose status says that the contract was terminated.
    fn warn_terminated(&self, items: &[Item], table: &Table<'_>, records: &mut Records) {
        let Some(column) = self.column(Word::Status) else { return };
        for item in items.iter().filter(|it| it.cumulative == Some(Percent::FULL)) {
            let status = table.sheet.row(item.cell.row.saturating_sub(1)).and_then(|it| it.cell(column));
            let folded = status.and_then(|it| it.text()).map(fold).unwrap_or_default();
            if ["resilie", "resiliee", "terminated", "abandonne"]
                .iter()
                .any(|it| words::contains(&folded, it))
            {
                records.remark(RemarkKind::Warn, item.cell, Problem::new("import-terminated-full"));
            }
        }
    }
}

/// Finds the column that tells plan from works: by its heading, else by what its cells say.
fn kind_column(table: &Table<'_>) -> Option<u16> {
    let rows = table.sheet.rows.get(table.rows.clone()).unwrap_or_default();
    let tells_kinds = |column: u16| {
        let texts = rows.iter().take(30).filter_map(|it| it.cell(column)?.text());
        let (kinds, others): (Vec<_>, Vec<_>) = texts.partition(|it| line_kind::read(it).is_some());
        kinds.len() > 1 && others.len() * 3 <= kinds.len()
    };
    let candidates = table.columns.iter().filter(|it| matches!(it.word, Some(Word::LineKind) | None));
    candidates.map(|it| it.index).find(|it| tells_kinds(*it))
}

/// A lone dash is no observation.
fn observation(text: String) -> String {
    if fold(&text).is_empty() { String::new() } else { text }
}

/// A month as a cell of a column of months holds it.
pub fn month_cell(value: &Value) -> Option<MonthToken> {
    let dated = |date| {
        let month = Month::of(date);
        MonthToken { number: month.number(), year: Some(month.year()) }
    };
    match value {
        Value::Date { date, .. } => Some(dated(*date)),
        Value::Number(number) => super::super::values::start::serial_date(*number).map(dated),
        Value::Text(text) => super::super::values::month_text::read(text),
        Value::Bool(_) | Value::Error(_) => None,
    }
}
