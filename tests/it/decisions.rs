//! Decisions taken in the dialog.

use chantier::actions::decide::possible_kinds;
use chantier::model::decision::DecisionKind;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::site::Lot;
use chantier::rules::LotState;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};

use crate::robot::Robot;

/// Returns the first lot of the demonstration in a state.
fn lot_in(robot: &Robot, state: LotState) -> Id<Lot> {
    let rows = &robot.application.world.portfolio.rows;
    rows.iter().find(|it| it.state == state).expect("such a lot").lot
}

/// Returns a lot of which the withdrawal is proposed.
fn proposed(robot: &Robot) -> Id<Lot> {
    let rows = &robot.application.world.portfolio.rows;
    let waits = |it: &&chantier::actions::portfolio::LotRow| {
        chantier::actions::overview::gravity(it) == Some(4) && it.state.is_active()
    };
    rows.iter().find(waits).expect("a proposal").lot
}

fn open(robot: &mut Robot, lot: Id<Lot>) {
    robot.application.perform(Command::Open(Place::Decide(lot)));
    robot.rest();
}

fn decisions(robot: &Robot, lot: Id<Lot>) -> Vec<(DecisionKind, Month, Option<Month>, String)> {
    let found = robot.application.world.session.store.read().decisions(lot).unwrap();
    found.into_iter().map(|it| (it.decision.kind, it.decision.from, it.decision.to, it.reason)).collect()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn a_withdrawal_is_pronounced_after_it_was_said() {
    let mut robot = Robot::demo();
    let lot = proposed(&robot);
    open(&mut robot, lot);
    println!("{}", robot.screen());
    robot.sees("Les règles proposent la démobilisation").sees("► d démobiliser").sees("Seul un lot suspendu");
    robot.press("d").type_text("Abandon du chantier").press("Enter");
    println!("{}", robot.screen());
    robot.press("Enter").sees("Entrée encore pour prononcer la démobilisation").sees("dès avril 2026");
    println!("{}", robot.screen());
    assert_eq!(decisions(&robot, lot), [], "nothing is pronounced before it was said");
    robot.press("Enter").misses("Entrée encore").sees("démobilisation prononcée");
    open(&mut robot, lot);
    robot.sees("démobilisé ·").misses("Les règles proposent").press("Esc");
    robot.application.perform(Command::Open(Place::Card(lot)));
    robot.rest().sees("démobilisé dès avril 2026").press("Esc");
    let wanted = (DecisionKind::Demobilise, month("2026-04"), None, "Abandon du chantier".to_owned());
    assert_eq!(decisions(&robot, lot), [wanted]);
    robot.press("u").sees("Annulé");
    assert_eq!(decisions(&robot, lot), []);
}

#[test]
fn what_makes_no_sense_says_why() {
    let mut robot = Robot::demo();
    let lot = lot_in(&robot, LotState::Active);
    open(&mut robot, lot);
    robot.press("r").sees("Seul un lot démobilisé se remobilise.");
    robot.press("p").sees("Seul un lot suspendu reprend.").press("Esc").misses("Seul un lot");
}

#[test]
fn a_suspension_has_a_last_month_and_bad_months_lose_nothing() {
    let mut robot = Robot::demo();
    let lot = lot_in(&robot, LotState::Active);
    open(&mut robot, lot);
    robot.press("s Enter").sees("Une décision demande un motif");
    robot.type_text("Inondation").press("Tab C-u").type_text("avril").press("Enter");
    robot.sees("« avril » n’est pas un mois").sees("Inondation");
    robot.press("C-u").type_text("2026-04").press("Enter").type_text("2026-02").press("Enter");
    robot.sees("Le dernier mois (février 2026) précède le premier (avril 2026).");
    robot.press("C-u").type_text("2026-06").press("Enter").sees("jusqu’à juin");
    robot.press("Enter");
    let wanted = (DecisionKind::Suspend, month("2026-04"), Some(month("2026-06")), "Inondation".to_owned());
    assert_eq!(decisions(&robot, lot), [wanted]);
    let possible = possible_kinds(&robot.application.world.session, lot, month("2026-05")).unwrap();
    assert!(possible.contains(&DecisionKind::Resume) && !possible.contains(&DecisionKind::Suspend));
}

#[test]
fn a_refusal_keeps_what_was_typed() {
    let mut robot = Robot::demo();
    let lot = lot_in(&robot, LotState::Active);
    open(&mut robot, lot);
    robot.press("s").type_text("Crue").press("Enter Enter Enter Enter");
    open(&mut robot, lot);
    robot.press("p").type_text("Décrue").press("Tab C-u").type_text("2025-01").press("Enter Enter");
    robot.sees("n’est pas suspendu à ce mois").sees("Décrue").sees("2025-01");
}

#[test]
fn esc_asks_before_it_gives_up_a_reason() {
    let mut robot = Robot::demo();
    let lot = lot_in(&robot, LotState::Active);
    open(&mut robot, lot);
    robot.press("c Esc").sees("► c").press("c").type_text("Fin").press("Esc").sees("Échap encore abandonne");
    robot.press("x").misses("Échap encore").press("Esc Esc").misses("Prononcer la clôture");
}

#[test]
fn the_dialog_fits_every_window() {
    for (language, width, height) in
        [(Language::French, 60, 15), (Language::English, 120, 40), (Language::English, 80, 24)]
    {
        let mut robot = Robot::demo_in(language, width, height);
        let lot = proposed(&robot);
        open(&mut robot, lot);
        println!("{}", robot.screen());
        robot
            .press("s")
            .type_text("a long reason that goes on and on, far beyond the first line of the field it is in");
        robot.press("Enter Enter Enter");
        println!("{}", robot.screen());
        robot.sees("2026-04");
        robot.sees(if language == Language::French { "Entrée encore" } else { "Enter again" });
    }
}
