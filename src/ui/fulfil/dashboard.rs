//! Reads what the dashboard shows: the kept glance while it holds, else the portfolio.

use chrono::{DateTime, Utc};

use crate::actions::backup::last_backup;
use crate::actions::failure::Failure;
use crate::actions::overview::{Overview, overview};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::dashboard::Dashboard;
use crate::ui::world::World;

/// Opens the dashboard. At the start the kept glance spares reading the portfolio before the first frame.
pub fn open(world: &mut World) -> Result<AnyScreen, Failure> {
    let kept = if world.is_loaded() { None } else { world.local.glance() };
    let overview = match kept {
        Some(glance) if glance.holds(&world.session)? => glance.overview,
        _ => {
            world.keep_up()?;
            overview(&world.session, &world.portfolio)?
        }
    };
    let saved = saved(world, &overview);
    Ok(AnyScreen::Dashboard(Box::new(Dashboard::new(overview, saved, backup(world)))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Dashboard, world: &World) -> Result<(), Failure> {
    let overview = overview(&world.session, &world.portfolio)?;
    let saved = saved(world, &overview);
    screen.show(overview, saved, backup(world));
    Ok(())
}

/// Says when something was last written, in the organisation's time zone.
fn saved(world: &World, overview: &Overview) -> String {
    let instant = overview.saved_ms.and_then(DateTime::<Utc>::from_timestamp_millis);
    instant.map_or_else(|| "–".to_owned(), |it| world.texts.instant(it, &world.portfolio.organisation.zone))
}

/// Says when the newest copy was made, in the organisation's time zone.
fn backup(world: &World) -> Option<String> {
    let instant = last_backup(&world.session.store.path()?)?;
    Some(world.texts.instant(instant, &world.portfolio.organisation.zone))
}
