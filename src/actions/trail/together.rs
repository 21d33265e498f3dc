//! What one op wrote in one row, together.

use std::collections::HashMap;

use crate::actions::history::{HistoryRow, Written};
use crate::model::month::Month;
use crate::store::log::OpRow;

/// What one op wrote in one row.
pub(super) struct Together<'a> {
    pub(super) op: &'a OpRow,
    pub(super) table: &'static str,
    /// The key of the row.
    pub(super) row: &'a Written,
    pub(super) month: Option<Month>,
    columns: HashMap<&'static str, &'a Written>,
}

impl Together<'_> {
    /// Returns the text that was written in a column.
    pub(super) fn word(&self, column: &str) -> Option<&str> {
        match self.columns.get(column) {
            Some(Written::Text(text)) => Some(text),
            Some(Written::Nothing) => Some(""),
            _ => None,
        }
    }

    /// Returns the number that was written in a column.
    pub(super) fn number(&self, column: &str) -> Option<i64> {
        if let Some(Written::Number(number)) = self.columns.get(column) { Some(*number) } else { None }
    }

    /// Tells whether the row was taken away or put back.
    pub(super) fn archived(&self) -> Option<bool> {
        self.columns.get("archived").map(|it| **it == Written::Number(1))
    }
}

/// Gathers rows of the history, in their order.
pub(super) fn together(rows: &[HistoryRow]) -> Vec<Together<'_>> {
    let mut gathered: Vec<Together<'_>> = Vec::new();
    for row in rows {
        let column = (row.column, &row.new);
        match gathered.last_mut() {
            Some(last) if last.op.n == row.op.n && last.table == row.table && *last.row == row.row => {
                last.columns.insert(column.0, column.1);
            }
            _ => gathered.push(Together {
                op: &row.op,
                table: row.table,
                row: &row.row,
                month: row.month,
                columns: HashMap::from([column]),
            }),
        }
    }
    gathered
}
