//! `chantier` alone, `chantier entry`, `chantier demo`: the terminal application.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::context::Context;
use super::{Done, Stop};
use crate::actions::exchange::exchange::Request;
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
        exchange: Request {
            own_name: super::context::machine_name(),
            ssh: super::context::ssh_program(),
            // Without them a store is asked all the same, and says so.
            credentials: super::context::store_credentials().ok().flatten(),
            ..Request::default()
        },
        ssh_agent: std::env::var_os("SSH_AUTH_SOCK").filter(|it| !it.is_empty()).map(PathBuf::from),
        home: std::env::var_os("HOME").map(PathBuf::from).filter(|it| it.is_absolute()),
    };
    let theme = Theme::of_environment(|it| std::env::var(it).ok());
    let chosen = local.preferences();
    let texts = match chosen.language.filter(|_| !context.language_asked()) {
        Some(language) if context.texts.language != language.into() => Texts::new(language.into()),
        _ => context.texts.clone(),
    };
    let mut world = World::new(desk, texts, theme, local)?;
    world.ascii = only_ascii(context.ascii, chosen.ascii);
    match run::run(world, place) {
        Ok(()) => Ok(Done::Fine),
        Err(run::Stop::Failure(failure)) => Err(failure.into()),
        Err(run::Stop::Terminal(error)) => Err(Stop::Output(error)),
    }
}

/// The characters that a locale has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Charset {
    Ascii,
    Unicode,
}

/// Reads the characters that the locale has; where none is set, it says nothing.
fn locale_charset() -> Option<Charset> {
    let mut named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|it| std::env::var(it).ok());
    let locale = named.find(|it| !it.is_empty())?.to_lowercase();
    Some(if locale.contains("utf-8") || locale.contains("utf8") { Charset::Unicode } else { Charset::Ascii })
}

/// Tells whether only ASCII is drawn: where it is asked for, or the locale has no more; where no locale is set, unless
/// the user chose otherwise.
fn only_ascii(asked: bool, chosen: Option<bool>) -> bool {
    match locale_charset() {
        _ if asked => true,
        Some(Charset::Ascii) => true,
        Some(Charset::Unicode) => chosen == Some(true),
        None => chosen.unwrap_or(true),
    }
}
