//! The trail of a lot, read on the screen.

use chantier::actions::decide;
use chantier::actions::op::{Note, OpName};
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::model::decision::DecisionKind;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::rules::LotState;
use chantier::store::change::Scope;
use chantier::store::registry::{DELIVERY, NOTICE, Table};
use chantier::store::value::Value;
use chantier::texts::Language;
use chantier::ui::command::{Command, Place};
use chrono::DateTime;

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
        months: None,
        plan: String::new(),
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

/// A lot whose contractor was warned by a notice, whose figures were corrected, and whose month was signed.
fn followed(path: &std::path::Path) -> Id<Lot> {
    let desk = crate::desk::Desk::new();
    let db = ["--db", path.to_str().unwrap()];
    let run = |arguments: &[&str]| desk.good(&[arguments, &db[..]].concat());
    run(&["org", "add", "Cellule"]);
    run(&["project", "add", "PACS"]);
    run(&["site", "add", "CH-1", "--project", "PACS", "--start", "2026-01", "--duration", "10"]);
    run(&["entry", "CH-1", "2026-01", "4"]);
    run(&["entry", "CH-1", "2026-02", "6", "--observation", "Pluie"]);
    run(&["entry", "CH-1", "2026-02", "5"]);
    run(&["sign", "PACS", "2026-02", "--comment", "Vu"]);
    let mut session = open_file(path);
    let lot = session.store.read().lots().unwrap()[0].clone();
    warn(&mut session, &lot);
    run(&["decide", "suspend", "CH-1", "--reason", "Attente du courant", "--from", "2026-04"]);
    run(&["sign", "PACS", "2026-02", "--level", "approved"]);
    run(&["undo"]);
    run(&["unlock", "PACS", "2026-02", "--reason", "Métré", "--until", "2026-04-30"]);
    lot.id
}

fn open_file(path: &std::path::Path) -> Session {
    Session::open(path, false, "awa".into(), DateTime::UNIX_EPOCH, Some(crate::robot::today())).unwrap()
}

/// Writes a notice of pre-demobilisation: drawn up, approved, accepted by a server and refused by another.
fn warn(session: &mut Session, lot: &Lot) {
    let scope = Scope::Site(lot.site.bytes());
    let project = session.store.read().projects().unwrap()[0].id;
    let notice = vec![Value::Bytes(vec![7; 16])];
    let text = |it: &str| Some(Value::from(it));
    let mut write = |table: &'static Table, key: Vec<Value>, columns: Vec<(u8, Value)>| {
        session
            .steady(|session| {
                session.transact(OpName::Edit, &Note::new(), |tx| {
                    tx.put(table, scope, key.clone(), columns.clone(), None)?;
                    Ok(())
                })
            })
            .unwrap();
    };
    let columns = NOTICE.columns([
        ("kind", text("pre-demobilisation")),
        ("project", Some(project.into())),
        ("lot", Some(lot.id.into())),
        ("month", Some("2026-02".parse::<Month>().unwrap().into())),
        ("subject", text("Retard du lycée")),
        ("body", text("Monsieur…")),
        ("state", text("draft")),
        ("day", text("2026-03-02")),
    ]);
    write(&NOTICE, notice.clone(), columns);
    for (at, name, email) in [(8, "Mbondé SARL", "mbonde@exemple.org"), (9, "Ministère", "")] {
        let columns = DELIVERY.columns([
            ("notice", Some(notice[0].clone())),
            ("name", text(name)),
            ("email", text(email)),
            ("state", text("waiting")),
        ]);
        write(&DELIVERY, vec![Value::Bytes(vec![at; 16])], columns);
    }
    let columns = NOTICE.columns([("state", text("ready")), ("reference", text("2026-014"))]);
    write(&NOTICE, notice, columns);
    for (at, state, reply) in [(8, "sent", "250 accepté par mx.exemple.org"), (9, "failed", "sans adresse")]
    {
        let columns = DELIVERY.columns([
            ("state", text(state)),
            ("channel", text("smtp")),
            ("reply", text(reply)),
            ("at_ms", Some(Value::Int(1_772_445_600_000))),
        ]);
        write(&DELIVERY, vec![Value::Bytes(vec![at; 16])], columns);
    }
    let columns = DELIVERY.columns([("email", text("mo@exemple.org"))]);
    write(&DELIVERY, vec![Value::Bytes(vec![9; 16])], columns);
}

#[test]
fn the_whole_trail_is_one_list() {
    let desk = crate::desk::Desk::new();
    let path = desk.path("base.db");
    followed(&path);
    let db = ["--db", path.to_str().unwrap()];
    let rows = desk.json(&[&["history", "CH-1", "--all"], &db[..]].concat());
    let rows = rows.as_array().unwrap();
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .filter(|it| it["kind"] != "value")
        .map(|it| (it["kind"].as_str().unwrap(), it["month"].as_str().unwrap(), it["text"].as_str().unwrap()))
        .collect();
    for it in &told {
        println!("{it:?}");
    }
    let kinds: Vec<_> = told.iter().map(|it| (it.0, it.1)).collect();
    let expected = [
        ("figure", "2026-01"),
        ("alert", "2026-01"),
        ("figure", "2026-02"),
        ("observation", "2026-02"),
        ("correction", "2026-02"),
        ("alert", "2026-02"),
        ("sign-off", "2026-02"),
        ("notice", "2026-02"),
        ("delivery", "2026-02"),
        ("delivery", "2026-02"),
        ("notice", "2026-02"),
        ("delivery", "2026-02"),
        ("delivery", "2026-02"),
        ("delivery", "2026-02"),
        ("decision", "2026-04"),
        ("sign-off", "2026-02"),
        ("sign-off", "2026-02"),
        ("derogation", "2026-02"),
    ];
    // March is missing since the 5th of April: the alert stands where the clocks of the writers put it.
    let missing = rows.iter().find(|it| it["alert"] == "non_saisie").unwrap();
    assert_eq!((&missing["month"], &missing["when"]), (&"2026-03".into(), &"2026-04-05".into()));
    let without: Vec<_> = kinds.into_iter().filter(|it| *it != ("alert", "2026-03")).collect();
    assert_eq!(without, expected);
    let find = |kind: &str, at: usize| rows.iter().filter(|it| it["kind"] == kind).nth(at).unwrap();
    let notice = find("notice", 1);
    assert_eq!((&notice["state"], &notice["reference"]), (&"ready".into(), &"2026-014".into()));
    assert_eq!(notice["to"][0]["email"], "mbonde@exemple.org");
    assert_eq!(notice["to"].as_array().unwrap().len(), 2);
    assert_eq!(find("notice", 0)["reference"], "", "a draft has no number yet");
    assert_eq!(find("delivery", 0)["state"], "added");
    let sent = find("delivery", 2);
    assert_eq!((&sent["state"], &sent["reply"]), (&"sent".into(), &"250 accepté par mx.exemple.org".into()));
    let failed = find("delivery", 3);
    assert_eq!(failed["state"], "failed");
    assert!(failed["text"].as_str().unwrap().contains("Ministère <adresse manquante>"), "as it stood then");
    let mended = find("delivery", 4);
    assert_eq!((&mended["state"], &mended["email"]), (&"mended".into(), &"mo@exemple.org".into()));
    assert_eq!(
        (&find("sign-off", 0)["holds"], &find("sign-off", 0)["signer"]),
        (&true.into(), &"awa".into())
    );
    assert_eq!(find("sign-off", 2)["withdrawal"], true);
    assert_eq!(find("derogation", 0)["until"], "2026-04-30");
    assert!(find("alert", 1)["text"].as_str().unwrap().contains("Taux atteint 10,00"));
    let said = desk.good(&[&["historique", "CH-1", "--tout"], &db[..]].concat());
    assert!(said.contains("pré-démobilisation") && said.contains("250 accepté par mx.exemple.org"), "{said}");
    let march = desk.json(&[&["history", "CH-1", "2026-03", "--all"], &db[..]].concat());
    assert_eq!(march.as_array().unwrap().len(), 1, "{march}");
}

#[test]
fn the_dialog_of_decisions_says_what_was_notified() {
    let desk = crate::desk::Desk::new();
    let path = desk.path("base.db");
    let lot = followed(&path);
    let mut robot = Robot::at(open_file(&path), Language::French, 80, 24);
    robot.application.perform(Command::Open(Place::Decide(lot)));
    robot.rest();
    println!("{}", robot.screen());
    robot.sees("Préavis 2026-014 du 02/03/2026 : envoyé à 1 sur 2.");
    robot.press("d").type_text("Abandon").press("Enter Enter Enter").sees("prononcée");
    let session = &robot.application.world.session;
    let taken = chantier::actions::trail::decisions(session, lot).unwrap().pop().unwrap();
    let grounds = taken.grounds.unwrap();
    assert_eq!((grounds.warned, grounds.notified), (true, Some(true)));
    let states: Vec<_> = grounds.letters[0].addressees.iter().map(|it| (&*it.name, &*it.state)).collect();
    assert_eq!(states, [("Mbondé SARL", "sent"), ("Ministère", "failed")]);
}

#[test]
fn the_screen_tells_the_same() {
    let desk = crate::desk::Desk::new();
    let path = desk.path("base.db");
    let lot = followed(&path);
    let mut robot = Robot::at(open_file(&path), Language::French, 120, 40);
    open(&mut robot, lot, None);
    println!("{}", robot.screen());
    robot
        .sees("avis de pré-démob")
        .sees("accepté : Mbondé SARL")
        .sees("vérifié par awa")
        .sees("Taux atteint");
    robot
        .sees("règles")
        .sees("dérogation")
        .sees("n’est pas saisi")
        .sees("texte")
        .press("/")
        .type_text("mx.exemple");
    robot.sees("1 ligne").press("Enter Enter");
    println!("{}", robot.screen());
    robot.sees("250 accepté par mx.exemple.org");
}
