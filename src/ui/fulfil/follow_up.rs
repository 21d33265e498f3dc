//! Reads what the follow-up shows beside the portfolio: trends in sight, the card, other months.

use crate::actions::directory::Selection;
use crate::actions::failure::Failure;
use crate::actions::lot_card::lot_card;
use crate::actions::overview::statuses;
use crate::actions::portfolio::Portfolio;
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::follow_up::{FollowUp, TREND_MONTHS};
use crate::ui::world::World;

/// Opens the follow-up of a project, or of all.
pub fn open(project: Option<Id<Project>>) -> AnyScreen {
    AnyScreen::FollowUp(Box::new(FollowUp::new(project)))
}

/// Opens the follow-up of the lots that have no duration.
pub fn open_to_complete() -> AnyScreen {
    let mut screen = FollowUp::new(None);
    screen.keep_to_complete();
    AnyScreen::FollowUp(Box::new(screen))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut FollowUp, world: &World) -> Result<(), Failure> {
    screen.forget();
    if let Some((month, project)) = screen.past_month() {
        screen.show_month(past(world, month, project)?);
    }
    Ok(())
}

/// Reads the month that is asked for, the trends in sight and, once the hands rest, the card.
pub fn fill(screen: &mut FollowUp, world: &World, rested: bool) -> Result<(), Failure> {
    if let Some((month, project)) = screen.asked_month() {
        screen.show_month(past(world, month, project)?);
        screen.arrange_again(&world.cx());
    }
    let cx = world.cx();
    let lacking: Vec<_> = screen.lacking(&cx).map(|it| (it.lot, it.project)).collect();
    if !lacking.is_empty() {
        let terms = Terms::load(world.session.store.read())?;
        let month = screen.shown_month(&cx);
        for (lot, project) in lacking {
            let trend = statuses(&world.session, &terms, lot, project, month, usize::from(TREND_MONTHS))?;
            screen.add_trend(lot, trend);
        }
    }
    if rested && let Some(lot) = screen.card_wanted() {
        let month = screen.past_month().map(|it| it.0);
        screen.show_card(Some(Box::new(lot_card(&world.session, lot, month)?)));
    }
    Ok(())
}

/// Reads the portfolio of another month; `None` for the month that is due or a later one.
fn past(
    world: &World,
    month: crate::model::month::Month,
    project: Option<Id<Project>>,
) -> Result<Option<Box<Portfolio>>, Failure> {
    let usual = world.session.this_month().previous();
    if month == usual || month > world.session.this_month() {
        return Ok(None);
    }
    let selection = project.map_or(Selection::All, Selection::Project);
    Ok(Some(Box::new(Portfolio::of_month(&world.session, selection, month)?)))
}
