//! What every screen is, and the list of all screens.

use std::fmt::Debug;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::command::{Command, Task};
use super::draft::Draft;
use super::keymap::{self, Binding, Hit, MOVES, Typing};
use super::theme::Theme;
use super::widgets::cursor::Nav;
use crate::actions::exchange::exchange::Progress;
use crate::actions::portfolio::Portfolio;
use crate::texts::Texts;

/// A view of the whole window, or one that floats over another. Pure: no database, no clock, no files.
pub trait Screen: Sized + 'static {
    /// What the user asks on it.
    type Msg: Copy + Debug + PartialEq;
    /// The only list of its keys, besides those that move in every list.
    const KEYS: &'static [Binding<Self>];
    /// What moving asks, where there is a list to move in.
    const MOVE: Option<fn(Nav) -> Self::Msg> = None;
    /// What can be typed into its fields, for help.
    const TYPING: &'static [Typing] = &[];

    /// Returns its name in the breadcrumb.
    fn title(&self, cx: &Cx<'_>) -> String;

    /// Returns what stands at the right of the first line.
    fn aside(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// Does what the user asks; what only the outside can do is returned.
    fn update(&mut self, msg: Self::Msg) -> Option<Command>;

    /// A focused text field takes the key before the key table does.
    fn capture(&mut self, _key: KeyEvent) -> Capture {
        Capture::Passed
    }

    /// Takes a pasted text.
    fn paste(&mut self, _text: &str) -> Option<Command> {
        None
    }

    /// Brings derived lists and scroll positions in line with what was asked and with the size of its area.
    fn settle(&mut self, _size: Size, _cx: &Cx<'_>) {}

    /// Draws itself.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>);

    /// Returns the size that it floats in over the screen below; `None` for the whole window.
    fn floating(&self, _area: Size) -> Option<Size> {
        None
    }

    /// Tells whether it floats as a band below the screen that it is about, which makes room for it.
    fn is_band(&self) -> bool {
        false
    }

    /// Returns what is typed and not saved.
    fn draft(&self) -> Option<Draft> {
        None
    }

    /// Tells whether text is being typed, so that letters are not commands.
    fn is_typing(&self) -> bool {
        false
    }
}

/// What became of a key in a text field.
#[derive(Debug, PartialEq)]
pub enum Capture {
    /// The key table decides.
    Passed,
    /// It was typed.
    Taken,
    /// It asks something of the outside.
    Asked(Command),
    /// Something is done first, and the key is still to be dealt with by the keys of every screen.
    First(Command),
}

/// What drawing and settling may read besides the screen itself.
pub struct Cx<'a> {
    /// Words.
    pub texts: &'a Texts,
    /// Colours and symbols.
    pub theme: Theme,
    /// The civil date.
    pub today: NaiveDate,
    /// Every followed lot; empty until it is read.
    pub portfolio: &'a Portfolio,
    /// How the exchange with other machines stands.
    pub exchange: &'a InBrief,
}

/// How the exchange with other machines stands, in a few words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InBrief {
    /// Changes that no other machine has; `None` where there is no place to exchange with.
    pub unshared: Option<u64>,
    /// What an exchange that runs is about, a place or a file, and how far it is.
    pub running: Option<(Task, Progress)>,
}

/// What a key press led to.
#[derive(Debug, PartialEq)]
pub enum Reaction {
    /// The screen does not know the key.
    Unknown,
    /// It was dealt with; what the outside has to do.
    Done(Option<Command>),
    /// Something is done first; the screen does not know the key.
    First(Command),
    /// Not now: message key of the reason.
    Blocked(&'static str),
}

/// A line of help: key labels, message key of what they do, message key of why not now, whether it is hinted.
pub struct HelpLine {
    /// Key labels, or what is typed.
    pub keys: &'static str,
    /// Message key of what it does.
    pub help: &'static str,
    /// Message key of why not now.
    pub blocked: Option<&'static str>,
    /// Whether the last line of the screen names it.
    pub hinted: bool,
}

/// A screen without its own messages.
pub trait View {
    /// See [`Screen::title`].
    fn title(&self, cx: &Cx<'_>) -> String;
    /// See [`Screen::aside`].
    fn aside(&self, cx: &Cx<'_>) -> String;
    /// Deals with a key press: the focused field first, then the key table.
    fn key(&mut self, key: KeyEvent) -> Reaction;
    /// See [`Screen::paste`].
    fn paste(&mut self, text: &str) -> Option<Command>;
    /// See [`Screen::settle`].
    fn settle(&mut self, size: Size, cx: &Cx<'_>);
    /// See [`Screen::draw`].
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>);
    /// See [`Screen::floating`].
    fn floating(&self, area: Size) -> Option<Size>;
    /// See [`Screen::is_band`].
    fn is_band(&self) -> bool;
    /// See [`Screen::draft`].
    fn draft(&self) -> Option<Draft>;
    /// See [`Screen::is_typing`].
    fn is_typing(&self) -> bool;
    /// Returns the lines of its help.
    fn help(&self) -> Vec<HelpLine>;
}

impl<S: Screen> View for S {
    fn title(&self, cx: &Cx<'_>) -> String {
        Screen::title(self, cx)
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        Screen::aside(self, cx)
    }

    fn key(&mut self, key: KeyEvent) -> Reaction {
        match self.capture(key) {
            Capture::Taken => return Reaction::Done(None),
            Capture::Asked(command) => return Reaction::Done(Some(command)),
            Capture::First(command) => return Reaction::First(command),
            Capture::Passed => {}
        }
        match keymap::lookup(self, key) {
            None => Reaction::Unknown,
            Some(Hit::Blocked(reason)) => Reaction::Blocked(reason),
            Some(Hit::Send(msg)) => Reaction::Done(self.update(msg)),
        }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        Screen::paste(self, text)
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        Screen::settle(self, size, cx);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        Screen::draw(self, frame, area, cx);
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Screen::floating(self, area)
    }

    fn is_band(&self) -> bool {
        Screen::is_band(self)
    }

    fn draft(&self) -> Option<Draft> {
        Screen::draft(self)
    }

    fn is_typing(&self) -> bool {
        Screen::is_typing(self)
    }

    fn help(&self) -> Vec<HelpLine> {
        let typing = S::TYPING.iter().map(|it| HelpLine {
            keys: it.keys,
            help: it.help,
            blocked: None,
            hinted: it.hinted,
        });
        let bound = S::KEYS.iter().map(|it| HelpLine {
            keys: it.keys,
            help: it.help,
            blocked: (it.blocked)(self),
            hinted: it.hinted,
        });
        let moves = S::MOVE.map_or(&[][..], |_| MOVES).iter().map(|it| HelpLine {
            keys: it.keys,
            help: it.help,
            blocked: None,
            hinted: false,
        });
        typing.chain(bound).chain(moves).collect()
    }
}
