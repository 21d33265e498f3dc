//! Commands, sites, projects and contractors by name: a few letters find them.

use std::cmp::Reverse;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::portfolio::{LotRow, Portfolio};
use crate::model::text::fold;
use crate::texts::Tone;
use crate::ui::command::{Command, Place};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::text_line::TextLine;

/// How many results are shown: few bytes on the line, and a longer list is narrowed by typing.
const SHOWN_MAX: usize = 10;
/// The widest that it is.
const WIDTH_MAX: u16 = 80;
/// Rows besides the results: the frame, what is typed, a blank.
const OTHER_ROWS: u16 = 4;

/// Something that can be chosen by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What stands beside it: its key, or what kind of thing it is.
    pub aside: String,
    /// Everything by which it is found, folded.
    pub folded: String,
    /// What choosing it does.
    pub command: Command,
}

/// Commands, sites, projects and contractors by name.
pub struct Palette {
    offers: Vec<Offer>,
    query: TextLine,
    matcher: Matcher,
    found: Found,
    shown: Vec<Offer>,
    selected: usize,
}

/// What the letters typed so far match, so that one letter more looks only there.
#[derive(Default)]
struct Found {
    query: String,
    /// Numbers of offers, then of lots.
    numbers: Vec<u32>,
    /// How many lots there were.
    lots: usize,
    is_fresh: bool,
}

/// From so many letters on, a match has to be a close one.
const LETTERS_MIN: u32 = 3;
/// Least score a letter: letters that follow each other or begin words score more, strewn ones less.
const SCORE_MIN: u32 = 20;

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// One result down.
    Down,
    /// One result up.
    Up,
    /// Do what is selected.
    Choose,
}

impl Palette {
    /// Offers things besides the sites, which are found in the portfolio.
    pub fn new(offers: Vec<Offer>) -> Self {
        let mut config = Config::DEFAULT;
        // Everything is folded already.
        (config.normalize, config.ignore_case, config.prefer_prefix) = (false, false, true);
        Self {
            offers,
            query: TextLine::default(),
            matcher: Matcher::new(config),
            found: Found::default(),
            shown: Vec::new(),
            selected: 0,
        }
    }

    /// Looks everywhere again: what is offered or followed may have changed.
    pub const fn look_again(&mut self) {
        self.found.is_fresh = false;
    }

    const fn up(&mut self) {
        self.selected = self.selected.saturating_sub(1);
    }

    fn down(&mut self) {
        self.selected = (self.selected + 1).min(self.shown.len().saturating_sub(1));
    }

    /// Looks for what is typed: among what matched before where letters were only added, else everywhere.
    fn look(&mut self, cx: &Cx<'_>) {
        let query = fold(self.query.text());
        let rows = &cx.portfolio.rows;
        let holds = self.found.is_fresh && self.found.lots == rows.len();
        if holds && self.found.query == query {
            return;
        }
        let all = u32::try_from(self.offers.len() + rows.len()).unwrap_or(u32::MAX);
        let narrows = holds && !self.found.query.is_empty() && query.starts_with(&self.found.query);
        let numbers = if narrows { std::mem::take(&mut self.found.numbers) } else { (0..all).collect() };
        let words: Vec<&str> = query.split(' ').filter(|it| !it.is_empty()).collect();
        let letters = words.iter().map(|it| u32::try_from(it.chars().count()).unwrap_or(0)).sum::<u32>();
        let mut best = Vec::with_capacity(numbers.len());
        for number in numbers {
            if let Some(text) = text_of(&self.offers, rows, number)
                && let Some(score) = score(&mut self.matcher, text, &words)
            {
                best.push((Reverse(score), number));
            }
        }
        let numbers = best.iter().map(|it| it.1).collect();
        self.found = Found { query, numbers, lots: rows.len(), is_fresh: true };
        if best.len() > SHOWN_MAX {
            best.select_nth_unstable(SHOWN_MAX);
            best.truncate(SHOWN_MAX);
        }
        best.sort_unstable();
        // Letters strewn over a long name match too; beside a real match they are noise.
        let closest = if letters < LETTERS_MIN { 0 } else { letters * SCORE_MIN };
        let least = best.first().map_or(0, |it| it.0.0 / 2).max(closest);
        best.retain(|it| it.0.0 >= least);
        self.shown = best.iter().filter_map(|it| self.offer(it.1, cx.portfolio)).collect();
        self.selected = 0;
    }

    fn offer(&self, number: u32, portfolio: &Portfolio) -> Option<Offer> {
        let at = number as usize;
        match at.checked_sub(self.offers.len()) {
            None => self.offers.get(at).cloned(),
            Some(at) => portfolio.rows.get(at).map(|it| site(it, portfolio)),
        }
    }
}

fn text_of<'a>(offers: &'a [Offer], rows: &'a [LotRow], number: u32) -> Option<&'a str> {
    let at = number as usize;
    match at.checked_sub(offers.len()) {
        None => offers.get(at).map(|it| it.folded.as_str()),
        Some(at) => rows.get(at).map(|it| it.folded.as_str()),
    }
}

/// Says how well every word matches; `None` where one does not. The quick search is enough for texts this short: ten
/// thousand of them take less than a millisecond.
fn score(matcher: &mut Matcher, text: &str, words: &[&str]) -> Option<u32> {
    let (mut text_letters, mut word_letters) = (Vec::new(), Vec::new());
    let text = Utf32Str::new(text, &mut text_letters);
    words.iter().try_fold(0, |total, word| {
        let word = Utf32Str::new(word, &mut word_letters);
        // The quick search takes the first letters that fit, even where the whole word stands further on.
        let whole = matcher.substring_match(text, word);
        whole.max(matcher.fuzzy_match_greedy(text, word)).map(|it| total + u32::from(it))
    })
}

fn site(row: &LotRow, portfolio: &Portfolio) -> Offer {
    Offer {
        name: format!("{} {}", row.code, row.name).trim().to_owned(),
        aside: portfolio.project_name(row.project).to_owned(),
        folded: String::new(),
        command: Command::Replace(Place::Card(row.lot)),
    }
}

impl Screen for Palette {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Choose, "palette-choose").hinted(),
        Binding::new("Down C-n", Msg::Down, "key-down").hinted(),
        Binding::new("Up", Msg::Up, "key-up").hinted(),
    ];
    const TYPING: &'static [Typing] = &[Typing::new("C-p", "key-up"), Typing::new("C-u", "palette-erase")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("palette-title")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Down => self.down(),
            Msg::Up => self.up(),
            Msg::Choose => return self.shown.get(self.selected).map(|it| it.command.clone()),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        // Ctrl-P opens the palette everywhere else; here it moves up, as it does in a shell.
        if key.code == KeyCode::Char('p') && key.modifiers.contains(KeyModifiers::CONTROL) {
            self.up();
            return Capture::Taken;
        }
        if self.query.key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.query.insert(text);
        None
    }

    fn settle(&mut self, _size: Size, cx: &Cx<'_>) {
        self.look(cx);
    }

    fn floating(&self, area: Size) -> Option<Size> {
        let rows = u16::try_from(SHOWN_MAX).unwrap_or(u16::MAX);
        Some(Size { width: area.width.min(WIDTH_MAX), height: area.height.min(rows + OTHER_ROWS) })
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let list = cells::below(area, 2);
        let buffer = frame.buffer_mut();
        if self.shown.is_empty() {
            let quiet = cx.theme.tone(Tone::Quiet);
            cells::line(
                buffer,
                cells::rest(cells::row(list, 0), 2),
                &cx.texts.text("palette-nothing"),
                quiet,
            );
        }
        let wishes = [
            Wish::fixed(1, Align::Left),
            Wish::text(20, 48),
            Wish { least: 8, most: 40, align: Align::Right, yields: 1 },
        ];
        let [marker, name, aside] = cells::share(&wishes, list.width, 1);
        // What stands beside closes the row.
        let aside = Column { x: aside.x + 1, width: list.width.saturating_sub(aside.x + 1), ..aside };
        for (at, offer) in (0..list.height).zip(&self.shown) {
            let row = cells::row(list, at);
            let is_selected = usize::from(at) == self.selected;
            let tone = if is_selected { Tone::Strong } else { Tone::Plain };
            if is_selected {
                let at = (row.x + marker.x, row.y);
                buffer.set_string(at.0, at.1, theme::MARKER, cx.theme.tone(Tone::Plain));
            }
            cells::put(buffer, row, name, &offer.name, cx.theme.tone(tone));
            cells::put(buffer, row, aside, &offer.aside, cx.theme.tone(Tone::Quiet));
        }
        let row = cells::row(area, 0);
        cells::line(frame.buffer_mut(), row, ":", cx.theme.accent());
        let at = self.query.draw(frame.buffer_mut(), cells::rest(row, 2), cx.theme.tone(Tone::Plain));
        frame.set_cursor_position(at);
    }
}
