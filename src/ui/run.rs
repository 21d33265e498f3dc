//! Runs the application on a terminal: draws, waits, and hands over what the user did.

use std::io;
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::application::Application;
use super::command::{Command, Place};
use super::fulfil::Effect;
use super::terminal::{Glyphs, Happening, Line, LineOptions};
use super::world::World;
use crate::actions::failure::Failure;

/// After so long without a key, what could wait is shown and what is typed is kept.
const REST: Duration = Duration::from_millis(120);
/// On a slow line the hands rest later: what follows them has to cross it.
const REST_SLOW: Duration = Duration::from_millis(700);
/// So often it is asked how far what runs beside the screens is.
const LISTEN_EVERY: Duration = Duration::from_millis(500);
/// What is typed is kept at least so often while the hands do not rest.
const DRAFT_EVERY: Duration = Duration::from_secs(2);

/// How the application ended.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// It could not begin.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The terminal failed.
    #[error(transparent)]
    Terminal(#[from] io::Error),
}

/// Runs the application until the user leaves it or the terminal is gone. `open` is opened over the first screen.
pub fn run(world: World, open: Option<Place>) -> Result<(), Stop> {
    let glyphs = if world.ascii { Glyphs::Ascii } else { Glyphs::Unicode };
    let mut line = Line::open(LineOptions { glyphs })?;
    let (width, height) = line.size();
    let mut application = Application::new(world, Size { width, height })?;
    if let Some(place) = open {
        application.perform(Command::Open(place));
    }
    application.take_up_draft();
    let ended = turn(&mut application, &mut line);
    // Whatever ended it, what is typed is kept.
    application.keep_draft();
    application.keep_glance()?;
    ended?;
    line.close()?;
    Ok(())
}

/// Draws and waits until it ends.
fn turn(application: &mut Application, line: &mut Line) -> io::Result<()> {
    let mut pending = false;
    let mut cold = true;
    let mut kept = Instant::now();
    loop {
        line.draw(|frame| application.draw(frame))?;
        let rest = if line.is_slow() { REST_SLOW } else { REST };
        // Nothing ticks unless something runs.
        let listening = application.is_busy().then_some(LISTEN_EVERY);
        let timeout = if cold { Some(Duration::ZERO) } else { pending.then_some(rest).or(listening) };
        for happening in line.wait(timeout)? {
            let effect = match happening {
                Happening::Input(event) => {
                    pending = true;
                    application.event(&event)
                }
                Happening::Resized => {
                    let (width, height) = line.size();
                    application.resize(Size { width, height });
                    Effect::Nothing
                }
                Happening::Resumed => Effect::Repaint,
                Happening::Due if cold => {
                    cold = false;
                    application.warm_up();
                    Effect::Nothing
                }
                Happening::Due => {
                    if std::mem::take(&mut pending) {
                        application.rest();
                    }
                    application.listen(Duration::ZERO);
                    Effect::Nothing
                }
                Happening::HungUp | Happening::Terminated => return Ok(()),
            };
            match effect {
                Effect::Nothing => {}
                Effect::Repaint => line.set_glyphs(glyphs(application)),
                Effect::Suspend => {
                    application.keep_draft();
                    line.suspend()?;
                }
                Effect::Quit => return Ok(()),
            }
        }
        if pending && kept.elapsed() > DRAFT_EVERY {
            application.keep_draft();
            kept = Instant::now();
        }
    }
}

const fn glyphs(application: &Application) -> Glyphs {
    if application.world.ascii { Glyphs::Ascii } else { Glyphs::Unicode }
}
