//! Reads what the screen `conflicts` shows.

use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::command::Settlement;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::conflicts::Conflicts;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Conflicts(Box::new(Conflicts {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Conflicts, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Settles a conflict.
pub fn settle(
    _app: &mut App,
    _world: &mut World,
    _place: usize,
    _settlement: &Settlement,
) -> Result<(), Failure> {
    Ok(())
}
