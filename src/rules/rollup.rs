//! Sites from their lots, projects from their sites: weighted progress, state, worst badge.

use crate::model::percent::Percent;

use super::outcome::Outcome;
use super::ratio::Ratio;
use super::state::LotState;
use super::status::Status;

/// Returns the progress of a site: the mean of its lots by weight, or all equal where a weight is missing, is
/// negative, or where all are zero. `None` without lots.
pub fn site_progress(lots: &[(Percent, Option<i64>)]) -> Option<Ratio> {
    let weight_of = weights(lots.iter().map(|(_, weight)| *weight));
    let (mut sum, mut total) = (0_i128, 0_i128);
    for (progress, weight) in lots {
        let weight = i128::from(weight_of(*weight));
        sum += weight * i128::from(progress.hundredths());
        total += weight;
    }
    Ratio::of_wide(sum, total * 100)
}

/// Returns the progress of a project: the mean of its sites by weight, with the rule of [`site_progress`].
pub fn project_progress(sites: &[(Ratio, Option<i64>)]) -> Option<Ratio> {
    let weight_of = weights(sites.iter().map(|(_, weight)| *weight));
    let mut sum = Ratio::ZERO;
    let mut total = 0_i128;
    for (progress, weight) in sites {
        let weight = weight_of(*weight);
        sum = sum.plus(progress.times(weight));
        total += i128::from(weight);
    }
    Ratio::of_wide(i128::from(sum.num()), i128::from(sum.den()).checked_mul(total)?)
}

/// Decides once for all members whether weights count, and returns the weight of each.
fn weights(all: impl Iterator<Item = Option<i64>> + Clone) -> impl Fn(Option<i64>) -> i64 {
    let known = all.clone().all(|it| it.is_some_and(|weight| weight >= 0));
    let usable = known && all.flatten().any(|it| it > 0);
    move |weight| if usable { weight.unwrap_or(0) } else { 1 }
}

/// Returns the state of a site from its lots, or of a project from its sites.
///
/// Demobilised when every open one is; otherwise active or remobilised when one is, else suspended. Without an
/// open one: completed, or terminated where all are. Without any: active.
pub fn group_state(members: impl IntoIterator<Item = LotState>) -> LotState {
    let rank = |state: &LotState| match state {
        LotState::Active => 0,
        LotState::Remobilised => 1,
        LotState::Suspended => 2,
        LotState::Demobilised => 3,
        LotState::Completed => 4,
        LotState::Terminated => 5,
    };
    members.into_iter().min_by_key(rank).unwrap_or_default()
}

/// Returns the status that asks for most attention.
pub fn worst_status(members: impl IntoIterator<Item = Status>) -> Option<Status> {
    members.into_iter().max_by_key(|it| it.severity())
}

/// Returns the outcome that asks for most attention.
pub fn worst_outcome(members: impl IntoIterator<Item = Outcome>) -> Option<Outcome> {
    members.into_iter().max_by_key(|it| it.severity())
}

#[cfg(test)]
mod tests {
    use super::*;
    use LotState::{Active, Completed, Demobilised, Remobilised, Suspended, Terminated};

    #[test]
    fn weighs_lots_only_when_every_weight_is_known() {
        let third = |weights: [Option<i64>; 2]| {
            site_progress(&[(Percent(1000), weights[0]), (Percent(4000), weights[1])]).unwrap()
        };
        assert_eq!(third([Some(200), Some(100)]), Ratio::new(20, 1).unwrap());
        assert_eq!(third([Some(200), None]), Ratio::new(25, 1).unwrap());
        assert_eq!(third([Some(0), Some(0)]), Ratio::new(25, 1).unwrap());
        assert_eq!(third([Some(-1), Some(2)]), Ratio::new(25, 1).unwrap());
        assert_eq!(third([Some(i64::MAX), Some(i64::MAX)]), Ratio::new(25, 1).unwrap());
        assert_eq!(site_progress(&[]), None);
    }

    #[test]
    fn weighs_sites_exactly() {
        let third = Ratio::new(100, 3).unwrap();
        let seventh = Ratio::new(100, 7).unwrap();
        let mean = project_progress(&[(third, None), (seventh, Some(5))]).unwrap();
        assert_eq!(mean, Ratio::new(500, 21).unwrap());
        let weighted = project_progress(&[(third, Some(3)), (seventh, Some(7))]).unwrap();
        assert_eq!(weighted, Ratio::new(20, 1).unwrap());
    }

    #[test]
    fn a_site_is_demobilised_when_all_its_open_lots_are() {
        for (members, state) in [
            (vec![Demobilised, Demobilised, Completed, Terminated], Demobilised),
            (vec![Demobilised, Active], Active),
            (vec![Demobilised, Remobilised, Completed], Remobilised),
            (vec![Demobilised, Suspended], Suspended),
            (vec![Completed, Terminated], Completed),
            (vec![Terminated], Terminated),
            (vec![], Active),
        ] {
            assert_eq!(group_state(members.clone()), state, "{members:?}");
        }
    }

    #[test]
    fn the_worst_badge_wins() {
        assert_eq!(
            worst_status([Status::Bon, Status::Critique, Status::NonRenseigne]),
            Some(Status::Critique)
        );
        let outcomes = [Outcome::NonSaisie, Outcome::Sursis, Outcome::AlerteCritique, Outcome::Clos];
        assert_eq!(worst_outcome(outcomes), Some(Outcome::Sursis));
        assert_eq!(worst_outcome([]), None);
    }
}
