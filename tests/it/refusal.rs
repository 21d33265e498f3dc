//! Bundles that are not what was written are refused, and leave the database as it was, to the byte.

use std::fs;
use std::path::{Path, PathBuf};

use chantier::actions::op::{Note, OpName};
use chantier::store::change::{ReplicaId, Scope};
use chantier::store::exchange::segment::Segment;
use chantier::store::registry::MACHINE;
use chantier::store::value::Value;
use chantier::sync::bundle::{BundleReader, BundleWriter, Carried, Item};
use chantier::sync::keys::Purpose;
use minicbor::Encoder;
use tempfile::TempDir;
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use crate::simulation::machine::{Machine, ORGANISATION, folder, key_of, places};

const HUB: ReplicaId = [1; 8];
const LAPTOP: ReplicaId = [2; 8];

/// A hub and a laptop that know each other, and a bundle with what the hub wrote since.
pub struct Pair {
    folder: TempDir,
    hub: Machine,
    laptop: Machine,
    pub bundle: Vec<u8>,
}

pub fn pair() -> Pair {
    let folder = folder();
    let mut hub = Machine::new(&folder.path().join("hub.db"), HUB, 1);
    let mut laptop = Machine::new(&folder.path().join("laptop.db"), LAPTOP, 2);
    hub.found();
    hub.enrol(&laptop);
    let first = hub.pack(None).unwrap();
    laptop.read(&first, false).unwrap();
    for (at, place) in (0..).zip(places()) {
        hub.write(&place, place.columns.iter().map(|it| (*it, value(*it, at))).collect(), 0);
    }
    let bundle = hub.pack(None).unwrap();
    Pair { folder, hub, laptop, bundle }
}

fn value(column: u8, at: i64) -> Value {
    if column == 5 { Value::Text(format!("2025-0{}", at + 1)) } else { Value::Int(100 + at) }
}

/// The bytes of a database: its file, and what is not yet in it.
fn bytes(database: &Path) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    (fs::read(database).unwrap(), fs::read(PathBuf::from(log)).ok())
}

#[test]
fn every_flipped_byte_and_every_cut_is_refused_and_nothing_is_touched() {
    let Pair { folder, mut laptop, bundle, .. } = pair();
    assert!((1500..4000).contains(&bundle.len()), "{} bytes", bundle.len());
    let database = folder.path().join("laptop.db");
    let (before, dump) = (bytes(&database), laptop.session.store.dump().unwrap());
    let mut refuse = |bytes_read: &[u8], what: String| {
        let refused = laptop.read(bytes_read, false);
        assert!(refused.is_err_and(|it| it.starts_with("bundle-") || it.starts_with("segment-")), "{what}");
        assert!(bytes(&database) == before, "{what}");
    };
    for at in 0..bundle.len() {
        let mut flipped = bundle.clone();
        flipped[at] ^= 1 << (at % 8);
        refuse(&flipped, format!("a bit of byte {at} is another"));
        flipped[at] = !bundle[at];
        refuse(&flipped, format!("byte {at} is another"));
        refuse(&bundle[..at], format!("cut at byte {at}"));
    }
    refuse(&[&bundle[..], b"\0"].concat(), "one byte more".into());
    assert_eq!(laptop.session.store.dump().unwrap(), dump);
    laptop.read(&bundle, false).unwrap();
    assert_ne!(laptop.session.store.dump().unwrap(), dump, "the bundle itself is good");
}

#[test]
fn of_a_cut_bundle_whole_segments_are_taken_and_the_rest_comes_later() {
    let Pair { folder, mut hub, laptop, bundle } = pair();
    let copy = laptop.back_up();
    let mut last = laptop.session.store.read().log_size().unwrap();
    for (at, end) in (0..bundle.len()).step_by(bundle.len() / 23).enumerate() {
        let mut laptop = copy.again(&folder.path().join(format!("laptop-{at}.db")));
        let _ = laptop.read(&bundle[..end], true);
        let size = laptop.session.store.read().log_size().unwrap();
        assert!(size >= last, "more bytes, less taken");
        last = size;
        let rest = hub.pack(Some(LAPTOP)).unwrap();
        laptop.read(&rest, false).unwrap();
        assert_eq!(laptop.session.store.dump().unwrap(), hub.session.store.dump().unwrap());
    }
}

/// Writes a bundle again, its segments packed at another level.
fn repacked(bundle: &[u8], level: i32) -> (Vec<u8>, Vec<Carried>) {
    let mut reader = BundleReader::new(bundle).unwrap();
    let mut writer = BundleWriter::new(Vec::new(), &reader.header).unwrap();
    let dictionary = include_bytes!("../../src/sync/dictionary-1.bin");
    let mut packer = Compressor::with_dictionary(level, dictionary).unwrap();
    packer.set_parameter(CParameter::ContentSizeFlag(false)).unwrap();
    let mut carried = Vec::new();
    while let Some(item) = reader.read().unwrap() {
        if let Item::Segment(segment) = item {
            let packed = packer.compress(&segment.payload).unwrap();
            let mut out = Encoder::new(Vec::new());
            out.array(4).unwrap().u64(segment.n).unwrap().u64(segment.payload.len() as u64).unwrap();
            out.bytes(&segment.signature).unwrap().bytes(&packed).unwrap();
            writer.segment(&out.into_writer()).unwrap();
            carried.push(*segment);
        }
    }
    (writer.finish(&key_of(1)).unwrap(), carried)
}

/// A signature over what was packed would tie it to one version of one program that packs.
#[test]
fn a_signature_is_over_what_is_said_and_not_over_how_it_is_packed() {
    let Pair { folder: _folder, mut laptop, bundle, .. } = pair();
    let (other, carried) = repacked(&bundle, 1);
    assert_ne!(other, bundle);
    laptop.read(&other, false).unwrap();
    let onward = laptop.pack(None).unwrap();
    let mut reader = BundleReader::new(&onward[..]).unwrap();
    let mut passed_on = Vec::new();
    while let Some(item) = reader.read().unwrap() {
        if let Item::Segment(segment) = item {
            passed_on.push((segment.payload, segment.signature));
        }
    }
    for segment in carried {
        let message = Segment::signed_bytes(ORGANISATION, &segment.payload);
        assert!(key_of(1).public().verify(Purpose::Segment, &message, &segment.signature));
        assert!(passed_on.contains(&(segment.payload, segment.signature)), "passed on as it was signed");
    }
}

/// A machine whose program asks nobody may write what it likes on itself; elsewhere it counts for nothing.
#[test]
fn rights_are_judged_where_a_change_arrives() {
    let Pair { folder, mut hub, mut laptop, .. } = pair();
    let third = Machine::new(&folder.path().join("third.db"), [3; 8], 3);
    let columns = MACHINE.columns([
        ("name", Some(Value::from("third"))),
        ("key", Some(Value::Bytes(key_of(3).public().0.to_vec()))),
        ("admin", Some(Value::Int(1))),
    ]);
    laptop.session.seen = laptop.session.store.read().last_op().unwrap();
    let row = vec![Value::Bytes(third.replica().to_vec())];
    let write = laptop.session.transact(OpName::Enrol, &Note::new(), |tx| {
        Ok(tx.put(&MACHINE, Scope::Rights(ORGANISATION), row, columns, None)?)
    });
    assert!(write.unwrap().0, "nobody is asked on the machine itself");
    let bundle = laptop.pack(Some(HUB)).unwrap();
    let database = folder.path().join("hub.db");
    let before = bytes(&database);
    assert_eq!(hub.read(&bundle, false), Err("segment-not-allowed".into()));
    assert!(bytes(&database) == before);
    // What is refused does not count as received: it comes again, and is refused again.
    assert_eq!(hub.pack(Some(LAPTOP)).map(|it| it.len() > 100), Ok(true));
    assert_eq!(hub.read(&laptop.pack(Some(HUB)).unwrap(), false), Err("segment-not-allowed".into()));
}

#[test]
fn strangers_and_other_organisations_are_refused() {
    let Pair { folder, mut laptop, bundle, .. } = pair();
    let mut stranger = Machine::new(&folder.path().join("stranger.db"), [9; 8], 9);
    stranger.found();
    let database = folder.path().join("laptop.db");
    let before = bytes(&database);
    let foreign = stranger.pack(None).unwrap();
    assert_eq!(laptop.read(&foreign, false), Err("segment-unknown-machine".into()), "another founder");
    let mut header = BundleReader::new(&bundle[..]).unwrap().header;
    header.organisation = [7; 16];
    let other = BundleWriter::new(Vec::new(), &header).unwrap().finish(&key_of(1)).unwrap();
    assert_eq!(laptop.read(&other, false), Err("bundle-other-organisation".into()));
    assert_eq!(laptop.read(b"", false), Err("bundle-empty".into()));
    assert_eq!(laptop.read(&bundle[3..], false), Err("bundle-foreign".into()));
    assert!(bytes(&database) == before);
}
