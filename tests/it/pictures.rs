//! The pictures of every screen, written from the demonstration: `just shots` writes them, the test compares them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use chantier::actions::overview::overview;
use chantier::actions::record_entry;
use chantier::actions::sign_off::lock::{self, Unlocking};
use chantier::actions::sign_off::{self, Form, Request};
use chantier::model::id::Id;
use chantier::model::site::Lot;
use chantier::texts::Language;
use chantier::ui::command::{Command, EntryAim, FormAim, Place};
use chantier::ui::picture::{Ground, svg};
use chantier::ui::theme::{Depth, Scheme, Theme};

use crate::robot::Robot;

/// How one comes from the dashboard to what a picture shows.
enum Way {
    /// Keys.
    Keys(&'static str),
    /// A place, instead of the dashboard.
    Place(fn(&Robot) -> Place),
    /// A place over the dashboard, then a text that is typed.
    Typed(Place, &'static str),
}

/// Every screen, by the name of its picture.
const PICTURES: &[(&str, Way)] = &[
    ("dashboard", Way::Keys("")),
    ("follow-up", Way::Place(|_| Place::FollowUp(None))),
    ("card", Way::Place(|it| Place::Card(worst(it)))),
    ("entry", Way::Place(|_| Place::Entry(EntryAim::default()))),
    ("observation", Way::Place(|it| Place::Observation(worst(it), it.application.world.portfolio.month))),
    ("alerts", Way::Place(|_| Place::Alerts)),
    ("decide", Way::Place(|it| Place::Decide(worst(it)))),
    ("notices", Way::Keys("g n Down")),
    ("letter", Way::Keys("g n Down Enter")),
    ("trail", Way::Place(|it| Place::Trail(worst(it), None))),
    ("synthesis", Way::Place(|_| Place::Synthesis(None))),
    ("registers", Way::Place(|_| Place::Registers)),
    ("form", Way::Place(|_| Place::Form(FormAim::AddSite(None)))),
    ("import", Way::Typed(Place::Import, "tests/fixtures/import/suivi-sites.xlsx\n")),
    ("conflicts", Way::Place(|_| Place::Conflicts)),
    ("exchange", Way::Place(|_| Place::Exchange)),
    ("help", Way::Keys("?")),
    ("palette", Way::Typed(Place::Palette, "hop")),
    ("tour", Way::Keys(": v i s i t e Enter Enter")),
    ("welcome", Way::Place(|_| Place::Welcome)),
];
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The lot in the worst state.
fn worst(robot: &Robot) -> Id<Lot> {
    let world = &robot.application.world;
    let overview = overview(&world.session, &world.portfolio).expect("figures");
    Id::from_bytes(overview.heat.first().expect("a lot").lot)
}

/// Goes from wherever the robot is to what a picture shows.
fn go(robot: &mut Robot, way: &Way) {
    let ask = |robot: &mut Robot, command| {
        robot.application.perform(command);
    };
    ask(robot, Command::Switch(Place::Dashboard));
    match way {
        Way::Keys("") => {}
        Way::Keys(keys) => {
            robot.press(keys);
        }
        Way::Typed(place, text) => {
            ask(robot, Command::Open(place.clone()));
            robot.type_text(text);
        }
        // What floats needs a screen below it.
        Way::Place(place) => {
            let place = place(robot);
            ask(robot, Command::Open(place));
        }
    }
    robot.application.app.notice = None;
    robot.rest();
}

/// Draws everything: names and pictures.
fn drawn() -> Vec<(String, String)> {
    let mut drawn = Vec::new();
    for (language, word) in [(Language::French, "fr"), (Language::English, "en")] {
        let mut robot = Robot::demo_in(language, 80, 24);
        // Notices are there from the first picture on.
        robot.press("g n n");
        draw_all(&mut robot, PICTURES, word, &mut drawn);
        draw_all(&mut vouched(language), VOUCHED, word, &mut drawn);
    }
    drawn
}

/// Draws pictures in every size and on both grounds.
fn draw_all(robot: &mut Robot, pictures: &[(&str, Way)], word: &str, drawn: &mut Vec<(String, String)>) {
    for (ground, scheme, shade) in
        [(Ground::Dark, Scheme::Dark, "dark"), (Ground::Light, Scheme::Light, "light")]
    {
        robot.application.world.theme = Theme { depth: Depth::True, scheme, light: ground == Ground::Light };
        for (width, height) in SIZES {
            robot.resize(width, height);
            for (name, way) in pictures {
                go(robot, way);
                let name = format!("{name}-{width}x{height}-{shade}-{word}.svg");
                drawn.push((name, with_one_code(&svg(robot.buffer(), ground))));
            }
        }
    }
}

/// The screens of sign-offs, on a demonstration of which months are signed.
const VOUCHED: &[(&str, Way)] =
    &[("sign-off", Way::Keys("g v Down Down")), ("signing", Way::Keys("g v Down Enter"))];

/// Sits down at the demonstration of which the first project's months are signed: old ones by all, a later one whose
/// figure changed since.
fn vouched(language: Language) -> Robot {
    let mut robot = Robot::demo_in(language, 80, 24);
    let session = &mut robot.application.world.session;
    let project = session.store.read().projects().unwrap().remove(0).id;
    let mut sign = |month: &str, signers: &[&str]| {
        for signer in signers {
            (*signer).clone_into(&mut session.user);
            let (month, form, comment) = (month.parse().unwrap(), Form::Session, String::new());
            let request = Request { project: project.into(), month, level: None, form, comment };
            sign_off::sign(session, &request).unwrap();
        }
    };
    for month in ["2025-10", "2025-11", "2025-12"] {
        sign(month, &["o.naditeka", "s.kasombadi", "m.bediteka"]);
    }
    sign("2026-01", &["o.naditeka", "s.kasombadi"]);
    sign("2026-02", &["o.naditeka"]);
    session.user = "awa".into();
    let (month, reason) = ("2026-01".parse().unwrap(), "Métré refait".into());
    let asked = Unlocking { project: project.into(), month, reason, until: "2026-04-13".parse().ok() };
    lock::unlock(session, &asked).unwrap();
    let row = robot.application.world.portfolio.rows.iter().find(|it| it.project == project).unwrap();
    let entry = record_entry::Request {
        place: row.lot.into(),
        month,
        typed: Some("72,5".parse().unwrap()),
        observation: None,
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(&mut robot.application.world.session, &entry).unwrap();
    robot.rest();
    robot
}

/// Codes stand for texts with identifiers, which are others each time: in pictures they are all the same.
fn with_one_code(picture: &str) -> String {
    let code = |it: &[u8]| {
        let sign = |(at, it): (usize, &u8)| match at {
            4 | 9 => *it == b'-',
            _ => it.is_ascii_digit() || it.is_ascii_uppercase(),
        };
        it.iter().enumerate().all(sign)
    };
    let mut bytes = picture.as_bytes().to_vec();
    for at in 0..bytes.len().saturating_sub(14) {
        if code(&bytes[at..at + 14]) {
            bytes[at..at + 14].copy_from_slice(b"7K3F-9A2B-4CDX");
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn pictures_show_the_present_screens() {
    let folder = Path::new("screenshots");
    let drawn = drawn();
    if env::var_os("CHANTIER_WRITE").is_some() {
        fs::create_dir_all(folder).unwrap();
        for (name, picture) in &drawn {
            fs::write(folder.join(name), picture).unwrap();
        }
    }
    let kept: BTreeSet<PathBuf> =
        fs::read_dir(folder).map(|it| it.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default();
    let stale: Vec<_> = kept
        .iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let present = drawn.iter().find(|it| it.0 == name);
            present.is_none_or(|it| fs::read_to_string(path).unwrap() != it.1)
        })
        .collect();
    assert!(stale.is_empty(), "no longer what the screens show: {stale:?}; `just shots` writes them again");
}
