//! Reads the figures and observations of the rows of a table, and settles their units at its end.

use std::collections::HashMap;

use super::super::grid::{FORMULA_WITHOUT_VALUE, Row};
use super::super::hints::Unit;
use super::super::reading::RemarkKind;
use super::super::records::Records;
use super::super::values::figure::{self, RawFigure, Scanned};
use super::super::values::plain_text;
use super::line_kind::LineKind;
use super::series::{self, Checks, Item};
use super::slots::{Slot, SlotMonth};
use super::table::Table;
use super::units::{Group, Units};
use super::words::{self, Word};
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::text::fold;

/// What one row says of one month, its unit still open.
struct Seed {
    item: Item,
    cumulative: Option<(RawFigure, Group)>,
    monthly: Option<(RawFigure, Group)>,
}

/// The figures of a table while its rows are read.
pub struct Figures<'a> {
    table: &'a Table<'a>,
    units: Units,
    seeds: Vec<Seed>,
}

impl<'a> Figures<'a> {
    /// Starts a table.
    pub fn new(table: &'a Table<'a>) -> Self {
        Self { table, units: Units::default(), seeds: Vec::new() }
    }

    /// Reads one month of a row.
    pub fn read(
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
        let cell = self.table.place(row, cumulative.or(monthly).or(text).unwrap_or_default());
        let mut item = Item {
            line,
            month,
            cumulative: None,
            monthly: None,
            observation: observation(plain_text::note(observed)),
            cell,
            monthly_cell: self.table.place(row, monthly.unwrap_or_default()),
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
            let raw = self.scan_monthly(column, row, cumulative.is_none(), &mut item, records)?;
            Some((raw, group(column, true)))
        });
        let blank =
            figure.is_none() && month_figure.is_none() && item.observation.is_empty() && !item.refused;
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
        if blank && !self.table.is_of_one_site() {
            return;
        }
        for (raw, group) in [figure, month_figure].into_iter().flatten() {
            self.units.note(group, raw);
        }
        self.seeds.push(Seed { item, cumulative: figure, monthly: month_figure });
    }

    /// Reads the cell of a cumulative figure; words go where they belong.
    fn scan(&self, column: u16, row: &Row, item: &mut Item, records: &mut Records) -> Option<RawFigure> {
        let place = self.table.place(row, column);
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
            Scanned::NoFigure(text) if text == FORMULA_WITHOUT_VALUE => ("import-formula-empty", text),
            Scanned::NoFigure(text) => ("import-word-no-figure", text),
            Scanned::Unreadable(text) => ("import-figure-unreadable", text),
        };
        item.refused = true;
        records.remark(RemarkKind::RejectValue, place, Problem::new(key).with("text", text));
        None
    }

    /// Reads the cell of a month's figure; a lost formula matters where nothing else tells the progress.
    fn scan_monthly(
        &self,
        column: u16,
        row: &Row,
        alone: bool,
        item: &mut Item,
        records: &mut Records,
    ) -> Option<RawFigure> {
        match figure::scan(row.cell(column)) {
            Scanned::Number(raw) => return Some(raw),
            Scanned::NoFigure(text) if alone && text == FORMULA_WITHOUT_VALUE => {
                item.refused = true;
                let place = self.table.place(row, column);
                records.remark(RemarkKind::RejectValue, place, Problem::new("import-formula-empty"));
            }
            _ => {}
        }
        None
    }

    /// Gives the observation of a row with months across to its last month with a figure.
    pub fn place_row_observation(&mut self, first_seed: usize, row: &Row) {
        let Some(column) = self.table.slots.row_observation else { return };
        let text = observation(plain_text::note(row.cell(column)));
        let seeds = self.seeds.get_mut(first_seed..).unwrap_or_default();
        if let Some(seed) = seeds
            .iter_mut()
            .rev()
            .find(|it| it.cumulative.is_some() || it.monthly.is_some() || it.item.refused)
            && seed.item.observation.is_empty()
        {
            seed.item.observation = text;
        }
    }

    /// Tells how many figures were read so far.
    pub fn count(&self) -> usize {
        self.seeds.len()
    }

    /// Settles the units, checks the figures and records the entries.
    pub fn finish(self, records: &mut Records) {
        let units = self.units.settle(self.table.hints.unit);
        let mut items = Vec::with_capacity(self.seeds.len());
        for Seed { mut item, cumulative, monthly } in self.seeds {
            item.cumulative = settled(cumulative, &units, self.table, &mut item, records);
            item.monthly =
                monthly.and_then(|(raw, group)| figure::percent(raw.in_percent(units.get(&group).copied()?)));
            items.push(item);
        }
        warn_terminated(&items, self.table, records);
        let slots = self.table.slots;
        let cumulable = slots.is_across() || slots.list.iter().any(|it| it.when == SlotMonth::Row);
        let checks = Checks { complete: self.table.is_of_one_site(), cumulable };
        series::record(items, checks, records);
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
    // Zero is zero in every unit.
    let unit = if raw.settled || raw.value == 0.0 { Some(Unit::Percent) } else { units.get(&group).copied() };
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

/// Warns about figures of 100 % on rows whose status says that the contract was terminated.
fn warn_terminated(items: &[Item], table: &Table<'_>, records: &mut Records) {
    let Some(column) = table.column(Word::Status) else { return };
    for item in items.iter().filter(|it| it.cumulative == Some(Percent::FULL)) {
        let status = table.sheet.row(item.cell.row.saturating_sub(1)).and_then(|it| it.cell(column));
        let folded = status.and_then(|it| it.text()).map(fold).unwrap_or_default();
        if ["resilie", "resiliee", "terminated", "abandonne"].iter().any(|it| words::contains(&folded, it)) {
            records.remark(RemarkKind::Warn, item.cell, Problem::new("import-terminated-full"));
        }
    }
}

/// A lone dash is no observation.
fn observation(text: String) -> String {
    if says_something(&text) { text } else { String::new() }
}

/// Tells whether a text holds any letter or digit.
pub fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
