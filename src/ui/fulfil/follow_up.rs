//! Reads what the screen `follow_up` shows.

use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::follow_up::FollowUp;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _project: Option<Id<Project>>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::FollowUp(Box::new(FollowUp {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut FollowUp, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Reads what the visible part still lacks.
pub fn fill(_screen: &mut FollowUp, _world: &World, _rested: bool) -> Result<(), Failure> {
    Ok(())
}
