//! The outbox from an approved notice to a server, with everything that goes wrong between.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use chantier::actions::exchange::machines;
use chantier::actions::notices::gather::Digest;
use chantier::actions::notices::mail_settings::{Carrier, Mail, Ways};
use chantier::actions::notices::run::{self, Order, Pass, Stopped};
use chantier::actions::notices::sender::{Sender, sender, take};
use chantier::actions::notices::{self, Edits, Why, Works, send};
use chantier::actions::op::{Note, OpName};
use chantier::actions::register::organisation::{self, OrganisationFields};
use chantier::actions::register::project::{self, ProjectFields};
use chantier::actions::session::Session;
use chantier::actions::undo;
use chantier::model::id::Id;
use chantier::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeKind, NoticeState};
use chantier::model::organisation::Project;
use chantier::model::outbox::{OutboxRow, OutboxState};
use chantier::model::problem::Problem;
use chantier::notify::address::Address;
use chantier::notify::smtp::{Login, Server};
use chantier::store::change::Scope;
use chantier::store::registry::{DELIVERY, MACHINE, NOTICE, Table};
use chantier::store::value::Value;
use chantier::sync::keys::MachineKey;
use chantier::texts::{Language, Texts};
use chrono::{DateTime, Utc};

use crate::mail::to;
use crate::mail_server::{MailServer, Mood, Point};
use crate::robot::today;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const TEN_YEARS: i64 = 3_652 * DAY;

/// A machine with notices, and a server.
struct Post {
    session: Session,
    server: MailServer,
    ways: Ways,
    clock: Cell<i64>,
    projects: Vec<Id<Project>>,
}

fn start() -> i64 {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp_millis()
}

impl Post {
    fn new() -> Self {
        let mut session = Session::empty(today()).unwrap();
        session.user = "awa".into();
        Self::with(session)
    }

    fn with(mut session: Session) -> Self {
        let fields = OrganisationFields { name: Some("Cellule".into()), ..OrganisationFields::default() };
        organisation::add(&mut session, &fields).unwrap();
        let mut projects = Vec::new();
        for name in ["PACS", "Écoles", "Routes", "Ponts", "Puits"] {
            let fields = ProjectFields { name: Some(name.into()), ..ProjectFields::default() };
            projects.push(project::add(&mut session, &fields).unwrap());
        }
        let server = MailServer::start();
        let ways = ways(&server);
        Self { session, server, ways, clock: Cell::new(start()), projects }
    }

    /// Writes an approved notice of a project to some addresses.
    fn notice(&mut self, number: usize, addresses: &[(&str, &str)]) -> Id<Notice> {
        self.notice_on(number, "2026-04-06", addresses)
    }

    fn notice_on(&mut self, number: usize, day: &str, addresses: &[(&str, &str)]) -> Id<Notice> {
        let project = self.projects[number % self.projects.len()];
        put_notice(&mut self.session, project, number, day, addresses)
    }

    fn pass(&mut self) -> Pass {
        self.pass_with(&Order { owner: "travailleur".into(), ..Order::default() })
    }

    fn pass_with(&mut self, order: &Order) -> Pass {
        let clock = || at(self.clock.get());
        run::run(&mut self.session, &self.ways, order, &digest, &clock).unwrap()
    }

    fn later(&self, ms: i64) {
        self.clock.set(self.clock.get() + ms);
    }

    fn deliveries(&self) -> Vec<Delivery> {
        let read = self.session.store.read();
        let notices = read.notices().unwrap();
        notices.iter().flat_map(|it| read.deliveries(it.id).unwrap()).collect()
    }

    fn states(&self) -> Vec<DeliveryState> {
        self.deliveries().iter().map(|it| it.state).collect()
    }

    fn outbox(&self) -> Vec<OutboxRow> {
        self.session.store.read().outbox().unwrap()
    }

    /// Writes columns of a row of a project.
    fn write(&mut self, table: &'static Table, project: Id<Project>, key: &Value, columns: &[(u8, Value)]) {
        let scope = Scope::Project(project.bytes());
        self.session
            .steady(|session| {
                session.transact(OpName::Add, &Note::new(), |tx| {
                    Ok(tx.put(table, scope, vec![key.clone()], columns.to_vec(), None)?)
                })
            })
            .unwrap();
    }

    /// Writes columns of every notice.
    fn write_all(&mut self, columns: &[(&str, &str)]) {
        for it in self.session.store.read().notices().unwrap() {
            let columns: Vec<_> = columns
                .iter()
                .flat_map(|(name, text)| NOTICE.columns([(*name, Some((*text).into()))]))
                .collect();
            self.write(&NOTICE, it.project, &it.id.into(), &columns);
        }
    }

    /// Lets the worker of a row die where it stands.
    fn free(&mut self, delivery: Id<DeliveryMark>) {
        let freed = |row: Option<OutboxRow>| row.map(|it| OutboxRow { lease_ms: 0, ..it });
        self.session.store.work_at_outbox(&[delivery], |_, _, row| Ok(freed(row))).unwrap();
    }

    /// Puts a row where a worker that died has left it.
    fn left(&mut self, delivery: Id<DeliveryMark>, state: OutboxState, unknowns: u32) {
        let now = self.clock.get();
        let row = OutboxRow {
            delivery,
            state,
            owner: "mort".into(),
            tries: 0,
            unknowns,
            first_ms: now,
            next_ms: now,
            lease_ms: now + 15 * MINUTE,
            reply: String::new(),
        };
        self.session.store.work_at_outbox(&[delivery], |_, _, _| Ok(Some(row.clone()))).unwrap();
    }
}

fn ways(server: &MailServer) -> Ways {
    let from = Address::read("suivi@exemple.org", None).unwrap();
    Ways { mail: Some(Mail { from, carrier: Carrier::Server(to(server)) }), letters: None }
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap()
}

fn digest(digest: &Digest<'_>) -> (String, String) {
    Texts::new(Language::French).digest(digest)
}

/// Writes an approved notice.
pub fn put_notice(
    session: &mut Session,
    project: Id<Project>,
    number: usize,
    day: &str,
    addresses: &[(&str, &str)],
) -> Id<Notice> {
    put_letter(session, project, number, day, addresses, "Madame, Monsieur,\n\nLe taux est de 20 %.")
}

/// Writes an approved notice with a letter of one's own.
pub fn put_letter(
    session: &mut Session,
    project: Id<Project>,
    number: usize,
    day: &str,
    addresses: &[(&str, &str)],
    body: &str,
) -> Id<Notice> {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    let id: Id<Notice> = Id::from_bytes(bytes);
    let text = |it: &str| Some(Value::from(it));
    let columns = NOTICE.columns([
        ("kind", text("delay")),
        ("project", Some(project.into())),
        ("month", Some(Value::Int(24_314))),
        ("language", text("fr")),
        ("reference", text(&format!("N° {number}/2026"))),
        ("subject", text(&format!("Retard n° {number}"))),
        ("body", text(body)),
        ("state", text("ready")),
        ("day", text(day)),
    ]);
    let scope = Scope::Project(project.bytes());
    session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                tx.put(&NOTICE, scope, vec![id.into()], columns.clone(), None)?;
                for (at, (name, email)) in addresses.iter().enumerate() {
                    let mut key = bytes;
                    key[8..].copy_from_slice(&(at + 1).to_be_bytes());
                    let columns = DELIVERY.columns([
                        ("notice", Some(id.into())),
                        ("role", text("entreprise")),
                        ("name", text(name)),
                        ("email", text(email)),
                        ("state", text("waiting")),
                    ]);
                    tx.put(&DELIVERY, scope, vec![Value::Bytes(key.to_vec())], columns, None)?;
                }
                Ok(())
            })
        })
        .unwrap();
    id
}

#[test]
fn an_approved_notice_goes_and_the_log_says_so() {
    let mut post = Post::new();
    post.notice(1, &[("Mbondé SARL", "mbonde@exemple.org"), ("Ministère", "mo@exemple.org")]);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.waiting, pass.stopped), (2, 0, None));
    let arrived = post.server.arrived();
    assert_eq!(arrived.len(), 2);
    for arrived in &arrived {
        assert!(arrived.header("Message-ID").ends_with("@exemple.org>"));
        assert_eq!(arrived.header("Date"), "Mon, 06 Apr 2026 00:00:00 +0000");
    }
    for delivery in post.deliveries() {
        assert_eq!(delivery.state, DeliveryState::Sent);
        assert_eq!((delivery.channel.as_str(), delivery.at_ms), ("smtp", Some(start())));
        assert_eq!(delivery.reply, "localhost: 250 queued as 4711");
    }
    assert_eq!(post.outbox(), []);
    assert_eq!(post.pass().sent, 0, "nothing goes twice");
    assert_eq!(post.server.calls(), 1, "nobody is called for nothing");
}

#[test]
fn what_a_server_says_is_done() {
    let mut post = Post::new();
    post.notice(1, &[("A", "plein@exemple.org"), ("B", "parti@exemple.org"), ("C", "gris@exemple.org")]);
    post.server.feels(|point, to| match (point, to) {
        (Point::Recipient, "parti@exemple.org") => Mood::Says(550),
        (Point::Recipient, "gris@exemple.org") => Mood::Says(450),
        (Point::Dot, "plein@exemple.org") => Mood::Says(552),
        _ => Mood::Well,
    });
    let pass = post.pass();
    assert_eq!((pass.sent, pass.failed, pass.deferred, pass.waiting), (0, 2, 1, 1));
    assert_eq!(post.states(), [DeliveryState::Failed, DeliveryState::Failed, DeliveryState::Waiting]);
    let row = &post.outbox()[0];
    assert_eq!((row.state, row.tries), (OutboxState::Deferred, 1));
    assert_eq!(row.reply, "localhost: 450 said so");
    post.server.feels(|_, _| Mood::Well);
    assert_eq!(post.pass().sent, 0, "its time has not come");
    post.later(7 * MINUTE);
    assert_eq!(post.pass().sent, 1);
}

#[test]
fn a_refused_login_pauses_the_server_and_not_the_messages() {
    let mut post = Post::new();
    let login = |password: &str| Some(Login { user: "awa".into(), password: password.into() });
    let server = |post: &Post, password: &str| {
        let server = Server { login: login(password), ..to(&post.server) };
        let from = Address::read("suivi@exemple.org", None).unwrap();
        Ways { mail: Some(Mail { from, carrier: Carrier::Server(server) }), letters: None }
    };
    post.notice(1, &[("A", "a@exemple.org"), ("B", "b@exemple.org")]);
    post.ways = server(&post, "faux");
    // A week with a wrong password, a pass every five minutes.
    let mut refused = 0;
    for _ in 0..(7 * 24 * 12) {
        refused += usize::from(matches!(post.pass().stopped, Some(Stopped::Unwelcome(_))));
        post.later(5 * MINUTE);
    }
    assert_eq!(refused, 7 * 24, "once an hour");
    assert!(matches!(post.pass().stopped, Some(Stopped::Unwelcome(_))));
    post.later(20 * MINUTE);
    let pass = post.pass();
    assert!(matches!(pass.stopped, Some(Stopped::Paused(_))));
    assert_eq!(pass.again_ms, Some(40 * MINUTE), "nothing is to be done before the pause ends");
    post.later(40 * MINUTE);
    assert_eq!(post.pass().again_ms, Some(60 * MINUTE), "one that begins");
    assert!(post.outbox().iter().all(|it| it.tries == 0));
    post.ways = server(&post, "sécret");
    assert!(matches!(post.pass().stopped, Some(Stopped::Paused(_)) | None));
    let pass = post.pass_with(&Order { owner: "x".into(), retry: true, only: None });
    assert_eq!((pass.waiting, post.server.arrived().len()), (0, 2));
}

/// A server that knows one addressee no more says so in words about relays: the others' mail goes on.
#[test]
fn one_refused_addressee_stops_nobody_else() {
    let mut post = Post::new();
    let names: Vec<String> = (0..10).map(|it| format!("a{it}@exemple.org")).collect();
    let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
    post.notice(1, &addresses);
    post.server.feels(|point, to| match (point, to) {
        (Point::Recipient, "a0@exemple.org" | "a4@exemple.org") => {
            Mood::SaysThis("550 5.1.1 User unknown in relay recipient table\r\n")
        }
        (Point::Recipient, "a1@exemple.org" | "a2@exemple.org" | "a7@exemple.org") => {
            Mood::SaysThis("554 5.7.1 Relay access denied\r\n")
        }
        _ => Mood::Well,
    });
    let pass = post.pass();
    assert_eq!((pass.sent, pass.failed, pass.waiting, pass.stopped), (5, 5, 0, None));
    // One that carries for nobody is not asked about everybody.
    let mut post = Post::new();
    post.notice(1, &addresses);
    post.server.feels_at(Point::Recipient, Mood::SaysThis("554 5.7.1 Relay access denied\r\n"));
    let pass = post.pass();
    assert_eq!((pass.failed, pass.waiting), (3, 7));
    assert!(matches!(pass.stopped, Some(Stopped::Unwelcome(_))));
    post.server.feels(|_, _| Mood::Well);
    assert_eq!(post.pass().sent, 7, "and is not left alone for an hour");
}

#[test]
fn without_a_network_nothing_is_tried() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org"), ("B", "b@exemple.org")]);
    post.server.feels_at(Point::Greeting, Mood::SaysThis("HTTP/1.1 302 Found\r\n\r\n"));
    for _ in 0..2_000 {
        let pass = post.pass();
        assert!(pass.sent == 0 && pass.failed == 0);
        post.later(10 * MINUTE);
    }
    assert!(post.outbox().iter().all(|it| it.tries == 0), "two weeks of a portal give nothing up");
    post.pass();
    post.server.feels(|_, _| Mood::Well);
    assert_eq!(post.pass().sent, 1, "the one that was tried waits for its time");
    let now = Order { owner: "x".into(), only: None, retry: true };
    assert_eq!(post.pass_with(&now).sent, 1, "a person says that the line is there");
}

#[test]
fn days_of_later_give_a_message_up() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org")]);
    post.server.feels_at(Point::Data, Mood::Says(451));
    let mut days = 0;
    while post.states() == [DeliveryState::Waiting] {
        post.pass();
        post.later(80 * MINUTE);
        days += 1;
        assert!(days < 1_000);
    }
    assert_eq!(post.states(), [DeliveryState::Failed]);
    let age = post.clock.get() - start();
    assert!((5 * DAY..6 * DAY).contains(&age), "{age}");
    // A person may try it again.
    post.server.feels(|_, _| Mood::Well);
    let notice = notices::find(&post.session, "n° 1/2026").unwrap();
    assert_eq!(send::release(&mut post.session, notice.id).unwrap(), 1);
    let pass = post.pass_with(&Order { owner: "x".into(), only: Some(notice.id), retry: true });
    assert_eq!(pass.sent, 1);
}

#[test]
fn a_line_that_breaks_again_and_again_ends_the_pass() {
    let mut post = Post::new();
    let names: Vec<String> = (0..20).map(|it| format!("a{it}@exemple.org")).collect();
    let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
    post.notice(1, &addresses);
    post.server.feels_at(Point::Dot, Mood::KeepsAndHangsUp);
    let pass = post.pass();
    assert_eq!((pass.unknown, pass.waiting, post.server.arrived().len()), (3, 20, 3));
    post.server.feels_at(Point::Sender, Mood::Says(421));
    let pass = post.pass();
    assert!(matches!(pass.stopped, Some(Stopped::Busy(_))));
    assert_eq!((pass.deferred, post.server.calls()), (1, 4));
}

/// A server that keeps the message and hangs up: once more, with the same name, and then a person decides.
#[test]
fn a_doubt_is_repeated_once_with_the_same_name() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org")]);
    post.server.feels_at(Point::Dot, Mood::KeepsAndHangsUp);
    assert_eq!(post.pass().unknown, 1);
    assert_eq!((post.outbox()[0].state, post.outbox()[0].unknowns), (OutboxState::Unknown, 1));
    assert_eq!(post.pass().sent, 0, "a step is waited");
    post.later(10 * MINUTE);
    assert_eq!(post.pass().held, 1);
    assert_eq!(post.states(), [DeliveryState::Held]);
    for _ in 0..20 {
        post.later(DAY);
        post.pass();
    }
    let arrived = post.server.arrived();
    assert_eq!(arrived.len(), 2, "one repeat");
    assert_eq!(arrived[0], arrived[1], "byte by byte");
}

#[test]
fn a_worker_that_dies_leaves_what_another_takes_up() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org"), ("B", "b@exemple.org"), ("C", "c@exemple.org")]);
    let ids: Vec<_> = post.deliveries().iter().map(|it| it.id).collect();
    post.left(ids[0], OutboxState::Claimed, 0);
    post.left(ids[1], OutboxState::Attempting, 0);
    post.left(ids[2], OutboxState::Attempting, 1);
    assert_eq!(post.pass().sent, 0, "it may still be at work");
    post.later(15 * MINUTE);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.unknown, pass.held), (1, 1, 1));
    post.later(10 * MINUTE);
    assert_eq!(post.pass().sent, 1);
    assert_eq!(post.states(), [DeliveryState::Sent, DeliveryState::Sent, DeliveryState::Held]);
    assert_eq!(post.server.arrived().len(), 2);
}

/// After the answer and before it is written down: the message goes once more, and can be recognised.
#[test]
fn a_worker_that_dies_after_the_answer_repeats_it_once() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org")]);
    post.pass();
    // As it was before the answer was written down.
    let id = post.deliveries()[0].id;
    let scope = Scope::Project(post.projects[1].bytes());
    let columns = DELIVERY.columns([("state", Some("waiting".into())), ("channel", Some(Value::Null))]);
    post.session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                Ok(tx.put(&DELIVERY, scope, vec![id.into()], columns.clone(), None)?)
            })
        })
        .unwrap();
    post.left(id, OutboxState::Attempting, 0);
    for _ in 0..4 {
        post.later(16 * MINUTE);
        post.pass();
    }
    assert_eq!(post.states(), [DeliveryState::Sent]);
    let arrived = post.server.arrived();
    assert_eq!((arrived.len(), &arrived[0]), (2, &arrived[1]));
}

#[test]
fn what_was_withdrawn_meanwhile_does_not_go() {
    let mut post = Post::new();
    let notice = post.notice(1, &[("A", "a@exemple.org")]);
    let scope = Scope::Project(post.projects[1].bytes());
    let columns = NOTICE.columns([("state", Some("cancelled".into()))]);
    post.session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                Ok(tx.put(&NOTICE, scope, vec![notice.into()], columns.clone(), None)?)
            })
        })
        .unwrap();
    let pass = post.pass();
    assert_eq!((pass.sent, pass.waiting, post.server.calls()), (0, 0, 0));
    assert_eq!(send::release(&mut post.session, notice).unwrap_err().problem().key, "notice-is-cancelled");
}

/// The address of somebody, mended.
fn mended(who: &str, email: &str) -> Edits {
    Edits { mended: Some((who.into(), email.into())), ..Edits::default() }
}

/// While a slow server takes one message, addresses are written: the log says where each went.
#[test]
fn the_log_says_to_which_address_it_went() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("chantier.db");
    let open = || Session::open(&path, true, "awa".into(), at(start()), Some(today())).unwrap();
    let mut post = Post::with(open());
    let notice = post.notice(1, &[("A", "a@exemple.org"), ("B", "b@exemple.org")]);
    let mut other = open();
    let mut is_new = true;
    post.server.feels(move |point, _| {
        if point == Point::Dot && std::mem::take(&mut is_new) {
            notices::edit(&mut other, notice, &mended("B", "juste@exemple.org")).unwrap();
        }
        Mood::Well
    });
    assert_eq!(post.pass().sent, 2);
    let went = |post: &Post| post.server.arrived().into_iter().map(|it| it.to).collect::<Vec<_>>();
    assert_eq!(went(&post), ["a@exemple.org", "juste@exemple.org"]);
    // Between the addressee and the message: another machine wrote it, and this one took it in.
    post.notice(2, &[("C", "c@exemple.org")]);
    let delivery = post.deliveries().into_iter().find(|it| it.name == "C").unwrap().id;
    let scope = Scope::Project(post.projects[2].bytes());
    let mut other = open();
    let mut is_new = true;
    post.server.feels(move |point, _| {
        if point == Point::Recipient && std::mem::take(&mut is_new) {
            let columns = DELIVERY.columns([("email", Some("neuf@exemple.org".into()))]);
            let write = |session: &mut Session| {
                session.transact(OpName::Add, &Note::new(), |tx| {
                    Ok(tx.put(&DELIVERY, scope, vec![delivery.into()], columns.clone(), None)?)
                })
            };
            other.steady(write).unwrap();
        }
        Mood::Well
    });
    let pass = post.pass();
    assert_eq!((pass.sent, pass.waiting, pass.again_ms), (0, 1, Some(0)), "not to the old one");
    assert_eq!(post.pass().sent, 1);
    assert_eq!(went(&post)[2..], ["neuf@exemple.org"]);
    let known = post.deliveries();
    assert!(known.iter().all(|it| went(&post).contains(&it.email)), "{known:?}");
}

#[test]
fn nobody_is_written_to_twice() {
    let mut post = Post::new();
    let addresses =
        [("A", "a@exemple.org"), ("B", "A@Exemple.ORG"), ("C", " a@exemple.org "), ("D", "d@exemple.org")];
    post.notice(1, &addresses);
    assert_eq!(post.pass().sent, 2);
    let states = post.states();
    assert_eq!(states.iter().filter(|it| **it == DeliveryState::Cancelled).count(), 2);
    // One's own address is an address; nothing answers what arrives there.
    post.notice(2, &[("Cellule", "suivi@exemple.org")]);
    assert_eq!(post.pass().sent, 1);
    assert_eq!(post.server.arrived().last().unwrap().header("Auto-Submitted"), "auto-generated");
}

/// Nor when a person sends the notice now, or repairs an address.
#[test]
fn nobody_is_written_to_twice_by_hand() {
    let mut post = Post::new();
    let notice = post.notice(1, &[("A", "a@exemple.org"), ("B", "A@Exemple.ORG "), ("D", "d@exemple.org")]);
    post.notice(2, &[("E", "e@exemple.org"), ("F", "e@exemple.org")]);
    let twice = notices::edit(&mut post.session, notice, &mended("D", "A@exemple.org")).unwrap_err();
    assert_eq!(twice.problem().key, "notice-address-twice");
    notices::edit(&mut post.session, notice, &mended("D", "D@exemple.org")).unwrap();
    assert_eq!(send::release(&mut post.session, notice).unwrap(), 3);
    let now = Order { owner: "x".into(), only: Some(notice), retry: true };
    assert_eq!(post.pass_with(&now).sent, 2);
    assert_eq!(post.server.arrived().len(), 2);
    let of_other = post.deliveries().into_iter().filter(|it| it.notice != notice);
    assert!(of_other.map(|it| it.state).all(|it| it == DeliveryState::Waiting), "the others are left alone");
}

#[test]
fn hostile_addresses_and_names_reach_no_server() {
    let mut post = Post::new();
    let hostile = [
        "",
        "a",
        "-oQ@exemple.org",
        "a@exemple.org\r\nRCPT TO:<b@exemple.org>",
        "a@exemple.org>\r\nDATA",
        "a\0@exemple.org",
        "a@127.0.0.1",
        "\u{1b}[2J@exemple.org",
        "a@ex\u{202e}emple.org",
        "a b@exemple.org",
        "a@serveur",
    ];
    let mut addresses: Vec<(&str, &str)> = hostile.iter().map(|it| ("Nom", *it)).collect();
    addresses.push(("Mbondé\r\nBcc: b@exemple.org\r\n\r\n.\r\nQUIT\u{1b}[2J", "mbonde@exemple.org"));
    addresses.push(("\u{1f600}", "ake@exemple.org"));
    post.notice(1, &addresses);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.without_address, pass.waiting), (2, hostile.len(), 0));
    let heard = post.server.heard();
    let named: Vec<&String> = heard.iter().filter(|it| it.starts_with("RCPT")).collect();
    assert_eq!(named, ["RCPT TO:<mbonde@exemple.org>", "RCPT TO:<ake@exemple.org>"]);
    assert_eq!(heard.iter().filter(|it| it.as_str() == "QUIT").count(), 1);
    // They are not lost: with a folder for letters they are printed.
    let home = tempfile::tempdir().unwrap();
    post.ways.letters = Some(home.path().to_path_buf());
    let pass = post.pass();
    assert_eq!((pass.written, pass.without_address), (hostile.len(), 0));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), hostile.len());
    for file in std::fs::read_dir(home.path()).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(['\u{1b}', '\0', '\r', '\u{202e}']));
    }
}

#[test]
fn a_folder_is_written_and_never_called_sent() {
    let mut post = Post::new();
    let home = tempfile::tempdir().unwrap();
    let from = Address::read("suivi@exemple.org", None).unwrap();
    let folder = |path: &std::path::Path| Ways {
        mail: Some(Mail { from: from.clone(), carrier: Carrier::Folder(path.to_path_buf()) }),
        letters: None,
    };
    post.notice(1, &[("Mbondé", "mbonde@exemple.org")]);
    post.ways = folder(&home.path().join("clé"));
    assert!(matches!(post.pass().stopped, Some(Stopped::Unreachable(_))), "the stick is not there");
    post.later(10 * MINUTE);
    post.ways = folder(home.path());
    let pass = post.pass();
    assert_eq!((pass.written, pass.sent), (1, 0));
    let delivery = &post.deliveries()[0];
    assert_eq!((delivery.state, delivery.channel.as_str()), (DeliveryState::Written, "folder"));
    assert!(std::path::Path::new(&delivery.reply).is_file());
    assert_eq!(post.server.calls(), 0);
}

#[test]
fn a_folder_of_letters_that_is_not_there_stops_no_mail() {
    let mut post = Post::new();
    let home = tempfile::tempdir().unwrap();
    post.ways.letters = Some(home.path().join("clé"));
    post.notice(1, &[("A", ""), ("B", ""), ("C", "c@exemple.org")]);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.written, pass.waiting, &pass.stopped), (1, 0, 2, &None));
    let reply = pass.letters_stopped.clone().unwrap();
    for language in [Language::French, Language::English] {
        let texts = Texts::new(language);
        let said = texts.letters_stopped(&reply);
        assert!(said.contains("clé") && texts.pass(&pass).contains(&said), "{said}");
    }
    std::fs::create_dir(home.path().join("clé")).unwrap();
    post.server.feels_at(Point::Greeting, Mood::HangsUp);
    post.notice(2, &[("D", "d@exemple.org")]);
    post.later(10 * MINUTE);
    let pass = post.pass();
    assert_eq!((pass.written, pass.letters_stopped), (2, None), "nor does mail stop letters");
    assert!(matches!(pass.stopped, Some(Stopped::Unreachable(_))));
}

#[test]
fn so_many_a_minute_and_so_many_a_day() {
    let mut post = Post::new();
    let names: Vec<String> = (0..500).map(|it| format!("a{it}@exemple.org")).collect();
    let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
    post.notice(1, &addresses);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.stopped, pass.again_ms), (30, Some(Stopped::Minute), Some(MINUTE)));
    assert_eq!(post.pass().sent, 0);
    for _ in 0..20 {
        post.later(MINUTE);
        assert!(post.pass().sent <= 30);
    }
    assert_eq!(post.server.arrived().len(), 300, "about one site a day");
    assert_eq!(post.pass().stopped, Some(Stopped::Day), "and it is said why");
    let notice = post.session.store.read().notices().unwrap().remove(0);
    let works = Works::read(&post.session).unwrap();
    let waits = post.deliveries().into_iter().find(|it| it.state == DeliveryState::Waiting).unwrap();
    assert_eq!(works.why(&notice, &waits), Some(Why::NotToday));
    let other = post.notice(2, &[("Nom", "b@exemple.org")]);
    let deliveries = post.session.store.read().deliveries(other).unwrap();
    let other = post.session.store.read().notice(other).unwrap().unwrap();
    assert_eq!(works.why(&other, &deliveries[0]), Some(Why::Next));
    post.later(MINUTE);
    let pass = post.pass();
    assert_eq!((pass.sent, pass.stopped), (1, Some(Stopped::Day)), "others go on");
    post.later(DAY);
    for _ in 0..8 {
        post.later(MINUTE);
        post.pass();
    }
    let whom: HashSet<String> = post.server.arrived().into_iter().map(|it| it.to).collect();
    assert_eq!((whom.len(), post.server.arrived().len()), (501, 501), "each once");
}

#[test]
fn a_clock_that_jumps_loses_and_doubles_nothing() {
    let mut post = Post::new();
    for number in 0..5 {
        let names: Vec<String> = (0..100).map(|it| format!("a{number}-{it}@exemple.org")).collect();
        let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
        post.notice(number, &addresses);
    }
    post.server.feels_at(Point::Recipient, Mood::Says(451));
    assert_eq!(post.pass().deferred, 500);
    post.server.feels(|_, _| Mood::Well);
    for (at, jump) in
        [-TEN_YEARS, -TEN_YEARS, 3 * TEN_YEARS, -2 * TEN_YEARS, 4 * TEN_YEARS].into_iter().enumerate()
    {
        post.later(jump);
        assert_eq!(post.pass().sent, 30, "jump {at}");
        post.later(MINUTE);
    }
    for _ in 0..20 {
        post.pass();
        post.later(MINUTE);
    }
    assert!(post.states().iter().all(|it| *it == DeliveryState::Sent));
    assert_eq!(post.server.arrived().len(), 500);
}

#[test]
fn two_workers_share_what_waits() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("chantier.db");
    let open = || Session::open(&path, true, "awa".into(), at(start()), Some(today())).unwrap();
    let mut post = Post::with(open());
    let names: Vec<String> = (0..20).map(|it| format!("a{it}@exemple.org")).collect();
    let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
    post.notice(1, &addresses);
    let sent: usize = std::thread::scope(|scope| {
        let workers = ["un", "deux"].map(|owner| {
            let ways = post.ways.clone();
            let mut session = open();
            scope.spawn(move || {
                let order = Order { owner: owner.into(), ..Order::default() };
                run::run(&mut session, &ways, &order, &digest, &|| at(start())).unwrap().sent
            })
        });
        workers.map(|it| it.join().unwrap()).iter().sum()
    });
    assert_eq!((sent, post.server.arrived().len()), (20, 20));
    let whom: HashSet<String> = post.server.arrived().into_iter().map(|it| it.to).collect();
    assert_eq!(whom.len(), 20);
    assert_eq!(post.outbox(), []);
}

/// A thousand messages, and something goes wrong with every fourth step.
#[test]
fn a_thousand_messages_through_every_fault() {
    let seed = 11;
    let mut post = Post::new();
    for number in 0..20 {
        let names: Vec<String> = (0..50).map(|it| format!("a{number}-{it}@exemple.org")).collect();
        let addresses: Vec<(&str, &str)> = names.iter().map(|it| ("Nom", it.as_str())).collect();
        post.notice(number, &addresses);
    }
    let mut dice = fastrand::Rng::with_seed(seed);
    let doubts: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let counted = doubts.clone();
    post.server.feels(move |point, to| {
        let mood = match dice.u32(0..100) {
            0..=2 => Mood::Says(451),
            3..=4 => Mood::HangsUp,
            5 if point == Point::Dot => Mood::Says(552),
            6..=9 if point == Point::Dot => Mood::KeepsAndHangsUp,
            10 => Mood::SaysThis("?\r\n"),
            _ => Mood::Well,
        };
        let is_answer = point == Point::Dot && matches!(mood, Mood::Says(_));
        if matches!(point, Point::Dot | Point::Content) && mood != Mood::Well && !is_answer {
            *counted.lock().unwrap().entry(to.to_owned()).or_default() += 1;
        }
        mood
    });
    let mut passes = 0;
    while post.states().contains(&DeliveryState::Waiting) {
        post.pass();
        // A day has its limits: every pass is on another.
        post.later(7 * MINUTE + DAY / 8);
        passes += 1;
        assert!(passes < 1_000, "it does not end");
    }
    let mut copies: HashMap<String, Vec<_>> = HashMap::new();
    for it in post.server.arrived() {
        copies.entry(it.to.clone()).or_default().push(it);
    }
    let doubts = doubts.lock().unwrap().clone();
    let mut ends: HashMap<&str, usize> = HashMap::new();
    for delivery in post.deliveries() {
        let copies = copies.get(&delivery.email).cloned().unwrap_or_default();
        let doubts = doubts.get(&delivery.email).copied().unwrap_or(0);
        *ends.entry(delivery.state.word()).or_default() += 1;
        match delivery.state {
            DeliveryState::Sent => assert!(!copies.is_empty(), "{} is lost", delivery.email),
            DeliveryState::Failed => assert!(delivery.reply.contains("552"), "{}", delivery.reply),
            DeliveryState::Held => assert!(doubts >= 2, "{}", delivery.email),
            state => panic!("{state:?}"),
        }
        assert!(copies.len() <= 1 + doubts, "{}: {} copies, {doubts} doubts", delivery.email, copies.len());
        assert!(copies.iter().all(|it| *it == copies[0]), "a repeat can be recognised");
    }
    let names: HashSet<String> = copies.values().map(|it| it[0].header("Message-ID")).collect();
    assert_eq!(names.len(), copies.len(), "each has a name of its own");
    assert!(ends["sent"] > 900 && ends.values().sum::<usize>() == 1_000, "{ends:?}");
    assert!(copies.values().any(|it| it.len() == 2), "the faults were there");
}

#[test]
fn who_was_not_reached_for_days_gets_one_message() {
    let mut post = Post::new();
    for number in [5, 10, 15, 20, 25, 30, 35] {
        post.notice_on(
            number,
            "2026-04-02",
            &[("Mbondé", "mbonde@exemple.org"), ("Autre", "autre@exemple.org")],
        );
    }
    post.notice_on(6, "2026-04-02", &[("Mbondé", "mbonde@exemple.org")]);
    // No figure is missing any more; what a person wrote stays.
    let scope = Scope::Project(post.projects[0].bytes());
    let kind = |it: &Notice| if it.reference == "N° 5/2026" { "missing-entries" } else { "formal-notice" };
    let notices = post.session.store.read().notices().unwrap();
    post.session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                for it in notices.iter().filter(|it| it.reference != "N° 6/2026") {
                    let columns = NOTICE.columns([("kind", Some(kind(it).into()))]);
                    tx.put(&NOTICE, scope, vec![it.id.into()], columns, None)?;
                }
                Ok(())
            })
        })
        .unwrap();
    post.server.feels_at(Point::Dot, Mood::KeepsAndHangsUp);
    let pass = post.pass();
    assert_eq!((pass.gathered.digests, pass.gathered.resolved), (2, 2));
    post.server.feels(|_, _| Mood::Well);
    for _ in 0..3 {
        post.later(10 * MINUTE);
        assert_eq!(post.pass().gathered.digests, 0, "once");
    }
    let arrived = post.server.arrived();
    let distinct: HashSet<String> = arrived.iter().map(|it| it.header("Message-ID")).collect();
    assert_eq!(distinct.len(), 3, "two digests, and a notice that waited alone");
    let texts = arrived.iter().map(|it| String::from_utf8(it.content.clone()).unwrap());
    let text = texts.into_iter().find(|it| it.contains("1/6")).unwrap();
    assert_eq!(text.matches("le 02/04/2026, envoy").count(), 6, "{text}");
    assert_eq!(text.matches("06/04/2026").count(), 6);
    let states = post.states();
    let count = |state| states.iter().filter(|it| **it == state).count();
    // Six for each of two in digests, the digests themselves, one alone; two were over.
    let ends = [DeliveryState::Sent, DeliveryState::Cancelled, DeliveryState::Waiting].map(count);
    assert_eq!(ends, [15, 2, 0]);
}

/// What the other machines would refuse is refused here: they would take nothing more of that project.
#[test]
fn what_others_refuse_is_not_written() {
    let mut post = Post::new();
    let body = |chars: usize| NOTICE.columns([("body", Some("é".repeat(chars).as_str().into()))]);
    let scope = Scope::Project(post.projects[0].bytes());
    let mut put = |chars: usize| {
        let key = vec![Value::Bytes(vec![9; 16])];
        post.session.steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                Ok(tx.put(&NOTICE, scope, key.clone(), body(chars), None)?)
            })
        })
    };
    assert!(put(80 << 10).is_ok());
    assert_eq!(put((80 << 10) + 1).unwrap_err().problem().key, "store-unfit");
    let key = vec![Value::Bytes(vec![9; 16])];
    let wrong = post.session.steady(|session| {
        session.transact(OpName::Add, &Note::new(), |tx| {
            Ok(tx.put(&MACHINE, scope, key.clone(), Vec::new(), None)?)
        })
    });
    assert_eq!(wrong.unwrap_err().problem().key, "store-unfit", "a row lives where it lives");
    let note = Note::new().with("name", "x".repeat(70_000));
    let long = post.session.steady(|session| session.transact(OpName::Add, &note, |_| Ok(())));
    assert_eq!(long.unwrap_err().problem().key, "store-unfit");
}

/// Seven letters for one addressee that waited for days, put together while there was no server.
fn gathered() -> (Post, Notice) {
    let mut post = Post::new();
    for number in [5, 10, 15, 20, 25, 30, 35] {
        post.notice_on(number, "2026-04-02", &[("Mbondé", "mbonde@exemple.org")]);
    }
    post.write_all(&[("kind", "formal-notice")]);
    post.server.feels_at(Point::Greeting, Mood::Says(421));
    assert_eq!(post.pass().gathered.digests, 1);
    post.server.feels(|_, _| Mood::Well);
    post.later(10 * MINUTE);
    let mut notices = post.session.store.read().notices().unwrap();
    notices.retain(|it| it.kind == NoticeKind::Digest);
    (post, notices.remove(0))
}

#[test]
fn what_was_in_a_digest_that_is_withdrawn_goes_by_itself() {
    let (mut post, digest) = gathered();
    notices::cancel(&mut post.session, &[digest.id]).unwrap();
    let pass = post.pass();
    assert_eq!((pass.gathered.digests, pass.sent, pass.waiting), (0, 7, 0));
    assert_eq!(post.server.arrived().len(), 7);
    assert_eq!(post.pass().sent, 0);
    // One that nothing is known of: a person decides about each.
    let (mut post, digest) = gathered();
    let whole = post.session.store.read().deliveries(digest.id).unwrap()[0].id;
    post.left(whole, OutboxState::Unknown, 1);
    let cancelled = NOTICE.columns([("state", Some("cancelled".into()))]);
    post.write(&NOTICE, digest.project, &digest.id.into(), &cancelled);
    assert_eq!(post.pass().sent, 0, "a worker may have it");
    post.free(whole);
    post.pass();
    assert_eq!(post.states().iter().filter(|it| **it == DeliveryState::Held).count(), 7);
    assert!(post.server.arrived().is_empty());
}

#[test]
fn what_is_in_a_digest_that_is_held_waits_and_can_be_sent_alone() {
    let (mut post, digest) = gathered();
    notices::hold(&mut post.session, &[digest.id]).unwrap();
    assert_eq!(post.pass().waiting, 7, "it is said that they wait");
    let one = notices::find(&post.session, "n° 5/2026").unwrap();
    assert_eq!(send::release(&mut post.session, one.id).unwrap(), 1);
    let pass = post.pass_with(&Order { owner: "x".into(), only: Some(one.id), retry: true });
    assert_eq!((pass.sent, pass.waiting), (1, 6));
    let pass = post.pass();
    assert_eq!(
        (pass.gathered.digests, pass.sent, pass.waiting),
        (1, 1, 0),
        "the others together, without it"
    );
    let letters = post.server.arrived();
    let texts: Vec<_> = letters.iter().map(|it| String::from_utf8(it.content.clone()).unwrap()).collect();
    assert!(texts[1].contains("6/6") && !texts[1].contains("7/7"), "{}", texts[1]);
}

/// A digest that was refused and is sent again takes with it what is in it.
#[test]
fn a_digest_that_is_sent_again_goes_with_what_it_holds() {
    let (mut post, digest) = gathered();
    post.server.feels_at(Point::Recipient, Mood::Says(550));
    post.pass_with(&Order { owner: "x".into(), only: None, retry: true });
    assert_eq!(post.states(), vec![DeliveryState::Failed; 8]);
    post.server.feels(|_, _| Mood::Well);
    assert_eq!(send::release(&mut post.session, digest.id).unwrap(), 1);
    assert_eq!(post.pass_with(&Order { owner: "x".into(), only: Some(digest.id), retry: true }).sent, 1);
    assert_eq!(post.states(), vec![DeliveryState::Sent; 8]);
    assert_eq!(post.server.arrived().len(), 1);
    assert_eq!(post.session.store.read().sent_since(0).unwrap().len(), 1, "one message counts once");
}

/// Makes an approved notice a draft that has no number yet, and approves it.
fn approved(post: &mut Post, number: usize, addresses: &[(&str, &str)]) -> Id<Notice> {
    let id = post.notice(number, addresses);
    let scope = Scope::Project(post.projects[number % post.projects.len()].bytes());
    let columns = NOTICE.columns([("state", Some("draft".into())), ("reference", Some("".into()))]);
    post.session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                Ok(tx.put(&NOTICE, scope, vec![id.into()], columns.clone(), None)?)
            })
        })
        .unwrap();
    notices::approve(&mut post.session, &[id.into()]).unwrap();
    id
}

#[test]
fn what_went_out_is_not_taken_back() {
    let mut post = Post::new();
    let id = approved(&mut post, 1, &[("A", "a@exemple.org")]);
    let state = |post: &Post| {
        let notice = post.session.store.read().notice(id).unwrap().unwrap();
        (notice.state, notice.reference)
    };
    let ready = state(&post);
    assert!(ready.0 == NoticeState::Ready && !ready.1.is_empty());
    undo::undo(&mut post.session).unwrap();
    assert_eq!(state(&post), (NoticeState::Draft, String::new()), "nothing went: it is taken back");
    undo::redo(&mut post.session).unwrap();
    assert_eq!(state(&post), ready);
    assert_eq!(post.pass().sent, 1);
    let refused = undo::undo(&mut post.session).unwrap_err();
    assert_eq!(refused.problem().key, "undo-notice-gone");
    assert_eq!(state(&post), ready, "it keeps its number");
    assert_eq!((post.states(), post.server.arrived().len()), (vec![DeliveryState::Sent], 1));
}

#[test]
fn what_may_have_gone_is_not_taken_back() {
    let mut post = Post::new();
    approved(&mut post, 1, &[("A", "a@exemple.org")]);
    post.server.feels_at(Point::Dot, Mood::KeepsAndHangsUp);
    assert_eq!(post.pass().unknown, 1);
    assert_eq!(post.states(), [DeliveryState::Waiting]);
    assert_eq!(undo::undo(&mut post.session).unwrap_err().problem().key, "undo-notice-gone");
    // The same while a worker is at it.
    let mut post = Post::new();
    approved(&mut post, 1, &[("A", "a@exemple.org")]);
    let delivery = post.deliveries()[0].id;
    post.left(delivery, OutboxState::Claimed, 0);
    assert_eq!(undo::undo(&mut post.session).unwrap_err().problem().key, "undo-notice-gone");
    post.session.store.work_at_outbox(&[delivery], |_, _, _| Ok(None)).unwrap();
    undo::undo(&mut post.session).unwrap();
}

/// Machines of the organisation are enrolled, and one of them sends.
#[test]
fn one_machine_of_the_organisation_sends() {
    let mut post = Post::new();
    post.notice(1, &[("A", "a@exemple.org")]);
    assert_eq!(sender(&post.session).unwrap(), Sender::OnlyThis);
    let key = MachineKey::from_seed([1; 32]).unwrap();
    machines::introduce(&mut post.session, &key, "siège").unwrap();
    assert_eq!(sender(&post.session).unwrap(), Sender::This, "the one that it began with");
    let other = MachineKey::from_seed([2; 32]).unwrap().public();
    machines::enrol_key(&mut post.session, &key, "siège", "portable", ([7; 8], other)).unwrap();
    assert!(sender(&post.session).unwrap().is_this());
    write_machine(&mut post.session, [7; 8], ("sends", 5));
    assert!(matches!(sender(&post.session).unwrap(), Sender::Other(it) if it.name == "portable"));
    let pass = post.pass();
    assert!(matches!(pass.stopped, Some(Stopped::Sender(Sender::Other(_)))));
    assert_eq!((post.server.calls(), post.states()), (0, vec![DeliveryState::Waiting]));
    // Who does not administer does not take over.
    let own = post.session.store.replica_id();
    let portable = MachineKey::from_seed([2; 32]).unwrap();
    let rights = machines::rights(&post.session).unwrap();
    assert_eq!(machines::require_admin(&portable, &rights).unwrap_err().problem().key, "machine-not-admin");
    assert!(take(&mut post.session, &key, "siège").unwrap());
    assert!(!take(&mut post.session, &key, "siège").unwrap(), "once");
    assert_eq!(post.session.store.read().machine_sends().unwrap().iter().map(|it| it.1).max(), Some(6));
    assert_eq!(post.pass().sent, 1);
    // Two that took over at once: all agree on one of them.
    write_machine(&mut post.session, [0xff; 8], ("sends", 6));
    write_machine(&mut post.session, [7; 8], ("sends", 6));
    let agreed = own.max([7; 8]) == own;
    assert_eq!(
        sender(&post.session).unwrap().is_this(),
        agreed,
        "a machine that is not enrolled does not count"
    );
    // One that is withdrawn sends nothing any more.
    write_machine(&mut post.session, [7; 8], ("sends", 9));
    machines::withdraw(&mut post.session, &key, "siège", "portable").unwrap();
    assert_eq!(sender(&post.session).unwrap(), Sender::This);
}

fn write_machine(session: &mut Session, replica: [u8; 8], (column, value): (&str, i64)) {
    let scope = Scope::Rights(session.organisation().unwrap().id.bytes());
    let columns = MACHINE.columns([(column, Some(Value::Int(value)))]);
    session
        .steady(|session| {
            session.transact(OpName::Enrol, &Note::new(), |tx| {
                let key = vec![Value::Bytes(replica.to_vec())];
                Ok(tx.put(&MACHINE, scope, key, columns.clone(), None)?)
            })
        })
        .unwrap();
}

/// Every word that a user reads about it, in both languages.
#[test]
fn what_happened_is_said() {
    let reply =
        chantier::notify::outbox::said(&Problem::new("reply-too-slow").with("server", "smtp.exemple.org"));
    for language in [Language::French, Language::English] {
        let texts = Texts::new(language);
        assert!(
            texts.delivery_reply(&reply).starts_with("smtp.exemple.org"),
            "{}",
            texts.delivery_reply(&reply)
        );
        assert_eq!(texts.delivery_reply("localhost: 250 \u{1b}[2Jok"), "localhost: 250 [2Jok");
        assert_eq!(texts.delivery_reply("{\"pas\": 1}"), "{\"pas\": 1}");
        let pass = Pass {
            sent: 3,
            failed: 1,
            waiting: 4,
            stopped: Some(Stopped::Unreachable(reply.clone())),
            ..Pass::default()
        };
        let lines = texts.pass(&pass);
        assert_eq!(lines.len(), 4);
        assert!(lines[2].contains("smtp.exemple.org"), "{}", lines[2]);
        assert_eq!(texts.pass(&Pass::default()).len(), 1);
    }
}
