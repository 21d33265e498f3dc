//! A form: one field a line, its problem below it, and the line that saves.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use crate::model::problem::Problem;
use crate::texts::{Tone, fit};
use crate::ui::command::{Command, FormAim};
use crate::ui::draft::Draft;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cells;
use crate::ui::widgets::field::Field;

/// Rows that a problem may take below its field.
const PROBLEM_ROWS_MAX: usize = 2;
/// Widest column of labels.
const LABEL_WIDTH_MAX: usize = 26;
/// Rows around the fields: a blank above, a blank and the hint below.
const OTHER_ROWS: u16 = 3;

/// A form.
pub struct Form {
    /// What it adds or changes.
    pub aim: FormAim,
    /// Message key of its title.
    heading: &'static str,
    /// What it changes, for its title.
    name: String,
    fields: Vec<Field>,
    /// The field with the focus; behind the last one, the line that saves.
    focus: usize,
    /// Esc was pressed although something is typed.
    warned: bool,
    lines: Vec<Line>,
    top: usize,
    height: usize,
}

/// One row of the form.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Field(usize),
    Problem(usize, String),
    Blank,
    Save,
}

/// A field as it is saved.
pub struct Answer {
    /// Message key of the field.
    pub key: &'static str,
    /// What stands in it.
    pub text: String,
    /// Whether it is another than when the form was opened.
    pub changed: bool,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Go to the next field, or save on the last line.
    Enter,
    /// Go to the next field.
    Next,
    /// Go to the field before.
    Previous,
    /// Save.
    Save,
}

impl Form {
    /// Opens a form with the present values; `name` is what it changes.
    pub const fn new(aim: FormAim, heading: &'static str, name: String, fields: Vec<Field>) -> Self {
        let lines = Vec::new();
        Self { aim, heading, name, fields, focus: 0, warned: false, lines, top: 0, height: 0 }
    }

    /// Takes up what was typed and not saved; Enter saves it.
    pub fn take_up(&mut self, texts: Vec<String>) {
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.set(&text);
        }
        self.focus = self.fields.len();
    }

    /// Returns the fields with what is to be saved in them.
    pub fn answers(&self, texts: &[String]) -> Vec<Answer> {
        let answer = |(field, text): (&Field, &String)| Answer {
            key: field.key,
            text: text.trim().to_owned(),
            changed: field.is_changed(),
        };
        self.fields.iter().zip(texts).map(answer).collect()
    }

    /// Shows a problem below its field and goes there. Returns whether there is such a field.
    pub fn refuse(&mut self, key: &str, problem: Problem) -> bool {
        let Some(at) = self.fields.iter().position(|it| it.key == key) else { return false };
        self.fields[at].refuse(problem);
        self.focus = at;
        true
    }

    fn is_changed(&self) -> bool {
        self.fields.iter().any(Field::is_changed)
    }

    fn texts(&self) -> Vec<String> {
        self.fields.iter().map(|it| it.value().to_owned()).collect()
    }

    /// Moves the focus; the field that is left is looked at.
    fn go(&mut self, to: usize) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.verify();
        }
        self.focus = to;
    }

    fn save(&mut self) -> Command {
        let wrong = (0..self.fields.len()).rev().filter(|it| !self.fields[*it].verify());
        match wrong.last() {
            Some(first) => {
                self.focus = first;
                Command::Say("form-mend")
            }
            None => Command::Save(self.aim, self.texts()),
        }
    }

    /// A post of the organisation has no project, a post of a project needs one: the choices follow each other.
    fn follow_post(&mut self) {
        let at = |key: &str| self.fields.iter().position(|it| it.key == key);
        let (Some(post), Some(project)) = (at("form-post"), at("form-project")) else { return };
        if self.aim != FormAim::AddContact || self.focus != post {
            return;
        }
        let of_project = crate::model::organisation::Post::from_word(self.fields[post].value())
            .is_some_and(crate::model::organisation::Post::of_project);
        if of_project == self.fields[project].value().is_empty() {
            self.fields[project].set_nth(usize::from(of_project));
        }
    }

    fn label_width(&self, cx: &Cx<'_>) -> u16 {
        let widest = self.fields.iter().map(|it| cx.texts.text(it.key).width()).max().unwrap_or(0);
        u16::try_from(widest.min(LABEL_WIDTH_MAX)).unwrap_or(0)
    }

    /// Shares a row between label and value.
    fn value_part(row: Rect, label: u16) -> Rect {
        let taken = (label + 2).min(row.width);
        Rect { x: row.x + taken, width: row.width - taken, ..row }
    }
}

impl Screen for Form {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Enter, "key-form-enter").hinted(),
        Binding::new("C-o", Msg::Save, "key-form-save").hinted(),
        Binding::new("Down Tab", Msg::Next, "key-form-next"),
        Binding::new("Up BackTab", Msg::Previous, "key-form-previous"),
    ];
    const TYPING: &'static [Typing] = &[
        Typing::new("Left Right Space", "key-form-choose"),
        Typing::new("Home End", "key-form-ends"),
        Typing::new("C-w", "key-form-word"),
        Typing::new("C-u", "key-form-clear"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.fill(self.heading, &[("name", &self.name)])
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        let stops = self.fields.len() + 1;
        match msg {
            Msg::Enter if self.focus >= self.fields.len() => return Some(self.save()),
            Msg::Save => return Some(self.save()),
            Msg::Enter | Msg::Next => self.go((self.focus + 1) % stops),
            Msg::Previous => self.go((self.focus + stops - 1) % stops),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if key.code == KeyCode::Esc {
            if self.is_changed() && !std::mem::replace(&mut self.warned, true) {
                return Capture::Asked(Command::Say("form-leave"));
            }
            return Capture::Passed;
        }
        self.warned = false;
        let taken = self.fields.get_mut(self.focus).is_some_and(|it| it.key(key));
        if taken {
            self.follow_post();
            return Capture::Taken;
        }
        // On the line that saves, a letter is a slip of the hand, not a command that would leave the form.
        let letter = matches!(key.code, KeyCode::Char(_)) && !key.modifiers.contains(KeyModifiers::CONTROL);
        if letter { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.paste(text);
        }
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.height = usize::from(size.height.saturating_sub(OTHER_ROWS));
        let row = cells::inset(Rect { width: size.width, height: 1, ..Rect::default() }, 2);
        let width = usize::from(Self::value_part(row, self.label_width(cx)).width).max(10);
        self.lines.clear();
        for (at, field) in self.fields.iter().enumerate() {
            self.lines.push(Line::Field(at));
            if let Some(problem) = field.problem() {
                let sentence = fit::folded(&cx.texts.problem(problem), width);
                let shown = sentence.into_iter().take(PROBLEM_ROWS_MAX);
                self.lines.extend(shown.map(|it| Line::Problem(at, it)));
            }
        }
        self.lines.extend([Line::Blank, Line::Save]);
        self.scroll();
    }

    //   Nom                     Marché de Bafou
    // ► Courriel                marche.bafou
    //                           « marche.bafou » n’est pas une adresse électronique : écrivez …
    //   Téléphone
    //
    //   Enregistrer
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let label = self.label_width(cx);
        let mut cursor = None;
        let buffer = frame.buffer_mut();
        for (at, line) in (1_u16..).zip(self.lines.iter().skip(self.top).take(self.height)) {
            let row = cells::row(room, at);
            let value = Self::value_part(row, label);
            match line {
                Line::Field(index) => {
                    let focused = *index == self.focus;
                    let Some(field) = self.fields.get(*index) else { continue };
                    let tone = if focused { Tone::Strong } else { Tone::Plain };
                    let name = Rect { width: label.min(row.width), ..row };
                    cells::line(buffer, name, &cx.texts.text(field.key), cx.theme.tone(tone));
                    let at = field.draw(buffer, value, focused, cx);
                    if focused {
                        cursor = Some(at);
                    }
                }
                Line::Problem(_, text) => cells::line(buffer, value, text, cx.theme.tone(Tone::Critical)),
                Line::Blank => {}
                Line::Save => {
                    cells::line(buffer, row, &cx.texts.text("form-save"), cx.theme.tone(Tone::Strong));
                    if self.focus >= self.fields.len() {
                        cursor = Some((row.x, row.y));
                    }
                }
            }
        }
        let last = cells::row(room, area.height.saturating_sub(1));
        if let Some(hint) = self.fields.get(self.focus).and_then(|it| it.hint) {
            cells::line(buffer, last, &cx.texts.text(hint), cx.theme.tone(Tone::Quiet));
        }
        if let Some((x, y)) = cursor {
            cells::mark(frame, (area.x, y));
            frame.set_cursor_position((x, y));
        }
    }

    fn draft(&self) -> Option<Draft> {
        self.is_changed().then(|| Draft::Form { aim: self.aim, texts: self.texts() })
    }

    fn is_typing(&self) -> bool {
        true
    }
}

impl Form {
    /// Keeps the focused field and its problem in sight.
    fn scroll(&mut self) {
        let belongs = |line: &Line| match line {
            Line::Field(at) | Line::Problem(at, _) => *at == self.focus,
            Line::Blank => false,
            Line::Save => self.focus >= self.fields.len(),
        };
        let first = self.lines.iter().position(belongs).unwrap_or(0);
        let last = self.lines.iter().rposition(belongs).unwrap_or(first);
        self.top = self.top.max((last + 1).saturating_sub(self.height)).min(first);
        self.top = self.top.min(self.lines.len().saturating_sub(self.height));
    }
}
