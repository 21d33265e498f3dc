//! Reads what the monthly grid shows.

use crate::actions::entry_sheet::{Sharing, author, awaited, sheet};
use crate::actions::failure::Failure;
use crate::actions::lot_card::lot_card;
use crate::actions::record_entry::Trial;
use crate::model::problem::Problem;
use crate::ui::command::EntryAim;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::entry::{Entry, Pane};
use crate::ui::world::World;

/// Opens the grid: of the project and month that are given, else of what is awaited.
pub fn open(world: &mut World, aim: EntryAim) -> Result<AnyScreen, Failure> {
    let (project, month) = awaited(&world.session, &world.portfolio)?;
    let of_lot = aim.lot.and_then(|it| world.portfolio.row(it)).map(|it| it.project);
    let project = aim.project.or(of_lot).unwrap_or(project);
    let own = world.portfolio.projects.iter().find(|it| it.project.id == project);
    let usual = own.filter(|it| it.entered < it.expected).map_or(month, |it| it.due);
    let month = aim.month.unwrap_or(usual);
    let now = world.session.this_month();
    if month > now {
        return Err(Problem::new("month-in-future")
            .with("month", month)
            .with("today", world.session.today)
            .into());
    }
    let sheet = sheet(&world.session, project, month)?;
    let projects = world.portfolio.projects.iter().map(|it| it.project.id).collect();
    Ok(AnyScreen::Entry(Box::new(Entry::new(sheet, projects, aim.lot))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Entry, world: &World) -> Result<(), Failure> {
    let (project, month) = screen.aim();
    screen.show(sheet(&world.session, project, month)?);
    Ok(())
}

/// Once the hands rest, reads what judging the typed figure needs and what stands beside the grid.
pub fn fill(screen: &mut Entry, world: &World, rested: bool) -> Result<(), Failure> {
    let (_, month) = screen.aim();
    if !rested {
        return Ok(());
    }
    if let Some(lot) = screen.trial_wanted() {
        screen.prepare(Trial::new(&world.session, lot, month)?);
    }
    screen.rest();
    if let Some(lot) = screen.pane_wanted() {
        let card = lot_card(&world.session, lot, Some(month))?;
        let written = author(&world.session, card.site.id, lot, month)?;
        let author = written.map_or_else(String::new, |(user, when)| {
            let when = world.texts.instant(when, &world.portfolio.organisation.zone);
            let text = world.texts.fill("entry-author", &[("user", &user), ("when", &when)]);
            let unshared = screen.selected().is_some_and(|it| it.sharing == Sharing::Unshared);
            if unshared { format!("{text} · {}", world.texts.text("entry-unshared")) } else { text }
        });
        screen.show_pane(Pane { card, author });
    }
    Ok(())
}
