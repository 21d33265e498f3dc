//! Verbs: parse, call an action, print. One file per verb.

mod alerts;
mod application;
mod arguments;
mod backup;
mod bundle;
mod complain;
mod config;
mod conflicts;
mod context;
mod credentials;
mod decide;
mod demo;
mod doctor;
mod entry;
mod exchange_words;
mod export;
mod history;
mod import;
mod join;
mod localise;
mod machine;
mod notices;
mod notices_run;
mod out;
mod rates;
mod register;
mod remote;
mod shell;
mod sign;
mod status;
mod sync;
mod sync_serve;
mod table;
mod trail;
mod undo;
mod unlock;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{FromArgMatches, Parser};

use crate::actions::failure::Failure;
use arguments::{Arguments, Verb};
use context::Context;

/// The hidden verb of the fenced child that reads workbooks.
pub const CHILD: &str = "read-workbook";

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// As asked.
    Fine,
    /// As asked, and there is something to look at: alerts, warnings of the doctor.
    Some,
    /// Damage was found.
    Damage,
}

/// Runs a command line. Exit codes: 0 fine, 1 something to look at, 2 error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let texts = context::texts_of_environment();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // What can be read is read without words: those of every verb cost time and memory, and only help shows them.
    let in_words = |_| {
        let matches = localise::command(&texts).try_get_matches_from(&arguments)?;
        Arguments::from_arg_matches(&matches)
    };
    let arguments = match Arguments::try_parse_from(&arguments).or_else(in_words) {
        Ok(arguments) => arguments,
        Err(error) => return complain::about_arguments(&texts, &error),
    };
    let context = Context::new(texts, &arguments);
    match dispatch(&context, arguments.verb) {
        Ok(Done::Fine) => ExitCode::SUCCESS,
        Ok(Done::Some) => ExitCode::from(1),
        Ok(Done::Damage) => ExitCode::from(2),
        Err(Stop::Failure(failure)) => complain::about(&context.texts, &failure.problem()),
        Err(Stop::Output(error)) => complain::about_output(&context.texts, &error),
    }
}

/// Why a verb stopped.
#[derive(Debug)]
enum Stop {
    /// The action did not happen.
    Failure(Failure),
    /// The result could not be printed.
    Output(std::io::Error),
}

impl<T: Into<Failure>> From<T> for Stop {
    fn from(failure: T) -> Self {
        Self::Failure(failure.into())
    }
}

fn dispatch(context: &Context, verb: Option<Verb>) -> Result<Done, Stop> {
    match verb {
        None if application::is_possible() => application::open(context, context.path()?, None),
        None => shell::help(context),
        Some(Verb::Import(it)) => import::run(context, it),
        Some(Verb::Export(it)) => export::run(context, &it),
        Some(Verb::Entry(it)) => entry::run(context, it),
        Some(Verb::Org(it)) => register::organisation::run(context, it),
        Some(Verb::Project(it)) => register::project::run(context, it),
        Some(Verb::Site(it)) => register::site::run(context, it),
        Some(Verb::Lot(it)) => register::lot::run(context, it),
        Some(Verb::Contractor(it)) => register::contractor::run(context, it),
        Some(Verb::Contact(it)) => register::contact::run(context, it),
        Some(Verb::Alerts(it)) => alerts::run(context, &it),
        Some(Verb::Status(it)) => status::run(context, &it),
        Some(Verb::History(it)) => history::run(context, &it),
        Some(Verb::Undo(it)) => undo::run(context, it),
        Some(Verb::Decide(it)) => decide::run(context, it),
        Some(Verb::Notices(it)) => notices::run(context, it.verb),
        Some(Verb::Conflicts(it)) => conflicts::run(context, it.verb),
        Some(Verb::Sign(it)) => sign::run(context, it),
        Some(Verb::Unlock(it)) => unlock::run(context, it),
        Some(Verb::Backup(it)) => backup::run(context, &it),
        Some(Verb::Bundle(it)) => bundle::run(context, it.verb),
        Some(Verb::Machine(it)) => machine::run(context, it.verb),
        Some(Verb::Remote(it)) => remote::run(context, it.verb),
        Some(Verb::Sync(it)) => sync::run(context, &it),
        Some(Verb::Join(it)) => join::run(context, &it),
        Some(Verb::SyncServe(it)) => sync_serve::run(context, it),
        Some(Verb::Doctor(it)) => doctor::run(context, it),
        Some(Verb::Config(it)) => config::run(context, it.verb),
        Some(Verb::Demo(it)) => demo::run(context, &it),
        Some(Verb::Completions(it)) => shell::completions(context, it.shell),
        Some(Verb::Man) => shell::man(context),
    }
}
