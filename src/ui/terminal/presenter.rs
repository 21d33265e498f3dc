//! A ratatui backend that sends as few bytes as it can: one write per frame, none without a change.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::ascii;
use super::control_bytes::{HIDE_CURSOR, REQUEST_RECEIPT, SHOW_CURSOR};
use super::grid::{Grid, Leftover, displayable, width_of};
use super::motion::Place;
use super::painter::Painter;
use super::scroll;

/// The signs that a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Letters with accents, lines and blocks.
    #[default]
    Unicode,
    /// ASCII only; every other sign is replaced by one of the same width.
    Ascii,
}

/// The cursor as the application wants it.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    shown: bool,
    position: Position,
}

/// Keeps what the terminal shows (`painter`) and what it should show (`next`).
///
/// It takes for granted that the terminal was cleared: cursor at the top left and visible, no
/// attributes. Where that is not so, [`Presenter::invalidate`] makes it so.
pub struct Presenter<W: Write> {
    writer: W,
    glyphs: Glyphs,
    size: Size,
    painter: Painter,
    next: Grid,
    cursor: Cursor,
    /// What the terminal's cursor is, where that is known.
    cursor_shown: Option<bool>,
    is_stale: bool,
    wants_receipt: bool,
    bytes: u64,
    writes: u64,
}

impl<W: Write> Presenter<W> {
    /// A presenter for a cleared terminal of a size in cells.
    pub fn new(writer: W, width: u16, height: u16, glyphs: Glyphs) -> Self {
        Self {
            writer,
            glyphs,
            size: Size::new(width, height),
            painter: Painter::cleared(width, height),
            next: Grid::blank(width, height),
            cursor: Cursor { shown: true, position: Position::ORIGIN },
            cursor_shown: Some(true),
            is_stale: false,
            wants_receipt: false,
            bytes: 0,
            writes: 0,
        }
    }

    /// Takes another size; the next frame paints everything.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
        self.painter = Painter::cleared(width, height);
        self.next = Grid::blank(width, height);
        self.invalidate();
    }

    /// Forgets what the terminal shows; the next frame clears it and paints everything.
    pub const fn invalidate(&mut self) {
        self.is_stale = true;
    }

    /// Chooses the signs for what is drawn from now on; cells already drawn keep theirs.
    pub const fn set_glyphs(&mut self, glyphs: Glyphs) {
        self.glyphs = glyphs;
    }

    /// Lets the next frame that writes something ask the terminal for a receipt.
    pub const fn ask_receipt(&mut self, wanted: bool) {
        self.wants_receipt = wanted;
    }

    /// The size in cells.
    pub const fn area(&self) -> Size {
        self.size
    }

    /// Bytes written so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes so far: one per frame that changed something.
    pub const fn writes(&self) -> u64 {
        self.writes
    }

    /// What receives the bytes.
    pub const fn writer(&self) -> &W {
        &self.writer
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let (x, y) = (usize::from(x), usize::from(y));
        // Ratatui writes behind some wide symbols to clear what a terminal may have left there.
        if x >= self.next.width() || y >= self.next.height() || self.next.is_covered(x, y) {
            return;
        }
        let mut shown = displayable(cell);
        let mut wide = width_of(&shown) == 2;
        if wide && x + 1 == self.next.width() {
            shown.set_symbol(" ");
            wide = false;
        }
        if self.glyphs == Glyphs::Ascii && !shown.symbol().is_ascii() {
            shown.set_symbol(ascii::fold(shown.symbol(), wide));
            self.next.put(x, y, &shown, Leftover::Blank);
            if wide {
                self.next.put(x + 1, y, &shown, Leftover::Blank);
            }
            return;
        }
        self.next.put(x, y, &shown, Leftover::Blank);
    }

    /// Brings the painter's screen to `next`, by the shorter of two ways.
    fn compose(&mut self) {
        if self.is_stale {
            self.painter.clear_all();
            self.is_stale = false;
            self.cursor_shown = None;
        }
        let shifted = scroll::find(self.painter.screen(), &self.next).map(|shift| {
            let mut painter = self.painter.clone();
            painter.shift(shift);
            painter.paint(&self.next);
            painter
        });
        self.painter.paint(&self.next);
        if let Some(shifted) = shifted.filter(|it| it.bytes().len() < self.painter.bytes().len()) {
            self.painter = shifted;
        }
        self.compose_cursor();
    }

    fn compose_cursor(&mut self) {
        if self.cursor.shown && self.size.width > 0 && self.size.height > 0 {
            let x = self.cursor.position.x.min(self.size.width - 1);
            let y = self.cursor.position.y.min(self.size.height - 1);
            self.painter.go(Place { x: usize::from(x), y: usize::from(y) });
        }
        if self.cursor_shown != Some(self.cursor.shown) {
            self.painter.say(if self.cursor.shown { SHOW_CURSOR } else { HIDE_CURSOR });
            self.cursor_shown = Some(self.cursor.shown);
        }
    }
}

impl<W: Write> Backend for Presenter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.put(x, y, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.shown = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.shown = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.position = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let width = self.next.width();
        let row = usize::from(self.cursor.position.y) * width;
        let at = row + usize::from(self.cursor.position.x);
        self.next.clear(match clear_type {
            ClearType::All => 0..usize::MAX,
            ClearType::AfterCursor => at..usize::MAX,
            ClearType::BeforeCursor => 0..at + 1,
            ClearType::CurrentLine => row..row + width,
            ClearType::UntilNewLine => at..row + width,
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.compose();
        if self.painter.bytes().is_empty() {
            return Ok(());
        }
        if self.wants_receipt {
            self.painter.say(REQUEST_RECEIPT);
            self.wants_receipt = false;
        }
        let frame = self.painter.take_bytes();
        self.writes += 1;
        self.bytes += frame.len() as u64;
        self.writer.write_all(&frame)?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;

    use super::*;

    fn terminal(glyphs: Glyphs) -> Terminal<Presenter<Vec<u8>>> {
        Terminal::new(Presenter::new(Vec::new(), 10, 2, glyphs)).unwrap()
    }

    fn show(terminal: &mut Terminal<Presenter<Vec<u8>>>, text: &str) -> String {
        let before = terminal.backend().writer().len();
        terminal.draw(|frame| frame.render_widget(text, frame.area())).unwrap();
        String::from_utf8(terminal.backend().writer()[before..].to_vec()).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn a_frame_is_one_write_and_no_frame_is_none() {
        let mut terminal = terminal(Glyphs::Unicode);
        assert_eq!(show(&mut terminal, "bonjour"), "bonjour^[?25l");
        assert_eq!(show(&mut terminal, "bonjour"), "");
        terminal.backend_mut().ask_receipt(true);
        assert_eq!(show(&mut terminal, "bonjour"), "");
        assert_eq!(show(&mut terminal, "bonjour!"), "!^[5n");
        assert_eq!((terminal.backend().writes(), terminal.backend().bytes()), (2, 18));
    }

    #[test]
    fn an_invalid_screen_is_painted_anew() {
        let mut terminal = terminal(Glyphs::Unicode);
        show(&mut terminal, "abc");
        terminal.backend_mut().invalidate();
        assert_eq!(show(&mut terminal, "abc"), "^[m^[H^[2Jabc^[?25l");
        terminal.backend_mut().resize(4, 1);
        assert_eq!(show(&mut terminal, "xyz"), "^[m^[H^[2Jxyz^[?25l");
        terminal.clear().unwrap();
        assert_eq!(show(&mut terminal, "xyz"), "");
    }

    #[test]
    fn ascii_keeps_widths() {
        let mut terminal = terminal(Glyphs::Ascii);
        assert_eq!(show(&mut terminal, "été コ«œ»"), "ete ??\"o\"^[?25l");
    }

    #[test]
    fn nothing_outside_the_screen_and_no_control_character_is_sent() {
        let mut presenter = Presenter::new(Vec::new(), 2, 1, Glyphs::Unicode);
        let (wide, evil) = (Cell::new("コ"), Cell::new("\u{1b}c"));
        presenter.draw([(0, 0, &evil), (1, 0, &wide), (2, 0, &wide), (0, 7, &wide)].into_iter()).unwrap();
        presenter.flush().unwrap();
        assert_eq!(presenter.writer(), b"?\r");
    }
}
