//! The versions that stand in a row, per column: one is the value, two are a conflict.

/// A version that stands, in the machine's local numbers, and the columns whose value it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Local number of the writing machine.
    pub replica: u32,
    /// Its number in the scope of the row.
    pub seq: u64,
    /// Bit `n - 1` is set for column number `n`.
    pub columns: u64,
}

/// The heads of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads(Vec<Head>);

const fn bit(column: u8) -> u64 {
    1_u64.wrapping_shl(column as u32 - 1)
}

impl Heads {
    /// Reads the hidden column of a row; damaged bytes are no heads, which `doctor` reports.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut heads = Vec::with_capacity(1);
        let mut rest = bytes;
        while let Some(head) = decode_head(&mut rest) {
            heads.push(head);
        }
        Self(heads)
    }

    /// Writes the hidden column: three variable-length integers a head, sorted.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * 5);
        for head in &self.0 {
            write_integer(&mut out, head.replica.into());
            write_integer(&mut out, head.seq);
            write_integer(&mut out, head.columns);
        }
        out
    }

    /// Returns the heads of one column as (replica, seq).
    pub fn of(&self, column: u8) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.0.iter().filter(move |it| it.columns & bit(column) != 0).map(|it| (it.replica, it.seq))
    }

    /// Returns every head.
    pub fn all(&self) -> &[Head] {
        &self.0
    }

    /// Returns the columns (as bits) that have more than one head.
    pub fn contested(&self) -> u64 {
        let mut seen = 0;
        self.0.iter().fold(0, |contested, head| {
            let again = seen & head.columns;
            seen |= head.columns;
            contested | again
        })
    }

    /// Takes a version away from a column.
    pub fn remove(&mut self, column: u8, replica: u32, seq: u64) {
        for head in self.0.iter_mut().filter(|it| it.replica == replica && it.seq == seq) {
            head.columns &= !bit(column);
        }
        self.0.retain(|it| it.columns != 0);
    }

    /// Lets a version stand for a column.
    pub fn add(&mut self, column: u8, replica: u32, seq: u64) {
        match self.0.binary_search_by_key(&(replica, seq), |it| (it.replica, it.seq)) {
            Ok(place) => self.0[place].columns |= bit(column),
            Err(place) => self.0.insert(place, Head { replica, seq, columns: bit(column) }),
        }
    }
}

fn decode_head(rest: &mut &[u8]) -> Option<Head> {
    let replica = u32::try_from(read_integer(rest)?).ok()?;
    Some(Head { replica, seq: read_integer(rest)?, columns: read_integer(rest)? })
}

fn write_integer(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

fn read_integer(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_survive_their_bytes() {
        let mut heads = Heads::default();
        heads.add(1, 1, 1);
        heads.add(60, 1, 1);
        heads.add(1, 200, u64::MAX);
        assert_eq!(Heads::decode(&heads.encode()), heads);
        assert_eq!(heads.contested(), 1);
        heads.remove(1, 1, 1);
        assert_eq!(heads.contested(), 0);
        assert_eq!(heads.of(60).collect::<Vec<_>>(), [(1, 1)]);
    }
}
