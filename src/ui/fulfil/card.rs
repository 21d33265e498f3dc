//! Reads what the screen `card` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::card::Card;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _lot: Id<Lot>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Card(Box::new(Card {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Card, _world: &World) -> Result<(), Failure> {
    Ok(())
}
