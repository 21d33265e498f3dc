//! Machines that write, meet, lose, repeat, break and come back from copies, at random but the same for the same seed.
//!
//! `CHANTIER_SCHEDULES=1000000` runs so many, `CHANTIER_SEED=42` runs one, `CHANTIER_STEPS=1,5,9` only some of its steps.

mod core;
mod device;
pub mod machine;
mod real;
mod schedule;

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use self::core::{Mutant, run};
use self::schedule::{Schedule, Step};

/// How many schedules of the core are run when nothing else is asked.
const SCHEDULES: u64 = 100_000;
const STEPS: (usize, usize) = (20, 160);
/// How many of them on real databases.
const REAL_SCHEDULES: u64 = 300;
const REAL_STEPS: (usize, usize) = (10, 50);
/// Every so many schedules one is run again with other clocks.
const CLOCKS_EVERY: u64 = 16;

fn asked(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Runs schedules on every core until one fails; returns the first that did, in words.
fn search(seeds: std::ops::Range<u64>, fails: impl Fn(u64) -> Option<String> + Sync) -> Option<String> {
    let next = AtomicU64::new(seeds.start);
    let found = AtomicBool::new(false);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let work = || {
            while !found.load(Ordering::Relaxed) {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= seeds.end {
                    break;
                }
                if let Some(failure) = fails(seed) {
                    found.store(true, Ordering::Relaxed);
                    return Some(failure);
                }
            }
            None
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().find_map(|it| it.join().unwrap())
    })
}

/// Runs the schedule of a seed; says the shortest part of it that fails.
fn failure(seed: u64, mutant: Option<Mutant>) -> Option<String> {
    let schedule = Schedule::of(seed, STEPS);
    let fails = |it: &Schedule| check(it, mutant).is_err();
    check(&schedule, mutant).err()?;
    let small = schedule.shrink(fails);
    Some(format!("{}\n{small}", check(&small, mutant).unwrap_err()))
}

fn check(schedule: &Schedule, mutant: Option<Mutant>) -> Result<(), String> {
    let end = run(schedule, 1, mutant)?;
    if schedule.seed.is_multiple_of(CLOCKS_EVERY) && run(schedule, -1000, mutant)? != end {
        return Err("other clocks, another end".into());
    }
    Ok(())
}

/// Returns the schedule that is asked for.
fn asked_schedule(steps: (usize, usize)) -> Option<Schedule> {
    let schedule = Schedule::of(asked("CHANTIER_SEED")?.parse().ok()?, steps);
    let kept =
        |it: String| schedule.keep(&it.split(',').filter_map(|it| it.parse().ok()).collect::<Vec<_>>());
    Some(asked("CHANTIER_STEPS").map_or_else(|| schedule.clone(), kept))
}

#[test]
fn whatever_happens_all_agree_and_nothing_is_lost() {
    if let Some(schedule) = asked_schedule(STEPS) {
        check(&schedule, None).unwrap_or_else(|wrong| panic!("{wrong}\n{schedule}"));
        return;
    }
    let count = asked("CHANTIER_SCHEDULES").and_then(|it| it.parse().ok()).unwrap_or(SCHEDULES);
    if let Some(failure) = search(0..count, |seed| failure(seed, None)) {
        panic!("{failure}");
    }
}

/// Runs the schedule of a seed on real databases; says the shortest part of it that fails.
fn real_failure(seed: u64) -> Option<String> {
    let schedule = Schedule::of(seed, REAL_STEPS);
    check_real(&schedule).err()?;
    let small = schedule.shrink(|it| check_real(it).is_err());
    Some(format!("{}\n{small}", check_real(&small).err().unwrap_or_default()))
}

fn check_real(schedule: &Schedule) -> Result<(), String> {
    let end = real::run(schedule, 1, false)?;
    if schedule.seed.is_multiple_of(CLOCKS_EVERY) && real::run(schedule, -100, false)? != end {
        return Err("other clocks, another end".into());
    }
    Ok(())
}

#[test]
fn real_databases_with_real_bundles_agree_and_lose_nothing() {
    if let Some(schedule) = asked_schedule(REAL_STEPS) {
        check_real(&schedule).unwrap_or_else(|wrong| panic!("{wrong}\n{schedule}"));
        return;
    }
    // One takes as long as some hundreds without a database.
    let count =
        asked("CHANTIER_SCHEDULES").and_then(|it| it.parse().ok()).map_or(REAL_SCHEDULES, |it: u64| it / 300);
    if let Some(failure) = search(0..count, real_failure) {
        panic!("{failure}");
    }
}

/// A copy that takes a new identity can no longer sign what it wrote under the old one, unless it did so before.
#[test]
fn what_only_a_copy_holds_is_not_lost_with_its_old_identity() {
    let write = Step::Write { device: 1, row: 0, columns: 7, skew: 0 };
    let steps = vec![write, Step::BackUp { device: 1 }, Step::Restore { device: 1, copy: 0 }, write];
    let schedule = Schedule { seed: 1, devices: 3, kept: (0..steps.len()).collect(), steps };
    assert_eq!(real::run(&schedule, 1, false).map(|_| ()), Ok(()));
    assert!(real::run(&schedule, 1, true).is_err(), "it goes unnoticed that a copy forgets to seal");
}

/// Each way of being wrong is noticed within so many schedules.
#[test]
fn every_mutant_is_noticed() {
    for mutant in [
        Mutant::KeepsReplica,
        Mutant::DropsPred,
        Mutant::CursorBeforeData,
        Mutant::SkipsHold,
        Mutant::CoversForOthers,
    ] {
        let found = search(0..2000, |seed| failure(seed, Some(mutant)));
        assert!(found.is_some(), "{mutant:?} goes unnoticed");
        if asked("CHANTIER_SHOW").is_some() {
            println!("{mutant:?}: {}", found.unwrap());
        }
    }
}

#[test]
fn a_schedule_ends_the_same_each_time() {
    for seed in 0..20 {
        let schedule = Schedule::of(seed, STEPS);
        assert_eq!(run(&schedule, 1, None), run(&schedule, 1, None));
    }
}
