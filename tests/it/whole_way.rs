//! The whole way by keyboard: a figure, the warning and its letter, the withdrawal, the return, the signatures.

use std::time::Duration;

use chantier::actions::notices::mail_settings;
use chantier::actions::session::Session;
use chantier::model::notice::{DeliveryState, NoticeKind};
use chantier::texts::{Language, Texts};
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::desk::Desk;
use crate::mail_server::MailServer;
use crate::robot::{self, Robot, THEME};

/// An office with one site that began badly in January.
fn office() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    let contact = |name: &str, post: &str, email: &str| {
        desk.good(&["contact", "add", name, "--post", post, "--project", "PACS", "--email", email]);
    };
    contact("Awa Ngono", "chef-mission", "awa@exemple.org");
    contact("Bina Sarr", "directeur-projet", "bina@exemple.org");
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "10", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-1"], &terms[..]].concat());
    desk.good(&["entry", "CH-1", "2026-01", "1"]);
    desk
}

/// Sits down at the office's file, with a mail server of the test.
fn sit(office: &Desk, folder: &TempDir, server: &MailServer) -> Robot {
    let mut desk = robot::desk(folder.path());
    desk.path = office.path(".local/share/chantier/chantier.db");
    let session = Session::open(&desk.path, false, "awa".into(), (desk.clock)(), desk.today).unwrap();
    let port = server.port.to_string();
    for (name, value) in [
        ("mail.server", "127.0.0.1"),
        ("mail.port", &port),
        ("mail.tls", "none-on-loopback"),
        ("mail.from", "suivi@exemple.org"),
    ] {
        mail_settings::set(&session, name, value).unwrap();
    }
    let world = World::with(desk, session, true, Texts::new(Language::French), THEME, Local::nowhere());
    Robot::in_world(world, 100, 36)
}

/// Another day begins.
fn on(robot: &mut Robot, day: &str) {
    let world = &mut robot.application.world;
    let today = day.parse().unwrap();
    world.desk.today = Some(today);
    world.session.today = today;
    robot.press("g t").rest();
}

/// Somebody else sits down.
fn as_user(robot: &mut Robot, user: &str) {
    robot.application.world.session.user = user.into();
}

/// Approves the letter in sight and sends it; returns the numbers of the letters that the server had so far, each once.
fn approve_and_send(robot: &mut Robot, server: &MailServer) -> Vec<String> {
    robot.press("a S");
    while robot.application.is_exchanging() {
        robot.application.listen(Duration::from_mins(1));
    }
    robot.rest();
    robot.press("Esc");
    let mut numbers: Vec<String> = Vec::new();
    for arrived in server.arrived() {
        let text = String::from_utf8(arrived.content).unwrap();
        let number = text.lines().find(|it| it.starts_with("N=C2=B0 ")).unwrap_or_default().to_owned();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

#[test]
fn from_a_figure_to_the_signatures() {
    let (office, folder, server) = (office(), TempDir::new().unwrap(), MailServer::start());
    let mut robot = sit(&office, &folder, &server);

    // February is critical as well: the warning goes to the contractor.
    on(&mut robot, "2026-03-06");
    robot.press("g e").rest().type_text("2\n").rest();
    robot.press("g a").rest().sees("R").press("n").sees("Préavis de démobilisation").sees("Mbondé");
    assert_eq!(approve_and_send(&mut robot, &server).len(), 1);
    let to: Vec<String> = server.arrived().into_iter().map(|it| it.to).collect();
    assert!(
        to.contains(&"mbonde@exemple.org".to_owned()) && to.contains(&"mo@exemple.org".to_owned()),
        "{to:?}"
    );

    // March too: the withdrawal is proposed, and pronounced by the director with the warning in view.
    on(&mut robot, "2026-04-06");
    robot.press("g e").rest().type_text("3\n").rest();
    as_user(&mut robot, "bina");
    robot.press("g a").rest().press("n").sees("n’est que proposée").press("d").rest();
    robot.sees("N° 001").press("d").type_text("Trois mois sous 30 %").press("Enter Enter Enter");
    robot.sees("démobilisation prononcée").misses("n’est pas connu comme");
    robot.press("g s").rest().press("Enter").rest().press("n").sees("Notification de démobilisation");
    assert_eq!(approve_and_send(&mut robot, &server).len(), 2);

    // The contractor comes back with a plan.
    robot.press("Esc d").rest().press("r").type_text("Plan accepté").press("Enter");
    robot.type_text("Deux équipes de plus").press("Enter").type_text("8").press("Enter Enter Enter");
    robot.sees("remobilisation prononcée");
    robot.press("g s").rest().press("Enter").rest().press("n").sees("Ordre de remobilisation");
    robot.press("End").press("Home");
    assert_eq!(approve_and_send(&mut robot, &server).len(), 3);

    // March is vouched for by those who answer for it.
    as_user(&mut robot, "awa");
    robot.press("g v").rest().press("v Enter Enter Enter").sees("mars 2026 : vérifié");
    as_user(&mut robot, "bina");
    robot.press("v Enter Enter Enter").sees("mars 2026 : validé");

    let read = robot.application.world.session.store.read();
    let withdrawal =
        read.notices().unwrap().into_iter().find(|it| it.kind == NoticeKind::Demobilisation).unwrap();
    assert!(withdrawal.body.contains("N° 001"), "the warning is cited: {}", withdrawal.body);
    assert!(!withdrawal.body.contains("aucun préavis"), "{}", withdrawal.body);

    // Everything is in the trail, and every letter was taken by the server.
    let read = robot.application.world.session.store.read();
    for kind in [NoticeKind::PreDemobilisation, NoticeKind::Demobilisation, NoticeKind::Remobilisation] {
        let notice = read.notices().unwrap().into_iter().find(|it| it.kind == kind).unwrap();
        let sent = read.deliveries(notice.id).unwrap();
        assert!(sent.iter().all(|it| it.state == DeliveryState::Sent), "{kind:?}: {sent:?}");
    }
    let trail = office.good(&["history", "CH-1", "--all"]);
    for told in [
        "pré-démobilisation",
        "accepté : Mbondé SARL",
        "Trois mois sous 30 %",
        "Plan accepté",
        "vérifié par awa",
        "validé par bina",
    ] {
        assert!(trail.contains(told), "{told}: {trail}");
    }
}
