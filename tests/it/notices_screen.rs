//! Notices on the screens: prepared, looked at, mended, approved, sent, and the whole way from a figure to a sign-off.

use std::path::Path;
use std::time::Duration;

use chantier::actions::notices::{Edits, mail_settings};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::month::Month;
use chantier::model::notice::{DeliveryState, Notice, NoticeKind, NoticeState};
use chantier::texts::{Language, Texts};
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::mail_server::{MailServer, Mood, Point};
use crate::robot::{Robot, THEME, desk, today};

/// Sits down at a file with an invented organisation.
fn sit(folder: &Path, language: Language, width: u16, height: u16) -> Robot {
    let desk = desk(folder);
    let mut session = Session::open(&desk.path, true, "awa".into(), (desk.clock)(), Some(today())).unwrap();
    let last_month = Month::of(today()).previous();
    let spec = Spec { sites: 12, months: 8, seed: 3, last_month };
    chantier::actions::demo::write(&mut session, &spec, |_| {}).unwrap();
    let world = World::with(desk, session, true, Texts::new(language), THEME, Local::nowhere());
    Robot::in_world(world, width, height)
}

fn session(robot: &Robot) -> &Session {
    &robot.application.world.session
}

/// Has this machine send by a server of the test.
fn sends_by(robot: &Robot, server: &MailServer) {
    let port = server.port.to_string();
    for (name, value) in [
        ("mail.server", "127.0.0.1"),
        ("mail.port", &port),
        ("mail.tls", "none-on-loopback"),
        ("mail.from", "suivi@exemple.org"),
    ] {
        mail_settings::set(session(robot), name, value).unwrap();
    }
}

/// Waits for the end of what runs beside the screens.
fn wait(robot: &mut Robot) {
    while robot.application.is_exchanging() {
        robot.application.listen(Duration::from_mins(1));
    }
    robot.rest();
}

fn states(robot: &Robot, kind: NoticeKind) -> Vec<(NoticeState, Vec<DeliveryState>)> {
    let read = session(robot).store.read();
    let notices = read.notices().unwrap().into_iter().filter(|it| it.kind == kind);
    let fates = |it| read.deliveries(it).unwrap().into_iter().map(|it| it.state).collect();
    notices.map(|it| (it.state, fates(it.id))).collect()
}

/// Returns the words on the screen, wherever lines end.
fn words(robot: &Robot) -> String {
    robot.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn notices_are_prepared_looked_at_and_approved_with_one_key_each() {
    for (language, empty, sought, title) in [
        (Language::French, "attend votre accord", "preavis", "Préavis de démobilisation"),
        (Language::English, "waits for your approval", "warning", "Notice of pre-demobilisation"),
    ] {
        for (width, height) in [(60, 15), (80, 24), (120, 40)] {
            let folder = TempDir::new().unwrap();
            let mut robot = sit(folder.path(), language, width, height);
            robot.press("g n");
            assert!(words(&robot).contains(empty), "{}", robot.screen());
            let title: String = title.chars().take(20).collect();
            robot.press("n /").type_text(sought).press("Enter Enter").sees(&title);
            let first = robot.screen();
            robot.press("End");
            assert_ne!(robot.screen(), first);
            robot.press("Home");
            assert_eq!(robot.screen(), first, "the letter is read to its end and back");
            robot.press("a").sees("S");
            assert_eq!(states(&robot, NoticeKind::PreDemobilisation)[0].0, NoticeState::Ready);
            robot.press("Esc a").misses("…\u{2026}");
            assert_eq!(states(&robot, NoticeKind::Delay)[0].0, NoticeState::Draft, "only the selected one");
            robot.press("Esc A Esc");
            assert_eq!(states(&robot, NoticeKind::Delay)[0].0, NoticeState::Draft, "asked first");
            robot.press("A Enter");
            assert_eq!(states(&robot, NoticeKind::Delay)[0].0, NoticeState::Ready, "{}", robot.screen());
            robot.press("u");
            assert_eq!(states(&robot, NoticeKind::Delay)[0].0, NoticeState::Draft, "taken back");
        }
    }
}

/// Another program writes a notice anew while its letter is looked at.
#[test]
fn what_is_approved_is_what_was_read() {
    for keys in ["Enter", "Enter Enter"] {
        let folder = TempDir::new().unwrap();
        let mut robot = sit(folder.path(), Language::French, 80, 24);
        robot.press("g n n /").type_text("preavis").press(keys);
        let notice = session(&robot).store.read().notices().unwrap();
        let notice = notice.into_iter().find(|it| it.kind == NoticeKind::PreDemobilisation).unwrap();
        let mut timer = session_beside(folder.path());
        let edits = Edits { subject: Some("Un autre objet".into()), ..Edits::default() };
        chantier::actions::notices::edit(&mut timer, notice.id, &edits).unwrap();
        robot.press("a").sees("a changé depuis que vous l’avez lu").sees("Un autre objet");
        assert_eq!(states(&robot, NoticeKind::PreDemobilisation)[0].0, NoticeState::Draft);
        robot.press("a");
        assert_eq!(states(&robot, NoticeKind::PreDemobilisation)[0].0, NoticeState::Ready);
        // The same for all at once.
        let mut edited = notice_of(&robot, NoticeKind::Delay);
        let edits = Edits { subject: Some("Encore un autre".into()), ..Edits::default() };
        chantier::actions::notices::edit(&mut timer, edited.id, &edits).unwrap();
        robot.press("Esc Esc A Enter").sees("a changé depuis que vous l’avez lu");
        edited = notice_of(&robot, NoticeKind::Delay);
        assert_eq!(edited.state, NoticeState::Draft);
        robot.press("A Enter");
        assert_eq!(notice_of(&robot, NoticeKind::Delay).state, NoticeState::Ready, "{}", robot.screen());
    }
}

fn notice_of(robot: &Robot, kind: NoticeKind) -> Notice {
    session(robot).store.read().notices().unwrap().into_iter().find(|it| it.kind == kind).unwrap()
}

/// Another program at the same file.
fn session_beside(folder: &Path) -> Session {
    let desk = desk(folder);
    Session::open(&desk.path, false, "minuteur".into(), (desk.clock)(), Some(today())).unwrap()
}

#[test]
fn an_address_is_mended_added_and_taken_off() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path(), Language::French, 80, 24);
    robot.press("g n n /").type_text("non saisie").press("Enter e");
    robot.press("C-u").type_text("pas une adresse").press("Enter").sees("pas une adresse");
    robot.press("C-u").type_text("ginette@exemple.org").press("Enter").sees("ginette@exemple.org");
    robot.press("e Tab C-u Enter").sees("3 destinataires");
    robot.press("+").type_text("copie Paul Bia <paul@exemple.org>").press("Enter").sees("copie : Paul Bia");
    robot.press("+").type_text("PAUL@exemple.org").press("Enter").sees("reçoit déjà cet avis");
    robot.press("Esc D Esc").sees("4 destinataires").press("D Enter").misses("4 destinataires");
    assert_eq!(states(&robot, NoticeKind::MissingEntries)[0].0, NoticeState::Cancelled);
    robot.press("f").sees("retiré");
}

#[test]
fn what_a_server_refuses_is_said_where_one_starts_and_sent_again_with_one_key() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path(), Language::French, 80, 24);
    let server = MailServer::start();
    robot.press("g n n /").type_text("non saisie").press("Enter").sees("mail.server").press("s");
    robot.sees("Seul un avis approuvé");
    sends_by(&robot, &server);
    server.feels(|at, _| if at == Point::Recipient { Mood::Says(550) } else { Mood::Well });
    robot.press("a S");
    wait(&mut robot);
    robot.sees("à reprendre").sees("refusé");
    robot.press("g t").sees("1 avis non parti");
    server.feels(|_, _| Mood::Well);
    robot.press("g n /").type_text("non saisie").press("Enter S");
    wait(&mut robot);
    assert_eq!(
        states(&robot, NoticeKind::MissingEntries)[0].1,
        [DeliveryState::Failed; 4],
        "refused is refused"
    );
    // Another address is another attempt.
    robot.press("e").type_text(".cm").press("Enter S");
    wait(&mut robot);
    assert_eq!(server.arrived().len(), 1);
    robot.press("s");
    wait(&mut robot);
    assert_eq!(states(&robot, NoticeKind::MissingEntries)[0].1, [DeliveryState::Sent; 4]);
    assert_eq!(server.arrived().len(), 4);
    robot.press("f").sees("parti").press("g t").misses("non parti");
}

#[test]
fn words_are_changed_and_what_is_typed_is_kept() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path(), Language::French, 80, 24);
    robot.press("g n n /").type_text("preavis").press("Enter w").type_text(" Sans autre avis.");
    robot.press("Esc").sees("Échap").press("C-o").sees("Texte enregistré");
    robot.press("Enter End").sees("Sans autre avis.");
    let table = session(&robot).store.read().notices().unwrap();
    let table = table.into_iter().find(|it| it.kind == NoticeKind::PreDemobilisation).unwrap().body;
    assert!(
        table.lines().any(|it| it.contains("  Statut") || it.contains("Statut") && it.contains("   ")),
        "{table}"
    );
    robot.press("a w").sees("ne change plus");
}

#[test]
fn the_board_and_the_card_prepare_what_stands_there() {
    let folder = TempDir::new().unwrap();
    let mut robot = sit(folder.path(), Language::French, 120, 40);
    robot.press("4 n").sees("n’est que proposée");
    robot
        .press("Left n")
        .sees("Préavis de démobilisation")
        .sees("à approuver")
        .press("Esc Esc")
        .sees("alertes");
    robot
        .press("N Enter")
        .sees("Rien n’est écrit")
        .type_text("Article 45, constat du 12 mars")
        .press("Enter");
    robot.sees("Mise en demeure").sees("Article 45");
    robot.press("Esc Esc i n").sees("à approuver");
    assert_eq!(states(&robot, NoticeKind::FormalNotice).len(), 1);
}
