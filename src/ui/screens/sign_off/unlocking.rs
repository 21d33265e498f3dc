//! The dialog in which a locked month is opened: why, and up to which day.

use chrono::{Days, NaiveDate};
use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::dialog::{Dialog, Pressed};
use crate::actions::sign_off::board::MonthBoard;
use crate::actions::sign_off::lock::{Lock, Unlocking as Asked};
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::texts::Tone;
use crate::ui::command::{Command, SignOffAsk};
use crate::ui::screen::Cx;
use crate::ui::widgets::check::Check;
use crate::ui::widgets::field::Field;

const REASON: usize = 0;
const UNTIL: usize = 1;
/// A derogation is offered for so many days.
const DAYS_USUAL: u64 = 7;

/// The dialog.
pub struct Unlocking {
    board: MonthBoard,
    dialog: Dialog,
}

impl Unlocking {
    /// Asks why a month is to be opened, and up to which day.
    pub fn new(board: &MonthBoard, today: NaiveDate) -> Self {
        let until = today.checked_add_days(Days::new(DAYS_USUAL)).unwrap_or(today).to_string();
        let fields = vec![
            Field::text("decide-reason", Check::Any, ""),
            Field::text("visas-until", Check::Any, &until),
        ];
        Self { board: board.clone(), dialog: Dialog::new(fields, vec![REASON, UNTIL], REASON) }
    }

    /// Returns the dialog, to step in it.
    pub const fn dialog(&mut self) -> &mut Dialog {
        &mut self.dialog
    }

    /// Says why it was refused.
    pub fn refuse(&mut self, problem: Problem) {
        let field = if problem.key == "unlock-no-reason" { REASON } else { UNTIL };
        self.dialog.focus(field);
        self.dialog.refused = Some(problem);
    }

    /// Returns the month.
    pub const fn month(&self) -> Month {
        self.board.vouched.month
    }

    /// Deals with a key press. Returns what became of it, and what it asks of the outside.
    pub fn key(&mut self, key: KeyEvent) -> (Pressed, Option<Command>) {
        match self.dialog.key(key) {
            Pressed::Filled => match day(self.dialog.value(UNTIL)) {
                Ok(until) => {
                    let project = self.board.vouched.project.id.into();
                    let reason = self.dialog.value(REASON).to_owned();
                    let asked = Asked { project, month: self.month(), reason, until };
                    (Pressed::Confirmed, Some(Command::SignOff(SignOffAsk::Unlock(asked))))
                }
                Err(problem) => {
                    self.refuse(problem);
                    (Pressed::Taken, None)
                }
            },
            pressed => (pressed, None),
        }
    }

    /// Draws it.
    pub fn draw(&self, frame: &mut Frame<'_>, body: Rect, cx: &Cx<'_>) {
        let month = cx.texts.month(self.month());
        let title = cx.texts.fill("visas-unlock-title", &[("month", &month)]);
        let said = (cx.texts.text("visas-about-unlock"), Tone::Quiet);
        let head = lock_sentence(&self.board.lock, cx).unwrap_or_else(|| cx.texts.text("visas-open"));
        self.dialog.draw(frame, body, (&title, &head), said, cx);
    }
}

/// Says why a month is locked, or why it is open all the same.
pub fn lock_sentence(lock: &Lock, cx: &Cx<'_>) -> Option<String> {
    let texts = cx.texts;
    match lock {
        Lock::Open => None,
        Lock::Old(problem) | Lock::Locked(problem) => {
            let days = problem.arguments.iter().find(|it| it.0 == "days").map_or("", |it| &it.1);
            let key = match problem.key.as_str() {
                "month-closed-approved" => "visas-closed-approved",
                "month-closed-signed" => "visas-closed-signed",
                "month-closed-strict" => "visas-closed-strict",
                _ => "visas-old-about",
            };
            Some(texts.fill(key, &[("days", &days)]))
        }
        Lock::Opened(it) => {
            let until = it.until.parse::<NaiveDate>().ok().map(|it| texts.date(it));
            let key = if until.is_some() { "visas-opened-until" } else { "visas-opened" };
            let until = until.unwrap_or_default();
            Some(texts.fill(key, &[("until", &until), ("reason", &it.reason)]))
        }
    }
}

/// Reads a day as people write it; none is no end.
fn day(typed: &str) -> Result<Option<NaiveDate>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let read = typed.parse().ok().or_else(|| NaiveDate::parse_from_str(typed, "%d/%m/%Y").ok());
    read.map(Some).ok_or_else(|| Problem::new("visas-day-unreadable").with("text", typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let tenth = NaiveDate::from_ymd_opt(2026, 4, 10);
        assert_eq!(day("2026-04-10").unwrap(), tenth);
        assert_eq!(day("10/04/2026").unwrap(), tenth);
        assert_eq!(day("").unwrap(), None);
        assert_eq!(day("demain").unwrap_err().key, "visas-day-unreadable");
    }
}
