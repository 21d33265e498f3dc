//! The line between two machines: each side says its frames, then that it is over; the other answers.

use std::io::{BufReader, BufWriter, Read, Write};

use minicbor::{Decoder, Encoder};

use super::bundle::{Carried, SegmentUnpacker};
use super::frame::{FrameFault, FrameReader, FrameWriter, Kind, whole_frame};
use super::hello::{Hello, Over, Refused};
use super::packing::DICTIONARY;
use crate::model::text::show;
use crate::store::change::{ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::exchange::ranges::Ranges;

/// How each side begins: anything else is text of a login shell.
pub const MAGIC: &[u8; 8] = b"\x89CHL\r\n\x1a\0";
/// Most bytes that are shown of something else.
const TEXT_BYTES_MAX: u64 = 400;
/// Room for frames that arrived and are not read yet.
const BUFFER_BYTES: usize = 256 * 1024;
/// Most chains in one frame.
const CHAINS_A_FRAME: usize = 16_384;
const CHAINS_MAX: u64 = 1 << 20;

/// How far a machine's changes in a scope are there.
pub type Reach = (Scope, ReplicaId, u64);

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Who it is and what it has.
    Hello(Box<Hello>),
    /// Which arrivals of the other it has.
    Receipt(Ranges),
    /// How far every chain is there.
    Have(Vec<Reach>),
    /// A segment. Its signature is not verified.
    Segment(Box<Carried>),
    /// What it does not take, or why it stops.
    Refusal(Refused),
    /// It is the other's turn.
    Over(Over),
}

/// Why nothing more can be heard.
#[derive(Debug)]
pub enum LineFault {
    /// The line begins with something else: the first line of it.
    Foreign(String),
    /// The other side ended, having said everything that it began.
    Ended,
    /// The line was cut.
    Cut,
    /// What arrived is not what was said.
    Damaged,
    /// The other side is of a newer program.
    TooNew,
    /// The line failed.
    Io(std::io::Error),
}

impl From<FrameFault> for LineFault {
    fn from(fault: FrameFault) -> Self {
        match fault {
            FrameFault::Cut => Self::Cut,
            FrameFault::Damaged => Self::Damaged,
            FrameFault::TooNew => Self::TooNew,
            FrameFault::Io(error) => Self::Io(error),
        }
    }
}

impl From<StoreError> for LineFault {
    fn from(_: StoreError) -> Self {
        Self::Damaged
    }
}

/// The side of the line that is heard.
pub struct Ear<R> {
    input: Input<R>,
    unpacker: Option<SegmentUnpacker>,
}

enum Input<R> {
    /// Nothing was heard yet.
    Fresh(Option<BufReader<R>>),
    Open(Box<FrameReader<BufReader<R>>>),
}

impl<R: Read> Ear<R> {
    /// Prepares to hear; nothing is read yet.
    pub fn new(input: R) -> Self {
        let buffered = BufReader::with_capacity(BUFFER_BYTES, input);
        Self { input: Input::Fresh(Some(buffered)), unpacker: None }
    }

    /// Returns how many bytes were heard.
    pub const fn bytes(&self) -> u64 {
        match &self.input {
            Input::Open(frames) => frames.offset,
            Input::Fresh(_) => 0,
        }
    }

    /// Tells whether hearing more may have to wait: no whole frame is here.
    pub fn is_dry(&mut self) -> bool {
        match &mut self.input {
            Input::Open(frames) => !whole_frame(frames.input().buffer()),
            Input::Fresh(_) => true,
        }
    }

    /// Hears the next thing.
    pub fn hear(&mut self) -> Result<Said, LineFault> {
        let frames = self.open()?;
        let Some((frame, _)) = frames.read()? else { return Err(LineFault::Ended) };
        let content = &frame.content;
        Ok(match frame.kind {
            Kind::Hello if Hello::is_newer(content) => return Err(LineFault::TooNew),
            Kind::Hello => {
                let hello = Hello::read(content)?;
                let unpacker = SegmentUnpacker::new(hello.dictionary).map_err(|_| LineFault::TooNew)?;
                self.unpacker = Some(unpacker);
                Said::Hello(Box::new(hello))
            }
            Kind::Receipt => Said::Receipt(Ranges::decode(content)?),
            Kind::Have => Said::Have(read_have(content)?),
            Kind::Refusal => Said::Refusal(Refused::read(content)?),
            Kind::Over => Said::Over(Over::read(content)?),
            Kind::Segment => {
                let unpacker = self.unpacker.as_mut().ok_or(LineFault::Damaged)?;
                Said::Segment(Box::new(unpacker.unpack(content).map_err(|_| LineFault::Damaged)?))
            }
            _ => return Err(LineFault::Damaged),
        })
    }

    fn open(&mut self) -> Result<&mut FrameReader<BufReader<R>>, LineFault> {
        if let Input::Fresh(fresh) = &mut self.input {
            let mut input = fresh.take().ok_or(LineFault::Ended)?;
            let found = begin(&mut input)?;
            if found.is_empty() {
                return Err(LineFault::Ended);
            }
            if found != MAGIC {
                return Err(foreign(found, &mut input));
            }
            self.input = Input::Open(Box::new(FrameReader::after(input, MAGIC)));
        }
        match &mut self.input {
            Input::Open(frames) => Ok(frames),
            Input::Fresh(_) => Err(LineFault::Ended),
        }
    }
}

/// Reads as many bytes as the magic number has, or fewer at the end.
fn begin(input: &mut impl Read) -> Result<Vec<u8>, LineFault> {
    let mut found = Vec::new();
    input.take(MAGIC.len() as u64).read_to_end(&mut found).map_err(LineFault::Io)?;
    Ok(found)
}

/// Says what the line begins with instead: its first line that is not empty.
fn foreign(mut found: Vec<u8>, input: &mut impl Read) -> LineFault {
    if MAGIC.starts_with(&found) {
        return LineFault::Cut;
    }
    let mut byte = [0];
    let is_whole = |found: &[u8]| found.trim_ascii_start().contains(&b'\n');
    while (found.len() as u64) < TEXT_BYTES_MAX && !is_whole(&found) {
        match input.read(&mut byte) {
            Ok(1) => found.push(byte[0]),
            _ => break,
        }
    }
    let text = String::from_utf8_lossy(&found).into_owned();
    let line = text.trim().lines().next().unwrap_or_default();
    LineFault::Foreign(show(line))
}

/// The side of the line that is spoken into.
pub struct Mouth<W: Write> {
    frames: FrameWriter<BufWriter<W>>,
}

impl<W: Write> Mouth<W> {
    /// Begins to speak.
    pub fn new(output: W) -> std::io::Result<Self> {
        let output = BufWriter::with_capacity(32 * 1024, output);
        Ok(Self { frames: FrameWriter::new(output, MAGIC)? })
    }

    /// Returns how many bytes were said.
    pub const fn bytes(&self) -> u64 {
        self.frames.bytes
    }

    /// Says who this side is.
    pub fn hello(&mut self, hello: &Hello) -> std::io::Result<()> {
        self.frames.write(Kind::Hello, &hello.write())
    }

    /// Says which arrivals of the other side are here.
    pub fn receipt(&mut self, theirs: &Ranges) -> std::io::Result<()> {
        self.frames.write(Kind::Receipt, &theirs.encode())
    }

    /// Says how far every chain is here.
    pub fn have(&mut self, have: &[Reach]) -> std::io::Result<()> {
        if have.is_empty() {
            return self.frames.write(Kind::Have, &write_have(have));
        }
        have.chunks(CHAINS_A_FRAME).try_for_each(|some| self.frames.write(Kind::Have, &write_have(some)))
    }

    /// Says a packed segment.
    pub fn segment(&mut self, packed: &[u8]) -> std::io::Result<()> {
        self.frames.write(Kind::Segment, packed)
    }

    /// Says what is not taken, or why this side stops.
    pub fn refusal(&mut self, refused: &Refused) -> std::io::Result<()> {
        self.frames.write(Kind::Refusal, &refused.write())
    }

    /// Ends the turn.
    pub fn over(&mut self, over: &Over) -> std::io::Result<()> {
        self.frames.write(Kind::Over, &over.write())?;
        self.frames.flush()
    }

    /// Hands on what waits.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.frames.flush()
    }
}

/// The dictionary with which this program packs.
pub const PACKS_WITH: u8 = DICTIONARY;

/// Writes chains, scope by scope, machines by their place in a list.
fn write_have(have: &[Reach]) -> Vec<u8> {
    let mut machines: Vec<ReplicaId> = have.iter().map(|it| it.1).collect();
    machines.sort_unstable();
    machines.dedup();
    let mut out = Encoder::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = out.array(2).and_then(|it| it.bytes(&machines.concat()));
    let _ = out.array(have.len() as u64 * 4);
    let mut before = None;
    for (scope, machine, seq) in have {
        let (kind, key) = scope.parts();
        let _ = out.u8(kind);
        // The scope of the chain before is not said again.
        let _ = out.bytes(if before == Some(*scope) { &[] } else { &key });
        let _ = out.u64(machines.binary_search(machine).unwrap_or(0) as u64).and_then(|it| it.u64(*seq));
        before = Some(*scope);
    }
    out.into_writer()
}

fn read_have(content: &[u8]) -> Result<Vec<Reach>, StoreError> {
    let wrong = || minicbor::decode::Error::message("chains that do not read");
    let mut input = Decoder::new(content);
    if input.array()? != Some(2) {
        return Err(wrong().into());
    }
    let machines = input.bytes()?;
    let count = input.array()?.filter(|it| it % 4 == 0 && *it <= CHAINS_MAX * 4).ok_or_else(wrong)?;
    let mut have: Vec<Reach> = Vec::new();
    for _ in 0..count / 4 {
        let (kind, key) = (input.u8()?, input.bytes()?);
        let scope = match have.last() {
            Some((scope, ..)) if key.is_empty() => *scope,
            _ => Scope::of(kind, key.try_into().map_err(|_| wrong())?).ok_or_else(wrong)?,
        };
        let (at, seq) = (usize::try_from(input.u64()?).map_err(|_| wrong())?, input.u64()?);
        let machine = machines.chunks_exact(8).nth(at).ok_or_else(wrong)?;
        have.push((scope, machine.try_into().map_err(|_| wrong())?, seq));
    }
    Ok(have)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_heard() {
        let mut mouth = Mouth::new(Vec::new()).unwrap();
        let mut ranges = Ranges::default();
        ranges.insert(1, 7);
        let site = Scope::Site([3; 16]);
        let have = vec![(site, [1; 8], 4), (site, [2; 8], 9), (Scope::Project([9; 16]), [1; 8], 1)];
        mouth.receipt(&ranges).unwrap();
        mouth.have(&have).unwrap();
        mouth.over(&Over { last: 7, covered: ranges.clone(), ..Over::default() }).unwrap();
        let bytes = mouth.frames.into_inner().into_inner().unwrap();
        let mut ear = Ear::new(&bytes[..]);
        assert_eq!(ear.hear().unwrap(), Said::Receipt(ranges.clone()));
        assert!(!ear.is_dry());
        assert_eq!(ear.hear().unwrap(), Said::Have(have));
        assert!(matches!(ear.hear().unwrap(), Said::Over(over) if over.covered == ranges));
        assert!(matches!(ear.hear(), Err(LineFault::Ended)));
        for end in 1..bytes.len() {
            let mut ear = Ear::new(&bytes[..end]);
            let fault = std::iter::repeat_with(|| ear.hear()).find_map(Result::err);
            assert!(matches!(fault, Some(LineFault::Cut | LineFault::Ended)), "{end}: {fault:?}");
        }
    }

    #[test]
    fn what_a_login_shell_prints_is_quoted() {
        for (text, quoted) in [
            ("Bienvenue sur siege\nDernière connexion", "Bienvenue sur siege"),
            ("\n\nBonjour\x1b[2J\n", "Bonjour"),
            ("a", "a"),
        ] {
            let fault = Ear::new(text.as_bytes()).hear();
            let Err(LineFault::Foreign(line)) = fault else { panic!("{fault:?}") };
            assert!(line.starts_with(quoted) && !line.contains('\x1b'), "{line:?}");
        }
        assert!(matches!(Ear::new(&b""[..]).hear(), Err(LineFault::Ended)));
        assert!(matches!(Ear::new(&MAGIC[..3]).hear(), Err(LineFault::Cut)));
    }
}
