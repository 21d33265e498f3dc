//! Reads what the screen `import` shows.

use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::command::Workbook;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::import::Import;
use crate::ui::world::World;

/// Opens the screen.
pub fn open(_world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Import(Box::new(Import {})))
}

/// Reads it again after something was written.
pub fn refresh(_screen: &mut Import, _world: &World) -> Result<(), Failure> {
    Ok(())
}

/// Lists what can complete a path.
pub fn complete(_app: &mut App, _typed: &str) {}

/// Reads a workbook and shows what it would bring.
pub fn read(_app: &mut App, _world: &mut World, _workbook: &Workbook) -> Result<(), Failure> {
    Ok(())
}

/// Brings in the workbook that was read.
pub fn accept(_app: &mut App, _world: &mut World) -> Result<(), Failure> {
    Ok(())
}
