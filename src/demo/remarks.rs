//! Chooses the observation of a month, so that it fits the figures and the season.

use crate::model::month::Month;

use super::dice::Dice;
use super::phrases;
use super::programmes::Trade;

/// What is known of a month when its observation is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    /// The month.
    pub(super) month: Month,
    /// How works of this kind go on.
    pub(super) trade: Trade,
    /// Cumulative progress in hundredths of a percent.
    pub(super) cumulative: i64,
    /// Rate reached in hundredths of a percent of the normal one.
    pub(super) rate: i64,
    /// What makes the month special.
    pub(super) turn: Turn,
}

/// What makes a month special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing.
    Ordinary,
    /// The first month of works.
    First,
    /// The first month after works stood still.
    Back,
    /// Works were measured again and less was found.
    Fall,
    /// Works are finished.
    Done,
}

/// Returns the observation of a month, or empty text for most months.
pub(super) fn remark(scene: &Scene, dice: &mut Dice) -> String {
    match scene.turn {
        Turn::First => fill(dice.pick(phrases::first(scene.trade)), dice),
        Turn::Back => fill(dice.pick(&phrases::BACK), dice),
        Turn::Fall => fill(dice.pick(&phrases::FALL), dice),
        Turn::Done => fill(dice.pick(&phrases::DONE), dice),
        Turn::Ordinary if scene.rate < 3000 => trouble(scene, dice),
        Turn::Ordinary if scene.rate < 5000 && dice.chance(85) => trouble(scene, dice),
        Turn::Ordinary if scene.rate < 5000 => String::new(),
        Turn::Ordinary if scene.rate < 7000 && dice.chance(12) => trouble(scene, dice),
        Turn::Ordinary if dice.chance(17) => fill(stage(scene, dice), dice),
        Turn::Ordinary => String::new(),
    }
}

/// Names what holds the works up; rains do so from June to October.
fn trouble(scene: &Scene, dice: &mut Dice) -> String {
    let rains = (6..=10).contains(&scene.month.number());
    let phrase = if rains && dice.chance(45) {
        dice.pick(phrases::rain(scene.trade))
    } else {
        dice.pick(&phrases::TROUBLE)
    };
    fill(phrase, dice)
}

/// Names what is being built at this progress.
fn stage(scene: &Scene, dice: &mut Dice) -> &'static str {
    if dice.chance(22) {
        return dice.pick(&phrases::GOOD);
    }
    let stages = phrases::stages(scene.trade);
    let reached = stages.iter().find(|(below_percent, _)| scene.cumulative < below_percent * 100);
    reached.map_or("", |(_, choices)| dice.pick(choices))
}

/// Fills the numbers of a phrase: `{few}` 2 to 5, `{days}` 6 to 18, `{men}` 5 to 9, `{crew}` 20 to 34.
fn fill(phrase: &str, dice: &mut Dice) -> String {
    if !phrase.contains('{') {
        return phrase.to_owned();
    }
    [("{few}", 2..6), ("{days}", 6..19), ("{men}", 5..10), ("{crew}", 20..35)]
        .into_iter()
        .fold(phrase.to_owned(), |text, (place, range)| text.replace(place, &dice.between(range).to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::dice::Purpose;
    use super::*;

    fn scene(rate: i64, turn: Turn) -> Scene {
        let month = Month::new(2026, 7).unwrap();
        Scene { month, trade: Trade::Building, cumulative: 3000, rate, turn }
    }

    #[test]
    fn about_a_quarter_of_good_months_is_observed_and_every_critical_one() {
        let mut dice = Dice::new(1, Purpose::Remark, 0);
        let mut observed =
            |rate| (0..1000).filter(|_| !remark(&scene(rate, Turn::Ordinary), &mut dice).is_empty()).count();
        assert!((120..250).contains(&observed(9000)));
        assert_eq!(observed(1000), 1000);
    }

    #[test]
    fn every_place_of_a_phrase_is_filled() {
        let mut dice = Dice::new(1, Purpose::Remark, 0);
        for turn in [Turn::First, Turn::Back, Turn::Fall, Turn::Done, Turn::Ordinary] {
            for _ in 0..500 {
                let text = remark(&scene(1000, turn), &mut dice);
                assert!(!text.contains('{') && !text.is_empty(), "{text}");
            }
        }
    }
}
