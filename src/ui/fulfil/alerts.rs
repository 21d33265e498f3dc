//! Reads what the screen `alerts` shows.

use crate::actions::failure::Failure;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::alerts::Alerts;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Alerts(Box::new(Alerts {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Alerts, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Reads what the visible part still lacks.
pub fn fill(_screen: &mut Alerts, _world: &World) -> Result<(), Failure> {
    Ok(())
}
