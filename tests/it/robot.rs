//! A robot at the keyboard: keys in, screens and data out, on a database in memory.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chantier::actions::demo;
use chantier::actions::exchange::exchange::Request;
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::month::Month;
use chantier::texts::{Language, Texts};
use chantier::ui::application::Application;
use chantier::ui::fulfil::Effect;
use chantier::ui::keymap;
use chantier::ui::local::Local;
use chantier::ui::theme::{Depth, Scheme, Theme};
use chantier::ui::world::{Desk, World};
use chrono::{DateTime, NaiveDate, Utc};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};

use crate::desk::TODAY;

/// Sixteen colours, as most terminals have at least.
pub const THEME: Theme = Theme { depth: Depth::Sixteen, scheme: Scheme::Terminal, light: false };

/// A robot at the keyboard.
pub struct Robot {
    /// The application.
    pub application: Application,
    terminal: Terminal<TestBackend>,
    /// What the last key asked of the terminal.
    pub effect: Effect,
}

fn instant() -> DateTime<Utc> {
    DateTime::from_timestamp(1_775_484_000, 0).expect("an instant")
}

/// The day of every robot.
pub fn today() -> NaiveDate {
    TODAY.parse().expect("a day")
}

/// Where a robot works: nothing outside `folder`.
pub fn desk(folder: &Path) -> Desk {
    Desk {
        path: folder.join("chantier.db"),
        demonstration: folder.join("demo.db"),
        user: "awa".into(),
        clock: instant,
        today: Some(today()),
        program: PathBuf::from(env!("CARGO_BIN_EXE_chantier")),
        home: Some(folder.to_path_buf()),
        ssh_agent: None,
        exchange: Request { own_name: "portable".into(), ..Request::default() },
    }
}

impl Robot {
    /// Sits down at the demonstration, in French, 80x24.
    pub fn demo() -> Self {
        Self::demo_in(Language::French, 80, 24)
    }

    /// Sits down at the demonstration.
    pub fn demo_in(language: Language, width: u16, height: u16) -> Self {
        let mut session = Session::empty(today()).expect("a database in memory");
        session.user = "awa".into();
        session.now = instant();
        let last_month = Month::of(today()).previous();
        demo::write(&mut session, &Spec { sites: 24, months: 14, seed: 1, last_month }, |_| {})
            .expect("the demonstration");
        Self::at(session, language, width, height)
    }

    /// Sits down at a session.
    pub fn at(session: Session, language: Language, width: u16, height: u16) -> Self {
        let desk = desk(Path::new("/nowhere"));
        let world = World::with(desk, session, false, Texts::new(language), THEME, Local::nowhere());
        Self::in_world(world, width, height)
    }

    /// Sits down in a world.
    pub fn in_world(world: World, width: u16, height: u16) -> Self {
        let application = Application::new(world, Size { width, height }).expect("a first screen");
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
        let mut robot = Self { application, terminal, effect: Effect::Nothing };
        robot.application.warm_up();
        robot.draw();
        robot
    }

    /// Presses keys named as in the key tables, separated by spaces.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for label in keys.split(' ') {
            let (code, modifiers) = keymap::parse(label).unwrap_or_else(|| panic!("no key {label}"));
            self.key(KeyEvent::new(code, modifiers));
        }
        self
    }

    /// Types a text letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let code = if letter == '\n' { KeyCode::Enter } else { KeyCode::Char(letter) };
            self.key(KeyEvent::new(code, KeyModifiers::NONE));
        }
        self
    }

    /// Presses one key.
    pub fn key(&mut self, key: KeyEvent) {
        self.effect = self.application.event(&Event::Key(key));
        self.draw();
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.effect = self.application.event(&Event::Paste(text.to_owned()));
        self.draw();
        self
    }

    /// Rests the hands for a moment.
    pub fn rest(&mut self) -> &mut Self {
        self.application.rest();
        self.draw();
        self
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
        self.application.resize(Size { width, height });
        self.draw();
        self
    }

    fn draw(&mut self) {
        let application = &self.application;
        self.terminal.draw(|frame| application.draw(frame)).expect("memory");
    }

    /// Returns what is drawn, cell by cell.
    pub fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// Returns the text on the screen.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).map(|cells| {
            let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            text.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
    }

    /// Returns the text on the screen with its colours and attributes named where they change.
    pub fn styled(&self) -> String {
        styled(self.buffer())
    }

    /// Asserts that a text is on the screen.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.screen().contains(text), "« {text} » is not on the screen:\n{}", self.screen());
        self
    }

    /// Asserts that a text is not on the screen.
    #[track_caller]
    pub fn misses(&mut self, text: &str) -> &mut Self {
        assert!(!self.screen().contains(text), "« {text} » is on the screen:\n{}", self.screen());
        self
    }
}

/// Returns the text of a buffer with runs of style named, so that colours are part of a snapshot.
pub fn styled(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut last = (Color::Reset, Color::Reset, Modifier::empty());
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let now = (cell.fg, cell.bg, cell.modifier);
            // The style of a blank is seen only where it has a ground, a line or is reversed.
            let seen = cell.symbol() != " "
                || cell.bg != Color::Reset
                || cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
            if seen && now != last {
                last = now;
                let mut name = String::new();
                if now.0 != Color::Reset {
                    let _ = write!(name, "{} ", now.0);
                }
                if now.1 != Color::Reset {
                    let _ = write!(name, "on {} ", now.1);
                }
                if !now.2.is_empty() {
                    let _ = write!(name, "{:?}", now.2);
                }
                let _ = write!(out, "{{{}}}", name.trim());
            }
            out.push_str(cell.symbol());
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}
