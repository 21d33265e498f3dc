//! Reads who vouches for the months of a project; signs, and opens months.

use std::path::PathBuf;
use std::time::Duration;

use super::import::folder::expanded;
use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::sign_off::board::board;
use crate::actions::sign_off::lock::{self, Unlocking};
use crate::actions::sign_off::since::{Since, since};
use crate::actions::sign_off::{self, Form, Request, vouched};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::sync::keys::{MachineKey, MachinePublicKey};
use crate::sync::ssh_keygen::Agent;
use crate::texts::Tone;
use crate::ui::app::{App, Notice};
use crate::ui::command::SignOffAsk;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::sign_off::{Means, Shown, SignOff, Way};
use crate::ui::signing::Signing;
use crate::ui::world::World;

/// Where people keep their key, in their folder.
const KEY_FILE: &str = ".ssh/id_ed25519";
/// An agent that asks nobody signs within this.
const AT_ONCE: Duration = Duration::from_millis(400);
/// So much of a fingerprint tells keys apart in a list.
const FINGERPRINT_CHARS: usize = 19;

/// Opens the screen: of the project and month that are given, else of the first project.
pub fn open(
    world: &mut World,
    project: Option<Id<Project>>,
    month: Option<Month>,
) -> Result<AnyScreen, Failure> {
    let first = world.portfolio.projects.first().map(|it| it.project.id);
    let project = project.or(first).ok_or_else(|| Problem::new("entry-no-project"))?;
    let screen = SignOff::new(shown(world, project, month)?, month, world.session.today);
    Ok(AnyScreen::SignOff(Box::new(screen)))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut SignOff, world: &World) -> Result<(), Failure> {
    let (project, month) = screen.aim();
    screen.show(shown(world, project, month)?);
    Ok(())
}

fn shown(world: &World, project: Id<Project>, month: Option<Month>) -> Result<Shown, Failure> {
    let (found, months) = board(&world.session, project, month)?;
    let projects = world.portfolio.projects.iter().map(|it| it.project.id).collect();
    Ok(Shown { project, name: found.name, months, projects })
}

/// Reads another project once it is asked for; once the hands rest, what changed since the selected month was signed.
pub fn fill(screen: &mut SignOff, world: &World, rested: bool) -> Result<(), Failure> {
    if let Some(project) = screen.lacks() {
        screen.show(shown(world, project, screen.aim().1)?);
    }
    if let Some(month) = screen.since_wanted().filter(|_| rested) {
        let changes = since(&world.session, &month.vouched)?;
        let of = month.vouched.month;
        screen.explain(of, changes.iter().map(|it| worded(world, of, it)).collect());
    }
    Ok(())
}

/// Says what is another one since: where, what, old and new, who.
fn worded(world: &World, month: Month, it: &Since) -> String {
    let texts = &world.texts;
    let of = it.row.month.filter(|it| *it != month).map(|it| texts.month(it));
    let parts = [Some(it.place.clone()).filter(|it| !it.is_empty()), of, Some(texts.field_word(&it.row))];
    let what = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (old, new) = (texts.value_shown(&it.row, &it.row.old), texts.value_shown(&it.row, &it.row.new));
    let places: [(&str, &dyn std::fmt::Display); 4] =
        [("what", &what), ("old", &old), ("new", &new), ("user", &it.row.op.user)];
    texts.fill("visas-since", &places)
}

/// Does what the screen asks.
pub fn ask(app: &mut App, world: &mut World, ask: SignOffAsk) -> Result<(), Failure> {
    match ask {
        SignOffAsk::Prepare(project, month) => prepare(app, world, project, month)?,
        SignOffAsk::Sign(request) => sign(app, world, *request),
        SignOffAsk::SignByAgent(request, key) => begin(app, world, *request, key),
        SignOffAsk::GiveUp => world.signing = None,
        SignOffAsk::Unlock(asked) => unlock(app, world, &asked),
    }
    Ok(())
}

/// Looks whether a month can be signed, and asks with what.
fn prepare(app: &mut App, world: &World, project: Id<Project>, month: Month) -> Result<(), Failure> {
    let project = names::wanted_project(world.session.store.read(), &Wanted::Known(project))?;
    sign_off::check(&world.session, &vouched(&world.session, &project, month)?)?;
    let means = means(world);
    if let Some(screen) = screen(app) {
        screen.begin(means, &world.texts);
    }
    Ok(())
}

/// Finds with what the person at work can sign: a key where there is one, else the session.
fn means(world: &World) -> Means {
    let texts = &world.texts;
    let user = world.session.user.clone();
    let mut ways = Vec::new();
    let (mut closed, mut own) = (None, None);
    if let Some(path) = world.desk.home.as_ref().map(|it| it.join(KEY_FILE)) {
        match MachineKey::read(&path) {
            Ok(Some(key)) => {
                own = Some(key.public());
                let label = texts.fill("visas-way-key", &[("path", &format!("~/{KEY_FILE}"))]);
                ways.push((Way::Key(path), label));
            }
            Ok(None) => {}
            Err(problem) => closed = Some(problem).filter(|it| it.key == "key-file-closed"),
        }
    }
    let socket = world.desk.ssh_agent.clone();
    let keys = socket.map(|it| Agent { socket: Some(it) }.keys()).unwrap_or_default();
    for (key, comment) in keys.into_iter().filter(|it| Some(it.0) != own) {
        let shown = key.fingerprint().chars().take(FINGERPRINT_CHARS).collect::<String>();
        let name = if comment.is_empty() { shown } else { comment };
        ways.push((Way::Agent(key), texts.fill("visas-way-agent", &[("name", &name)])));
        closed = None;
    }
    ways.push((Way::Session, texts.fill("visas-way-session", &[("user", &user)])));
    ways.push((Way::File, texts.text("visas-way-file")));
    ways.push((Way::Paper, texts.text("visas-way-paper")));
    Means { ways, closed, user }
}

/// Signs; what there is to say about it is said, and a refusal stands where the person is.
fn sign(app: &mut App, world: &mut World, mut request: Request) {
    if let Form::Key(path) = &request.form {
        let path = expanded(&path.to_string_lossy(), world.desk.home.as_deref());
        request.form = Form::Key(PathBuf::from(path));
    }
    let done = match sign_off::sign(&mut world.session, &request) {
        Ok(done) => done,
        Err(failure) => return refuse(app, world, &failure),
    };
    let (month, level) = (world.texts.month(request.month), world.texts.visa_level(done.level));
    let text = world.texts.fill("visas-done", &[("month", &month), ("level", &level)]);
    close(app, world, text, &done.warnings);
}

/// Asks the agent beside the screens: it may ask its owner first, or wait for a key to be touched.
fn begin(app: &mut App, world: &mut World, request: Request, key: MachinePublicKey) {
    let agent = Agent { socket: world.desk.ssh_agent.clone() };
    let statement = sign_off::wanted_statement(&world.session, &request);
    let begun = statement.and_then(|it| Ok(Signing::begin(request, agent, key, it)?));
    match begun {
        Ok(signing) => {
            world.signing = Some(signing);
            if let Some(screen) = screen(app) {
                screen.wait();
            }
            listen(app, world, AT_ONCE);
        }
        Err(failure) => refuse(app, world, &failure),
    }
}

/// Listens for the signature of the agent, at most so long. Returns whether it came, or cannot come any more.
pub fn listen(app: &mut App, world: &mut World, patience: Duration) -> bool {
    let Some(ended) = world.signing.as_ref().and_then(|it| it.ended(patience)) else { return false };
    let Some(Signing { mut request, .. }) = world.signing.take() else { return false };
    match ended.map_err(Failure::from).and_then(|it| world.tick().map(|()| it)) {
        Ok(signed) => {
            request.form = Form::Signed(signed);
            sign(app, world, request);
        }
        Err(failure) => refuse(app, world, &failure),
    }
    true
}

fn unlock(app: &mut App, world: &mut World, asked: &Unlocking) {
    let (project, warnings) = match lock::unlock(&mut world.session, asked) {
        Ok(done) => done,
        Err(failure) => return refuse(app, world, &failure),
    };
    let (month, until) = (world.texts.month(asked.month), asked.until.map(|it| world.texts.date(it)));
    let key = if until.is_some() { "unlocked-until" } else { "unlocked" };
    let places: [(&str, &dyn std::fmt::Display); 3] =
        [("project", &project.name), ("month", &month), ("until", &until.unwrap_or_default())];
    let text = world.texts.fill(key, &places);
    close(app, world, text, &warnings);
}

/// Closes the dialog and says what was done, with what a person should know.
fn close(app: &mut App, world: &mut World, mut text: String, warnings: &[Problem]) {
    if let Some(screen) = screen(app) {
        screen.done();
    }
    super::refresh(app, world);
    for warning in warnings {
        text.push(' ');
        text.push_str(&world.texts.problem_here(warning));
    }
    let tone = if warnings.is_empty() { Tone::Plain } else { Tone::Problem };
    app.notice = Some(Notice { text, tone });
}

/// Says why something was refused, in its dialog while it is open.
fn refuse(app: &mut App, world: &World, failure: &Failure) {
    let is_said = screen(app).is_some_and(|it| it.refuse(failure.problem()));
    if !is_said {
        super::complain(app, world, failure);
    }
}

/// Returns the topmost screen of sign-offs: something else may float over it.
fn screen(app: &mut App) -> Option<&mut SignOff> {
    let all = app.screens_mut().filter_map(|it| match it {
        AnyScreen::SignOff(it) => Some(it.as_mut()),
        _ => None,
    });
    all.last()
}
