//! What machines on a line say of themselves, of what they sent, and of what they do not take.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use super::bundle::{broken, expect, fixed};
use super::keys::MachinePublicKey;
use crate::model::text::{NAME_CHARS_MAX, clean_line};
use crate::store::change::ReplicaId;
use crate::store::error::StoreError;
use crate::store::exchange::ranges::Ranges;

/// The form of the conversation; a newer one is refused.
const FORM: u8 = 1;
const TEXT_BYTES_MAX: usize = 1000;
const TEXT_CHARS_MAX: usize = 600;
const PROJECTS_BYTES_MAX: usize = 16 * 1000;
const NAMES_MAX: u64 = 100;
const JOINS: u8 = 1;
const EMPTY: u8 = 2;

/// What all chains of some scopes come to: equal on two machines that have the same.
pub type Digest = [u8; 16];

/// How one side introduces itself. Names and keys travel only where the other side may not know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hello {
    /// The dictionary with which it packs.
    pub dictionary: u8,
    /// Its organisation; none when it joins one.
    pub organisation: Option<[u8; 16]>,
    /// The machine.
    pub replica: ReplicaId,
    /// The machine that it expects on the other side.
    pub expects: Option<ReplicaId>,
    /// Which arrivals of that machine it has.
    pub theirs: Ranges,
    /// Whether it wants to be enrolled.
    pub joins: bool,
    /// Whether it has nothing at all.
    pub is_empty: bool,
    /// How many changes it is about to send.
    pub coming: u64,
    /// The projects that it wants; all when empty.
    pub projects: Vec<[u8; 16]>,
    /// Names of projects that it wants and has no identifiers of yet: the answer says which they are.
    pub asks: Vec<String>,
    /// Most bytes that it wants.
    pub bytes_max: Option<u64>,
    /// Its key.
    pub key: Option<MachinePublicKey>,
    /// The key that its organisation began with.
    pub founder: Option<MachinePublicKey>,
    /// How it is called.
    pub name: String,
    /// How its organisation is called.
    pub organisation_name: String,
}

impl Hello {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(96));
        // Writing to memory cannot fail.
        let _ = out.array(15).and_then(|it| it.u8(FORM)).and_then(|it| it.u8(self.dictionary));
        write_bytes(&mut out, self.organisation.as_ref().map(<[u8; 16]>::as_slice));
        let _ = out.bytes(&self.replica);
        write_bytes(&mut out, self.expects.as_ref().map(<[u8; 8]>::as_slice));
        self.theirs.write(&mut out);
        let flags = u8::from(self.joins) * JOINS + u8::from(self.is_empty) * EMPTY;
        let _ =
            out.u8(flags).and_then(|it| it.u64(self.coming)).and_then(|it| it.bytes(&self.projects.concat()));
        let _ = out.u64(self.bytes_max.unwrap_or(0));
        write_bytes(&mut out, self.key.as_ref().map(|it| it.0.as_slice()));
        write_bytes(&mut out, self.founder.as_ref().map(|it| it.0.as_slice()));
        let _ = out.str(&self.name).and_then(|it| it.str(&self.organisation_name));
        let _ = out.array(self.asks.len() as u64);
        self.asks.iter().for_each(|it| {
            let _ = out.str(it);
        });
        out.into_writer()
    }

    /// Tells whether it is written in a form that this program does not know.
    pub(super) fn is_newer(content: &[u8]) -> bool {
        let mut input = Decoder::new(content);
        input.array().is_ok_and(|it| it.is_some_and(|it| it > 0)) && input.u8().is_ok_and(|it| it > FORM)
    }

    pub(super) fn read(content: &[u8]) -> Result<Self, StoreError> {
        let mut input = Decoder::new(content);
        expect(input.array()?, 15)?;
        if input.u8()? != FORM {
            return Err(broken("a conversation of a newer program"));
        }
        let dictionary = input.u8()?;
        let organisation = optional(&mut input)?;
        let (replica, expects) = (fixed(input.bytes()?)?, optional(&mut input)?);
        let theirs = Ranges::read(&mut input)?;
        let (flags, coming, projects) = (input.u8()?, input.u64()?, input.bytes()?);
        if projects.len() > PROJECTS_BYTES_MAX || projects.len() % 16 != 0 {
            return Err(broken("projects without honest length"));
        }
        Ok(Self {
            dictionary,
            organisation,
            replica,
            expects,
            theirs,
            joins: flags & JOINS != 0,
            is_empty: flags & EMPTY != 0,
            coming,
            projects: projects.chunks_exact(16).filter_map(|it| it.try_into().ok()).collect(),
            bytes_max: Some(input.u64()?).filter(|it| *it > 0),
            key: optional(&mut input)?.map(MachinePublicKey),
            founder: optional(&mut input)?.map(MachinePublicKey),
            name: text(input.str()?)?,
            organisation_name: text(input.str()?)?,
            asks: read_names(&mut input)?,
        })
    }
}

/// How a turn ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// Which of its arrivals need not be asked for any more: they were sent, or the other side has them.
    pub covered: Ranges,
    /// The number of its last arrival.
    pub last: u64,
    /// What everything that it has comes to, in the scopes that are talked about.
    pub digest: Option<Digest>,
    /// Changes that did not go because of the other's limit.
    pub pending: u64,
    /// Whether no answer is awaited.
    pub ends: bool,
}

impl Over {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(32));
        let _ = out.array(5);
        self.covered.write(&mut out);
        let _ = out.u64(self.last);
        write_bytes(&mut out, self.digest.as_ref().map(<[u8; 16]>::as_slice));
        let _ = out.u64(self.pending).and_then(|it| it.bool(self.ends));
        out.into_writer()
    }

    pub(super) fn read(content: &[u8]) -> Result<Self, StoreError> {
        let mut input = Decoder::new(content);
        expect(input.array()?, 5)?;
        let (covered, last) = (Ranges::read(&mut input)?, input.u64()?);
        Ok(Self { covered, last, digest: optional(&mut input)?, pending: input.u64()?, ends: input.bool()? })
    }
}

/// Why something is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its machine is not enrolled.
    Unknown,
    /// Its machine may not write there.
    NotAllowed,
    /// It does not carry its machine's signature.
    Forged,
    /// The machine that calls is not enrolled: it must be before anything is exchanged.
    NotEnrolled,
    /// The machine that calls was withdrawn.
    Withdrawn,
    /// The machine that calls is of another organisation.
    OtherOrganisation,
    /// Something else, said in words.
    Said,
}

const REASONS: &[Reason] = &[
    Reason::Said,
    Reason::Unknown,
    Reason::NotAllowed,
    Reason::Forged,
    Reason::NotEnrolled,
    Reason::Withdrawn,
    Reason::OtherOrganisation,
];

/// What one side does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: Reason,
    /// The segment's number in the other's order of arrival; 0 when this side stops.
    pub n: u64,
    /// Whose it is, or the words.
    pub text: String,
}

impl Refused {
    pub(super) fn write(&self) -> Vec<u8> {
        let number = REASONS.iter().position(|it| *it == self.reason).unwrap_or(0);
        let mut out = Encoder::new(Vec::new());
        let _ = out.array(3).and_then(|it| it.u64(number as u64)).and_then(|it| it.u64(self.n));
        let _ = out.str(&clean_line(&self.text, TEXT_CHARS_MAX));
        out.into_writer()
    }

    pub(super) fn read(content: &[u8]) -> Result<Self, StoreError> {
        let mut input = Decoder::new(content);
        expect(input.array()?, 3)?;
        let number = usize::try_from(input.u64()?).unwrap_or(usize::MAX);
        // A reason of a newer program still has its words.
        let reason = REASONS.get(number).copied().unwrap_or(Reason::Said);
        let (n, words) = (input.u64()?, input.str()?);
        Ok(Self { reason, n, text: clean_line(words, TEXT_CHARS_MAX) })
    }
}

fn write_bytes(out: &mut Encoder<Vec<u8>>, bytes: Option<&[u8]>) {
    let _ = match bytes {
        Some(bytes) => out.bytes(bytes).is_ok(),
        None => out.null().is_ok(),
    };
}

fn optional<const N: usize>(input: &mut Decoder<'_>) -> Result<Option<[u8; N]>, StoreError> {
    if input.datatype()? == Type::Null {
        input.null()?;
        return Ok(None);
    }
    fixed(input.bytes()?).map(Some)
}

fn read_names(input: &mut Decoder<'_>) -> Result<Vec<String>, StoreError> {
    let count = input.array()?.filter(|it| *it <= NAMES_MAX).ok_or_else(|| broken("too many names"))?;
    (0..count).map(|_| text(input.str()?)).collect()
}

fn text(text: &str) -> Result<String, StoreError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(broken("a name too long"));
    }
    Ok(clean_line(text, NAME_CHARS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_hello_is_short_and_comes_back() {
        let mut theirs = Ranges::default();
        theirs.insert(1, 300);
        let hello = Hello {
            dictionary: 1,
            organisation: Some([1; 16]),
            replica: [2; 8],
            expects: Some([3; 8]),
            theirs,
            coming: 1,
            ..Hello::default()
        };
        let bytes = hello.write();
        assert!(bytes.len() <= 64, "{}", bytes.len());
        assert_eq!(Hello::read(&bytes).unwrap(), hello);
        assert!((0..bytes.len()).all(|end| Hello::read(&bytes[..end]).is_err()));
        let full = Hello {
            joins: true,
            is_empty: true,
            projects: vec![[7; 16]; 2],
            asks: vec!["PACS".into()],
            bytes_max: Some(50_000),
            key: Some(MachinePublicKey([4; 32])),
            founder: Some(MachinePublicKey([5; 32])),
            name: "portable".into(),
            organisation_name: "Cellule".into(),
            ..hello
        };
        assert_eq!(Hello::read(&full.write()).unwrap(), full);
    }

    #[test]
    fn refusals_and_ends_come_back() {
        for reason in REASONS {
            let refused = Refused { reason: *reason, n: 7, text: "awa".into() };
            assert_eq!(Refused::read(&refused.write()).unwrap(), refused);
        }
        let over = Over { digest: Some([9; 16]), last: 4, pending: 2, ..Over::default() };
        assert_eq!(Over::read(&over.write()).unwrap(), over);
    }
}
