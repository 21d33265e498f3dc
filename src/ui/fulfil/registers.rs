//! Reads what the screen `registers` shows.

use crate::actions::failure::Failure;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::registers::Registers;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Registers(Box::new(Registers {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Registers, _world: &World) -> Result<(), Failure> {
    Ok(())
}
