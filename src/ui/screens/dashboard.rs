//! The portfolio at a glance: what is to be done today, who is in trouble, month by month.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthStr;

use crate::actions::overview::{Awaited, HEAT_MONTHS, HeatRow, Overview};
use crate::model::id::Id;
use crate::rules::Status;
use crate::texts::Tone;
use crate::texts::fit::{lot_within, shortened};
use crate::ui::command::{Command, EntryAim, NoticesAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// How many projects that await figures are named one by one.
const AWAITED_MAX: usize = 3;
/// Longer codes are cut.
const CODE_WIDTH_MAX: u16 = 14;
/// Rows above the list: a blank, the figures, a blank.
const HEAD_ROWS: u16 = 3;

/// The portfolio at a glance.
pub struct Dashboard {
    /// The figures.
    pub overview: Overview,
    /// When the newest verified copy was made, as people read it.
    pub backup: Option<String>,
    /// When something was last written, as people read it.
    pub saved: String,
    todo: Vec<Todo>,
    heat: usize,
    cursor: Cursor,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Todo {
    /// Withdrawals to pronounce.
    Pronounce(usize),
    /// Figures that a project awaits.
    Awaited(usize),
    /// Figures that more projects await.
    MoreAwaited(usize),
    /// Alerts: warnings of withdrawal, critical, problematic.
    Alerts([usize; 3]),
    /// Notices that did not go.
    Stuck(usize),
    /// Notices to approve.
    Notices(usize),
    /// Months to vouch for, by level.
    SignOff([usize; 3]),
    /// Values of which two versions compete.
    Contested(usize),
    /// Lots without duration.
    Complete(usize),
    /// Nothing at all.
    Nothing,
    /// The figures of a large portfolio are being read.
    Reading,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Move.
    Go(Nav),
    /// Go where the selected line leads.
    Open,
    /// Save a copy.
    Backup,
}

impl Dashboard {
    /// Shows figures.
    pub fn new(overview: Overview, saved: String, backup: Option<String>) -> Self {
        let todo = todo(&overview);
        Self { overview, backup, saved, todo, heat: 0, cursor: Cursor::default() }
    }

    /// Shows other figures; the selection stays where it is.
    pub fn show(&mut self, overview: Overview, saved: String, backup: Option<String>) {
        self.todo = todo(&overview);
        (self.overview, self.saved, self.backup) = (overview, saved, backup);
    }

    fn len(&self) -> usize {
        self.todo.len() + self.heat
    }

    fn open(&self) -> Option<Command> {
        if let Some(row) = self.cursor.selected.checked_sub(self.todo.len()) {
            let row = self.overview.heat.get(row)?;
            return Some(Command::Open(Place::Card(Id::from_bytes(row.lot))));
        }
        let awaited = |it: &Awaited| EntryAim {
            project: Some(Id::from_bytes(it.project)),
            month: Some(it.month),
            lot: None,
        };
        Some(Command::Open(match self.todo.get(self.cursor.selected)? {
            Todo::Pronounce(_) | Todo::Alerts(_) => Place::Alerts,
            Todo::Awaited(at) => Place::Entry(awaited(self.overview.awaited.get(*at)?)),
            Todo::MoreAwaited(_) => Place::Entry(EntryAim::default()),
            Todo::Stuck(_) | Todo::Notices(_) => Place::Notices(NoticesAim::All),
            Todo::SignOff(_) => {
                let first = self.overview.to_sign.first;
                Place::SignOff(first.map(|it| Id::from_bytes(it.0)), first.map(|it| it.1))
            }
            Todo::Contested(_) => Place::Conflicts,
            Todo::Complete(_) => {
                let list = Command::Open(Place::ToComplete);
                return Some(Command::Both(Box::new(list), Box::new(Command::Say("todo-complete-how"))));
            }
            Todo::Nothing | Todo::Reading => Place::FollowUp(None),
        }))
    }
}

/// Lists what is to be done, most urgent first.
fn todo(overview: &Overview) -> Vec<Todo> {
    let [_, problematic, critical, warned, withdrawn] = overview.alerts;
    let mut todo = Vec::new();
    if withdrawn > 0 {
        todo.push(Todo::Pronounce(withdrawn));
    }
    let named = overview.awaited.len().min(AWAITED_MAX);
    todo.extend((0..named).map(Todo::Awaited));
    if overview.awaited.len() > named {
        todo.push(Todo::MoreAwaited(overview.awaited.len() - named));
    }
    if problematic + critical + warned > 0 {
        todo.push(Todo::Alerts([warned, critical, problematic]));
    }
    if overview.stuck > 0 {
        todo.push(Todo::Stuck(overview.stuck));
    }
    if overview.drafts > 0 {
        todo.push(Todo::Notices(overview.drafts));
    }
    if overview.to_sign.levels.iter().any(|it| *it > 0) {
        todo.push(Todo::SignOff(overview.to_sign.levels));
    }
    if overview.contested > 0 {
        todo.push(Todo::Contested(overview.contested));
    }
    if overview.to_complete > 0 {
        todo.push(Todo::Complete(overview.to_complete));
    }
    if overview.month.is_none() {
        todo.push(Todo::Reading);
    } else if todo.is_empty() {
        todo.push(Todo::Nothing);
    }
    todo
}

impl Screen for Dashboard {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter Right l", Msg::Open, "key-open").hinted(),
        Binding::new("b", Msg::Backup, "key-backup"),
    ];
    const MOVE: Option<fn(Nav) -> Msg> = Some(Msg::Go);

    fn title(&self, cx: &Cx<'_>) -> String {
        if self.overview.organisation.is_empty() {
            return cx.texts.text("place-dashboard");
        }
        self.overview.organisation.clone()
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        cx.texts.date(cx.today)
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Go(nav) => {
                let len = self.len();
                self.cursor.go(nav, len);
                None
            }
            Msg::Open => self.open(),
            Msg::Backup => Some(Command::Backup),
        }
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        // Above the map: two titles, two blanks; below it: a blank and the last line.
        let others = HEAD_ROWS + u16::try_from(self.todo.len()).unwrap_or(0) + 5;
        self.heat = usize::from(size.height.saturating_sub(others)).min(self.overview.heat.len());
        let len = self.len();
        self.cursor.settle(len, len);
    }

    // Organisation                                               6 avril 2026
    //
    //   24 sites   22 lots actifs   avancement 47,3 %   délai 61,0 %   écart -13,7
    //
    //   À faire
    // ► 3 démobilisations à prononcer
    //   PACS : 3 relevés de mars sur 15 manquent, attendus avant le 05/04/2026
    //
    //   Sites en difficulté                                 a m j j a s o n d j f m
    //   CSI-02    CSI de Ngoulémé                  2,50 %   B B P C C · B B P C C C
    //
    //   Enregistré le 06/04 à 17:52   Copie de sûreté : aucune
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, 2);
        let buffer = frame.buffer_mut();
        if self.overview.month.is_none() {
            let line = cells::row(room, 1);
            cells::line(buffer, line, &cx.texts.text("todo-reading"), cx.theme.tone(Tone::Quiet));
            return;
        }
        figures(buffer, cells::row(room, 1), &self.overview, cx);
        let mut at = HEAD_ROWS;
        cells::line(
            buffer,
            cells::row(room, at),
            &cx.texts.text("dashboard-todo"),
            cx.theme.tone(Tone::Strong),
        );
        let mut selected = None;
        for (index, todo) in self.todo.iter().enumerate() {
            at += 1;
            if index == self.cursor.selected {
                selected = Some(at);
            }
            self.draw_todo(buffer, cells::row(room, at), todo, cx);
        }
        at += 2;
        heat_title(buffer, cells::row(room, at), &self.overview, cx);
        for (index, row) in self.overview.heat.iter().take(self.heat).enumerate() {
            at += 1;
            if index + self.todo.len() == self.cursor.selected {
                selected = Some(at);
            }
            heat_row(buffer, cells::row(room, at), row, &self.overview, cx);
        }
        let last = cells::row(room, area.height.saturating_sub(1));
        cells::line(buffer, last, &self.last_line(cx), cx.theme.tone(Tone::Quiet));
        if let Some(at) = selected {
            cells::mark(frame, (area.x, area.y + at));
        }
    }
}

impl Dashboard {
    fn draw_todo(&self, buffer: &mut Buffer, row: Rect, todo: &Todo, cx: &Cx<'_>) {
        let count = |key: &str, count: &usize| cx.texts.fill(key, &[("count", count)]);
        let (text, tone) = match todo {
            Todo::Pronounce(it) => (count("todo-pronounce", it), Tone::Critical),
            Todo::Awaited(at) => {
                if let Some(awaited) = self.overview.awaited.get(*at) {
                    draw_awaited(buffer, row, awaited, cx);
                }
                return;
            }
            Todo::MoreAwaited(it) => (count("todo-more-awaited", it), Tone::Plain),
            Todo::Alerts([warned, critical, problematic]) => {
                let parts =
                    [("todo-warned", warned), ("todo-critical", critical), ("todo-problematic", problematic)];
                let named = parts.iter().filter(|(_, it)| **it > 0).map(|(key, it)| count(key, it));
                (capitalised(&named.collect::<Vec<_>>().join(", ")), Tone::Plain)
            }
            Todo::Stuck(it) => (count("todo-stuck", it), Tone::Problem),
            Todo::Notices(it) => (count("todo-notices", it), Tone::Plain),
            Todo::SignOff([checked, approved, seen]) => {
                let parts =
                    [("todo-to-check", checked), ("todo-to-approve", approved), ("todo-to-see", seen)];
                let named = parts.iter().filter(|(_, it)| **it > 0).map(|(key, it)| count(key, it));
                (capitalised(&named.collect::<Vec<_>>().join(", ")), Tone::Plain)
            }
            Todo::Contested(it) => (count("todo-contested", it), Tone::Problem),
            Todo::Complete(it) => (count("todo-complete", it), Tone::Plain),
            Todo::Nothing => (cx.texts.text("todo-nothing"), Tone::Good),
            Todo::Reading => (cx.texts.text("todo-reading"), Tone::Quiet),
        };
        cells::line(buffer, row, &text, cx.theme.tone(tone));
    }

    fn last_line(&self, cx: &Cx<'_>) -> String {
        let backup = self.backup.clone().unwrap_or_else(|| cx.texts.text("backup-no"));
        cx.texts.fill("dashboard-saved", &[("saved", &self.saved), ("backup", &backup)])
    }
}

/// Begins a line with a capital, as the lines around it do.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A project that awaits figures: its name gives way, what is missing never does.
fn draw_awaited(buffer: &mut Buffer, row: Rect, it: &Awaited, cx: &Cx<'_>) {
    let late = it.due <= cx.today;
    let missing = it.expected - it.entered;
    let (month, due) = (cx.texts.month(it.month), cx.texts.day(it.due));
    let arguments: [(&str, &dyn std::fmt::Display); 4] =
        [("missing", &missing), ("expected", &it.expected), ("month", &month), ("due", &due)];
    let text = cx.texts.fill(if late { "todo-late" } else { "todo-awaited" }, &arguments);
    let width = u16::try_from(text.width()).unwrap_or(row.width).min(row.width);
    let name = Column { x: 0, width: row.width.saturating_sub(width + 1), align: Align::Left };
    let name_text = shortened(&it.name, usize::from(name.width));
    let x = u16::try_from(name_text.width()).unwrap_or(0) + 1;
    let style = cx.theme.tone(if late { Tone::Problem } else { Tone::Plain });
    cells::put(buffer, row, name, &name_text, style);
    cells::put(
        buffer,
        row,
        Column { x, width: row.width.saturating_sub(x), align: Align::Left },
        &text,
        style,
    );
}

/// The figures of the whole portfolio, each with its word, evenly apart.
fn figures(buffer: &mut Buffer, row: Rect, overview: &Overview, cx: &Cx<'_>) {
    let percent =
        |it: Option<i64>| it.map_or_else(|| "–".to_owned(), |it| format!("{}\u{a0}%", cx.texts.tenths(it)));
    let drift = overview.drift.map_or_else(|| "–".to_owned(), |it| cx.texts.tenths(it));
    let counted = |key: &str, count: usize| (cx.texts.fill(key, &[("count", &count)]), count.to_string());
    let named = [
        ("figure-progress", percent(overview.progress)),
        ("figure-time", percent(overview.time_consumed)),
        ("figure-drift", drift),
    ]
    .map(|(key, value)| (cx.texts.text(key), value));
    let counts = [counted("figure-sites", overview.sites), counted("figure-active", overview.active)];
    let pairs: Vec<(String, String)> = counts.into_iter().chain(named).collect();
    let used: usize = pairs.iter().map(|(label, value)| label.width() + value.width() + 1).sum();
    let gap = (usize::from(row.width).saturating_sub(used) / (pairs.len() - 1)).clamp(1, 6);
    let mut x = 0;
    for (label, value) in &pairs {
        for (text, tone) in [(value, Tone::Strong), (label, Tone::Plain)] {
            let width = u16::try_from(text.width()).unwrap_or(0);
            cells::put(buffer, row, Column { x, width, align: Align::Left }, text, cx.theme.tone(tone));
            x += width + 1;
        }
        x += u16::try_from(gap).unwrap_or(1).saturating_sub(1);
    }
}

fn heat_columns(width: u16, overview: &Overview) -> [Column; 4] {
    let code = overview.heat.iter().map(|it| it.code.width()).max().unwrap_or(0);
    let code = u16::try_from(code).unwrap_or(CODE_WIDTH_MAX).clamp(4, CODE_WIDTH_MAX);
    let months = u16::try_from(HEAT_MONTHS * 2 - 1).unwrap_or(23);
    let wishes = [
        Wish::fixed(code, Align::Left),
        Wish::text(16, 44),
        Wish::fixed(8, Align::Right),
        Wish::fixed(months, Align::Left),
    ];
    cells::share(&wishes, width, 2)
}

fn heat_title(buffer: &mut Buffer, row: Rect, overview: &Overview, cx: &Cx<'_>) {
    let trouble = overview.heat.first().is_some_and(|it| it.alert.is_some());
    let key = if trouble { "dashboard-trouble" } else { "dashboard-sites" };
    cells::line(buffer, row, &cx.texts.text(key), cx.theme.tone(Tone::Strong));
    let Some(last) = overview.month else { return };
    let [_, _, rate, months] = heat_columns(row.width, overview);
    if overview.heat.iter().any(|it| it.rate.is_some()) {
        cells::put(buffer, row, rate, "R %", cx.theme.tone(Tone::Quiet));
    }
    let initials: Vec<String> = (0..HEAT_MONTHS)
        .rev()
        .map(|back| {
            let month = last.plus(-i32::try_from(back).unwrap_or(0));
            cx.texts.text(&format!("month-{}", month.number())).chars().take(1).collect()
        })
        .collect();
    cells::put(buffer, row, months, &initials.join(" "), cx.theme.tone(Tone::Quiet));
}

fn heat_row(buffer: &mut Buffer, row: Rect, heat: &HeatRow, overview: &Overview, cx: &Cx<'_>) {
    let [code, name, rate, months] = heat_columns(row.width, overview);
    let plain = cx.theme.tone(Tone::Plain);
    cells::put(buffer, row, code, &heat.code, plain);
    let place = lot_within(&heat.name, &heat.lot_name, usize::from(name.width));
    cells::put(buffer, row, name, &place, plain);
    if let Some(it) = heat.rate {
        cells::put(buffer, row, rate, &cx.texts.tenths(it), plain);
    }
    for (at, status) in (0_u16..).zip(&heat.months) {
        if *status == Status::HorsSuivi {
            continue;
        }
        let letter = cx.texts.status_letter(*status);
        let column = Column { x: months.x + at * 2, width: 1, align: Align::Left };
        cells::put(buffer, row, column, &letter, cx.theme.status(*status));
    }
}
