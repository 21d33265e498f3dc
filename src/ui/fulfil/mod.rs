//! The only place where screens and actions meet. Nothing here can fail: an error becomes a sentence.

mod alerts;
mod card;
mod changes;
mod conflicts;
mod dashboard;
mod decide;
mod entry;
mod exchange;
mod follow_up;
mod form;
mod help;
mod import;
mod notices;
mod observation;
mod palette;
mod places;
mod preferences;
mod refresh;
mod registers;
mod sign_off;
mod synthesis;
mod tour;
mod trail;
mod welcome;

pub use places::{first, take_up};
pub use refresh::{fill, refresh};

use std::time::Duration;

use super::app::{App, Notice};
use super::command::{Command, Place};
use super::world::World;
use crate::actions::failure::Failure;
use crate::texts::Tone;

/// What the terminal has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but draw.
    Nothing,
    /// Draw everything again.
    Repaint,
    /// Give the shell back until the program is resumed.
    Suspend,
    /// End.
    Quit,
}

/// Does what a screen asked.
pub fn fulfil(app: &mut App, world: &mut World, command: Command) -> Effect {
    match attempt(app, world, command) {
        Ok(effect) => effect,
        Err(failure) => {
            complain(app, world, &failure);
            Effect::Nothing
        }
    }
}

/// Listens to what runs beside the screens, at most so long. Returns whether any of it ended.
pub fn listen(app: &mut App, world: &mut World, patience: Duration) -> bool {
    let signed = sign_off::listen(app, world, patience);
    exchange::listen(app, world, patience) || signed
}

/// Says why something was not done.
pub fn complain(app: &mut App, world: &World, failure: &Failure) {
    let text = world.texts.problem_here(&failure.problem());
    app.notice = Some(Notice { text, tone: Tone::Critical });
}

/// Says something.
fn say(app: &mut App, text: String) {
    app.notice = Some(Notice { text, tone: Tone::Plain });
}

fn attempt(app: &mut App, world: &mut World, command: Command) -> Result<Effect, Failure> {
    match command {
        Command::Quit => return Ok(Effect::Quit),
        Command::Suspend => return Ok(Effect::Suspend),
        Command::Repaint => return Ok(Effect::Repaint),
        Command::Both(first, second) => {
            attempt(app, world, *first)?;
            return attempt(app, world, *second);
        }
        Command::Say(key) => say(app, world.texts.text(key)),
        Command::Back => back(app, world)?,
        Command::Press(key) => {
            if let Some(asked) = app.key(key) {
                return attempt(app, world, asked);
            }
        }
        Command::Open(Place::Tour(step)) => tour::go(app, world, step)?,
        Command::Open(place) => {
            let screen = places::open(app, world, &place)?;
            app.push(screen);
        }
        Command::Replace(place) => {
            let screen = places::open(app, world, &place)?;
            app.replace(screen);
        }
        Command::Switch(place) => switch(app, world, &place)?,
        Command::TakeUp(draft) => places::take_up(app, world, draft)?,
        Command::Language => {
            preferences::language(app, world);
            refresh(app, world);
        }
        Command::Colours => preferences::colours(app, world),
        Command::Ascii => {
            preferences::ascii(app, world);
            return Ok(Effect::Repaint);
        }
        Command::HintRead => preferences::hint_read(app, world),
        other => changes::change(app, world, other)?,
    }
    Ok(Effect::Nothing)
}

/// Goes to a place from which one goes back to the dashboard; over screens on which something is typed and not
/// saved, from which one goes back to them.
fn switch(app: &mut App, world: &mut World, place: &Place) -> Result<(), Failure> {
    let screen = places::open(app, world, place)?;
    if app.draft().is_some() {
        app.push(screen);
    } else {
        app.switch(screen);
    }
    Ok(())
}

/// Goes back; from the first screen there is only the dashboard to go back to.
fn back(app: &mut App, world: &mut World) -> Result<(), Failure> {
    if app.pop() {
        refresh(app, world);
        return Ok(());
    }
    if !app.screen().is_dashboard() && world.has_organisation()? {
        return switch(app, world, &Place::Dashboard);
    }
    say(app, world.texts.text("back-at-first"));
    Ok(())
}
