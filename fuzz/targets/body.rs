//! What a change writes means the same after it is written and read again.
#![no_main]

use chantier::store::change::Body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = Body::decode(bytes) else { return };
    let again = body.encode();
    assert_eq!(Body::decode(&again).map(|it| it.encode()).ok(), Some(again));
});
