//! A machine with its database file and its key: it writes, packs, reads, and is copied.

use std::fs;
use std::path::{Path, PathBuf};

use chantier::actions::exchange::bundle_in::{BundleFile, import};
use chantier::actions::exchange::bundle_out::Wanted;
use chantier::actions::exchange::{bundle_out, machines};
use chantier::actions::failure::Failure;
use chantier::actions::op::{Note, OpName};
use chantier::actions::session::Session;
use chantier::store::Store;
use chantier::store::change::{Dot, ReplicaId, Scope};
use chantier::store::registry::{self, Table};
use chantier::store::value::Value;
use chantier::sync::keys::MachineKey;
use chrono::{DateTime, NaiveDate};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use tempfile::TempDir;

pub const ORGANISATION: [u8; 16] = [1; 16];
const PROJECT: [u8; 16] = [2; 16];
const MONTH: i64 = 24_300;
/// What a mailbox takes: a few segments, beside the room for everything else.
const PART_BYTES: u64 = 4096 + 1600;

/// A row that people write, with the columns that the simulation writes in it.
pub struct Place {
    pub table: &'static Table,
    pub scope: Scope,
    pub key: Vec<Value>,
    pub columns: &'static [u8],
}

/// Rows of two sites: figures of two months, and the terms.
pub fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for at in 0..2_u8 {
        let (site, lot) = ([10 + at; 16], Value::Bytes(vec![20 + at; 16]));
        let scope = Scope::Site(site);
        for month in 0..2 {
            let key = vec![lot.clone(), Value::Int(MONTH + month)];
            places.push(Place { table: &registry::ENTRY, scope, key, columns: &[1, 3] });
        }
        // Start and duration are one fact.
        let key = vec![Value::Bytes(site.to_vec())];
        places.push(Place { table: &registry::SITE, scope, key, columns: &[5, 6] });
    }
    places
}

/// A machine.
pub struct Machine {
    folder: PathBuf,
    pub session: Session,
    pub key: u8,
}

/// A copy of a machine's files.
pub struct Copy {
    content: Vec<u8>,
    key: u8,
}

/// A folder in memory where there is one: the disk is not what is tried here.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

pub fn key_of(number: u8) -> MachineKey {
    MachineKey::from_seed([number; 32]).unwrap()
}

fn session(path: &Path, create: bool) -> Session {
    let store = if create { Store::create(path) } else { Store::open(path) };
    let today = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    Session { store: store.unwrap(), user: "awa".into(), now: DateTime::UNIX_EPOCH, today, seen: 0 }
}

/// Lets a file be another machine, as a restored or copied one is.
fn take_identity(path: &Path, replica: ReplicaId) {
    #[expect(clippy::disallowed_methods, reason = "a file is prepared before the product opens it")]
    let connection = Connection::open(path).unwrap();
    let name = "written_only_by_the_chantier_program";
    connection.create_scalar_function(name, 0, FunctionFlags::SQLITE_UTF8, |_| Ok(1)).unwrap();
    connection.execute("INSERT INTO replica (id) VALUES (?1)", [replica.as_slice()]).unwrap();
    let number = connection.last_insert_rowid();
    connection.execute("UPDATE about SET value = ?1 WHERE name = 'replica'", [number]).unwrap();
}

impl Machine {
    /// Makes a machine with an empty database.
    pub fn new(path: &Path, replica: ReplicaId, key: u8) -> Self {
        drop(session(path, true));
        take_identity(path, replica);
        Self::open(path, key)
    }

    fn open(path: &Path, key: u8) -> Self {
        Self { folder: path.parent().unwrap().to_owned(), session: session(path, false), key }
    }

    pub fn replica(&self) -> ReplicaId {
        self.session.store.replica_id()
    }

    /// Founds an organisation with two sites.
    pub fn found(&mut self) {
        let text = |it: &str| Some(Value::from(it));
        let bytes = |it: [u8; 16]| Value::Bytes(it.to_vec());
        let organisation =
            registry::ORGANISATION.columns([("name", text("Suivi")), ("currency", text("XAF"))]);
        let project = registry::PROJECT.columns([("name", text("PACS"))]);
        let mut rows = vec![
            (&registry::ORGANISATION, Scope::Organisation(ORGANISATION), bytes(ORGANISATION), organisation),
            (&registry::PROJECT, Scope::Project(PROJECT), bytes(PROJECT), project),
        ];
        for at in 0..2_u8 {
            let (site, code) = ([10 + at; 16], format!("CH-2026-00{at}"));
            let terms = [
                ("project", Some(bytes(PROJECT))),
                ("code", text(&code)),
                ("start", text("2024-01")),
                ("duration", Some(Value::Int(20))),
            ];
            rows.push((&registry::SITE, Scope::Site(site), bytes(site), registry::SITE.columns(terms)));
            let lot = registry::LOT.columns([("site", Some(bytes(site))), ("name", text("Ensemble"))]);
            rows.push((&registry::LOT, Scope::Site(site), bytes([20 + at; 16]), lot));
        }
        self.op(OpName::Add, |tx| {
            for (table, scope, key, columns) in rows {
                tx.put(table, scope, vec![key], columns, None)?;
            }
            Ok(())
        });
    }

    fn op<T>(
        &mut self,
        name: OpName,
        work: impl FnOnce(&mut chantier::store::transact::Tx<'_>) -> Result<T, Failure>,
    ) -> T {
        self.session.seen = self.session.store.read().last_op().unwrap();
        self.session.transact(name, &Note::new(), work).unwrap().0
    }

    /// Writes values into a row as a person does. Returns the place and the Lamport time of the change; `None` when
    /// all of it stood already.
    pub fn write(&mut self, place: &Place, columns: Vec<(u8, Value)>, wall_ms: i64) -> Option<(Dot, i64)> {
        self.session.now = DateTime::from_timestamp_millis(wall_ms).unwrap();
        let key = place.key.clone();
        let written =
            self.op(OpName::RecordEntry, |tx| Ok(tx.put(place.table, place.scope, key, columns, None)?));
        if !written {
            return None;
        }
        let replica = self.replica();
        let read = self.session.store.read();
        let dot = Dot { replica, seq: read.tip_of(place.scope, replica).unwrap() };
        Some((dot, read.op_at(place.scope, dot).unwrap().unwrap().lamport))
    }

    /// Returns the changes that stand in a column of a row.
    pub fn standing(&self, place: &Place, column: u8) -> Vec<Dot> {
        let heads = self.session.store.read().heads(place.table, &place.key).unwrap();
        heads.into_iter().filter(|it| it.0 == column).map(|it| it.1).collect()
    }

    /// Packs a bundle; says why not.
    pub fn pack(&mut self, reader: Option<ReplicaId>) -> Result<Vec<u8>, String> {
        let (key, name) = (key_of(self.key), format!("machine {}", self.key));
        let packed = bundle_out::write_into(&mut self.session, &key, &name, Vec::new(), reader);
        packed.map_err(|it| it.problem().key)
    }

    /// Packs small bundles for a mailbox, each valid alone; says why not.
    pub fn pack_in_parts(&mut self, reader: Option<ReplicaId>, path: &Path) -> Result<Vec<Vec<u8>>, String> {
        let (key, name) = (key_of(self.key), format!("machine {}", self.key));
        let wanted = Wanted { reader, bytes_max: Some(PART_BYTES), recipients: Vec::new() };
        let written = bundle_out::export(&mut self.session, &key, &name, path, &wanted);
        let written = written.map_err(|it| it.problem().key)?;
        Ok(written.files.iter().map(|it| fs::read(it).unwrap()).collect())
    }

    /// Reads a bundle; says why not.
    pub fn read(&mut self, bundle: &[u8], partial: bool) -> Result<(), String> {
        let path = self.folder.join("stick.chantier");
        fs::write(&path, bundle).unwrap();
        let taken = BundleFile::open(&path, Vec::new())
            .and_then(|mut file| import(&mut self.session, &mut file, partial));
        taken.map(drop).map_err(|it| it.problem().key)
    }

    /// Enrols another machine.
    pub fn enrol(&mut self, other: &Self) {
        let (key, public) = (key_of(self.key), key_of(other.key).public());
        let name = format!("machine {}", other.key);
        machines::enrol_key(&mut self.session, &key, "machine 1", &name, (other.replica(), public)).unwrap();
    }

    /// Copies the files.
    pub fn back_up(&self) -> Copy {
        let path = self.folder.join("copy.db");
        self.session.store.copy_into(&path).unwrap();
        let content = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        Copy { content, key: self.key }
    }
}

impl Copy {
    /// Makes a machine of the copy: what it wrote is sealed with its key, then it goes on as another one.
    pub fn restore(&self, path: &Path, replica: ReplicaId, forgets_to_seal: bool) -> Machine {
        let mut machine = self.again(path);
        if !forgets_to_seal {
            machines::seal(&mut machine.session, &key_of(self.key)).unwrap();
        }
        drop(machine);
        take_identity(path, replica);
        Machine::open(path, self.key)
    }

    /// Opens a machine of the copy as it is.
    pub fn again(&self, path: &Path) -> Machine {
        fs::write(path, &self.content).unwrap();
        Machine::open(path, self.key)
    }
}
