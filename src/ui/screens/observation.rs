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
use crate::ui::widgets::text_box::Kind;
use crate::ui::widgets::typed::Typed;

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
    typed: Typed<3>,
    /// What can be stepped through in the fields below the text.
    usual: [Vec<String>; 2],
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
        let typed = Typed::new([Kind::Note, Kind::Line, Kind::Line], kept, TEXT);
        Self { lot, month, place, last, typed, usual }
    }

    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, texts: &[String; 3]) {
        self.typed.take_up(texts);
    }

    fn save(&self) -> Command {
        let [text, cause, attribution] = self.typed.texts();
        let observation = Some(Observed { text, cause, attribution });
        Command::Record(Recording { lot: self.lot, month: self.month, typed: None, observation })
    }

    /// Steps through what is usual, in a field that is empty or holds just that.
    fn step(typed: &mut Typed<3>, usual: &[Vec<String>; 2], code: KeyCode) -> bool {
        let Some(usual) = typed.focus().checked_sub(CAUSE).and_then(|it| usual.get(it)) else {
            return false;
        };
        let text = typed.current().text();
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
        typed.current().set(&usual[next]);
        true
    }

    fn ditto(&mut self) {
        let Some((_, last)) = &self.last else { return };
        self.typed.go_to(TEXT);
        let text = self.typed.current().text();
        let joined = if text.trim().is_empty() { last.clone() } else { format!("{text}\n{last}") };
        self.typed.current().set(&joined);
    }

    fn has_last(&self) -> Option<&'static str> {
        self.last.is_none().then_some("observation-no-last")
    }

    fn in_text(&self) -> Option<&'static str> {
        (self.typed.focus() == TEXT).then_some("observation-in-text")
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
            Msg::Enter if self.typed.focus() == ATTRIBUTION => return Some(self.save()),
            Msg::Next | Msg::Enter => self.typed.next(),
            Msg::Previous => self.typed.previous(),
            Msg::Ditto => self.ditto(),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let Self { typed, usual, .. } = self;
        typed.capture(key, |typed| key.modifiers.is_empty() && Self::step(typed, usual, key.code))
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.typed.current().insert(text);
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        self.typed.dress(cx.theme.typed());
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
        self.typed.draw(TEXT, frame, text);
        for (at, key) in [(CAUSE, "observation-cause"), (ATTRIBUTION, "observation-attribution")] {
            let row = cells::row(room, text.height + u16::try_from(at).unwrap_or(1));
            cells::line(frame.buffer_mut(), row, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
            let width = LABEL_WIDTH.min(row.width);
            let field = Rect { x: row.x + width, width: row.width - width, ..row };
            self.typed.draw(at, frame, field);
        }
        let row = cells::row(room, text.height + 3);
        if self.typed.is_leaving() {
            let question = cx.texts.text("observation-leave");
            cells::line(frame.buffer_mut(), row, &question, cx.theme.tone(Tone::Problem));
        } else if let Some(usual) = self.typed.focus().checked_sub(CAUSE).and_then(|it| self.usual.get(it)) {
            let words = cx.texts.fill("observation-usual", &[("words", &usual.join(", "))]);
            cells::line(frame.buffer_mut(), row, &words, cx.theme.tone(Tone::Quiet));
        }
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Some(Size { width: area.width.min(WISHED.width), height: area.height.min(WISHED.height) })
    }

    fn draft(&self) -> Option<Draft> {
        let (lot, month) = (self.lot, self.month);
        self.typed.unsaved().map(|texts| Draft::Observation { lot, month, texts })
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
