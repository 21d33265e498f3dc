//! Reads what the screen `decide` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::decide::Decide;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _lot: Id<Lot>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Decide(Box::new(Decide {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Decide, _world: &World) -> Result<(), Failure> {
    Ok(())
}
