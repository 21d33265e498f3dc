//! The application: a stack of screens that is never empty, a notice, and the keys that work everywhere.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::command::{Command, EntryAim, NoticesAim, Place};
use super::draft::Draft;
use super::frame;
use super::keymap;
use super::screen::{Cx, Reaction, View};
use super::screens::AnyScreen;
use crate::texts::Tone;

/// Below this the terminal is too small to work in.
pub const SMALLEST: Size = Size { width: 60, height: 15 };

/// A key that works on every screen.
pub struct GlobalKey {
    /// Key labels.
    pub keys: &'static str,
    /// Message key of what it does.
    pub help: &'static str,
    /// What it asks.
    pub ask: Global,
}

/// What the keys of every screen ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Global {
    /// Back one level.
    Back,
    /// Back one level, and out from the first.
    Leave,
    /// Out.
    Quit,
    /// The next key says where to.
    Go,
    /// Help.
    Help,
    /// Palette.
    Palette,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Suspend.
    Suspend,
    /// Draw again.
    Repaint,
}

/// The keys of every screen.
pub const GLOBAL: &[GlobalKey] = &[
    GlobalKey { keys: "g", help: "key-go", ask: Global::Go },
    GlobalKey { keys: "?", help: "key-help", ask: Global::Help },
    GlobalKey { keys: ": C-p", help: "key-palette", ask: Global::Palette },
    GlobalKey { keys: "u", help: "key-undo", ask: Global::Undo },
    GlobalKey { keys: "C-r", help: "key-redo", ask: Global::Redo },
    GlobalKey { keys: "Esc", help: "key-back", ask: Global::Back },
    GlobalKey { keys: "q", help: "key-leave", ask: Global::Leave },
    GlobalKey { keys: "C-c", help: "key-quit", ask: Global::Quit },
    GlobalKey { keys: "C-z", help: "key-suspend", ask: Global::Suspend },
    GlobalKey { keys: "C-l", help: "key-repaint", ask: Global::Repaint },
];

/// A place that `g` and a letter, or a digit, go to.
pub struct GoKey {
    /// The letter after `g`.
    pub key: char,
    /// The digit of the screen; it works wherever digits are not typed.
    pub digit: Option<char>,
    /// Message key of the place.
    pub help: &'static str,
    /// The place.
    pub place: Place,
}

/// The places that `g` goes to.
pub const GO: &[GoKey] = &[
    GoKey { key: 't', digit: Some('1'), help: "place-dashboard", place: Place::Dashboard },
    GoKey { key: 's', digit: Some('2'), help: "place-follow-up", place: Place::FollowUp(None) },
    GoKey {
        key: 'e',
        digit: Some('3'),
        help: "place-entry",
        place: Place::Entry(EntryAim { project: None, month: None, lot: None }),
    },
    GoKey { key: 'a', digit: Some('4'), help: "place-alerts", place: Place::Alerts },
    GoKey { key: 'n', digit: None, help: "place-notices", place: Place::Notices(NoticesAim::All) },
    GoKey { key: 'y', digit: None, help: "place-synthesis", place: Place::Synthesis(None) },
    GoKey { key: 'v', digit: None, help: "place-sign-off", place: Place::SignOff(None, None) },
    GoKey { key: 'r', digit: None, help: "place-registers", place: Place::Registers },
    GoKey { key: 'c', digit: None, help: "place-conflicts", place: Place::Conflicts },
    GoKey { key: 'i', digit: None, help: "place-import", place: Place::Import },
    GoKey { key: 'x', digit: Some('0'), help: "place-exchange", place: Place::Exchange },
];

/// A sentence in the last line but one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// What it means.
    pub tone: Tone,
}

/// The application's own state.
pub struct App {
    below: Vec<AnyScreen>,
    screen: AnyScreen,
    /// What is said to the user until the next key.
    pub notice: Option<Notice>,
    /// `g` was pressed: the next key says where to.
    pub going: bool,
    /// The size of the terminal.
    pub size: Size,
}

impl App {
    /// Begins with one screen.
    pub const fn new(screen: AnyScreen, size: Size) -> Self {
        Self { below: Vec::new(), screen, notice: None, going: false, size }
    }

    /// Returns the screen on top.
    pub const fn screen(&self) -> &AnyScreen {
        &self.screen
    }

    /// Returns the screen on top, to change it.
    pub const fn screen_mut(&mut self) -> &mut AnyScreen {
        &mut self.screen
    }

    /// Returns every open screen, the one on top last.
    pub fn screens_mut(&mut self) -> impl Iterator<Item = &mut AnyScreen> {
        self.below.iter_mut().chain(std::iter::once(&mut self.screen))
    }

    /// Returns what is typed and not saved on the topmost screen that holds such a thing.
    pub fn draft(&self) -> Option<Draft> {
        let mut from_top = std::iter::once(&self.screen).chain(self.below.iter().rev());
        from_top.find_map(|it| it.view().draft())
    }

    /// Returns the screen below the one on top.
    pub fn below(&self) -> Option<&AnyScreen> {
        self.below.last()
    }

    /// Opens a screen over the present one.
    pub fn push(&mut self, screen: AnyScreen) {
        self.below.push(std::mem::replace(&mut self.screen, screen));
    }

    /// Puts a screen in place of the one on top.
    pub fn replace(&mut self, screen: AnyScreen) {
        self.screen = screen;
    }

    /// Puts a screen in place of all.
    pub fn switch(&mut self, screen: AnyScreen) {
        self.below.clear();
        self.screen = screen;
    }

    /// Goes back one level. Returns whether there was one.
    pub fn pop(&mut self) -> bool {
        match self.below.pop() {
            Some(below) => {
                self.screen = below;
                true
            }
            None => false,
        }
    }

    /// Deals with a key press: the place after `g`, the screen's field and table, then the keys of every screen.
    pub fn key(&mut self, key: KeyEvent) -> Option<Command> {
        self.notice = None;
        if std::mem::take(&mut self.going)
            && let Some(found) = GO.iter().find(|it| keymap::names(it.key.encode_utf8(&mut [0; 4]), key))
        {
            return Some(Command::Switch(found.place.clone()));
        }
        match self.screen.view_mut().key(key) {
            Reaction::Done(command) => command,
            Reaction::Blocked(reason) => Some(Command::Say(reason)),
            Reaction::Unknown => self.global(key),
            Reaction::First(first) => Some(match self.global(key) {
                Some(then) => Command::Both(Box::new(first), Box::new(then)),
                None => first,
            }),
        }
    }

    fn global(&mut self, key: KeyEvent) -> Option<Command> {
        let digit =
            |it: &&GoKey| it.digit.is_some_and(|digit| keymap::names(digit.encode_utf8(&mut [0; 4]), key));
        if let Some(found) = GO.iter().find(digit) {
            return Some(Command::Switch(found.place.clone()));
        }
        let found = GLOBAL.iter().find(|it| keymap::names(it.keys, key))?;
        Some(match found.ask {
            Global::Leave if self.below.is_empty() => Command::Quit,
            Global::Back | Global::Leave => Command::Back,
            Global::Quit => Command::Quit,
            Global::Go => {
                self.going = true;
                return None;
            }
            Global::Help => Command::Open(Place::Help),
            Global::Palette => Command::Open(Place::Palette),
            Global::Undo => Command::Undo,
            Global::Redo => Command::Redo,
            Global::Suspend => Command::Suspend,
            Global::Repaint => Command::Repaint,
        })
    }

    /// Takes a pasted text; what is no field of text ignores it.
    pub fn paste(&mut self, text: &str) -> Option<Command> {
        self.notice = None;
        self.screen.view_mut().paste(text)
    }

    /// Brings every visible screen in line with the size.
    pub fn settle(&mut self, cx: &Cx<'_>) {
        let size = frame::body(self.size).as_size();
        let room = self.room(frame::body(self.size)).as_size();
        let own = self.screen.view().floating(size);
        let floats = |it: &&mut AnyScreen| it.view().floating(size).is_some();
        if let Some(full) = self.below.iter_mut().rev().find(|it| !floats(it)).filter(|_| own.is_some()) {
            full.view_mut().settle(room, cx);
        }
        self.screen.view_mut().settle(own.unwrap_or(size), cx);
    }

    /// Draws the application.
    pub fn draw(&self, frame: &mut Frame<'_>, cx: &Cx<'_>) {
        let area = frame.area();
        if area.width < SMALLEST.width || area.height < SMALLEST.height {
            frame::too_small(frame, cx);
            return;
        }
        frame::header(frame, &self.breadcrumb(cx), &self.full().aside(cx), cx);
        let body = frame::body(Size { width: area.width, height: area.height });
        let room = self.room(body);
        self.full().draw(frame, room, cx);
        let top = self.screen.view();
        if let Some(size) = top.floating(body.as_size()) {
            let inner = if top.is_band() {
                frame::band(frame, Rect { y: room.bottom(), height: body.height - room.height, ..body }, cx)
            } else {
                frame::float(frame, body, size, &top.title(cx), cx)
            };
            top.draw(frame, inner, cx);
        }
        frame::footer(frame, self, cx);
    }

    /// Returns what of the body is left to the screen that fills the window: a band on top takes its rows.
    fn room(&self, body: Rect) -> Rect {
        let top = self.screen.view();
        let band = top.floating(body.as_size()).filter(|_| top.is_band());
        let height = body.height.saturating_sub(band.map_or(0, |it| it.height));
        Rect { height, ..body }
    }

    /// Returns the screen that fills the window, to change it.
    pub fn full_mut(&mut self) -> &mut AnyScreen {
        let size = self.size;
        if self.screen.view().floating(size).is_none() {
            return &mut self.screen;
        }
        let full = self.below.iter_mut().rev().find(|it| it.view().floating(size).is_none());
        full.unwrap_or(&mut self.screen)
    }

    /// Returns the screen that fills the window.
    fn full(&self) -> &dyn View {
        let floats = |it: &&AnyScreen| it.view().floating(self.size).is_none();
        let all = std::iter::once(&self.screen).chain(self.below.iter().rev());
        all.into_iter().find(floats).unwrap_or(&self.screen).view()
    }

    fn breadcrumb(&self, cx: &Cx<'_>) -> Vec<String> {
        let all = self.below.iter().chain(std::iter::once(&self.screen)).map(AnyScreen::view);
        all.filter(|it| it.floating(self.size).is_none()).map(|it| it.title(cx)).collect()
    }
}
