//! Reads again what screens show: after something was written, and when the hands rest.

use super::{
    alerts, card, conflicts, dashboard, decide, entry, exchange, follow_up, form, import, notices, registers,
    sign_off, synthesis, trail,
};
use crate::actions::failure::Failure;
use crate::ui::app::App;
use crate::ui::screens::AnyScreen;
use crate::ui::world::World;

/// Reads again what is in sight; screens below read again when one comes back to them.
pub fn refresh(app: &mut App, world: &mut World) {
    let mut failed = world.keep_up().err();
    let floats = app.screen().view().floating(app.size).is_some();
    let in_sight = if floats { 2 } else { 1 };
    let all = app.screens_mut().collect::<Vec<_>>();
    for screen in all.into_iter().rev().take(in_sight) {
        if let Err(failure) = refresh_one(screen, world) {
            failed = Some(failure);
        }
    }
    if let Some(failure) = failed {
        super::complain(app, world, &failure);
    }
}

fn refresh_one(screen: &mut AnyScreen, world: &World) -> Result<(), Failure> {
    match screen {
        AnyScreen::Alerts(it) => {
            it.forget();
            Ok(())
        }
        AnyScreen::Card(it) => card::refresh(it, world),
        AnyScreen::Conflicts(it) => conflicts::refresh(it, world),
        AnyScreen::Dashboard(it) => dashboard::refresh(it, world),
        AnyScreen::Decide(it) => decide::refresh(it, world),
        AnyScreen::Entry(it) => entry::refresh(it, world),
        AnyScreen::Exchange(it) => exchange::refresh(it, world),
        AnyScreen::FollowUp(it) => follow_up::refresh(it, world),
        AnyScreen::Form(it) => form::refresh(it, world),
        AnyScreen::Import(it) => import::refresh(it, world),
        AnyScreen::Notices(it) => notices::refresh(it, world),
        AnyScreen::Palette(it) => {
            it.look_again();
            Ok(())
        }
        AnyScreen::Registers(it) => registers::refresh(it, world),
        AnyScreen::SignOff(it) => sign_off::refresh(it, world),
        AnyScreen::Synthesis(it) => synthesis::refresh(it, world),
        AnyScreen::Trail(it) => trail::refresh(it, world),
        // What is typed there stays, and nothing that is written changes keys, the tour or the first run.
        AnyScreen::Confirm(_)
        | AnyScreen::NoticeWords(_)
        | AnyScreen::Observation(_)
        | AnyScreen::Help(_)
        | AnyScreen::Tour(_)
        | AnyScreen::Welcome(_) => Ok(()),
    }
}

/// Reads what the visible part of the screen that fills the window still lacks; what may wait until the hands
/// `rested` does.
pub fn fill(app: &mut App, world: &mut World, rested: bool) {
    if rested {
        import::read_announced(app, world);
    }
    let filled = match app.full_mut() {
        AnyScreen::FollowUp(it) => follow_up::fill(it, world, rested),
        AnyScreen::Entry(it) => entry::fill(it, world, rested),
        AnyScreen::Alerts(it) => alerts::fill(it, world),
        AnyScreen::SignOff(it) => sign_off::fill(it, world, rested),
        AnyScreen::Synthesis(it) => synthesis::fill(it, world),
        _ => Ok(()),
    };
    if let Err(failure) = filled {
        super::complain(app, world, &failure);
    }
}
