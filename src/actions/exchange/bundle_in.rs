//! Takes in a bundle: all of it is verified before anything is written.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use super::super::failure::Failure;
use super::super::op::Note;
use super::super::session::Session;
use super::super::sign_off::changed::Outdated;
use super::intake::Intake;
use super::machines::{self, shown};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::exchange::ranges::Ranges;
use crate::store::exchange::segment::Segment;
use crate::sync::bundle::{BundleReader, Header, Item};
use crate::sync::envelope;
use crate::sync::keys::Purpose;
use crate::sync::rights::Rights;

/// A bundle in a file, or in memory.
pub struct BundleFile {
    content: Box<dyn Content>,
    keys: Vec<String>,
    is_closed: bool,
}

/// What a bundle says of itself, and of its content.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// What it is.
    pub header: Header,
    /// Whether it was closed to keys.
    pub is_closed: bool,
    /// Its segments.
    pub segments: u64,
    /// Their changes.
    pub changes: u64,
    /// The users who made them.
    pub users: Vec<String>,
    /// What is lacking here to apply it, in words.
    pub lacks: Vec<Problem>,
}

/// What was taken in.
pub struct Taken {
    /// What it was.
    pub header: Header,
    /// What it came to.
    pub summary: Summary,
    /// What stopped the reading of a damaged bundle whose whole segments were taken.
    pub damage: Option<Problem>,
}

/// What can be read several times.
trait Content: Read + Seek {}

impl<T: Read + Seek> Content for T {}

impl BundleFile {
    /// Opens a bundle. `keys` are texts of private keys that may open one that is closed.
    pub fn open(path: &Path, keys: Vec<String>) -> Result<Self, Failure> {
        let failed =
            |error| Problem::new("bundle-unopened").with("path", path.display()).with("error", error);
        // A pipe in the place of a file makes nobody wait.
        let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
        let mut file: File = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(Problem::new("bundle-not-a-file").with("path", path.display()).into());
        }
        let mut beginning = Vec::new();
        let length = envelope::BEGINNING.len() as u64;
        (&mut file).take(length).read_to_end(&mut beginning).map_err(failed)?;
        Ok(Self { content: Box::new(file), keys, is_closed: beginning == envelope::BEGINNING })
    }

    /// Takes a bundle that was fetched.
    pub fn fetched(content: Vec<u8>, keys: Vec<String>) -> Self {
        let is_closed = content.starts_with(envelope::BEGINNING);
        Self { content: Box::new(Cursor::new(content)), keys, is_closed }
    }

    /// Reads what it says of itself.
    pub fn header(&mut self) -> Result<Header, Failure> {
        Ok(self.reader()?.header)
    }

    fn reader(&mut self) -> Result<BundleReader<Box<dyn Read + '_>>, Failure> {
        let failed = |error| Problem::new("bundle-unreadable").with("error", error);
        self.content.seek(SeekFrom::Start(0)).map_err(failed)?;
        let plain = BufReader::new(&mut self.content);
        let input: Box<dyn Read> =
            if self.is_closed { Box::new(envelope::open(plain, &self.keys)?) } else { Box::new(plain) };
        Ok(BundleReader::new(input)?)
    }
}

/// Reads what a bundle is, checking all of it; nothing is written.
pub fn inspect(session: Option<&Session>, file: &mut BundleFile) -> Result<Inspection, Failure> {
    let is_closed = file.is_closed;
    let mut reader = file.reader()?;
    let header = reader.header.clone();
    let mut seen =
        Inspection { header, is_closed, segments: 0, changes: 0, users: Vec::new(), lacks: Vec::new() };
    while let Some(item) = reader.read()? {
        match item {
            Item::Segment(carried) => {
                seen.segments += 1;
                seen.changes += carried.segment.changes.len() as u64;
                seen.users.extend(carried.segment.ops.iter().map(|it| it.user.clone()));
                seen.users.sort();
                seen.users.dedup();
            }
            Item::Needs(needs) => {
                for (scope, replica, seq) in needs {
                    if let Some(session) = session
                        && session.store.read().tip_of(scope, replica)? < seq
                    {
                        seen.lacks.push(crate::store::exchange::held::lack(replica, seq));
                    }
                }
            }
            Item::Receipt(..) => {}
        }
    }
    Ok(seen)
}

/// Takes in a bundle. With `partial`, the whole segments of one that is damaged are taken.
pub fn import(session: &mut Session, file: &mut BundleFile, partial: bool) -> Result<Taken, Failure> {
    let damage = check(session, file, partial)?;
    let outdated = Outdated::now(session)?;
    let mut taken = apply(session, file, damage)?;
    taken.summary.unsigned = outdated.since(session)?;
    Ok(taken)
}

/// Verifies everything; writes nothing. Returns what is wrong with a bundle of which a part is taken all the same.
pub fn check(session: &Session, file: &mut BundleFile, partial: bool) -> Result<Option<Problem>, Failure> {
    let mut reader = file.reader()?;
    let organisation = belongs(session, &reader.header)?;
    let mut intake = Intake::new(session, organisation, reader.header.sender)?;
    intake.rights.trust(reader.header.founder);
    let mut whole = 0_u64;
    loop {
        match reader.read() {
            Ok(Some(Item::Segment(carried))) => {
                intake.verify(session, &carried)?;
                whole += 1;
            }
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(problem) if partial && whole > 0 => return Ok(Some(problem)),
            Err(problem) => return Err(problem.into()),
        }
    }
    let header = &reader.header;
    let sender = intake.rights.machine(header.sender);
    if sender.is_none_or(|it| it.key != header.sender_key) {
        let machine =
            if header.sender_name.is_empty() { shown(header.sender) } else { header.sender_name.clone() };
        return Err(Problem::new("segment-unknown-machine").with("machine", machine).into());
    }
    Ok(None)
}

/// Refuses a bundle of another organisation; an empty database takes the organisation of the first that it sees.
fn belongs(session: &Session, header: &Header) -> Result<[u8; 16], Failure> {
    if let Some(own) = session.store.read().organisation()?
        && own.id.bytes() != header.organisation
    {
        let name = &header.organisation_name;
        return Err(Problem::new("bundle-other-organisation")
            .with("name", name)
            .with("own", own.name)
            .into());
    }
    Ok(header.organisation)
}

/// Takes in what was checked, verifying each signature again: the file may have been replaced meanwhile.
pub(super) fn apply(
    session: &mut Session,
    file: &mut BundleFile,
    damage: Option<Problem>,
) -> Result<Taken, Failure> {
    let mut reader = file.reader()?;
    let header = reader.header.clone();
    let mut intake = Intake::new(session, header.organisation, header.sender)?;
    intake.rights.trust(header.founder);
    let own = session.store.replica_id();
    if damage.is_some() {
        intake.distrust_numbers();
    }
    let mut acknowledged = None;
    loop {
        match reader.read() {
            Ok(Some(Item::Segment(carried))) => {
                let verdict = intake.verify(session, &carried)?;
                intake.take(session, *carried, verdict)?;
            }
            Ok(Some(Item::Receipt(machine, ours))) if machine == session.store.replica_id() => {
                acknowledged = Some(ours);
            }
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(_) if damage.is_some() => break,
            Err(problem) => return Err(problem.into()),
        }
    }
    let mut covered = Ranges::default();
    // Only whom it is for has what was left out.
    let is_for_us = header.reader.is_none_or(|it| it == session.store.replica_id());
    if damage.is_none() && is_for_us {
        covered.insert(header.first, header.last);
    }
    let summary = intake.finish(session, &covered)?;
    // What was acknowledged is that of another copy of this file when this one took another identity meanwhile.
    if let (Some(ours), None) = (acknowledged, &damage)
        && session.store.replica_id() == own
    {
        let note = Note::new().with("machine", &header.sender_name);
        machines::acknowledged(session, header.sender, &ours, &note)?;
    }
    Ok(Taken { header, summary, damage })
}

/// Writes each segment of a bundle with its signature into a folder, for `ssh-keygen -Y verify`. Returns how many.
pub fn extract(file: &mut BundleFile, folder: &Path) -> Result<u64, Failure> {
    let failed =
        |error| Problem::new("folder-unwritable").with("path", folder.display()).with("error", error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut reader = file.reader()?;
    let organisation = reader.header.organisation;
    let mut rights = Rights::default();
    rights.trust(reader.header.founder);
    let mut signers = String::new();
    let mut count = 0;
    while let Some(item) = reader.read()? {
        let Item::Segment(carried) = item else { continue };
        count += 1;
        let place = |end: &str| folder.join(format!("segment-{count}{end}"));
        let message = Segment::signed_bytes(organisation, &carried.payload);
        std::fs::write(place(".bin"), message).map_err(failed)?;
        let Ok(key) = rights.judge(&carried.segment) else { continue };
        rights.learn(&carried.segment);
        std::fs::write(place(".bin.sig"), key.armoured(Purpose::Segment, &carried.signature))
            .map_err(failed)?;
        let line = format!("{} {}\n", shown(carried.segment.replica), key.line());
        if !signers.contains(&line) {
            signers.push_str(&line);
        }
    }
    std::fs::write(folder.join("allowed_signers"), signers).map_err(failed)?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::super::register::organisation::{self, OrganisationFields};
    use super::super::{bundle_out, machines};
    use super::*;
    use crate::sync::bundle::{BundleWriter, SegmentPacker};
    use crate::sync::keys::MachineKey;

    /// A file that is another one when it is read for the second time.
    struct Turncoat {
        faces: [Vec<u8>; 2],
        readings: usize,
        at: usize,
    }

    impl Read for Turncoat {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let face = &self.faces[usize::from(self.readings > 1)];
            let count = (&face[self.at..]).read(buffer)?;
            self.at += count;
            Ok(count)
        }
    }

    impl Seek for Turncoat {
        fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
            (self.at, self.readings) = (0, self.readings + 1);
            Ok(0)
        }
    }

    fn empty() -> Session {
        Session::empty(NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()).unwrap()
    }

    /// A whole bundle, and one like it whose segments bear signatures of nobody.
    fn faces() -> [Vec<u8>; 2] {
        let mut session = empty();
        let named = OrganisationFields { name: Some("Cellule".into()), ..OrganisationFields::default() };
        organisation::add(&mut session, &named).unwrap();
        let key = MachineKey::generate().unwrap();
        let good = bundle_out::write_into(&mut session, &key, "awa", Vec::new(), None).unwrap();
        let mut reader = BundleReader::new(good.as_slice()).unwrap();
        let mut forged = BundleWriter::new(Vec::new(), &reader.header).unwrap();
        while let Some(item) = reader.read().unwrap() {
            if let Item::Segment(it) = item {
                let packed = SegmentPacker::new().unwrap().pack(it.n, &it.payload, &[7; 64]).unwrap();
                forged.segment(&packed).unwrap();
            }
        }
        [good, forged.finish(&key).unwrap()]
    }

    #[test]
    fn a_file_that_is_replaced_after_the_check_is_checked_again() {
        let faces = faces();
        let content = Box::new(Turncoat { faces: faces.clone(), readings: 0, at: 0 });
        let mut file = BundleFile { content, keys: Vec::new(), is_closed: false };
        let mut session = empty();
        check(&session, &mut file, false).unwrap();
        let failure = apply(&mut session, &mut file, None).err().unwrap();
        assert_eq!(failure.problem().key, "segment-forged");
        assert_eq!(session.store.read().last_op_wall_ms().unwrap(), None);
        assert!(machines::rights(&session).unwrap().founder().is_none());
        let [good, _] = faces;
        let mut file = BundleFile::fetched(good, Vec::new());
        assert!(import(&mut session, &mut file, false).unwrap().summary.received > 0);
    }

    #[test]
    fn nobody_vouches_for_numbers_in_a_bundle_without_its_end() {
        let [good, _] = faces();
        let mut file = BundleFile::fetched(good[..good.len() - 20].to_vec(), Vec::new());
        let mut session = empty();
        let taken = import(&mut session, &mut file, true).unwrap();
        assert!(taken.damage.is_some() && taken.summary.received > 0);
        let peer = session.store.read().peer(taken.header.sender).unwrap().unwrap();
        assert_eq!(peer.theirs, Ranges::default());
    }
}
