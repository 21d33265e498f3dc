//! Reads what the screen of conflicts shows, and settles them.

use chrono::{DateTime, Utc};

use crate::actions::conflicts::{self, Choice, Contest, Version};
use crate::actions::failure::Failure;
use crate::actions::history::machine;
use crate::ui::app::App;
use crate::ui::command::Settlement;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::conflicts::{Conflicts, Row, VersionRow};
use crate::ui::world::World;

/// Opens the screen.
pub fn open(world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Conflicts(Box::new(Conflicts::new(rows(world)?))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Conflicts, world: &World) -> Result<(), Failure> {
    screen.show(rows(world)?);
    Ok(())
}

/// Settles a conflict of the list on top.
pub fn settle(
    app: &mut App,
    world: &mut World,
    place: usize,
    settlement: &Settlement,
) -> Result<(), Failure> {
    let AnyScreen::Conflicts(screen) = app.screen() else { return Ok(()) };
    let Some(row) = screen.rows.get(place) else { return Ok(()) };
    let choice = match settlement {
        Settlement::Version(at) => Choice::Version(*at),
        Settlement::Typed(text) => Choice::Typed(text.clone()),
    };
    let settled = conflicts::settle(&mut world.session, &row.contest, &choice);
    super::refresh(app, world);
    if let Some(op) = settled? {
        super::say(app, world.texts.op_sentence(&op));
    }
    Ok(())
}

fn rows(world: &World) -> Result<Vec<Row>, Failure> {
    let contests = conflicts::conflicts(&world.session)?;
    Ok(contests.into_iter().map(|it| row(world, it)).collect())
}

fn row(world: &World, contest: Contest) -> Row {
    Row {
        place: contest.place.clone(),
        month: contest.month.map(|it| it.to_string()).unwrap_or_default(),
        field: world.texts.contest_word(&contest),
        versions: contest.versions.iter().map(|it| version(world, it)).collect(),
        contest,
    }
}

fn version(world: &World, version: &Version) -> VersionRow {
    let instant = DateTime::<Utc>::from_timestamp_millis(version.op.wall_ms);
    let zone = &world.portfolio.organisation.zone;
    let who = if version.is_own {
        world.texts.fill("conflicts-here", &[("user", &version.op.user)])
    } else {
        let machine = machine(version.op.replica);
        world.texts.fill("conflicts-there", &[("user", &version.op.user), ("machine", &machine)])
    };
    VersionRow {
        value: world.texts.version_shown(version),
        who,
        when: instant.map_or_else(String::new, |it| world.texts.instant(it, zone)),
    }
}
