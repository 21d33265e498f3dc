//! `chantier notices run` and `send`: passes over the outbox.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::arguments::{NoticesRun, SenderVerb};
use super::context::{Context, machine_name};
use super::out::{print, print_json, say};
use super::{Done, Stop, key_file};
use crate::actions::exchange::machines::own_key;
use crate::actions::notices::find;
use crate::actions::notices::mail_settings::{self, Ways};
use crate::actions::notices::run::{self, Order, Pass, Stopped};
use crate::actions::notices::send::release;
use crate::actions::notices::sender::{self, Sender, take};
use crate::actions::session::Session;
use crate::clock;
use crate::model::problem::Problem;
use crate::texts::{Language, Texts};

/// How long a loop rests at most, and at least.
const REST_MAX: Duration = Duration::from_mins(1);
const REST_MIN: Duration = Duration::from_secs(1);
/// What others may not do with a file that holds a password.
const OTHERS: u32 = 0o007;

/// Sends what is due: once, or until it is ended.
pub fn run(context: &Context, arguments: NoticesRun) -> Result<Done, Stop> {
    let mut order = Order { owner: owner(), only: None, retry: arguments.retry };
    if arguments.goes_on {
        return go_on(context, &order);
    }
    let mut session = context.open()?;
    let ways = ways(&session)?;
    let mut whole = pass(&mut session, &ways, &order)?;
    while let (Some(Stopped::Minute), Some(rest)) = (&whole.stopped, whole.again_ms) {
        rest_for(rest);
        order.retry = false;
        let next = pass(&mut session, &ways, &order)?;
        whole = added(&whole, next);
    }
    tell(context, &whole)
}

/// Sends one notice now.
pub fn send(context: &Context, wanted: &str) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let notice = find(&session, wanted)?;
    let ways = ways(&session)?;
    if release(&mut session, notice.id)? == 0 {
        say(&context.texts.text("notice-nothing-waits"));
        return Ok(Done::Fine);
    }
    let order = Order { owner: owner(), only: Some(notice.id), retry: true };
    let done = pass(&mut session, &ways, &order)?;
    tell(context, &done)
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
fn go_on(context: &Context, order: &Order) -> Result<Done, Stop> {
    let mut said: Option<Vec<String>> = None;
    loop {
        // The database is not kept open meanwhile: the date and what others write are those of the moment.
        let done = once(context, order);
        let (lines, rest) = match done {
            Ok(done) => (context.texts.pass(&done), done.again_ms),
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

fn once(context: &Context, order: &Order) -> Result<Pass, Stop> {
    let mut session = context.open()?;
    let ways = ways(&session)?;
    pass(&mut session, &ways, order)
}

fn pass(session: &mut Session, ways: &Ways, order: &Order) -> Result<Pass, Stop> {
    let languages = [Language::French, Language::English].map(Texts::new);
    let texts = |language: &str| &languages[usize::from(language == "en")];
    let done = run::run(session, ways, order, &|digest| texts(digest.language).digest(digest), &clock::now)?;
    Ok(done)
}

/// Reads how this machine sends, its password from its file.
fn ways(session: &Session) -> Result<Ways, Stop> {
    let settings = mail_settings::load(session)?;
    let password = settings.password_file().map(password).transpose()?;
    let authority = settings.authority().map(key_file::read).transpose()?;
    Ok(settings.ways(password, authority)?)
}

/// Reads a password from a file that nobody else may read.
fn password(path: &Path) -> Result<String, Stop> {
    let text = key_file::read(path)?;
    if std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.mode() & OTHERS != 0) {
        return Err(Problem::new("mail-password-open").with("path", path.display()).into());
    }
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err(Problem::new("mail-password-missing").into());
    }
    Ok(password.to_owned())
}

/// Names this worker: by the start of the machine, so that a number that is given again means nobody else.
fn owner() -> String {
    let start = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    format!("{} {}", start.trim(), std::process::id())
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

fn tell(context: &Context, done: &Pass) -> Result<Done, Stop> {
    if context.json {
        print_json(&as_json(context, done))?;
    } else {
        let lines = context.texts.pass(done);
        print(&lines.iter().map(|it| format!("{it}\n")).collect::<String>())?;
    }
    let wants = done.failed + done.held + done.without_address > 0;
    let stopped = !matches!(done.stopped, None | Some(Stopped::Sender(_)));
    Ok(if wants || stopped { Done::Some } else { Done::Fine })
}

fn as_json(context: &Context, done: &Pass) -> Value {
    json!({
        "sent": done.sent, "written": done.written, "failed": done.failed, "deferred": done.deferred,
        "unknown": done.unknown, "held": done.held, "resolved": done.gathered.resolved,
        "digests": done.gathered.digests, "without_address": done.without_address, "waiting": done.waiting,
        "stopped": done.stopped.as_ref().map(|it| context.texts.stopped(it)),
    })
}
