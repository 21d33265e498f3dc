//! How fast a lot goes on, month by month, so that the rules find what its story says.

use super::dice::Dice;
use super::story::Story;

/// The months of a lot and how fast it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// What happens.
    pub(super) story: Story,
    /// Number of months from the first one followed to the last one.
    pub(super) span: i64,
    /// Duration in months from which the normal rate follows.
    pub(super) duration: i64,
    /// Pace of the contractor in percent of the agreed one.
    pub(super) pace: i64,
}

/// What a month brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Works go on at a rate in hundredths of a percent of the normal one.
    Work(i64),
    /// The cumulative is taken back by a part of the normal rate.
    Fall,
    /// Nobody works and nobody types.
    Out,
}

/// Rate of a critical month: far enough below 30 % that rounding never lifts it above.
const CRITICAL: std::ops::Range<i64> = 800..2000;
/// Rate of a problematic month: rounding leaves it between 30 % and 50 %.
const PROBLEMATIC: std::ops::Range<i64> = 3900..4100;
/// Rate of a slow month: rounding leaves it above 50 %.
const SLOW: std::ops::Range<i64> = 5900..7400;
/// Number of months that the start cycle takes; single bad months come later.
const START_CYCLE: i64 = 4;

impl Course {
    /// Returns what the month of an index brings, counted from the first one.
    pub(super) fn step(&self, month: i64, dice: &mut Dice) -> Step {
        let to_come = self.span - 1 - month;
        match self.story {
            Story::CriticalNow if to_come == 0 => Step::Work(dice.between(CRITICAL)),
            Story::ProblematicNow if to_come == 0 => Step::Work(dice.between(PROBLEMATIC)),
            Story::WarnedNow if to_come <= 1 => Step::Work(dice.between(CRITICAL)),
            Story::JustStarted => Step::Work(dice.between(1800..3000)),
            Story::ThirdMonthCritical => Step::Work(2450 - 350 * month),
            Story::Remobilised if month < 3 => Step::Work(dice.between(CRITICAL)),
            Story::Remobilised if month <= 5 => Step::Out,
            Story::Suspended if to_come < 3 => Step::Out,
            Story::Resumed if (0..2).contains(&(month - self.pause())) => Step::Out,
            Story::Falling if month == self.span / 2 => Step::Fall,
            Story::Late if month >= START_CYCLE && month % 5 == 4 => Step::Work(dice.between(PROBLEMATIC)),
            Story::Late => Step::Work(dice.between(SLOW)),
            Story::Overdue => Step::Work(dice.between(5900..6300)),
            _ => Step::Work(self.agreed(month) * self.pace / 100 * dice.between(92..109) / 100),
        }
    }

    /// Returns the index of the first month of a suspension that ended.
    pub(super) const fn pause(&self) -> i64 {
        self.span / 2
    }

    /// Returns the rate of a month on an S-curve: 70 % of the mean at both ends, 115 % in the middle.
    fn agreed(&self, month: i64) -> i64 {
        let whole = 2 * self.duration.max(1);
        let done = (2 * month + 1).min(whole);
        7000 + 18_000 * done * (whole - done) / (whole * whole)
    }
}

/// Returns the step to which people round figures, in hundredths of a percent, for a duration in months.
pub(super) const fn rounding(duration: i64) -> i64 {
    match duration {
        ..=16 => 50,
        17..=33 => 25,
        34..=83 => 10,
        84..=166 => 5,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Purpose;
    use super::*;

    #[test]
    fn an_agreed_course_reaches_the_end() {
        for duration in [4, 8, 12, 36, 120] {
            let course = Course { story: Story::Steady, span: duration, duration, pace: 100 };
            let done: i64 = (0..duration).map(|month| course.agreed(month)).sum::<i64>() / duration;
            assert!((9_900..=10_200).contains(&done), "{duration}: {done}");
        }
    }

    #[test]
    fn rounding_is_fine_against_the_normal_rate() {
        for duration in 1..=200 {
            assert!(rounding(duration) * duration <= 850, "{duration}");
        }
    }

    #[test]
    fn the_third_month_stays_below_the_threshold() {
        let course = Course { story: Story::ThirdMonthCritical, span: 3, duration: 8, pace: 100 };
        let mut dice = Dice::new(1, Purpose::Lot, 0);
        let steps: Vec<_> = (0..3).map(|month| course.step(month, &mut dice)).collect();
        assert_eq!(steps, [Step::Work(2450), Step::Work(2100), Step::Work(1750)]);
    }
}
