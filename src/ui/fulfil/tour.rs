//! Leads through the tour: opens the screen that a step is about, and the band below it.

use super::places;
use crate::actions::failure::Failure;
use crate::actions::overview::overview;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::app::App;
use crate::ui::command::{EntryAim, Place};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::tour::{STEPS, Sight, Tour};
use crate::ui::world::World;

/// Opens the band of a step.
pub fn open(step: usize) -> AnyScreen {
    AnyScreen::Tour(Box::new(Tour::new(step)))
}

/// Goes to a step. The screen of the step before gives way; what is typed elsewhere stays open below.
pub fn go(app: &mut App, world: &mut World, step: usize) -> Result<(), Failure> {
    let place = place(world, STEPS[step.min(STEPS.len() - 1)].sight)?;
    let screen = match places::open(app, world, &place) {
        Ok(screen) => screen,
        // A place may have nothing to show yet; the tour goes on all the same.
        Err(_) => places::open(app, world, &Place::Dashboard)?,
    };
    if matches!(app.screen(), AnyScreen::Tour(_)) {
        app.pop();
        app.replace(screen);
    } else if app.draft().is_some() {
        app.push(screen);
    } else {
        app.switch(screen);
    }
    app.push(open(step));
    Ok(())
}

fn place(world: &mut World, sight: Sight) -> Result<Place, Failure> {
    world.session.organisation()?;
    world.keep_up()?;
    let worst = |place: fn(Id<Lot>) -> Place| -> Result<Place, Failure> {
        let overview = overview(&world.session, &world.portfolio)?;
        Ok(overview.heat.first().map_or(Place::FollowUp(None), |it| place(Id::from_bytes(it.lot))))
    };
    Ok(match sight {
        Sight::Dashboard => Place::Dashboard,
        Sight::FollowUp => Place::FollowUp(None),
        Sight::WorstCard => worst(Place::Card)?,
        Sight::Entry => Place::Entry(EntryAim::default()),
        Sight::Alerts => Place::Alerts,
        Sight::WorstTrail => worst(|it| Place::Trail(it, None))?,
        Sight::Import => Place::Import,
    })
}
