//! Vouching for figures on the screen: signing, what is signed, locked months, rates.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

use chantier::actions::rates::rates;
use chantier::actions::session::Session;
use chantier::actions::sign_off::vouched_months;
use chantier::model::sign_off::SignForm;
use chantier::sync::keys::MachineKey;
use chantier::texts::{Language, Texts};
use chantier::ui::command::{Command, Place};
use chantier::ui::fulfil::Effect;
use chantier::ui::local::Local;
use chantier::ui::screens::AnyScreen;
use chantier::ui::theme::{Depth, Theme};
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::desk::Desk;
use crate::robot::{Robot, THEME, desk, today};
use crate::sign_off::office;

/// Sits down at an office whose March is complete, at the screen of sign-offs.
fn sit(language: Language, width: u16, height: u16) -> Robot {
    let mut robot = Robot::at(office(), language, width, height);
    robot.press("g v").rest();
    robot
}

/// Sits down in a home of one's own, with what signs there.
fn sit_at_home(home: &Path, agent: Option<&Path>) -> Robot {
    let mut desk = desk(home);
    desk.ssh_agent = agent.map(Path::to_path_buf);
    let world = World::with(desk, office(), false, Texts::new(Language::French), THEME, Local::nowhere());
    let mut robot = Robot::in_world(world, 80, 24);
    robot.press("g v").rest();
    robot
}

fn session(robot: &mut Robot) -> &mut Session {
    &mut robot.application.world.session
}

fn user(robot: &mut Robot, name: &str) {
    session(robot).user = name.into();
}

/// Returns how the months of the only project are signed: signer, level, form.
fn signed(robot: &mut Robot) -> Vec<(String, &'static str, SignForm)> {
    let session = session(robot);
    let project = session.store.read().projects().unwrap().remove(0);
    let months = vouched_months(session, &project).unwrap();
    let signed = months.into_iter().flat_map(|it| it.signed).map(|it| it.sign_off);
    signed.map(|it| (it.signer, it.level.word(), it.form)).collect()
}

/// Returns the line of the list that begins with a month.
fn line(robot: &Robot, month: &str) -> String {
    let screen = robot.screen();
    let begins = |it: &&str| it.trim_start_matches(['►', ' ']).starts_with(month);
    screen.lines().find(begins).unwrap_or_else(|| panic!("no {month}:\n{screen}")).to_owned()
}

/// Returns the words on the screen, wherever lines end.
fn words(robot: &Robot) -> String {
    let plain = robot.screen().replace('│', " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_month_is_checked_approved_locked_opened_corrected_and_signed_again() {
    let mut robot = sit(Language::French, 80, 24);
    robot.sees("visas · PACS").sees("à vérifier").sees("code");
    assert!(line(&robot, "mars 2026").contains("2/2"), "{}", robot.screen());
    user(&mut robot, "chef");
    robot.press("Enter").sees("viser mars 2026").sees("2 chiffres · code").sees("session de chef");
    robot.press("Enter").type_text("Vu sur place").press("Enter");
    assert!(
        words(&robot).contains("chef vise mars 2026, niveau « vérifié », 2 chiffres"),
        "{}",
        words(&robot)
    );
    assert!(signed(&mut robot).is_empty(), "it is only asked");
    robot.press("Enter").sees("mars 2026 : vérifié.").sees("Vu sur place");
    user(&mut robot, "directrice");
    robot.press("v Enter Enter Enter").sees("mars 2026 : validé");
    println!("{}", robot.screen());
    robot.sees("■ verrouillé").sees("Verrouillé : validé").sees("√ validé    directrice");

    // The grid is locked, and leads here.
    user(&mut robot, "awa");
    robot.press("s").rest().sees("saisie").sees("verrouillé · validé");
    robot.press("Home").type_text("22\n").sees("mars 2026 de PACS est validé et verrouillé : v va aux visas");
    robot.press("Home").type_text("22").press("u v").sees("visas · PACS");
    robot.press("o").sees("ouvrir mars 2026").press("Enter Enter").sees("demande un motif");
    robot.type_text("Métré refait").press("Enter C-u").type_text("hier").press("Enter");
    robot.sees("« hier » n’est pas un jour").press("C-u").type_text("2026-04-01\n").sees("avant aujourd’hui");
    robot.press("C-u").type_text("10/04/2026\n").sees("ouvert par dérogation jusqu’au 10/04/2026");
    println!("{}", robot.screen());
    robot.sees("ouvert → 10/04").sees("Métré refait");
    robot.press("s Home").type_text("22\n").rest().sees("un chiffre signé a changé").press("g v").rest();
    println!("{}", robot.screen());
    robot.sees("≠ à refaire").sees("≠ vérifié").sees("Texte signé ≠ texte présent").misses("2e valideur");
    robot.press("t").rest();
    println!("{}", robot.screen());
    robot.sees("CH-1, avancement cumulé : 20,00 → 22,00 (awa)").sees("a signé un autre texte");
    robot.sees("cumul: 22.00").press("Esc").misses("cumul:");
    robot.press("v Home").type_text("").press("Enter Enter Enter").sees("mars 2026 : vérifié");
    user(&mut robot, "directrice");
    robot.press("v Enter Enter Enter").rest().misses("≠ à refaire");
    assert!(line(&robot, "mars 2026").contains("validé"), "{}", robot.screen());
    robot.press("u").rest();
    assert!(line(&robot, "mars 2026").contains("≠ à refaire"), "{}", robot.screen());
}

#[test]
fn who_entered_figures_needs_a_second_approver() {
    let mut robot = sit(Language::French, 120, 40);
    user(&mut robot, "bina");
    robot.press("v Enter Enter Enter v Enter Enter Enter").sees("il faut un second valideur").rest();
    println!("{}", robot.screen());
    robot.sees("2e valideur").sees("Qui a validé a saisi de ces chiffres");
    robot.press("v Up").press("Home").press("Enter Enter Enter Enter").sees("bina a déjà signé");
    robot.press("Esc").misses("a déjà signé");
}

#[test]
fn what_cannot_be_signed_is_said_where_one_is() {
    let mut robot = sit(Language::French, 80, 24);
    robot.press("s > Home").type_text("30\n").press("g v").rest().press("Home").sees("avril 2026");
    println!("{}", robot.screen());
    robot.sees("en saisie").sees("1/2").sees("Pour viser, il manque 1 lot : CH-2");
    robot.press("v").sees("avril 2026 n’est pas complet").misses("Signer avec");
    robot.press("o").sees("n’est pas verrouillé aujourd’hui").press("Esc").misses("Motif");
    robot.press("p").sees("Il n’y a qu’un projet");
}

#[test]
fn paper_is_signed_with_the_code_on_it() {
    let mut robot = sit(Language::French, 80, 24);
    let screen = robot.screen();
    let code = screen.split("code ").nth(1).unwrap()[..14].to_owned();
    let signature = (String::from("M. Essomba"), "checked", SignForm::Paper);
    robot.press("v End").sees("papier, page signée").sees("Signataire").press("Enter Enter").sees("champ");
    robot.type_text("M. Essomba").press("Enter").type_text("7K3F-9A2B").press("Enter Enter");
    robot.sees("n’est pas un code de page").press("C-u").type_text(&code.to_lowercase().replace('-', " "));
    robot.press("Enter Enter").sees("M. Essomba vise").press("Enter").rest();
    println!("{}", robot.screen());
    robot.sees("papier").sees("M. Essomba");
    assert_eq!(signed(&mut robot), [signature]);
}

#[test]
fn what_is_typed_is_not_lost_by_one_key() {
    let mut robot = sit(Language::French, 80, 24);
    robot.press("v Enter").type_text("Vu").press("Esc").sees("Échap encore abandonne").sees("Vu");
    robot.type_text("e").sees("Vue").press("Esc Esc").misses("Signer avec");
    robot.press("v Esc").misses("Signer avec");
    robot.press("v Enter").paste("Vu\nsur place").sees("Vu sur place").press("Tab Tab BackTab Up Down C-p");
    robot.sees("chercher partout").press("Esc").sees("Vu sur place");
}

/// Makes a key where people keep theirs.
fn keep_key(home: &Path, name: &str) -> MachineKey {
    let folder = home.join(".ssh");
    fs::create_dir_all(&folder).unwrap();
    let key = MachineKey::generate().unwrap();
    key.keep(&folder.join(name)).unwrap();
    key
}

#[test]
fn a_key_signs_where_there_is_one() {
    let home = TempDir::new().unwrap();
    keep_key(home.path(), "id_ed25519");
    keep_key(home.path(), "autre");
    let mut robot = sit_at_home(home.path(), None);
    robot.press("v").sees("clé SSH ~/.ssh/id_ed25519").sees("toute machine peut le vérifier");
    robot.press("Enter Enter Enter").sees("vérifié").rest().sees("clé SSH").sees("SHA256:");
    user(&mut robot, "directrice");
    robot.press("v Right Right").sees("autre clé SSH").press("Enter").type_text("~/.ssh/nulle");
    robot.press("Enter Enter Enter").sees("Il n’y a pas de clé").press("Up C-u").type_text("~/.ssh/autre");
    robot.press("Enter Enter Enter").sees("mars 2026 : validé");
    let forms: Vec<_> = signed(&mut robot).into_iter().map(|it| it.2).collect();
    assert_eq!(forms, [SignForm::Key, SignForm::Key]);
}

#[test]
fn a_closed_key_is_said_and_the_session_signs() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".ssh");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("id_ed25519");
    #[expect(clippy::disallowed_methods, reason = "tests ask the real ssh-keygen")]
    let made = Process::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "une phrase", "-C", "", "-f", path.to_str().unwrap()])
        .status();
    if made.is_err() {
        return;
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let mut robot = sit_at_home(home.path(), None);
    robot.press("v").sees("session de awa").sees("ssh-add");
    assert!(words(&robot).contains("fermée par une phrase secrète"), "{}", words(&robot));
    robot.press("Left Left").sees("autre clé").press("Enter").type_text(path.to_str().unwrap());
    robot.press("Enter Enter Enter");
    assert!(words(&robot).contains("fermée par une phrase secrète"), "{}", words(&robot));
    assert!(signed(&mut robot).is_empty());
}

/// An agent of our own; it ends with the test.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn agent(socket: &Path) -> Option<Agent> {
    #[expect(clippy::disallowed_methods, reason = "tests ask the real ssh-agent")]
    let mut command = Process::new("ssh-agent");
    command.args(["-D", "-a", socket.to_str().unwrap()]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut agent = Agent(command.spawn().ok()?);
    while std::os::unix::net::UnixStream::connect(socket).is_err() {
        assert!(agent.0.try_wait().unwrap().is_none(), "ssh-agent did not start");
    }
    Some(agent)
}

#[test]
fn the_agent_signs_beside_the_screen() {
    let home = TempDir::new().unwrap();
    let socket = home.path().join("agent");
    let Some(_agent) = agent(&socket) else { return };
    let key = keep_key(home.path(), "ailleurs");
    #[expect(clippy::disallowed_methods, reason = "tests ask the real ssh-add")]
    let added = Process::new("ssh-add")
        .arg(home.path().join(".ssh/ailleurs"))
        .env("SSH_AUTH_SOCK", &socket)
        .stderr(Stdio::null())
        .status();
    assert!(added.unwrap().success());
    let mut robot = sit_at_home(home.path(), Some(&socket));
    robot.press("v").sees("agent SSH : ").sees("hors d’ici").press("Enter Enter Enter");
    while robot.application.is_busy() {
        robot.application.listen(Duration::from_mins(1));
    }
    robot.rest().sees("vérifié").sees("clé SSH").sees(&key.public().fingerprint()[..12]);
    assert_eq!(signed(&mut robot), [("awa".to_owned(), "checked", SignForm::Key)]);
}

#[test]
fn an_agent_that_is_not_waited_for_signs_nothing() {
    let home = TempDir::new().unwrap();
    let socket = home.path().join("agent");
    let Some(_agent) = agent(&socket) else { return };
    let mut robot = sit_at_home(home.path(), Some(&socket));
    // A key that the agent does not have: it refuses, and says so in the dialog.
    let stranger = MachineKey::generate().unwrap().public();
    robot.press("v");
    let request = chantier::actions::sign_off::Request {
        project: "PACS".into(),
        month: "2026-03".parse().unwrap(),
        level: None,
        form: chantier::actions::sign_off::Form::Agent(None),
        comment: String::new(),
    };
    let ask = chantier::ui::command::SignOffAsk::SignByAgent(Box::new(request), stranger);
    robot.application.perform(Command::SignOff(ask));
    while robot.application.is_busy() {
        robot.application.listen(Duration::from_mins(1));
    }
    robot.rest().sees("L’agent SSH n’a pas signé").press("Esc").misses("Signer avec");
    assert!(signed(&mut robot).is_empty());
}

#[test]
fn the_agent_is_waited_for_until_one_gives_up_or_leaves() {
    let mut robot = sit(Language::French, 80, 24);
    let wait = |robot: &mut Robot| {
        robot.press("v");
        let AnyScreen::SignOff(screen) = robot.application.app.screen_mut() else { panic!("another screen") };
        screen.wait();
        robot.press("a Enter Tab").sees("L’agent SSH est prié de signer");
    };
    wait(&mut robot);
    robot.press("Esc").misses("prié de signer").sees("Signer avec").press("Esc").misses("Signer avec");
    wait(&mut robot);
    robot.press("C-c");
    assert_eq!(robot.effect, Effect::Quit);
    assert!(signed(&mut robot).is_empty());
}

#[test]
fn the_rates_are_those_of_the_command_line() {
    let desk = Desk::new();
    let path = desk.path("base.db");
    let db = ["--db", path.to_str().unwrap()];
    desk.good(&["demo", "--sites", "9", "--months", "15", "--into", path.to_str().unwrap()]);
    let rows = desk.json(&[&["status", "--rates"], &db[..]].concat());
    let session =
        Session::open(&path, false, "awa".into(), chrono::DateTime::UNIX_EPOCH, Some(today())).unwrap();
    let mut robot = Robot::at(session, Language::French, 120, 40);
    let texts = Texts::new(Language::French);
    let projects = rates(session_of(&robot), None, None).unwrap();
    for project in &projects {
        robot.application.perform(Command::Open(Place::SignOff(Some(project.project.id), None)));
        robot.rest();
        let of_project = |it: &&serde_json::Value| it["project"] == project.project.name.as_str();
        let all: Vec<_> = rows.as_array().unwrap().iter().filter(of_project).collect();
        for row in all.iter().rev().take(12) {
            let shown = line(&robot, &texts.month(row["month"].as_str().unwrap().parse().unwrap()));
            let count = format!("{}/{}", row["complete"], row["expected"]);
            let share = |name: &str| row[name].as_str().unwrap().replace('.', ",");
            let cells: Vec<&str> = shown.trim_start_matches('►').split_whitespace().collect();
            assert_eq!(cells[2..5], [count, share("completeness"), share("timeliness")], "{shown}");
        }
    }
    robot.press("p").rest().sees("visas").press("P").rest();
}

fn session_of(robot: &Robot) -> &Session {
    &robot.application.world.session
}

#[test]
fn the_screen_fits_every_window() {
    for language in [Language::French, Language::English] {
        for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 60)] {
            let mut robot = sit(language, width, height);
            println!("{}\n", robot.screen());
            let reached = if language == Language::French { "vérifié" } else { "checked" };
            robot.press("v").press("Enter Enter Enter").sees(reached).rest();
            robot.press("v End").sees("code").rest();
            println!("{}\n", robot.screen());
            robot.press("Esc o").rest();
            println!("{}\n", robot.screen());
            robot.press("Esc t End").rest();
            println!("{}\n", robot.screen());
            robot.sees("statut: bon").press("t");
            robot.press("Home End PageDown PageUp Down Up").sees("2026");
        }
    }
}

#[test]
fn without_colours_signs_and_words_say_all() {
    let mut robot = sit(Language::French, 80, 24);
    robot.application.world.theme = Theme { depth: Depth::None, ..THEME };
    robot.press("v Enter Enter Enter s Home").type_text("22\n").press("g v").rest();
    println!("{}", robot.styled());
    assert!(robot.styled().contains("{BOLD}≠ à refaire"), "{}", robot.styled());
    assert!(!robot.styled().contains("{Red"));
}

#[test]
fn colours_of_the_list() {
    let mut robot = sit(Language::French, 80, 24);
    robot.press("v Enter Enter Enter s Home").type_text("22\n").press("g v").rest();
    let styled = robot.styled();
    assert!(styled.contains("{Red}≠ à refaire"), "{styled}");
    assert!(styled.contains("{Red}≠ vérifié"), "{styled}");
}

#[test]
fn the_dashboard_names_the_months_that_wait() {
    let mut robot = Robot::demo();
    robot.misses("à vérifier").press("g v").rest().press("Down v Enter Enter Enter").sees("vérifié");
    robot.press("g t").rest().misses("à vérifier");
    // Once a level is in use, the next month that is complete waits for it.
    robot.press("g e").rest().type_text("86").press("Enter").press("g t").rest();
    println!("{}", robot.screen());
    robot.sees("Un mois à vérifier");
    while !robot.screen().contains("► Un mois à vérifier") {
        robot.press("Down");
    }
    robot.press("Enter").rest().sees("visas").sees("► mars 2026");
}
