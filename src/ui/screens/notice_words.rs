//! The words of a notice: subject and body, while it is not approved.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::texts::Tone;
use crate::ui::command::{Command, NoticesAsk};
use crate::ui::draft::Draft;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cells;
use crate::ui::widgets::text_box::{Kind, TextBox};

/// Where the subject begins.
const LABEL_WIDTH: u16 = 9;

const SUBJECT: usize = 0;
const BODY: usize = 1;

/// The words of a notice.
pub struct NoticeWords {
    id: Id<Notice>,
    title: String,
    kept: [String; 2],
    fields: [TextBox; 2],
    focus: usize,
    leaving: bool,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Save.
    Save,
    /// To the other field.
    Other,
    /// From the subject to the body.
    Enter,
}

impl NoticeWords {
    /// Opens the words of a notice: `title` says which, `kept` are its subject and body.
    pub fn new(id: Id<Notice>, title: String, kept: [String; 2]) -> Self {
        let mut fields = [TextBox::new(Kind::Line, ""), TextBox::new(Kind::Letter, "")];
        for (field, text) in fields.iter_mut().zip(&kept) {
            field.set(text);
        }
        Self { id, title, kept, fields, focus: BODY, leaving: false }
    }

    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, texts: &[String; 2]) {
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.set(text);
        }
    }

    fn texts(&self) -> [String; 2] {
        std::array::from_fn(|at| self.fields[at].text())
    }

    fn is_changed(&self) -> bool {
        self.texts() != self.kept
    }

    fn in_body(&self) -> Option<&'static str> {
        (self.focus == BODY).then_some("observation-in-text")
    }
}

impl Screen for NoticeWords {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("C-o", Msg::Save, "key-observation-save").hinted(),
        Binding::new("Tab BackTab", Msg::Other, "key-words-other").hinted(),
        Binding::new("Enter", Msg::Enter, "key-words-body").unless(Self::in_body),
    ];
    const TYPING: &'static [Typing] =
        &[Typing::new("a…z Enter", "typing-observation-text"), Typing::new("C-w C-u C-k", "typing-erase")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-words")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Save => {
                let [subject, body] = self.texts();
                return Some(Command::Notices(NoticesAsk::Words { notice: self.id, subject, body }));
            }
            Msg::Other => self.focus = (self.focus + 1) % self.fields.len(),
            Msg::Enter => self.focus = BODY,
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        let asked_before = std::mem::take(&mut self.leaving);
        if key.code == KeyCode::Esc {
            self.leaving = !asked_before && self.is_changed();
            return if self.leaving { Capture::Taken } else { Capture::Passed };
        }
        if self.fields[self.focus].key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.fields[self.focus].insert(text);
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        self.fields[SUBJECT].dress(cx.theme.typed());
    }

    // Préavis de démobilisation · CSI-02
    //
    // Objet    Préavis de démobilisation – CSI-02 …
    //
    // Le mois de mars…
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        cells::line(frame.buffer_mut(), cells::row(room, 1), &self.title, cx.theme.tone(Tone::Strong));
        let row = cells::row(room, 3);
        cells::line(frame.buffer_mut(), row, &cx.texts.text("words-subject"), cx.theme.tone(Tone::Quiet));
        self.fields[SUBJECT].draw(frame, cells::rest(row, LABEL_WIDTH), self.focus == SUBJECT);
        // One cell wider than the rest: the lines of a letter are as long as the room, and the cursor stands behind them.
        let body = cells::below(cells::inset(area, 1), 5);
        let body = Rect { height: body.height.saturating_sub(2), ..body };
        self.fields[BODY].draw(frame, body, self.focus == BODY);
        let last = cells::row(room, room.height.saturating_sub(1));
        let (key, tone) =
            if self.leaving { ("observation-leave", Tone::Problem) } else { ("words-how", Tone::Quiet) };
        cells::line(frame.buffer_mut(), last, &cx.texts.text(key), cx.theme.tone(tone));
    }

    fn draft(&self) -> Option<Draft> {
        let (notice, texts) = (self.id, self.texts());
        self.is_changed().then_some(Draft::Words { notice, texts })
    }

    fn is_typing(&self) -> bool {
        true
    }
}
