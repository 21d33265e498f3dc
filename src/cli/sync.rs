//! `chantier sync`: exchanges with a place now, or each time it is there.

use std::io::IsTerminal;
use std::time::Duration;

use super::arguments::Sync;
use super::context::{Context, machine_name, ssh_program, store_credentials};
use super::out::{print, print_json, progress, say};
use super::{Done, Stop};
use crate::actions::exchange::exchange::{Request, exchange};
use crate::actions::exchange::machines::own_key;
use crate::actions::exchange::over_place::look;
use crate::actions::exchange::remotes::{self, Remote};
use crate::actions::exchange::summary::Summary;
use crate::actions::session::Session;
use crate::model::problem::Problem;
use crate::sync::size::read_size;
use crate::sync::target::Target;

/// How often one looks whether a stick is there.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Exchanges with the place that is named, or the only one there is.
pub fn run(context: &Context, arguments: &Sync) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let remote = remotes::find(&session, arguments.remote.as_deref())?;
    if arguments.watch {
        return watch(context, arguments, session, &remote);
    }
    let summary = once(context, arguments, &mut session, &remote)?;
    if context.json {
        print_json(&super::exchange_words::json(&context.texts, &summary))?;
    } else {
        print(&format!("{}\n", context.texts.fill("sync-done", &[("name", &remote.name)])))?;
        print(&super::exchange_words::summary(&context.texts, &summary))?;
    }
    Ok(if summary.wants_attention() { Done::Some } else { Done::Fine })
}

fn once(
    context: &Context,
    arguments: &Sync,
    session: &mut Session,
    remote: &Remote,
) -> Result<Summary, Stop> {
    let key = own_key(session)?;
    let is_store = matches!(Target::read(&remote.target)?, Target::S3(_));
    let request = Request {
        own_name: machine_name(),
        bytes_max: arguments.budget.as_deref().map(read_size).transpose()?,
        may_ask: std::io::stdin().is_terminal(),
        credentials: if is_store { store_credentials()? } else { None },
        ssh: ssh_program(),
        ..Request::default()
    };
    let bar = progress(0, &context.texts.fill("sync-working", &[("name", &remote.name)]));
    let result = exchange(session, &key, remote, &request, &mut |so_far| {
        bar.set_length(so_far.sent.1 + so_far.received.1.unwrap_or(0));
        bar.set_position(so_far.sent.0 + so_far.received.0);
    });
    bar.finish_and_clear();
    Ok(result?)
}

/// Exchanges each time the folder is there with something new, until the user ends it. What goes wrong once, such as a
/// stick that is pulled out too early, is said and does not end it.
fn watch(context: &Context, arguments: &Sync, session: Session, remote: &Remote) -> Result<Done, Stop> {
    let mut seen = None;
    let mut said: Option<Problem> = None;
    if look(&session, remote)?.is_none() {
        say(&context.texts.fill("sync-waiting", &[("path", &remote.target)]));
    }
    drop(session);
    loop {
        // The database is not kept open meanwhile: the date and what others write are those of the moment.
        let mut session = context.open()?;
        let sight = look(&session, remote);
        let done = match sight {
            Ok(None) => {
                seen = None;
                Ok(())
            }
            Ok(Some(sight)) if seen.as_ref() == Some(&sight) => Ok(()),
            Ok(Some(sight)) => {
                let done = once(context, arguments, &mut session, remote);
                seen = Some(look(&session, remote).ok().flatten().unwrap_or(sight));
                done.and_then(|it| tell(context, remote, &it))
            }
            Err(failure) => Err(failure.into()),
        };
        match done {
            Err(Stop::Failure(failure)) => {
                let problem = failure.problem();
                if said.as_ref() != Some(&problem) {
                    say(&context.texts.problem(&problem));
                }
                said = Some(problem);
            }
            Err(stop) => return Err(stop),
            Ok(()) => said = None,
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Says in one line what was done, and what wants attention beside it.
fn tell(context: &Context, remote: &Remote, summary: &Summary) -> Result<(), Stop> {
    let texts = &context.texts;
    if context.json {
        return print_json(&super::exchange_words::json(texts, summary));
    }
    let line = texts.exchange_line(summary);
    print(&format!("{}\n", texts.fill("sync-removable", &[("name", &remote.name), ("line", &line)])))?;
    for note in texts.exchange_notes(summary) {
        say(&note);
    }
    Ok(())
}
