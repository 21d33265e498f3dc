//! Help, completions and the manual page.

use super::context::Context;
use super::out::print;
use super::{Done, Stop, localise};

/// Prints the help when no verb is given.
pub fn help(context: &Context) -> Result<Done, Stop> {
    print(&localise::command(&context.texts).render_help().to_string())?;
    Ok(Done::Fine)
}

/// Prints the completions of a shell.
pub fn completions(context: &Context, shell: clap_complete::Shell) -> Result<Done, Stop> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut localise::command(&context.texts), "chantier", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(Done::Fine)
}

/// Prints the manual page.
pub fn man(context: &Context) -> Result<Done, Stop> {
    let mut out = Vec::new();
    clap_mangen::Man::new(localise::command(&context.texts)).render(&mut out).map_err(Stop::Output)?;
    print(&String::from_utf8_lossy(&out))?;
    Ok(Done::Fine)
}
