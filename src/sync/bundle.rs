//! A bundle: segments of the log in a file, with what it is, for whom, and a signed end.

use std::io::{Read, Write};

use minicbor::{Decoder, Encoder};

use super::frame::{FrameReader, FrameWriter, Kind};
use super::keys::{MachineKey, MachinePublicKey, Purpose};
use super::packing::{DICTIONARY, Packer, Unpacker};
use crate::model::problem::Problem;
use crate::store::change::{ReplicaId, Scope};
use crate::store::error::StoreError;
use crate::store::exchange::ranges::Ranges;
use crate::store::exchange::segment::{Segment, Signature};

/// How a bundle begins; a mail program that changes line ends breaks it, and that is noticed.
pub const MAGIC: &[u8; 8] = b"\x89CHT\r\n\x1a\0";
/// The form that is written, and the oldest program that reads it.
const MAJOR: u8 = 1;
const TEXT_BYTES_MAX: usize = 1000;
const NEEDS_MAX: u64 = 1 << 20;

/// What a bundle is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The organisation.
    pub organisation: [u8; 16],
    /// Its name.
    pub organisation_name: String,
    /// The machine that wrote the bundle.
    pub sender: ReplicaId,
    /// Its key.
    pub sender_key: MachinePublicKey,
    /// Its name.
    pub sender_name: String,
    /// The key that the organisation began with.
    pub founder: MachinePublicKey,
    /// The first of the sender's arrivals that the bundle covers.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// When it was written, in milliseconds since 1970 UTC, by the sender's clock.
    pub created_ms: i64,
    /// Which part it is, and of how many.
    pub part: (u32, u32),
    /// The machine for which something was left out because it has it; `None` when nothing was left out.
    pub reader: Option<ReplicaId>,
}

/// What a bundle carries, piece by piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// What the reader must have before: for a scope and a machine, up to which change.
    Needs(Vec<(Scope, ReplicaId, u64)>),
    /// A segment, with its number in the sender's order of arrival. Its signature is not verified.
    Segment(Box<Carried>),
    /// Which arrivals of a machine the sender has.
    Receipt(ReplicaId, Ranges),
}

/// A segment on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its number in the sender's order of arrival.
    pub n: u64,
    /// What it says.
    pub segment: Segment,
    /// The same as canonical bytes.
    pub payload: Vec<u8>,
    /// The signature of its machine.
    pub signature: Signature,
}

/// Packs segments into frames.
pub struct SegmentPacker(Packer);

impl SegmentPacker {
    /// Prepares the dictionary.
    pub fn new() -> Result<Self, Problem> {
        Packer::new().map(Self)
    }

    /// Writes the content of a frame.
    pub fn pack(&mut self, n: u64, payload: &[u8], signature: &Signature) -> Result<Vec<u8>, Problem> {
        let packed = self.0.pack(payload)?;
        let mut out = Encoder::new(Vec::with_capacity(packed.len() + 80));
        // Writing to memory cannot fail.
        let _ = out.array(4).and_then(|it| it.u64(n)).and_then(|it| it.u64(payload.len() as u64));
        let _ = out.bytes(signature).and_then(|it| it.bytes(&packed));
        Ok(out.into_writer())
    }
}

/// Unpacks segments from frames.
pub struct SegmentUnpacker(Unpacker);

impl SegmentUnpacker {
    /// Prepares a dictionary by its number.
    pub fn new(dictionary: u8) -> Result<Self, Problem> {
        Unpacker::new(dictionary).map(Self)
    }

    /// Reads the content of a frame.
    pub fn unpack(&mut self, content: &[u8]) -> Result<Carried, Problem> {
        let wrong = |error: &dyn std::fmt::Display| Problem::new("segment-unpackable").with("error", error);
        let read = || -> Result<(u64, u64, Signature, &[u8]), StoreError> {
            let mut input = Decoder::new(content);
            expect(input.array()?, 4)?;
            let (n, length) = (input.u64()?, input.u64()?);
            let signature = fixed(input.bytes()?)?;
            let packed = input.bytes()?;
            if input.position() != content.len() || n == 0 {
                return Err(broken("a segment with something behind it"));
            }
            Ok((n, length, signature, packed))
        };
        let (n, length, signature, packed) = read().map_err(|error| wrong(&error))?;
        let payload = self.0.unpack(packed, usize::try_from(length).unwrap_or(usize::MAX))?;
        let segment = Segment::decode(&payload).map_err(|error| wrong(&error))?;
        Ok(Carried { n, segment, payload, signature })
    }
}

/// Writes a bundle.
pub struct BundleWriter<W> {
    frames: FrameWriter<W>,
}

impl<W: Write> BundleWriter<W> {
    /// Begins a bundle.
    pub fn new(out: W, header: &Header) -> std::io::Result<Self> {
        let mut frames = FrameWriter::new(out, MAGIC)?;
        frames.write(Kind::Header, &write_header(header))?;
        Ok(Self { frames })
    }

    /// Says what the reader must have before.
    pub fn needs(&mut self, needs: &[(Scope, ReplicaId, u64)]) -> std::io::Result<()> {
        let mut out = Encoder::new(Vec::new());
        let _ = out.array(needs.len() as u64 * 4);
        for (scope, replica, seq) in needs {
            let (kind, key) = scope.parts();
            let _ = out.u8(kind).and_then(|it| it.bytes(&key)).and_then(|it| it.bytes(replica));
            let _ = out.u64(*seq);
        }
        self.frames.write(Kind::Needs, &out.into_writer())
    }

    /// Says which arrivals of a machine are here.
    pub fn receipt(&mut self, machine: ReplicaId, theirs: &Ranges) -> std::io::Result<()> {
        self.frames.write(Kind::Receipt, &write_receipt(machine, theirs))
    }

    /// Adds a packed segment.
    pub fn segment(&mut self, packed: &[u8]) -> std::io::Result<()> {
        self.frames.write(Kind::Segment, packed)
    }

    /// Ends the bundle with its hash, signed. Returns the output.
    pub fn finish(mut self, key: &MachineKey) -> Result<W, Problem> {
        let (count, hash) = (self.frames.count, self.frames.hash());
        let signature = key.sign(Purpose::Bundle, &end_message(count, &hash))?;
        let mut out = Encoder::new(Vec::new());
        let _ = out.array(3).and_then(|it| it.u64(count)).and_then(|it| it.bytes(&hash));
        let _ = out.bytes(&signature);
        let unwritten = |error| Problem::new("bundle-unwritable").with("error", error);
        self.frames.write(Kind::End, &out.into_writer()).map_err(unwritten)?;
        self.frames.flush().map_err(unwritten)?;
        Ok(self.frames.into_inner())
    }
}

/// Reads a bundle, checking as it goes.
pub struct BundleReader<R> {
    /// What it is.
    pub header: Header,
    frames: FrameReader<R>,
    unpacker: SegmentUnpacker,
    ended: bool,
}

impl<R: Read> BundleReader<R> {
    /// Reads the beginning.
    pub fn new(input: R) -> Result<Self, Problem> {
        let unreadable = |error| Problem::new("bundle-unreadable").with("error", error);
        let mut frames = match FrameReader::new(input, MAGIC).map_err(unreadable)? {
            Ok(frames) => frames,
            Err(found) => return Err(foreign(&found)),
        };
        let first = frames.read().map_err(|fault| fault.in_bundle(1, frames.offset))?;
        let Some((frame, _)) = first else { return Err(cut(1, frames.offset)) };
        if frame.kind != Kind::Header {
            return Err(damaged(1, frames.offset));
        }
        let (header, dictionary) = read_header(&frame.content, frames.offset)?;
        Ok(Self { header, frames, unpacker: SegmentUnpacker::new(dictionary)?, ended: false })
    }

    /// Reads the next piece; `None` at the end, whose hash and signature hold and behind which nothing follows.
    pub fn read(&mut self) -> Result<Option<Item>, Problem> {
        if self.ended {
            return Ok(None);
        }
        let (number, offset) = (self.frames.count + 1, self.frames.offset);
        let found = self.frames.read().map_err(|fault| fault.in_bundle(number, offset))?;
        let Some((frame, before)) = found else { return Err(cut(number, offset)) };
        let wrong = |_| damaged(number, offset);
        match frame.kind {
            Kind::Needs => read_needs(&frame.content).map(|it| Some(Item::Needs(it))).map_err(wrong),
            Kind::Receipt => {
                let receipt = read_receipt(&frame.content).map_err(wrong)?;
                Ok(Some(Item::Receipt(receipt.0, receipt.1)))
            }
            Kind::Segment => {
                let carried = self.unpacker.unpack(&frame.content).map_err(|_| damaged(number, offset))?;
                Ok(Some(Item::Segment(Box::new(carried))))
            }
            Kind::End => self.end(&frame.content, &before, number, offset),
            Kind::Piece => self.read(),
            _ => Err(damaged(number, offset)),
        }
    }

    fn end(
        &mut self,
        content: &[u8],
        before: &[u8; 32],
        number: u64,
        offset: u64,
    ) -> Result<Option<Item>, Problem> {
        let read = || -> Result<(u64, [u8; 32], Signature), StoreError> {
            let mut input = Decoder::new(content);
            expect(input.array()?, 3)?;
            let end = (input.u64()?, fixed(input.bytes()?)?, fixed(input.bytes()?)?);
            if input.position() == content.len() { Ok(end) } else { Err(broken("more")) }
        };
        let (count, hash, signature) = read().map_err(|_| damaged(number, offset))?;
        let message = end_message(count, &hash);
        if count != number - 1
            || hash != *before
            || !self.header.sender_key.verify(Purpose::Bundle, &message, &signature)
        {
            return Err(damaged(number, offset));
        }
        let mut behind = [0];
        if self.frames.input().read(&mut behind).is_ok_and(|it| it > 0) {
            return Err(Problem::new("bundle-appended").with("offset", self.frames.offset));
        }
        self.ended = true;
        Ok(None)
    }
}

fn end_message(count: u64, hash: &[u8; 32]) -> Vec<u8> {
    [count.to_be_bytes().as_slice(), hash].concat()
}

fn cut(frame: u64, offset: u64) -> Problem {
    Problem::new("bundle-cut").with("frame", frame).with("offset", offset)
}

fn damaged(frame: u64, offset: u64) -> Problem {
    Problem::new("bundle-damaged").with("frame", frame).with("offset", offset)
}

/// Says what a file is that is no bundle.
fn foreign(found: &[u8]) -> Problem {
    let key = match found {
        [] => "bundle-empty",
        it if it.len() < MAGIC.len() && MAGIC.starts_with(it) => return cut(1, found.len() as u64),
        it if it.starts_with(b"\x89CHT") || it.starts_with(b"CHT") => "bundle-mail",
        it if it.starts_with(b"iUNIVA0K") => "bundle-base64",
        _ => "bundle-foreign",
    };
    Problem::new(key)
}

fn write_header(header: &Header) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = out.array(14).and_then(|it| it.u8(MAJOR)).and_then(|it| it.u8(DICTIONARY));
    let _ = out.bytes(&header.organisation).and_then(|it| it.str(&header.organisation_name));
    let _ = out.bytes(&header.sender).and_then(|it| it.bytes(&header.sender_key.0));
    let _ = out.str(&header.sender_name).and_then(|it| it.bytes(&header.founder.0));
    let _ = out.u64(header.first).and_then(|it| it.u64(header.last)).and_then(|it| it.i64(header.created_ms));
    let _ = out.u32(header.part.0).and_then(|it| it.u32(header.part.1));
    let _ = match &header.reader {
        Some(reader) => out.bytes(reader).is_ok(),
        None => out.null().is_ok(),
    };
    out.into_writer()
}

fn read_header(content: &[u8], offset: u64) -> Result<(Header, u8), Problem> {
    let mut input = Decoder::new(content);
    let major = input.array().ok().flatten().filter(|it| *it >= 1).and_then(|_| input.u8().ok());
    match major {
        Some(MAJOR) => {}
        Some(newer) if newer > MAJOR => return Err(Problem::new("bundle-too-new")),
        _ => return Err(damaged(1, offset)),
    }
    let mut read = || -> Result<(Header, u8), StoreError> {
        let dictionary = input.u8()?;
        let (organisation, organisation_name) = (fixed(input.bytes()?)?, text(input.str()?)?);
        let (sender, sender_key) = (fixed(input.bytes()?)?, MachinePublicKey(fixed(input.bytes()?)?));
        let (sender_name, founder) = (text(input.str()?)?, MachinePublicKey(fixed(input.bytes()?)?));
        let (first, last, created_ms) = (input.u64()?, input.u64()?, input.i64()?);
        let part = (input.u32()?, input.u32()?);
        let reader = match input.datatype()? {
            minicbor::data::Type::Null => input.null().map(|()| None)?,
            _ => Some(fixed(input.bytes()?)?),
        };
        let sender = (sender, sender_key, sender_name);
        let header = Header {
            organisation,
            organisation_name,
            sender: sender.0,
            sender_key: sender.1,
            sender_name: sender.2,
            founder,
            first,
            last,
            created_ms,
            part,
            reader,
        };
        Ok((header, dictionary))
    };
    read().map_err(|_| damaged(1, offset))
}

fn read_needs(content: &[u8]) -> Result<Vec<(Scope, ReplicaId, u64)>, StoreError> {
    let mut input = Decoder::new(content);
    let length =
        input.array()?.filter(|it| it % 4 == 0 && *it <= NEEDS_MAX).ok_or_else(|| broken("needs"))?;
    (0..length / 4)
        .map(|_| {
            let scope = Scope::of(input.u8()?, fixed(input.bytes()?)?).ok_or_else(|| broken("a scope"))?;
            Ok((scope, fixed(input.bytes()?)?, input.u64()?))
        })
        .collect()
}

/// Writes which arrivals of a machine are here.
pub fn write_receipt(machine: ReplicaId, theirs: &Ranges) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    let _ = out.array(2).and_then(|it| it.bytes(&machine));
    theirs.write(&mut out);
    out.into_writer()
}

/// Reads which arrivals of a machine the sender has.
pub fn read_receipt(content: &[u8]) -> Result<(ReplicaId, Ranges), StoreError> {
    let mut input = Decoder::new(content);
    expect(input.array()?, 2)?;
    Ok((fixed(input.bytes()?)?, Ranges::read(&mut input)?))
}

fn text(text: &str) -> Result<String, StoreError> {
    if text.len() <= TEXT_BYTES_MAX { Ok(text.to_owned()) } else { Err(broken("a name too long")) }
}

pub(super) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| broken("an identifier of another length"))
}

pub(super) fn expect(found: Option<u64>, wanted: u64) -> Result<(), StoreError> {
    if found == Some(wanted) { Ok(()) } else { Err(broken("a record with other parts")) }
}

pub(super) fn broken(what: &'static str) -> StoreError {
    minicbor::decode::Error::message(what).into()
}
