//! `chantier notices run` and `send`: passes over the outbox.

use std::time::Duration;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::arguments::{NoticesRun, SenderVerb};
use super::context::{Context, machine_name};
use super::out::{print, print_json, say};
use super::{Done, Stop};
use crate::actions::exchange::machines::own_key;
use crate::actions::failure::Failure;
use crate::actions::notices::mail_settings::{self, Ways};
use crate::actions::notices::run::{self, Order, Pass, Stopped};
use crate::actions::notices::send::release;
use crate::actions::notices::sender::{self, Sender, take};
use crate::actions::notices::{Automatic, Prepared, automatic, find};
use crate::actions::session::Session;
use crate::clock;
use crate::texts::mail::wording;

/// How long a loop rests at most, and at least.
const REST_MAX: Duration = Duration::from_mins(1);
const REST_MIN: Duration = Duration::from_secs(1);

/// Sends what is due: once, or until it is ended.
pub fn run(context: &Context, arguments: NoticesRun) -> Result<Done, Stop> {
    let mut order = Order { owner: run::worker(), only: None, retry: arguments.retry };
    if arguments.goes_on {
        return go_on(context, &order, !arguments.no_prepare);
    }
    let mut session = context.open()?;
    let prepared = if arguments.no_prepare { Automatic::default() } else { automatic(&mut session)? };
    let ways = mail_settings::load(&session)?.ways()?;
    let mut whole = pass(&mut session, &ways, &order)?;
    while let (Some(Stopped::Minute), Some(rest)) = (&whole.stopped, whole.again_ms) {
        rest_for(rest);
        order.retry = false;
        let next = pass(&mut session, &ways, &order)?;
        whole = added(&whole, next);
    }
    tell(context, &prepared, &whole)
}

/// Sends one notice now.
pub fn send(context: &Context, wanted: &str) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let notice = find(&session, wanted)?;
    let ways = mail_settings::load(&session)?.ways()?;
    if release(&mut session, notice.id)? == 0 {
        say(&context.texts.text("notice-nothing-waits"));
        return Ok(Done::Fine);
    }
    let order = Order { owner: run::worker(), only: Some(notice.id), retry: true };
    let done = pass(&mut session, &ways, &order)?;
    tell(context, &Automatic::default(), &done)
}

/// Says which machine sends, or makes it this one.
pub fn sender(context: &Context, verb: Option<SenderVerb>) -> Result<Done, Stop> {
    let mut session = context.open()?;
    if let Some(SenderVerb::Take) = verb {
        let key = own_key(&session)?;
        let is_new = take(&mut session, &key, &machine_name())?;
        let key = if is_new { "sender-taken" } else { "sender-this" };
        print(&format!("{}\n", context.texts.text(key)))?;
        return Ok(Done::Fine);
    }
    let who = sender::sender(&session)?;
    if context.json {
        let name = if let Sender::Other(machine) = &who { Some(&machine.name) } else { None };
        print_json(&json!({ "here": who.is_this(), "machine": name }))?;
    } else {
        print(&format!("{}\n", context.texts.sender(&who)))?;
    }
    Ok(if who == Sender::Nobody { Done::Some } else { Done::Fine })
}

/// Sends whenever something is due, until the user ends it. What goes wrong once is said and does not end it.
fn go_on(context: &Context, order: &Order, prepares: bool) -> Result<Done, Stop> {
    let mut said: Option<Vec<String>> = None;
    let mut ground = None;
    loop {
        // The database is not kept open meanwhile: the date and what others write are those of the moment.
        let done = once(context, order, prepares.then_some(&mut ground));
        let (lines, rest) = match done {
            Ok((prepared, done)) => (lines(context, &prepared, &done), done.again_ms),
            Err(Stop::Failure(failure)) => (vec![context.texts.problem(&failure.problem())], None),
            Err(stop) => return Err(stop),
        };
        if said.as_ref() != Some(&lines) {
            for line in &lines {
                say(line);
            }
        }
        said = Some(lines);
        rest_for(rest.unwrap_or(i64::MAX));
    }
}

/// What was prepared from: the day, and how far the file was written.
type PreparedFrom = (NaiveDate, (i64, u64));

/// One round of a loop. What is called for is prepared again when a day has begun or something was written.
fn once(
    context: &Context,
    order: &Order,
    ground: Option<&mut Option<PreparedFrom>>,
) -> Result<(Automatic, Pass), Stop> {
    let mut session = context.open()?;
    let mut prepared = Automatic::default();
    if let Some(ground) = ground {
        let now = (session.today, session.store.read().moves().map_err(Failure::from)?);
        if *ground != Some(now) {
            prepared = automatic(&mut session)?;
            *ground = Some((session.today, session.store.read().moves().map_err(Failure::from)?));
        }
    }
    let ways = mail_settings::load(&session)?.ways()?;
    Ok((prepared, pass(&mut session, &ways, order)?))
}

fn pass(session: &mut Session, ways: &Ways, order: &Order) -> Result<Pass, Stop> {
    Ok(run::run(session, ways, order, &wording(), &clock::now)?)
}

fn rest_for(ms: i64) {
    let rest = Duration::from_millis(ms.unsigned_abs());
    std::thread::sleep(rest.clamp(REST_MIN, REST_MAX));
}

/// Adds what earlier passes did to what the last one says.
const fn added(before: &Pass, mut last: Pass) -> Pass {
    last.sent += before.sent;
    last.written += before.written;
    last.failed += before.failed;
    last.deferred += before.deferred;
    last.unknown += before.unknown;
    last.held += before.held;
    last.gathered.resolved += before.gathered.resolved;
    last.gathered.digests += before.gathered.digests;
    last
}

/// Says what was prepared, approved and sent.
fn lines(context: &Context, prepared: &Automatic, done: &Pass) -> Vec<String> {
    let made = &prepared.prepared;
    let mut lines = Vec::new();
    if *made != Prepared::default() {
        lines.push(context.texts.prepared(made));
    }
    if !prepared.approved.is_empty() {
        lines.push(context.texts.fill("notices-approved-alone", &[("count", &prepared.approved.len())]));
    }
    lines.extend(context.texts.pass(done));
    lines
}

fn tell(context: &Context, prepared: &Automatic, done: &Pass) -> Result<Done, Stop> {
    if context.json {
        print_json(&as_json(context, prepared, done))?;
    } else {
        let lines = lines(context, prepared, done);
        print(&lines.iter().map(|it| format!("{it}\n")).collect::<String>())?;
    }
    let wants = done.failed + done.held + done.without_address > 0;
    let stopped = !matches!(done.stopped, None | Some(Stopped::Sender(_))) || done.letters_stopped.is_some();
    Ok(if wants || stopped { Done::Some } else { Done::Fine })
}

fn as_json(context: &Context, prepared: &Automatic, done: &Pass) -> Value {
    let made = &prepared.prepared;
    json!({
        "made": made.made.len(), "renewed": made.renewed.len(), "withdrawn": made.withdrawn.len(),
        "approved": prepared.approved.len(),
        "sent": done.sent, "written": done.written, "failed": done.failed, "deferred": done.deferred,
        "unknown": done.unknown, "held": done.held, "resolved": done.gathered.resolved,
        "digests": done.gathered.digests, "without_address": done.without_address, "waiting": done.waiting,
        "stopped": done.stopped.as_ref().map(|it| context.texts.stopped(it)),
        "letters_stopped": done.letters_stopped.as_ref().map(|it| context.texts.letters_stopped(it)),
    })
}
