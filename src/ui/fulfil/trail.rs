//! Reads what the trail of a lot shows.

use chrono::{DateTime, Utc};

use crate::actions::failure::Failure;
use crate::actions::history::{Written, machine};
use crate::actions::trail::{Event, trail};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::texts::site_and_lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::trail::{Line, Trail};
use crate::ui::world::World;

/// Opens the screen.
pub fn open(world: &mut World, lot: Id<Lot>, month: Option<Month>) -> Result<AnyScreen, Failure> {
    let (site, named, events) = trail(&world.session, lot)?;
    let place = site_and_lot(&site.code, &site.name, &named.name);
    let lines = events.iter().map(|it| line(world, it)).collect();
    Ok(AnyScreen::Trail(Box::new(Trail::new(lot, place, lines, month))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Trail, world: &World) -> Result<(), Failure> {
    let (_, _, events) = trail(&world.session, screen.lot())?;
    screen.show(events.iter().map(|it| line(world, it)).collect());
    Ok(())
}

fn line(world: &World, event: &Event) -> Line {
    let texts = &world.texts;
    let told = texts.told(event);
    let op = event.op();
    let change = if is_archived(event) { String::new() } else { changed(&told.old, &told.new) };
    let (instant, who) = (when(world, event), who(world, event));
    let mut whole = vec![op.map_or_else(|| told.what.clone(), |it| texts.op_sentence(it))];
    whole.push(format!("{instant} · {who}"));
    whole.extend(told.origin.map(|it| texts.fill("trail-origin", &[("origin", &it)])));
    if let Event::Decision(it) = event {
        whole.extend(texts.grounds_of(it));
    }
    if !change.is_empty() && !matches!(event, Event::Decision(_)) {
        whole.push(texts.fill("trail-value", &[("what", &told.what), ("value", &change)]));
    }
    // What an observation replaced is told in its whole text only.
    let change = if matches!(event, Event::Observation(_)) { changed("", &told.new) } else { change };
    let is_undone = op.is_some_and(|it| it.undoes.is_some()) && !matches!(event, Event::Alert(_));
    let change = match (is_undone, change.is_empty()) {
        (false, _) => change,
        (true, true) => texts.text("trail-undone"),
        (true, false) => format!("{change} ({})", texts.text("trail-undone")),
    };
    let when = instant.rsplit_once(' ').map_or(instant.as_str(), |(day, _)| day).to_owned();
    Line { when, who, month: event.month(), what: told.what, change, whole, tone: told.tone }
}

/// Tells whether something was archived: the word of its field says so already.
fn is_archived(event: &Event) -> bool {
    matches!(event, Event::Value(it) if it.column == "archived" && it.new == Written::Number(1))
}

/// Shows what became of a value; what was nothing before needs no arrow.
fn changed(old: &str, new: &str) -> String {
    let or_dash = |it: &str| if it.is_empty() { "–".to_owned() } else { it.to_owned() };
    if matches!(old, "" | "–") { or_dash(new) } else { format!("{old} → {}", or_dash(new)) }
}

/// Says when it happened; a figure that is missing is an alert from a day on.
fn when(world: &World, event: &Event) -> String {
    if let Event::Alert(found) = event
        && found.op.is_none()
    {
        return world.texts.date(found.due);
    }
    let instant = event.op().and_then(|it| DateTime::<Utc>::from_timestamp_millis(it.wall_ms));
    instant.map_or_else(String::new, |it| world.texts.instant(it, &world.portfolio.organisation.zone))
}

/// Names who did it; the machine only when it is another one. What the rules find, nobody does.
fn who(world: &World, event: &Event) -> String {
    let Some(op) = event.op().filter(|_| !matches!(event, Event::Alert(_))) else {
        return world.texts.text("trail-rules");
    };
    if world.session.store.own_machines().is_ok_and(|it| it.contains(&op.replica)) {
        return op.user.clone();
    }
    format!("{} @{}", op.user, machine(op.replica))
}
