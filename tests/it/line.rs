//! Two machines on a line in memory: what goes, what comes, and a line that is cut anywhere.

use std::io::{Error, ErrorKind, Write, pipe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chantier::actions::demo;
use chantier::actions::exchange::answering::{Answerer, answer};
use chantier::actions::exchange::calling::{Caller, call};
use chantier::actions::exchange::conversation::Broken;
use chantier::actions::exchange::exchange::Request;
use chantier::actions::exchange::machines::{enrol_key, introduce, seal, withdraw};
use chantier::actions::exchange::remotes::Remote;
use chantier::actions::exchange::summary::Summary;
use chantier::actions::failure::Failure;
use chantier::actions::record_entry::{self, Typed};
use chantier::actions::register::organisation::{self, OrganisationFields};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::store::exchange::arrivals::Tip;
use chantier::sync::keys::MachineKey;
use chantier::sync::line::LineFault;

use crate::robot::today;

/// A machine with the place that it calls.
struct Machine {
    session: Session,
    key: MachineKey,
    remote: Remote,
    name: &'static str,
}

fn machine(seed: u8, name: &'static str) -> Machine {
    let mut session = Session::empty(today()).unwrap();
    session.user = name.into();
    let remote = Remote { name: "siege".into(), ..Remote::default() };
    Machine { session, key: MachineKey::from_seed([seed; 32]).unwrap(), remote, name }
}

/// A hub with invented data.
fn hub(sites: u32) -> Machine {
    let mut hub = machine(1, "siege");
    let last_month = Month::of(today()).previous();
    demo::write(&mut hub.session, &Spec { sites, months: 6, seed: 1, last_month }, |_| {}).unwrap();
    hub
}

impl Machine {
    fn tips(&self) -> Vec<Tip> {
        let mut tips = self.session.store.read().tips().unwrap();
        tips.sort_unstable();
        tips
    }

    /// Types a figure into lot number `at`.
    fn types(&mut self, at: usize, percent: i32) {
        let lots = self.session.store.read().lots().unwrap();
        let request = record_entry::Request {
            place: lots[at % lots.len()].id.into(),
            month: Month::of(today()).previous(),
            typed: Some(Typed::Cumulative(Percent(percent))),
            observation: Some(format!("figure {percent} de {}", self.name)),
            cause: None,
            attribution: None,
            normal: None,
        };
        record_entry::record(&mut self.session, &request).unwrap();
    }
}

/// An end of a pipe that is cut after so many bytes.
struct Cut<W> {
    inner: Option<W>,
    left: u64,
    written: Arc<AtomicU64>,
}

impl<W: Write> Write for Cut<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let Some(inner) = self.inner.as_mut().filter(|_| length > 0 || bytes.is_empty()) else {
            self.inner = None;
            return Err(Error::from(ErrorKind::BrokenPipe));
        };
        let count = inner.write(&bytes[..length])?;
        self.left -= count as u64;
        self.written.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// How a call goes.
#[derive(Clone)]
struct Way {
    request: Request,
    enrols: bool,
    up_max: u64,
    down_max: u64,
}

fn way() -> Way {
    Way { request: Request::default(), enrols: false, up_max: u64::MAX, down_max: u64::MAX }
}

/// What a call came to, with the bytes that went up and down.
struct Called {
    result: Result<Summary, Broken>,
    answered: Result<(), Failure>,
    up: u64,
    down: u64,
}

fn call_on(client: &mut Machine, hub: &mut Machine, way: &Way) -> Called {
    let (heard_there, spoken_here) = pipe().unwrap();
    let (heard_here, spoken_there) = pipe().unwrap();
    let counted = |inner, left| {
        let written = Arc::new(AtomicU64::new(0));
        (Cut { inner: Some(inner), left, written: Arc::clone(&written) }, written)
    };
    let (spoken_here, up) = counted(spoken_here, way.up_max);
    let (spoken_there, down) = counted(spoken_there, way.down_max);
    let request = Request { own_name: client.name.into(), ..way.request.clone() };
    let (result, answered) = std::thread::scope(|scope| {
        let answered = scope.spawn(|| {
            let words = |problem: &chantier::model::problem::Problem| problem.key.clone();
            let answerer = Answerer { key: &hub.key, own_name: hub.name, enrols: way.enrols, words: &words };
            answer(&mut hub.session, &answerer, heard_there, spoken_there)
        });
        let mut caller = Caller { key: &client.key, remote: &mut client.remote, request: &request };
        let result = call(&mut client.session, &mut caller, heard_here, spoken_here, &mut |_| {});
        (result, answered.join().unwrap())
    });
    Called { result, answered, up: up.load(Ordering::Relaxed), down: down.load(Ordering::Relaxed) }
}

fn exchanged(client: &mut Machine, hub: &mut Machine) -> Summary {
    let called = call_on(client, hub, &way());
    called.answered.unwrap();
    called.result.unwrap()
}

fn joins() -> Way {
    Way { request: Request { joins: true, ..Request::default() }, enrols: true, ..way() }
}

/// A laptop that joined.
fn joined(seed: u8, name: &'static str, hub: &mut Machine) -> Machine {
    let mut laptop = machine(seed, name);
    call_on(&mut laptop, hub, &joins()).result.unwrap();
    laptop
}

fn key_of(called: Called) -> String {
    match called.result {
        Err(Broken::Failure(failure)) => failure.problem().key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_laptop_has_everything_after_one_call() {
    let mut hub = hub(5);
    let mut laptop = machine(2, "portable");
    let called = call_on(&mut laptop, &mut hub, &joins());
    let summary = called.result.unwrap();
    assert!(summary.received > 50 && !summary.wants_attention(), "{summary:?}");
    assert_eq!(laptop.tips(), hub.tips());
    let peer = laptop.session.store.read().peer(hub.session.store.replica_id()).unwrap().unwrap();
    assert_eq!(peer.theirs.whole(), hub.session.store.read().last_arrival().unwrap());
    // The hub knows it too: nothing goes twice.
    let again = call_on(&mut laptop, &mut hub, &way());
    assert_eq!(again.result.unwrap().received, 0);
    assert!(again.up < 110 && again.down < 110, "{} up, {} down", again.up, again.down);
}

#[test]
fn figures_go_both_ways_in_one_round() {
    let mut hub = hub(5);
    let mut laptop = joined(2, "portable", &mut hub);
    exchanged(&mut laptop, &mut hub);
    laptop.types(0, 9_100);
    hub.types(3, 9_200);
    let called = call_on(&mut laptop, &mut hub, &way());
    let summary = called.result.unwrap();
    assert!(summary.sent > 0 && summary.received > 0 && summary.pending == 0, "{summary:?}");
    assert_eq!(laptop.tips(), hub.tips());
    assert!(called.up < 700 && called.down < 700, "{} up, {} down", called.up, called.down);
}

#[test]
fn two_laptops_meet_at_the_hub_whichever_calls_first() {
    for order in [[0, 1], [1, 0]] {
        let mut hub = hub(3);
        let mut laptops = [joined(2, "un", &mut hub), joined(3, "deux", &mut hub)];
        for (at, laptop) in laptops.iter_mut().enumerate() {
            laptop.types(0, 9_000 + i32::try_from(at).unwrap());
            laptop.types(at + 1, 9_500);
        }
        for at in [order[0], order[1], order[0]] {
            exchanged(&mut laptops[at], &mut hub);
        }
        let [one, two] = &laptops;
        assert!(one.tips() == hub.tips() && two.tips() == hub.tips());
        let conflicts = |it: &Machine| chantier::actions::conflicts::conflicts(&it.session).unwrap().len();
        assert!(conflicts(one) > 0 && conflicts(one) == conflicts(two), "both wrote the same figure");
    }
}

/// Calls again and again on a line that is cut, until a call gets through. Returns how often it was cut, and the bytes.
fn through(client: &mut Machine, hub: &mut Machine, cut: &Way) -> (u64, u64, u64) {
    let (mut cuts, mut up, mut down) = (0, 0, 0);
    loop {
        let called = call_on(client, hub, cut);
        called.answered.unwrap();
        (up, down) = (up + called.up, down + called.down);
        match called.result {
            Ok(_) => return (cuts, up, down),
            Err(Broken::Line(LineFault::Ended | LineFault::Cut | LineFault::Io(_))) => cuts += 1,
            Err(other) => panic!("{other:?}"),
        }
        assert!(cuts < 2000, "the line never gets anything through");
    }
}

#[test]
fn a_call_that_is_cut_anywhere_is_made_good_by_the_next() {
    let mut whole = (hub(2), machine(2, "portable"));
    call_on(&mut whole.1, &mut whole.0, &joins()).result.unwrap();
    whole.0.types(1, 9_900);
    whole.1.types(0, 9_800);
    let full = call_on(&mut whole.1, &mut whole.0, &way());
    let cuts_up = (0..full.up).step_by(7).map(|it| (it, u64::MAX));
    let cuts_down = (0..full.down).step_by(7).map(|it| (u64::MAX, it));
    let mut hub = hub(2);
    let mut laptop = joined(2, "portable", &mut hub);
    for (at, (up_max, down_max)) in cuts_up.chain(cuts_down).enumerate() {
        let percent = 9_000 + i32::try_from(at % 900).unwrap();
        hub.types(1, percent);
        laptop.types(0, percent);
        let called = call_on(&mut laptop, &mut hub, &Way { up_max, down_max, ..way() });
        called.answered.unwrap();
        exchanged(&mut laptop, &mut hub);
        assert_eq!(laptop.tips(), hub.tips(), "cut at {up_max} up, {down_max} down");
    }
}

#[test]
fn a_long_call_goes_on_where_it_was_cut() {
    let mut far = hub(24);
    let mut near = machine(2, "portable");
    let whole = call_on(&mut near, &mut far, &joins());
    whole.result.unwrap();
    for down_max in [2_500, 6_000] {
        let mut hub = hub(24);
        let mut laptop = machine(2, "portable");
        let cut = Way { down_max, ..joins() };
        let (cuts, _, down) = through(&mut laptop, &mut hub, &cut);
        assert_eq!(laptop.tips(), hub.tips());
        let again = (down - whole.down) / cuts.max(1);
        assert!(cuts > 1 && again < 1_500, "cut {cuts} times, {again} bytes again each time");
    }
}

#[test]
fn a_long_push_goes_on_where_it_was_cut() {
    let build = || {
        let mut hub = hub(24);
        let mut laptop = joined(2, "portable", &mut hub);
        exchanged(&mut laptop, &mut hub);
        for at in 0..150 {
            laptop.types(at, 9_000 + i32::try_from(at).unwrap());
        }
        (hub, laptop)
    };
    let (mut hub, mut laptop) = build();
    let whole = call_on(&mut laptop, &mut hub, &way());
    whole.result.unwrap();
    let (mut hub, mut laptop) = build();
    let cut = Way { up_max: 3_000, ..way() };
    let (cuts, up, _) = through(&mut laptop, &mut hub, &cut);
    assert_eq!(laptop.tips(), hub.tips());
    let again = (up - whole.up) / cuts.max(1);
    assert!(cuts > 1 && again < 1_500, "cut {cuts} times, {again} bytes again each time; {} whole", whole.up);
}

#[test]
fn strangers_are_refused_with_what_to_do() {
    let mut hub = hub(2);
    let mut laptop = machine(2, "portable");
    let called = call_on(&mut laptop, &mut hub, &Way { enrols: false, ..joins() });
    let Err(Broken::Failure(failure)) = called.result else { panic!("not enrolled") };
    let problem = failure.problem();
    assert_eq!(problem.key, "exchange-not-enrolled");
    assert!(problem.arguments[0].1.starts_with("ssh-ed25519 "), "{problem}");
    assert_eq!(laptop.tips(), []);
    let (replica, key) = (laptop.session.store.replica_id(), laptop.key.public());
    enrol_key(&mut hub.session, &hub.key, "siege", "portable", (replica, key)).unwrap();
    call_on(&mut laptop, &mut hub, &Way { enrols: false, ..joins() }).result.unwrap();
    assert_eq!(laptop.tips(), hub.tips());
    withdraw(&mut hub.session, &hub.key, "siege", "portable").unwrap();
    laptop.types(0, 9_100);
    assert_eq!(key_of(call_on(&mut laptop, &mut hub, &way())), "line-withdrawn");
    assert_eq!(hub.session.store.read().held().unwrap().len(), 1, "what it sent waits for a verdict");
    // The same key does not come back as another machine.
    let mut again = machine(2, "portable");
    assert_eq!(key_of(call_on(&mut again, &mut hub, &joins())), "exchange-not-enrolled");
}

#[test]
fn another_organisation_is_refused_and_nothing_moves() {
    let mut hub = hub(2);
    let mut laptop = machine(2, "portable");
    let fields = OrganisationFields { name: Some("Autre".into()), ..OrganisationFields::default() };
    organisation::add(&mut laptop.session, &fields).unwrap();
    let before = (hub.tips(), laptop.session.store.read().last_op().unwrap());
    assert_eq!(key_of(call_on(&mut laptop, &mut hub, &joins())), "line-other-organisation");
    assert_eq!(hub.tips(), before.0);
}

#[test]
fn a_limit_of_bytes_leaves_the_rest_for_the_next_time() {
    let mut hub = hub(24);
    let mut laptop = machine(2, "portable");
    let limit = Request { bytes_max: Some(4_000), joins: true, ..Request::default() };
    let limited = Way { request: limit, enrols: true, ..way() };
    let mut received = 0;
    let mut calls = 0;
    loop {
        let called = call_on(&mut laptop, &mut hub, &limited);
        assert!(called.down < 5_000 && called.up < 5_000, "{} down", called.down);
        let summary = called.result.unwrap();
        calls += 1;
        assert!(summary.received > 0, "call {calls}: {summary:?}");
        received += summary.received;
        if summary.pending == 0 {
            break;
        }
    }
    assert!(calls > 2);
    assert_eq!(laptop.tips(), hub.tips());
    let all: u64 = hub.tips().iter().map(|it| it.2).sum();
    assert_eq!(received, all, "nothing came twice");
}

#[test]
fn only_the_projects_that_are_wanted_come() {
    let mut hub = hub(12);
    let projects = hub.session.store.read().projects().unwrap();
    let mut laptop = machine(2, "portable");
    let request = Request { projects: vec![projects[0].name.clone()], joins: true, ..Request::default() };
    call_on(&mut laptop, &mut hub, &Way { request, enrols: true, ..way() }).result.unwrap();
    assert_eq!(laptop.remote.projects, [projects[0].id.bytes()]);
    let sites = |it: &Machine| it.session.store.read().sites().unwrap();
    let wanted = sites(&hub).iter().filter(|it| it.project == projects[0].id).count();
    assert!(wanted > 0 && wanted < sites(&hub).len());
    assert_eq!(sites(&laptop).len(), wanted);
    // What is written here goes, and only what is wanted comes.
    laptop.types(0, 9_700);
    let summary = exchanged(&mut laptop, &mut hub);
    assert!(summary.sent > 0 && summary.received == 0 && summary.lacks.is_empty(), "{summary:?}");
    // Wanting everything later brings the rest, though the machines believe that all is there.
    laptop.remote.projects.clear();
    let summary = exchanged(&mut laptop, &mut hub);
    assert!(summary.received > 0 && summary.lacks.is_empty(), "{summary:?}");
    assert_eq!(laptop.tips(), hub.tips());
}

#[test]
fn what_the_records_say_wrongly_is_found_and_made_good() {
    let mut hub = hub(3);
    let mut laptop = joined(2, "portable", &mut hub);
    exchanged(&mut laptop, &mut hub);
    hub.types(0, 9_100);
    laptop.types(1, 9_200);
    // Both sides believe that the other has what it never got.
    for (one, other) in [(&mut hub, laptop.session.store.replica_id()), (&mut laptop, [0; 8])] {
        introduce(&mut one.session, &one.key, one.name).unwrap();
        seal(&mut one.session, &one.key).unwrap();
        let other = one.remote.machine.unwrap_or(other);
        let mut all = chantier::store::exchange::ranges::Ranges::default();
        all.insert(1, one.session.store.read().last_arrival().unwrap());
        one.session.store.keep_acknowledged(other, &all, 0).unwrap();
    }
    assert_ne!(laptop.tips(), hub.tips());
    let summary = exchanged(&mut laptop, &mut hub);
    assert!(summary.sent > 0 && summary.received > 0 && summary.lacks.is_empty(), "{summary:?}");
    assert_eq!(laptop.tips(), hub.tips());
}

#[test]
fn what_is_not_signed_rightly_is_refused_alone() {
    let mut hub = hub(3);
    let mut laptop = joined(2, "portable", &mut hub);
    exchanged(&mut laptop, &mut hub);
    laptop.types(0, 9_300);
    laptop.session.store.seal(|_| Ok::<_, Failure>([0; 64])).unwrap();
    hub.types(1, 9_400);
    let before = hub.tips();
    let summary = exchanged(&mut laptop, &mut hub);
    let keys: Vec<&str> = summary.refused.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["line-refused-there"], "{summary:?}");
    assert!(summary.received > 0, "what the hub wrote comes all the same");
    assert_eq!(summary.lacks.last().map(|it| it.key.as_str()), Some("line-differs"));
    assert_eq!(hub.tips(), before);
    // Saying everything again changes nothing, and is not done again.
    let again = call_on(&mut laptop, &mut hub, &way());
    assert!(again.down < 200 && again.up < 1_000, "{} up, {} down", again.up, again.down);
}

/// Carries everything into a machine without asking whether it may.
fn carried(from: &mut Machine, to: &mut Machine) {
    seal(&mut from.session, &from.key).unwrap();
    let read = from.session.store.read();
    let arrivals = read.arrivals(0).unwrap();
    let taken = to.session.receive(&chantier::actions::op::Note::new(), |tx| {
        for arrival in &arrivals {
            tx.admit(&read.segment(arrival)?, &arrival.signature, 0)?;
        }
        Ok(())
    });
    taken.unwrap();
}

#[test]
fn what_a_machine_wrote_that_nobody_enrolled_is_refused_until_it_is() {
    let mut hub = hub(3);
    let mut laptop = joined(2, "portable", &mut hub);
    exchanged(&mut laptop, &mut hub);
    let mut other = machine(7, "inconnu");
    carried(&mut hub, &mut other);
    other.types(2, 9_500);
    carried(&mut other, &mut laptop);
    laptop.types(0, 9_600);
    let summary = exchanged(&mut laptop, &mut hub);
    assert_eq!(summary.refused.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["line-refused-there"]);
    let wrote = |hub: &Machine, by: &Machine| {
        let replica = by.session.store.replica_id();
        hub.tips().iter().any(|it| it.1 == replica)
    };
    assert!(wrote(&hub, &laptop) && !wrote(&hub, &other));
    let (replica, key) = (other.session.store.replica_id(), other.key.public());
    enrol_key(&mut hub.session, &hub.key, "siege", "inconnu", (replica, key)).unwrap();
    let summary = exchanged(&mut laptop, &mut hub);
    assert!(summary.refused.is_empty() && summary.lacks.is_empty(), "{summary:?}");
    assert!(wrote(&hub, &other) && laptop.tips() == hub.tips());
}

#[test]
fn a_hub_that_was_set_back_gets_back_what_it_had() {
    let mut hub = hub(3);
    let mut laptop = joined(2, "portable", &mut hub);
    laptop.types(0, 9_100);
    exchanged(&mut laptop, &mut hub);
    // The hub is another file now, with what the hub had in the beginning; its key is the same.
    let mut restored = machine(1, "siege");
    carried(&mut hub, &mut restored);
    restored.types(1, 9_200);
    let founder = chantier::store::value::Value::Bytes(hub.key.public().0.to_vec());
    restored.session.store.keep_about("founder", &founder).unwrap();
    let summary = exchanged(&mut laptop, &mut restored);
    assert!(summary.received > 0 && summary.lacks.is_empty(), "{summary:?}");
    assert_eq!(laptop.tips(), restored.tips());
    assert_eq!(laptop.remote.machine, Some(restored.session.store.replica_id()));
}
