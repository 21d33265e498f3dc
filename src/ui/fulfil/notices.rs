//! Reads what the screen of notices shows, and does what it asks.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::notices::mail_settings;
use crate::actions::notices::run::Pass;
use crate::actions::notices::sender::Sender;
use crate::actions::notices::{self, Address, Chosen, Demand, Edits, Filter, NoticeLine, Words, Works};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, DeliveryState, Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::texts::{Tone, site_and_lot};
use crate::ui::app::{App, Notice as Said};
use crate::ui::command::{NoticesAim, NoticesAsk, Task};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::notice_words::NoticeWords;
use crate::ui::screens::notices::{Addressee, Notices, Row, Shown, Stage};
use crate::ui::world::World;

/// Opens the screen.
pub fn open(world: &mut World, aim: NoticesAim) -> Result<AnyScreen, Failure> {
    world.tick()?;
    let demand = match aim {
        NoticesAim::All | NoticesAim::Formal(_) => None,
        NoticesAim::OfLot(lot) => Some(of_lot(Wanted::Known(lot), None, String::new())),
        NoticesAim::OfProject(project) => Some(of_project(project)),
    };
    let prepared = demand.map(|it| notices::prepare_for(&mut world.session, &it)).transpose()?;
    let mut screen = Notices::new(shown(world)?);
    if let Some(notice) = prepared {
        read(&mut screen, world, notice.id)?;
    }
    if let NoticesAim::Formal(lot) = aim {
        let (site, lot) = names::known_lot(world.session.store.read(), lot)?;
        screen.ask_grounds(lot.id, site_and_lot(&site.code, &site.name, &lot.name));
    }
    Ok(AnyScreen::Notices(Box::new(screen)))
}

const fn of_lot(lot: Wanted<crate::model::site::Lot>, kind: Option<NoticeKind>, grounds: String) -> Demand {
    Demand::Lot { lot, kind, grounds }
}

const fn of_project(project: Id<Project>) -> Demand {
    Demand::Project { project: Wanted::Known(project), kind: NoticeKind::MissingEntries }
}

/// Opens the words of a notice.
pub fn open_words(world: &World, id: Id<Notice>) -> Result<AnyScreen, Failure> {
    let sheet = notices::sheet(&world.session, id)?;
    let notice = &sheet.line.notice;
    if !matches!(notice.state, NoticeState::Draft | NoticeState::Held) || !notice.reference.is_empty() {
        return Err(Problem::new("notice-not-draft").with("reference", &notice.reference).into());
    }
    let kind = world.texts.text(&format!("notice-kind-{}", notice.kind.word()));
    let title = format!("{kind} · {}", place_of(&sheet.line));
    let kept = [notice.subject.clone(), notice.body.clone()];
    Ok(AnyScreen::NoticeWords(Box::new(NoticeWords::new(id, title, kept))))
}

/// Reads it again after something was written; the letter that is looked at, too.
pub fn refresh(screen: &mut Notices, world: &World) -> Result<(), Failure> {
    screen.show(shown(world)?);
    if let Some(id) = screen.being_read() {
        read(screen, world, id)?;
    }
    Ok(())
}

/// Shows the letter of a notice.
fn read(screen: &mut Notices, world: &World, id: Id<Notice>) -> Result<(), Failure> {
    let sheet = notices::sheet(&world.session, id)?;
    screen.read(id, Words::of(&sheet.line.notice), &sheet.letter);
    Ok(())
}

fn shown(world: &World) -> Result<Shown, Failure> {
    let works = Works::read(&world.session)?;
    let prints = mail_settings::load(&world.session)?.prints_letters();
    let lines = notices::list(&world.session, &Filter::default())?;
    let mut keyed: Vec<_> =
        lines.iter().map(|it| (order(it, prints), row(world, &works, it, prints))).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    let (way, is_lacking) = way(world, &works)?;
    Ok(Shown { rows: keyed.into_iter().map(|it| it.1).collect(), way, is_lacking })
}

/// The most urgent first; of those the newest, then by kind and place.
fn order(line: &NoticeLine, prints: bool) -> (Stage, Reverse<(Month, String)>, NoticeKind, String) {
    let notice = &line.notice;
    (stage(line, prints), Reverse((notice.month, notice.day.clone())), notice.kind, place_of(line))
}

/// Says what there is to do about a notice; `prints` tells whether those without address get a letter on paper.
fn stage(line: &NoticeLine, prints: bool) -> Stage {
    let stands = || line.deliveries.iter().filter(|it| it.state != DeliveryState::Cancelled);
    match line.notice.state {
        NoticeState::Draft => Stage::Draft,
        NoticeState::Held => Stage::Held,
        NoticeState::Cancelled => Stage::Cancelled,
        NoticeState::Ready
            if stands().any(|it| matches!(it.state, DeliveryState::Failed | DeliveryState::Held)) =>
        {
            Stage::Stuck
        }
        NoticeState::Ready if stands().next().is_none() => Stage::Stuck,
        NoticeState::Ready if !prints && stands().any(is_lost) => Stage::Stuck,
        NoticeState::Ready if stands().all(|it| it.state.is_settled()) => Stage::Gone,
        NoticeState::Ready => Stage::Ready,
    }
}

/// Tells whether somebody to whom a notice is addressed cannot be written to.
fn is_lost(delivery: &Delivery) -> bool {
    delivery.state == DeliveryState::Waiting && delivery.email.is_empty() && !delivery.copy
}

fn place_of(line: &NoticeLine) -> String {
    if line.place.is_empty() { line.project.clone() } else { line.place.clone() }
}

fn row(world: &World, works: &Works, line: &NoticeLine, prints: bool) -> Row {
    let (texts, notice) = (&world.texts, &line.notice);
    let stage = stage(line, prints);
    let shown =
        |it: &&Delivery| notice.state == NoticeState::Cancelled || it.state != DeliveryState::Cancelled;
    let addressees: Vec<Addressee> =
        line.deliveries.iter().filter(shown).map(|it| addressee(world, works, notice, it)).collect();
    let (mut brief, mut tone) = brief(world, stage, &addressees, &line.deliveries);
    if line.defects.iter().any(|it| it.key == notices::FIGURES_MOVED) {
        brief = format!("{} · {brief}", texts.text("notices-moved"));
        tone = Tone::Problem;
    }
    Row {
        id: notice.id,
        stage,
        kind: texts.text(&format!("notice-short-{}", notice.kind.word())),
        title: texts.text(&format!("notice-kind-{}", notice.kind.word())),
        month: texts.month_short(notice.month),
        project: notice.project,
        project_name: line.project.clone(),
        place: place_of(line),
        reference: reference(world, line),
        subject: notice.subject.clone(),
        words: Words::of(notice),
        brief,
        tone,
        addressees,
    }
}

/// The number; where another notice has it too, that is said.
fn reference(world: &World, line: &NoticeLine) -> String {
    let number = line.notice.reference.clone();
    let is_twice = line.defects.iter().any(|it| it.key == notices::REFERENCE_TWICE);
    if is_twice { format!("{number} ({})", world.texts.text("notices-number-twice")) } else { number }
}

fn addressee(world: &World, works: &Works, notice: &Notice, delivery: &Delivery) -> Addressee {
    let texts = &world.texts;
    let zone = &world.portfolio.organisation.zone;
    let why = works.why(notice, delivery);
    let fate = texts.fate(delivery, why.as_ref(), zone);
    let tone = match delivery.state {
        DeliveryState::Sent | DeliveryState::Written => Tone::Good,
        DeliveryState::Failed | DeliveryState::Held => Tone::Critical,
        DeliveryState::Waiting if delivery.email.is_empty() => Tone::Problem,
        DeliveryState::Waiting => Tone::Plain,
        DeliveryState::Cancelled => Tone::Quiet,
    };
    let role = texts.spoken("role", &delivery.role);
    let name = if delivery.name.is_empty() { role } else { delivery.name.clone() };
    let is_open = notice.state != NoticeState::Cancelled
        && !matches!(delivery.state, DeliveryState::Sent | DeliveryState::Written | DeliveryState::Cancelled);
    Addressee {
        id: delivery.id,
        name,
        email: delivery.email.clone(),
        copy: delivery.copy,
        fate,
        tone,
        is_open,
    }
}

/// Says where a notice stands in a few words: what stops it first.
fn brief(world: &World, stage: Stage, addressees: &[Addressee], deliveries: &[Delivery]) -> (String, Tone) {
    let texts = &world.texts;
    let lacking = addressees.iter().filter(|it| it.is_open && it.email.is_empty()).count();
    let first = |tone: Tone| addressees.iter().find(|it| it.tone == tone).map(|it| it.fate.clone());
    let count = || texts.fill("notices-addressees", &[("count", &addressees.len())]);
    let with_lacking = |text: String| match lacking {
        0 => (text, Tone::Plain),
        _ => (format!("{text} · {}", texts.fill("notices-lacking", &[("count", &lacking)])), Tone::Problem),
    };
    match stage {
        Stage::Stuck => {
            let why = first(Tone::Critical).or_else(|| first(Tone::Problem));
            (why.unwrap_or_else(count), Tone::Critical)
        }
        Stage::Draft | Stage::Held => with_lacking(count()),
        Stage::Ready => {
            let gone = |it: &&Delivery| matches!(it.state, DeliveryState::Sent | DeliveryState::Written);
            let gone = deliveries.iter().filter(gone).count();
            let waits = first(Tone::Plain).unwrap_or_else(count);
            with_lacking(if gone > 0 { format!("{gone}/{} · {waits}", addressees.len()) } else { waits })
        }
        Stage::Gone => {
            let last = deliveries.iter().filter_map(|it| it.at_ms).max();
            let instant = last.and_then(DateTime::<Utc>::from_timestamp_millis);
            let day = instant.map(|it| clock_day(world, it));
            (day.map_or_else(count, |it| texts.fill("notices-gone-on", &[("day", &it)])), Tone::Quiet)
        }
        Stage::Cancelled => (String::new(), Tone::Quiet),
    }
}

/// Returns the day of an instant in the organisation's zone, as people read it.
fn clock_day(world: &World, instant: DateTime<Utc>) -> String {
    let shown = world.texts.instant(instant, &world.portfolio.organisation.zone);
    shown.rsplit_once(' ').map_or(shown.clone(), |(day, _)| day.to_owned())
}

/// Says which machine sends by what way, and whether something is missing for that.
fn way(world: &World, works: &Works) -> Result<(String, bool), Failure> {
    let texts = &world.texts;
    let settings = mail_settings::load(&world.session)?;
    Ok(match works.sender() {
        Sender::Other(machine) => (texts.fill("notices-way-other", &[("name", &machine.name)]), false),
        Sender::Nobody => (texts.text("notices-way-nobody"), true),
        Sender::OnlyThis | Sender::This => match settings.carrier_shown() {
            Some(place) => (texts.fill("notices-way-here", &[("place", &place)]), false),
            None => (texts.text("notices-way-none"), true),
        },
    })
}

/// Does what the screen asks.
pub fn ask(app: &mut App, world: &mut World, ask: NoticesAsk) -> Result<(), Failure> {
    let only = match &ask {
        NoticesAsk::Approve(chosen) if chosen.len() == 1 => chosen.first().map(|it| it.id),
        _ => None,
    };
    let Err(failure) = act(app, world, ask) else { return Ok(()) };
    // Words that changed since they were read are shown anew before anything is approved.
    if failure.problem().key == notices::WORDS_MOVED {
        done(app, world);
        if let (AnyScreen::Notices(it), Some(id)) = (app.screen_mut(), only) {
            read(it, world, id)?;
        }
        return Err(failure);
    }
    // Where a question is open, the reason stands at it.
    match app.screen_mut() {
        AnyScreen::Notices(it) if it.is_asking() => it.refuse(failure.problem()),
        _ => return Err(failure),
    }
    Ok(())
}

fn act(app: &mut App, world: &mut World, ask: NoticesAsk) -> Result<(), Failure> {
    let said = match ask {
        NoticesAsk::Read(id) => {
            if let AnyScreen::Notices(it) = app.screen_mut() {
                read(it, world, id)?;
            }
            return Ok(());
        }
        NoticesAsk::Send(only) => return world.begin(Task::Send(only)),
        NoticesAsk::Prepare => {
            let prepared = notices::prepare(&mut world.session, None)?;
            world.texts.prepared(&prepared)
        }
        NoticesAsk::Formal { lot, grounds } => {
            let demand = of_lot(Wanted::Known(lot), Some(NoticeKind::FormalNotice), grounds);
            let notice = notices::prepare_for(&mut world.session, &demand)?;
            done(app, world);
            if let AnyScreen::Notices(it) = app.screen_mut() {
                read(it, world, notice.id)?;
            }
            return Ok(());
        }
        NoticesAsk::Approve(chosen) => approve(world, &chosen)?,
        NoticesAsk::Hold(ids) => {
            notices::hold(&mut world.session, &ids)?;
            world.texts.fill("notices-held", &[("count", &ids.len())])
        }
        NoticesAsk::Withdraw(ids) => {
            notices::cancel(&mut world.session, &ids)?;
            world.texts.fill("notices-cancelled", &[("count", &ids.len())])
        }
        NoticesAsk::Address { notice, delivery, email } if email.is_empty() => {
            let edits = Edits { without: Some(delivery.to_string()), ..Edits::default() };
            notices::edit(&mut world.session, notice, &edits)?;
            world.texts.text("notices-address-removed")
        }
        NoticesAsk::Address { notice, delivery, email } => {
            let mended = Some((delivery.to_string(), email.clone()));
            notices::edit(&mut world.session, notice, &Edits { mended, ..Edits::default() })?;
            world.texts.fill("notices-address-kept", &[("email", &email)])
        }
        NoticesAsk::Add { notice, typed } => {
            let address = added(&typed);
            let said = world.texts.fill("notices-address-kept", &[("email", &address.email)]);
            let edits = Edits { added: Some(address), ..Edits::default() };
            notices::edit(&mut world.session, notice, &edits)?;
            said
        }
        NoticesAsk::Words { notice, subject, body } => {
            let edits = Edits { subject: Some(subject), body: Some(body), ..Edits::default() };
            notices::edit(&mut world.session, notice, &edits)?;
            if matches!(app.screen(), AnyScreen::NoticeWords(_)) {
                app.pop();
            }
            world.texts.text("notices-words-kept")
        }
    };
    done(app, world);
    super::say(app, said);
    Ok(())
}

fn approve(world: &mut World, chosen: &[Chosen]) -> Result<String, Failure> {
    let approved = notices::approve(&mut world.session, chosen)?;
    let mut sentences = vec![world.texts.fill("notices-approved", &[("count", &approved.notices.len())])];
    let lacking = approved.defects.len();
    if lacking > 0 {
        sentences.push(world.texts.fill("notices-approved-lacking", &[("count", &lacking)]));
    }
    sentences.extend(approved.warnings.iter().map(|it| world.texts.problem_here(it)));
    Ok(sentences.join(" "))
}

fn done(app: &mut App, world: &mut World) {
    if let AnyScreen::Notices(it) = app.screen_mut() {
        it.done();
    }
    super::refresh(app, world);
}

/// Reads who more is written to: `Name <address>` or the address alone, with a word for a copy in front.
fn added(typed: &str) -> Address {
    let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or(("", typed));
    let copy = ["copie", "copy", "cc"].contains(&first.trim_end_matches(':').to_lowercase().as_str());
    let whom = if copy { rest.trim() } else { typed };
    let (name, email) =
        whom.rsplit_once('<').map_or(("", whom), |(name, rest)| (name, rest.trim_end_matches('>')));
    Address { role: String::new(), name: name.trim().to_owned(), email: email.trim().to_owned(), copy }
}

/// Says what a pass came to.
pub fn sent(app: &mut App, world: &World, pass: &Pass) {
    let goes = pass.stopped.is_none() && pass.letters_stopped.is_none();
    let is_well = goes && pass.failed + pass.held + pass.unknown == 0;
    let tone = if is_well { Tone::Plain } else { Tone::Problem };
    app.notice = Some(Said { text: world.texts.pass(pass).join(" "), tone });
}
