//! Seeds for the fuzzers in `fuzz/`: small honest inputs of every decoder.

use std::fs;
use std::path::Path;

use chantier::store::change::Body;
use chantier::store::exchange::ranges::Ranges;
use chantier::store::exchange::segment::Segment;
use chantier::sync::bundle::{BundleReader, Item, MAGIC};

use crate::refusal::pair;

const SEEDS: &str = "fuzz/seeds";
/// Length, kind and checksum before the content of a frame.
const HEAD_BYTES: usize = 9;

/// Writes the frames of a bundle as the fuzzer takes them: kind, length in 2 bytes, content.
fn unframed(bundle: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), &bundle[MAGIC.len()..]);
    while let Some((head, behind)) = rest.split_at_checked(HEAD_BYTES) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap());
        out.push(head[4]);
        out.extend_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
        let (content, behind) = behind.split_at(length as usize);
        out.extend_from_slice(content);
        rest = behind;
    }
    out
}

fn keep(folder: &str, name: &str, bytes: &[u8]) {
    if std::env::var_os("CHANTIER_WRITE").is_some() {
        let folder = Path::new(SEEDS).join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// `CHANTIER_WRITE=1 cargo test --test it seeds` writes them again.
#[test]
fn the_seeds_of_the_fuzzers_are_read() {
    let bundle = pair().bundle;
    keep("bundle", "whole", &bundle);
    keep("bundle", "frames", &unframed(&bundle));
    let mut reader = BundleReader::new(&bundle[..]).unwrap();
    let mut segments = 0;
    while let Some(item) = reader.read().unwrap() {
        let Item::Segment(carried) = item else { continue };
        segments += 1;
        keep("segment", &format!("{segments}"), &carried.payload);
        for (at, change) in carried.segment.changes.iter().enumerate() {
            keep("body", &format!("{segments}-{at}"), &change.body);
        }
    }
    let mut ranges = Ranges::default();
    for (first, last) in [(1, 7), (9, 9), (300, 70_000)] {
        ranges.insert(first, last);
    }
    keep("ranges", "three", &ranges.encode());

    let kept = |folder: &str| -> Vec<Vec<u8>> {
        let files = fs::read_dir(Path::new(SEEDS).join(folder)).unwrap();
        files.map(|it| fs::read(it.unwrap().path()).unwrap()).collect()
    };
    assert!(segments > 3 && kept("segment").iter().all(|it| Segment::decode(it).is_ok()));
    assert!(kept("body").iter().all(|it| Body::decode(it).is_ok()));
    assert!(kept("ranges").iter().all(|it| Ranges::decode(it).is_ok()));
    let whole = fs::read(Path::new(SEEDS).join("bundle/whole")).unwrap();
    assert!(BundleReader::new(&whole[..]).is_ok());
}
