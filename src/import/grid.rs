//! A sheet as sparse rows of cells, the same for every file format, within fixed bounds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::problem::Problem;

/// Most cells read from one file.
const CELLS_MAX: usize = 4_000_000;
/// Most rows of a sheet.
const ROWS_MAX: u32 = 1_048_576;
/// Most columns of a sheet.
const COLUMNS_MAX: u32 = 16_384;

/// Stands as an error value for a formula whose value was never stored.
pub(super) const FORMULA_WITHOUT_VALUE: &str = "=";

/// What a cell holds; cells that hold nothing are absent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(Box<str>),
    Number(f64),
    Date { date: NaiveDate, day_shown: bool },
    Bool(bool),
    Error(&'static str),
}

/// One cell; rows and columns count from 0 here.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GridCell {
    pub column: u16,
    /// The number is shown with a `%` sign.
    pub percent: bool,
    pub value: Value,
}

impl GridCell {
    /// Returns the text of the cell, where it holds text.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }
}

/// One row that holds at least one cell, its cells by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub number: u32,
    pub cells: Vec<GridCell>,
}

impl Row {
    /// Returns the cell of a column.
    pub fn cell(&self, column: u16) -> Option<&GridCell> {
        let at = self.cells.binary_search_by_key(&column, |it| it.column).ok()?;
        self.cells.get(at)
    }
}

/// Cells shown as one; the value is in the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u16,
    pub last_column: u16,
}

/// The merged ranges of a sheet, found by row and by column.
#[derive(Clone, Debug, Default)]
pub(super) struct Merges {
    all: Vec<Merge>,
    /// Row ranges of the merges that are taller than one row, by first column.
    tall: BTreeMap<u16, Vec<(u32, u32)>>,
}

impl Merges {
    /// Takes the merged ranges, in any order.
    pub fn new(all: Vec<Merge>) -> Self {
        let mut tall: BTreeMap<u16, Vec<(u32, u32)>> = BTreeMap::new();
        for merge in all.iter().filter(|it| it.last_row > it.first_row) {
            tall.entry(merge.first_column).or_default().push((merge.first_row, merge.last_row));
        }
        for ranges in tall.values_mut() {
            ranges.sort_unstable();
        }
        Self { all, tall }
    }
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// A text table: every cell is text, and nothing is merged.
    pub plain_text: bool,
    pub rows: Vec<Row>,
    pub hidden_columns: BTreeSet<u16>,
    pub merges: Merges,
}

impl Sheet {
    /// Returns the row of a number, where it holds cells.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |it| it.number).ok()?;
        self.rows.get(at)
    }

    /// Returns the same rows with only the cells of some columns, for tables side by side.
    pub fn cut(&self, columns: std::ops::Range<u16>) -> Self {
        let kept = |row: &Row| row.cells.iter().filter(|it| columns.contains(&it.column)).cloned().collect();
        let rows = self.rows.iter().map(|row| Row { number: row.number, cells: kept(row) }).collect();
        let (name, hidden_columns, merges) =
            (self.name.clone(), self.hidden_columns.clone(), self.merges.clone());
        Self { name, rows, hidden_columns, merges, ..Self::default() }
    }

    /// Returns the first row of the tall merge that covers a cell.
    pub fn merge_start(&self, row: u32, column: u16) -> Option<u32> {
        let ranges = self.merges.tall.get(&column)?;
        let after = ranges.partition_point(|(first, _)| *first <= row);
        let (first, last) = *ranges.get(after.checked_sub(1)?)?;
        (row <= last).then_some(first)
    }

    /// Returns a cell, or the first cell of the tall merge that covers its place.
    pub fn filled_down<'a>(&'a self, row: &'a Row, column: u16) -> Option<&'a GridCell> {
        row.cell(column).or_else(|| self.row(self.merge_start(row.number, column)?)?.cell(column))
    }

    /// Returns the merges that touch a row, for headers.
    pub fn merges_at(&self, row: u32) -> impl Iterator<Item = &Merge> {
        self.merges.all.iter().filter(move |it| (it.first_row..=it.last_row).contains(&row))
    }
}

/// Collects the cells of one sheet in reading order, within the bounds.
#[derive(Default)]
pub(super) struct SheetBuilder {
    rows: Vec<Row>,
    sorted: bool,
}

impl SheetBuilder {
    /// Starts an empty sheet.
    pub fn new() -> Self {
        Self { rows: Vec::new(), sorted: true }
    }

    /// Adds a cell; `budget` is what the file has left.
    pub fn push(&mut self, row: u32, cell: GridCell, budget: &mut CellBudget) -> Result<(), Problem> {
        if row >= ROWS_MAX || u32::from(cell.column) >= COLUMNS_MAX {
            return Err(Problem::new("import-too-many-cells"));
        }
        budget.take()?;
        match self.rows.last_mut() {
            Some(last) if last.number == row => {
                self.sorted &= last.cells.last().is_none_or(|it| it.column < cell.column);
                last.cells.push(cell);
            }
            last => {
                self.sorted &= last.is_none_or(|it| it.number < row);
                self.rows.push(Row { number: row, cells: vec![cell] });
            }
        }
        Ok(())
    }

    /// Returns the rows so far.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the rows in order, each cell once (the first wins).
    pub fn finish(self) -> Vec<Row> {
        if self.sorted {
            return self.rows;
        }
        let mut rows: BTreeMap<u32, BTreeMap<u16, GridCell>> = BTreeMap::new();
        for row in self.rows {
            let cells = rows.entry(row.number).or_default();
            for cell in row.cells {
                cells.entry(cell.column).or_insert(cell);
            }
        }
        rows.into_iter().map(|(number, cells)| Row { number, cells: cells.into_values().collect() }).collect()
    }
}

/// The number of cells that a file may still bring.
pub(super) struct CellBudget(usize);

impl CellBudget {
    /// The budget of one file.
    pub const fn new() -> Self {
        Self(CELLS_MAX)
    }

    /// Spends one cell.
    pub fn take(&mut self) -> Result<(), Problem> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| Problem::new("import-too-many-cells"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(column: u16, value: f64) -> GridCell {
        GridCell { column, percent: false, value: Value::Number(value) }
    }

    #[test]
    fn sorts_cells_and_keeps_the_first() {
        let mut budget = CellBudget::new();
        let mut builder = SheetBuilder::new();
        for (row, cell) in
            [(3, number(1, 1.0)), (1, number(2, 2.0)), (1, number(0, 3.0)), (3, number(1, 9.0))]
        {
            builder.push(row, cell, &mut budget).unwrap();
        }
        let rows = builder.finish();
        assert_eq!(rows.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(rows[1].cells, [number(1, 1.0)]);
    }

    #[test]
    fn refuses_what_is_out_of_bounds() {
        let mut budget = CellBudget(1);
        let mut builder = SheetBuilder::new();
        builder.push(ROWS_MAX - 1, number(16_383, 1.0), &mut budget).unwrap();
        assert!(builder.push(0, number(0, 1.0), &mut budget).is_err(), "budget");
        assert!(builder.push(ROWS_MAX, number(0, 1.0), &mut CellBudget::new()).is_err(), "rows");
    }

    #[test]
    fn fills_tall_merges_only() {
        let merges = Merges::new(vec![Merge { first_row: 4, last_row: 6, first_column: 1, last_column: 1 }]);
        let rows = vec![Row { number: 4, cells: vec![number(1, 7.0)] }];
        let sheet = Sheet { rows, merges, ..Sheet::default() };
        let row = Row { number: 6, cells: Vec::new() };
        assert_eq!(sheet.filled_down(&row, 1), Some(&number(1, 7.0)));
        assert_eq!(sheet.filled_down(&Row { number: 7, cells: Vec::new() }, 1), None);
    }
}
