//! Compares the values of a reading with the base: new, changed, identical.

use std::collections::HashMap;

use super::matching::MatchedLine;
use crate::actions::failure::Failure;
use crate::import::{EntryRecord, Reading};
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::text::clean_note;
use crate::store::read::Reader;

/// What accepting a value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// The month had nothing.
    New,
    /// The month had something else.
    Changed,
}

/// A value that is new or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedValue {
    /// Index into the entries of the reading.
    pub entry: usize,
    /// New or changed.
    pub kind: ValueKind,
    /// The figure in the base.
    pub old: Option<Percent>,
    /// Whether the figure is to be written.
    pub writes_figure: bool,
    /// The observation in the base.
    pub old_observation: String,
    /// Whether the observation is to be written.
    pub writes_observation: bool,
}

/// What the base has of one lot.
#[derive(Default)]
struct Present {
    figures: HashMap<Month, Option<Percent>>,
    observations: HashMap<Month, String>,
}

/// Compares every entry; returns those that are not identical, and how many are.
pub fn values(
    read: Reader<'_>,
    reading: &Reading,
    lines: &[MatchedLine],
) -> Result<(Vec<PlannedValue>, usize), Failure> {
    let mut present: HashMap<u32, Present> = HashMap::new();
    let mut planned = Vec::new();
    let mut identical = 0;
    let nothing = Present::default();
    for (index, entry) in reading.entries.iter().enumerate() {
        let Some(line) = lines.get(entry.line as usize) else { continue };
        let known = if line.lot.is_new() {
            &nothing
        } else {
            if let std::collections::hash_map::Entry::Vacant(e) = present.entry(entry.line) {
                e.insert(load(read, line)?);
            }
            present.get(&entry.line).unwrap_or(&nothing)
        };
        match compare(index, entry, known) {
            Some(value) => planned.push(value),
            None => identical += 1,
        }
    }
    Ok((planned, identical))
}

fn load(read: Reader<'_>, line: &MatchedLine) -> Result<Present, Failure> {
    let lot = line.lot.id();
    let figures = read.figures(lot)?.into_iter().map(|it| (it.month, it.cumulative)).collect();
    let mut observations: HashMap<Month, String> = HashMap::new();
    for row in read.observations(lot)? {
        let text = observations.entry(row.month).or_default();
        if !text.is_empty() {
            text.push_str(" / ");
        }
        text.push_str(&row.text);
    }
    Ok(Present { figures, observations })
}

fn compare(index: usize, entry: &EntryRecord, known: &Present) -> Option<PlannedValue> {
    let old = known.figures.get(&entry.month).copied().flatten();
    let old_observation = known.observations.get(&entry.month).cloned().unwrap_or_default();
    let writes_figure = entry.cumulative.is_some() && entry.cumulative != old;
    let observation = clean_note(&entry.observation);
    let writes_observation = !observation.is_empty() && !same_text(&observation, &old_observation);
    if !writes_figure && !writes_observation {
        return None;
    }
    let was_there = old.is_some() && writes_figure || !old_observation.is_empty() && writes_observation;
    let kind = if was_there { ValueKind::Changed } else { ValueKind::New };
    Some(PlannedValue { entry: index, kind, old, writes_figure, old_observation, writes_observation })
}

/// Spreadsheets fold white space: that is no other text.
fn same_text(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
