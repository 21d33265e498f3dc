//! Frames: length, kind, checksum, content. The same in a file, on a stick and over a line.

use std::io::{ErrorKind, Read, Write};

use crate::model::problem::Problem;

/// Most bytes in a frame.
pub const FRAME_BYTES_MAX: usize = (1 << 20) + 4096;
const HEAD_BYTES: usize = 9;
/// Kinds from here on may be skipped by a program that does not know them.
const OPTIONAL_FROM: u8 = 128;

/// What a frame holds. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a bundle is, and for whom.
    Header,
    /// What the reader must have before.
    Needs,
    /// A packed segment.
    Segment,
    /// A piece of a document; documents come later.
    Piece,
    /// What the sender has received from the reader.
    Receipt,
    /// The end, with its hash and signature.
    End,
    /// How one side of a line introduces itself.
    Hello,
    /// The end of what one side says.
    Over,
    /// Why one side stops.
    Refusal,
    /// Everything that one side has.
    Have,
}

const KINDS: &[(Kind, u8)] = &[
    (Kind::Header, 1),
    (Kind::Needs, 2),
    (Kind::Segment, 3),
    (Kind::Receipt, 5),
    (Kind::End, 6),
    (Kind::Hello, 16),
    (Kind::Over, 17),
    (Kind::Refusal, 18),
    (Kind::Have, 19),
    (Kind::Piece, 132),
];

impl Kind {
    const fn of(number: u8) -> Option<Self> {
        let mut at = 0;
        while at < KINDS.len() {
            if KINDS[at].1 == number {
                return Some(KINDS[at].0);
            }
            at += 1;
        }
        None
    }

    fn number(self) -> u8 {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or(0, |(_, number)| *number)
    }
}

/// A frame whose checksum holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it holds.
    pub kind: Kind,
    /// The content.
    pub content: Vec<u8>,
}

/// Writes frames.
pub struct FrameWriter<W> {
    out: W,
    hasher: blake3::Hasher,
    /// Bytes written.
    pub bytes: u64,
    /// Frames written.
    pub count: u64,
}

impl<W: Write> FrameWriter<W> {
    /// Begins with a magic number.
    pub fn new(mut out: W, magic: &[u8]) -> std::io::Result<Self> {
        out.write_all(magic)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(magic);
        Ok(Self { out, hasher, bytes: magic.len() as u64, count: 0 })
    }

    /// Writes one frame.
    pub fn write(&mut self, kind: Kind, content: &[u8]) -> std::io::Result<()> {
        let length = u32::try_from(content.len()).ok().filter(|it| *it as usize <= FRAME_BYTES_MAX);
        let length =
            length.ok_or_else(|| std::io::Error::new(ErrorKind::InvalidInput, "a frame too large"))?;
        let mut head = Vec::with_capacity(HEAD_BYTES + content.len());
        head.extend_from_slice(&length.to_be_bytes());
        head.push(kind.number());
        head.extend_from_slice(&checksum(kind.number(), content).to_be_bytes());
        head.extend_from_slice(content);
        self.out.write_all(&head)?;
        self.hasher.update(&head);
        self.bytes += head.len() as u64;
        self.count += 1;
        Ok(())
    }

    /// Returns the hash of everything so far.
    pub fn hash(&self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }

    /// Hands on what waits to be written.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }

    /// Gives the output back.
    pub fn into_inner(self) -> W {
        self.out
    }
}

/// Reads frames.
pub struct FrameReader<R> {
    input: R,
    hasher: blake3::Hasher,
    /// Bytes read.
    pub offset: u64,
    /// Frames read.
    pub count: u64,
}

/// Why no frame could be read.
#[derive(Debug)]
pub enum FrameFault {
    /// The input ended inside a frame.
    Cut,
    /// The bytes are not what was written.
    Damaged,
    /// A kind that this program must know and does not.
    TooNew,
    /// The input failed.
    Io(std::io::Error),
}

impl FrameFault {
    /// Says it of a file, naming where.
    pub fn in_bundle(&self, frame: u64, offset: u64) -> Problem {
        let key = match self {
            Self::Cut => "bundle-cut",
            Self::Damaged => "bundle-damaged",
            Self::TooNew => "bundle-too-new",
            Self::Io(error) => return Problem::new("bundle-unreadable").with("error", error),
        };
        Problem::new(key).with("frame", frame).with("offset", offset)
    }
}

impl<R: Read> FrameReader<R> {
    /// Begins with the magic number; `None` when the input begins with something else, which is returned.
    pub fn new(mut input: R, magic: &[u8]) -> std::io::Result<Result<Self, Vec<u8>>> {
        let mut found = Vec::new();
        (&mut input).take(magic.len() as u64).read_to_end(&mut found)?;
        if found != magic {
            return Ok(Err(found));
        }
        Ok(Ok(Self::after(input, magic)))
    }

    /// Goes on behind a magic number that was read.
    pub fn after(input: R, magic: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(magic);
        Self { input, hasher, offset: magic.len() as u64, count: 0 }
    }

    /// Reads the next frame that this program knows; `None` at the end of the input. Returns with it the hash of
    /// everything before it.
    pub fn read(&mut self) -> Result<Option<(Frame, [u8; 32])>, FrameFault> {
        loop {
            let mut head = [0; HEAD_BYTES];
            match fill(&mut self.input, &mut head)? {
                0 => return Ok(None),
                HEAD_BYTES => {}
                _ => return Err(FrameFault::Cut),
            }
            let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
            if length > FRAME_BYTES_MAX {
                return Err(FrameFault::Damaged);
            }
            let mut content = vec![0; length];
            if fill(&mut self.input, &mut content)? < length {
                return Err(FrameFault::Cut);
            }
            let stated = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
            if checksum(head[4], &content) != stated {
                return Err(FrameFault::Damaged);
            }
            let before = *self.hasher.finalize().as_bytes();
            self.hasher.update(&head).update(&content);
            self.offset += (HEAD_BYTES + length) as u64;
            self.count += 1;
            match Kind::of(head[4]) {
                Some(kind) => return Ok(Some((Frame { kind, content }, before))),
                None if head[4] >= OPTIONAL_FROM => {}
                None => return Err(FrameFault::TooNew),
            }
        }
    }

    /// Gives the input back.
    pub const fn input(&mut self) -> &mut R {
        &mut self.input
    }
}

/// Tells whether bytes begin with a whole frame.
pub fn whole_frame(bytes: &[u8]) -> bool {
    let Some(head) = bytes.first_chunk::<4>() else { return false };
    let length = u32::from_be_bytes(*head) as usize;
    bytes.len() >= HEAD_BYTES + length.min(FRAME_BYTES_MAX)
}

/// Reads until the buffer is full or the input ends. Returns how much was read.
fn fill(input: &mut impl Read, buffer: &mut [u8]) -> Result<usize, FrameFault> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(FrameFault::Io(error)),
        }
    }
    Ok(filled)
}

fn checksum(kind: u8, content: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&[kind]), content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: &[u8] = b"TEST";

    fn frames(bytes: &[u8]) -> Result<Vec<Frame>, FrameFault> {
        let mut reader = FrameReader::new(bytes, MAGIC).unwrap().map_err(|_| FrameFault::Damaged)?;
        let mut frames = Vec::new();
        while let Some((frame, _)) = reader.read()? {
            frames.push(frame);
        }
        Ok(frames)
    }

    fn sample() -> Vec<u8> {
        let mut writer = FrameWriter::new(Vec::new(), MAGIC).unwrap();
        writer.write(Kind::Header, b"abc").unwrap();
        writer.write(Kind::Segment, &[7; 300]).unwrap();
        writer.into_inner()
    }

    #[test]
    fn frames_come_back() {
        let found = frames(&sample()).unwrap();
        assert_eq!(found[0], Frame { kind: Kind::Header, content: b"abc".to_vec() });
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = sample();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert!(frames(&flipped).is_err(), "bit {at}");
        }
    }

    #[test]
    fn unknown_optional_frames_are_skipped_and_critical_ones_refused() {
        let unknown = |number: u8| {
            let mut bytes = sample();
            bytes.extend_from_slice(&1_u32.to_be_bytes());
            bytes.push(number);
            bytes.extend_from_slice(&checksum(number, b"x").to_be_bytes());
            bytes.push(b'x');
            bytes
        };
        assert_eq!(frames(&unknown(200)).unwrap().len(), 2);
        assert!(matches!(frames(&unknown(99)), Err(FrameFault::TooNew)));
    }
}
