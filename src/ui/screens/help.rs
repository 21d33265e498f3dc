//! Every key of the screen below, of all screens, and what the signs mean.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use crate::model::text::fold;
use crate::rules::Status;
use crate::texts::{Texts, Tone, fit};
use crate::ui::app::{GLOBAL, GO, GoKey};
use crate::ui::command::Command;
use crate::ui::frame;
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, HelpLine, Screen};
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column};
use crate::ui::widgets::cursor::Nav;
use crate::ui::widgets::filter::{Filter, holds};
use crate::ui::widgets::scroll::Scroll;

/// The widest that help is.
const WIDTH_MAX: u16 = 108;
/// From this width on there are two columns.
const TWO_COLUMNS: u16 = 68;
/// Cells between two columns, and between keys and words.
const GAP: u16 = 2;
/// What the frame around takes: columns, rows.
const FRAME: (u16, u16) = (4, 2);
/// The widest that keys are shown.
const CAPS_MAX: usize = 16;

/// Statuses whose letters are explained.
const STATUSES: [Status; 8] = [
    Status::Bon,
    Status::Problematique,
    Status::Critique,
    Status::NonRenseigne,
    Status::Suspendu,
    Status::Acheve,
    Status::ACompleter,
    Status::HorsSuivi,
];
/// Other signs, and the message keys of what they mean.
const SIGNS: [(&str, &str); 7] = [
    (theme::MARKER, "sign-selected"),
    (theme::SAVED, "sign-saved"),
    (theme::UNSHARED, "sign-unshared"),
    (theme::DOUBTFUL, "sign-doubtful"),
    (theme::LOCKED, "sign-locked"),
    (theme::DIFFERS, "sign-differs"),
    (theme::CONTESTED, "sign-contested"),
];

/// Every key of a screen.
pub struct Help {
    /// The name of the screen that it is about.
    of: String,
    blocks: Vec<Block>,
    filter: Filter,
    columns: Vec<Drawn>,
    scroll: Scroll,
}

/// What is listed together.
struct Block {
    title: &'static str,
    rows: Vec<Row>,
}

/// One thing that is explained.
enum Row {
    /// Keys of the screen, or of all screens.
    Keys(HelpLine),
    /// A place that `g` goes to.
    Go(&'static GoKey),
    /// The letter of a status.
    Status(Status),
    /// Another sign.
    Sign(&'static str, &'static str),
}

/// One column as it is drawn.
struct Drawn {
    /// The width of its widest keys.
    caps: u16,
    lines: Vec<Line>,
}

/// One line as it is drawn.
#[derive(Clone, Debug, Default)]
struct Line {
    caps: String,
    text: String,
    tone: Tone,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Scroll.
    Go(Nav),
    /// Type what is searched for.
    Filter,
}

impl Help {
    /// Explains the screen named `of` with its own lines.
    pub fn new(of: String, own: Vec<HelpLine>) -> Self {
        let everywhere = GLOBAL
            .iter()
            .map(|it| Row::Keys(HelpLine { keys: it.keys, help: it.help, blocked: None, hinted: false }));
        let signs = STATUSES.iter().map(|it| Row::Status(*it));
        let signs = signs.chain(SIGNS.iter().map(|(sign, help)| Row::Sign(sign, help)));
        let blocks = vec![
            Block { title: "help-here", rows: own.into_iter().map(Row::Keys).collect() },
            Block { title: "help-everywhere", rows: everywhere.collect() },
            Block { title: "help-go", rows: GO.iter().map(Row::Go).collect() },
            Block { title: "help-signs", rows: signs.collect() },
        ];
        let blocks = blocks.into_iter().filter(|it| !it.rows.is_empty()).collect();
        let (filter, columns) = (Filter::default(), Vec::new());
        Self { of, blocks, filter, columns, scroll: Scroll::default() }
    }

    fn len(&self) -> usize {
        self.columns.iter().map(|it| it.lines.len()).max().unwrap_or(0)
    }

    /// Returns how many rows everything takes where nothing folds.
    fn rows_wanted(&self, columns: usize) -> usize {
        let heights: Vec<usize> = self.blocks.iter().map(Block::height).collect();
        let sum = |heights: &[usize]| heights.iter().map(|it| it + 1).sum::<usize>().saturating_sub(1);
        if columns == 1 {
            return sum(&heights);
        }
        let split = halved(&heights);
        sum(&heights[..split]).max(sum(&heights[split..]))
    }
}

impl Block {
    fn height(&self) -> usize {
        1 + self.rows.iter().map(Row::height).sum::<usize>()
    }

    fn matching<'a>(&'a self, words: &str, texts: &Texts) -> Matching<'a> {
        let rows = self.rows.iter().filter(|it| it.matches(words, texts)).collect();
        Matching { title: self.title, rows }
    }
}

/// What of a block matches what is typed.
struct Matching<'a> {
    title: &'static str,
    rows: Vec<&'a Row>,
}

impl Drawn {
    /// Puts blocks one below the other, with blanks between, in `width` cells.
    fn new(blocks: &[Matching<'_>], width: u16, texts: &Texts) -> Self {
        let rows = blocks.iter().flat_map(|it| &it.rows);
        let widest = rows.map(|it| it.caps(texts).width()).max().unwrap_or(0).min(CAPS_MAX);
        let caps = u16::try_from(widest).unwrap_or(0);
        let room = usize::from(width.saturating_sub(caps + GAP)).max(1);
        let mut lines = Vec::new();
        for block in blocks {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            let text = texts.text(block.title);
            lines.push(Line { caps: String::new(), text, tone: Tone::Strong });
            lines.extend(block.rows.iter().flat_map(|it| it.lines(room, texts)));
        }
        Self { caps, lines }
    }
}

impl Row {
    fn height(&self) -> usize {
        match self {
            Self::Keys(HelpLine { blocked: Some(_), .. }) => 2,
            _ => 1,
        }
    }

    fn caps(&self, texts: &Texts) -> String {
        match self {
            Self::Keys(it) => frame::caps(it.keys, texts).join(" "),
            Self::Go(GoKey { key, digit: Some(digit), .. }) => format!("g {key}, {digit}"),
            Self::Go(GoKey { key, .. }) => format!("g {key}"),
            Self::Status(it) => texts.status_letter(*it),
            Self::Sign(sign, _) => (*sign).to_owned(),
        }
    }

    fn text(&self, texts: &Texts) -> String {
        match self {
            Self::Keys(it) => texts.text(it.help),
            Self::Go(it) => texts.text(it.help),
            Self::Status(it) => texts.status_word(*it),
            Self::Sign(_, help) => texts.text(help),
        }
    }

    fn reason(&self, texts: &Texts) -> Option<String> {
        match self {
            Self::Keys(it) => it.blocked.map(|it| texts.text(it)),
            _ => None,
        }
    }

    fn matches(&self, words: &str, texts: &Texts) -> bool {
        if words.is_empty() {
            return true;
        }
        let reason = self.reason(texts).unwrap_or_default();
        let folded = fold(&format!("{} {} {reason}", self.caps(texts), self.text(texts)));
        holds(&folded, words)
    }

    /// Returns its lines: what it does, folded, then why not now.
    fn lines(&self, width: usize, texts: &Texts) -> Vec<Line> {
        let reason = self.reason(texts);
        let tone = if reason.is_some() { Tone::Quiet } else { Tone::Plain };
        let text = fit::folded(&self.text(texts), width).into_iter();
        let reason = reason.map(|it| fit::folded(&it, width)).into_iter().flatten();
        let mut lines: Vec<Line> =
            text.chain(reason).map(|text| Line { caps: String::new(), text, tone }).collect();
        if let Some(first) = lines.first_mut() {
            first.caps = self.caps(texts);
        }
        lines
    }
}

/// Returns how many of the blocks go into the first of two columns, so that both are of about the same height.
fn halved(heights: &[usize]) -> usize {
    let sum = |heights: &[usize]| heights.iter().map(|it| it + 1).sum::<usize>();
    let splits = 1..heights.len().max(2);
    splits
        .min_by_key(|it| {
            sum(&heights[..(*it).min(heights.len())]).max(sum(heights.get(*it..).unwrap_or(&[])))
        })
        .unwrap_or(1)
}

impl Screen for Help {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[Binding::new("/", Msg::Filter, "help-filter").hinted()];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("?", "help-close"), Typing::new("Enter", "help-found")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.fill("help-title", &[("place", &self.of)])
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => {
                let len = self.len();
                self.scroll.go(nav, len);
            }
            Msg::Filter => self.filter.begin(),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        // What was found stays found until help is closed.
        let leaves = key.code == KeyCode::Esc && !self.filter.is_typing();
        if !leaves && self.filter.key(key) {
            self.scroll = Scroll::default();
            return Capture::Taken;
        }
        // The key that opens it closes it.
        if key.code == KeyCode::Char('?') { Capture::Asked(Command::Back) } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.filter.paste(text);
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        let width = size.width.saturating_sub(FRAME.0);
        let count = if width >= TWO_COLUMNS { 2 } else { 1 };
        let width = width.saturating_sub(GAP * (count - 1)) / count;
        let words = self.filter.words();
        let blocks = self.blocks.iter().map(|it| it.matching(&words, cx.texts));
        let blocks: Vec<Matching<'_>> = blocks.filter(|it| !it.rows.is_empty()).collect();
        let heights: Vec<usize> = blocks.iter().map(|it| it.rows.len() + 1).collect();
        let split = if count == 1 { blocks.len() } else { halved(&heights).min(blocks.len()) };
        let (first, second) = blocks.split_at(split);
        let columns = [first, second].map(|it| Drawn::new(it, width, cx.texts));
        self.columns = columns.into_iter().take(usize::from(count)).collect();
        let filter_row = u16::from(self.filter.is_shown());
        let len = self.len();
        self.scroll.settle(len, usize::from(size.height.saturating_sub(FRAME.1 + filter_row)));
    }

    fn floating(&self, area: Size) -> Option<Size> {
        let width = area.width.min(WIDTH_MAX);
        let columns = if width.saturating_sub(FRAME.0) >= TWO_COLUMNS { 2 } else { 1 };
        // One row for what is searched for, so that the frame stays when it is typed.
        let height = u16::try_from(self.rows_wanted(columns)).unwrap_or(u16::MAX).saturating_add(FRAME.1 + 1);
        Some(Size { width, height: height.min(area.height) })
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let mut room = area;
        if self.filter.is_shown() {
            let row = cells::row(area, 0);
            self.filter.draw(frame, row, cx);
            room = cells::below(area, 1);
        }
        if self.len() == 0 {
            let quiet = cx.theme.tone(Tone::Quiet);
            cells::line(frame.buffer_mut(), cells::row(room, 0), &cx.texts.text("help-nothing"), quiet);
        }
        let count = u16::try_from(self.columns.len()).unwrap_or(1).max(1);
        let width = room.width.saturating_sub(GAP * (count - 1)) / count;
        for (at, drawn) in (0..).zip(&self.columns) {
            let column = Rect { x: room.x + at * (width + GAP), width, ..room };
            draw_column(frame, column, drawn, self.scroll.top, cx);
        }
        let inner = Rect { width: room.width.saturating_sub(1), ..room };
        self.scroll.mark(frame.buffer_mut(), inner, self.len(), cx);
        if !self.filter.is_typing() {
            frame.set_cursor_position((room.x, room.y));
        }
    }
}

fn draw_column(frame: &mut Frame<'_>, area: Rect, drawn: &Drawn, top: usize, cx: &Cx<'_>) {
    let caps = Column { x: 0, width: drawn.caps, align: Align::Left };
    for (at, line) in (0..area.height).zip(drawn.lines.iter().skip(top)) {
        let row = cells::row(area, at);
        let style = if line.tone == Tone::Quiet { cx.theme.tone(Tone::Quiet) } else { cx.theme.accent() };
        cells::put(frame.buffer_mut(), row, caps, &line.caps, style);
        let text = if line.tone == Tone::Strong { row } else { cells::rest(row, caps.width + GAP) };
        cells::line(frame.buffer_mut(), text, &line.text, cx.theme.tone(line.tone));
    }
}
