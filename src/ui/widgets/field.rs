//! A field of one line: a text that is typed, or a choice that is stepped through.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::cells;
use super::check::Check;
use super::text_line::TextLine;
use crate::model::problem::Problem;
use crate::model::text::{fold, show};
use crate::texts::Tone;
use crate::texts::fit::shortened;
use crate::ui::screen::Cx;

/// With less room nothing is said beside a value.
const BESIDE_MIN: u16 = 4;

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for.
    pub value: String,
    /// What it is called.
    pub label: String,
}

enum Kind {
    Text(TextLine),
    Choice { options: Vec<Choice>, at: usize },
}

/// A field of one line.
pub struct Field {
    /// Message key of its label.
    pub key: &'static str,
    /// Message key of a hint while it has the focus.
    pub hint: Option<&'static str>,
    /// What is said beside the value.
    pub note: Option<String>,
    check: Check,
    kind: Kind,
    first: String,
    problem: Option<Problem>,
}

impl Field {
    /// Makes a field for a text.
    pub fn text(key: &'static str, check: Check, value: &str) -> Self {
        let kind = Kind::Text(TextLine::new(value));
        Self { key, hint: None, note: None, check, kind, first: value.to_owned(), problem: None }
    }

    /// Makes a field with fixed options, one of which is chosen.
    pub fn choice(key: &'static str, options: Vec<Choice>, value: &str) -> Self {
        let at = options.iter().position(|it| it.value == value).unwrap_or(0);
        let first = options.get(at).map(|it| it.value.clone()).unwrap_or_default();
        let kind = Kind::Choice { options, at };
        Self { key, hint: None, note: None, check: Check::Any, kind, first, problem: None }
    }

    /// Has a hint.
    #[must_use]
    pub const fn hinted(mut self, key: &'static str) -> Self {
        self.hint = Some(key);
        self
    }

    /// Has something said beside its value.
    #[must_use]
    pub fn noted(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// Returns the text, or what the chosen option stands for.
    pub fn value(&self) -> &str {
        match &self.kind {
            Kind::Text(line) => line.text(),
            Kind::Choice { options, at } => options.get(*at).map_or("", |it| &it.value),
        }
    }

    /// Puts another value in; one that no option stands for changes nothing.
    pub fn set(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Text(line) => line.set(value),
            Kind::Choice { options, at } => {
                *at = options.iter().position(|it| it.value == value).unwrap_or(*at);
            }
        }
    }

    /// Chooses an option by its place, where there is one.
    pub fn set_nth(&mut self, place: usize) {
        if let Kind::Choice { options, at } = &mut self.kind
            && place < options.len()
        {
            *at = place;
        }
    }

    /// Tells whether the value is another than when the field was made.
    pub fn is_changed(&self) -> bool {
        self.value().trim() != self.first
    }

    /// Tells whether a text was written into it.
    pub fn is_written(&self) -> bool {
        matches!(self.kind, Kind::Text(_)) && self.is_changed()
    }

    /// Returns what is wrong with it.
    pub const fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Shows what is wrong with it.
    pub fn refuse(&mut self, problem: Problem) {
        self.problem = Some(problem);
    }

    /// Checks the value, unless it is still the one that was given. Returns whether it is accepted.
    pub fn verify(&mut self) -> bool {
        let untouched = !self.is_changed() && !self.first.is_empty();
        self.problem = if untouched { None } else { self.check.problem(self.value()) };
        self.problem.is_none()
    }

    /// Takes a key press. Returns whether it was for the field.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let before = self.value().to_owned();
        let taken = match &mut self.kind {
            Kind::Text(line) => line.key(key),
            Kind::Choice { options, at } => stepped(options, at, key),
        };
        // What is being mended is no longer wrong; leaving the field looks again.
        if before != self.value() {
            self.problem = None;
        }
        taken
    }

    /// Takes a pasted text as one line.
    pub fn paste(&mut self, text: &str) {
        if let Kind::Text(line) = &mut self.kind {
            line.insert(text);
            self.problem = None;
        }
    }

    /// Draws the value in `row`. Returns where the cursor stands.
    pub fn draw(&self, buffer: &mut Buffer, row: Rect, focused: bool, cx: &Cx<'_>) -> (u16, u16) {
        let style = if focused { cx.theme.typed() } else { cx.theme.tone(Tone::Plain) };
        let (cursor, used) = match &self.kind {
            Kind::Text(line) if focused => {
                let cursor = line.draw(buffer, row, style);
                (cursor, line.text().width())
            }
            Kind::Text(line) => {
                buffer.set_stringn(row.x, row.y, show(line.text()), usize::from(row.width), style);
                ((row.x, row.y), line.text().width())
            }
            Kind::Choice { options, at } => {
                let name = options.get(*at).map(|it| show(&it.label)).unwrap_or_default();
                // What says that there are other options keeps its room.
                let marks = self.beside(focused).map_or(0, |it| it.width() + 2);
                let name = shortened(&name, usize::from(row.width).saturating_sub(marks).max(8));
                cells::line(buffer, row, &name, style);
                ((row.x, row.y), name.width())
            }
        };
        if let Some(beside) = self.beside(focused) {
            let rest = cells::rest(row, u16::try_from(used + 2).unwrap_or(u16::MAX));
            if rest.width > BESIDE_MIN {
                cells::line(buffer, rest, &beside, cx.theme.tone(Tone::Quiet));
            }
        }
        cursor
    }

    fn beside(&self, focused: bool) -> Option<String> {
        match &self.kind {
            Kind::Choice { options, at } if focused && options.len() > 1 => {
                Some(format!("◄ {}/{} ►", at + 1, options.len()))
            }
            _ => self.note.as_deref().map(show),
        }
    }
}

fn stepped(options: &[Choice], at: &mut usize, key: KeyEvent) -> bool {
    let count = options.len().max(1);
    *at = match key.code {
        KeyCode::Right | KeyCode::Char(' ') => (*at + 1) % count,
        KeyCode::Left => (*at + count - 1) % count,
        KeyCode::Home => 0,
        KeyCode::End => count - 1,
        KeyCode::Char(_) if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            return false;
        }
        KeyCode::Char(letter) => {
            let wanted = fold(&letter.to_string());
            let after = (1..=count).map(|step| (*at + step) % count);
            let begins = |it: &usize| options.get(*it).is_some_and(|it| fold(&it.label).starts_with(&wanted));
            after.filter(|_| !wanted.is_empty()).find(begins).unwrap_or(*at)
        }
        _ => return false,
    };
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut Field, code: KeyCode, modifiers: KeyModifiers) -> bool {
        field.key(KeyEvent::new(code, modifiers))
    }

    fn write(field: &mut Field, text: &str) {
        for letter in text.chars() {
            press(field, KeyCode::Char(letter), KeyModifiers::NONE);
        }
    }

    #[test]
    fn text_is_typed_and_mended() {
        let mut field = Field::text("form-name", Check::Name, "Marché");
        write(&mut field, " de\u{7}\u{202e} Bafou");
        assert_eq!(field.value(), "Marché de Bafou");
        press(&mut field, KeyCode::Char('w'), KeyModifiers::CONTROL);
        press(&mut field, KeyCode::Home, KeyModifiers::NONE);
        press(&mut field, KeyCode::Delete, KeyModifiers::NONE);
        write(&mut field, "m");
        assert_eq!(field.value(), "marché de ");
        press(&mut field, KeyCode::End, KeyModifiers::NONE);
        press(&mut field, KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert!(!field.verify() && field.problem().is_some());
        field.paste("Lycée\nde\tDschang");
        assert_eq!(field.value(), "Lycée de Dschang");
        assert!(field.verify());
        assert!(!press(&mut field, KeyCode::Char('o'), KeyModifiers::CONTROL));
        assert!(!press(&mut field, KeyCode::Enter, KeyModifiers::NONE));
    }

    #[test]
    fn a_choice_steps_and_jumps_to_letters() {
        let options = ["Nord", "Sud", "École"].map(|it| Choice { value: it.into(), label: it.into() });
        let mut field = Field::choice("form-project", options.to_vec(), "Sud");
        assert!(!field.is_changed());
        write(&mut field, "e");
        assert_eq!(field.value(), "École");
        press(&mut field, KeyCode::Right, KeyModifiers::NONE);
        assert_eq!(field.value(), "Nord");
        press(&mut field, KeyCode::Left, KeyModifiers::NONE);
        write(&mut field, "z");
        assert_eq!(field.value(), "École");
        let mut none = Field::choice("form-project", Vec::new(), "");
        write(&mut none, " a");
        assert_eq!(none.value(), "");
    }

    #[test]
    fn a_value_that_was_there_is_not_held_against_the_user() {
        let mut field = Field::text("form-email", Check::Email, "ancien, sans arobase");
        assert!(field.verify());
        write(&mut field, "x");
        assert!(!field.verify());
    }
}
