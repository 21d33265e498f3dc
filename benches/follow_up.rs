//! The figures of the follow-up: one entry, an import of 120,000 rows, the board and a status at full scale.
//!
//! `CHANTIER_BENCH_SITES` makes the portfolio smaller than 10,000 sites of 120 months.
#![expect(clippy::unwrap_used, reason = "a benchmark that meets an error has no figure")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use chantier::actions::demo;
use chantier::actions::import::{self, Options};
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::import::{Hints, parse};
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chrono::NaiveDate;
use divan::Bencher;

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

fn portfolio(sites: u32, months: u32) -> Spec {
    Spec { sites, months, seed: 1, last_month: Month::of(today()).previous() }
}

/// One figure corrected in a lot of 120 months: log, table and derived standing, in memory.
#[divan::bench]
fn one_entry(bencher: Bencher<'_, '_>) {
    let mut session = Session::empty(today()).unwrap();
    demo::write(&mut session, &portfolio(24, 120), |_| {}).unwrap();
    let site =
        session.store.read().sites().unwrap().into_iter().find(|it| it.duration_months.is_some()).unwrap();
    let mut hundredths = 0;
    bencher.bench_local(|| {
        hundredths = (hundredths + 1) % 10_000;
        let request = Request {
            place: site.code.clone().into(),
            month: Month::of(today()).previous(),
            typed: Some(Typed::Cumulative(Percent(hundredths))),
            observation: None,
            cause: None,
            attribution: None,
            normal: None,
        };
        record_entry::record(&mut session, &request)
    });
}

fn rows(sites: u32) -> String {
    let mut csv = String::from("projet;code_site;site;entreprise;annee;mois;cumul;observation\n");
    for site in 0..sites {
        for month in 1..=12 {
            let observation = if month % 4 == 0 { "Approvisionnement en ciment insuffisant" } else { "" };
            let (project, firm, cumulative) = (site / 100, site % 300, month * 8);
            writeln!(csv, "Projet {project};S{site:05};Site n° {site};Firme {firm} SARL;2025;{month};{cumulative},50;{observation}")
                .unwrap();
        }
    }
    csv
}

/// 120,000 rows of CSV into a new database on disk: read, matched, compared, logged, judged.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn import_of_120_000_rows(bencher: Bencher<'_, '_>) {
    let csv = rows(10_000);
    let hints = Hints { unit: None, year: None, project: None, month_max: Month::of(today()) };
    bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_local_refs(|folder| {
        let reading = parse(csv.as_bytes(), "rows.csv", &hints).unwrap();
        let path = folder.path().join("base.db");
        let now = chrono::DateTime::UNIX_EPOCH;
        let mut session = Session::open(&path, true, "bench".into(), now, Some(today())).unwrap();
        let options = Options { duration_months: None, organisation: "Bench".into() };
        let plan = import::plan(&session, reading, options).unwrap();
        import::accept(&mut session, &plan, |_| {}).unwrap()
    });
}

/// The full-scale database, written once.
fn big() -> &'static Path {
    static BIG: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BIG.get_or_init(|| {
        let sites =
            std::env::var("CHANTIER_BENCH_SITES").ok().and_then(|it| it.parse().ok()).unwrap_or(10_000);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.db");
        let now = chrono::DateTime::UNIX_EPOCH;
        let mut session = Session::open(&path, true, "bench".into(), now, Some(today())).unwrap();
        demo::write(&mut session, &portfolio(sites, 120), |_| {}).unwrap();
        (folder, path)
    });
    path
}

fn run(arguments: &[&str]) {
    #[expect(clippy::disallowed_methods, reason = "the figure is that of the whole process")]
    let mut command = Command::new(env!("CARGO_BIN_EXE_chantier"));
    command.args(arguments).arg("--db").arg(big()).args(["--today", "2026-04-06"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
}

/// The process `chantier alerts`, from start to end, for the whole organisation.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn alerts_of_everything() {
    run(&["alerts"]);
}

/// The same for programs.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn alerts_of_everything_as_json() {
    run(&["alerts", "--json"]);
}

/// The process `chantier status` of one project of 40 sites.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn status_of_one_project(bencher: Bencher<'_, '_>) {
    let session =
        Session::open(big(), false, "bench".into(), chrono::DateTime::UNIX_EPOCH, Some(today())).unwrap();
    let name = session.store.read().projects().unwrap()[0].name.clone();
    drop(session);
    bencher.bench(|| run(&["status", &name]));
}
