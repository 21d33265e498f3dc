//! Where the grid goes next, and what it asks of the outside.

use super::Entry;
use crate::actions::record_entry::Typed;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::command::{Command, EntryAim, Observed, Place, Recording};

impl Entry {
    pub(super) fn arrange(&mut self) {
        let rows = &self.sheet.rows;
        let kept = |it: &usize| !self.missing_only || rows[*it].is_missing();
        self.shown = (0..rows.len()).filter(kept).collect();
        self.cursor.selected = self.cursor.selected.min(self.shown.len().saturating_sub(1));
    }

    pub(super) fn select(&mut self, lot: Option<Id<Lot>>) {
        let place = self.shown.iter().position(|it| Some(self.sheet.rows[*it].lot) == lot);
        self.cursor.selected = place.unwrap_or(self.cursor.selected).min(self.shown.len().saturating_sub(1));
    }

    /// Goes on to the next row that takes a figure; from the last one to the first figure that is missing.
    pub(super) fn advance(&mut self) {
        if std::mem::take(&mut self.upwards) {
            self.cursor.selected = self.cursor.selected.saturating_sub(1);
            return;
        }
        let takes_figures = |it: &usize| {
            let row = &self.sheet.rows[self.shown[*it]];
            row.report.expected || row.report.cumulative.is_some() || row.not_applicable
        };
        let next = (self.cursor.selected + 1..self.shown.len()).find(takes_figures);
        if let Some(next) = next {
            self.cursor.selected = next;
        } else {
            self.go_missing(0..self.shown.len());
        }
    }

    pub(super) fn go_missing(&mut self, mut places: impl Iterator<Item = usize>) -> bool {
        let missing = |it: &usize| self.sheet.rows[self.shown[*it]].is_missing();
        let found = places.find(missing);
        self.cursor.selected = found.unwrap_or(self.cursor.selected);
        found.is_some()
    }

    pub(super) fn recording(&self, typed: Typed) -> Option<Command> {
        let (lot, month) = (self.selected()?.lot, self.sheet.month);
        Some(Command::Record(Recording { lot, month, typed: Some(typed), observation: None }))
    }

    pub(super) fn open(&self, by: i32) -> Command {
        let month = Some(self.sheet.month.plus(by));
        let lot = self.selected().map(|it| it.lot);
        Command::Replace(Place::Entry(EntryAim { project: Some(self.sheet.project), month, lot }))
    }

    pub(super) fn next_project(&self, back: bool) -> Option<Command> {
        let at = self.projects.iter().position(|it| *it == self.sheet.project)?;
        let len = self.projects.len();
        let project = self.projects[if back { at + len - 1 } else { at + 1 } % len];
        let aim = EntryAim { project: Some(project), month: Some(self.sheet.month), lot: None };
        Some(Command::Replace(Place::Entry(aim)))
    }

    pub(super) fn step_missing(&mut self, back: bool) -> Option<Command> {
        let (at, len) = (self.cursor.selected, self.shown.len());
        let found = if back {
            self.go_missing((0..at).rev().chain((at..len).rev()))
        } else {
            self.go_missing((at + 1..len).chain(0..len.min(at + 1)))
        };
        (!found).then_some(Command::Say("entry-nothing-missing"))
    }

    pub(super) fn ditto(&self) -> Option<Command> {
        let row = self.selected()?;
        if row.observation_before.is_empty() {
            return Some(Command::Say("entry-no-ditto"));
        }
        let observation = Some(Observed { text: row.observation_before.clone(), ..Observed::default() });
        Some(Command::Record(Recording { lot: row.lot, month: self.sheet.month, typed: None, observation }))
    }

    pub(super) fn of_selected(&self, place: impl Fn(Id<Lot>) -> Place) -> Option<Command> {
        self.selected().map(|it| Command::Open(place(it.lot)))
    }
}
