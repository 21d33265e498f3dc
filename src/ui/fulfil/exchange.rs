//! Reads what the screen of the exchange shows, begins what runs beside the screens, and says what it came to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::import::folder::expanded;
use crate::actions::exchange::remotes;
use crate::actions::exchange::state::{Enrolment, Place, State, state};
use crate::actions::exchange::summary::Summary;
use crate::actions::failure::Failure;
use crate::model::problem::Problem;
use crate::model::text::fold;
use crate::sync::rights::Machine;
use crate::texts::Tone;
use crate::ui::app::{App, Notice};
use crate::ui::command::{ExchangeAsk, Task};
use crate::ui::exchanging::Outcome;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::exchange::{Exchange, MachineRow, PlaceRow, Shown};
use crate::ui::world::World;

/// Longest part of a file's name that comes from the name of a machine.
const STEM_CHARS_MAX: usize = 24;
/// More files of one day are named by their writer.
const FILES_A_DAY_MAX: u32 = 99;

/// Opens the screen.
pub fn open(world: &mut World) -> Result<AnyScreen, Failure> {
    world.measure()?;
    Ok(AnyScreen::Exchange(Box::new(Exchange::new(shown(world)?))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Exchange, world: &World) -> Result<(), Failure> {
    screen.show(shown(world)?);
    Ok(())
}

fn shown(world: &World) -> Result<Shown, Failure> {
    let texts = &world.texts;
    let state = state(&world.session)?;
    let stem = stem(world, &state);
    let home = world.desk.home.clone().unwrap_or_default();
    let enrolment = match state.enrolment {
        Enrolment::Enrolled => "exchange-enrolled",
        Enrolment::First => "exchange-enrol-first",
        Enrolment::Lacking => "exchange-enrol-lacking",
    };
    let held = state.held.iter().map(|it| {
        let key = format!("exchange-held-{}", it.reason);
        texts.fill(&key, &[("machine", &it.machine), ("count", &it.changes)])
    });
    Ok(Shown {
        held: held.collect(),
        machines: state.machines.iter().map(|it| machine(world, &state, it)).collect(),
        contested: world.portfolio.contested.count(),
        enrolment: state.own_line.as_ref().map(|_| texts.text(enrolment)),
        is_lacking: state.enrolment == Enrolment::Lacking,
        bundle: free_file(&home, &stem),
        places: state.places.iter().map(|it| place(world, it, &stem)).collect(),
        own_line: state.own_line,
    })
}

fn place(world: &World, place: &Place, stem: &str) -> PlaceRow {
    let (texts, remote) = (&world.texts, &place.remote);
    let zone = &world.portfolio.organisation.zone;
    let instant = remote.last_ms.and_then(DateTime::<Utc>::from_timestamp_millis);
    let home = world.desk.home.clone().unwrap_or_default();
    let folder = place.folder.as_ref().map(|it| PathBuf::from(expanded(&it.to_string_lossy(), Some(&home))));
    PlaceRow {
        name: remote.name.clone(),
        kind: texts.text(&format!("exchange-kind-{}", place.kind)),
        target: remote.target.clone(),
        when: instant.map_or_else(|| texts.text("exchange-never"), |it| texts.instant(it, zone)),
        result: place.last.as_ref().map(|it| texts.exchange_short(it)).unwrap_or_default(),
        last: place
            .last
            .as_ref()
            .map_or_else(|| texts.text("exchange-not-yet"), |it| texts.exchange_line(it)),
        notes: place.last.as_ref().map(|it| notes(world, it)).unwrap_or_default(),
        pending: place.pending,
        bundle: free_file(folder.as_ref().unwrap_or(&home), stem),
        is_met: remote.machine.is_some(),
    }
}

/// What of an exchange wants attention still: what competes has its own line.
fn notes(world: &World, summary: &Summary) -> Vec<String> {
    summary
        .refused
        .iter()
        .chain(&summary.lacks)
        .chain(&summary.unsigned)
        .map(|it| world.texts.problem(it))
        .collect()
}

fn machine(world: &World, state: &State, machine: &Machine) -> MachineRow {
    let role = match machine {
        it if it.withdrawn.is_some() => "machine-withdrawn",
        it if it.admin => "machine-admin",
        _ => "machine-enrolled",
    };
    let name = if machine.replica == state.own {
        world.texts.fill("machine-here", &[("name", &machine.name)])
    } else {
        machine.name.clone()
    };
    MachineRow { name, role: world.texts.text(role) }
}

/// Begins the names of bundles: only what every file system takes.
fn stem(world: &World, state: &State) -> String {
    let own = state.machines.iter().find(|it| it.replica == state.own);
    let name = own.map_or(&world.desk.exchange.own_name, |it| &it.name);
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    let name: String = fold(name).chars().map(plain).take(STEM_CHARS_MAX).collect();
    format!("{}-{}", name.trim_matches('-'), world.session.today)
}

/// Returns a file of a folder that is not there yet.
fn free_file(folder: &Path, stem: &str) -> String {
    let numbered = (2..=FILES_A_DAY_MAX).map(|it| format!("{stem}-{it}.chantier"));
    let names = std::iter::once(format!("{stem}.chantier")).chain(numbered);
    let mut paths = names.map(|it| folder.join(it));
    let free = paths.find(|it| std::fs::symlink_metadata(it).is_err());
    free.unwrap_or_else(|| folder.join(stem)).display().to_string()
}

/// Does what the screen asks.
pub fn ask(app: &mut App, world: &mut World, ask: ExchangeAsk) -> Result<(), Failure> {
    let home = world.desk.home.clone();
    let expanded = |path: &Path| PathBuf::from(expanded(&path.to_string_lossy(), home.as_deref()));
    match ask {
        ExchangeAsk::Begin(task @ (Task::Exchange(_) | Task::Send(_))) => world.begin(task)?,
        ExchangeAsk::Begin(Task::Write(path, reader)) => {
            begin(app, world, &Task::Write(expanded(&path), reader));
        }
        ExchangeAsk::Begin(Task::Take(path)) => begin(app, world, &Task::Take(expanded(&path))),
        ExchangeAsk::Add { target, name } => {
            let target = super::import::folder::expanded(&target, home.as_deref());
            match remotes::add(&world.session, &target, Some(&name), &[]) {
                Ok(remote) => done(app, world, "exchange-added", &remote.name)?,
                Err(failure) => refuse(app, &failure.problem()),
            }
        }
        ExchangeAsk::Remove(name) => {
            let remote = remotes::remove(&world.session, &name)?;
            done(app, world, "remote-removed", &remote.name)?;
        }
    }
    Ok(())
}

/// Begins with a file; where that cannot be, its path stays typed.
fn begin(app: &mut App, world: &mut World, task: &Task) {
    if let Err(failure) = world.begin(task.clone())
        && let AnyScreen::Exchange(screen) = app.screen_mut()
    {
        screen.resume(task, failure.problem());
    }
}

fn refuse(app: &mut App, problem: &Problem) {
    if let AnyScreen::Exchange(screen) = app.screen_mut() {
        screen.refuse(problem.clone());
    }
}

fn done(app: &mut App, world: &mut World, key: &str, name: &str) -> Result<(), Failure> {
    world.measure()?;
    super::refresh(app, world);
    if let AnyScreen::Exchange(screen) = app.screen_mut() {
        screen.done(name);
    }
    super::say(app, world.texts.fill(key, &[("name", &name)]));
    Ok(())
}

/// Listens to what runs beside the screens, at most so long. Returns whether it ended.
pub fn listen(app: &mut App, world: &mut World, patience: Duration) -> bool {
    let Some(running) = &mut world.exchanging else { return false };
    let ended = running.ended(patience);
    let progress = running.progress;
    if let Some(brief) = &mut world.in_brief.running {
        brief.1 = progress;
    }
    let Some(came_to) = ended else { return false };
    let Some(running) = world.exchanging.take() else { return false };
    world.in_brief.running = None;
    ended_with(app, world, &running.task, came_to);
    true
}

/// Lets the screens read again, and says what it came to.
fn ended_with(app: &mut App, world: &mut World, task: &Task, came_to: Result<Outcome, Problem>) {
    let measured = world.tick().and_then(|()| world.measure());
    super::refresh(app, world);
    let name = task.about();
    let (text, tone) = match came_to {
        Ok(Outcome::Sent(pass)) => return super::notices::sent(app, world, &pass),
        Ok(Outcome::Exchanged(summary)) => (said(world, "exchange-done", &name, &summary), tone_of(&summary)),
        Ok(Outcome::Taken(taken)) => {
            (said(world, "exchange-taken", &name, &taken.summary), tone_of(&taken.summary))
        }
        Ok(Outcome::Written(written)) => {
            let file = written.files.first().map(|it| it.display().to_string()).unwrap_or_default();
            let size = world.texts.size(written.bytes);
            let places: [(&str, &dyn std::fmt::Display); 3] =
                [("files", &file), ("changes", &written.changes), ("size", &size)];
            (world.texts.fill("bundle-written", &places), Tone::Plain)
        }
        Err(problem) => {
            if let AnyScreen::Exchange(screen) = app.screen_mut() {
                screen.resume(task, problem.clone());
            }
            (world.texts.problem_here(&problem), Tone::Critical)
        }
    };
    app.notice = Some(Notice { text, tone });
    if let Err(failure) = measured {
        super::complain(app, world, &failure);
    }
}

fn said(world: &World, key: &str, name: &str, summary: &Summary) -> String {
    let mut parts =
        vec![world.texts.fill(key, &[("name", &name), ("result", &world.texts.exchange_short(summary))])];
    parts.extend(notes(world, summary));
    if summary.conflicts_new > 0 {
        parts.push(world.texts.fill("exchange-conflicts-new", &[("count", &summary.conflicts_new)]));
    }
    if summary.pending > 0 {
        parts.push(world.texts.fill("exchange-pending", &[("count", &summary.pending)]));
    }
    parts.join(" ")
}

fn tone_of(summary: &Summary) -> Tone {
    if summary.wants_attention() { Tone::Problem } else { Tone::Plain }
}
