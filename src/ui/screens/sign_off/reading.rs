//! The text of a month, line by line, with its code and what changed since it was signed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::actions::sign_off::board::MonthBoard;
use crate::actions::sign_off::{code, since};
use crate::model::text::show;
use crate::texts::{Tone, fit};
use crate::ui::screen::Cx;
use crate::ui::theme;
use crate::ui::widgets::cells;
use crate::ui::widgets::cursor::Nav;
use crate::ui::widgets::scroll::Scroll;

/// The text of a month.
#[derive(Default)]
pub struct Reading {
    lines: Vec<(String, Tone)>,
    scroll: Scroll,
}

impl Reading {
    /// Moves in the text.
    pub fn go(&mut self, nav: Nav) {
        self.scroll.go(nav, self.lines.len());
    }

    /// Folds the text to a width.
    pub fn settle(&mut self, board: &MonthBoard, changes: Option<&[String]>, room: Rect, cx: &Cx<'_>) {
        let width = usize::from(room.width).max(1);
        let said = said(board, changes, cx);
        let folded = said
            .iter()
            .flat_map(|(text, tone)| fit::folded(&show_kept(text), width).into_iter().map(|it| (it, *tone)));
        self.lines = folded.collect();
        self.scroll.settle(self.lines.len(), usize::from(room.height));
    }

    /// Draws what is in sight; a sign at the right says where there is more.
    pub fn draw(&self, buffer: &mut Buffer, room: Rect, cx: &Cx<'_>) {
        for (at, (text, tone)) in (0..room.height).zip(self.lines.iter().skip(self.scroll.top)) {
            let row = cells::row(room, at);
            let indent = u16::try_from(text.len() - text.trim_start_matches(' ').len()).unwrap_or(0);
            cells::line(buffer, cells::rest(row, indent), text.trim_start_matches(' '), cx.theme.tone(*tone));
        }
        self.scroll.mark(buffer, room, self.lines.len(), cx);
    }
}

/// Makes a line safe and keeps the blanks before it, which say that it belongs to the line above.
fn show_kept(text: &str) -> String {
    let blanks = text.len() - text.trim_start_matches(' ').len();
    format!("{}{}", &text[..blanks], show(text.trim_start_matches(' ')))
}

/// What is signed: its code, what is no longer as it was signed, and the text itself.
fn said(board: &MonthBoard, changes: Option<&[String]>, cx: &Cx<'_>) -> Vec<(String, Tone)> {
    let vouched = &board.vouched;
    let mut said = vec![(cx.texts.fill("visas-text-code", &[("code", &vouched.text.code())]), Tone::Strong)];
    if let Some(signed) = since::outdated(vouched).filter(|_| vouched.is_broken()) {
        let level = cx.texts.visa_level(signed.sign_off.level);
        let code = code::code(&signed.sign_off.hash);
        let places: [(&str, &dyn std::fmt::Display); 3] =
            [("signer", &signed.sign_off.signer), ("level", &level), ("code", &code)];
        let text = cx.texts.fill("visas-text-signed", &places);
        said.push((format!("{} {text}", theme::DIFFERS), Tone::Critical));
        match changes {
            Some([]) => said.push((cx.texts.text("visas-since-unknown"), Tone::Problem)),
            Some(changes) => {
                said.extend(changes.iter().map(|it| (format!("{} {it}", theme::BRANCH), Tone::Problem)));
            }
            None => {}
        }
    }
    said.push((String::new(), Tone::Plain));
    said.extend(vouched.text.text.lines().map(|it| (it.to_owned(), Tone::Plain)));
    said
}
