//! Reads what the dialog of decisions shows.

use crate::actions::decide::possible_kinds;
use crate::actions::failure::Failure;
use crate::actions::grounds::grounds;
use crate::actions::record_entry::place;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::decide::Decide;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(world: &mut World, lot: Id<Lot>) -> Result<AnyScreen, Failure> {
    let month = world.session.this_month();
    let grounds = grounds(&world.session, lot)?;
    let possible = possible_kinds(&world.session, lot, month)?;
    let place = place(&grounds.site, &grounds.lot);
    // What was a typing error is proposed as such: the person only has to agree.
    let error = grounds
        .groundless
        .map(|it| world.texts.fill("decide-error-reason", &[("month", &world.texts.month(it))]));
    let decide = Decide::new(grounds, possible, place, month);
    Ok(AnyScreen::Decide(Box::new(decide.proposing(&error.unwrap_or_default()))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Decide, world: &World) -> Result<(), Failure> {
    let lot = screen.lot();
    let possible = possible_kinds(&world.session, lot, world.session.this_month())?;
    screen.show(grounds(&world.session, lot)?, possible);
    Ok(())
}
