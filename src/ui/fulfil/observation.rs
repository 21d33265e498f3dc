//! Reads what the screen `observation` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::observation::Observation;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _lot: Id<Lot>, _month: Month) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Observation(Box::new(Observation {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Observation, _world: &World) -> Result<(), Failure> {
    Ok(())
}
