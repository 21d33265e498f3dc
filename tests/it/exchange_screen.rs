//! The exchange on the screens: places, what runs beside them, bundles, marks.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chantier::actions::demo;
use chantier::actions::exchange::exchange::Progress;
use chantier::actions::exchange::summary::Summary;
use chantier::actions::exchange::{machines, remotes};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::month::Month;
use chantier::model::problem::Problem;
use chantier::store::exchange::ranges::Ranges;
use chantier::texts::{Language, Texts};
use chantier::ui::command::{Command, Place};
use chantier::ui::fulfil::Effect;
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::conflicts::{diverged, percent};
use crate::robot::{Robot, THEME, desk, today};

/// Sits down at a file of the demonstration, at the screen of the exchange.
fn sit(folder: &Path) -> Robot {
    sit_in(folder, Language::French, 80, 24)
}

fn sit_in(folder: &Path, language: Language, width: u16, height: u16) -> Robot {
    let desk = desk(folder);
    let mut session = Session::open(&desk.path, true, "awa".into(), (desk.clock)(), Some(today())).unwrap();
    if session.store.read().organisation().unwrap().is_none() {
        let last_month = Month::of(today()).previous();
        demo::write(&mut session, &Spec { sites: 8, months: 6, seed: 1, last_month }, |_| {}).unwrap();
    }
    let world = World::with(desk, session, true, Texts::new(language), THEME, Local::nowhere());
    let mut robot = Robot::in_world(world, width, height);
    robot.application.perform(Command::Open(Place::Exchange));
    robot.rest();
    robot
}

/// Returns the words on the screen, wherever lines end.
fn words(robot: &Robot) -> String {
    robot.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn session(robot: &mut Robot) -> &mut Session {
    &mut robot.application.world.session
}

/// Waits for the end of what runs beside the screens.
fn wait(robot: &mut Robot) {
    while robot.application.is_exchanging() {
        robot.application.listen(Duration::from_mins(1));
    }
    robot.rest();
}

/// Exchanges by saying what it came to; what was written here is acknowledged by a machine that does not exist.
fn acknowledging(robot: &mut Robot, summary: Summary) {
    robot.application.world.exchange = Arc::new(move |session, key, remote, _, _| {
        machines::introduce(session, key, "portable")?;
        machines::seal(session, key)?;
        let mut all = Ranges::default();
        all.insert(1, session.store.read().last_arrival()?);
        session.store.keep_acknowledged([9; 8], &all, 0)?;
        let mut remote = remote.clone();
        remote.machine = Some([9; 8]);
        remote.last_ms = Some(session.now.timestamp_millis());
        remote.last = serde_json::to_string(&summary).ok();
        session.store.keep_remote(&remote)?;
        Ok(summary.clone())
    });
}

fn add(robot: &mut Robot, target: &str) {
    robot.press("a").type_text(target).press("Enter Enter").sees("est ajouté");
}

#[test]
fn an_empty_screen_says_what_the_exchange_is_and_how_to_begin() {
    for (language, title) in [(Language::French, "échanges"), (Language::English, "exchange")] {
        for (width, height) in [(60, 15), (80, 24), (120, 40)] {
            let folder = TempDir::new().unwrap();
            let mut robot = sit_in(folder.path(), language, width, height);
            println!("{}\n", robot.screen());
            let way = if language == Language::French { "Ajoutez un lieu" } else { "Add a place" };
            assert!(words(robot.sees(title)).contains(way));
            robot.misses("à jour").misses("up to date");
        }
    }
}

#[test]
fn the_screen_is_a_digit_or_two_keys_away_and_in_the_palette() {
    let mut robot = Robot::demo();
    robot.press("0").sees("Les machines de l’organisation");
    robot.press("g t g x").sees("Les machines de l’organisation");
    robot.press("g t :").type_text("échanges").press("Enter").sees("Les machines de l’organisation");
    robot.press("Enter").sees("ajoutez-en un avec a").press("e").sees("ajoutez-en un avec a");
    robot.press("D").sees("ajoutez-en un avec a");
}

#[test]
fn a_place_is_added_and_forgotten() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path());
    robot
        .press("a")
        .type_text("http://x")
        .press("Enter")
        .sees("n’est pas un lieu d’échange")
        .sees("http://x");
    robot.press("Esc").misses("http://x");
    robot
        .press("a")
        .type_text("awa@siege.exemple.org")
        .press("Enter")
        .sees("Comment appeler")
        .sees("siege.exemple.org");
    println!("{}", robot.screen());
    robot
        .press("C-u")
        .type_text("siège")
        .press("Enter")
        .sees("siège est ajouté")
        .sees("serveur")
        .sees("jamais");
    println!("{}", robot.screen());
    robot.press("a").type_text("/media/cle").press("Enter C-u").type_text("SIEGE").press("Enter");
    robot
        .sees("Un lieu s’appelle déjà")
        .sees("SIEGE")
        .press("C-u")
        .type_text("clé")
        .press("Enter")
        .sees("dossier");
    println!("{}", robot.screen());
    assert_eq!(remotes::all(session(&mut robot)).unwrap().len(), 2);
    robot.press("D").sees("Oublier").type_text("non").press("Enter").sees("Tapez oui");
    robot.press("C-u").type_text("oui").press("Enter").sees("est oublié");
    assert_eq!(remotes::all(session(&mut robot)).unwrap().len(), 1);
}

#[test]
fn an_exchange_runs_beside_the_screens_and_leaving_is_asked_twice() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path());
    add(&mut robot, "awa@siege");
    let (go, gone) = channel::<()>();
    let gone: Arc<Mutex<Receiver<()>>> = Arc::new(Mutex::new(gone));
    robot.application.world.exchange = Arc::new(move |_, _, _, request, watch| {
        assert!(!request.may_ask, "no question in the middle of the screen");
        watch(Progress { sent: (1, 3), received: (2, Some(40)) });
        gone.lock().unwrap().recv().unwrap();
        Ok(Summary { sent: 3, received: 40, conflicts_new: 1, ..Summary::default() })
    });
    robot.press("Enter");
    while robot.application.world.in_brief.running.as_ref().is_some_and(|it| it.1.sent.1 == 0) {
        robot.application.listen(Duration::from_millis(20));
    }
    robot.press("Down").sees("échange : 1/3 envoyés, 2/40 reçus").sees("en cours");
    println!("{}", robot.screen());
    robot.press("Enter").sees("Un échange est en cours");
    robot.press("Esc q").sees("quittez encore une fois");
    assert_eq!(robot.effect, Effect::Nothing);
    robot.press("2").sees("suivi").press("C-c");
    assert_eq!(robot.effect, Effect::Nothing, "another key has come between");
    robot.press("C-c");
    assert_eq!(robot.effect, Effect::Quit);
    go.send(()).unwrap();
    wait(&mut robot);
    robot.sees("3 envoyés, 40 reçus").sees("Une valeur a maintenant deux versions");
    robot.press("C-c");
    assert_eq!(robot.effect, Effect::Quit);
}

#[test]
fn an_exchange_that_fails_is_said_and_one_that_succeeds_is_kept() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path());
    add(&mut robot, "awa@siege");
    robot.application.world.exchange =
        Arc::new(|_, _, _, _, _| Err(Problem::new("exchange-in-memory").into()));
    robot.press("e");
    wait(&mut robot);
    robot.sees("n’échange pas").sees("jamais");
    acknowledging(&mut robot, Summary { sent: 3, received: 12, ..Summary::default() });
    robot.press("Enter");
    wait(&mut robot);
    println!("{}", robot.screen());
    robot
        .sees("siege : 3 envoyés, 12 reçus.")
        .sees("06/04/2026")
        .sees("à jour")
        .sees("portable (ici) · administre");
    robot.sees("Cette machine est inscrite").sees("ssh-ed25519");
    for (language, width, height) in
        [(Language::French, 60, 15), (Language::French, 120, 40), (Language::English, 80, 24)]
    {
        let robot = sit_in(folder.path(), language, width, height);
        println!("{}\n", robot.screen());
    }
}

#[test]
fn what_panics_beside_the_screens_is_said() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path());
    add(&mut robot, "awa@siege");
    robot.application.world.exchange = Arc::new(|_, _, _, _, _| panic!("in the exchange"));
    robot.press("Enter");
    wait(&mut robot);
    robot.sees("s’est interrompu");
}

#[test]
fn the_header_and_the_grid_say_what_is_to_be_shared() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path());
    robot.press("g e").rest().misses("à partager").misses("à jour").sees("√");
    robot.press("g x");
    add(&mut robot, "awa@siege");
    robot.rest().sees("à partager");
    robot.press("g e").rest().sees("↑").misses("√");
    acknowledging(&mut robot, Summary { sent: 1, ..Summary::default() });
    robot.press("g x Enter");
    wait(&mut robot);
    robot.press("g e").rest().sees("à jour").sees("√").misses("↑");
    robot.press("Home").type_text("90\n").rest().sees("↑").sees("1 à partager");
    robot.press("Home").rest();
    println!("{}", robot.screen());
    robot.sees("· à partager");
    robot.press("? /").type_text("enregistré").sees("↑").sees("enregistré, à partager");
}

#[test]
fn a_bundle_is_written_here_and_read_there() {
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut robot = sit(here.path());
    robot.press("x").sees("tout ce que cette machine connaît").sees("portable-2026-04-06.chantier");
    println!("{}", robot.screen());
    robot.press("Enter");
    wait(&mut robot);
    robot.sees("changements dans");
    let bundle = here.path().join("portable-2026-04-06.chantier");
    assert!(bundle.exists());
    robot.press("x").sees("portable-2026-04-06-2.chantier").press("C-u");
    robot.type_text(&bundle.display().to_string()).press("Enter");
    wait(&mut robot);
    robot.sees("existe déjà").sees("portable-2026-04-06.chantier").press("Esc");

    // The other machine begins with this bundle, and takes a later one on its screen.
    {
        let desk = desk(there.path());
        let mut other =
            Session::open(&desk.path, true, "bina".into(), (desk.clock)(), Some(today())).unwrap();
        let mut file = chantier::actions::exchange::bundle_in::BundleFile::open(&bundle, Vec::new()).unwrap();
        chantier::actions::exchange::bundle_in::import(&mut other, &mut file, false).unwrap();
    }
    robot.press("g e Home").type_text("91\n").press("g x x Enter");
    wait(&mut robot);
    let mut other = sit(there.path());
    other.sees("n’est pas encore inscrite").sees("portable · administre");
    println!("{}", other.screen());
    other.press("i").sees("Fichier du lot à lire").press("C-u");
    other.type_text(&format!("{}/nichts", here.path().display())).press("Enter");
    wait(&mut other);
    other.sees("nichts").sees("ne s’ouvre pas").press("C-u");
    other.type_text(&format!("{}/portable", here.path().display())).press("Tab").sees("portable-2026-04-06");
    println!("{}", other.screen());
    other.press("Down Enter");
    wait(&mut other);
    other.sees("reçus").sees("lu :");
    other.press("g e Home").rest().sees("91,00");
}

#[test]
fn what_competes_is_marked_where_people_look() {
    let (here, _, lot) = diverged(percent(8100), percent(8200));
    let mut robot = Robot::at(here, Language::French, 80, 24);
    robot.press("g s").rest();
    println!("{}", robot.screen());
    let marked = robot.screen().lines().filter(|it| it.contains('‼')).count();
    assert_eq!(marked, 1, "the lot, and no other");
    robot.application.perform(Command::Open(Place::Card(lot)));
    robot.rest().sees("‼ Deux versions se contredisent");
    robot.press("g x").sees("‼ Une valeur a deux versions à trancher").press("Enter").sees("conflits");
    robot.press("Enter Enter").sees("conflit réglé");
    robot.press("g s").rest().misses("‼");
    robot.press("g x").misses("à trancher");
}

#[test]
fn the_same_written_twice_is_no_conflict() {
    let (here, _, _) = diverged(percent(8100), percent(8100));
    let mut robot = Robot::at(here, Language::French, 80, 24);
    robot.misses("se contredisent").press("g s").rest().misses("‼").press("g e").rest().misses("‼");
}

#[test]
fn conflicts_stand_in_the_header_where_there_is_a_place() {
    let (here, _, _) = diverged(percent(8100), percent(8200));
    let mut robot = Robot::at(here, Language::French, 80, 24);
    robot.rest().misses("1 conflit").press("g x");
    add(&mut robot, "/media/cle");
    robot.rest().sees("1 conflit").press("g t").sees("1 conflit");
}

#[test]
fn a_folder_is_a_place() {
    let (folder, stick) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut robot = sit(folder.path());
    add(&mut robot, &stick.path().display().to_string());
    robot.press("Enter");
    wait(&mut robot);
    println!("{}", robot.screen());
    let all = robot.application.world.in_brief.unshared.unwrap();
    robot.sees(&format!("{all} envoyés, 0 reçus")).sees("–");
    robot.press("e");
    wait(&mut robot);
    robot.sees("rien de nouveau");
    robot.press("g e Home").type_text("92\n").press("g x").rest();
    println!("{}", robot.screen());
    robot.press("e");
    wait(&mut robot);
    robot.sees("1 envoyés");
}
