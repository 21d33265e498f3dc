//! The monthly grid: one row a lot, one figure a row, saved at each Enter.

mod draw;
mod moves;
mod typing;

use std::collections::HashMap;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::actions::entry_sheet::{Sheet, SheetRow, Visa};
use crate::actions::lot_card::LotCard;
use crate::actions::record_entry::{Recorded, Trial, Tried, Typed};
use crate::model::id::Id;
use crate::model::sign_off::SignLevel;
use crate::model::site::Lot;
use crate::ui::command::{Command, Place};
use crate::ui::draft::{Draft, LotText};
use crate::ui::keymap::{Binding, Typing};
use crate::ui::screen::{Capture, Cx, Screen};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// The monthly grid.
pub struct Entry {
    sheet: Sheet,
    /// Other projects, for going from one to the next.
    projects: Vec<Id<crate::model::organisation::Project>>,
    /// Places of the rows that are shown.
    shown: Vec<usize>,
    missing_only: bool,
    cursor: Cursor,
    typed: String,
    trial: Option<Trial>,
    tried: Option<Tried>,
    /// What was typed and refused, by lot.
    refused: HashMap<Id<Lot>, String>,
    /// A pasted column that waits for Enter: values from the selected row on.
    pasted: Vec<String>,
    pane: Option<Pane>,
    /// What is saved next is left upwards.
    upwards: bool,
    /// Lots saved since the hands last rested: the points that their month brought are shown at the next rest.
    fresh: Vec<Id<Lot>>,
    /// Figures that were there, and that are expected, when the hands last rested.
    counted: (usize, usize),
    size: Size,
}

/// What stands beside the grid about the selected lot.
pub struct Pane {
    /// The card.
    pub card: LotCard,
    /// Who wrote the figure last, and when, as people read it.
    pub author: String,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Save what is typed and go on.
    Commit,
    /// The same as last month.
    Same,
    /// Sans objet.
    NotApplicable,
    /// Write the observation.
    Observe,
    /// Take the observation of last month.
    Ditto,
    /// The next figure that is missing.
    NextMissing,
    /// The one before.
    PreviousMissing,
    /// Only what is missing, or all.
    MissingOnly,
    /// The month before.
    Earlier,
    /// The month after.
    Later,
    /// The next project.
    NextProject,
    /// The project before.
    PreviousProject,
    /// The card.
    Card,
    /// The trail.
    Trail,
    /// Decide.
    Decide,
    /// Who vouches for the month.
    SignOff,
}

impl Msg {
    /// Tells whether it opens something over the grid, or another grid.
    const fn leads_away(self) -> bool {
        matches!(
            self,
            Self::Observe
                | Self::Earlier
                | Self::Later
                | Self::NextProject
                | Self::PreviousProject
                | Self::Card
                | Self::Trail
                | Self::Decide
                | Self::SignOff
        )
    }
}

impl Entry {
    /// Shows a grid with `lot` selected, or the first figure that is missing.
    pub fn new(
        sheet: Sheet,
        projects: Vec<Id<crate::model::organisation::Project>>,
        lot: Option<Id<Lot>>,
    ) -> Self {
        let sheet_counted = sheet.completeness();
        let mut entry = Self {
            sheet,
            projects,
            shown: Vec::new(),
            missing_only: false,
            cursor: Cursor::default(),
            typed: String::new(),
            trial: None,
            tried: None,
            refused: HashMap::new(),
            pasted: Vec::new(),
            pane: None,
            upwards: false,
            fresh: Vec::new(),
            counted: sheet_counted,
            size: Size::default(),
        };
        entry.arrange();
        let wanted = entry.sheet.rows.iter().position(|it| Some(it.lot) == lot);
        let first = entry.sheet.rows.iter().position(SheetRow::is_missing);
        entry.cursor.selected = wanted.or(first).unwrap_or(0);
        entry
    }

    /// Takes the same grid, read again.
    pub fn show(&mut self, sheet: Sheet) {
        let lot = self.selected().map(|it| it.lot);
        self.sheet = sheet;
        self.trial = None;
        self.arrange();
        if !self.typed.is_empty() {
            self.hold_typed(lot);
        }
        self.select(lot);
        self.pane = None;
    }

    /// Returns the project and month.
    pub const fn aim(&self) -> (Id<crate::model::organisation::Project>, crate::model::month::Month) {
        (self.sheet.project, self.sheet.month)
    }

    /// What is typed stays with its lot: a row that others have filled in is shown again, and what belongs to a row that
    /// is gone is kept for it, not typed into another one.
    fn hold_typed(&mut self, lot: Option<Id<Lot>>) {
        let Some(lot) = lot else { return };
        if self.sheet.rows.iter().all(|it| it.lot != lot) {
            self.refused.insert(lot, std::mem::take(&mut self.typed));
            self.tried = None;
        } else if self.shown.iter().all(|it| self.sheet.rows[*it].lot != lot) {
            self.missing_only = false;
            self.arrange();
        }
    }

    /// Takes up what was typed and not saved. Returns whether there is a row for all of it.
    pub fn take_up(&mut self, mut texts: Vec<LotText>) -> bool {
        if texts.iter().any(|text| self.sheet.rows.iter().all(|it| it.lot != text.lot)) {
            return false;
        }
        if let Some(last) = texts.pop() {
            self.select(Some(last.lot));
            self.typed = last.text;
        }
        self.refused = texts.into_iter().map(|it| (it.lot, it.text)).collect();
        true
    }

    /// The figure was refused: its text stays in its row, and the next figure goes into the next row, so that what is
    /// typed blindly stays in its place.
    pub fn refused(&mut self) {
        let text = std::mem::take(&mut self.typed);
        self.tried = None;
        if let Some(lot) = self.selected().map(|it| it.lot) {
            self.refused.insert(lot, text);
        }
        self.advance();
    }

    /// The figure was recorded.
    pub fn recorded(&mut self, lot: Id<Lot>, recorded: &Recorded) {
        self.refused.remove(&lot);
        self.fresh.push(lot);
        if let Some(row) = self.sheet.rows.iter_mut().find(|it| it.lot == lot) {
            row.report = recorded.report;
            row.not_applicable = recorded.new.not_applicable;
        }
        if self.selected().is_some_and(|it| it.lot == lot) {
            self.typed.clear();
            self.tried = None;
            self.trial = None;
            // An observation alone leaves the figure to be typed: the row is not done.
            if !self.selected().is_some_and(SheetRow::is_missing) {
                self.advance();
            }
        }
    }

    /// Returns the selected row.
    pub fn selected(&self) -> Option<&SheetRow> {
        self.sheet.rows.get(*self.shown.get(self.cursor.selected)?)
    }

    /// Returns the lot of which typing needs the figures.
    pub fn trial_wanted(&self) -> Option<Id<Lot>> {
        let lot = self.selected()?.lot;
        let known = self.trial.as_ref().is_some_and(|it| it.lot() == lot);
        (!self.typed.is_empty() && !known).then_some(lot)
    }

    /// Takes in the figures of the lot that is typed.
    pub fn prepare(&mut self, trial: Trial) {
        self.trial = Some(trial);
    }

    /// Returns the lot about which the pane is to be read.
    pub fn pane_wanted(&self) -> Option<Id<Lot>> {
        let lot = self.selected()?.lot;
        self.pane.as_ref().is_none_or(|it| it.card.lot.id != lot).then_some(lot)
    }

    /// The hands rest: what follows from what is typed is worked out and counted. While they type, only what they
    /// type crosses the line.
    pub fn rest(&mut self) {
        self.try_out();
        self.counted = self.sheet.completeness();
        self.fresh.clear();
    }

    /// Takes in what stands beside the grid.
    pub fn show_pane(&mut self, pane: Pane) {
        self.pane = Some(pane);
    }
}

impl Screen for Entry {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Commit, "key-commit").hinted(),
        Binding::new("=", Msg::Same, "key-same").hinted().unless(nothing),
        Binding::new("n", Msg::NextMissing, "key-next-missing").hinted(),
        Binding::new("o", Msg::Observe, "key-observe").hinted().unless(nothing),
        Binding::new("<", Msg::Earlier, "key-earlier").hinted(),
        Binding::new(">", Msg::Later, "key-later"),
        Binding::new("p", Msg::NextProject, "key-next-project").hinted(),
        Binding::new("P", Msg::PreviousProject, "key-previous-project"),
        Binding::new("-", Msg::NotApplicable, "key-not-applicable").unless(nothing),
        Binding::new("\"", Msg::Ditto, "key-ditto").unless(nothing),
        Binding::new("N", Msg::PreviousMissing, "key-previous-missing"),
        Binding::new("m", Msg::MissingOnly, "key-missing-only"),
        Binding::new("i Right l", Msg::Card, "key-card").unless(nothing),
        Binding::new("t", Msg::Trail, "key-trail").unless(nothing),
        Binding::new("d", Msg::Decide, "key-decide").unless(nothing),
        Binding::new("v", Msg::SignOff, "key-sign-off"),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);
    const TYPING: &'static [Typing] =
        &[Typing::new("12,5 12.5", "key-type-figure"), Typing::new("+3,5", "key-type-more")];

    fn title(&self, cx: &Cx<'_>) -> String {
        format!("{} · {}", cx.texts.text("place-entry"), self.sheet.project_name)
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        let (entered, expected) = self.counted;
        let mut aside = format!("{} · {entered}/{expected}", cx.texts.month(self.sheet.month));
        let mark = match (self.sheet.locked, self.sheet.due <= cx.today && entered < expected) {
            (true, _) => Some("entry-locked"),
            (false, true) => Some("entry-late"),
            (false, false) => None,
        };
        let visa = self.sheet.visa.map(|it| match it {
            Visa::Signed(SignLevel::Checked) => "visa-mark-checked",
            Visa::Signed(SignLevel::Approved) => "visa-mark-approved",
            Visa::Signed(SignLevel::Seen) => "visa-mark-seen",
            Visa::Changed => "visa-mark-changed",
        });
        for key in mark.into_iter().chain(visa) {
            aside.push_str(&format!(" · {}", cx.texts.text(key)));
        }
        aside
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => {
                self.cursor.go(nav, self.shown.len());
                None
            }
            Msg::Commit => self.commit(),
            Msg::Same => self.recording(Typed::Same),
            Msg::NotApplicable => self.recording(Typed::NotApplicable),
            Msg::Observe => self.of_selected(|it| Place::Observation(it, self.sheet.month)),
            Msg::Ditto => self.ditto(),
            Msg::NextMissing => self.step_missing(false),
            Msg::PreviousMissing => self.step_missing(true),
            Msg::MissingOnly => {
                let lot = self.selected().map(|it| it.lot);
                self.missing_only = !self.missing_only;
                self.arrange();
                self.select(lot);
                None
            }
            Msg::Earlier => Some(self.open(-1)),
            Msg::Later => Some(self.open(1)),
            Msg::NextProject => self.next_project(false),
            Msg::PreviousProject => self.next_project(true),
            Msg::Card => self.of_selected(Place::Card),
            Msg::Trail => self.of_selected(|it| Place::Trail(it, Some(self.sheet.month))),
            Msg::Decide => self.of_selected(Place::Decide),
            Msg::SignOff => {
                Some(Command::Open(Place::SignOff(Some(self.sheet.project), Some(self.sheet.month))))
            }
        }
    }

    fn capture(&mut self, key: KeyEvent) -> Capture {
        self.type_key(key)
    }

    fn paste(&mut self, text: &str) -> Option<Command> {
        self.take_paste(text)
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        self.size = size;
        self.cursor.settle(self.shown.len(), usize::from(draw::grid_rows(size)));
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        draw::draw(self, frame, area, cx);
    }

    fn draft(&self) -> Option<Draft> {
        let mut texts: Vec<LotText> =
            self.refused.iter().map(|(lot, text)| LotText { lot: *lot, text: text.clone() }).collect();
        texts.sort_by_key(|it| it.lot);
        if let Some(row) = self.selected().filter(|_| !self.typed.is_empty()) {
            texts.retain(|it| it.lot != row.lot);
            texts.push(LotText { lot: row.lot, text: self.typed.clone() });
        }
        (!texts.is_empty()).then_some(Draft::Figures { month: self.sheet.month, texts })
    }
}

const fn nothing(entry: &Entry) -> Option<&'static str> {
    if entry.shown.is_empty() { Some("entry-no-row") } else { None }
}
