//! One change: which row, which columns, which versions its author saw. Canonical bytes and chain of hashes.

use minicbor::{Decoder, Encoder};

use super::error::StoreError;
use super::value::Value;

/// The identity of a machine's database file: 8 random bytes.
pub type ReplicaId = [u8; 8];
/// A link of the chain: BLAKE3 of all before and this.
pub type Hash = [u8; 32];

/// The unit of replication and of rights. A row lives in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The organisation, its contacts and contractors.
    Organisation([u8; 16]),
    /// A project and its contacts.
    Project([u8; 16]),
    /// A site with lots, figures, observations and decisions.
    Site([u8; 16]),
    /// The money of a site.
    SiteMoney([u8; 16]),
    /// The machines of the organisation and their keys.
    Rights([u8; 16]),
}

impl Scope {
    /// Returns the number and the key that stand for the scope in the log.
    pub const fn parts(self) -> (u8, [u8; 16]) {
        match self {
            Self::Organisation(key) => (1, key),
            Self::Project(key) => (2, key),
            Self::Site(key) => (3, key),
            Self::SiteMoney(key) => (4, key),
            Self::Rights(key) => (5, key),
        }
    }

    /// Returns the scope of a number and a key; `None` for a kind of a newer program.
    pub const fn of(kind: u8, key: [u8; 16]) -> Option<Self> {
        Some(match kind {
            1 => Self::Organisation(key),
            2 => Self::Project(key),
            3 => Self::Site(key),
            4 => Self::SiteMoney(key),
            5 => Self::Rights(key),
            _ => return None,
        })
    }
}

/// The place of a change in its scope: who wrote it, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The machine.
    pub replica: ReplicaId,
    /// Gapless from 1 per scope and machine.
    pub seq: u64,
}

/// The versions that the author of a change saw, for some of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pred {
    /// The change that was seen.
    pub seen: Dot,
    /// The columns whose value stood from it.
    pub columns: Vec<u8>,
}

/// What a change writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The key of the row.
    pub key: Vec<Value>,
    /// Column numbers and values, sorted by number.
    pub columns: Vec<(u8, Value)>,
    /// What the author saw.
    pub preds: Vec<Pred>,
    /// Where the value came from, for example a cell of a workbook.
    pub origin: Option<String>,
}

impl Body {
    /// Writes the body as canonical CBOR.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(64));
        // Writing to memory cannot fail.
        let _ = out.array(if self.origin.is_some() { 4 } else { 3 });
        let _ = out.array(self.key.len() as u64);
        self.key.iter().for_each(|it| it.encode(&mut out));
        let _ = out.map(self.columns.len() as u64);
        for (column, value) in &self.columns {
            let _ = out.u8(*column);
            value.encode(&mut out);
        }
        let _ = out.array(self.preds.len() as u64);
        for pred in &self.preds {
            let _ =
                out.array(3).and_then(|it| it.bytes(&pred.seen.replica)).and_then(|it| it.u64(pred.seen.seq));
            let _ = out.bytes(&pred.columns);
        }
        if let Some(origin) = &self.origin {
            let _ = out.str(origin);
        }
        out.into_writer()
    }

    /// Reads a body back.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut input = Decoder::new(bytes);
        let parts = length(input.array()?)?;
        let key =
            (0..length(input.array()?)?).map(|_| Value::decode(&mut input)).collect::<Result<_, _>>()?;
        let columns = (0..length(input.map()?)?)
            .map(|_| Ok((input.u8()?, Value::decode(&mut input)?)))
            .collect::<Result<_, StoreError>>()?;
        let preds = (0..length(input.array()?)?).map(|_| pred(&mut input)).collect::<Result<_, _>>()?;
        let origin = if parts == 4 { Some(input.str()?.to_owned()) } else { None };
        Ok(Self { key, columns, preds, origin })
    }

    /// Returns the changes whose value of `column` the author saw.
    pub fn seen(&self, column: u8) -> impl Iterator<Item = Dot> + '_ {
        self.preds.iter().filter(move |it| it.columns.contains(&column)).map(|it| it.seen)
    }
}

fn pred(input: &mut Decoder<'_>) -> Result<Pred, StoreError> {
    if length(input.array()?)? != 3 {
        return Err(minicbor::decode::Error::message("a version has three parts").into());
    }
    let replica =
        input.bytes()?.try_into().map_err(|_| minicbor::decode::Error::message("a machine has 8 bytes"))?;
    Ok(Pred { seen: Dot { replica, seq: input.u64()? }, columns: input.bytes()?.to_vec() })
}

/// Refuses lengths that are open or larger than any honest change.
fn length(declared: Option<u64>) -> Result<u64, StoreError> {
    declared
        .filter(|it| *it <= 4096)
        .ok_or_else(|| minicbor::decode::Error::message("a length is missing or too large").into())
}

/// Computes the link of a change from the link before it in its scope and machine, and from its op.
pub fn link(before: &Hash, scope: Scope, dot: Dot, op: &Hash, table: u16, body: &[u8]) -> Hash {
    let (kind, key) = scope.parts();
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(&[kind]).update(&key).update(&dot.replica).update(&dot.seq.to_be_bytes());
    hasher.update(op).update(&table.to_be_bytes()).update(body);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_survives_its_bytes() {
        let seen = Dot { replica: [7; 8], seq: 300 };
        let body = Body {
            key: vec![Value::Bytes(vec![1; 16]), Value::Int(24_315)],
            columns: vec![(1, Value::Int(-5)), (4, Value::Text("pluie".into())), (5, Value::Null)],
            preds: vec![Pred { seen, columns: vec![1, 4] }],
            origin: Some("Suivi!B12".into()),
        };
        assert_eq!(Body::decode(&body.encode()).unwrap(), body);
        assert_eq!(body.seen(4).collect::<Vec<_>>(), [seen]);
        assert_eq!(body.seen(5).count(), 0);
    }

    #[test]
    fn every_cut_body_is_refused() {
        let body = Body {
            key: vec![Value::Int(1)],
            columns: vec![(1, Value::Text("abc".into()))],
            preds: vec![Pred { seen: Dot { replica: [1; 8], seq: 2 }, columns: vec![1] }],
            origin: Some("x".into()),
        };
        let bytes = body.encode();
        assert!((0..bytes.len()).all(|end| Body::decode(&bytes[..end]).is_err()));
    }
}
