//! Measures the walk over the months of many lots: lot-months a second and what is allocated.

use chantier::model::entry::Figure;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::policy::PolicyTimeline;
use chantier::model::site::Start;
use chantier::rules::{LotFacts, follow};
use divan::AllocProfiler;
use divan::counter::ItemsCount;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const LOTS: usize = 10_000;
const MONTHS: usize = 120;

fn main() {
    divan::main();
}

/// Makes the figures of every lot: uneven progress, some months missing.
fn figures() -> Vec<Vec<Figure>> {
    let mut random = fastrand::Rng::with_seed(1);
    let start = Month::MIN.plus(1500);
    let mut lot = || {
        let mut cumulative = 0;
        let months = (0_i32..).take(MONTHS).filter_map(|offset| {
            cumulative = 9_900.min(cumulative + random.i32(0..150));
            let present = random.u8(0..10) > 0;
            present.then_some(Figure {
                month: start.plus(offset),
                cumulative: Some(Percent(cumulative)),
                not_applicable: false,
                normal: None,
            })
        });
        months.collect::<Vec<_>>()
    };
    (0..LOTS).map(|_| lot()).collect()
}

#[divan::bench]
fn follow_ten_thousand_lots_for_ten_years(bencher: divan::Bencher) {
    let figures = figures();
    let policies = PolicyTimeline::default();
    let start = Month::MIN.plus(1500);
    let durations = [(start, 120), (start.plus(60), 132)];
    let facts = LotFacts {
        start: Some(Start { month: start, day: None }),
        durations: &durations,
        initial: Percent::ZERO,
        decisions: &[],
        policies: &policies,
    };
    let until = start.plus(119);
    bencher.counter(ItemsCount::new(LOTS * MONTHS)).bench_local(|| {
        let mut severity = 0_usize;
        for lot in &figures {
            follow(&facts, lot, until, |report| severity += usize::from(report.outcome.severity()));
        }
        severity
    });
}
