//! Writes text into cells, aligned and shortened; columns that give way when the window is narrow.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::model::text::show;
use crate::texts::fit::shortened;
use crate::ui::theme;

/// Where text stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// At the right.
    Right,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// First cell, from the left of the table.
    pub x: u16,
    /// Width; 0 when there is no room for it.
    pub width: u16,
    /// Alignment.
    pub align: Align,
}

/// What a column asks for: least and most width, and how soon it gives way (0 never, then the highest first).
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Least width that makes sense.
    pub least: u16,
    /// Most width that makes sense.
    pub most: u16,
    /// Alignment.
    pub align: Align,
    /// How soon it is left out: 0 never.
    pub yields: u8,
}

impl Wish {
    /// Asks for a fixed width that never gives way.
    pub const fn fixed(width: u16, align: Align) -> Self {
        Self { least: width, most: width, align, yields: 0 }
    }

    /// Asks for text that may be shortened.
    pub const fn text(least: u16, most: u16) -> Self {
        Self { least, most, align: Align::Left, yields: 0 }
    }

    /// May be left out.
    #[must_use]
    pub const fn yielding(mut self, yields: u8) -> Self {
        self.yields = yields;
        self
    }
}

/// Shares `width` among columns with `gap` cells between: those that yield most are left out until the least widths
/// fit, then the columns grow from the left to their most.
pub fn share<const N: usize>(wishes: &[Wish; N], width: u16, gap: u16) -> [Column; N] {
    let mut widths = wishes.map(|it| it.least);
    let total = |widths: &[u16; N]| {
        let shown = widths.iter().filter(|it| **it > 0);
        shown.clone().sum::<u16>() + gap * u16::try_from(shown.count().saturating_sub(1)).unwrap_or(0)
    };
    while total(&widths) > width {
        let yielding = (0..N).filter(|it| widths[*it] > 0 && wishes[*it].yields > 0);
        let Some(first) = yielding.max_by_key(|it| wishes[*it].yields) else { break };
        widths[first] = 0;
    }
    for at in 0..N {
        let spare = width.saturating_sub(total(&widths));
        if widths[at] > 0 {
            widths[at] += spare.min(wishes[at].most.saturating_sub(wishes[at].least));
        }
    }
    let mut x = 0;
    std::array::from_fn(|at| {
        let column = Column { x, width: widths[at], align: wishes[at].align };
        if widths[at] > 0 {
            x += widths[at] + gap;
        }
        column
    })
}

/// Writes text into a column of a row, made safe and shortened to fit.
pub fn put(buffer: &mut Buffer, row: Rect, column: Column, text: &str, style: Style) {
    if column.width == 0 || row.height == 0 || column.x >= row.width || text.is_empty() {
        return;
    }
    let width = column.width.min(row.width - column.x);
    let text = shortened(&show(text), usize::from(width));
    let used = u16::try_from(text.width()).unwrap_or(width);
    let x = match column.align {
        Align::Left => row.x + column.x,
        Align::Right => row.x + column.x + width.saturating_sub(used),
    };
    buffer.set_stringn(x, row.y, text, usize::from(width), style);
}

/// Writes one line of text at the left of a row, made safe and shortened to fit.
pub fn line(buffer: &mut Buffer, row: Rect, text: &str, style: Style) {
    put(buffer, row, Column { x: 0, width: row.width, align: Align::Left }, text, style);
}

/// Marks the selected row, and puts the terminal's cursor there. The mark has no colour: it moves at every key.
pub fn mark(frame: &mut Frame<'_>, at: (u16, u16)) {
    frame.buffer_mut().set_string(at.0, at.1, theme::MARKER, Style::new());
    frame.set_cursor_position(at);
}

/// Returns the row of an area, counted from its top; nothing below its end.
pub fn row(area: Rect, at: u16) -> Rect {
    let height = u16::from(at < area.height);
    Rect { y: area.y.saturating_add(at), height, ..area }
}

/// Returns what of an area begins `at` rows below its top.
pub fn below(area: Rect, at: u16) -> Rect {
    let at = at.min(area.height);
    Rect { y: area.y + at, height: area.height - at, ..area }
}

/// Returns what of a row begins `by` cells from its left.
pub fn rest(row: Rect, by: u16) -> Rect {
    let by = by.min(row.width);
    Rect { x: row.x + by, width: row.width - by, ..row }
}

/// Returns an area without `by` cells at its left and right.
pub fn inset(area: Rect, by: u16) -> Rect {
    let by = by.min(area.width / 2);
    Rect { x: area.x + by, width: area.width - 2 * by, ..area }
}

/// Writes a text folded at spaces. Returns how many rows it took.
pub fn paragraph(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut at = 0;
    for part in text.split('\n') {
        for folded in crate::texts::fit::folded(&show(part), usize::from(area.width).max(1)) {
            if at < area.height {
                line(buffer, row(area, at), &folded, style);
                at += 1;
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_and_grow() {
        let wishes =
            [Wish::fixed(8, Align::Left), Wish::text(10, 30), Wish::fixed(6, Align::Right).yielding(1)];
        assert_eq!(share(&wishes, 60, 2).map(|it| it.width), [8, 30, 6]);
        assert_eq!(share(&wishes, 30, 2).map(|it| it.width), [8, 12, 6]);
        assert_eq!(share(&wishes, 24, 2).map(|it| it.width), [8, 14, 0]);
        assert_eq!(share(&wishes, 3, 2).map(|it| it.x), [0, 10, 22]);
    }

    #[test]
    fn text_never_leaves_its_column() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        let column = Column { x: 2, width: 5, align: Align::Right };
        put(&mut buffer, Rect::new(0, 0, 10, 1), column, "工地工地\u{1b}[31m", Style::new());
        put(&mut buffer, Rect::new(0, 0, 10, 0), column, "x", Style::new());
        put(&mut buffer, Rect::new(0, 0, 1, 1), column, "x", Style::new());
        assert_eq!(
            buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect::<String>(),
            "  工 地 …   "
        );
    }
}
