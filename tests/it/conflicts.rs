//! Two machines write the same values, and a person settles what competes.

use chantier::actions::conflicts::{Choice, conflicts, settle};
use chantier::actions::op::Note;
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::actions::{demo, undo};
use chantier::demo::Spec;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::store::Store;
use chantier::store::error::StoreError;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};
use chrono::DateTime;

use crate::desk::Desk;
use crate::robot::{Robot, today};

const MONTH: &str = "2026-03";

fn month() -> Month {
    MONTH.parse().unwrap()
}

fn session(user: &str) -> Session {
    let mut session = Session::empty(today()).unwrap();
    session.user = user.into();
    session
}

/// Carries every change that one machine made into another.
fn carry(from: &mut Session, to: &mut Session) {
    from.store.seal(|_| Ok::<_, StoreError>([0; 64])).unwrap();
    let (read, own) = (from.store.read(), from.store.replica_id());
    let arrivals = read.arrivals(0).unwrap();
    let taken = to.receive(&Note::new(), |tx| {
        for arrival in arrivals.iter().filter(|it| it.replica == own) {
            tx.admit(&read.segment(arrival)?, &arrival.signature, 0)?;
        }
        Ok(())
    });
    taken.unwrap();
}

fn type_figure(session: &mut Session, lot: Id<Lot>, typed: Typed) {
    let request = Request {
        place: lot.into(),
        month: month(),
        typed: Some(typed),
        observation: None,
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(session, &request).unwrap();
}

fn figure(session: &Session, lot: Id<Lot>) -> Option<i32> {
    session.store.read().figure(lot, month()).unwrap().and_then(|it| it.cumulative).map(|it| it.0)
}

/// Two machines with the same lot, of which each wrote the same month.
pub fn diverged(theirs: Typed, mine: Typed) -> (Session, Session, Id<Lot>) {
    diverged_from(session("awa"), theirs, mine)
}

fn diverged_from(mut here: Session, theirs: Typed, mine: Typed) -> (Session, Session, Id<Lot>) {
    let mut there = session("bina");
    let last_month = Month::of(today()).previous();
    demo::write(&mut there, &Spec { sites: 3, months: 4, seed: 1, last_month }, |_| {}).unwrap();
    let read = there.store.read();
    let lot = read.lots().unwrap().into_iter().find(|it| read.figure(it.id, month()).unwrap().is_some());
    let lot = lot.expect("a lot with a figure").id;
    carry(&mut there, &mut here);
    type_figure(&mut there, lot, theirs);
    type_figure(&mut here, lot, mine);
    carry(&mut there, &mut here);
    (here, there, lot)
}

pub fn percent(hundredths: i32) -> Typed {
    Typed::Cumulative(Percent(hundredths))
}

fn sit(session: Session) -> Robot {
    let mut robot = Robot::at(session, Language::French, 80, 24);
    robot.application.perform(Command::Open(Place::Conflicts));
    robot.rest();
    robot
}

#[test]
fn a_version_is_chosen_on_the_screen() {
    let (here, mut there, lot) = diverged(percent(8100), percent(8200));
    let mut robot = sit(here);
    println!("{}", robot.screen());
    robot.sees("avancement cumulé").sees("81,00").sees("82,00").sees("bina, machine").sees("awa, ici");
    let contests = conflicts(&robot.application.world.session).unwrap();
    assert_eq!(contests.len(), 1);
    let at = contests[0].versions.iter().position(|it| it.op.user == "bina").unwrap();
    robot.press("Enter");
    println!("{}", robot.screen());
    robot.press(&(at + 1).to_string()).sees("conflit réglé").sees("Aucun conflit");
    println!("{}", robot.screen());
    let here = &mut robot.application.world.session;
    assert_eq!(figure(here, lot), Some(8100));
    carry(here, &mut there);
    assert_eq!((conflicts(&there).unwrap().len(), figure(&there, lot)), (0, Some(8100)));
}

#[test]
fn settling_by_what_is_shown_writes_too() {
    let (here, mut there, lot) = diverged(percent(8100), percent(8200));
    let shown = figure(&here, lot);
    let mut robot = sit(here);
    robot.press("Enter Enter").sees("conflit réglé");
    let here = &mut robot.application.world.session;
    assert_eq!(figure(here, lot), shown);
    carry(here, &mut there);
    assert_eq!((conflicts(&there).unwrap().len(), figure(&there, lot)), (0, shown));
}

#[test]
fn a_new_value_is_typed_and_a_bad_one_stays_typed() {
    let (here, _, lot) = diverged(percent(8100), Typed::NotApplicable);
    let mut robot = sit(here);
    robot.sees("sans objet").press("Enter Down Down").type_text("1200").press("Enter");
    robot.sees("dépasse 100 %").sees("1200").press("Backspace Backspace");
    println!("{}", robot.screen());
    robot.type_text(",5").press("Enter").sees("12,50").sees("Aucun conflit");
    let session = &mut robot.application.world.session;
    let found = session.store.read().figure(lot, month()).unwrap().unwrap();
    assert_eq!((found.cumulative, found.not_applicable), (Some(Percent(1250)), false));
}

#[test]
fn undoing_puts_back_what_was_shown() {
    let (mut here, _, lot) = diverged(percent(8100), percent(8200));
    let shown = figure(&here, lot);
    let contests = conflicts(&here).unwrap();
    settle(&mut here, &contests[0], &Choice::Typed("90".into())).unwrap();
    assert_eq!(figure(&here, lot), Some(9000));
    let again = settle(&mut here, &contests[0], &Choice::Version(0)).unwrap_err();
    assert_eq!(again.problem().key, "conflict-moved");
    undo::undo(&mut here).unwrap();
    assert_eq!(figure(&here, lot), shown);
    assert!(here.store.compare_with_log(|_| {}).unwrap().is_empty());
}

#[test]
fn the_command_line_lists_them() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["conflicts"]).status.code(), Some(2), "there is no database yet");
    let path = desk.path("here.db");
    let here = Session::open(&path, true, "awa".into(), DateTime::UNIX_EPOCH, Some(today())).unwrap();
    diverged_from(here, percent(8100), percent(8200));
    let db = ["--db", path.to_str().unwrap()];
    let output = desk.run(&[&["conflits"], &db[..]].concat());
    let said = crate::desk::text(&output.stdout);
    println!("{said}");
    assert_eq!(output.status.code(), Some(1), "{}", crate::desk::text(&output.stderr));
    assert!(said.contains("81,00") && said.contains("82,00") && said.contains("bina"));
    let rows = desk.json(&[&["conflicts"], &db[..]].concat());
    let values: Vec<_> =
        rows[0]["versions"].as_array().unwrap().iter().map(|it| it["values"]["cumulative"].clone()).collect();
    assert!(values.contains(&"81.00".into()) && values.contains(&"82.00".into()), "{rows}");
    assert_eq!((&rows[0]["month"], rows.as_array().unwrap().len()), (&MONTH.into(), 1));
}

#[test]
fn names_and_terms_compete_too() {
    let (mut there, mut here) = (session("bina"), session("awa"));
    let last_month = Month::of(today()).previous();
    demo::write(&mut there, &Spec { sites: 3, months: 4, seed: 1, last_month }, |_| {}).unwrap();
    carry(&mut there, &mut here);
    let site = there.store.read().sites().unwrap().remove(0);
    for (session, name, months) in [(&mut there, "Lycée", 9), (&mut here, "Collège", 11)] {
        let fields = chantier::actions::register::site::SiteFields {
            name: Some(name.into()),
            duration_months: Some(months),
            ..Default::default()
        };
        chantier::actions::register::site::edit(session, &site.id.into(), &fields, None).unwrap();
    }
    carry(&mut there, &mut here);
    let mut robot = sit(here);
    println!("{}", robot.screen());
    robot.sees("Lycée").sees("Collège").sees("début, durée");
    robot.press("Enter 2").sees("conflit réglé").press("Enter Enter").sees("Aucun conflit");
    let session = &robot.application.world.session;
    assert!(Store::compare_with_log(&session.store, |_| {}).unwrap().is_empty());
    for (width, height) in [(60, 15), (120, 40)] {
        robot.resize(width, height).sees("Aucun conflit");
    }
}
