//! The control sequences that are sent whole.

/// Takes the other screen and clears it: some terminals have only one, and keep what was on it.
/// Pastes are to come in brackets.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[m\x1b[H\x1b[2J\x1b[?2004h";
/// Gives the terminal back as it was found; where there is only one screen, blank.
pub const LEAVE: &[u8] = b"\x1b[m\x1b[?25h\x1b[?2004l\x1b[H\x1b[2J\x1b[?1049l";
/// Shows the cursor.
pub const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
/// Hides the cursor.
pub const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// Asks the terminal for its state; the answer says that all before has arrived.
pub const REQUEST_RECEIPT: &[u8] = b"\x1b[5n";
