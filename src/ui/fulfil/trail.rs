//! Reads what the screen `trail` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::trail::Trail;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _lot: Id<Lot>, _month: Option<Month>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Trail(Box::new(Trail {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Trail, _world: &World) -> Result<(), Failure> {
    Ok(())
}
