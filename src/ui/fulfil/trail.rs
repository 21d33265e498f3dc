//! Reads what the trail of a lot shows.

use chrono::{DateTime, Utc};

use crate::actions::failure::Failure;
use crate::actions::history::{Written, machine};
use crate::actions::trail::{Decided, Event, trail};
use crate::actions::undo::OpRow;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::texts::{Tone, site_and_lot};
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
    let op = event.op();
    let (what, old, new, origin, tone) = match event {
        Event::Value(it) => {
            let (old, new) = (texts.value_shown(it, &it.old), texts.value_shown(it, &it.new));
            (texts.field_word(it), old, new, it.origin.as_ref(), Tone::Plain)
        }
        Event::Decision(it) => (decision(world, it), String::new(), it.reason.clone(), None, Tone::Strong),
        Event::Observation(it) => {
            let word = texts.text("field-observation");
            (word, it.old.clone(), it.new.clone(), it.origin.as_ref(), Tone::Plain)
        }
    };
    let change = if is_archived(event) { String::new() } else { changed(&old, &new) };
    let (instant, who) = (when(world, op), who(world, op));
    let mut whole = vec![texts.op_sentence(op), format!("{instant} · {who}")];
    whole.extend(origin.map(|it| texts.fill("trail-origin", &[("origin", it)])));
    if !change.is_empty() && !matches!(event, Event::Decision(_)) {
        whole.push(texts.fill("trail-value", &[("what", &what), ("value", &change)]));
    }
    // What an observation replaced is told in its whole text only.
    let change = if matches!(event, Event::Observation(_)) { changed("", &new) } else { change };
    let change = match (op.undoes.is_some(), change.is_empty()) {
        (false, _) => change,
        (true, true) => texts.text("trail-undone"),
        (true, false) => format!("{change} ({})", texts.text("trail-undone")),
    };
    let when = instant.rsplit_once(' ').map_or("", |(day, _)| day).to_owned();
    Line { when, who, month: event.month(), what, change, whole, tone }
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

fn decision(world: &World, decided: &Decided) -> String {
    let what = world.texts.text(&format!("decision-{}", decided.kind));
    match decided.to {
        Some(to) => format!("{what} → {to}"),
        None => what,
    }
}

fn when(world: &World, op: &OpRow) -> String {
    let instant = DateTime::<Utc>::from_timestamp_millis(op.wall_ms);
    instant.map_or_else(String::new, |it| world.texts.instant(it, &world.portfolio.organisation.zone))
}

/// Names who did it; the machine only when it is another one.
fn who(world: &World, op: &OpRow) -> String {
    if world.session.store.own_machines().is_ok_and(|it| it.contains(&op.replica)) {
        return op.user.clone();
    }
    format!("{} @{}", op.user, machine(op.replica))
}
