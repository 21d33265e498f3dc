//! Reads what the screen `form` shows.

use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::command::Archived;
use crate::ui::command::FormAim;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::form::Form;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World, _aim: FormAim) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Form(Box::new(Form {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Form, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Saves a form.
pub fn save(_app: &mut App, _world: &mut World, _aim: FormAim, _texts: &[String]) -> Result<(), Failure> {
    Ok(())
}

/// Archives.
pub fn archive(_app: &mut App, _world: &mut World, _what: Archived) -> Result<(), Failure> {
    Ok(())
}
