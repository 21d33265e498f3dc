//! Reads what the screen `palette` shows.

use crate::actions::failure::Failure;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::palette::Palette;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Palette(Box::new(Palette {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Palette, _world: &World) -> Result<(), Failure> {
    Ok(())
}
