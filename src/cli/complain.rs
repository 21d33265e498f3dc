//! Says in one sentence why something was not done.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::out::say;
use crate::model::problem::Problem;
use crate::texts::Texts;

const ERROR: u8 = 2;

/// Says what is wrong; exit 2.
pub fn about(texts: &Texts, problem: &Problem) -> ExitCode {
    say(&texts.fill("error", &[("text", &texts.problem(problem))]));
    ExitCode::from(ERROR)
}

/// Says why the result could not be printed; a reader that went away needs no words.
pub fn about_output(texts: &Texts, error: &std::io::Error) -> ExitCode {
    if error.kind() != std::io::ErrorKind::BrokenPipe {
        return about(texts, &Problem::new("output-failed").with("error", error));
    }
    ExitCode::from(ERROR)
}

/// Says what is wrong with the command line, or prints the help that was asked for.
pub fn about_arguments(texts: &Texts, error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        let failed =
            error.print().is_err() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return ExitCode::from(if failed { ERROR } else { 0 });
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let problem = match error.kind() {
        ErrorKind::UnknownArgument => Problem::new("argument-unknown").with("argument", argument),
        ErrorKind::InvalidSubcommand => {
            Problem::new("verb-unknown").with("verb", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => Problem::new("argument-missing").with("argument", argument),
        ErrorKind::MissingSubcommand => Problem::new("verb-missing"),
        ErrorKind::InvalidUtf8 => Problem::new("argument-not-text"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation
            if context(ContextKind::InvalidValue).is_empty() =>
        {
            Problem::new("argument-empty").with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Problem::new("argument-value")
            .with("argument", argument)
            .with("value", context(ContextKind::InvalidValue)),
        _ => Problem::new("argument-wrong").with("argument", argument),
    };
    about(texts, &problem)
}
