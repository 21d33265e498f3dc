//! Reads bundles: the bytes as they are, and as frames whose checksums hold, so that what is in them is reached.
#![no_main]

use chantier::sync::bundle::{BundleReader, MAGIC};

/// Reads `kind, length (2 bytes), content` again and again, and writes frames.
fn framed(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    while let [kind, high, low, rest @ ..] = bytes {
        let length = rest.len().min(usize::from(*high) << 8 | usize::from(*low));
        let (content, behind) = rest.split_at(length);
        out.extend_from_slice(&u32::try_from(length).unwrap_or_default().to_be_bytes());
        out.push(*kind);
        out.extend_from_slice(&crc32c::crc32c_append(crc32c::crc32c(&[*kind]), content).to_be_bytes());
        out.extend_from_slice(content);
        bytes = behind;
    }
    out
}

fn read(bytes: &[u8]) {
    let Ok(mut reader) = BundleReader::new(bytes) else { return };
    while let Ok(Some(_)) = reader.read() {}
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    read(&framed(bytes));
});
