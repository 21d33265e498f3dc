//! Sets of whole numbers that are mostly one run: which of a machine's arrivals another one has.

use minicbor::{Decoder, Encoder};
use rangemap::RangeInclusiveSet;

use crate::store::error::StoreError;

/// Most runs that are read from outside.
const RUNS_MAX: u64 = 4096;

/// A set of numbers, kept as runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(RangeInclusiveSet<u64>);

impl Ranges {
    /// Adds the numbers from `first` to `last`; nothing when there are none.
    pub fn insert(&mut self, first: u64, last: u64) {
        if first <= last {
            self.0.insert(first..=last);
        }
    }

    /// Adds every number of another set.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|it| self.0.insert(it.clone()));
    }

    /// Tells whether a number is in the set.
    pub fn contains(&self, number: u64) -> bool {
        self.0.contains(&number)
    }

    /// Tells whether all numbers from `first` to `last` are in the set.
    pub fn covers(&self, first: u64, last: u64) -> bool {
        first > last || self.0.get(&first).is_some_and(|it| *it.end() >= last)
    }

    /// Returns the last number of the run that begins at 1, or 0.
    pub fn whole(&self) -> u64 {
        self.0.get(&1).map_or(0, |it| *it.end())
    }

    /// Returns the runs of this set that are not wholly in another.
    pub fn beyond(&self, other: &Self) -> Vec<(u64, u64)> {
        let runs = self.0.iter().map(|it| (*it.start(), *it.end()));
        runs.filter(|(first, last)| !other.covers(*first, *last)).collect()
    }

    /// Returns the runs of numbers from 1 to `last` that are not in the set.
    pub fn gaps(&self, last: u64) -> Vec<(u64, u64)> {
        if last == 0 {
            return Vec::new();
        }
        self.0.gaps(&(1..=last)).map(|it| (*it.start(), *it.end())).collect()
    }

    /// Tells whether every number of another set is in this one.
    pub fn holds(&self, other: &Self) -> bool {
        other.beyond(self).is_empty()
    }

    /// Returns the last number of the set, or 0.
    pub fn last(&self) -> u64 {
        self.0.last().map_or(0, |it| *it.end())
    }

    /// Returns the numbers up to `last`.
    #[must_use]
    pub fn up_to(&self, last: u64) -> Self {
        let mut ranges = Self::default();
        self.0.iter().for_each(|it| ranges.insert(*it.start(), last.min(*it.end())));
        ranges
    }

    /// Returns the set without some numbers.
    #[must_use]
    pub fn without(&self, numbers: &[u64]) -> Self {
        let mut ranges = self.clone();
        for number in numbers {
            ranges.0.remove(*number..=*number);
        }
        ranges
    }

    /// Writes a CBOR array of runs: no more of them than are read. What is left out is only sent again.
    pub fn write(&self, out: &mut Encoder<Vec<u8>>) {
        let runs = (self.0.iter().count() as u64).min(RUNS_MAX);
        let _ = out.array(runs * 2);
        for run in self.0.iter().take(usize::try_from(runs).unwrap_or(0)) {
            let _ = out.u64(*run.start()).and_then(|it| it.u64(*run.end()));
        }
    }

    /// Reads a CBOR array of runs.
    pub fn read(input: &mut Decoder<'_>) -> Result<Self, StoreError> {
        let refused = || minicbor::decode::Error::message("runs without honest length");
        let length = input.array()?.filter(|it| it % 2 == 0 && *it <= RUNS_MAX * 2).ok_or_else(refused)?;
        let mut ranges = Self::default();
        for _ in 0..length / 2 {
            let (first, last) = (input.u64()?, input.u64()?);
            if first == 0 || first > last || last == u64::MAX {
                return Err(refused().into());
            }
            ranges.insert(first, last);
        }
        Ok(ranges)
    }

    /// Writes the set as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::new());
        self.write(&mut out);
        out.into_writer()
    }

    /// Reads the set from bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::read(&mut Decoder::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_grow_together() {
        let mut ranges = Ranges::default();
        ranges.insert(5, 9);
        assert_eq!((ranges.whole(), ranges.contains(7), ranges.covers(5, 10)), (0, true, false));
        ranges.insert(1, 4);
        assert_eq!((ranges.whole(), ranges.covers(2, 9)), (9, true));
        ranges.insert(3, 2);
        assert_eq!(Ranges::decode(&ranges.encode()).unwrap(), ranges);
        assert_eq!(ranges.encode().len(), 3);
        ranges.insert(12, 13);
        assert_eq!((ranges.gaps(15), ranges.last()), (vec![(10, 11), (14, 15)], 13));
        assert_eq!((Ranges::default().gaps(2), Ranges::default().gaps(0)), (vec![(1, 2)], vec![]));
        assert!(ranges.holds(&Ranges::default()) && !Ranges::default().holds(&ranges));
    }

    #[test]
    fn more_runs_than_are_read_are_not_written() {
        let mut ranges = Ranges::default();
        (0..=RUNS_MAX).for_each(|it| ranges.insert(it * 2 + 1, it * 2 + 1));
        let read = Ranges::decode(&ranges.encode()).unwrap();
        assert!(read.contains(RUNS_MAX * 2 - 1) && !read.contains(RUNS_MAX * 2 + 1));
        assert_eq!(ranges.up_to(3).encode(), [0x84, 1, 1, 3, 3]);
    }

    #[test]
    fn dishonest_runs_are_refused() {
        for runs in [&[0_u64, 5][..], &[7, 3], &[1, u64::MAX], &[1]] {
            let mut out = Encoder::new(Vec::new());
            out.array(runs.len() as u64).unwrap();
            for run in runs {
                out.u64(*run).unwrap();
            }
            assert!(Ranges::decode(&out.into_writer()).is_err());
        }
    }
}
