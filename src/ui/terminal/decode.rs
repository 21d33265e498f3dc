//! Bytes from a terminal become keys and pastes, however the line has cut them.
//!
//! Every byte moves one state machine, so that the same bytes give the same inputs in any split. What
//! only time can tell (whether an escape is the Esc key) is told by [`Decoder::give_up`].

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::escape_keys;
use super::paste::Paste;

const ESC: u8 = 0x1b;
const BELL: u8 = 0x07;
/// No key has a longer sequence.
const SEQUENCE_BYTES_MAX: usize = 64;
/// Answers of a terminal are shorter; what comes after is taken for keys.
const ANSWER_BYTES_MAX: usize = 4096;

/// What a user or a terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The terminal has received all up to a request for a receipt.
    Acknowledged,
}

/// What a decoder waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing: all bytes are spent.
    Nothing,
    /// The byte after an escape: without one it was the Esc key.
    Escape,
    /// The end of a sequence that can be nothing else.
    Sequence,
    /// The end of a paste.
    Paste,
}

#[derive(Clone, Debug)]
enum State {
    Ground,
    /// The beginning of a character.
    Character(Vec<u8>),
    Escape,
    /// After `ESC [`.
    Csi(Vec<u8>),
    /// After `ESC [ [`.
    LinuxConsole,
    /// After `ESC O`.
    Ss3,
    /// After `ESC` and a byte that may begin a long answer.
    Introducer(u8),
    /// Inside a long answer, after so many bytes.
    Answer(usize),
    /// After an escape inside a long answer.
    AnswerEscape,
    Paste(Paste),
}

/// Decodes the bytes of one terminal.
#[derive(Clone, Debug)]
pub struct Decoder {
    state: State,
    inputs: Vec<Input>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self { state: State::Ground, inputs: Vec::new() }
    }
}

impl Decoder {
    /// Takes bytes and returns what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        for byte in bytes {
            self.step(*byte);
        }
        std::mem::take(&mut self.inputs)
    }

    /// Ends what is incomplete because nothing came for long: an escape was the Esc key, a paste has
    /// ended, a begun sequence is dropped.
    pub fn give_up(&mut self) -> Option<Input> {
        match std::mem::replace(&mut self.state, State::Ground) {
            State::Escape => Some(Input::Key(KeyCode::Esc.into())),
            State::Introducer(byte) => Some(Input::Key(with_alt(escape_keys::letter(byte.into())))),
            State::Paste(paste) => Some(Input::Paste(paste.into_text())),
            _ => None,
        }
    }

    /// Tells what the decoder waits for.
    pub const fn waiting(&self) -> Waiting {
        match self.state {
            State::Ground => Waiting::Nothing,
            State::Escape => Waiting::Escape,
            State::Paste(_) => Waiting::Paste,
            _ => Waiting::Sequence,
        }
    }

    fn step(&mut self, byte: u8) {
        self.state = match std::mem::replace(&mut self.state, State::Ground) {
            State::Ground => self.ground(byte, KeyModifiers::NONE),
            State::Character(bytes) => self.character(bytes, byte),
            State::Csi(bytes) => self.csi(bytes, byte),
            State::LinuxConsole => self.linux_console(byte),
            State::Ss3 => self.ss3(byte),
            State::Introducer(introducer) => self.introducer(introducer, byte),
            State::Answer(bytes) => self.answer(bytes, byte),
            // `ESC \` ends an answer; any other escape begins something new.
            State::AnswerEscape if byte == b'\\' => State::Ground,
            State::Escape | State::AnswerEscape => self.escape(byte),
            State::Paste(paste) => self.paste(paste, byte),
        };
    }

    fn emit(&mut self, key: KeyEvent) -> State {
        self.inputs.push(Input::Key(key));
        State::Ground
    }

    /// A byte outside any sequence.
    fn ground(&mut self, byte: u8, modifiers: KeyModifiers) -> State {
        let key = match byte {
            ESC => return State::Escape,
            0..0x20 | 0x7f => escape_keys::control(byte),
            0x20..0x7f => escape_keys::letter(byte.into()),
            0x80.. => return begin_character(byte, modifiers),
        };
        self.emit(KeyEvent { modifiers: key.modifiers | modifiers, ..key })
    }

    /// A byte inside a character; the first of `bytes` is ESC where Alt was held.
    fn character(&mut self, mut bytes: Vec<u8>, byte: u8) -> State {
        let alt = usize::from(bytes.first() == Some(&ESC));
        bytes.push(byte);
        match std::str::from_utf8(&bytes[alt..]) {
            Ok(text) => {
                if let Some(character) = text.chars().next().filter(|it| !it.is_control()) {
                    let key = escape_keys::letter(character);
                    return self.emit(if alt == 1 { with_alt(key) } else { key });
                }
                State::Ground
            }
            Err(error) if error.error_len().is_none() => State::Character(bytes),
            // The bytes before are no character; this one may begin something.
            Err(_) => self.ground(byte, KeyModifiers::NONE),
        }
    }

    fn escape(&mut self, byte: u8) -> State {
        match byte {
            ESC => {
                self.emit(KeyCode::Esc.into());
                State::Escape
            }
            b'[' => State::Csi(Vec::new()),
            b'O' => State::Ss3,
            b']' | b'P' | b'_' => State::Introducer(byte),
            _ => self.ground(byte, KeyModifiers::ALT),
        }
    }

    fn csi(&mut self, mut bytes: Vec<u8>, byte: u8) -> State {
        match byte {
            b'[' if bytes.is_empty() => State::LinuxConsole,
            b'$' if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) => self.end_csi(&bytes, byte),
            0x20..0x40 => {
                bytes.push(byte);
                if bytes.len() < SEQUENCE_BYTES_MAX { State::Csi(bytes) } else { State::Ground }
            }
            0x40..0x7f => self.end_csi(&bytes, byte),
            // A sequence that is cut short must not swallow the next key.
            _ => self.ground(byte, KeyModifiers::NONE),
        }
    }

    fn end_csi(&mut self, parameters: &[u8], last: u8) -> State {
        match (parameters, last) {
            (b"200", b'~') => return State::Paste(Paste::default()),
            (b"0", b'n') => self.inputs.push(Input::Acknowledged),
            _ => self.inputs.extend(escape_keys::csi(parameters, last).map(Input::Key)),
        }
        State::Ground
    }

    fn linux_console(&mut self, byte: u8) -> State {
        match (escape_keys::linux_console(byte), byte) {
            (Some(key), _) => self.emit(key),
            (None, 0x20..0x7f) => State::Ground,
            (None, _) => self.ground(byte, KeyModifiers::NONE),
        }
    }

    fn ss3(&mut self, byte: u8) -> State {
        match escape_keys::ss3(byte) {
            Some(key) => self.emit(key),
            // It was Alt with a capital O, and another key after it.
            None => {
                self.emit(with_alt(escape_keys::letter('O')));
                self.ground(byte, KeyModifiers::NONE)
            }
        }
    }

    /// Only what terminals answer begins an answer; all else is Alt with a letter and another key.
    fn introducer(&mut self, introducer: u8, byte: u8) -> State {
        let answers = match introducer {
            b']' => byte.is_ascii_digit(),
            b'P' => matches!(byte, b'0'..=b'9' | b'>' | b'!'),
            _ => byte == b'G',
        };
        if answers {
            return State::Answer(1);
        }
        self.emit(with_alt(escape_keys::letter(introducer.into())));
        self.ground(byte, KeyModifiers::NONE)
    }

    fn answer(&mut self, bytes: usize, byte: u8) -> State {
        match byte {
            BELL => State::Ground,
            ESC => State::AnswerEscape,
            // No answer has a line end: it is the Enter key after an answer without end.
            0..0x20 => self.ground(byte, KeyModifiers::NONE),
            _ if bytes < ANSWER_BYTES_MAX => State::Answer(bytes + 1),
            _ => State::Ground,
        }
    }

    fn paste(&mut self, mut paste: Paste, byte: u8) -> State {
        if !paste.push(byte) {
            return State::Paste(paste);
        }
        self.inputs.push(Input::Paste(paste.into_text()));
        State::Ground
    }
}

fn begin_character(byte: u8, modifiers: KeyModifiers) -> State {
    match byte {
        0xc2..=0xf4 if modifiers.contains(KeyModifiers::ALT) => State::Character(vec![ESC, byte]),
        0xc2..=0xf4 => State::Character(vec![byte]),
        _ => State::Ground,
    }
}

fn with_alt(key: KeyEvent) -> KeyEvent {
    KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(bytes: &[u8]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut found = decoder.feed(bytes);
        while decoder.waiting() != Waiting::Nothing {
            found.extend(decoder.give_up());
        }
        found.iter().map(name).collect()
    }

    fn name(input: &Input) -> String {
        match input {
            Input::Key(key) if key.modifiers.is_empty() => key.code.to_string(),
            Input::Key(key) => format!("{}+{}", key.modifiers, key.code),
            Input::Paste(text) => format!("paste {text:?}"),
            Input::Acknowledged => "ack".to_owned(),
        }
    }

    fn check(cases: &[(&[u8], &str)]) {
        for (bytes, expected) in cases {
            assert_eq!(inputs(bytes).join(" "), *expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn plain_keys() {
        check(&[
            (b"aG1 ", "a Shift+G 1 Space"),
            ("é€😀".as_bytes(), "é € 😀"),
            (b"\r\n\t\x7f\x08", "Enter Enter Tab Backspace Backspace"),
            (b"\x03\x1a\x00\x1c", "Control+c Control+z Control+Space Control+4"),
            (b"\xff\xc3A\xe9\xed\xa0\x80b", "Shift+A b"),
            (b"\xc2\x9b", ""),
        ]);
    }

    #[test]
    fn escapes() {
        check(&[
            (b"\x1b", "Esc"),
            (b"\x1b\x1b", "Esc Esc"),
            (b"\x1b\x1b[A", "Esc Up"),
            (b"\x1bx\x1b\r\x1b\xc3\xa9", "Alt+x Alt+Enter Alt+é"),
            (b"\x1b[1;5", ""),
            (b"\x1b]", "Alt+]"),
            (b"\x1b]zP", "Alt+] z Shift+P"),
            (b"\x1bOz", "Shift+Alt+O z"),
            (b"\x1b[12\ra", "Enter a"),
        ]);
    }

    #[test]
    fn keys_of_every_terminal() {
        check(&[
            (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "Up Down Right Left Home End"),
            (b"\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "Up Down Right Left Home End"),
            (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End"),
            (b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Del Page Up Page Down"),
            (b"\x1b[1;5C\x1b[1;2A\x1b[1;3D\x1b[3;6~", "Control+Right Shift+Up Alt+Left Shift+Control+Del"),
            (
                b"\x1b[Z\x1b[a\x1bOb\x1b[7^\x1b[8$",
                "Shift+Back Tab Shift+Up Control+Down Control+Home Shift+End",
            ),
            (b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[24~", "F1 F2 F3 F4 F5 F6 F12"),
            (b"\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[21~\x1b[23~", "F1 F2 F3 F4 F10 F11"),
            (b"\x1b[[A\x1b[[E\x1b[[Zq", "F1 F5 q"),
            (b"\x1b[1;2P\x1b[1;2R\x1b[1;5S", "Shift+F1 Shift+F3 Control+F4"),
            (b"\x1bOp\x1bOy\x1bOj\x1bOk\x1bOl\x1bOm\x1bOn\x1bOo\x1bOM\x1bOX", "0 9 * + , - . / Enter ="),
        ]);
    }

    #[test]
    fn answers_are_not_keys() {
        check(&[
            (b"\x1b[0n", "ack"),
            (b"\x1b[3n\x1b[?62;1c\x1b[>0;115;0c\x1b[12;40R\x1b[1;40R", ""),
            (b"\x1b[?2026;2$y\x1b[<0;10;5M\x1b[<0;10;5m\x1b[I\x1b[O", ""),
            (b"\x1b]11;rgb:0/0/0\x1b\\a\x1b]4;1\x07b", "a b"),
            (b"\x1bP>|term(1)\x1b\\c\x1bP1$r0m\x1b[Bd", "c Down d"),
            (b"\x1b]11;\rx", "Enter x"),
        ]);
    }

    #[test]
    fn pastes_end() {
        check(&[
            (b"\x1b[200~1\r2\x1b[201~x", "paste \"1\\n2\" x"),
            (b"\x1b[200~never ended", "paste \"never ended\""),
            (b"\x1b[201~y", "y"),
        ]);
    }

    #[test]
    fn a_split_sequence_waits() {
        let mut decoder = Decoder::default();
        assert!(decoder.feed(b"\x1b").is_empty());
        assert_eq!(decoder.waiting(), Waiting::Escape);
        assert!(decoder.feed(b"[").is_empty());
        assert_eq!(decoder.waiting(), Waiting::Sequence);
        assert_eq!(decoder.feed(b"B"), [Input::Key(KeyCode::Down.into())]);
        assert_eq!(decoder.waiting(), Waiting::Nothing);
    }

    #[test]
    fn long_answers_are_bounded() {
        let mut bytes = b"\x1b]1".to_vec();
        bytes.extend([b'x'; ANSWER_BYTES_MAX + 5]);
        assert_eq!(inputs(&bytes).len(), 5);
    }
}
