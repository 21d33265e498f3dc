//! `chantier sync-serve`: answers a machine that calls over SSH, on the input and the output.

use super::arguments::SyncServe;
use super::context::{Context, machine_name};
use super::{Done, Stop};
use crate::actions::exchange::answering::{Answerer, answer, refuse};
use crate::actions::exchange::machines::own_key;
use crate::actions::session::Session;
use crate::sync::keys::MachineKey;

/// Answers one call. Nothing but the conversation goes to the output, and nothing that the caller says is run.
pub fn run(context: &Context, arguments: SyncServe) -> Result<Done, Stop> {
    let (mut session, key) = match open(context) {
        Ok(opened) => opened,
        Err(stop) => {
            if let Stop::Failure(failure) = &stop {
                refuse(std::io::stdout().lock(), &context.texts.problem(&failure.problem()))
                    .map_err(Stop::Output)?;
            }
            return Err(stop);
        }
    };
    let answerer = Answerer {
        key: &key,
        own_name: &machine_name(),
        enrols: arguments.enrol,
        words: &|problem| context.texts.problem(problem),
    };
    answer(&mut session, &answerer, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(Done::Fine)
}

fn open(context: &Context) -> Result<(Session, MachineKey), Stop> {
    let session = context.open()?;
    let key = own_key(&session)?;
    Ok((session, key))
}
