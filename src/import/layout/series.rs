//! Checks the figures of each line in order of months, adds up monthly ones, and records the entries.

use std::collections::HashMap;

use super::super::reading::{Cell, EntryRecord, RemarkKind};
use super::super::records::Records;
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::problem::Problem;

/// Largest difference, in hundredths of a percent, that is left to rounding.
const ROUNDING: i32 = 10;

/// What one row says of one line and month, its unit settled.
#[derive(Clone, Debug)]
pub struct Item {
    pub line: u32,
    pub month: Month,
    pub cumulative: Option<Percent>,
    pub monthly: Option<Percent>,
    pub observation: String,
    /// The place of the cumulative figure, also where it is empty.
    pub cell: Cell,
    pub monthly_cell: Cell,
    /// A figure stood there and was refused.
    pub refused: bool,
}

/// How the lines of a table are checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checks {
    /// The table prints every month: one without a figure among others is reported.
    pub complete: bool,
    /// Monthly figures can be added up: the table tells all months since the start.
    pub cumulable: bool,
}

/// Checks and records all items of a table, in reading order.
pub fn record(items: Vec<Item>, checks: Checks, records: &mut Records) {
    let mut items = items;
    let mut by_line: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        by_line.entry(item.line).or_default().push(at);
    }
    let mut lines: Vec<Vec<usize>> = by_line.into_values().collect();
    lines.sort_unstable();
    for mut line in lines {
        line.sort_by_key(|at| items.get(*at).map(|it| it.month));
        let mut series: Vec<Item> = line.iter().filter_map(|at| items.get(*at).cloned()).collect();
        join_kinds(&mut series);
        add_up(&mut series, checks, records);
        check(&series, checks, records);
        for (at, item) in line.iter().zip(series) {
            if let Some(place) = items.get_mut(*at) {
                *place = item;
            }
        }
    }
    for item in items {
        let Item { line, month, cumulative, observation, cell, .. } = item;
        if cumulative.is_some() || !observation.is_empty() {
            records.entry(EntryRecord { line, month, cumulative, observation, cell });
        }
    }
}

/// Joins two rows of one month of which one gives the cumulative and the other the month's progress.
fn join_kinds(series: &mut [Item]) {
    for at in 1..series.len() {
        let Some((before, after)) = series.split_at_mut_checked(at) else { continue };
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else { continue };
        if first.month != second.month {
            continue;
        }
        if first.cumulative.is_none() && second.monthly.is_none() {
            std::mem::swap(first, second);
        }
        if first.monthly.is_none() && second.cumulative.is_none() {
            (first.monthly, first.monthly_cell) = (second.monthly.take(), second.monthly_cell);
        }
    }
}

/// Adds up monthly figures where a line has no other.
fn add_up(series: &mut [Item], checks: Checks, records: &mut Records) {
    if series.iter().any(|it| it.cumulative.is_some() || it.refused)
        || !series.iter().any(|it| it.monthly.is_some())
    {
        return;
    }
    let site = series.first().and_then(|it| records.site_of_line(it.line));
    let initial = site.and_then(|it| it.initial).unwrap_or_default();
    let mut sum = initial.0;
    for item in series {
        let Some(monthly) = item.monthly.take() else { continue };
        item.cell = item.monthly_cell;
        if !checks.cumulable {
            records.remark(
                RemarkKind::RejectValue,
                item.cell,
                Problem::new("import-month-alone").with("month", item.month),
            );
            continue;
        }
        sum = sum.saturating_add(monthly.0);
        let cumulative = Percent(sum);
        if cumulative.is_progress() {
            item.cumulative = Some(cumulative);
        } else {
            let problem = Problem::new("import-above-hundred").with("value", cumulative);
            records.remark(RemarkKind::RejectValue, item.cell, problem);
        }
    }
}

/// Reports months without a figure, falls, and monthly figures that are not the difference.
fn check(series: &[Item], checks: Checks, records: &mut Records) {
    let site = series.first().and_then(|it| records.site_of_line(it.line));
    let (initial, start) = (site.and_then(|it| it.initial), site.and_then(|it| it.start));
    let last_figure = series.iter().rposition(|it| it.cumulative.is_some());
    let mut previous: Option<(Month, Percent)> = None;
    for (at, item) in series.iter().enumerate() {
        let Some(cumulative) = item.cumulative else {
            if checks.complete && !item.refused && last_figure.is_some_and(|it| at < it) {
                let problem = Problem::new("import-month-without-figure").with("month", item.month);
                records.remark(RemarkKind::Warn, item.cell, problem);
            }
            continue;
        };
        let from_start = previous.is_none() && start.is_some_and(|it| it.month == item.month);
        let base = match previous {
            Some((month, _)) if month == item.month => continue,
            Some((_, percent)) => Some(percent),
            None if initial.is_some() || from_start => Some(initial.unwrap_or_default()),
            None => None,
        };
        if let Some(base) = base {
            check_fall(item, base, cumulative, records);
            check_difference(item, base, cumulative, records);
        }
        previous = Some((item.month, cumulative));
    }
}

fn check_fall(item: &Item, base: Percent, cumulative: Percent, records: &mut Records) {
    if cumulative < base {
        let key = if item.observation.is_empty() { "import-falls-unexplained" } else { "import-falls" };
        records.remark(
            RemarkKind::Warn,
            item.cell,
            Problem::new(key).with("from", base).with("to", cumulative),
        );
    }
}

fn check_difference(item: &Item, base: Percent, cumulative: Percent, records: &mut Records) {
    let Some(printed) = item.monthly else { return };
    let difference = cumulative.0 - base.0;
    if (printed.0 - difference).abs() > ROUNDING {
        let problem = Problem::new("import-month-differs")
            .with("printed", printed)
            .with("computed", Percent(difference));
        records.remark(RemarkKind::Warn, item.monthly_cell, problem);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::reading::{Reading, SiteRecord};
    use super::*;

    fn read(figures: &[(Option<i32>, Option<i32>)], initial: Option<i32>) -> Reading {
        let mut records = Records::default();
        let site = records.site(SiteRecord { initial: initial.map(Percent), ..SiteRecord::default() });
        let line = records.line(site, String::new(), Vec::new());
        let mut month = Month::new(2025, 1).unwrap();
        let mut items = Vec::new();
        for (row, (cumulative, monthly)) in (1..).zip(figures) {
            items.push(Item {
                line,
                month,
                cumulative: cumulative.map(Percent),
                monthly: monthly.map(Percent),
                observation: String::new(),
                cell: Cell { sheet: 0, row, column: 2 },
                monthly_cell: Cell { sheet: 0, row, column: 3 },
                refused: false,
            });
            month = month.next();
        }
        record(items, Checks { complete: true, cumulable: true }, &mut records);
        records.finish(String::new(), String::new(), Vec::new())
    }

    fn said(reading: &Reading) -> Vec<String> {
        reading.remarks.iter().map(|it| format!("{} {}", it.cell.unwrap(), it.problem.key)).collect()
    }

    #[test]
    fn warns_and_keeps_the_cumulative() {
        let reading = read(
            &[(Some(500), None), (None, None), (Some(900), Some(410)), (Some(800), Some(300)), (None, None)],
            None,
        );
        assert_eq!(
            said(&reading),
            ["B2 import-month-without-figure", "B4 import-falls-unexplained", "C4 import-month-differs"]
        );
        assert_eq!(reading.entries.len(), 3);
    }

    #[test]
    fn adds_up_from_the_initial_progress() {
        let reading = read(&[(None, Some(475)), (None, Some(700)), (None, Some(9000))], Some(1800));
        let cumulatives: Vec<i32> =
            reading.entries.iter().filter_map(|it| it.cumulative).map(|it| it.0).collect();
        assert_eq!(cumulatives, [2275, 2975]);
        assert_eq!(said(&reading), ["C3 import-above-hundred"]);
    }
}
