//! `chantier sync`: exchanges with a place now.

use std::io::IsTerminal;

use super::arguments::Sync;
use super::context::{Context, machine_name, ssh_program};
use super::out::{print, print_json, progress};
use super::{Done, Stop};
use crate::actions::exchange::exchange::{Request, exchange};
use crate::actions::exchange::machines::own_key;
use crate::actions::exchange::remotes;
use crate::sync::size::read_size;

/// Exchanges with the place that is named, or the only one there is.
pub fn run(context: &Context, arguments: &Sync) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let key = own_key(&session)?;
    let remote = remotes::find(&session, arguments.remote.as_deref())?;
    let request = Request {
        own_name: machine_name(),
        bytes_max: arguments.budget.as_deref().map(read_size).transpose()?,
        may_ask: std::io::stdin().is_terminal(),
        ssh: ssh_program(),
        ..Request::default()
    };
    let bar = progress(0, &context.texts.fill("sync-working", &[("name", &remote.name)]));
    let result = exchange(&mut session, &key, &remote, &request, &mut |so_far| {
        bar.set_length(so_far.sent.1 + so_far.received.1.unwrap_or(0));
        bar.set_position(so_far.sent.0 + so_far.received.0);
    });
    bar.finish_and_clear();
    let summary = result?;
    if context.json {
        print_json(&super::exchange_words::json(&context.texts, &summary))?;
    } else {
        print(&format!("{}\n", context.texts.fill("sync-done", &[("name", &remote.name)])))?;
        print(&super::exchange_words::summary(&context.texts, &summary))?;
    }
    Ok(if summary.wants_attention() { Done::Some } else { Done::Fine })
}
