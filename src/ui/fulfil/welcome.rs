//! Reads what the screen `welcome` shows.

use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::welcome::Welcome;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Welcome(Box::new(Welcome {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Welcome, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Opens the demonstration.
pub fn demonstration(_app: &mut App, _world: &mut World) -> Result<(), Failure> {
    Ok(())
}
