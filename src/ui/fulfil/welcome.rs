//! The first run: where the data will lie, and the demonstration.

use crate::actions::demo;
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::demo::Spec;
use crate::model::month::Month;
use crate::ui::app::App;
use crate::ui::command::Place;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::welcome::Welcome;
use crate::ui::world::World;

/// How many sites the demonstration has: enough for a full screen.
const SITES: u32 = 24;
/// How many months it goes back.
const MONTHS: u32 = 14;

/// Opens the screen.
pub fn open(world: &World) -> AnyScreen {
    AnyScreen::Welcome(Box::new(Welcome::new(world.desk.path.display().to_string())))
}

/// Opens the demonstration in its own file. Until it is written the application stays where it is.
pub fn demonstration(app: &mut App, world: &mut World) -> Result<(), Failure> {
    let path = world.desk.demonstration.clone();
    write_once(world)?;
    world.move_to(&path)?;
    super::switch(app, world, &Place::Dashboard)?;
    super::say(app, world.texts.text("demonstration-open"));
    Ok(())
}

fn write_once(world: &World) -> Result<(), Failure> {
    let desk = &world.desk;
    let mut session =
        Session::open(&desk.demonstration, true, desk.user.clone(), world.session.now, desk.today)?;
    if session.store.read().organisation()?.is_some() {
        return Ok(());
    }
    let last_month = Month::of(session.today).previous();
    demo::write(&mut session, &Spec { sites: SITES, months: MONTHS, seed: 1, last_month }, |_| {})
}
