//! What changes data: each command calls one action, says what it did, and lets the screens read again.

use super::{form, import, say, welcome};
use crate::actions::failure::Failure;
use crate::actions::names::Wanted;
use crate::actions::record_entry::{self, Recorded, Request};
use crate::actions::sign_off::changed::Outdated;
use crate::actions::undo;
use crate::model::decision::DecisionKind;
use crate::model::problem::Problem;
use crate::texts::Tone;
use crate::ui::app::{App, Notice};
use crate::ui::command::{Command, Deciding, Recording};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::decide::months_granted;
use crate::ui::world::World;

/// Does what changes data.
pub fn change(app: &mut App, world: &mut World, command: Command) -> Result<(), Failure> {
    world.tick()?;
    // What a typed figure changes, recording it says.
    let outdated = bears_on_others(&command).then(|| Outdated::now(&world.session)).transpose()?;
    match command {
        Command::Undo => take_back(app, world, undo::undo, "undone")?,
        Command::Redo => take_back(app, world, undo::redo, "redone")?,
        Command::Record(recording) => record(app, world, &recording)?,
        Command::RecordAll(all) => record_all(app, world, &all)?,
        Command::Decide(deciding) => decide(app, world, &deciding)?,
        Command::Settle(place, settlement) => super::conflicts::settle(app, world, place, &settlement)?,
        Command::Exchange(ask) => super::exchange::ask(app, world, ask)?,
        Command::Notices(ask) => super::notices::ask(app, world, ask)?,
        Command::SignOff(ask) => super::sign_off::ask(app, world, ask)?,
        Command::Save(aim, texts) => form::save(app, world, aim, &texts)?,
        Command::Archive(what) => form::archive(app, world, what)?,
        Command::Complete(typed) => import::complete(app, world, &typed),
        Command::Read(workbook) => import::read(app, world, &workbook),
        Command::Accept => import::accept(app, world)?,
        Command::Demonstration => welcome::demonstration(app, world)?,
        Command::Backup => backup(app, world)?,
        // What changes no data is done where it was asked.
        Command::Open(_)
        | Command::Switch(_)
        | Command::Replace(_)
        | Command::Back
        | Command::Press(_)
        | Command::Quit
        | Command::Suspend
        | Command::Repaint
        | Command::Both(..)
        | Command::Language
        | Command::Colours
        | Command::Ascii
        | Command::Say(_)
        | Command::HintRead
        | Command::TakeUp(_) => {}
    }
    let outdated = outdated.map(|it| it.since(&world.session)).transpose()?.unwrap_or_default();
    if !outdated.is_empty() {
        let said = app.notice.take().map(|it| it.text);
        let sentences = said.into_iter().chain(outdated.iter().map(|it| world.texts.problem_here(it)));
        let text = sentences.collect::<Vec<_>>().join(" ");
        app.notice = Some(Notice { text, tone: Tone::Problem });
    }
    Ok(())
}

/// Tells whether a command can change figures that somebody signed.
const fn bears_on_others(command: &Command) -> bool {
    matches!(
        command,
        Command::Undo
            | Command::Redo
            | Command::Decide(_)
            | Command::Settle(..)
            | Command::Save(..)
            | Command::Archive(_)
            | Command::Accept
    )
}

/// Saves a copy and says where it lies.
fn backup(app: &mut App, world: &mut World) -> Result<(), Failure> {
    let path = crate::actions::backup::backup(&world.session, None)?;
    super::refresh(app, world);
    say(app, world.texts.fill("backup-done", &[("path", &path.display())]));
    Ok(())
}

fn take_back(
    app: &mut App,
    world: &mut World,
    action: fn(&mut crate::actions::session::Session) -> Result<undo::OpRow, Failure>,
    key: &str,
) -> Result<(), Failure> {
    let op = action(&mut world.session)?;
    super::refresh(app, world);
    // The first op of all may be taken back or done again: the first screen is the one that fits then.
    if world.has_organisation()? == matches!(app.screen(), AnyScreen::Welcome(_)) {
        let screen = super::first(world)?;
        app.switch(screen);
    }
    let what = world.texts.op_sentence(&op);
    say(app, world.texts.fill(key, &[("what", &what)]));
    Ok(())
}

fn request(recording: &Recording) -> Request {
    let observed = recording.observation.as_ref();
    Request {
        place: Wanted::Known(recording.lot),
        month: recording.month,
        typed: recording.typed,
        observation: observed.map(|it| it.text.clone()),
        cause: observed.map(|it| it.cause.clone()),
        attribution: observed.map(|it| it.attribution.clone()),
        normal: None,
    }
}

/// Records; what there is to say about it is said, and the grid goes on.
fn record(app: &mut App, world: &mut World, recording: &Recording) -> Result<(), Failure> {
    let recorded = record_entry::record(&mut world.session, &request(recording));
    let recorded = match recorded {
        Ok(recorded) => recorded,
        Err(failure) => {
            if let AnyScreen::Entry(it) = app.screen_mut() {
                it.refused();
            }
            return Err(failure);
        }
    };
    if recording.observation.is_some() && matches!(app.screen(), AnyScreen::Observation(_)) {
        app.pop();
    }
    if let AnyScreen::Entry(it) = app.screen_mut() {
        it.recorded(recording.lot, &recorded);
    }
    super::refresh(app, world);
    say_recorded(app, world, &recorded);
    Ok(())
}

/// Says only what asks for attention: a figure that is simply saved shows it in its own row.
fn say_recorded(app: &mut App, world: &World, recorded: &Recorded) {
    let news = recorded.warnings.iter().filter(|it| !is_told_above(it));
    let mut sentences: Vec<String> = news.map(|it| world.texts.problem_here(it)).collect();
    let alerting = recorded.consequences.iter().filter(|it| it.month != recorded.report.month);
    sentences.extend(alerting.take(2).map(|it| {
        let month = world.texts.month(it.month);
        let (old, new) = (world.texts.outcome_word(it.old), world.texts.outcome_word(it.new));
        world.texts.fill("entry-consequence", &[("month", &month), ("old", &old), ("new", &new)])
    }));
    if !sentences.is_empty() {
        app.notice = Some(Notice { text: sentences.join(" "), tone: Tone::Problem });
    }
}

/// Tells whether a warning stands above the grid already: said at each figure it would only be noise.
fn is_told_above(warning: &Problem) -> bool {
    matches!(warning.key.as_str(), "month-late" | "month-locked")
}

fn record_all(app: &mut App, world: &mut World, all: &[Recording]) -> Result<(), Failure> {
    let (mut done, mut doubtful) = (0, 0);
    let mut refused = None;
    for recording in all {
        match record_entry::record(&mut world.session, &request(recording)) {
            Ok(recorded) => {
                done += 1;
                doubtful += usize::from(recorded.warnings.iter().any(|it| !is_told_above(it)));
            }
            Err(failure) => refused = refused.or(Some(failure)),
        }
    }
    super::refresh(app, world);
    let mut text = world.texts.fill("entry-pasted", &[("count", &done)]);
    if doubtful > 0 {
        text.push(' ');
        text.push_str(&world.texts.fill("entry-pasted-doubtful", &[("count", &doubtful)]));
    }
    say(app, text);
    refused.map_or(Ok(()), Err)
}

fn decide(app: &mut App, world: &mut World, deciding: &Deciding) -> Result<(), Failure> {
    let month = |text: &str| {
        let typed = text.trim();
        (!typed.is_empty()).then(|| typed.parse()).transpose().map_err(|it: Problem| Failure::from(it))
    };
    let request = crate::actions::decide::Request {
        place: Wanted::Known(deciding.lot),
        kind: deciding.kind,
        reason: deciding.reason.clone(),
        from: month(&deciding.from)?,
        to: month(&deciding.to)?,
        months: months_granted(&deciding.months)?,
        plan: deciding.plan.clone(),
    };
    let decided = crate::actions::decide::decide(&mut world.session, &request)?;
    if matches!(app.screen(), AnyScreen::Decide(_)) {
        app.pop();
    }
    super::refresh(app, world);
    let place = decided.lots.first().map(|it| record_entry::place(&decided.site, it)).unwrap_or_default();
    let what = world.texts.text(&format!("decision-{}", deciding.kind.word()));
    let month = world.texts.month(decided.from);
    let mut text = world.texts.fill("decided", &[("place", &place), ("what", &what), ("month", &month)]);
    for warning in &decided.warnings {
        text.push(' ');
        text.push_str(&world.texts.problem_here(warning));
    }
    if matches!(deciding.kind, DecisionKind::Demobilise | DecisionKind::Remobilise) {
        text.push(' ');
        text.push_str(&world.texts.text("decided-letter-here"));
    }
    say(app, text);
    Ok(())
}
