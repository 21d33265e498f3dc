//! Reads what the screen `tour` shows.

use crate::actions::failure::Failure;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::tour::Tour;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _step: usize) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Tour(Box::new(Tour {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Tour, _world: &World) -> Result<(), Failure> {
    Ok(())
}
