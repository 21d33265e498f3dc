//! A schedule: what happens to some devices, one step after the other; the same for the same seed, and made shorter.

use std::fmt;

/// Rows, and columns of each.
pub const ROWS: usize = 3;
pub const COLUMNS: usize = 3;

/// What becomes of a bundle on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Whole,
    /// It is lost.
    Lost,
    /// It arrives twice.
    Twice,
    /// The reader stops after so many segments.
    Cut(u8),
}

/// One step. Numbers of devices, bundles and copies are taken modulo how many there are, so that a schedule still
/// means something when steps are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A person writes some columns of a row; `skew` is what the clock of the machine is off by.
    Write { device: u8, row: u8, columns: u8, skew: i64 },
    /// Two devices exchange over a line.
    Meet { a: u8, b: u8, there: Fate, back: Fate },
    /// A device puts a bundle on a stick, for one reader or for everybody.
    Pack { device: u8, reader: Option<u8> },
    /// A device reads a bundle from a stick: any of them, however old, and for whomever it was.
    Read { device: u8, bundle: u8, fate: Fate },
    /// A device is copied.
    BackUp { device: u8 },
    /// A copy takes the place of a device: its own older one, or that of another one.
    Restore { device: u8, copy: u8 },
}

/// A schedule.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub seed: u64,
    pub devices: usize,
    pub steps: Vec<Step>,
    /// The numbers of the steps in the schedule of the seed.
    pub kept: Vec<usize>,
}

impl Schedule {
    /// Makes the schedule of a seed, with at most so many steps.
    pub fn of(seed: u64, (steps_min, steps_max): (usize, usize)) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed);
        // The first device is the hub.
        let devices = rng.usize(3..=7);
        let count = rng.usize(steps_min..=steps_max);
        let restores = rng.bool();
        let steps = (0..count).map(|_| step(&mut rng, devices, restores)).collect();
        Self { seed, devices, steps, kept: (0..count).collect() }
    }

    /// Leaves only the steps with some numbers.
    pub fn keep(&self, kept: &[usize]) -> Self {
        let steps = kept.iter().filter_map(|it| self.steps.get(*it).copied()).collect();
        Self { seed: self.seed, devices: self.devices, steps, kept: kept.to_vec() }
    }

    /// Leaves out what is not needed for `fails`.
    pub fn shrink(&self, fails: impl Fn(&Self) -> bool) -> Self {
        let mut kept: Vec<usize> = (0..self.steps.len()).collect();
        let mut size = kept.len().div_ceil(2);
        while size > 0 {
            let mut at = 0;
            while at < kept.len() {
                let mut fewer = kept.clone();
                fewer.drain(at..kept.len().min(at + size));
                if fails(&self.keep(&fewer)) {
                    kept = fewer;
                } else {
                    at += size;
                }
            }
            size /= 2;
        }
        self.keep(&kept)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept: Vec<String> = self.kept.iter().map(ToString::to_string).collect();
        writeln!(
            f,
            "CHANTIER_SEED={} CHANTIER_STEPS={} ({} devices)",
            self.seed,
            kept.join(","),
            self.devices
        )?;
        self.steps.iter().try_for_each(|it| writeln!(f, "    {it:?}"))
    }
}

fn step(rng: &mut fastrand::Rng, devices: usize, restores: bool) -> Step {
    let device = |rng: &mut fastrand::Rng| u8::try_from(rng.usize(..devices)).unwrap();
    match rng.u8(..100) {
        0..50 => Step::Write {
            device: device(rng),
            row: rng.u8(..12),
            columns: rng.u8(1..8),
            skew: rng.i64(-31_536_000_000..=31_536_000_000),
        },
        50..76 => Step::Meet { a: device(rng), b: device(rng), there: fate(rng), back: fate(rng) },
        76..83 => Step::Pack { device: device(rng), reader: rng.bool().then(|| device(rng)) },
        83..94 => Step::Read { device: device(rng), bundle: rng.u8(..), fate: fate(rng) },
        94..97 => Step::BackUp { device: device(rng) },
        _ if restores => Step::Restore { device: device(rng), copy: rng.u8(..) },
        _ => Step::BackUp { device: device(rng) },
    }
}

fn fate(rng: &mut fastrand::Rng) -> Fate {
    match rng.u8(..10) {
        0..5 => Fate::Whole,
        5..7 => Fate::Lost,
        7..8 => Fate::Twice,
        _ => Fate::Cut(rng.u8(..6)),
    }
}

#[test]
fn a_schedule_is_the_same_for_the_same_seed_and_shrinks_to_what_fails() {
    let schedule = Schedule::of(7, (20, 160));
    assert_eq!(schedule.steps, Schedule::of(7, (20, 160)).steps);
    let writes = |it: &Schedule| it.steps.iter().filter(|it| matches!(it, Step::Write { .. })).count();
    let small = schedule.shrink(|it| writes(it) >= 3);
    assert_eq!((small.steps.len(), writes(&small)), (3, 3));
    assert_eq!(schedule.keep(&small.kept).steps, small.steps);
}
