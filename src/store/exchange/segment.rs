//! A segment: a stretch of one machine's changes in one scope, as canonical bytes that the machine signs.

use minicbor::{Decoder, Encoder};

use crate::model::id::Id;
use crate::store::change::{Body, Dot, Hash, ReplicaId, Scope, link};
use crate::store::error::StoreError;
use crate::store::merge;
use crate::store::transact::{LAMPORT_MAX, OpDraft, OpId, op_hash};

/// A signature: Ed25519.
pub type Signature = [u8; 64];

/// Most bytes of a segment.
pub const SEGMENT_BYTES_MAX: usize = 1 << 20;
/// Most ops, and most changes, of a segment that is read.
const PARTS_MAX: u64 = 4096;
/// No honest machine ever makes so many changes.
const SEQ_MAX: u64 = 1 << 48;
const FORM: u8 = 1;

/// Changes `lo` and following of one machine in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where they were written.
    pub scope: Scope,
    /// The machine that wrote them.
    pub replica: ReplicaId,
    /// The number of the first.
    pub lo: u64,
    /// The link of the chain before the first; zero when there is none.
    pub before: Hash,
    /// The ops that they belong to, in order of first use.
    pub ops: Vec<SealedOp>,
    /// The changes.
    pub changes: Vec<SealedChange>,
}

/// An op as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedOp {
    /// Identifier.
    pub id: OpId,
    /// Lamport time.
    pub lamport: i64,
    /// What the machine's clock said, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Who.
    pub user: String,
    /// What.
    pub name: String,
    /// Arguments of its sentence, as JSON.
    pub note: Option<String>,
    /// The op that it takes back.
    pub undoes: Option<OpId>,
}

/// A change as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedChange {
    /// Which of the segment's ops it belongs to.
    pub op: usize,
    /// Number of the table.
    pub table: u16,
    /// Canonical bytes of what it wrote.
    pub body: Vec<u8>,
}

impl SealedOp {
    /// Returns the op as a draft.
    pub fn draft(&self) -> OpDraft<'_> {
        let (note, undoes) = (self.note.clone(), self.undoes);
        OpDraft { name: &self.name, user: &self.user, wall_ms: self.wall_ms, note, undoes }
    }

    /// Computes the hash that ties changes to the op.
    pub fn hash(&self, replica: ReplicaId) -> Hash {
        op_hash(&self.id.bytes(), &replica, self.lamport, &self.draft())
    }
}

impl Segment {
    /// Returns the number of the last change.
    pub fn hi(&self) -> u64 {
        self.lo + self.changes.len() as u64 - 1
    }

    /// Returns the changes of other machines that must be applied before: what their authors saw.
    pub fn needs(&self, bodies: &[Body]) -> Vec<Dot> {
        merge::needs(self.replica, bodies)
    }

    /// Computes the links of the chain, one a change.
    pub fn links(&self) -> Vec<Hash> {
        let hashes: Vec<Hash> = self.ops.iter().map(|it| it.hash(self.replica)).collect();
        let mut before = self.before;
        let link = |(at, change): (usize, &SealedChange)| {
            let dot = Dot { replica: self.replica, seq: self.lo + at as u64 };
            before = link(&before, self.scope, dot, &hashes[change.op], change.table, &change.body);
            before
        };
        self.changes.iter().enumerate().map(link).collect()
    }

    /// Reads what the changes wrote; refuses bytes with another spelling of the same meaning.
    pub fn bodies(&self) -> Result<Vec<Body>, StoreError> {
        self.changes
            .iter()
            .map(|change| {
                let body = Body::decode(&change.body)?;
                let sorted = body.columns.windows(2).all(|it| it[0].0 < it[1].0);
                if body.encode() != change.body || !sorted {
                    return Err(broken("a change is spelled in another way"));
                }
                Ok(body)
            })
            .collect()
    }

    /// Writes canonical CBOR.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(256));
        self.write(&mut out);
        out.into_writer()
    }

    /// Writes what the machine signs: the organisation, then the canonical bytes.
    pub fn signed_bytes(organisation: [u8; 16], payload: &[u8]) -> Vec<u8> {
        [organisation.as_slice(), payload].concat()
    }

    fn write(&self, out: &mut Encoder<Vec<u8>>) {
        let (kind, key) = self.scope.parts();
        // Writing to memory cannot fail.
        let _ = out.array(8).and_then(|it| it.u8(FORM)).and_then(|it| it.u8(kind));
        let _ = out.bytes(&key).and_then(|it| it.bytes(&self.replica)).and_then(|it| it.u64(self.lo));
        let _ = if self.lo == 1 { out.null().is_ok() } else { out.bytes(&self.before).is_ok() };
        let _ = out.array(self.ops.len() as u64);
        for op in &self.ops {
            let _ = out.array(7).and_then(|it| it.bytes(&op.id.bytes())).and_then(|it| it.i64(op.lamport));
            let _ = out.i64(op.wall_ms).and_then(|it| it.str(&op.user)).and_then(|it| it.str(&op.name));
            let _ = match &op.note {
                Some(note) => out.str(note).is_ok(),
                None => out.null().is_ok(),
            };
            let _ = match op.undoes {
                Some(op) => out.bytes(&op.bytes()).is_ok(),
                None => out.null().is_ok(),
            };
        }
        let _ = out.array(self.changes.len() as u64);
        for change in &self.changes {
            let _ = out.array(3).and_then(|it| it.u64(change.op as u64)).and_then(|it| it.u16(change.table));
            let _ = out.bytes(&change.body);
        }
    }

    /// Reads canonical bytes; refuses anything that would not be written just so.
    pub fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let mut input = Decoder::new(payload);
        expect(input.array()?, 8)?;
        if input.u8()? != FORM {
            return Err(broken("a form of a newer program"));
        }
        let kind = input.u8()?;
        let scope =
            Scope::of(kind, fixed(input.bytes()?)?).ok_or_else(|| broken("a scope of an unknown kind"))?;
        let (replica, lo) = (fixed(input.bytes()?)?, input.u64()?);
        let before = optional(&mut input)?.map(fixed).transpose()?.unwrap_or_default();
        let ops = many(&mut input, read_op)?;
        let changes = many(&mut input, read_change)?;
        let segment = Self { scope, replica, lo, before, ops, changes };
        segment.check()?;
        if segment.encode() != payload {
            return Err(broken("a segment is spelled in another way"));
        }
        Ok(segment)
    }

    fn check(&self) -> Result<(), StoreError> {
        let in_reach = |number: i64| (0..=LAMPORT_MAX).contains(&number);
        if self.lo == 0 || self.lo > SEQ_MAX || self.changes.is_empty() {
            return Err(broken("a stretch without honest numbers"));
        }
        if self.changes.iter().any(|it| it.op >= self.ops.len()) {
            return Err(broken("a change without its op"));
        }
        if self.ops.iter().any(|it| !in_reach(it.lamport)) {
            return Err(broken("a counter out of reach"));
        }
        Ok(())
    }
}

fn read_op(input: &mut Decoder<'_>) -> Result<SealedOp, StoreError> {
    expect(input.array()?, 7)?;
    let id = Id::from_bytes(fixed(input.bytes()?)?);
    let (lamport, wall_ms) = (input.i64()?, input.i64()?);
    let (user, name) = (input.str()?.to_owned(), input.str()?.to_owned());
    let note = match input.datatype()? {
        minicbor::data::Type::Null => input.null().map(|()| None)?,
        _ => Some(input.str()?.to_owned()),
    };
    let undoes = optional(input)?.map(fixed).transpose()?.map(Id::from_bytes);
    Ok(SealedOp { id, lamport, wall_ms, user, name, note, undoes })
}

fn read_change(input: &mut Decoder<'_>) -> Result<SealedChange, StoreError> {
    expect(input.array()?, 3)?;
    let op = usize::try_from(input.u64()?).map_err(|_| broken("a change without its op"))?;
    Ok(SealedChange { op, table: input.u16()?, body: input.bytes()?.to_vec() })
}

fn many<T>(
    input: &mut Decoder<'_>,
    read: fn(&mut Decoder<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let length =
        input.array()?.filter(|it| *it <= PARTS_MAX).ok_or_else(|| broken("a list without honest length"))?;
    (0..length).map(|_| read(input)).collect()
}

fn optional<'a>(input: &mut Decoder<'a>) -> Result<Option<&'a [u8]>, StoreError> {
    if input.datatype()? == minicbor::data::Type::Null {
        input.null()?;
        return Ok(None);
    }
    Ok(Some(input.bytes()?))
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| broken("an identifier of another length"))
}

fn expect(found: Option<u64>, wanted: u64) -> Result<(), StoreError> {
    if found == Some(wanted) { Ok(()) } else { Err(broken("a record with other parts")) }
}

fn broken(what: &'static str) -> StoreError {
    minicbor::decode::Error::message(what).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::change::Pred;
    use crate::store::value::Value;

    pub fn sample() -> Segment {
        let pred = Pred { seen: Dot { replica: [2; 8], seq: 9 }, columns: vec![1] };
        let body = Body {
            key: vec![Value::Bytes(vec![4; 16]), Value::Int(24_300)],
            columns: vec![(1, Value::Int(1250))],
            preds: vec![pred],
            origin: None,
        };
        let op = SealedOp {
            id: Id::from_bytes([7; 16]),
            lamport: 12,
            wall_ms: -5,
            user: "awa".into(),
            name: "record-entry".into(),
            note: Some("{}".into()),
            undoes: None,
        };
        let change = |op| SealedChange { op, table: 8, body: body.encode() };
        Segment {
            scope: Scope::Site([3; 16]),
            replica: [1; 8],
            lo: 5,
            before: [9; 32],
            ops: vec![op.clone(), SealedOp { undoes: Some(Id::from_bytes([8; 16])), note: None, ..op }],
            changes: vec![change(0), change(1)],
        }
    }

    #[test]
    fn a_segment_survives_its_bytes() {
        let segment = sample();
        assert_eq!(Segment::decode(&segment.encode()).unwrap(), segment);
        assert_eq!((segment.hi(), segment.links().len()), (6, 2));
        assert_eq!(segment.needs(&segment.bodies().unwrap()), [Dot { replica: [2; 8], seq: 9 }]);
    }

    #[test]
    fn cut_or_otherwise_spelled_bytes_are_refused() {
        let bytes = sample().encode();
        assert!((0..bytes.len()).all(|end| Segment::decode(&bytes[..end]).is_err()));
        // The same numbers in longer CBOR.
        let mut longer = bytes.clone();
        longer.splice(1..2, [0x18, 0x01]);
        assert!(Segment::decode(&longer).is_err());
        let mut open = bytes;
        open.push(0);
        assert!(Segment::decode(&open).is_err());
    }

    #[test]
    fn numbers_out_of_reach_are_refused() {
        for (lo, lamport) in [(0, 1), (1 << 50, 1), (5, i64::MAX), (5, -1)] {
            let mut segment = sample();
            segment.lo = lo;
            segment.ops[0].lamport = lamport;
            assert!(Segment::decode(&segment.encode()).is_err(), "{lo} {lamport}");
        }
    }
}
