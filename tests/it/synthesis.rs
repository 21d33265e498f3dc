//! The synthesis table, read on the screen.

use chantier::actions::register::organisation::{self, OrganisationFields};
use chantier::actions::session::Session;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};

use crate::robot::{Robot, today};

fn open(language: Language, width: u16, height: u16) -> Robot {
    let mut robot = Robot::demo_in(language, width, height);
    robot.application.perform(Command::Open(Place::Synthesis(None)));
    robot.rest();
    robot
}

#[test]
fn months_columns_and_projects_change() {
    let mut robot = open(Language::French, 80, 24);
    println!("{}", robot.screen());
    robot.sees("mars 2026").sees("M-2").sees("avancement").sees("Code").misses("Observation");
    robot.press("Right");
    println!("{}", robot.screen());
    robot.sees("Normal").sees("Atteint").sees("Statut").sees("Code").misses("M-2");
    robot.press("Right");
    println!("{}", robot.screen());
    robot.sees("Observation").press("Right").press("Left Left Left").sees("Entreprise").sees("Début");
    println!("{}", robot.screen());
    robot.press("<").sees("février 2026").press("> > >").sees("avril 2026").sees("C’est le mois en cours.");
    let before = robot.screen();
    robot.press("p");
    println!("{}", robot.screen());
    assert_ne!(robot.screen(), before);
}

#[test]
fn the_table_says_what_the_command_line_says() {
    let mut robot = open(Language::French, 240, 60);
    println!("{}", robot.screen());
    let session: &Session = &robot.application.world.session;
    let projects =
        chantier::actions::status::status(session, None, Some("2026-03".parse().unwrap())).unwrap();
    let project = &projects[0];
    let progress = project.progress.unwrap().to_decimal_string(2).replace('.', ",");
    let codes: Vec<String> = project.sites.iter().map(|it| it.site.code.clone()).collect();
    robot.sees(&format!("avancement {progress} %"));
    for code in codes {
        robot.sees(&code);
    }
}

#[test]
fn the_table_fits_every_window_and_an_empty_base() {
    for (language, width, height) in
        [(Language::French, 60, 15), (Language::French, 120, 40), (Language::English, 160, 50)]
    {
        let mut robot = open(language, width, height);
        println!("{}", robot.screen());
        robot.press("End Home PageDown").sees("Code");
    }
    let mut session = Session::empty(today()).unwrap();
    let fields = OrganisationFields { name: Some("Cellule".into()), ..Default::default() };
    organisation::add(&mut session, &fields).unwrap();
    let mut robot = Robot::at(session, Language::French, 80, 24);
    robot.application.perform(Command::Open(Place::Synthesis(None)));
    robot.rest().press("Enter < > p Right Left Down").sees("synthèse");
}
