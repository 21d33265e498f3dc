//! The synthesis table of a project: every site and lot with three months side by side.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::texts::Tone;
use crate::ui::command::{Command, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};
use crate::ui::theme;
use crate::ui::widgets::cells::{self, Align, Column};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// Rows above the list: the project, a blank, the titles.
const HEAD_ROWS: u16 = 3;
/// Rows below the list: a blank and the totals.
const FOOT_ROWS: u16 = 3;
/// Cells between columns.
const GAP: u16 = 2;

/// What is asked for: a project and a month.
pub type Wanted = (Option<Id<Project>>, Option<Month>);

/// One lot, cell by cell in the order of [`COLUMNS`].
pub struct Row {
    /// The lot.
    pub lot: Id<Lot>,
    /// Text and tone of each cell.
    pub cells: Vec<(String, Tone)>,
}

/// What the table shows.
#[derive(Default)]
pub struct Content {
    /// The project in sight, and its place among all.
    pub project: Option<Id<Project>>,
    /// Its name.
    pub name: String,
    /// Every project, in order.
    pub projects: Vec<Id<Project>>,
    /// The month M.
    pub month: Option<Month>,
    /// The last month that can be looked at.
    pub last: Option<Month>,
    /// Lots.
    pub rows: Vec<Row>,
    /// Whether a site has several lots.
    pub has_lots: bool,
    /// The line of totals.
    pub totals: String,
}

/// A column: message key of its title, least and most width, alignment, group. Group 0 always stays.
pub struct Heading {
    key: &'static str,
    least: u16,
    most: u16,
    align: Align,
    group: u8,
}

const fn text(key: &'static str, least: u16, most: u16, group: u8) -> Heading {
    Heading { key, least, most, align: Align::Left, group }
}

const fn number(key: &'static str, width: u16, group: u8) -> Heading {
    Heading { key, least: width, most: width, align: Align::Right, group }
}

/// The column of the site's name.
const SITE: usize = 2;
/// The column that is left out where every site has one lot.
const LOT: usize = 3;
/// The last group of columns.
const GROUPS: u8 = 4;

/// The columns, as the unit's workbook has them.
pub const COLUMNS: [Heading; 17] = [
    number("synthesis-number", 3, 0),
    text("column-code", 8, 12, 0),
    text("column-site", 14, 28, 0),
    text("column-lot", 10, 20, 1),
    text("column-contractor", 16, 30, 1),
    text("column-start", 7, 7, 1),
    number("column-duration", 5, 1),
    number("column-m2", 6, 2),
    number("column-m1", 6, 2),
    number("column-m", 6, 2),
    number("synthesis-progress", 8, 2),
    number("column-normal", 6, 3),
    number("synthesis-rate", 7, 3),
    number("column-delay", 7, 3),
    text("column-status", 15, 15, 3),
    text("column-cycle", 18, 20, 4),
    text("synthesis-observation", 20, 200, 4),
];

/// The synthesis table.
pub struct Synthesis {
    content: Content,
    wanted: Wanted,
    /// The first group of columns after those that stay; none is chosen yet.
    group: Option<u8>,
    columns: Vec<(usize, Column)>,
    /// The width of the widest cell of each column.
    widths: [u16; COLUMNS.len()],
    is_whole: bool,
    cursor: Cursor,
    height: usize,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// The month before.
    Before,
    /// The month after.
    After,
    /// Columns at the left.
    Left,
    /// Columns at the right.
    Right,
    /// The next project.
    Project,
    /// The card of the selected lot.
    Open,
}

impl Synthesis {
    /// Shows a project, before it is read.
    pub fn new(project: Option<Id<Project>>) -> Self {
        Self {
            content: Content::default(),
            wanted: (project, None),
            group: None,
            columns: Vec::new(),
            widths: [0; COLUMNS.len()],
            is_whole: false,
            cursor: Cursor::default(),
            height: 0,
        }
    }

    /// Returns what is asked for, when it is not what is shown.
    pub fn lacks(&self) -> Option<Wanted> {
        let shown = (self.content.project, self.content.month);
        (self.content.month.is_none() || shown != self.wanted).then_some(self.wanted)
    }

    /// Returns what is asked for.
    pub const fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Shows what was read.
    pub fn show(&mut self, content: Content) {
        self.wanted = (content.project, content.month);
        self.content = content;
        self.widths = std::array::from_fn(|at| {
            let cells = self.content.rows.iter().filter_map(|it| it.cells.get(at));
            let widest = cells.map(|(text, _)| text.width()).max().unwrap_or(0);
            u16::try_from(widest).unwrap_or(u16::MAX)
        });
        self.cursor.settle(self.content.rows.len(), self.height);
    }

    fn step_month(&mut self, by: i32) {
        let last = self.content.last;
        self.wanted.1 =
            self.content.month.map(|it| it.plus(by)).map(|it| last.map_or(it, |last| it.min(last)));
    }

    fn step_project(&mut self) {
        let projects = &self.content.projects;
        let at = projects.iter().position(|it| Some(*it) == self.content.project);
        self.wanted.0 = at.and_then(|it| projects.get((it + 1) % projects.len())).copied();
        self.cursor = Cursor::default();
    }

    fn is_last_month(&self) -> Option<&'static str> {
        (self.content.month >= self.content.last).then_some("synthesis-last-month")
    }

    fn has_one_project(&self) -> Option<&'static str> {
        (self.content.projects.len() < 2).then_some("synthesis-one-project")
    }

    fn is_first_group(&self) -> Option<&'static str> {
        self.group.is_none_or(|it| it <= 1).then_some("synthesis-no-more")
    }

    fn is_last_group(&self) -> Option<&'static str> {
        let reached = self.columns.last().is_some_and(|(at, _)| *at + 1 == COLUMNS.len());
        (self.is_whole || reached).then_some("synthesis-no-more")
    }

    /// Chooses the columns that fit, from the first group on, and shares the room that is left among texts.
    fn lay_out(&mut self, width: u16, cx: &Cx<'_>) {
        let wanted = |at: usize| at != LOT || self.content.has_lots;
        // No column is wider than its title and what stands in it.
        let bounds: [(u16, u16); COLUMNS.len()] = std::array::from_fn(|at| {
            let heading = &COLUMNS[at];
            let title = u16::try_from(cx.texts.text(heading.key).width()).unwrap_or(0);
            let most = heading.most.min(self.widths[at].max(title));
            (heading.least.min(most), most)
        });
        let all: u16 = (0..COLUMNS.len()).filter(|it| wanted(*it)).map(|it| bounds[it].0 + GAP).sum();
        self.is_whole = all <= width + GAP;
        // A narrow window opens on the figures.
        let group = if self.is_whole { 1 } else { *self.group.get_or_insert(2) };
        let shown = (0..COLUMNS.len())
            .filter(|it| wanted(*it) && (COLUMNS[*it].group == 0 || COLUMNS[*it].group >= group));
        let mut used = 0;
        let fitting: Vec<usize> = shown
            .take_while(|it| {
                used += bounds[*it].0 + GAP;
                used <= width + GAP
            })
            .collect();
        let least: u16 = fitting.iter().map(|it| bounds[*it].0 + GAP).sum();
        let mut spare = (width + GAP).saturating_sub(least);
        let mut x = 0;
        self.columns = fitting
            .into_iter()
            .map(|at| {
                let (least, most) = bounds[at];
                let more = spare.min(most - least);
                spare -= more;
                let column = Column { x, width: least + more, align: COLUMNS[at].align };
                x += column.width + GAP;
                (at, column)
            })
            .collect();
    }
}

impl Screen for Synthesis {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Open, "key-open").hinted(),
        Binding::new("Right l", Msg::Right, "key-synthesis-right").hinted().unless(Self::is_last_group),
        Binding::new("Left h", Msg::Left, "key-synthesis-left").unless(Self::is_first_group),
        Binding::new("<", Msg::Before, "key-synthesis-before").hinted(),
        Binding::new(">", Msg::After, "key-synthesis-after").hinted().unless(Self::is_last_month),
        Binding::new("p", Msg::Project, "key-synthesis-project").hinted().unless(Self::has_one_project),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-synthesis")
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        self.content.month.map(|it| cx.texts.month(it)).unwrap_or_default()
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => self.cursor.go(nav, self.content.rows.len()),
            Msg::Before => self.step_month(-1),
            Msg::After => self.step_month(1),
            Msg::Left => self.group = self.group.map(|it| it.saturating_sub(1).max(1)),
            Msg::Right => self.group = self.group.map(|it| (it + 1).min(GROUPS)),
            Msg::Project => self.step_project(),
            Msg::Open => {
                let row = self.content.rows.get(self.cursor.selected)?;
                return Some(Command::Open(Place::Card(row.lot)));
            }
        }
        None
    }

    fn settle(&mut self, size: Size, cx: &Cx<'_>) {
        self.lay_out(size.width.saturating_sub(4), cx);
        self.height = usize::from(size.height.saturating_sub(HEAD_ROWS + FOOT_ROWS));
        self.cursor.settle(self.content.rows.len(), self.height);
    }

    // PACS · mars 2026
    //
    //    n°  Code      Site                  M-2     M-1       M  Du mois  Normal …
    // ►   1  CSI-01    CSI de Ngoulémé     10,00   11,00   12,50     1,50    5,00
    //
    //   24 sites · avancement 47,30 % · bon 12 · problématique 3 · critique 2
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let buffer = frame.buffer_mut();
        cells::line(buffer, room, &self.content.name, cx.theme.tone(Tone::Strong));
        let quiet = cx.theme.tone(Tone::Quiet);
        for (at, column) in &self.columns {
            cells::put(buffer, cells::row(room, 2), *column, &cx.texts.text(COLUMNS[*at].key), quiet);
        }
        if self.content.rows.is_empty() {
            cells::line(buffer, cells::row(room, HEAD_ROWS), &cx.texts.text("status-empty"), quiet);
        }
        let (list, len) = (cells::below(room, HEAD_ROWS), self.content.rows.len());
        for (index, row) in self.cursor.rows(list, len) {
            self.draw_row(buffer, row, index, cx);
        }
        let foot = cells::below(room, area.height.saturating_sub(FOOT_ROWS - 1));
        cells::paragraph(buffer, foot, &self.content.totals, cx.theme.tone(Tone::Strong));
        if let Some(y) = self.cursor.marked(list, len) {
            cells::mark(frame, (area.x, y));
        }
    }
}

impl Synthesis {
    fn draw_row(&self, buffer: &mut Buffer, row: Rect, index: usize, cx: &Cx<'_>) {
        let Some(shown) = self.content.rows.get(index) else { return };
        let names_lot = self.columns.iter().any(|(at, _)| *at == LOT);
        for (at, column) in &self.columns {
            let Some((text, tone)) = shown.cells.get(*at) else { continue };
            let style = cx.theme.tone(*tone);
            // Below the row of a site its other lots are named, when their own column is out of sight.
            match shown.cells.get(LOT) {
                Some((lot, _)) if *at == SITE && text.is_empty() && !names_lot => {
                    cells::put(buffer, row, *column, &format!("{} {lot}", theme::BRANCH), style);
                }
                _ => cells::put(buffer, row, *column, text, style),
            }
        }
    }
}
