//! Opens places.

use super::{
    alerts, card, conflicts, dashboard, decide, entry, exchange, follow_up, form, help, import, notices,
    observation, palette, registers, sign_off, synthesis, tour, trail, welcome,
};
use crate::actions::failure::Failure;
use crate::model::problem::Problem;
use crate::ui::app::App;
use crate::ui::command::{EntryAim, Place};
use crate::ui::draft::Draft;
use crate::ui::screens::AnyScreen;
use crate::ui::world::World;

/// Returns the screen with which the application begins.
pub fn first(world: &mut World) -> Result<AnyScreen, Failure> {
    if world.has_organisation()? { dashboard::open(world) } else { Ok(welcome::open(world)) }
}

/// Opens a place.
pub fn open(app: &App, world: &mut World, place: &Place) -> Result<AnyScreen, Failure> {
    if needs_portfolio(place) {
        world.session.organisation()?;
        world.keep_up()?;
    }
    match place {
        Place::Welcome => Ok(welcome::open(world)),
        Place::Dashboard => dashboard::open(world),
        Place::FollowUp(project) => Ok(follow_up::open(*project)),
        Place::ToComplete => Ok(follow_up::open_to_complete()),
        Place::Entry(aim) => entry::open(world, *aim),
        Place::Alerts => Ok(alerts::open()),
        Place::Card(lot) => card::open(world, *lot),
        Place::Trail(lot, month) => trail::open(world, *lot, *month),
        Place::Synthesis(project) => synthesis::open(world, *project),
        Place::Conflicts => conflicts::open(world),
        Place::Exchange => exchange::open(world),
        Place::Notices(aim) => notices::open(world, *aim),
        Place::NoticeWords(id) => notices::open_words(world, *id),
        Place::SignOff(project, month) => sign_off::open(world, *project, *month),
        Place::Registers => registers::open(world),
        Place::Form(aim) => form::open(world, *aim),
        Place::Import => import::open(world),
        Place::Help => Ok(help::open(world, app)),
        Place::Palette => Ok(palette::open(world, app)),
        Place::Decide(lot) => decide::open(world, *lot),
        Place::Observation(lot, month) => observation::open(world, *lot, *month),
        Place::Tour(step) => Ok(tour::open(*step)),
    }
}

/// Tells whether a place shows data of the organisation.
const fn needs_portfolio(place: &Place) -> bool {
    !matches!(place, Place::Welcome | Place::Import | Place::Help | Place::Form(_) | Place::Tour(_))
}

/// Takes up what was typed and not saved when the program last ended: the screen opens as it was.
pub fn take_up(app: &mut App, world: &mut World, draft: Draft) -> Result<(), Failure> {
    let place = match &draft {
        Draft::Figures { month, texts } => {
            let lot = texts.last().map(|it| it.lot);
            Place::Entry(EntryAim { project: None, month: Some(*month), lot })
        }
        Draft::Observation { lot, month, .. } => Place::Observation(*lot, *month),
        Draft::Decision { lot, .. } => Place::Decide(*lot),
        Draft::Words { notice, .. } => Place::NoticeWords(*notice),
        Draft::Form { aim, .. } => Place::Form(*aim),
    };
    let mut screen = open(app, world, &place)?;
    let has_place = match (&mut screen, draft) {
        (AnyScreen::Entry(it), Draft::Figures { texts, .. }) => it.take_up(texts),
        (AnyScreen::Observation(it), Draft::Observation { texts, .. }) => {
            it.take_up(&texts);
            true
        }
        (AnyScreen::Decide(it), Draft::Decision { kind, texts, .. }) => {
            it.take_up(kind, &texts);
            true
        }
        (AnyScreen::NoticeWords(it), Draft::Words { texts, .. }) => {
            it.take_up(&texts);
            true
        }
        (AnyScreen::Form(it), Draft::Form { texts, .. }) => {
            it.take_up(texts);
            true
        }
        _ => false,
    };
    if !has_place {
        return Err(Problem::new("register-gone").into());
    }
    app.push(screen);
    Ok(())
}
