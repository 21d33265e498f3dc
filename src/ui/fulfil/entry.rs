//! Reads what the screen `entry` shows.

use crate::actions::failure::Failure;
use crate::ui::command::EntryAim;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::entry::Entry;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _aim: EntryAim) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Entry(Box::new(Entry {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Entry, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Reads what the visible part still lacks.
pub fn fill(_screen: &mut Entry, _world: &World, _rested: bool) -> Result<(), Failure> {
    Ok(())
}
