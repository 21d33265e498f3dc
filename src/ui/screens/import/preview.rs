//! What a workbook would bring: questions, refusals, things to look at, every value, in one list to scroll through.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::show;
use crate::texts::{Language, Texts, Tone, fit};
use crate::ui::screen::Cx;
use crate::ui::widgets::cells::{self, Align, Column, Wish};
use crate::ui::widgets::cursor::{Cursor, Nav};

/// The widest that addresses and sites are shown.
const ADDRESS_MAX: usize = 26;
const PLACE_MAX: usize = 34;
/// Width of a figure, and of one that takes the place of another: `100,00 → 100,00`.
const FIGURE: u16 = 6;
const CHANGE: u16 = 15;
/// How far what belongs to a title stands in.
const INDENT: u16 = 2;

/// What a workbook would bring.
#[derive(Debug)]
pub struct Preview {
    /// How many values are new, changed, identical; how many values and rows are refused.
    pub(super) values: [usize; 4],
    /// How many sites are new, sites are described more fully, projects and contractors are new.
    pub(super) names: [usize; 4],
    /// What must be answered first.
    pub(super) questions: Vec<Asked>,
    /// What is said about the file, group by group.
    groups: Vec<Group>,
    /// Whether the base has it all.
    pub(super) changes_nothing: bool,
    lines: Vec<Line>,
    /// The columns of each group of values.
    columns: Vec<[Column; 5]>,
    folded_for: Option<(u16, Language)>,
    cursor: Cursor,
}

/// How a question can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// By one of two keys.
    Unit,
    /// By a year.
    Year,
    /// By a name.
    Project,
    /// In the file.
    File,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// How it can be answered.
    pub answer: Answer,
    /// The question in words.
    pub problem: Problem,
}

/// What belongs together.
#[derive(Debug)]
pub struct Group {
    /// Message key of its title.
    pub title: &'static str,
    /// How much it asks for attention.
    pub tone: Tone,
    /// What belongs to it.
    pub rows: Rows,
}

/// What belongs to a group.
#[derive(Debug)]
pub enum Rows {
    /// Sentences, with the place in the file where there is one.
    Said(Vec<(Option<Spot>, Problem)>),
    /// Values.
    Values(Vec<ValueRow>),
}

/// A place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell, as spreadsheets name it.
    Cell(String),
    /// A row.
    Row(u32),
}

/// A value that the workbook brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    /// Where it stands in the file.
    pub address: String,
    /// Its site, and lot where there are several.
    pub place: String,
    /// Its month.
    pub month: Month,
    /// The figure before, in hundredths.
    pub old: Option<i64>,
    /// The figure, in hundredths, where it is written.
    pub new: Option<i64>,
    /// The observation, where it is written.
    pub observation: String,
}

/// One line of the list.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Text(u16, Tone, String),
    /// Group, and place in it.
    Value(usize, usize),
}

impl Preview {
    /// Begins at the top of what there is.
    pub fn new(
        values: [usize; 4],
        names: [usize; 4],
        questions: Vec<Asked>,
        groups: Vec<Group>,
        changes_nothing: bool,
    ) -> Self {
        let groups = groups.into_iter().filter(|it| it.rows.len() > 0).collect();
        let (lines, columns, folded_for, cursor) = (Vec::new(), Vec::new(), None, Cursor::default());
        Self { values, names, questions, groups, changes_nothing, lines, columns, folded_for, cursor }
    }

    /// Returns the first question.
    pub fn first_question(&self) -> Option<Answer> {
        self.questions.first().map(|it| it.answer)
    }

    /// Tells whether something is asked that is answered in this way.
    pub fn asks(&self, answer: Answer) -> bool {
        self.questions.iter().any(|it| it.answer == answer)
    }

    /// Moves through the list; what is blank is passed over.
    pub fn go(&mut self, nav: Nav) {
        self.cursor.go(nav, self.lines.len());
        let step = if matches!(nav, Nav::Up | Nav::PageUp) { Nav::Up } else { Nav::Down };
        if self.lines.get(self.cursor.selected) == Some(&Line::Blank) {
            self.cursor.go(step, self.lines.len());
        }
    }

    /// Folds what is said to the width, where that or the language changed.
    pub fn settle(&mut self, width: u16, height: u16, texts: &Texts) {
        if self.folded_for != Some((width, texts.language)) {
            self.folded_for = Some((width, texts.language));
            self.lines = self.folded(width, texts);
            self.columns = self.groups.iter().map(|it| columns(&it.rows, width)).collect();
        }
        self.cursor.settle(self.lines.len(), usize::from(height));
    }

    fn folded(&self, width: u16, texts: &Texts) -> Vec<Line> {
        let mut lines = Vec::new();
        for asked in &self.questions {
            push(&mut lines, width, 0, Tone::Problem, &format!("? {}", question(asked, texts)));
            push(&mut lines, width, INDENT, Tone::Strong, &how(asked.answer, texts));
            lines.push(Line::Blank);
        }
        for (index, group) in self.groups.iter().enumerate() {
            let count = group.rows.len();
            lines.push(Line::Text(0, group.tone, texts.fill(group.title, &[("count", &count)])));
            match &group.rows {
                Rows::Values(values) => lines.extend((0..values.len()).map(|it| Line::Value(index, it))),
                Rows::Said(said) => {
                    for (spot, problem) in said {
                        let mut text = texts.problem(problem);
                        if let Some(spot) = spot {
                            text = texts
                                .fill("import-at", &[("place", &spot_text(spot, texts)), ("text", &text)]);
                        }
                        push(&mut lines, width, INDENT, Tone::Plain, &text);
                    }
                }
            }
            lines.push(Line::Blank);
        }
        lines.pop();
        lines
    }

    /// Draws the list with its marker, and the cursor at it.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, margin: u16, cx: &Cx<'_>) {
        let buffer = frame.buffer_mut();
        for (index, row) in self.cursor.rows(area, self.lines.len()) {
            match self.lines.get(index) {
                Some(Line::Text(indent, tone, text)) => {
                    let column =
                        Column { x: *indent, width: area.width.saturating_sub(*indent), align: Align::Left };
                    cells::put(buffer, row, column, text, cx.theme.tone(*tone));
                }
                Some(Line::Value(group, value)) => self.draw_value(buffer, row, (*group, *value), cx),
                Some(Line::Blank) | None => {}
            }
        }
        match self.cursor.marked(area, self.lines.len()) {
            Some(y) => cells::mark(frame, (margin, y)),
            None => frame.set_cursor_position((margin, area.y)),
        }
    }

    // CSI Massangui!B17   CSI-05   septembre 2025   12,50 → 14,00   Effectif réduit
    fn draw_value(&self, buffer: &mut Buffer, row: Rect, (group, value): (usize, usize), cx: &Cx<'_>) {
        let Some(Rows::Values(values)) = self.groups.get(group).map(|it| &it.rows) else { return };
        let (Some(value), Some(columns)) = (values.get(value), self.columns.get(group)) else { return };
        let [address, place, month, change, observation] = *columns;
        let (plain, quiet) = (cx.theme.tone(Tone::Plain), cx.theme.tone(Tone::Quiet));
        cells::put(buffer, row, address, &value.address, quiet);
        cells::put(buffer, row, place, &value.place, plain);
        cells::put(buffer, row, month, &cx.texts.month(value.month), plain);
        cells::put(buffer, row, change, &figures(value, cx.texts), plain);
        cells::put(buffer, row, observation, &value.observation.replace('\n', " "), quiet);
    }
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Self::Said(said) => said.len(),
            Self::Values(values) => values.len(),
        }
    }
}

/// Shares the width by what the values of a group need; the rest is for the observations.
fn columns(rows: &Rows, width: u16) -> [Column; 5] {
    let values = match rows {
        Rows::Values(values) => values.as_slice(),
        Rows::Said(_) => &[],
    };
    let widest = |text: fn(&ValueRow) -> &str, most: usize| {
        let widest = values.iter().map(|it| text(it).width()).max().unwrap_or(0);
        u16::try_from(widest.min(most)).unwrap_or(0).max(1)
    };
    let address = widest(|it| &it.address, ADDRESS_MAX);
    let place = widest(|it| &it.place, PLACE_MAX);
    let figure = if values.iter().any(|it| it.old.is_some()) { CHANGE } else { FIGURE };
    let wishes = [
        Wish::text(address.min(14), address).yielding(2),
        Wish::text(place.min(14), place),
        Wish::fixed(14, Align::Left),
        Wish::fixed(figure, Align::Right),
        Wish::text(10, 72).yielding(1),
    ];
    let mut columns = cells::share(&wishes, width.saturating_sub(INDENT), 2);
    for column in &mut columns {
        column.x += INDENT;
    }
    columns
}

fn spot_text(spot: &Spot, texts: &Texts) -> String {
    match spot {
        Spot::Cell(address) => address.clone(),
        Spot::Row(row) => texts.fill("import-at-row", &[("row", row)]),
    }
}

fn figures(value: &ValueRow, texts: &Texts) -> String {
    let figure = |it: i64| texts.hundredths(Some(it));
    match (value.old, value.new) {
        (Some(old), Some(new)) => format!("{} → {}", figure(old), figure(new)),
        (None, Some(new)) => figure(new),
        (_, None) => String::new(),
    }
}

/// Says a question; the sentences of the reading name the answers of the command line.
fn question(asked: &Asked, texts: &Texts) -> String {
    let key = match asked.answer {
        Answer::Unit => "import-screen-unit",
        Answer::Year => "import-screen-year",
        Answer::Project => "import-screen-project",
        Answer::File => return texts.problem(&asked.problem),
    };
    texts.problem(&Problem { key: key.to_owned(), arguments: asked.problem.arguments.clone() })
}

fn how(answer: Answer, texts: &Texts) -> String {
    texts.text(match answer {
        Answer::Unit => "import-how-unit",
        Answer::Year => "import-how-year",
        Answer::Project => "import-how-project",
        Answer::File => "import-how-file",
    })
}

fn push(lines: &mut Vec<Line>, width: u16, indent: u16, tone: Tone, text: &str) {
    // What goes on below the first line stands in a little more.
    let room = usize::from(width.saturating_sub(indent + INDENT)).max(10);
    for (at, part) in fit::folded(&show(text), room).into_iter().enumerate() {
        let indent = if at == 0 { indent } else { indent + INDENT };
        lines.push(Line::Text(indent, tone, part));
    }
}
