//! Returns with a recovery plan, suspensions with dates, and grounds that can be read back: by verb, keyboard, and from
//! another machine.

use chantier::actions::session::Session;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};
use chrono::DateTime;
use serde_json::{Value, json};
use std::fs;

use crate::desk::{Desk, text};
use crate::fleet;
use crate::robot::Robot;

/// A site that was out from March on, at 40 %.
fn out(desk: &Desk) {
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "10", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-9"], &terms[..]].concat());
    desk.good(&["entry", "CH-9", "2026-01", "4"]);
    desk.good(&["entry", "CH-9", "2026-02", "6"]);
    desk.good(&["decide", "demobilise", "CH-9", "--reason", "Abandon", "--from", "2026-03"]);
}

const BACK: [&str; 9] =
    ["decide", "remobilise", "CH-9", "--reason", "PV signé", "--plan", "Deux équipes", "--mois", "7"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    out(&desk);
    desk
}

fn on(desk: &Desk, day: &str, arguments: &[&str]) -> Value {
    let output = desk.command_on(day, &[arguments, &["--json"]].concat()).output().unwrap();
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_normal_rate_is_what_remains_over_the_months_granted() {
    let desk = desk();
    desk.good(&BACK);
    assert!(
        desk.command_on("2026-06-02", &["entry", "CH-9", "2026-05", "12,71"]).status().unwrap().success()
    );
    let may = &on(&desk, "2026-06-02", &["status", "CH-9", "--month", "2026-05"])[0];
    // 94 points in seven months are 13.428…: 6.71 points are 49.96 %, not good.
    assert_eq!((&may["normal_rate"], &may["target_rate"]), (&"13.42".into(), &"49.96".into()));
    assert_eq!((&may["status"], &may["cycle"]["month"]), (&"problematique".into(), &1.into()));
    let plan =
        json!({ "from": "2026-04", "months": 7, "known": "6.00", "normal_rate": "13.42", "end": "2026-10" });
    assert_eq!((&may["recovery"], &may["remobilisations"]), (&plan, &1.into()));
    assert!(text(&desk.run(&["doctor"]).stdout).contains("tout concorde"));
}

#[test]
fn the_letter_says_plan_rate_and_targets() {
    let desk = desk();
    desk.good(&BACK);
    let asked = ["notices", "prepare", "--place", "CH-9", "--kind", "remobilisation"];
    let notice = desk.json(&asked);
    let letter = notice["letter"].as_str().unwrap().replace('\u{a0}', " ");
    for said in [
        "Plan de rattrapage accepté : Deux équipes",
        "accordé 7 mois pour finir",
        "13,42 points par mois",
        "avril 2026          19,43",
        "octobre 2026       100,00",
        "remobilisation n° 1",
    ] {
        assert!(letter.contains(said), "{said}: {letter}");
    }
    // What the month of the return brings changes no plan.
    desk.good(&["entry", "CH-9", "2026-04", "9"]);
    assert_eq!(desk.json(&asked)["facts"]["decision"], notice["facts"]["decision"]);
}

#[test]
fn a_plan_belongs_to_a_return() {
    let desk = desk();
    let other = ["decide", "close", "CH-9", "--reason", "x", "--months", "7"];
    assert!(desk.refused(&other).contains("Seule une remobilisation"));
    let none = ["decide", "remobilise", "CH-9", "--reason", "x", "--months", "0"];
    assert!(desk.refused(&none).contains("de 1 à 600"));
    assert!(desk.refused(&["decide", "remobilise", "CH-9"]).contains("motif"));
    assert!(desk.refused(&["decide", "show", "CH-9", "--reason", "x"]).contains("retirez"));
}

#[test]
fn a_suspension_with_dates_extends_the_delay() {
    let desk = Desk::new();
    desk.organisation();
    out(&desk);
    desk.good(&["undo"]);
    desk.good(&["decide", "suspend", "CH-9", "--reason", "Crue", "--from", "2026-03"]);
    let consumed = |day: &str, month: &str| {
        on(&desk, day, &["status", "CH-9", "--month", month])[0]["time_consumed"].clone()
    };
    assert_eq!(consumed("2026-06-10", "2026-05"), "20.00", "two months of ten, however long it lasts");
    desk.good(&["decide", "resume", "CH-9", "--reason", "Décrue", "--from", "2026-04"]);
    assert_eq!(consumed("2026-06-10", "2026-05"), "40.00");
    desk.good(&["decide", "suspend", "CH-9", "--reason", "Crue", "--from", "2026-05", "--to", "2026-05"]);
    assert_eq!(consumed("2026-06-10", "2026-05"), "30.00");
}

#[test]
fn grounds_are_read_back_after_the_figures_were_corrected() {
    let desk = desk();
    desk.good(&["entry", "CH-9", "2026-02", "30"]);
    let kept = desk.json(&["decide", "show", "CH-9"])[0]["grounds"].clone();
    let months = kept["months"].as_array().unwrap();
    let february = months.iter().find(|it| it["month"] == "2026-02").unwrap();
    assert_eq!((&february["cumulative"], &february["target"]), (&"6.00".into(), &"20.00".into()));
    assert_eq!((&february["outcome"], &kept["warned"]), (&"pre_demobilisation".into(), &true.into()));
    let rows = desk.json(&["history", "CH-9", "--all"]);
    let told = rows.as_array().unwrap().iter().find(|it| it["kind"] == "decision").unwrap();
    assert_eq!(told["grounds"], kept);
    let said = desk.good(&["history", "CH-9", "--all"]);
    assert!(said.contains("février 2026 : 6,00 % cumulés, 2,00 dans le mois, N 10,00, R 20,00"), "{said}");
    assert!(
        !desk.good(&["history", "CH-9"]).contains("by_policy"),
        "grounds are told, not printed as they are kept"
    );
}

#[test]
fn a_decision_travels_with_its_plan_and_grounds() {
    let office = fleet::founder();
    let laptop = fleet::member(&office, "portable");
    out(&office);
    office.good(&BACK);
    let bundle = office.path("tour.chantier");
    office.good(&["bundle", "export", fleet::text(&bundle)]);
    laptop.good(&["bundle", "import", fleet::text(&bundle)]);
    for asked in [&["decide", "show", "CH-9"][..], &["status", "CH-9", "--month", "2026-04"]] {
        assert_eq!(laptop.json(asked), office.json(asked), "{asked:?}");
    }
    assert!(text(&laptop.run(&["doctor"]).stdout).contains("tout concorde"));
    laptop.good(&["decide", "close", "CH-9", "--reason", "Fin", "--from", "2026-05"]);
    let _ = fs::remove_file(&bundle);
    laptop.good(&["bundle", "export", fleet::text(&bundle)]);
    office.good(&["bundle", "import", fleet::text(&bundle)]);
    assert_eq!(office.json(&["decide", "show", "CH-9"]).as_array().unwrap().len(), 3);
    assert_eq!(office.json(&["conflicts"]), json!([]));
}

/// Sits down at the file of a desk.
fn robot(desk: &Desk, width: u16, height: u16) -> Robot {
    let path = desk.path(".local/share/chantier/chantier.db");
    let today = Some(crate::robot::today());
    let session = Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, today).unwrap();
    let lot = session.store.read().lots().unwrap()[0].id;
    let mut robot = Robot::at(session, Language::French, width, height);
    robot.application.perform(Command::Open(Place::Decide(lot)));
    robot.rest();
    robot
}

#[test]
fn the_dialog_asks_for_plan_and_months() {
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        let desk = desk();
        let mut robot = robot(&desk, width, height);
        robot.press("r").sees("Plan").sees("vide : le taux");
        println!("{}", robot.screen());
        robot.type_text("PV signé").press("Enter").type_text("Deux équipes de plus").press("Enter");
        robot.type_text("700").press("Enter").sees("de 1 à 600").press("C-u").type_text("7");
        robot.sees("N = 13,42").press("Enter Enter");
        println!("{}", robot.screen());
        robot
            .sees("Entrée encore pour prononcer la remobilisation")
            .press("Enter")
            .sees("remobilisation prononcée")
            .sees("prépare sa lettre");
        let kept = desk.json(&["decide", "show", "CH-9"]);
        assert_eq!((&kept[1]["plan"], &kept[1]["months"]), (&"Deux équipes de plus".into(), &7.into()));
        assert_eq!(kept[1]["reason"], "PV signé");
    }
}

#[test]
fn a_resumption_has_its_month() {
    let desk = desk();
    desk.good(&["undo"]);
    let mut robot = robot(&desk, 80, 24);
    robot.press("s").type_text("Crue").press("Tab C-u").type_text("2026-03").press("Enter Enter Enter");
    let lot = robot.application.world.session.store.read().lots().unwrap()[0].id;
    robot.application.perform(Command::Open(Place::Decide(lot)));
    robot.rest().press("p").type_text("Décrue").press("Tab C-u").type_text("2026-04").press("Enter Enter");
    let kept = desk.json(&["decide", "show", "CH-9"]);
    let from = |at: usize| (kept[at]["kind"].as_str().unwrap(), kept[at]["from"].as_str().unwrap());
    assert_eq!((from(1), from(2)), (("suspend", "2026-03"), ("resume", "2026-04")));
}

#[test]
fn a_typing_error_is_proposed_as_the_reason() {
    let desk = Desk::new();
    desk.organisation();
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "8", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-1"], &terms[..]].concat());
    for (month, figure) in [("2026-01", "6"), ("2026-02", "8"), ("2026-03", "9")] {
        desk.good(&["entry", "CH-1", month, figure]);
    }
    desk.good(&["decide", "demobilise", "CH-1", "--reason", "Abandon"]);
    desk.good(&["entry", "CH-1", "2026-03", "19"]);
    let mut robot = robot(&desk, 80, 24);
    println!("{}", robot.screen());
    robot.sees("n’y appellent plus").press("r").sees("Erreur de saisie").press("Esc").sees("► r");
    robot.press("r Enter Enter Enter Enter Enter").sees("remobilisation prononcée");
}

#[test]
fn the_dialog_says_who_may_and_what_was_notified() {
    let desk = desk();
    desk.good(&["contact", "add", "Jean", "--post", "directeur-projet", "--project", "PACS"]);
    let mut sat = robot(&desk, 80, 24);
    sat.press("r");
    println!("{}", sat.screen());
    sat.sees("awa n’est pas connu comme directeur").press("Esc s");
    desk.good(&["undo"]);
}

#[test]
fn the_trail_tells_the_grounds() {
    let desk = desk();
    let mut robot = robot(&desk, 120, 40);
    robot.press("Esc");
    let lot = robot.application.world.session.store.read().lots().unwrap()[0].id;
    robot.application.perform(Command::Open(Place::Trail(lot, None)));
    robot.rest().press("/").type_text("abandon").press("Enter Enter");
    println!("{}", robot.screen());
    robot
        .sees("Motif : Abandon")
        .sees("février 2026 : 6,00 % cumulés")
        .sees("Une pré-démobilisation était constatée");
}

#[test]
fn what_an_older_program_kept_is_derived_again() {
    let desk = desk();
    let path = desk.path(".local/share/chantier/chantier.db");
    let open = || Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, None).unwrap();
    let mut session = open();
    let rows = session.store.read().standings(None).unwrap();
    let older: Vec<_> = rows
        .iter()
        .map(|it| {
            let state = [&[1], &it.state[1..]].concat();
            (it.lot, Some(chantier::store::read::StandingRow { state, ..it.clone() }))
        })
        .collect();
    session.store.keep_standings(&older).unwrap();
    assert_ne!(session.store.read().standings(None).unwrap(), rows);
    drop(session);
    assert_eq!(open().store.read().standings(None).unwrap(), rows);
}
