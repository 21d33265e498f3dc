//! Reads what the screen `synthesis` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::synthesis::Synthesis;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _project: Option<Id<Project>>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Synthesis(Box::new(Synthesis {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Synthesis, _world: &World) -> Result<(), Failure> {
    Ok(())
}
