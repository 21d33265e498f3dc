//! A segment that is read is written back byte for byte, and its parts can be asked for.
#![no_main]

use chantier::store::exchange::segment::Segment;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(segment) = Segment::decode(bytes) else { return };
    assert_eq!(segment.encode(), bytes);
    assert_eq!(segment.links().len(), segment.changes.len());
    assert!(segment.hi() >= segment.lo);
    if let Ok(bodies) = segment.bodies() {
        segment.needs(&bodies);
    }
});
