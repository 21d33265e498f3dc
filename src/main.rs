//! Starts the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("read-workbook"), Some(task)) => ExitCode::from(chantier::import::serve_child(&task)),
        _ => ExitCode::SUCCESS,
    }
}
