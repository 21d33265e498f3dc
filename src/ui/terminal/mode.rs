//! Takes the terminal and gives it back, whatever happens in between.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use super::control_bytes::{ENTER, LEAVE};
use super::output::Output;

/// The mode in which the terminal was found, while it is taken.
static FOUND: Mutex<Option<Termios>> = Mutex::new(None);
static PANICS: Once = Once::new();

fn found() -> MutexGuard<'static, Option<Termios>> {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: no echo, every key at once, the other screen, cleared.
///
/// Keys typed before are kept. If any thread panics, the terminal is given back before the report.
pub fn enter() -> io::Result<()> {
    PANICS.call_once(give_back_before_panics);
    {
        let mut found = found();
        let before = tcgetattr(stdin())?;
        let mut raw = before.clone();
        raw.make_raw();
        raw.special_codes[SpecialCodeIndex::VMIN] = 1;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(stdin(), OptionalActions::Now, &raw)?;
        found.get_or_insert(before);
    }
    Output.write_all(ENTER)
}

/// Gives the terminal back; does nothing where that has been done.
pub fn leave() -> io::Result<()> {
    let Some(before) = found().take() else { return Ok(()) };
    let written = Output.write_all(LEAVE);
    tcsetattr(stdin(), OptionalActions::Now, &before)?;
    written
}

/// Tells whether the terminal is taken.
pub fn is_entered() -> bool {
    found().is_some()
}

/// The size of the terminal in cells; 80x24 where it does not say.
pub fn size() -> (u16, u16) {
    match tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

fn give_back_before_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A terminal that is gone cannot be given back; the report matters more.
        let _ = leave();
        report(panic);
    }));
}
