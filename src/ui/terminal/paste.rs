//! Pasted text between its brackets.

/// What ends a paste.
const END: &[u8] = b"\x1b[201~";
/// Longer pastes lose their end.
const BYTES_MAX: usize = 1 << 20;

/// A paste of which the end has not come.
#[derive(Clone, Debug, Default)]
pub struct Paste {
    text: Vec<u8>,
    /// How many bytes of [`END`] have just come.
    matched: usize,
}

impl Paste {
    /// Takes a byte; tells whether it was the last.
    pub fn push(&mut self, byte: u8) -> bool {
        if byte == END[self.matched] {
            self.matched += 1;
            return self.matched == END.len();
        }
        // It was no end after all: an escape inside a paste is dropped, what follows it is text.
        let broken = std::mem::take(&mut self.matched);
        self.keep(END.get(1..broken).unwrap_or_default());
        if byte == END[0] {
            self.matched = 1;
        } else {
            self.keep(&[byte]);
        }
        false
    }

    /// The text: lines end with `\n`, other control characters and invalid UTF-8 are left out.
    pub fn into_text(self) -> String {
        let text: String = self.text.utf8_chunks().map(|it| it.valid()).collect();
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        lines.chars().filter(|it| !it.is_control() || matches!(it, '\n' | '\t')).collect()
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = BYTES_MAX - self.text.len();
        self.text.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(bytes: &[u8]) -> (bool, String) {
        let mut paste = Paste::default();
        let ended = bytes.iter().map(|it| paste.push(*it)).last() == Some(true);
        (ended, paste.into_text())
    }

    #[test]
    fn only_text_is_left() {
        let text = |it: &[u8]| pasted(it);
        assert_eq!(text(b"12\r13\r\n14\n\x1b[201~"), (true, "12\n13\n14\n".to_owned()));
        assert_eq!(text(b"a\x1b[31mb\x1b\x1b[20\x07\x1b[201~"), (true, "a[31mb[20".to_owned()));
        assert_eq!(text(b"\xffno\xc3end\xc3\xa9"), (false, "noend\u{e9}".to_owned()));
    }

    #[test]
    fn the_size_is_bounded() {
        let mut paste = Paste::default();
        (0..BYTES_MAX + 9).for_each(|_| assert!(!paste.push(b'x')));
        assert!(END.iter().any(|it| paste.push(*it)));
        assert_eq!(paste.into_text().len(), BYTES_MAX);
    }
}
