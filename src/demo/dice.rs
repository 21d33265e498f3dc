//! Random choices that depend on the seed and the place of use alone, the same on every machine.

use std::ops::Range;

/// What the dice are thrown for; each purpose has its own sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Towns,
    Surnames,
    Regions,
    Party,
    Site,
    Lot,
    Remark,
}

/// A sequence of random choices.
pub(super) struct Dice(fastrand::Rng);

impl Dice {
    /// Starts the sequence of one seed, purpose and index.
    pub(super) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let place = (index << 8) | purpose as u64;
        Self(fastrand::Rng::with_seed(scramble(scramble(seed) ^ place)))
    }

    /// Returns a number of the range; its start when the range is empty.
    pub(super) fn between(&mut self, range: Range<i64>) -> i64 {
        if range.is_empty() { range.start } else { self.0.i64(range) }
    }

    /// Tells whether an event of so many percent happens.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(0..100) < percent
    }

    /// Returns one of `choices`, or the default value when there are none.
    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let index = self.below(choices.len());
        choices.get(index).copied().unwrap_or_default()
    }

    /// Puts `things` into random order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for index in 1..things.len() {
            things.swap(index, self.below(index + 1));
        }
    }

    /// Draws 64 bits whatever the width of `usize`, so that every machine draws the same.
    fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        if count == 0 { 0 } else { usize::try_from(self.0.u64(0..count)).unwrap_or_default() }
    }
}

/// Spreads neighbouring numbers over all 64 bits (the finaliser of `SplitMix64`).
const fn scramble(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_depend_on_seed_purpose_and_index() {
        let first = |seed, purpose, index| Dice::new(seed, purpose, index).between(0..1_000_000_000);
        assert_eq!(first(1, Purpose::Site, 7), first(1, Purpose::Site, 7));
        assert_ne!(first(1, Purpose::Site, 7), first(2, Purpose::Site, 7));
        assert_ne!(first(1, Purpose::Site, 7), first(1, Purpose::Lot, 7));
        assert_ne!(first(1, Purpose::Site, 7), first(1, Purpose::Site, 8));
    }

    #[test]
    fn survives_empty_choices() {
        let mut dice = Dice::new(1, Purpose::Site, 0);
        assert_eq!(dice.pick::<&str>(&[]), "");
        assert_eq!(dice.between(3..3), 3);
    }
}
