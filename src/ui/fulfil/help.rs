//! Reads what the screen `help` shows.

use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::help::Help;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _app: &App) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Help(Box::new(Help {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Help, _world: &World) -> Result<(), Failure> {
    Ok(())
}
