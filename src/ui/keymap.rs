//! Key tables: the one place from which dispatch, hints, help and the key card are read.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::screen::Screen;
use super::widgets::cursor::Nav;

/// One line of a screen's key table.
pub struct Binding<S: Screen> {
    /// Key labels separated by spaces, for example `"j Down"`; the first is the one that people are shown.
    pub keys: &'static str,
    /// What the key asks.
    pub msg: S::Msg,
    /// Message key of what it does.
    pub help: &'static str,
    /// Whether the last line of the screen names it.
    pub hinted: bool,
    /// Message key of the reason why not now.
    pub blocked: fn(&S) -> Option<&'static str>,
}

impl<S: Screen> Binding<S> {
    /// Makes a line that is always available and that help names.
    pub const fn new(keys: &'static str, msg: S::Msg, help: &'static str) -> Self {
        Self { keys, msg, help, hinted: false, blocked: always }
    }

    /// The last line of the screen names it too.
    #[must_use]
    pub const fn hinted(self) -> Self {
        Self { keys: self.keys, msg: self.msg, help: self.help, hinted: true, blocked: self.blocked }
    }

    /// It is not always available.
    #[must_use]
    pub const fn unless(self, blocked: fn(&S) -> Option<&'static str>) -> Self {
        Self { keys: self.keys, msg: self.msg, help: self.help, hinted: self.hinted, blocked }
    }
}

const fn always<S>(_: &S) -> Option<&'static str> {
    None
}

/// A key that moves in lists.
pub struct Move {
    /// Key labels, as in a [`Binding`].
    pub keys: &'static str,
    /// Where to.
    pub nav: Nav,
    /// Message key of what it does.
    pub help: &'static str,
}

/// The keys that move in every list: a screen with a list says what moving asks ([`Screen::MOVE`]), not with which keys.
pub const MOVES: &[Move] = &[
    Move { keys: "Down j", nav: Nav::Down, help: "key-down" },
    Move { keys: "Up k", nav: Nav::Up, help: "key-up" },
    Move { keys: "PageDown Space", nav: Nav::PageDown, help: "key-page-down" },
    Move { keys: "PageUp", nav: Nav::PageUp, help: "key-page-up" },
    Move { keys: "Home", nav: Nav::First, help: "key-first" },
    Move { keys: "End", nav: Nav::Last, help: "key-last" },
];

/// What can be typed into a focused field, for the help: the keys as people read them, and what they do.
pub struct Typing {
    /// What is typed, in the words of a keyboard.
    pub keys: &'static str,
    /// Message key of what it does.
    pub help: &'static str,
    /// Whether the last line of the screen names it.
    pub hinted: bool,
}

impl Typing {
    /// Makes a line that help names.
    pub const fn new(keys: &'static str, help: &'static str) -> Self {
        Self { keys, help, hinted: false }
    }

    /// The last line of the screen names it too.
    #[must_use]
    pub const fn hinted(self) -> Self {
        Self { hinted: true, ..self }
    }
}

/// What a key press means on a screen.
#[derive(Debug, PartialEq, Eq)]
pub enum Hit<M> {
    /// The key asks something.
    Send(M),
    /// It cannot be done now: message key of the reason.
    Blocked(&'static str),
}

/// Finds what `key` asks on `screen`: its own table first, then the keys of lists.
pub fn lookup<S: Screen>(screen: &S, key: KeyEvent) -> Option<Hit<S::Msg>> {
    if let Some(found) = S::KEYS.iter().find(|it| names(it.keys, key)) {
        return Some((found.blocked)(screen).map_or(Hit::Send(found.msg), Hit::Blocked));
    }
    let (go, found) = S::MOVE.zip(MOVES.iter().find(|it| names(it.keys, key)))?;
    Some(Hit::Send(go(found.nav)))
}

/// Tells whether one of the labels names a key press.
pub fn names(labels: &str, key: KeyEvent) -> bool {
    let pressed = (key.code, key.modifiers - KeyModifiers::SHIFT);
    labels.split(' ').any(|it| parse(it) == Some(pressed))
}

/// Tells whether the first of the labels is a letter or sign that can be typed.
pub fn is_letter(labels: &str) -> bool {
    let first = labels.split(' ').next().and_then(parse);
    first.is_some_and(|(code, modifiers)| matches!(code, KeyCode::Char(_)) && modifiers.is_empty())
}

/// Reads a key label such as `j`, `C-r` or `Enter`.
pub fn parse(label: &str) -> Option<(KeyCode, KeyModifiers)> {
    if let Some(rest) = label.strip_prefix("C-").filter(|it| !it.is_empty()) {
        return parse(rest).map(|(code, _)| (code, KeyModifiers::CONTROL));
    }
    let mut chars = label.chars();
    let code = match (label, chars.next()?, chars.next()) {
        ("Enter", ..) => KeyCode::Enter,
        ("Esc", ..) => KeyCode::Esc,
        ("Up", ..) => KeyCode::Up,
        ("Down", ..) => KeyCode::Down,
        ("Left", ..) => KeyCode::Left,
        ("Right", ..) => KeyCode::Right,
        ("Home", ..) => KeyCode::Home,
        ("End", ..) => KeyCode::End,
        ("PageUp", ..) => KeyCode::PageUp,
        ("PageDown", ..) => KeyCode::PageDown,
        ("Tab", ..) => KeyCode::Tab,
        ("BackTab", ..) => KeyCode::BackTab,
        ("Backspace", ..) => KeyCode::Backspace,
        ("Delete", ..) => KeyCode::Delete,
        ("Space", ..) => KeyCode::Char(' '),
        (_, only, None) => KeyCode::Char(only),
        _ => return None,
    };
    Some((code, KeyModifiers::NONE))
}

/// Returns the message key of the word on a key cap, for labels that are words.
pub fn cap(label: &str) -> Option<&'static str> {
    Some(match label {
        "Enter" => "cap-enter",
        "Esc" => "cap-esc",
        "Up" => "cap-up",
        "Down" => "cap-down",
        "Left" => "cap-left",
        "Right" => "cap-right",
        "Home" => "cap-home",
        "End" => "cap-end",
        "PageUp" => "cap-page-up",
        "PageDown" => "cap-page-down",
        "Tab" => "cap-tab",
        "BackTab" => "cap-back-tab",
        "Backspace" => "cap-backspace",
        "Delete" => "cap-delete",
        "Space" => "cap-space",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_as_keys() {
        assert_eq!(parse("C-r"), Some((KeyCode::Char('r'), KeyModifiers::CONTROL)));
        assert_eq!(parse("D"), Some((KeyCode::Char('D'), KeyModifiers::NONE)));
        assert_eq!(parse("BackTab"), Some((KeyCode::BackTab, KeyModifiers::NONE)));
        assert_eq!(parse("Entre"), None);
        assert!(is_letter("/") && is_letter("d D") && !is_letter("C-o") && !is_letter("Enter e"));
        let shifted = KeyEvent::new(KeyCode::Char('D'), KeyModifiers::SHIFT);
        assert!(names("d D", shifted));
        assert!(!names("d", KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL)));
    }
}
