//! The registers: projects, sites, contractors and contacts, with what is still to complete in them.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::texts::Tone;
use crate::ui::command::{Archived, Command, FormAim, Place};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::cursor::{Cursor, Nav};
use crate::ui::widgets::filter::{Filter, holds};

/// Columns of every register; one without width is not there.
pub const COLUMNS: usize = 6;
/// Rows above the list: a blank, the registers, a blank, the titles.
const HEAD_ROWS: u16 = 4;
/// Rows below the list: a blank and the filter.
const FOOT_ROWS: u16 = 2;

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Projects and their clients.
    Projects,
    /// Sites.
    Sites,
    /// Contractors.
    Contractors,
    /// Contacts.
    Contacts,
}

impl Register {
    /// Every register, in the order of the keys that step through them.
    pub const ALL: [Self; 4] = [Self::Projects, Self::Sites, Self::Contractors, Self::Contacts];

    const fn key(self) -> &'static str {
        match self {
            Self::Projects => "register-projects",
            Self::Sites => "register-sites",
            Self::Contractors => "register-contractors",
            Self::Contacts => "register-contacts",
        }
    }

    /// Returns the message key of each title and what its column asks for.
    const fn columns(self) -> [(&'static str, Wish); COLUMNS] {
        const NONE: (&str, Wish) = ("", Wish::fixed(0, Align::Left));
        const EMAIL: (&str, Wish) = ("column-email", Wish::text(20, 34));
        const PHONE: (&str, Wish) = ("column-phone", Wish::text(12, 20).yielding(2));
        const LOTS: (&str, Wish) = ("register-lots", Wish::fixed(4, Align::Right));
        const PROJECT: (&str, Wish) = ("column-project", Wish::text(10, 26).yielding(1));
        match self {
            Self::Projects => [
                ("column-project", Wish::text(16, 34)),
                ("column-client", Wish::text(16, 34).yielding(1)),
                EMAIL,
                ("register-sites", Wish::fixed(5, Align::Right)),
                ("register-due", Wish::fixed(9, Align::Right)),
                NONE,
            ],
            Self::Sites => [
                ("column-code", Wish::text(9, 14)),
                ("column-site", Wish::text(14, 40)),
                PROJECT,
                ("column-start", Wish::fixed(10, Align::Left)),
                ("column-duration", Wish::fixed(11, Align::Right)),
                LOTS,
            ],
            Self::Contractors => [
                ("column-contractor", Wish::text(18, 44)),
                EMAIL,
                PHONE,
                LOTS,
                ("register-alerts", Wish::fixed(7, Align::Right)),
                NONE,
            ],
            Self::Contacts => [
                ("column-name", Wish::text(14, 36)),
                ("column-post", Wish::text(18, 22)),
                PROJECT,
                EMAIL,
                PHONE,
                NONE,
            ],
        }
    }
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text of the data.
    Text(String),
    /// A message key.
    Key(String),
    /// A number; none is a dash.
    Count(usize),
    /// How many of how many.
    Share(usize, usize),
    /// Something that should be there: message key.
    Missing(&'static str),
}

/// One line of a register.
#[derive(Clone, Debug)]
pub struct Row {
    /// The form that changes it.
    pub aim: FormAim,
    /// What it archives.
    pub what: Archived,
    /// The project that it is or belongs to.
    pub project: Option<Id<Project>>,
    /// What it shows.
    pub cells: Vec<Cell>,
    /// What it is found by, folded.
    pub folded: String,
}

/// The registers.
pub struct Registers {
    rows: [Vec<Row>; 4],
    at: usize,
    cursors: [Cursor; 4],
    filter: Filter,
    /// Rows of the register that the filter lets through.
    matched: Vec<usize>,
    /// The row to select once the list is known.
    wanted: Option<FormAim>,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// The next register.
    Next,
    /// The register before.
    Previous,
    /// Change the selected line.
    Edit,
    /// Add a line.
    Add,
    /// Archive the selected line.
    Archive,
    /// Type a filter.
    Filter,
    /// Change the organisation.
    Organisation,
}

fn no_row(screen: &Registers) -> Option<&'static str> {
    screen.row().is_none().then_some("register-no-row")
}

impl Registers {
    /// Shows the registers.
    pub fn new(rows: [Vec<Row>; 4]) -> Self {
        let (filter, cursors) = (Filter::default(), [Cursor::default(); 4]);
        Self { rows, at: 0, cursors, filter, matched: Vec::new(), wanted: None }
    }

    /// Shows other lines; the selected one stays selected.
    pub fn show(&mut self, rows: [Vec<Row>; 4]) {
        self.wanted = self.wanted.or_else(|| self.row().map(|it| it.aim));
        self.rows = rows;
    }

    /// Selects the line that a form changes.
    pub fn select(&mut self, aim: FormAim) {
        let holds = |rows: &Vec<Row>| rows.iter().any(|it| it.aim == aim);
        if let Some(at) = self.rows.iter().position(holds) {
            self.at = at;
            self.filter.clear();
            self.wanted = Some(aim);
        }
    }

    fn row(&self) -> Option<&Row> {
        let at = *self.matched.get(self.cursors[self.at].selected)?;
        self.rows[self.at].get(at)
    }

    fn step(&mut self, by: usize) {
        self.at = (self.at + by) % Register::ALL.len();
        self.filter.clear();
        self.wanted = None;
    }

    fn add(&self) -> FormAim {
        match Register::ALL[self.at] {
            Register::Projects => FormAim::AddProject,
            Register::Sites => FormAim::AddSite(self.row().and_then(|it| it.project)),
            Register::Contractors => FormAim::AddContractor,
            Register::Contacts => FormAim::AddContact,
        }
    }
}

impl Screen for Registers {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter e", Msg::Edit, "key-register-edit").hinted().unless(no_row),
        Binding::new("a", Msg::Add, "key-register-add").hinted(),
        Binding::new("D", Msg::Archive, "key-register-archive").hinted().unless(no_row),
        Binding::new("Tab Right l", Msg::Next, "key-register-next").hinted(),
        Binding::new("BackTab Left h", Msg::Previous, "key-register-previous"),
        Binding::new("/", Msg::Filter, "key-register-filter").hinted(),
        Binding::new("o", Msg::Organisation, "key-register-organisation"),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] = &[Typing::new("Esc", "key-register-unfilter")];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-registers")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        let form = |aim| Some(Command::Open(Place::Form(aim)));
        match msg {
            Msg::Go(nav) => self.cursors[self.at].go(nav, self.matched.len()),
            Msg::Next => self.step(1),
            Msg::Previous => self.step(Register::ALL.len() - 1),
            Msg::Filter => self.filter.begin(),
            Msg::Edit => return form(self.row()?.aim),
            Msg::Add => return form(self.add()),
            Msg::Organisation => return form(FormAim::Organisation),
            Msg::Archive => return Some(Command::Archive(self.row()?.what)),
        }
        None
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        if self.filter.key(key) { Capture::Taken } else { Capture::Passed }
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.filter.paste(text);
        None
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        let words = self.filter.words();
        let rows = &self.rows[self.at];
        self.matched = (0..rows.len()).filter(|it| holds(&rows[*it].folded, &words)).collect();
        let cursor = &mut self.cursors[self.at];
        if let Some(aim) = self.wanted.take()
            && let Some(place) = self.matched.iter().position(|it| rows[*it].aim == aim)
        {
            cursor.selected = place;
        }
        let height = usize::from(size.height.saturating_sub(HEAD_ROWS + FOOT_ROWS));
        cursor.settle(self.matched.len(), height);
    }

    //   [Projets 3]   Sites 24   Entreprises 12   Responsables 5
    //
    //   Projet            Maître d’ouvrage   Courriel         Sites   Relevés
    // ► PACS              Ministère          manque              12     12/15
    //
    //   /minis
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let buffer = frame.buffer_mut();
        self.tabs(buffer, cells::row(room, 1), cx);
        let register = Register::ALL[self.at];
        let columns = cells::share(&register.columns().map(|(_, wish)| wish), room.width, 2);
        for ((title, _), column) in register.columns().iter().zip(columns) {
            if !title.is_empty() {
                let style = cx.theme.tone(Tone::Quiet);
                cells::put(buffer, cells::row(room, HEAD_ROWS - 1), column, &cx.texts.text(title), style);
            }
        }
        let (list, len) = (cells::below(room, HEAD_ROWS), self.matched.len());
        let cursor = &self.cursors[self.at];
        for (place, row) in cursor.rows(list, len) {
            draw_row(buffer, row, &columns, &self.rows[self.at][self.matched[place]], cx);
        }
        if self.matched.is_empty() {
            let key = if self.filter.is_empty() { "register-empty" } else { "register-none-found" };
            cells::line(buffer, cells::row(room, HEAD_ROWS), &cx.texts.text(key), cx.theme.tone(Tone::Plain));
        }
        if let Some(y) = cursor.marked(list, len) {
            cells::mark(frame, (area.x, y));
        }
        if self.filter.is_shown() {
            self.filter.draw(frame, cells::row(room, area.height.saturating_sub(1)), cx);
        }
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }
}

impl Registers {
    fn tabs(&self, buffer: &mut Buffer, row: Rect, cx: &Cx<'_>) {
        let names: Vec<String> = (0..)
            .zip(Register::ALL)
            .map(|(at, it): (usize, Register)| format!("{} {}", cx.texts.text(it.key()), self.rows[at].len()))
            .collect();
        let widest: usize = names.iter().map(|it| it.chars().count() + 4).sum();
        let gap = if widest > usize::from(row.width) { 1 } else { 2 };
        let mut x = 0;
        for (at, name) in names.into_iter().enumerate() {
            // Brackets, so that no colour is needed; the others keep their room.
            let (text, tone) =
                if at == self.at { (format!("[{name}]"), Tone::Strong) } else { (name, Tone::Plain) };
            let inset = u16::from(at != self.at);
            let width = u16::try_from(text.chars().count()).unwrap_or(0);
            let column = Column { x: x + inset, width, align: Align::Left };
            cells::put(buffer, row, column, &text, cx.theme.tone(tone));
            x += width + 2 * inset + gap;
        }
    }
}

fn draw_row(buffer: &mut Buffer, row: Rect, columns: &[Column], it: &Row, cx: &Cx<'_>) {
    for (column, cell) in columns.iter().zip(&it.cells) {
        let (text, tone) = match cell {
            Cell::Text(text) => (text.clone(), Tone::Plain),
            Cell::Key(key) => (cx.texts.text(key), Tone::Plain),
            Cell::Count(0) | Cell::Share(_, 0) => ("–".to_owned(), Tone::Plain),
            Cell::Count(count) => (count.to_string(), Tone::Plain),
            Cell::Share(some, all) if some < all => (format!("{some}/{all}"), Tone::Problem),
            Cell::Share(some, all) => (format!("{some}/{all}"), Tone::Plain),
            Cell::Missing(key) => (cx.texts.text(key), Tone::Problem),
        };
        cells::put(buffer, row, *column, &text, cx.theme.tone(tone));
    }
}
