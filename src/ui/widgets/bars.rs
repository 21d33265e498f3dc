//! Rates and progress as bars, in characters that the fonts of old terminals have.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::rules::{MonthReport, Status};
use crate::ui::theme::{BARS, TREND, Theme};

/// Writes one sign a month, by status. The signs say it all, so that no colour has to cross the line.
pub fn trend(buffer: &mut Buffer, row: Rect, x: u16, months: &[Status]) {
    for (at, status) in (0_u16..).zip(months) {
        let bar = match status {
            Status::Critique => TREND[0],
            Status::Problematique => TREND[1],
            Status::Bon | Status::Acheve => TREND[2],
            Status::NonRenseigne => "·",
            Status::Suspendu | Status::ACompleter | Status::HorsSuivi => " ",
        };
        if x + at < row.width && row.height > 0 {
            buffer.set_string(row.x + x + at, row.y, bar, Style::new());
        }
    }
}

/// Draws the rate reached of each month as a column, with the good and the critical threshold beside it. `step`
/// cells a month; the height of the area is 100 % of the normal rate.
pub fn rates(buffer: &mut Buffer, area: Rect, months: &[MonthReport], step: u16, theme: Theme) {
    let halves = i64::from(area.height) * 2;
    for (at, report) in (0_u16..).zip(months) {
        let x = area.x + at * step;
        if x >= area.right() {
            break;
        }
        let Some(rate) = report.target else { continue };
        let style = theme.tone(crate::texts::tone(report.status));
        let full = (rate.hundredths_floor().clamp(0, 10_000) * halves + 5_000) / 10_000;
        for level in 0..area.height {
            let y = area.bottom() - 1 - level;
            let symbol = match full - i64::from(level) * 2 {
                ..=0 if level == 0 => BARS[0],
                ..=0 => break,
                1 => BARS[1],
                _ => BARS[2],
            };
            buffer.set_string(x, y, symbol, style);
        }
    }
}
