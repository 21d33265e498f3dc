//! What is typed into the grid: digits, signs, a pasted column.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Entry;
use crate::actions::record_entry::Typed;
use crate::model::percent::Percent;
use crate::rules::checks::check_cumulative;
use crate::ui::command::{Command, Recording};
use crate::ui::keymap::{self, Hit};
use crate::ui::screen::{Capture, Screen};

/// No figure is longer.
const TYPED_MAX: usize = 12;

impl Entry {
    /// A digit or a sign begins or goes on with a figure; other keys first save what is typed.
    pub(super) fn type_key(&mut self, key: KeyEvent) -> Capture {
        if !self.pasted.is_empty() {
            return self.answer_paste(key);
        }
        let plain = !key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char(letter) if plain && self.continues(letter) => {
                if self.typed.len() < TYPED_MAX {
                    self.typed.push(letter);
                }
                Capture::Taken
            }
            KeyCode::Tab if self.typed.is_empty() => {
                self.advance();
                Capture::Taken
            }
            _ if self.typed.is_empty() => Capture::Passed,
            KeyCode::Backspace => {
                self.typed.pop();
                Capture::Taken
            }
            KeyCode::Esc | KeyCode::Delete => self.give_up(),
            KeyCode::Char('u') if plain => self.give_up(),
            // Whatever else is asked for, what is typed is saved first: nothing typed is dropped by moving on.
            KeyCode::Up
            | KeyCode::Down
            | KeyCode::Right
            | KeyCode::Tab
            | KeyCode::PageUp
            | KeyCode::PageDown
            | KeyCode::Home
            | KeyCode::End => {
                self.upwards = key.code == KeyCode::Up;
                self.save_first(key)
            }
            KeyCode::Char(_) if plain => self.save_first(key),
            _ => Capture::Passed,
        }
    }

    /// Gives up what is typed: what was saved before stands again.
    fn give_up(&mut self) -> Capture {
        self.typed.clear();
        self.tried = None;
        Capture::Taken
    }

    /// Saves what is typed, then goes where the key leads.
    fn save_first(&mut self, key: KeyEvent) -> Capture {
        let hit = keymap::lookup(self, key);
        let is_global = hit.is_none() && key.code != KeyCode::Tab;
        let leaves = is_global || matches!(hit, Some(Hit::Send(msg)) if msg.leads_away());
        if leaves && self.is_doubtful() {
            // Who is about to look elsewhere would not see what it says.
            return Capture::Asked(Command::Say("entry-doubtful-first"));
        }
        let then = match hit {
            Some(Hit::Send(msg)) if msg.leads_away() => self.update(msg),
            _ => None,
        };
        match (self.commit(), then) {
            (Some(saved @ Command::Record(_)), Some(then)) => {
                Capture::Asked(Command::Both(Box::new(saved), Box::new(then)))
            }
            (Some(saved @ Command::Record(_)), None) if is_global => Capture::First(saved),
            (Some(command), _) => Capture::Asked(command),
            (None, _) => Capture::Taken,
        }
    }

    /// Tells whether the figure that is typed falls, jumps or cannot be: a person has to see it saved.
    fn is_doubtful(&self) -> bool {
        let Some(row) = self.selected() else { return false };
        match self.typed.parse() {
            Ok(Typed::Cumulative(typed)) => !check_cumulative(typed, row.before, row.normal).is_empty(),
            Ok(Typed::More(more)) => {
                let typed = Percent(row.before.0.saturating_add(more.0));
                !check_cumulative(typed, row.before, row.normal).is_empty()
            }
            Ok(Typed::Same | Typed::NotApplicable) => false,
            Err(_) => true,
        }
    }

    /// Tells whether a character belongs to a figure. `=` and `-` are figures of their own only in an empty cell.
    fn continues(&self, letter: char) -> bool {
        match letter {
            '0'..='9' | ',' | '.' => true,
            '+' => self.typed.is_empty(),
            '%' => !self.typed.is_empty(),
            _ => false,
        }
    }

    /// Works out what the figure would do so far.
    pub(super) fn try_out(&mut self) {
        let typed = self.typed.parse::<Typed>().ok();
        self.tried = match (&self.trial, typed) {
            (Some(trial), Some(typed)) if self.selected().is_some_and(|it| it.lot == trial.lot()) => {
                Some(trial.attempt(typed))
            }
            _ => None,
        };
    }

    /// Saves what is typed, and goes on; an untouched cell is left as it is.
    pub(super) fn commit(&mut self) -> Option<Command> {
        let lot = self.selected()?.lot;
        if self.typed.is_empty()
            && let Some(text) = self.refused.get(&lot)
        {
            // Enter on a refused figure takes it up again.
            self.typed = text.clone();
            self.refused.remove(&lot);
            return None;
        }
        if self.typed.is_empty() {
            let complete = self.cursor.selected + 1 == self.shown.len()
                && !self.sheet.rows.iter().any(super::SheetRow::is_missing);
            self.advance();
            return complete.then_some(Command::Say("entry-month-complete"));
        }
        match self.typed.parse::<Typed>() {
            Ok(typed) => self.recording(typed),
            Err(_) => {
                self.refused();
                Some(Command::Say("entry-not-a-figure"))
            }
        }
    }

    /// Takes a pasted column: shown beside the rows, saved by Enter.
    pub(super) fn take_paste(&mut self, text: &str) -> Option<Command> {
        let cells = text.split(['\n', '\r', '\t', ';']).map(str::trim).filter(|it| !it.is_empty());
        let cells: Vec<String> = cells.map(|it| crate::model::text::clean_line(it, TYPED_MAX)).collect();
        let room = self.shown.len().saturating_sub(self.cursor.selected);
        match cells.as_slice() {
            [] => None,
            [one] if one.parse::<Typed>().is_ok() => {
                self.typed.clone_from(one);
                None
            }
            all if all.iter().any(|it| it.parse::<Typed>().is_err()) => {
                Some(Command::Say("entry-paste-unreadable"))
            }
            all if all.len() > room => Some(Command::Say("entry-paste-too-long")),
            _ => {
                self.pasted = cells;
                Some(Command::Say("entry-paste-waits"))
            }
        }
    }

    /// Enter saves a pasted column, every other key gives it up.
    fn answer_paste(&mut self, key: KeyEvent) -> Capture {
        let pasted = std::mem::take(&mut self.pasted);
        if key.code != KeyCode::Enter {
            return Capture::Asked(Command::Say("entry-paste-given-up"));
        }
        let first = self.cursor.selected;
        let rows = self.shown[first.min(self.shown.len())..].iter();
        let all = rows.zip(&pasted).filter_map(|(row, text)| {
            let lot = self.sheet.rows.get(*row)?.lot;
            Some(Recording { lot, month: self.sheet.month, typed: text.parse().ok(), observation: None })
        });
        let all: Vec<Recording> = all.collect();
        self.cursor.selected = (first + all.len()).min(self.shown.len().saturating_sub(1));
        Capture::Asked(Command::RecordAll(all))
    }
}
