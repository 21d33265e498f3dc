//! Observations written in their editor.

use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::site::Lot;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};
use chantier::ui::draft::Draft;
use chantier::ui::screens::AnyScreen;

use crate::robot::Robot;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Opens the observation of the first lot that has one in January, for a month.
fn open(robot: &mut Robot, at: &str) -> Id<Lot> {
    let read = robot.application.world.session.store.read();
    let rows = &robot.application.world.portfolio.rows;
    let observed = |lot: Id<Lot>, at: &str| !read.observations_at(lot, month(at)).unwrap().is_empty();
    let lot = rows.iter().map(|it| it.lot).find(|it| observed(*it, "2026-02") && !observed(*it, "2026-03"));
    let lot = lot.expect("such a lot");
    robot.application.perform(Command::Open(Place::Observation(lot, month(at))));
    robot.rest();
    lot
}

fn kept(robot: &Robot, lot: Id<Lot>, at: &str) -> (Vec<String>, String, String) {
    let read = robot.application.world.session.store.read();
    let (cause, attribution) = read.cause(lot, month(at)).unwrap();
    (read.observations_at(lot, month(at)).unwrap(), cause, attribution)
}

#[test]
fn text_cause_and_attribution_are_saved_together() {
    let mut robot = Robot::demo();
    let lot = open(&mut robot, "2026-03");
    println!("{}", robot.screen());
    robot
        .type_text("Fondations coulées.\nu q 1 ?")
        .press("Tab Right Right Tab Left")
        .sees("approvisionnement");
    println!("{}", robot.screen());
    robot.sees("extérieur").press("Enter").misses("Imputation");
    let wanted = (
        vec!["Fondations coulées.\nu q 1 ?".to_owned()],
        "approvisionnement".to_owned(),
        "extérieur".to_owned(),
    );
    assert_eq!(kept(&robot, lot, "2026-03"), wanted);
    robot.press("u").sees("observation de");
    assert_eq!(kept(&robot, lot, "2026-03"), (vec![], String::new(), String::new()));
}

#[test]
fn a_cause_alone_is_saved_from_the_text() {
    let mut robot = Robot::demo();
    let lot = open(&mut robot, "2026-03");
    robot.press("Tab").type_text("grève").press("BackTab C-o");
    assert_eq!(kept(&robot, lot, "2026-03"), (vec![], "grève".to_owned(), String::new()));
}

#[test]
fn the_last_observation_is_brought_in() {
    let mut robot = Robot::demo();
    let lot = open(&mut robot, "2026-03");
    let (last, ..) = kept(&robot, lot, "2026-02");
    robot.press("C-d C-o");
    assert_eq!(kept(&robot, lot, "2026-03").0, last);
}

#[test]
fn nothing_changed_writes_nothing() {
    let mut robot = Robot::demo();
    let before = robot.application.world.session.store.read().last_op().unwrap();
    open(&mut robot, "2026-03");
    robot.press("C-o").misses("Imputation");
    assert_eq!(robot.application.world.session.store.read().last_op().unwrap(), before);
}

#[test]
fn esc_asks_before_it_gives_up_a_text() {
    let mut robot = Robot::demo();
    let lot = open(&mut robot, "2026-03");
    robot.type_text("Pluie").press("Esc").sees("Rien n’est encore enregistré").type_text("s");
    robot.misses("Rien n’est encore").press("Esc Esc").misses("Imputation");
    assert_eq!(kept(&robot, lot, "2026-03").0, Vec::<String>::new());
    open(&mut robot, "2026-03");
    robot.press("Esc").misses("Imputation");
}

#[test]
fn what_is_typed_is_a_draft_that_is_taken_up() {
    let mut robot = Robot::demo();
    open(&mut robot, "2026-03");
    robot.paste("Un\r\nDeux\u{202e}");
    let draft = robot.application.app.screen().view().draft();
    let Some(Draft::Observation { texts, .. }) = &draft else { panic!("no draft: {draft:?}") };
    assert_eq!(texts[0], "Un\nDeux");
    let mut other = Robot::demo();
    let lot = open(&mut other, "2026-03");
    let texts = ["Un\nDeux".to_owned(), "pluie".to_owned(), String::new()];
    other.press("Esc");
    other.application.perform(Command::TakeUp(Draft::Observation { lot, month: month("2026-03"), texts }));
    other.press("C-o");
    assert_eq!(kept(&other, lot, "2026-03").0, ["Un\nDeux"]);
}

#[test]
fn a_month_that_has_not_begun_keeps_the_text() {
    let mut robot = Robot::demo();
    open(&mut robot, "2026-05");
    robot.type_text("Trop tôt").press("C-o").sees("n’est pas encore commencé").sees("Trop tôt");
    assert!(matches!(robot.application.app.screen(), AnyScreen::Observation(_)));
}

#[test]
fn the_editor_fits_every_window() {
    for (language, width, height) in
        [(Language::French, 60, 15), (Language::English, 120, 40), (Language::English, 80, 24)]
    {
        let mut robot = Robot::demo_in(language, width, height);
        open(&mut robot, "2026-03");
        robot.type_text(&"A long text that goes on and on and folds at the end of each line. ".repeat(12));
        println!("{}", robot.screen());
        robot.press("Esc");
        println!("{}", robot.screen());
        robot.sees(if language == Language::French { "Imputation" } else { "ttribution" });
    }
}

/// Returns the selected row of the grid, without what is typed into it.
fn selected_row(robot: &Robot) -> String {
    let screen = robot.screen();
    let line = screen.lines().find(|it| it.contains('►')).unwrap_or_default();
    line.chars().take(30).collect()
}

#[test]
fn an_observation_alone_leaves_the_row_to_its_figure() {
    let mut robot = Robot::demo();
    robot.press("3");
    let row = selected_row(&robot);
    robot.press("o").type_text("Pluies").press("Tab").sees("pluie, approvisionnement").press("C-o");
    assert_eq!(selected_row(&robot), row, "{}", robot.screen());
    robot.press("=");
    assert_ne!(selected_row(&robot), row, "{}", robot.screen());
}

#[test]
fn a_long_sentence_is_read_to_its_end() {
    let mut robot = Robot::demo();
    robot.press("3").type_text("970\n").sees("dépasse 100 %").sees("avenant.");
}
