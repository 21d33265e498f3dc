//! The words of a notice: subject and body, while it is not approved.

use crossterm::event::KeyEvent;
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
use crate::ui::widgets::text_box::Kind;
use crate::ui::widgets::typed::Typed;

/// Where the subject begins.
const LABEL_WIDTH: u16 = 9;

const SUBJECT: usize = 0;
const BODY: usize = 1;

/// The words of a notice.
pub struct NoticeWords {
    id: Id<Notice>,
    title: String,
    typed: Typed<2>,
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
        Self { id, title, typed: Typed::new([Kind::Line, Kind::Letter], kept, BODY) }
    }

    /// Takes up what was typed and not saved.
    pub fn take_up(&mut self, texts: &[String; 2]) {
        self.typed.take_up(texts);
    }

    fn in_body(&self) -> Option<&'static str> {
        (self.typed.focus() == BODY).then_some("observation-in-text")
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
                let [subject, body] = self.typed.texts();
                return Some(Command::Notices(NoticesAsk::Words { notice: self.id, subject, body }));
            }
            Msg::Other => self.typed.next(),
            Msg::Enter => self.typed.go_to(BODY),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        self.typed.capture(key, |_| false)
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.typed.current().insert(text);
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        self.typed.dress(cx.theme.typed());
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
        self.typed.draw(SUBJECT, frame, cells::rest(row, LABEL_WIDTH));
        // One cell wider than the rest: the lines of a letter are as long as the room, and the cursor stands behind them.
        let body = cells::below(cells::inset(area, 1), 5);
        let body = Rect { height: body.height.saturating_sub(2), ..body };
        self.typed.draw(BODY, frame, body);
        let last = cells::row(room, room.height.saturating_sub(1));
        let (key, tone) = if self.typed.is_leaving() {
            ("observation-leave", Tone::Problem)
        } else {
            ("words-how", Tone::Quiet)
        };
        cells::line(frame.buffer_mut(), last, &cx.texts.text(key), cx.theme.tone(tone));
    }

    fn draft(&self) -> Option<Draft> {
        let notice = self.id;
        self.typed.unsaved().map(|texts| Draft::Words { notice, texts })
    }

    fn is_typing(&self) -> bool {
        true
    }
}
