//! Reads what the dashboard shows: the kept glance while it holds, else the portfolio.

use chrono::{DateTime, Utc};

use crate::actions::backup::last_backup;
use crate::actions::failure::Failure;
use crate::actions::overview::{Overview, overview};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::dashboard::Dashboard;
use crate::ui::world::World;

/// Above so many lots the first frame does not wait for them: it comes at once, and they a moment later.
const LOTS_AT_ONCE_MAX: usize = 2_000;

/// Opens the dashboard. At the start the kept glance spares reading the portfolio before the first frame.
pub fn open(world: &mut World) -> Result<AnyScreen, Failure> {
    let overview = at_once(world)?;
    let saved = saved(world, &overview);
    Ok(AnyScreen::Dashboard(Box::new(Dashboard::new(overview, saved, backup(world)))))
}

/// Returns what can be shown at once: the kept glance while it holds, the overview of what is read, or of a large
/// portfolio its name alone.
fn at_once(world: &mut World) -> Result<Overview, Failure> {
    if !world.is_loaded() {
        if let Some(glance) = world.local.glance()
            && glance.holds(&world.session)?
        {
            return Ok(glance.overview);
        }
        if world.session.store.read().followed_lots()? > LOTS_AT_ONCE_MAX {
            let organisation = world.session.organisation()?.name;
            return Ok(Overview { organisation, ..Overview::default() });
        }
    }
    world.keep_up()?;
    overview(&world.session, &world.portfolio)
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
