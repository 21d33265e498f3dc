//! Names of packs: whose they are, and which of its arrivals they cover.

use crate::store::change::ReplicaId;

const END: &str = ".chantier";
const DIGITS: usize = 12;

/// What the name of a pack says: `<organisation>/<machine>/<first>-<last>.chantier`, in letters that every file system
/// keeps apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackName {
    /// The machine that laid it down.
    pub machine: ReplicaId,
    /// The first of its arrivals that the pack covers.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl PackName {
    /// Returns the folder of an organisation, without a slash: the end of its identifier, which begins with the time.
    pub fn folder(organisation: [u8; 16]) -> String {
        hex(&organisation[12..])
    }

    /// Writes the name, below the place.
    pub fn write(&self, organisation: [u8; 16]) -> String {
        let (folder, machine) = (Self::folder(organisation), hex(&self.machine));
        format!("{folder}/{machine}/{:012}-{:012}{END}", self.first, self.last)
    }

    /// Reads a name; `None` for whatever else lies there.
    pub fn read(organisation: [u8; 16], name: &str) -> Option<Self> {
        let rest = name.strip_prefix(&Self::folder(organisation))?.strip_prefix('/')?;
        let (machine, range) = rest.split_once('/')?;
        let (first, last) = range.strip_suffix(END)?.split_once('-')?;
        let number = |text: &str| {
            let is_written_so = text.len() == DIGITS && text.bytes().all(|it| it.is_ascii_digit());
            is_written_so.then(|| text.parse::<u64>().ok()).flatten()
        };
        let name = Self { machine: read_machine(machine)?, first: number(first)?, last: number(last)? };
        (1 <= name.first && name.first <= name.last).then_some(name)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn read_machine(text: &str) -> Option<ReplicaId> {
    let mut machine = ReplicaId::default();
    if text.len() != machine.len() * 2 || !text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (at, byte) in machine.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(machine)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORGANISATION: [u8; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xab, 0xab, 0xab, 0xab];

    #[test]
    fn names_are_read_as_they_are_written() {
        let name = PackName { machine: [1, 2, 3, 4, 5, 6, 7, 255], first: 1, last: 4_200 };
        let text = name.write(ORGANISATION);
        assert_eq!(text, "abababab/01020304050607ff/000000000001-000000004200.chantier");
        assert_eq!(PackName::read(ORGANISATION, &text), Some(name));
    }

    #[test]
    fn whatever_else_lies_there_is_no_pack() {
        let good = "abababab/01020304050607ff/000000000001-000000000002.chantier";
        assert!(PackName::read(ORGANISATION, good).is_some());
        for text in [
            "photo.jpg",
            "abababab/01020304050607ff/000000000001-000000000002.chantier.part",
            "abababab/01020304050607FF/000000000001-000000000002.chantier",
            "abababac/01020304050607ff/000000000001-000000000002.chantier",
            "abababab/01020304050607ff/000000000003-000000000002.chantier",
            "abababab/01020304050607ff/000000000000-000000000002.chantier",
            "abababab/01020304050607ff/1-2.chantier",
            "abababab/01020304050607ff/+00000000001-000000000002.chantier",
            "abababab/../000000000001-000000000002.chantier",
            "abababab/0102030405é07f/000000000001-000000000002.chantier",
        ] {
            assert_eq!(PackName::read(ORGANISATION, text), None, "{text}");
        }
    }
}
