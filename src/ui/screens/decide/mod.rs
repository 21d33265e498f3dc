//! What to decide about a lot: the facts, the decision, its reason and its months.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::decide::check_months;
use crate::actions::grounds::Grounds;
use crate::model::decision::DecisionKind;
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::ui::command::{Command, Deciding};
use crate::ui::draft::Draft;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::text_box::{Kind, TextBox};

mod drawing;

/// The decisions, in the order in which they are offered, with their keys.
pub(super) const KINDS: [(DecisionKind, &str); 5] = [
    (DecisionKind::Demobilise, "d"),
    (DecisionKind::Remobilise, "r"),
    (DecisionKind::Suspend, "s"),
    (DecisionKind::Resume, "p"),
    (DecisionKind::Close, "c"),
];

const REASON: usize = 0;
const FROM: usize = 1;
const TO: usize = 2;
const MONTHS: usize = 3;
const PLAN: usize = 4;

/// What to decide about a lot.
pub struct Decide {
    grounds: Grounds,
    possible: Vec<DecisionKind>,
    /// The lot as people type it.
    place: String,
    selected: usize,
    chosen: Option<DecisionKind>,
    fields: [TextBox; 5],
    /// The place of the focused field among those of the decision.
    focus: usize,
    /// The reason that a remobilisation begins with.
    proposal: String,
    problem: Option<(usize, Problem)>,
    /// The next Enter pronounces.
    armed: bool,
    leaving: bool,
}

/// Reads the months granted to finish; an empty field is none.
pub fn months_granted(text: &str) -> Result<Option<u16>, Problem> {
    let typed = text.trim();
    let months = (!typed.is_empty()).then(|| typed.parse().unwrap_or(0));
    check_months(months)?;
    Ok(months)
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Choose a decision.
    Choose(DecisionKind),
    /// Go on: choose the selected decision, to the next field, pronounce.
    Go,
    /// Down, or to the next field.
    Next,
    /// Up, or to the field before.
    Previous,
}

impl Decide {
    /// Shows a lot and what can be decided about it from `month` on.
    pub fn new(grounds: Grounds, possible: Vec<DecisionKind>, place: String, month: Month) -> Self {
        let can = |it: &DecisionKind| possible.contains(it);
        let selected = KINDS.iter().position(|(kind, _)| can(kind)).unwrap_or(0);
        let from = TextBox::new(Kind::Line, &month.to_string());
        Self {
            grounds,
            possible,
            place,
            selected,
            chosen: None,
            fields: [
                TextBox::new(Kind::Paragraph, ""),
                from,
                TextBox::new(Kind::Line, ""),
                TextBox::new(Kind::Line, ""),
                TextBox::new(Kind::Paragraph, ""),
            ],
            focus: 0,
            proposal: String::new(),
            problem: None,
            armed: false,
            leaving: false,
        }
    }

    /// Begins a remobilisation with a reason.
    #[must_use]
    pub fn proposing(mut self, reason: &str) -> Self {
        self.proposal = TextBox::new(Kind::Paragraph, reason).text();
        self
    }

    /// Shows facts that were read again; what is typed stays.
    pub fn show(&mut self, grounds: Grounds, possible: Vec<DecisionKind>) {
        (self.grounds, self.possible) = (grounds, possible);
    }

    /// Takes up what was typed and not pronounced.
    pub fn take_up(&mut self, kind: DecisionKind, texts: &[String]) {
        self.choose(kind);
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.set(text);
        }
    }

    /// Returns the lot.
    pub const fn lot(&self) -> crate::model::id::Id<crate::model::site::Lot> {
        self.grounds.lot.id
    }

    /// Says why a decision makes no sense now.
    fn blocked(&self, kind: DecisionKind) -> Option<&'static str> {
        if self.chosen.is_some() {
            return Some("decide-chosen");
        }
        (!self.possible.contains(&kind)).then_some(match kind {
            DecisionKind::Demobilise => "decide-cannot-demobilise",
            DecisionKind::Remobilise => "decide-cannot-remobilise",
            DecisionKind::Suspend => "decide-cannot-suspend",
            DecisionKind::Resume => "decide-cannot-resume",
            DecisionKind::Close => "decide-cannot-close",
        })
    }

    fn choose(&mut self, kind: DecisionKind) {
        self.chosen = Some(kind);
        self.selected = KINDS.iter().position(|(it, _)| *it == kind).unwrap_or(self.selected);
        self.focus = 0;
        if kind == DecisionKind::Remobilise && self.fields[REASON].is_empty() {
            self.fields[REASON].set(&self.proposal);
        }
    }

    /// The fields of a decision, in the order in which they are asked.
    const fn fields_of(kind: DecisionKind) -> &'static [usize] {
        match kind {
            DecisionKind::Suspend => &[REASON, FROM, TO],
            DecisionKind::Remobilise => &[REASON, PLAN, MONTHS, FROM],
            _ => &[REASON, FROM],
        }
    }

    /// Returns the field that is typed in.
    fn focused(&self) -> usize {
        self.chosen.and_then(|it| Self::fields_of(it).get(self.focus).copied()).unwrap_or(REASON)
    }

    fn go(&mut self) -> Option<Command> {
        let Some(kind) = self.chosen else {
            let kind = KINDS[self.selected].0;
            if let Some(reason) = self.blocked(kind) {
                return Some(Command::Say(reason));
            }
            self.choose(kind);
            return None;
        };
        if std::mem::take(&mut self.armed) {
            return Some(self.deciding(kind));
        }
        let fields = Self::fields_of(kind);
        if self.focus + 1 < fields.len() {
            self.problem = self.check(kind).filter(|(field, _)| *field == self.focused());
            self.focus += usize::from(self.problem.is_none());
            return None;
        }
        self.problem = self.check(kind);
        match &self.problem {
            Some((field, _)) => self.focus = fields.iter().position(|it| it == field).unwrap_or(0),
            None => self.armed = true,
        }
        None
    }

    fn deciding(&self, kind: DecisionKind) -> Command {
        // What was typed for another decision is no part of this one.
        let text = |field: usize| {
            let asked = Self::fields_of(kind).contains(&field);
            if asked { self.fields[field].text() } else { String::new() }
        };
        let [reason, from, to, months, plan] = [REASON, FROM, TO, MONTHS, PLAN].map(text);
        Command::Decide(Deciding { lot: self.lot(), kind, reason, from, to, months, plan })
    }

    /// Returns the first field that needs mending, and why.
    fn check(&self, kind: DecisionKind) -> Option<(usize, Problem)> {
        if self.fields[REASON].text().trim().is_empty() {
            return Some((REASON, Problem::new("decide-reason-wanted")));
        }
        if kind == DecisionKind::Remobilise
            && let Err(problem) = months_granted(&self.fields[MONTHS].text())
        {
            return Some((MONTHS, problem));
        }
        let from = match self.month(FROM) {
            Ok(from) => from,
            Err(problem) => return Some((FROM, problem)),
        };
        if kind != DecisionKind::Suspend {
            return None;
        }
        match self.month(TO) {
            Err(problem) => Some((TO, problem)),
            Ok(Some(to)) if from.is_some_and(|it| to < it) => {
                let from = self.fields[FROM].text();
                Some((TO, Problem::new("to-before-from").with("from", from.trim()).with("to", to)))
            }
            Ok(_) => None,
        }
    }

    /// Reads a month; an empty field is none.
    fn month(&self, field: usize) -> Result<Option<Month>, Problem> {
        let text = self.fields[field].text();
        let typed = text.trim();
        (!typed.is_empty()).then(|| typed.parse()).transpose()
    }

    fn step(&mut self, forward: bool) {
        let Some(kind) = self.chosen else {
            self.selected = if forward {
                (self.selected + 1).min(KINDS.len() - 1)
            } else {
                self.selected.saturating_sub(1)
            };
            return;
        };
        let fields = Self::fields_of(kind).len();
        self.focus = (self.focus + if forward { 1 } else { fields - 1 }) % fields;
        (self.armed, self.problem) = (false, None);
    }

    /// Tells whether nothing was typed that would be missed.
    fn has_nothing(&self) -> bool {
        let reason = self.fields[REASON].text();
        (reason.is_empty() || reason == self.proposal) && self.fields[PLAN].is_empty()
    }

    /// Goes back from the fields: at once when nothing is written, else when asked again.
    fn leave(&mut self, asked_before: bool) -> Capture {
        if std::mem::take(&mut self.armed) {
            return Capture::Taken;
        }
        if self.has_nothing() {
            self.fields[REASON].set("");
            (self.chosen, self.problem) = (None, None);
            return Capture::Taken;
        }
        self.leaving = !asked_before;
        if self.leaving { Capture::Taken } else { Capture::Passed }
    }
}

impl Screen for Decide {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("d", Msg::Choose(DecisionKind::Demobilise), "key-decide-demobilise")
            .hinted()
            .unless(|it| it.blocked(DecisionKind::Demobilise)),
        Binding::new("r", Msg::Choose(DecisionKind::Remobilise), "key-decide-remobilise")
            .hinted()
            .unless(|it| it.blocked(DecisionKind::Remobilise)),
        Binding::new("s", Msg::Choose(DecisionKind::Suspend), "key-decide-suspend")
            .hinted()
            .unless(|it| it.blocked(DecisionKind::Suspend)),
        Binding::new("p", Msg::Choose(DecisionKind::Resume), "key-decide-resume")
            .hinted()
            .unless(|it| it.blocked(DecisionKind::Resume)),
        Binding::new("c", Msg::Choose(DecisionKind::Close), "key-decide-close")
            .hinted()
            .unless(|it| it.blocked(DecisionKind::Close)),
        Binding::new("Enter", Msg::Go, "key-decide-go").hinted(),
        Binding::new("Tab Down j", Msg::Next, "key-decide-next"),
        Binding::new("BackTab Up k", Msg::Previous, "key-decide-previous"),
    ];
    const TYPING: &'static [Typing] = &[
        Typing::new("a…z", "typing-decide-reason"),
        Typing::new("2026-04", "typing-decide-month"),
        Typing::new("6", "typing-decide-months"),
        Typing::new("C-w C-u C-k", "typing-erase"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-decide")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Choose(kind) => self.choose(kind),
            Msg::Go => return self.go(),
            Msg::Next => self.step(true),
            Msg::Previous => self.step(false),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let asked_before = std::mem::take(&mut self.leaving);
        if self.chosen.is_none() {
            return Capture::Passed;
        }
        if key.code == KeyCode::Esc {
            return self.leave(asked_before);
        }
        if self.fields[self.focused()].key(key) {
            (self.armed, self.problem) = (false, None);
            return Capture::Taken;
        }
        Capture::Passed
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        if self.chosen.is_some() {
            self.fields[self.focused()].insert(text);
            self.armed = false;
        }
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        for field in &mut self.fields {
            field.dress(cx.theme.typed());
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        self.draw_dialog(frame, area, cx);
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Some(self.size(area))
    }

    fn draft(&self) -> Option<Draft> {
        let kind = self.chosen.filter(|_| !self.has_nothing())?;
        let texts = self.fields.iter().map(TextBox::text).collect();
        Some(Draft::Decision { lot: self.lot(), kind, texts })
    }

    fn is_typing(&self) -> bool {
        self.chosen.is_some()
    }
}
