//! `chantier` alone, `chantier entry`, `chantier demo`: the terminal application.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::context::Context;
use super::{Done, Stop};
use crate::clock;
use crate::model::problem::Problem;
use crate::texts::Texts;
use crate::ui::command::Place;
use crate::ui::local::Local;
use crate::ui::run;
use crate::ui::theme::Theme;
use crate::ui::world::{Desk, World};

/// Tells whether a person sits at a terminal.
pub fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Opens the application on a database, at a place.
pub fn open(context: &Context, path: PathBuf, place: Option<Place>) -> Result<Done, Stop> {
    let program = std::env::current_exe().map_err(|it| Problem::new("program-unknown").with("error", it))?;
    // Without a folder of the user nothing is remembered, and the demonstration lies beside the database.
    let local =
        Context::state_folder().map_or_else(|_| Local::nowhere(), |it| Local::new(it, &path).seated());
    let desk = Desk {
        demonstration: Context::demonstration().unwrap_or_else(|_| path.with_file_name("demonstration.db")),
        path,
        user: super::context::user(),
        clock: clock::now,
        today: context.asked_today(),
        program,
        home: std::env::var_os("HOME").map(PathBuf::from).filter(|it| it.is_absolute()),
    };
    let theme = Theme::of_environment(|it| std::env::var(it).ok());
    let chosen = local.preferences();
    let texts = match chosen.language.filter(|_| !context.language_asked()) {
        Some(language) if context.texts.language != language.into() => Texts::new(language.into()),
        _ => Texts::new(context.texts.language),
    };
    let mut world = World::new(desk, texts, theme, local)?;
    world.ascii = chosen.ascii.unwrap_or_else(only_ascii) || context.ascii;
    match run::run(world, place) {
        Ok(()) => Ok(Done::Fine),
        Err(run::Stop::Failure(failure)) => Err(failure.into()),
        Err(run::Stop::Terminal(error)) => Err(Stop::Output(error)),
    }
}

/// Tells whether the locale has no more than ASCII to offer.
fn only_ascii() -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|it| std::env::var(it).ok().filter(|it| !it.is_empty()));
    named.is_none_or(|it| {
        let folded = it.to_lowercase();
        !folded.contains("utf-8") && !folded.contains("utf8")
    })
}
