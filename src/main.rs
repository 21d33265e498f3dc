//! Starts the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    // The fenced child comes first: it must not touch anything else.
    if arguments.next().is_some_and(|it| it == chantier::cli::CHILD) {
        let task = arguments.next().and_then(|it| it.into_string().ok()).unwrap_or_default();
        return ExitCode::from(chantier::import::serve_child(&task));
    }
    if color_eyre::install().is_err() {
        return ExitCode::from(2);
    }
    chantier::cli::run(std::env::args_os())
}
