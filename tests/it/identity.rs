//! A machine is a database file: copies, restored files and files that live twice.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chantier::actions::conflicts::{self, Contest};
use chantier::actions::exchange::bundle_in::{self, BundleFile};
use chantier::actions::exchange::bundle_out::{self, Wanted};
use chantier::actions::exchange::machines;
use chantier::actions::exchange::summary::Summary;
use chantier::actions::history::{HistoryRow, Written, history_of};
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::actions::{demo, undo};
use chantier::demo::Spec;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::store::exchange::held::HeldFor;
use chrono::DateTime;
use tempfile::TempDir;

use crate::desk::Desk;
use crate::robot::today;

/// Machines around a folder in which bundles change hands.
struct Field {
    folder: TempDir,
}

impl Field {
    fn new() -> Self {
        // In memory where there is such a folder: these tests write thousands of times.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self { folder: folder.unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self, name: &str) -> Session {
        let now = DateTime::from_timestamp(1_775_484_000, 0).unwrap();
        Session::open(&self.path(name), true, "awa".into(), now, Some(today())).unwrap()
    }

    /// A machine with data that founds the organisation, and one that it enrolled and that has everything.
    fn two(&self) -> (Session, Session) {
        let mut hub = self.open("hub.db");
        let last_month = Month::of(today()).previous();
        demo::write(&mut hub, &Spec { sites: 2, months: 3, seed: 1, last_month }, |_| {}).unwrap();
        let mut laptop = self.open("laptop.db");
        let line = machines::own_line(&laptop, &machines::own_key(&laptop).unwrap());
        let key = machines::own_key(&hub).unwrap();
        machines::enrol(&mut hub, &key, "siège", "portable", &line).unwrap();
        self.carry(&mut hub, &mut laptop).unwrap();
        self.carry(&mut laptop, &mut hub).unwrap();
        (hub, laptop)
    }

    /// Carries what one machine has to another.
    fn carry(&self, from: &mut Session, to: &mut Session) -> Result<Summary, String> {
        let (path, key) = (self.path("lot.chantier"), machines::own_key(from).unwrap());
        let _ = fs::remove_file(&path);
        let wanted = Wanted { reader: Some(to.store.replica_id()), ..Wanted::default() };
        let name = from.user.clone();
        bundle_out::export(from, &key, &name, &path, &wanted).map_err(|it| it.problem().key)?;
        let mut file = BundleFile::open(&path, Vec::new()).unwrap();
        let taken = bundle_in::import(to, &mut file, false).map_err(|it| it.problem().key)?;
        Ok(taken.summary)
    }
}

fn lots(session: &Session) -> Vec<Id<Lot>> {
    let mut lots: Vec<Id<Lot>> = session.store.read().lots().unwrap().into_iter().map(|it| it.id).collect();
    lots.sort_by_key(|it| it.bytes());
    lots
}

fn month(at: u32) -> Month {
    Month::from_index(Month::of(today()).index() - 1 - i64::from(at)).unwrap()
}

fn write(session: &mut Session, lot: Id<Lot>, month: Month, hundredths: i32) {
    let request = Request {
        place: lot.into(),
        month,
        typed: Some(Typed::Cumulative(Percent(hundredths))),
        observation: Some("relevé sur place".into()),
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(session, &request).unwrap();
}

fn figure(session: &Session, lot: Id<Lot>, month: Month) -> Option<i32> {
    session.store.read().figure(lot, month).unwrap().and_then(|it| it.cumulative).map(|it| it.0)
}

#[track_caller]
fn assert_sound(session: &Session) {
    let broken = session.store.read().check_chains(|_| {}).unwrap();
    assert!(broken.is_empty(), "{broken:?}");
    let differs = session.store.compare_with_log(|_| {}).unwrap();
    assert!(differs.is_empty(), "{differs:?}");
}

fn told_of(session: &Session, lot: Id<Lot>, month: Month) -> Vec<HistoryRow> {
    let rows = history_of(session, lot).unwrap().2;
    rows.into_iter().filter(|it| it.month == Some(month)).collect()
}

/// What everybody must agree on: figures, competing values, and who wrote which value when.
fn seen(session: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    for lot in lots(session) {
        for at in 0..4 {
            lines.push(format!("{:?}", figure(session, lot, month(at))));
            let rows = told_of(session, lot, month(at));
            let told: BTreeSet<String> =
                rows.iter().map(|it| format!("{} {:?} {}", it.column, it.new, it.op.user)).collect();
            lines.push(format!("{told:?}"));
        }
    }
    let contest = |it: &Contest| {
        let values: BTreeSet<String> = it.versions.iter().map(|it| format!("{:?}", it.rows[0].new)).collect();
        format!("{} {:?} {values:?}", it.place, it.month)
    };
    let mut contests: Vec<String> = conflicts::conflicts(session).unwrap().iter().map(contest).collect();
    contests.sort();
    lines.extend(contests);
    lines
}

#[test]
fn a_copy_is_another_machine_and_a_renamed_file_is_not() {
    let desk = Desk::new();
    desk.organisation();
    let shown = |path: &Path| desk.json(&["--db", path.to_str().unwrap(), "machine"])["replica"].to_string();
    let first = desk.path("a.db");
    desk.good(&["--db", first.to_str().unwrap(), "org", "add", "Cellule"]);
    let id = shown(&first);
    assert_eq!(shown(&first), id);
    let second = desk.path("b.db");
    fs::copy(&first, &second).unwrap();
    assert_ne!(shown(&second), id);
    assert_eq!(shown(&second), shown(&second));
    fs::rename(&first, desk.path("c.db")).unwrap();
    fs::rename(desk.path("a.db.key"), desk.path("c.db.key")).unwrap();
    assert_eq!(shown(&desk.path("c.db")), id);
    let saved = desk.path("saved.db");
    desk.good(&["--db", desk.path("c.db").to_str().unwrap(), "backup", saved.to_str().unwrap()]);
    // Put back over the file itself: the same place, an older content.
    fs::copy(&saved, desk.path("c.db")).unwrap();
    assert_ne!(shown(&desk.path("c.db")), id);
}

#[test]
fn what_a_copy_wrote_before_it_was_one_is_sent_under_its_new_name() {
    let field = Field::new();
    let (mut hub, mut laptop) = field.two();
    let lot = lots(&laptop)[0];
    write(&mut laptop, lot, month(0), 4100);
    write(&mut laptop, lot, month(0), 4200);
    undo::undo(&mut laptop).unwrap();
    drop(laptop);
    let before = field.path("laptop.db");
    fs::copy(&before, field.path("restored.db")).unwrap();
    fs::rename(field.path("laptop.db.key"), field.path("restored.db.key")).unwrap();
    fs::remove_file(before).unwrap();
    let mut restored = field.open("restored.db");
    assert!(machines::has_orphans(&restored).unwrap());
    write(&mut restored, lot, month(1), 3900);
    let orphan = seen(&restored);
    field.carry(&mut restored, &mut hub).unwrap();
    assert!(!machines::has_orphans(&restored).unwrap());
    assert_sound(&restored);
    assert_sound(&hub);
    assert_eq!(seen(&restored), orphan);
    assert_eq!(seen(&hub), orphan);
    assert_eq!(figure(&hub, lot, month(0)), Some(4100));
    assert!(hub.store.read().held().unwrap().is_empty());
    // What was done under the former identity can still be taken back.
    undo::undo(&mut restored).unwrap();
    undo::redo(&mut restored).unwrap();
    assert_sound(&restored);
    let rights = machines::succeeded(&hub).unwrap();
    assert_eq!(rights.len(), 1, "the machine goes on under another identity");
}

#[test]
fn what_the_original_seals_after_all_is_taken_from_it() {
    let field = Field::new();
    let (mut hub, mut laptop) = field.two();
    let lot = lots(&laptop)[0];
    write(&mut laptop, lot, month(0), 4100);
    fs::copy(field.path("laptop.db"), field.path("none")).unwrap();
    drop(laptop);
    fs::copy(field.path("laptop.db"), field.path("copy.db")).unwrap();
    fs::copy(field.path("laptop.db.key"), field.path("copy.db.key")).unwrap();
    let (mut laptop, mut copy) = (field.open("laptop.db"), field.open("copy.db"));
    field.carry(&mut laptop, &mut hub).unwrap();
    assert!(machines::has_orphans(&copy).unwrap());
    field.carry(&mut hub, &mut copy).unwrap();
    assert!(!machines::has_orphans(&copy).unwrap());
    let own = copy.store.replica_id();
    field.carry(&mut copy, &mut hub).unwrap();
    let written = hub.store.read().tips().unwrap().into_iter().filter(|it| it.1 == own).count();
    assert_eq!(written, 1, "only its enrolment");
    assert_sound(&copy);
    assert_eq!(seen(&hub), seen(&copy));
}

#[test]
fn a_file_without_its_key_asks_to_be_enrolled_again() {
    let field = Field::new();
    let (mut hub, laptop) = field.two();
    let id = laptop.store.replica_id();
    drop(laptop);
    fs::remove_file(field.path("laptop.db.key")).unwrap();
    let mut laptop = field.open("laptop.db");
    assert_eq!(field.carry(&mut laptop, &mut hub), Err("exchange-not-enrolled".into()));
    assert_ne!(laptop.store.replica_id(), id);
    let line = machines::own_line(&laptop, &machines::own_key(&laptop).unwrap());
    let key = machines::own_key(&hub).unwrap();
    machines::enrol(&mut hub, &key, "siège", "portable bis", &line).unwrap();
    field.carry(&mut hub, &mut laptop).unwrap();
    field.carry(&mut laptop, &mut hub).unwrap();
    assert_sound(&laptop);
}

/// A disk that lives twice: two contents that take turns in one file, so that nothing about the place differs.
struct Twins {
    path: PathBuf,
    contents: [Vec<u8>; 2],
}

impl Twins {
    fn sit(&mut self, field: &Field, at: usize, work: impl FnOnce(&mut Session)) {
        fs::write(&self.path, &self.contents[at]).unwrap();
        let mut session = field.open("laptop.db");
        work(&mut session);
        drop(session);
        self.contents[at] = fs::read(&self.path).unwrap();
    }
}

/// Numbers that look random and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn live_twice(field: &Field, (start, content): (&[u8], &[u8]), seed: u64, steps: u64) {
    fs::write(field.path("hub.db"), start).unwrap();
    let mut hub = field.open("hub.db");
    let lots = lots(&hub);
    let mut twins = Twins { path: field.path("laptop.db"), contents: [content.to_vec(), content.to_vec()] };
    let mut dice = Dice(seed + 1);
    let mut written = Vec::new();
    for step in 0..steps {
        let (who, lot) = (dice.below(3), lots[dice.below(lots.len() as u64) as usize]);
        let (at, value) = (month(dice.below(4) as u32), 1000 + i32::try_from(step).unwrap());
        let exchanges = dice.below(3);
        let mut turn = |session: &mut Session, hub: Option<&mut Session>| {
            write(session, lot, at, value);
            written.push((lot, at, value));
            if let Some(hub) = hub {
                if exchanges > 0 {
                    field.carry(session, hub).unwrap();
                }
                if exchanges > 1 {
                    field.carry(hub, session).unwrap();
                }
            }
        };
        match who {
            2 => turn(&mut hub, None),
            who => twins.sit(field, who as usize, |it| turn(it, Some(&mut hub))),
        }
    }
    for round in 0..8 {
        twins.sit(field, round % 2, |it| {
            field.carry(it, &mut hub).unwrap();
            field.carry(&mut hub, it).unwrap();
        });
    }
    let wanted = seen(&hub);
    assert_sound(&hub);
    let apart = hub.store.read().held().unwrap().into_iter().filter(|it| it.reason == HeldFor::Forked);
    assert_eq!(apart.count(), 0, "seed {seed}: what was kept apart has come under another name");
    for at in [0, 1] {
        twins.sit(field, at, |it| {
            assert_sound(it);
            let differs: Vec<_> = seen(it).into_iter().zip(&wanted).filter(|(a, b)| a != *b).collect();
            assert!(differs.is_empty(), "seed {seed}, twin {at}: {differs:#?}");
            assert_eq!(seen(it).len(), wanted.len(), "seed {seed}, twin {at}");
            assert!(!machines::has_orphans(it).unwrap());
        });
    }
    for (lot, month, value) in written {
        let found = told_of(&hub, lot, month).iter().any(|it| it.new == Written::Number(value.into()));
        assert!(found, "seed {seed}: {value} is lost");
    }
}

#[test]
fn a_disk_that_lives_twice_becomes_two_machines() {
    let field = Field::new();
    drop(field.two());
    let contents = ["hub.db", "laptop.db"].map(|it| fs::read(field.path(it)).unwrap());
    (0..100).for_each(|seed| live_twice(&field, (&contents[0], &contents[1]), seed, 8));
}

#[test]
fn a_file_that_was_set_back_becomes_another_machine() {
    let field = Field::new();
    let (mut hub, laptop) = field.two();
    let lot = lots(&laptop)[0];
    drop(laptop);
    let path = field.path("laptop.db");
    let old = fs::read(&path).unwrap();
    let mut laptop = field.open("laptop.db");
    let id = laptop.store.replica_id();
    write(&mut laptop, lot, month(0), 4100);
    field.carry(&mut laptop, &mut hub).unwrap();
    drop(laptop);
    fs::write(&path, old).unwrap();
    let mut laptop = field.open("laptop.db");
    assert_eq!(laptop.store.replica_id(), id, "nothing tells yet");
    write(&mut laptop, lot, month(1), 3900);
    field.carry(&mut hub, &mut laptop).unwrap();
    assert_ne!(laptop.store.replica_id(), id, "the hub knows more of it than itself");
    for _ in 0..3 {
        field.carry(&mut laptop, &mut hub).unwrap();
        field.carry(&mut hub, &mut laptop).unwrap();
    }
    assert_eq!(figure(&laptop, lot, month(0)), Some(4100), "what was lost here comes back");
    assert_eq!(figure(&hub, lot, month(1)), Some(3900));
    assert_eq!(seen(&hub), seen(&laptop));
    assert_sound(&laptop);
}
