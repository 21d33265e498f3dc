//! The figures of the exchange: sizes of bundles, speed of taking in, how long others wait, history at full scale.
//!
//! `cargo bench --bench exchange`. `CHANTIER_BENCH_SITES` makes the full scale smaller than 10,000 sites of 120 months.
#![expect(clippy::unwrap_used, reason = "a benchmark that meets an error has no figure")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chantier::actions::demo;
use chantier::actions::exchange::bundle_in::{self, BundleFile};
use chantier::actions::exchange::bundle_out::{self, Wanted};
use chantier::actions::exchange::machines;
use chantier::actions::op::{Note, OpName};
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::store::change::Scope;
use chantier::store::registry::ENTRY;
use chantier::store::value::Value;
use chantier::sync::keys::MachineKey;
use chrono::{DateTime, NaiveDate};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

fn open(path: &Path, user: &str) -> Session {
    let now = DateTime::from_timestamp(1_775_000_000, 0).unwrap();
    Session::open(path, true, user.into(), now, Some(today())).unwrap()
}

/// A machine at work: its database, its key.
struct Machine {
    session: Session,
    key: MachineKey,
    name: &'static str,
}

impl Machine {
    fn new(folder: &Path, name: &'static str) -> Self {
        let session = open(&folder.join(format!("{name}.db")), name);
        let key = machines::own_key(&session).unwrap();
        Self { session, key, name }
    }

    fn export(&mut self, path: &Path, reader: Option<&Self>) -> u64 {
        let _ = std::fs::remove_file(path);
        let wanted = Wanted { reader: reader.map(|it| it.session.store.replica_id()), ..Wanted::default() };
        bundle_out::export(&mut self.session, &self.key, self.name, path, &wanted).unwrap().bytes
    }

    fn import(&mut self, path: &Path) -> bundle_in::Taken {
        let mut file = BundleFile::open(path, Vec::new()).unwrap();
        bundle_in::import(&mut self.session, &mut file, false).unwrap()
    }
}

fn main() {
    let folder =
        tempfile::tempdir_in(std::env::var("CHANTIER_BENCH_FOLDER").unwrap_or_else(|_| "target".into()))
            .unwrap();
    two_machines(folder.path());
    full_scale(folder.path());
}

/// An office and a laptop of 833 sites that know each other.
fn two_machines(folder: &Path) {
    let (mut office, mut laptop) = (Machine::new(folder, "office"), Machine::new(folder, "laptop"));
    let last_month = Month::of(today()).previous();
    demo::write(&mut office.session, &Spec { sites: 833, months: 12, seed: 1, last_month }, |_| {}).unwrap();
    let bundle = folder.join("bundle.chantier");
    office.export(&bundle, None);
    laptop.import(&bundle);
    let line = machines::own_line(&laptop.session, &laptop.key);
    machines::enrol(&mut office.session, &office.key, "office", "laptop", &line).unwrap();
    office.export(&bundle, None);
    laptop.import(&bundle);
    laptop.export(&bundle, Some(&office));
    office.import(&bundle);
    let lots = laptop.session.store.read().lots().unwrap();

    type_one(&mut laptop.session, &lots[0], 1234);
    let one = laptop.export(&bundle, Some(&office));
    office.import(&bundle);
    laptop_catches_up(&mut office, &mut laptop, &bundle);
    let nothing = laptop.export(&bundle, Some(&office));
    println!("one entry: segment and frame {} B, whole bundle {one} B", one - nothing);

    update(&mut laptop.session, &lots, 12);
    let bytes = laptop.export(&bundle, Some(&office));
    timed_import("10,000 updates of 833 lots", &mut office, &bundle, bytes);
    laptop_catches_up(&mut office, &mut laptop, &bundle);

    add(&mut laptop.session, &lots[..84], 120);
    let bytes = laptop.export(&bundle, Some(&office));
    timed_import("10,080 new entries of 84 lots", &mut office, &bundle, bytes);
    let start = Instant::now();
    office.import(&bundle);
    println!("the same bundle again: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    waits(folder, &mut office, &mut laptop, &lots, &bundle);
}

fn laptop_catches_up(office: &mut Machine, laptop: &mut Machine, bundle: &Path) {
    office.export(bundle, Some(laptop));
    laptop.import(bundle);
}

fn type_one(session: &mut Session, lot: &Lot, hundredths: i32) {
    let request = Request {
        place: lot.id.into(),
        month: Month::of(today()),
        typed: Some(Typed::Cumulative(Percent(hundredths))),
        observation: None,
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(session, &request).unwrap();
}

/// Corrects the last months of each lot, one op a lot.
fn update(session: &mut Session, lots: &[Lot], months: i32) {
    for lot in lots {
        write(session, lot, |at| Month::of(today()).plus(-1 - at), months, 3);
    }
}

/// Writes months of the past that nobody wrote, one op a lot.
fn add(session: &mut Session, lots: &[Lot], months: i32) {
    for lot in lots {
        write(session, lot, |at| Month::of(today()).plus(-400 + at), months, 0);
    }
}

fn write(session: &mut Session, lot: &Lot, month: impl Fn(i32) -> Month, months: i32, more: i64) {
    session.seen = session.store.read().last_op().unwrap();
    let note = Note::new().with("file", "suivi.xlsx").with("count", months);
    let work = |tx: &mut chantier::store::transact::Tx<'_>| {
        for at in 0..months {
            let key = vec![lot.id.into(), month(at).into()];
            let value = Value::Int(uneven(lot, at) + more);
            tx.put(&ENTRY, Scope::Site(lot.site.bytes()), key, vec![(1, value)], None)?;
        }
        Ok(())
    };
    session.transact(OpName::Import, &note, work).unwrap();
}

/// A figure that no pattern foretells, the same in every run.
fn uneven(lot: &Lot, at: i32) -> i64 {
    let bytes: Vec<u8> = [lot.id.bytes().as_slice(), &at.to_le_bytes()].concat();
    i64::from(crc32c::crc32c(&bytes) % 9_990)
}

fn timed_import(what: &str, office: &mut Machine, bundle: &Path, bytes: u64) {
    let start = Instant::now();
    let taken = office.import(bundle);
    let seconds = start.elapsed().as_secs_f64();
    let rate = taken.summary.received as f64 / seconds;
    println!("{what}: {bytes} B, {} changes taken in {seconds:.2} s ({rate:.0}/s)", taken.summary.received);
}

/// How long somebody who types waits while a bundle is taken in, and without it.
fn waits(folder: &Path, office: &mut Machine, laptop: &mut Machine, lots: &[Lot], bundle: &Path) {
    let alone = saves(folder, &lots[0], &Arc::new(AtomicBool::new(false)), 300);
    println!("saving one figure alone: median {:.1} ms, p99 {:.1} ms", median(&alone), p99(&alone));
    update(&mut laptop.session, lots, 11);
    laptop.export(bundle, Some(office));
    let running = Arc::new(AtomicBool::new(true));
    let (path, lot, flag) = (folder.to_path_buf(), lots[0].clone(), Arc::clone(&running));
    let typist = std::thread::spawn(move || saves(&path, &lot, &flag, 0));
    std::thread::sleep(Duration::from_millis(100));
    office.import(bundle);
    running.store(false, Ordering::Relaxed);
    let beside = typist.join().unwrap();
    let most = beside.iter().max().copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!(
        "saving one figure beside an import: median {:.1} ms, most {most:.1} ms, {} saves",
        median(&beside),
        beside.len()
    );
}

fn saves(folder: &Path, lot: &Lot, running: &AtomicBool, at_least: usize) -> Vec<Duration> {
    let mut session = open(&folder.join("office.db"), "typist");
    let mut times = Vec::new();
    while times.len() < at_least || running.load(Ordering::Relaxed) {
        let start = Instant::now();
        type_one(&mut session, lot, i32::try_from(times.len() % 9000).unwrap());
        times.push(start.elapsed());
    }
    times
}

fn sorted(times: &[Duration]) -> Vec<f64> {
    let mut ms: Vec<f64> = times.iter().map(|it| it.as_secs_f64() * 1e3).collect();
    ms.sort_by(f64::total_cmp);
    ms
}

fn median(times: &[Duration]) -> f64 {
    sorted(times).get(times.len() / 2).copied().unwrap_or(0.0)
}

fn p99(times: &[Duration]) -> f64 {
    sorted(times).get(times.len() * 99 / 100).copied().unwrap_or(0.0)
}

/// 10,000 sites of 120 months: sealing, size with full history, what a new laptop takes.
fn full_scale(folder: &Path) {
    let sites = std::env::var("CHANTIER_BENCH_SITES").ok().and_then(|it| it.parse().ok()).unwrap_or(10_000);
    let mut hub = Machine::new(folder, "hub");
    let last_month = Month::of(today()).previous();
    demo::write(&mut hub.session, &Spec { sites, months: 120, seed: 1, last_month }, |_| {}).unwrap();
    machines::introduce(&mut hub.session, &hub.key, "hub").unwrap();
    let start = Instant::now();
    let segments = machines::seal(&mut hub.session, &hub.key).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let (_, changes) = hub.session.store.read().log_size().unwrap();
    let size = std::fs::metadata(folder.join("hub.db")).unwrap().len() as f64 / 1_048_576.0;
    println!(
        "{sites} sites x 120 months: {changes} changes sealed in {segments} segments in {seconds:.1} s, file {size:.0} MiB"
    );
    let bundle = folder.join("all.chantier");
    let start = Instant::now();
    let bytes = hub.export(&bundle, None) as f64 / 1e6;
    println!("whole history as a bundle: {bytes:.1} MB, written in {:.1} s", start.elapsed().as_secs_f64());
    let mut fresh = Machine::new(folder, "fresh");
    let start = Instant::now();
    let taken = fresh.import(&bundle);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "taken in by a new machine: {seconds:.1} s, {:.0} changes/s",
        taken.summary.received as f64 / seconds
    );
}
