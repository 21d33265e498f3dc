//! A machine that is rightly enrolled and writes what no honest one would.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use chantier::actions::exchange::bundle_in::{self, BundleFile};
use chantier::actions::exchange::machines;
use chantier::actions::exchange::summary::Summary;
use chantier::actions::portfolio::Portfolio;
use chantier::actions::session::Session;
use chantier::actions::{alerts, conflicts, demo, doctor, export, history};
use chantier::demo::Spec;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::store::change::{Body, Dot, Hash, Pred, ReplicaId, Scope};
use chantier::store::exchange::segment::{SealedChange, SealedOp, Segment};
use chantier::store::registry::{self, Table};
use chantier::store::value::Value;
use chantier::sync::bundle::{BundleWriter, Header, SegmentPacker};
use chantier::sync::keys::{MachineKey, Purpose};
use chantier::texts::Language;
use chrono::DateTime;
use tempfile::TempDir;

use crate::desk::{Desk, text};
use crate::robot::{Robot, today};

const ATTACKER: ReplicaId = [9; 8];
const HOSTILE: &str = "A\u{1b}]0;pris\u{7}\u{1b}[2J\u{202e}B\u{200b}\u{e0041}\u{9b}31m\r\nC";

/// A hub, and the key of an enrolled machine that means harm.
struct Siege {
    folder: TempDir,
    hub: Session,
    key: MachineKey,
    organisation: [u8; 16],
    chains: HashMap<Scope, (u64, Hash)>,
    n: u64,
    ops: u8,
}

impl Siege {
    fn new() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let now = DateTime::from_timestamp(1_775_484_000, 0).unwrap();
        let path = folder.path().join("hub.db");
        let mut hub = Session::open(&path, true, "awa".into(), now, Some(today())).unwrap();
        let last_month = Month::of(today()).previous();
        demo::write(&mut hub, &Spec { sites: 2, months: 3, seed: 1, last_month }, |_| {}).unwrap();
        let key = MachineKey::from_seed([7; 32]).unwrap();
        let own = machines::own_key(&hub).unwrap();
        machines::enrol_key(&mut hub, &own, "siège", "intrus", (ATTACKER, key.public())).unwrap();
        machines::seal(&mut hub, &own).unwrap();
        let organisation = hub.organisation().unwrap().id.bytes();
        Self { folder, hub, key, organisation, chains: HashMap::new(), n: 0, ops: 0 }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("hub.db")
    }

    fn op(&mut self) -> SealedOp {
        self.ops += 1;
        let mut id = [5; 16];
        id[0] = self.ops;
        SealedOp {
            id: Id::from_bytes(id),
            lamport: 1000 + i64::from(self.ops),
            wall_ms: i64::MAX,
            user: "awa".into(),
            name: "record-entry".into(),
            note: Some("{}".into()),
            undoes: None,
        }
    }

    /// Makes a segment that continues the attacker's chain.
    fn segment(&mut self, scope: Scope, op: SealedOp, bodies: &[(u16, Body)]) -> Segment {
        let (seq, before) = self.chains.get(&scope).copied().unwrap_or_default();
        let changes = bodies
            .iter()
            .map(|(table, it)| SealedChange { op: 0, table: *table, body: it.encode() })
            .collect();
        Segment { scope, replica: ATTACKER, lo: seq + 1, before, ops: vec![op], changes }
    }

    /// Signs segments, and lets the hub take them in.
    fn send(&mut self, segments: &[Segment]) -> Result<Summary, String> {
        let founder = machines::rights(&self.hub).unwrap().founder().unwrap();
        let header = Header {
            organisation: self.organisation,
            organisation_name: HOSTILE.into(),
            sender: ATTACKER,
            sender_key: self.key.public(),
            sender_name: HOSTILE.into(),
            founder,
            first: self.n + 1,
            last: self.n + segments.len() as u64,
            created_ms: i64::MIN,
            part: (1, 1),
            reader: None,
        };
        let mut bundle = BundleWriter::new(Vec::new(), &header).unwrap();
        let mut packer = SegmentPacker::new().unwrap();
        for segment in segments {
            self.n += 1;
            let payload = segment.encode();
            let message = Segment::signed_bytes(self.organisation, &payload);
            let signature = self.key.sign(Purpose::Segment, &message).unwrap();
            bundle.segment(&packer.pack(self.n, &payload, &signature).unwrap()).unwrap();
        }
        let path = self.folder.path().join("lot.chantier");
        fs::write(&path, bundle.finish(&self.key).unwrap()).unwrap();
        let mut file = BundleFile::open(&path, Vec::new()).unwrap();
        let taken = bundle_in::import(&mut self.hub, &mut file, false).map_err(|it| it.problem().key)?;
        for segment in segments {
            let tip = self.hub.store.read().tip_of(segment.scope, ATTACKER).unwrap();
            if tip == segment.hi() && taken.summary.received > 0 {
                let link = segment.links().pop().unwrap_or_default();
                self.chains.insert(segment.scope, (tip, link));
            }
        }
        Ok(taken.summary)
    }

    /// Sends one change.
    fn write(&mut self, scope: Scope, table: &Table, body: Body) -> Result<Summary, String> {
        let op = self.op();
        let segment = self.segment(scope, op, &[(table.id, body)]);
        self.send(&[segment])
    }

    /// Everything still reads, and the tables are what the log says.
    #[track_caller]
    fn holds(&self, what: &str) {
        let session = &self.hub;
        let broken = session.store.read().check_chains(|_| {}).unwrap();
        assert!(broken.is_empty(), "{what}: {broken:?}");
        let differs = session.store.compare_with_log(|_| {}).unwrap();
        assert!(differs.is_empty(), "{what}: {differs:?}");
        Portfolio::load(session).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        alerts::board(session, None, None).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        conflicts::conflicts(session).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        doctor::defects(session).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        export::entries(session, |_| {}).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        export::sites(session).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
        history::every_change(session, |_, _| {}).unwrap_or_else(|it| panic!("{what}: {:?}", it.problem()));
    }

    /// The command line and the screens show everything safely.
    fn shows(self, what: &str) {
        let path = self.path();
        let Self { folder, hub, .. } = self;
        drop(hub);
        let desk = Desk::new();
        for verb in [
            &["status"][..],
            &["alerts"],
            &["conflicts"],
            &["doctor", "--full"],
            &["export", "entries"],
            &["export", "sites"],
            &["export", "alerts"],
            &["export", "changes"],
            &["site", "list"],
            &["project", "list"],
            &["contractor", "list"],
            &["machine", "list"],
            &["history", "ECO-001"],
            &["status", "ECO-001", "--json"],
        ] {
            let arguments = [&["--db", path.to_str().unwrap()], verb].concat();
            let output = desk.run(&arguments);
            let (out, error) = (text(&output.stdout), text(&output.stderr));
            assert!(matches!(output.status.code(), Some(0 | 1)), "{what} {verb:?}: {error}");
            let raw = |it: char| {
                it != '\n' && it.is_control()
                    || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{e0000}'..='\u{e007f}')
            };
            assert!(!format!("{out}{error}").chars().any(raw), "{what} {verb:?}: {out:?}{error:?}");
        }
        let now = DateTime::from_timestamp(1_775_484_000, 0).unwrap();
        let session = Session::open(&path, false, "awa".into(), now, Some(today())).unwrap();
        let mut robot = Robot::at(session, Language::French, 80, 24);
        for keys in ["g t", "g s", "g e", "g a", "g r", "g t"] {
            robot.press(keys).rest().press("Down Down Enter").rest().press("Esc");
            let drawn = robot.screen();
            assert!(!drawn.chars().any(|it| it != '\n' && it.is_control()), "{what} {keys}: {drawn:?}");
        }
        drop(folder);
    }
}

fn body(key: Vec<Value>, columns: Vec<(u8, Value)>) -> Body {
    Body { key, columns, preds: Vec::new(), origin: None }
}

fn id(bytes: [u8; 16]) -> Value {
    Value::Bytes(bytes.to_vec())
}

/// The site and the lot of the demonstration that suffer.
fn victim(siege: &Siege) -> (Scope, Value, Value) {
    let lot = siege.hub.store.read().lots().unwrap().remove(0);
    (Scope::Site(lot.site.bytes()), lot.site.into(), lot.id.into())
}

fn month() -> Value {
    Value::Int(Month::of(today()).index() - 1)
}

#[test]
fn text_that_means_harm_is_shown_safely() {
    let mut siege = Siege::new();
    let (scope, site, lot) = victim(&siege);
    let hostile = || Value::Text(HOSTILE.into());
    let long = || Value::Text("Ḿ".repeat(20_000));
    let project = [8; 16];
    let rows = [
        (
            Scope::Project(project),
            &registry::PROJECT,
            body(vec![id(project)], vec![(1, hostile()), (2, hostile())]),
        ),
        (scope, &registry::SITE, body(vec![site.clone()], vec![(3, hostile()), (4, long()), (8, hostile())])),
        (scope, &registry::LOT, body(vec![lot.clone()], vec![(2, hostile())])),
        (scope, &registry::LOT, body(vec![lot.clone()], vec![(2, long())])),
        (
            scope,
            &registry::OBSERVATION,
            body(vec![id([1; 16])], vec![(1, lot.clone()), (2, month()), (3, hostile())]),
        ),
        (
            scope,
            &registry::OBSERVATION,
            body(vec![id([2; 16])], vec![(1, lot.clone()), (2, month()), (3, long())]),
        ),
        (scope, &registry::ENTRY, body(vec![lot, month()], vec![(1, Value::Int(100)), (4, hostile())])),
        (
            Scope::Organisation(siege.organisation),
            &registry::CONTRACTOR,
            body(vec![id([3; 16])], vec![(1, hostile()), (3, long())]),
        ),
    ];
    for (scope, table, body) in rows {
        let mut op = siege.op();
        (op.user, op.name) = (HOSTILE.into(), HOSTILE.into());
        op.note = Some(HOSTILE.into());
        let segment = siege.segment(scope, op, &[(table.id, body)]);
        assert_eq!(siege.send(&[segment]).unwrap().held, 0);
        siege.holds(table.name);
    }
    siege.shows("text");
}

#[test]
fn what_cannot_be_is_held_and_harms_nothing() {
    let mut siege = Siege::new();
    let (scope, site, lot) = victim(&siege);
    let organisation = siege.organisation;
    let entry = |value: Value| body(vec![lot.clone(), month()], vec![(1, value)]);
    let mut attacks: Vec<(Scope, &Table, Body)> = Vec::new();
    for far in [i64::MIN, i64::MAX, 0, 9999 * 12, -1] {
        attacks.push((
            scope,
            &registry::ENTRY,
            body(vec![lot.clone(), Value::Int(far)], vec![(1, Value::Int(1))]),
        ));
    }
    for value in [Value::Int(i64::MAX), Value::Int(i64::MIN), Value::Text("12".into()), Value::Bytes(vec![1])]
    {
        attacks.push((scope, &registry::ENTRY, entry(value)));
    }
    // Every column of every table with what it never holds.
    for table in registry::TABLES {
        let (scope, first) = match table.name {
            "organisation" | "contractor" | "contact" => {
                (Scope::Organisation(organisation), id(organisation))
            }
            "project" => (Scope::Project([8; 16]), id([8; 16])),
            "site_money" => (Scope::SiteMoney([8; 16]), id([8; 16])),
            _ => (scope, site.clone()),
        };
        let key: Vec<Value> = match table.key.len() {
            1 => vec![first],
            2 if table.name == "entry" => vec![lot.clone(), month()],
            2 => vec![lot.clone(), id([4; 16])],
            _ => vec![first, Value::Text("policy.cycle".into()), month()],
        };
        for column in table.columns.iter().filter(|_| table.name != "machine") {
            attacks.push((scope, table, body(key.clone(), vec![(column.id, Value::Bytes(vec![0; 17]))])));
        }
        attacks.push((scope, table, body(vec![Value::Null; key.len()], vec![])));
        attacks.push((scope, table, body(vec![Value::Bytes(vec![1; 3]); key.len()], vec![])));
        attacks.push((scope, table, body(vec![], vec![])));
    }
    attacks.push((scope, &registry::LOT, body(vec![lot.clone()], vec![(3, Value::Int(i64::MAX))])));
    attacks.push((
        scope,
        &registry::LOT,
        body(vec![lot.clone()], vec![(2, Value::Text("x".repeat(900_000)))]),
    ));
    // Rights where they are not judged.
    let row = vec![(1, Value::Text("intrus".into())), (3, Value::Int(1))];
    attacks.push((scope, &registry::MACHINE, body(vec![Value::Bytes(ATTACKER.to_vec())], row)));
    let doubled = (0..10).map(|_| (1, Value::Int(1))).collect();
    attacks.push((scope, &registry::ENTRY, body(vec![lot.clone(), month()], doubled)));
    let mut future = entry(Value::Int(1));
    future.preds = vec![Pred { seen: Dot { replica: ATTACKER, seq: 1 << 40 }, columns: vec![1] }];
    attacks.push((scope, &registry::ENTRY, future));
    let before = siege.hub.store.dump().unwrap();
    for (at, (scope, table, body)) in attacks.into_iter().enumerate() {
        let what = format!("attack {at} on {}: {body:?}", table.name);
        let summary = siege.write(scope, table, body).unwrap_or_else(|it| panic!("{what}: {it}"));
        assert_eq!(summary.received, 0, "{what}");
        assert!(summary.held > 0, "{what}");
    }
    assert_eq!(siege.hub.store.dump().unwrap(), before);
    siege.holds("what cannot be");
    assert!(!machines::rights(&siege.hub).unwrap().is_admin(siege.key.public()));
    siege.shows("what cannot be");
}

#[test]
fn another_organisation_is_refused_and_archiving_this_one_closes_nothing() {
    let mut siege = Siege::new();
    let second = body(vec![id([0; 16])], vec![(1, Value::Text("Autre".into()))]);
    let refused = siege.write(Scope::Organisation([0; 16]), &registry::ORGANISATION, second);
    assert_eq!(refused, Err("segment-not-allowed".into()));
    let own = siege.organisation;
    let archived = body(
        vec![id(own)],
        vec![(2, Value::Text("ZZZZ".into())), (3, Value::Text("Nulle/Part".into())), (4, Value::Int(1))],
    );
    siege.write(Scope::Organisation(own), &registry::ORGANISATION, archived).unwrap();
    assert_eq!(siege.hub.organisation().unwrap().id.bytes(), own);
    siege.holds("archived organisation");
    siege.shows("archived organisation");
}

#[test]
fn figures_and_links_out_of_all_limits_are_listed() {
    let mut siege = Siege::new();
    let (scope, site, lot) = victim(&siege);
    let rows = [
        (
            &registry::ENTRY,
            body(vec![lot.clone(), month()], vec![(1, Value::Int(-900_000)), (3, Value::Int(0))]),
        ),
        (&registry::ENTRY, body(vec![lot.clone(), Value::Int(1900 * 12)], vec![(1, Value::Int(900_000))])),
        (
            &registry::ENTRY,
            body(vec![lot.clone(), Value::Int(2199 * 12)], vec![(1, Value::Int(1)), (3, Value::Int(-1))]),
        ),
        (&registry::ENTRY, body(vec![id([6; 16]), month()], vec![(1, Value::Int(1))])),
        (&registry::LOT, body(vec![lot.clone()], vec![(1, lot.clone()), (3, Value::Int(-1))])),
        (
            &registry::LOT,
            body(vec![id([7; 16])], vec![(1, site.clone()), (3, Value::Int(1_000_000_000_000_000))]),
        ),
        (
            &registry::SITE,
            body(
                vec![site.clone()],
                vec![(5, Value::Text("jamais".into())), (6, Value::Int(0)), (7, Value::Int(-1_000_000))],
            ),
        ),
        (
            &registry::DECISION,
            body(vec![id([1; 16])], vec![(1, lot.clone()), (2, Value::Text("rien".into()))]),
        ),
        (
            &registry::DECISION,
            body(
                vec![id([2; 16])],
                vec![
                    (1, lot.clone()),
                    (2, Value::Text("demobilise".into())),
                    (3, Value::Int(1900 * 12)),
                    (4, Value::Int(1900 * 12)),
                ],
            ),
        ),
        (&registry::LOT_CONTRACTOR, body(vec![lot.clone(), id([5; 16])], vec![])),
    ];
    for (table, body) in rows {
        let what = format!("{} {body:?}", table.name);
        siege.write(scope, table, body).unwrap_or_else(|it| panic!("{what}: {it}"));
        siege.holds(&what);
    }
    for name in ["policy.cycle", "policy.critical", "policy.good", "entry.day", "site.duration", "lock_days"]
    {
        for value in ["-1", "99999999999999999999", "", HOSTILE] {
            let key = vec![site.clone(), Value::Text(name.into()), Value::Int(2020 * 12)];
            siege.write(scope, &registry::SETTING, body(key, vec![(1, value.into())])).unwrap();
        }
    }
    siege.holds("settings");
    let money =
        Scope::SiteMoney(if let Value::Bytes(it) = &site { it.clone().try_into().unwrap() } else { [0; 16] });
    siege
        .write(
            money,
            &registry::SITE_MONEY,
            body(vec![site], vec![(1, Value::Int(-1_000_000_000_000_000)), (2, Value::Text("?".into()))]),
        )
        .unwrap();
    siege.holds("money");
    let found = doctor::examine(&mut siege.hub, true, false, |_| {}).unwrap();
    assert!(found.damage.is_empty(), "{:?}", found.damage);
    let keys: Vec<&str> = found.defects.iter().map(|it| it.key.as_str()).collect();
    for wanted in ["figures-out-of-limits", "rows-not-received"] {
        assert!(keys.contains(&wanted), "{wanted}: {keys:?}");
    }
    siege.shows("figures");
}

#[test]
fn odd_chains_neither_harm_nor_block() {
    let mut siege = Siege::new();
    let (scope, _, lot) = victim(&siege);
    let entry = |value| body(vec![lot.clone(), month()], vec![(1, Value::Int(value))]);
    let of = |it: Body| [(registry::ENTRY.id, it)];
    // A counter at the end of what is taken: the clock of the log goes on.
    let mut op = siege.op();
    op.lamport = (1 << 48) - 1;
    let late = siege.segment(scope, op, &of(entry(100)));
    assert_eq!(siege.send(&[late]).unwrap().received, 1);
    siege.holds("a late counter");
    // The identifier of somebody else's op.
    let stolen = siege.hub.store.read().op(1).unwrap().unwrap().id;
    let mut op = siege.op();
    op.id = stolen;
    let twice = siege.segment(scope, op, &of(entry(200)));
    assert_eq!(siege.send(&[twice]).unwrap().received, 0);
    // A jump, another past, ten thousand small ones, a versions race within one op.
    let op = siege.op();
    let mut jump = siege.segment(scope, op, &of(entry(300)));
    jump.lo = 1 << 47;
    assert_eq!(siege.send(&[jump]).unwrap().received, 0);
    let op = siege.op();
    let mut forked = siege.segment(scope, op, &of(entry(400)));
    (forked.lo, forked.before) = (1, [0; 32]);
    let summary = siege.send(&[forked]).unwrap();
    assert!(summary.lacks.iter().any(|it| it.key == "exchange-forked"), "{:?}", summary.lacks);
    let op = siege.op();
    let both: Vec<(u16, Body)> = (0..4).map(|it| (registry::ENTRY.id, entry(it))).collect();
    let race = siege.segment(scope, op, &both);
    assert_eq!(siege.send(&[race]).unwrap().received, 4);
    siege.holds("a race in one op");
    let mut many = Vec::new();
    let op = siege.op();
    let mut next = siege.segment(scope, op, &of(entry(500)));
    for at in 0..1000 {
        let before = next.links().pop().unwrap();
        many.push(next.clone());
        next.ops[0].id = Id::from_bytes([
            u8::try_from(at % 251).unwrap(),
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            u8::try_from(at / 251).unwrap(),
        ]);
        (next.lo, next.before) = (next.lo + 1, before);
    }
    assert_eq!(siege.send(&many).unwrap().received, 1000);
    siege.holds("many small ones");
    // The same row in two scopes.
    let other = siege.hub.store.read().sites().unwrap().into_iter().map(|it| Scope::Site(it.id.bytes()));
    let other = other.into_iter().find(|it| *it != scope).unwrap();
    siege.write(other, &registry::ENTRY, entry(600)).unwrap();
    siege.holds("a row in two scopes");
    let found = doctor::examine(&mut siege.hub, true, false, |_| {}).unwrap();
    assert!(found.damage.is_empty(), "{:?}", found.damage);
    siege.shows("chains");
}
