//! Reads which screen help is about.

use crate::ui::app::App;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::help::Help;
use crate::ui::world::World;

/// Opens help about the screen on top.
pub fn open(world: &World, app: &App) -> AnyScreen {
    let screen = app.screen().view();
    AnyScreen::Help(Box::new(Help::new(screen.title(&world.cx()), screen.help())))
}
