//! Decides the frame of a site before its months are written: story, months, duration, lots.

use chrono::Days;

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

use super::LONG_MONTHS;
use super::dice::Dice;
use super::story::{self, Story};

/// Durations that contracts have, in months.
const DURATIONS: [i64; 16] = [4, 5, 6, 8, 8, 9, 10, 12, 12, 12, 15, 18, 18, 24, 30, 36];
/// Longest duration of a contract in short histories, in months.
const DURATION_MAX: i64 = 36;
/// Longest follow-up of a site in short histories, so that open contracts end within [`DURATION_MAX`].
const SPAN_MAX: i64 = 34;
/// Site whose works had begun before the follow-up.
const BEGUN_BEFORE: u64 = 17;
/// Site whose figure of an earlier month is missing.
const WITH_GAP: u64 = 9;

/// What is decided about a site before its months are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) story: Story,
    /// Number of months from the first one followed to the last one.
    pub(super) span: i64,
    /// Duration from which the normal rate follows, in months.
    pub(super) duration: i64,
    pub(super) initial: Percent,
    pub(super) misses_last: bool,
    /// Number of lots.
    pub(super) lots: usize,
    /// Number of contractors of the first lot.
    pub(super) builders: usize,
    /// How many of a hundred lots miss an earlier month.
    gap_percent: i64,
    /// Whether works may end before the last month.
    may_finish: bool,
}

/// The site and the months for which a plan is made.
#[derive(Clone, Copy)]
struct Outline {
    site: u64,
    months: i64,
    story: Story,
    misses_last: bool,
}

impl Plan {
    /// Plans the site of an index in a history of so many months.
    pub(super) fn new(site: u64, months: i64, dice: &mut Dice) -> Self {
        let story = Story::choose(site, months, dice);
        let misses_last = story::misses_last_month(site, story, dice);
        let outline = Outline { site, months, story, misses_last };
        let lots = story::lots(site, months, dice);
        let builders = story::builders(site, dice);
        let initial = outline.initial(dice);
        let span = outline.span(dice);
        let duration = outline.duration(span, dice);
        let gap_percent = match site {
            WITH_GAP => 100,
            _ if outline.is_long() => 0,
            _ => 6,
        };
        let may_finish = outline.may_finish() && duration < span + 2;
        let misses_last = misses_last && span > 2;
        Self { story, span, duration, initial, misses_last, lots, builders, gap_percent, may_finish }
    }

    /// Tells whether start and duration are known.
    pub(super) fn is_dated(&self) -> bool {
        self.story != Story::WithoutDuration
    }

    /// Returns the start of works, with a day for some.
    pub(super) fn start(&self, first: Month, dice: &mut Dice) -> Option<Start> {
        let day = match self.story {
            Story::JustStarted => Some(dice.between(17..25)),
            // Eight days into the month at most, so that it is a full month of work.
            _ => dice.chance(45).then(|| dice.between(1..9)),
        };
        let day = day.and_then(|it| first.first_day().checked_add_days(Days::new(it.unsigned_abs() - 1)));
        self.is_dated().then_some(Start { month: first, day })
    }

    /// Returns the pace of a lot in percent of the agreed one; works that stay open never reach the end.
    pub(super) fn pace(&self, story: Story, dice: &mut Dice) -> i64 {
        match story {
            Story::Completed => dice.between(108..120),
            Story::Steady | Story::Late if self.may_finish => dice.between(95..112),
            _ => dice.between(93..99),
        }
    }

    /// Returns the index of an earlier month whose figure a lot misses, for some.
    pub(super) fn gap(&self, story: Story, dice: &mut Dice) -> Option<i64> {
        let is_plain = matches!(story, Story::Steady | Story::Late);
        let has_gap = dice.chance(self.gap_percent) && is_plain && self.span > 6;
        has_gap.then(|| dice.between(2..self.span - 2))
    }
}

impl Outline {
    fn is_long(&self) -> bool {
        self.months > LONG_MONTHS
    }

    fn may_finish(&self) -> bool {
        let is_plain = matches!(self.story, Story::Steady | Story::Late);
        is_plain && !self.is_long() && !self.misses_last && self.site != BEGUN_BEFORE
    }

    fn initial(&self, dice: &mut Dice) -> Percent {
        let drawn = dice.chance(10) && matches!(self.story, Story::Steady | Story::Late) && !self.misses_last;
        let hundredths = if drawn || self.site == BEGUN_BEFORE { dice.between(10..40) * 50 } else { 0 };
        Percent(i32::try_from(hundredths).unwrap_or_default())
    }

    fn span(&self, dice: &mut Dice) -> i64 {
        match self.story {
            Story::JustStarted => 1,
            Story::ThirdMonthCritical => 3,
            _ if self.is_long() => self.months,
            _ => {
                let longest = self.months.min(SPAN_MAX);
                let least = self.story.months_needed().max(if self.misses_last { 4 } else { 2 }).min(longest);
                // The later of two draws: most sites have been followed for most of the time.
                dice.between(least..longest + 1).max(dice.between(least..longest + 1))
            }
        }
    }

    fn duration(&self, span: i64, dice: &mut Dice) -> i64 {
        let usual = dice.pick(&DURATIONS);
        let is_usual = dice.chance(40) && self.may_finish();
        let longest = if self.is_long() { span } else { DURATION_MAX };
        match self.story {
            Story::Overdue => (span * 3 / 4).clamp(4, longest.max(4)),
            Story::Completed => (span * 2 / 3).clamp(4, longest.max(4)),
            Story::ThirdMonthCritical => 8,
            Story::JustStarted => 12,
            _ if self.is_long() => span + 1 + dice.between(0..span / 10 + 1),
            _ if is_usual => usual,
            _ => usual.max(span + 2).min(DURATION_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Purpose;
    use super::*;

    #[test]
    fn contracts_of_short_histories_last_up_to_three_years() {
        for site in 0..2_000 {
            let plan = Plan::new(site, 36, &mut Dice::new(1, Purpose::Site, site));
            assert!((4..=DURATION_MAX).contains(&plan.duration), "{plan:?}");
            assert!((1..=36).contains(&plan.span), "{plan:?}");
        }
    }

    #[test]
    fn contracts_of_long_histories_span_them() {
        for site in (24..2_000).step_by(7) {
            let plan = Plan::new(site, 120, &mut Dice::new(1, Purpose::Site, site));
            let spans_all = plan.span == 120 || plan.story == Story::ThirdMonthCritical;
            assert!(spans_all, "{plan:?}");
        }
    }
}
