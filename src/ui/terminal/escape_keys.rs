//! The keys behind control bytes and escape sequences, of xterm, `PuTTY`, rxvt and the Linux console.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The key of a letter.
pub fn letter(character: char) -> KeyEvent {
    let modifiers = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(character), modifiers)
}

/// The key of a byte below 0x20 other than ESC, or of 0x7f.
pub fn control(byte: u8) -> KeyEvent {
    let with_control = |character: u8| KeyEvent::new(KeyCode::Char(character.into()), KeyModifiers::CONTROL);
    match byte {
        0 => with_control(b' '),
        0x08 | 0x7f => KeyCode::Backspace.into(),
        b'\t' => KeyCode::Tab.into(),
        b'\n' | b'\r' => KeyCode::Enter.into(),
        0x1c..=0x1f => with_control(byte - 0x1c + b'4'),
        _ => with_control((byte & 0x1f) - 1 + b'a'),
    }
}

/// The meaning of `ESC [ parameters last`, if it has one here.
pub fn csi(parameters: &[u8], last: u8) -> Option<KeyEvent> {
    let (first, modifiers) = numbers(parameters)?;
    let code = match last {
        b'~' => tilde(first)?,
        // The endings of rxvt: Ctrl, Shift, both.
        b'^' | b'$' | b'@' => return Some(KeyEvent::new(tilde(first)?, rxvt_modifiers(last))),
        b'a'..=b'd' if parameters.is_empty() => {
            return Some(KeyEvent::new(arrow(last.to_ascii_uppercase())?, KeyModifiers::SHIFT));
        }
        b'Z' => return Some(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
        // `ESC [ row ; column R` would be a cursor report; none is ever asked for, and only what
        // has the shape of F3 with modifiers is taken for it.
        b'P'..=b'S' if matches!(parameters, [] | [b'1', b';', b'2'..=b'9']) => KeyCode::F(last - b'P' + 1),
        _ if first <= 1 => arrow(last)?,
        _ => return None,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The meaning of `ESC O last`, the keypad in application mode included.
pub fn ss3(last: u8) -> Option<KeyEvent> {
    let code = match last {
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b' ' => KeyCode::Char(' '),
        b'X' => KeyCode::Char('='),
        // `* + , - . /` and the digits stand in the order of ASCII.
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        b'a'..=b'd' => {
            return Some(KeyEvent::new(arrow(last.to_ascii_uppercase())?, KeyModifiers::CONTROL));
        }
        _ => arrow(last)?,
    };
    Some(code.into())
}

/// The meaning of `ESC [ [ last`: F1 to F5 of the Linux console.
pub fn linux_console(last: u8) -> Option<KeyEvent> {
    matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1).into())
}

/// Up to two numbers; sequences with a private mark or more numbers are no keys.
fn numbers(parameters: &[u8]) -> Option<(u16, KeyModifiers)> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut parts = text.split(';').map(|it| if it.is_empty() { Ok(0) } else { it.parse() });
    let first = parts.next()?.ok()?;
    let second = parts.next().unwrap_or(Ok(0)).ok()?;
    parts.next().is_none().then(|| (first, xterm_modifiers(second)))
}

/// xterm sends 1 more than the sum of Shift 1, Alt 2, Ctrl 4.
fn xterm_modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 1 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 2 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 4 != 0);
    modifiers
}

const fn rxvt_modifiers(last: u8) -> KeyModifiers {
    match last {
        b'^' => KeyModifiers::CONTROL,
        b'$' => KeyModifiers::SHIFT,
        _ => KeyModifiers::CONTROL.union(KeyModifiers::SHIFT),
    }
}

const fn arrow(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

fn tilde(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbers have gaps after F5 and F10.
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=24 => function(number - 12),
        _ => return None,
    })
}

fn function(number: u16) -> KeyCode {
    KeyCode::F(u8::try_from(number).unwrap_or(u8::MAX))
}
