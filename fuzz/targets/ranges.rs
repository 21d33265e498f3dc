//! A set of numbers is the same after it is written and read again.
#![no_main]

use chantier::store::exchange::ranges::Ranges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(ranges) = Ranges::decode(bytes) else { return };
    assert_eq!(Ranges::decode(&ranges.encode()).ok().as_ref(), Some(&ranges));
    assert!(ranges.covers(1, ranges.whole()));
    assert!(ranges.beyond(&ranges).is_empty());
});
