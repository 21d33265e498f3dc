//! The trail of a lot, read on the screen.

use chantier::actions::decide;
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::model::decision::DecisionKind;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::rules::LotState;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};

use crate::robot::Robot;

fn record(robot: &mut Robot, lot: Id<Lot>, typed: Option<i32>, observation: Option<&str>) {
    let request = Request {
        place: lot.into(),
        month: "2026-03".parse().unwrap(),
        typed: typed.map(|it| Typed::Cumulative(Percent(it))),
        observation: observation.map(str::to_owned),
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(&mut robot.application.world.session, &request).unwrap();
}

/// A lot to which a lot happened.
fn eventful(robot: &mut Robot) -> Id<Lot> {
    let rows = &robot.application.world.portfolio.rows;
    let lot = rows.iter().find(|it| it.state == LotState::Active).unwrap().lot;
    record(robot, lot, Some(9100), None);
    record(robot, lot, Some(9200), Some("Première couche de peinture, à reprendre."));
    record(robot, lot, None, Some("Peinture reprise."));
    let request = decide::Request {
        place: lot.into(),
        kind: DecisionKind::Suspend,
        reason: "Attente du courant".into(),
        from: Some("2026-04".parse().unwrap()),
        to: None,
    };
    decide::decide(&mut robot.application.world.session, &request).unwrap();
    chantier::actions::undo::undo(&mut robot.application.world.session).unwrap();
    chantier::actions::undo::undo(&mut robot.application.world.session).unwrap();
    lot
}

fn open(robot: &mut Robot, lot: Id<Lot>, month: Option<Month>) {
    robot.application.perform(Command::Open(Place::Trail(lot, month)));
    robot.rest();
}

#[test]
fn everything_is_told_newest_first() {
    let mut robot = Robot::demo();
    let lot = eventful(&mut robot);
    open(&mut robot, lot, None);
    println!("{}", robot.screen());
    robot.sees("91,00 → 92,00").sees("suspension").sees("Attente du cou");
    robot.sees("Première couche").misses("@");
    let screen = robot.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("Première couche") < at("Attente du cou"), "newest first");
    robot.press("Enter");
    println!("{}", robot.screen());
    robot.sees("annulation : observation").sees("Peinture reprise. → Première couche");
}

#[test]
fn months_and_words_filter() {
    let mut robot = Robot::demo();
    let lot = eventful(&mut robot);
    open(&mut robot, lot, Some("2026-03".parse().unwrap()));
    println!("{}", robot.screen());
    robot.sees("mars 2026").misses("2025-12").press("<").sees("février 2026").misses("92,00");
    robot.press(">").sees("92,00").press("*").sees("tous les mois");
    robot.press("/").type_text("peinture u").press("Backspace Backspace").misses("91,00").sees("3 lignes");
    robot.press("Enter Esc").sees("91,00");
    robot.press("/").type_text("introuvable").sees("Rien n’a été écrit.").press("Esc").sees("91,00");
}

#[test]
fn the_trail_fits_every_window() {
    for (language, width, height) in
        [(Language::French, 60, 15), (Language::English, 120, 40), (Language::English, 80, 24)]
    {
        let mut robot = Robot::demo_in(language, width, height);
        let lot = eventful(&mut robot);
        open(&mut robot, lot, None);
        robot.press("j j Enter");
        println!("{}", robot.screen());
        robot.sees("awa").press("End Home PageDown PageUp").sees("2026");
    }
}
