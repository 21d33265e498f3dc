//! Draws the import.

use std::fmt::Display;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::preview::Preview;
use super::{Asking, Import, Typed};
use crate::import::Unit;
use crate::texts::{Texts, Tone};
use crate::ui::command::Workbook;
use crate::ui::screen::Cx;
use crate::ui::widgets::cells::{self, Align, Column};

/// How far the text stands in; the marker stands at the left of it.
const MARGIN: u16 = 2;
/// Width of the labels at the left.
const LABEL: u16 = 12;
/// Rows above the list while the path is typed: blanks, the file, the sentence below it.
const PATH_ROWS: u16 = 7;
/// Rows above the preview: a blank, the file, two of what it brings, a blank.
const BRINGS_ROWS: u16 = 5;
/// Rows of an answer that is typed: itself, what is wrong with it, a blank.
const ASKING_ROWS: u16 = 3;
/// Rows below the list: a blank, the last line.
const FOOT_ROWS: u16 = 2;
/// Rows of the sentence below the path.
const SENTENCE_ROWS: u16 = 3;

impl Import {
    pub(super) fn arrange(&mut self, size: Size, cx: &Cx<'_>) {
        let height = size.height.saturating_sub(self.head_rows() + FOOT_ROWS);
        self.path.settle(height);
        if let Some(preview) = &mut self.preview {
            preview.settle(size.width.saturating_sub(2 * MARGIN), height, cx.texts);
        }
        if let Some(asking) = &mut self.asking {
            asking.answer.settle(height);
        }
    }

    /// Returns how many rows stand above the list.
    const fn head_rows(&self) -> u16 {
        if self.preview.is_none() {
            return PATH_ROWS;
        }
        let workbook = &self.workbook;
        let told = workbook.unit.is_some()
            || workbook.year.is_some()
            || workbook.project.is_some()
            || workbook.duration_months.is_some();
        let answers = if told { 1 } else { 0 };
        BRINGS_ROWS + answers + if self.asking.is_some() { ASKING_ROWS } else { 0 }
    }

    // The path:
    //
    //   Fichier    /home/awa/Documents/
    //
    //   Tab complète le chemin …
    //
    //   2025/
    // ► suivi-sites.xlsx
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, MARGIN);
        label(frame, cells::row(room, 1), "import-file", cx);
        let field = valued(cells::row(room, 1));
        let style = if self.preview.is_none() { cx.theme.typed() } else { cx.theme.tone(Tone::Strong) };
        let at = self.path.line.draw(frame.buffer_mut(), field, style);
        if let Some(preview) = &self.preview {
            self.paint_preview(frame, area, preview, cx);
            return;
        }
        frame.set_cursor_position(at);
        let (text, tone) = match (&self.waiting, &self.problem) {
            (Some(workbook), _) => {
                (cx.texts.fill("import-reading", &[("file", &name(workbook))]), Tone::Strong)
            }
            (None, Some(problem)) => (cx.texts.problem(problem), Tone::Problem),
            (None, None) => (cx.texts.text("import-path-how"), Tone::Quiet),
        };
        let sentence =
            Rect { height: SENTENCE_ROWS.min(room.height.saturating_sub(3)), ..cells::below(room, 3) };
        cells::paragraph(frame.buffer_mut(), sentence, &text, cx.theme.tone(tone));
        self.path.draw(frame, self.list(room), area.x, cx);
    }

    // The preview:
    //
    //   Fichier    /home/awa/Documents/suivi-sites.xlsx
    //   Valeurs    144 nouvelles · 3 refusées
    //   Autour     12 sites nouveaux · 1 projet · 8 entreprises
    //   Réponses   1 vaut 1 % · durée 12 mois
    //
    // ► Valeurs refusées (3)
    //     CSI Massangui!B17 : …
    //
    //   Entrée importe tout en une fois …
    fn paint_preview(&self, frame: &mut Frame<'_>, area: Rect, preview: &Preview, cx: &Cx<'_>) {
        let room = cells::inset(area, MARGIN);
        for (at, key, parts) in [
            (2, "import-values-label", values(preview, cx.texts)),
            (3, "import-names-label", names(preview, cx.texts)),
            (4, "import-answers-label", self.answers(cx.texts)),
        ] {
            if !parts.is_empty() {
                label(frame, cells::row(room, at), key, cx);
                let row = valued(cells::row(room, at));
                cells::line(frame.buffer_mut(), row, &parts.join(" · "), cx.theme.tone(Tone::Plain));
            }
        }
        let foot = cells::row(room, room.height.saturating_sub(1));
        let (text, tone) = self.foot(preview, cx.texts);
        cells::line(frame.buffer_mut(), foot, &text, cx.theme.tone(tone));
        match &self.asking {
            Some(asking) if asking.what == Typed::Project => {
                let at = paint_asking(frame, cells::below(room, self.head_rows() - ASKING_ROWS), asking, cx);
                frame.set_cursor_position(at);
                asking.answer.draw(frame, self.list(room), area.x, cx);
            }
            Some(asking) => {
                preview.draw(frame, self.list(room), area.x, cx);
                let at = paint_asking(frame, cells::below(room, self.head_rows() - ASKING_ROWS), asking, cx);
                frame.set_cursor_position(at);
            }
            None => preview.draw(frame, self.list(room), area.x, cx),
        }
    }

    fn list(&self, room: Rect) -> Rect {
        let below = cells::below(room, self.head_rows());
        Rect { height: below.height.saturating_sub(FOOT_ROWS), ..below }
    }

    fn answers(&self, texts: &Texts) -> Vec<String> {
        let workbook = &self.workbook;
        let mut said = Vec::new();
        match workbook.unit {
            Some(Unit::Percent) => said.push(texts.text("import-said-percent")),
            Some(Unit::Fraction) => said.push(texts.text("import-said-fraction")),
            None => {}
        }
        let mut say = |key: &str, name: &str, value: Option<&dyn Display>| {
            said.extend(value.map(|it| texts.fill(key, &[(name, it)])));
        };
        let year = workbook.year.map(|it| it.to_string());
        say("import-said-year", "year", year.as_ref().map(|it| it as &dyn Display));
        say("import-said-project", "project", workbook.project.as_ref().map(|it| it as &dyn Display));
        say("import-said-duration", "months", workbook.duration_months.as_ref().map(|it| it as &dyn Display));
        said
    }

    fn foot(&self, preview: &Preview, texts: &Texts) -> (String, Tone) {
        if self.asking.is_some() {
            return (texts.text("import-foot-answer"), Tone::Quiet);
        }
        if !preview.questions.is_empty() {
            let count = preview.questions.len();
            return (texts.fill("import-foot-questions", &[("count", &count)]), Tone::Problem);
        }
        let key = if preview.changes_nothing { "import-nothing-new" } else { "import-foot-accept" };
        (texts.text(key), Tone::Good)
    }
}

/// Draws the answer that is typed; returns where the cursor stands.
fn paint_asking(frame: &mut Frame<'_>, room: Rect, asking: &Asking, cx: &Cx<'_>) -> (u16, u16) {
    let row = cells::row(room, 0);
    let question = cx.texts.text(match asking.what {
        Typed::Year => "import-type-year",
        Typed::Project => "import-type-project",
        Typed::Duration => "import-type-duration",
    });
    let used = u16::try_from(question.chars().count()).unwrap_or(0);
    cells::line(frame.buffer_mut(), row, &question, cx.theme.accent());
    let field = Rect { x: row.x + used + 1, width: row.width.saturating_sub(used + 1), ..row };
    // The names of projects take the place of the preview, and of the question in it.
    let why = Some("import-screen-project").filter(|_| asking.what == Typed::Project);
    if let Some(key) = asking.refused.or(why) {
        let tone = if asking.refused.is_some() { Tone::Problem } else { Tone::Quiet };
        cells::line(frame.buffer_mut(), cells::row(room, 1), &cx.texts.text(key), cx.theme.tone(tone));
    }
    asking.answer.line.draw(frame.buffer_mut(), field, cx.theme.typed())
}

fn name(workbook: &Workbook) -> String {
    workbook.path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

fn values(preview: &Preview, texts: &Texts) -> Vec<String> {
    let keys = ["import-count-new", "import-count-changed", "import-count-identical", "import-count-refused"];
    counted(&keys, preview.values, "import-count-none", texts)
}

fn names(preview: &Preview, texts: &Texts) -> Vec<String> {
    let keys =
        ["import-count-sites", "import-count-described", "import-count-projects", "import-count-firms"];
    counted(&keys, preview.names, "import-count-nothing", texts)
}

/// Says what there is of each; where there is nothing at all, that.
fn counted(keys: &[&str; 4], counts: [usize; 4], none: &str, texts: &Texts) -> Vec<String> {
    let some = keys.iter().zip(counts).filter(|(_, count)| *count > 0);
    let said: Vec<String> = some.map(|(key, count)| texts.fill(key, &[("count", &count)])).collect();
    if said.is_empty() { vec![texts.text(none)] } else { said }
}

fn label(frame: &mut Frame<'_>, row: Rect, key: &str, cx: &Cx<'_>) {
    let column = Column { x: 0, width: LABEL - 1, align: Align::Left };
    cells::put(frame.buffer_mut(), row, column, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
}

/// Returns what of a row stands beside the label.
fn valued(row: Rect) -> Rect {
    Rect { x: row.x + LABEL, width: row.width.saturating_sub(LABEL), ..row }
}
