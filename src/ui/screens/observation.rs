//! The observation of a lot and month, with its cause and who answers for it.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::texts::Tone;
use crate::ui::command::{Command, Observed, Recording};
use crate::ui::draft::Draft;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cells;
use crate::ui::widgets::text_box::{Kind, TextBox};

/// Width and height that it asks for.
const WISHED: Size = Size { width: 78, height: 18 };
/// Rows below the text: a blank, the cause, who answers for it, what is asked.
const FOOT_ROWS: u16 = 4;
/// Where the fields below the text begin.
const LABEL_WIDTH: u16 = 13;

const TEXT: usize = 0;
const CAUSE: usize = 1;
const ATTRIBUTION: usize = 2;

/// The observation of a lot and month.
pub struct Observation {
    lot: Id<Lot>,
    month: Month,
    place: String,
    last: Option<(Month, String)>,
    kept: [String; 3],
    fields: [TextBox; 3],
    /// What can be stepped through in the fields below the text.
    usual: [Vec<String>; 2],
    focus: usize,
    leaving: bool,
}

/// What it opens with.
pub struct Opened {
    /// The lot.
    pub lot: Id<Lot>,
    /// The month.
    pub month: Month,
    /// The lot in words.
    pub place: String,
    /// The last observation before, with its month.
    pub last: Option<(Month, String)>,
    /// Text, cause, attribution as they are saved.
    pub kept: [String; 3],
    /// Usual causes, and who usually answers.
    pub usual: [Vec<String>; 2],
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Save everything.
    Save,
    /// To the next field.
    Next,
    /// To the field before.
    Previous,
    /// To the next field, from the last one save.
    Enter,
    /// Bring in the last observation.
    Ditto,
}

impl Observation {
    /// Opens it.
    pub fn new(opened: Opened) -> Self {
        let Opened { lot, month, place, last, kept, usual } = opened;
        let kinds = [Kind::Note, Kind::Line, Kind::Line];
        let fields = std::array::from_fn(|at| TextBox::new(kinds[at], &kept[at]));
        Self { lot, month, place, last, kept, fields, usual, focus: TEXT, leaving: false }
    }

    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, texts: &[String; 3]) {
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.set(text);
        }
    }

    fn texts(&self) -> [String; 3] {
        std::array::from_fn(|at| self.fields[at].text())
    }

    fn is_changed(&self) -> bool {
        self.texts() != self.kept
    }

    fn save(&self) -> Command {
        let [text, cause, attribution] = self.texts();
        let observation = Some(Observed { text, cause, attribution });
        Command::Record(Recording { lot: self.lot, month: self.month, typed: None, observation })
    }

    /// Steps through what is usual, in a field that is empty or holds just that.
    fn step(&mut self, code: KeyCode) -> bool {
        let Some(usual) = self.focus.checked_sub(CAUSE).and_then(|it| self.usual.get(it)) else {
            return false;
        };
        let text = self.fields[self.focus].text();
        let at = usual.iter().position(|it| *it == text);
        if usual.is_empty() || !text.is_empty() && at.is_none() {
            return false;
        }
        let next = match (code, at) {
            (KeyCode::Right, None) => 0,
            (KeyCode::Left, None | Some(0)) => usual.len() - 1,
            (KeyCode::Right, Some(at)) => (at + 1) % usual.len(),
            (KeyCode::Left, Some(at)) => at - 1,
            _ => return false,
        };
        let chosen = usual[next].clone();
        self.fields[self.focus].set(&chosen);
        true
    }

    fn ditto(&mut self) {
        let Some((_, last)) = &self.last else { return };
        let text = self.fields[TEXT].text();
        let joined = if text.trim().is_empty() { last.clone() } else { format!("{text}\n{last}") };
        self.fields[TEXT].set(&joined);
        self.focus = TEXT;
    }

    fn has_last(&self) -> Option<&'static str> {
        self.last.is_none().then_some("observation-no-last")
    }

    fn in_text(&self) -> Option<&'static str> {
        (self.focus == TEXT).then_some("observation-in-text")
    }
}

impl Screen for Observation {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("C-o", Msg::Save, "key-observation-save").hinted(),
        Binding::new("Tab Down", Msg::Next, "key-observation-next").hinted(),
        Binding::new("BackTab Up", Msg::Previous, "key-observation-previous"),
        Binding::new("Enter", Msg::Enter, "key-observation-enter").unless(Self::in_text),
        Binding::new("C-d", Msg::Ditto, "key-observation-ditto").hinted().unless(Self::has_last),
    ];
    const TYPING: &'static [Typing] = &[
        Typing::new("a…z Enter", "typing-observation-text"),
        Typing::new("Left Right", "typing-observation-usual"),
        Typing::new("C-w C-u C-k", "typing-erase"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-observation")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Save => return Some(self.save()),
            Msg::Enter if self.focus == ATTRIBUTION => return Some(self.save()),
            Msg::Next | Msg::Enter => self.focus = (self.focus + 1) % self.fields.len(),
            Msg::Previous => self.focus = (self.focus + self.fields.len() - 1) % self.fields.len(),
            Msg::Ditto => self.ditto(),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let asked_before = std::mem::take(&mut self.leaving);
        if key.code == KeyCode::Esc {
            self.leaving = !asked_before && self.is_changed();
            return if self.leaving { Capture::Taken } else { Capture::Passed };
        }
        let stepped = key.modifiers.is_empty() && self.step(key.code);
        if stepped || self.fields[self.focus].key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.fields[self.focus].insert(text);
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        for field in &mut self.fields[CAUSE..] {
            field.dress(cx.theme.typed());
        }
    }

    // CSI-02 CSI de Ngoulémé · mars 2026
    // février 2026 : Approvisionnement en retard, ciment attendu le 12.
    //
    // Fondations coulées…
    //
    // Cause        pluie___________________________________________
    // Imputation   entreprise______________________________________
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let head = self.draw_head(frame, area, cx);
        let room = cells::below(area, head);
        let text = Rect { height: room.height.saturating_sub(FOOT_ROWS), ..room };
        self.fields[TEXT].draw(frame, text, self.focus == TEXT);
        for (at, key) in [(CAUSE, "observation-cause"), (ATTRIBUTION, "observation-attribution")] {
            let row = cells::row(room, text.height + u16::try_from(at).unwrap_or(1));
            cells::line(frame.buffer_mut(), row, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
            let width = LABEL_WIDTH.min(row.width);
            let field = Rect { x: row.x + width, width: row.width - width, ..row };
            self.fields[at].draw(frame, field, self.focus == at);
        }
        let row = cells::row(room, text.height + 3);
        if self.leaving {
            let question = cx.texts.text("observation-leave");
            cells::line(frame.buffer_mut(), row, &question, cx.theme.tone(Tone::Problem));
        } else if let Some(usual) = self.focus.checked_sub(CAUSE).and_then(|it| self.usual.get(it)) {
            let words = cx.texts.fill("observation-usual", &[("words", &usual.join(", "))]);
            cells::line(frame.buffer_mut(), row, &words, cx.theme.tone(Tone::Quiet));
        }
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Some(Size { width: area.width.min(WISHED.width), height: area.height.min(WISHED.height) })
    }

    fn draft(&self) -> Option<Draft> {
        let (lot, month, texts) = (self.lot, self.month, self.texts());
        self.is_changed().then_some(Draft::Observation { lot, month, texts })
    }

    fn is_typing(&self) -> bool {
        true
    }
}

impl Observation {
    /// Draws the place and, quietly, the last observation. Returns how many rows that took, a blank included.
    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) -> u16 {
        let buffer = frame.buffer_mut();
        let title = format!("{} · {}", self.place, cx.texts.month(self.month));
        cells::line(buffer, area, &title, cx.theme.tone(Tone::Strong));
        let last = match &self.last {
            Some((month, text)) => {
                let month = cx.texts.month(*month);
                cx.texts.fill("observation-last", &[("month", &month), ("text", &text.replace('\n', " "))])
            }
            None => cx.texts.text("observation-no-last"),
        };
        let rows = if area.height < 14 { 1 } else { 3 };
        let quiet = cx.theme.tone(Tone::Quiet);
        let used = if rows == 1 {
            cells::line(buffer, cells::row(area, 1), &last, quiet);
            1
        } else {
            cells::paragraph(buffer, Rect { height: rows, ..cells::below(area, 1) }, &last, quiet)
        };
        used + 2
    }
}
