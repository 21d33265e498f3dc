//! `chantier notices`: what waits is sent, by the machine that sends.

use serde_json::json;

use super::arguments::{NoticesVerb, SenderVerb};
use super::context::{Context, machine_name};
use super::out::{print, print_json};
use super::{Done, Stop, notices_run};
use crate::actions::exchange::machines::own_key;
use crate::actions::notices::sender::{Sender, sender, take};

/// Runs one of the verbs.
pub fn run(context: &Context, verb: NoticesVerb) -> Result<Done, Stop> {
    match verb {
        NoticesVerb::Send { notice } => notices_run::send(context, &notice),
        NoticesVerb::Run(it) => notices_run::run(context, it),
        NoticesVerb::Sender { verb: None } => show(context),
        NoticesVerb::Sender { verb: Some(SenderVerb::Take) } => {
            let mut session = context.open()?;
            let is_new = !sender(&session)?.is_this();
            if is_new {
                let key = own_key(&session)?;
                take(&mut session, &key, &machine_name())?;
            }
            let key = if is_new { "sender-taken" } else { "sender-this" };
            print(&format!("{}\n", context.texts.text(key)))?;
            Ok(Done::Fine)
        }
    }
}

fn show(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let who = sender(&session)?;
    if context.json {
        let name = if let Sender::Other(machine) = &who { Some(&machine.name) } else { None };
        print_json(&json!({ "here": who.is_this(), "machine": name }))?;
    } else {
        print(&format!("{}\n", context.texts.sender(&who)))?;
    }
    Ok(if who == Sender::Nobody { Done::Some } else { Done::Fine })
}
