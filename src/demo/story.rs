//! What happens to an invented site: the special stories and which site has which.

use super::dice::Dice;

/// The course of a site, as its first lot lives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Story {
    /// Works go on as agreed.
    #[default]
    Steady,
    /// Works go on too slowly, with single bad months.
    Late,
    /// The last month is below 30 %.
    CriticalNow,
    /// The last month is between 30 % and 50 %.
    ProblematicNow,
    /// The last two months are below 30 %: the next one decides.
    WarnedNow,
    /// The first three months are below 30 %: the decision is awaited.
    ThirdMonthCritical,
    /// Withdrawn after three critical months, back two months later.
    Remobilised,
    /// Suspended, and still so.
    Suspended,
    /// Suspended for two months, then resumed.
    Resumed,
    /// Begun in the second half of the last month.
    JustStarted,
    /// Finished before the last month.
    Completed,
    /// Neither start nor duration is known.
    WithoutDuration,
    /// A cumulative falls after works were measured again.
    Falling,
    /// Beyond the contractual end.
    Overdue,
}

/// The sites with a story of their own; together they fill a portfolio of 24 sites.
const FIXED: [(u64, Story); 13] = [
    (1, Story::Late),
    (2, Story::Completed),
    (3, Story::ThirdMonthCritical),
    (6, Story::WarnedNow),
    (8, Story::Remobilised),
    (10, Story::Suspended),
    (11, Story::CriticalNow),
    (13, Story::JustStarted),
    (15, Story::WithoutDuration),
    (16, Story::Falling),
    (18, Story::Overdue),
    (21, Story::Resumed),
    (22, Story::ProblematicNow),
];

/// Number of sites from which every special story is told.
pub const SITES_OF_ALL_STORIES: u32 = 24;

impl Story {
    /// Chooses the story of a site; stories that need more months than there are become steady.
    pub(super) fn choose(site: u64, months: i64, dice: &mut Dice) -> Self {
        let fixed = FIXED.iter().find(|(index, _)| *index == site).map(|(_, story)| *story);
        let story = match fixed {
            Some(story) => story,
            None if site < u64::from(SITES_OF_ALL_STORIES) => Self::Steady,
            None => Self::at_random(dice),
        };
        if story.months_needed() > months { Self::Steady } else { story }
    }

    fn at_random(dice: &mut Dice) -> Self {
        match dice.between(0..1000) {
            0..36 => Self::CriticalNow,
            36..46 => Self::WarnedNow,
            46..50 => Self::ThirdMonthCritical,
            50..110 => Self::ProblematicNow,
            110..230 => Self::Late,
            230..250 => Self::Overdue,
            250..254 => Self::Remobilised,
            254..264 => Self::Suspended,
            264..276 => Self::Resumed,
            276..284 => Self::WithoutDuration,
            284..294 => Self::Falling,
            _ => Self::Steady,
        }
    }

    /// Returns the number of months that the story takes.
    pub(super) const fn months_needed(self) -> i64 {
        match self {
            Self::Steady | Self::JustStarted => 1,
            Self::ThirdMonthCritical => 3,
            Self::Late | Self::CriticalNow | Self::ProblematicNow | Self::WithoutDuration => 5,
            Self::WarnedNow | Self::Suspended => 6,
            Self::Resumed | Self::Completed | Self::Overdue => 8,
            Self::Remobilised | Self::Falling => 9,
        }
    }
}

/// Tells whether the figure of the last month is still missing.
pub(super) fn misses_last_month(site: u64, story: Story, dice: &mut Dice) -> bool {
    let missed = dice.chance(9);
    match site {
        5 | 14 => true,
        _ if site < u64::from(SITES_OF_ALL_STORIES) => false,
        _ => missed && matches!(story, Story::Steady | Story::Late | Story::Falling),
    }
}

/// Returns the number of lots of a site.
pub(super) fn lots(site: u64, months: i64, dice: &mut Dice) -> usize {
    let percent = if months > super::LONG_MONTHS { 1 } else { 9 };
    let (several, three) = (dice.chance(percent), dice.chance(40));
    match site {
        4 => 3,
        12 => 2,
        _ if site < u64::from(SITES_OF_ALL_STORIES) => 1,
        _ if several => 2 + usize::from(three),
        _ => 1,
    }
}

/// Returns the number of contractors of the first lot of a site; two are a joint venture.
pub(super) fn builders(site: u64, dice: &mut Dice) -> usize {
    let joint = dice.chance(6);
    match site {
        7 | 19 => 2,
        _ if site < u64::from(SITES_OF_ALL_STORIES) => 1,
        _ => 1 + usize::from(joint),
    }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Purpose;
    use super::*;

    #[test]
    fn short_histories_leave_long_stories_out() {
        for months in 1..20 {
            for site in 0..24 {
                let story = Story::choose(site, months, &mut Dice::new(1, Purpose::Site, site));
                assert!(story.months_needed() <= months, "{story:?} in {months} months");
            }
        }
    }
}
