//! Writes a bundle: for a machine, since what it acknowledged, or everything.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::session::Session;
use super::machines::{introduce, seal, shown};
use super::outgoing;
use crate::model::problem::Problem;
use crate::store::change::ReplicaId;
use crate::store::exchange::arrivals::Arrival;
use crate::store::exchange::peers::Peer;
use crate::sync::bundle::{BundleWriter, Header, SegmentPacker};
use crate::sync::envelope::{self, Recipient};
use crate::sync::keys::MachineKey;

/// How a bundle is asked for.
#[derive(Default)]
pub struct Wanted {
    /// The machine that will read it: what it acknowledged is left out.
    pub reader: Option<ReplicaId>,
    /// Most bytes of a file.
    pub bytes_max: Option<u64>,
    /// The keys to which it is closed.
    pub recipients: Vec<Recipient>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files.
    pub files: Vec<PathBuf>,
    /// How many changes they carry.
    pub changes: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Room that the header, the needs and the end take in a file of a given size.
const FRAME_ROOM: u64 = 4096;

/// Writes a bundle into one file, or into several that are each valid alone.
pub fn export(
    session: &mut Session,
    key: &MachineKey,
    own_name: &str,
    path: &Path,
    wanted: &Wanted,
) -> Result<Written, Failure> {
    introduce(session, key, own_name)?;
    seal(session, key)?;
    let peer = wanted.reader.map(|it| session.store.read().peer(it)).transpose()?.flatten();
    let arrivals = outgoing::lacking(session, peer.as_ref())?;
    let packed = pack(session, &arrivals)?;
    let parts = divide(&packed, wanted.bytes_max)?;
    let last = session.store.read().last_arrival()?;
    let whole = peer.as_ref().map_or(0, |it| it.ours.whole());
    let mut written = Written { changes: outgoing::count(&arrivals), ..Written::default() };
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let mut first = whole + 1;
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let until = if is_last { last } else { arrivals[part.end - 1].n };
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let header = header(session, key, (first, until), (number, count), peer.as_ref())?;
        let file = if count == 1 { path.to_path_buf() } else { numbered(path, number) };
        let content = Content {
            header,
            arrivals: &arrivals[part.clone()],
            packed: &packed[part.clone()],
            peer: peer.as_ref(),
        };
        written.bytes += write_file(session, key, &file, &content, &wanted.recipients)?;
        written.files.push(file);
        first = until + 1;
    }
    Ok(written)
}

/// Writes a bundle into memory.
pub fn write_into<W: Write>(
    session: &mut Session,
    key: &MachineKey,
    own_name: &str,
    out: W,
    reader: Option<ReplicaId>,
) -> Result<W, Failure> {
    introduce(session, key, own_name)?;
    seal(session, key)?;
    let peer = reader.map(|it| session.store.read().peer(it)).transpose()?.flatten();
    let arrivals = outgoing::lacking(session, peer.as_ref())?;
    let packed = pack(session, &arrivals)?;
    let range = (peer.as_ref().map_or(0, |it| it.ours.whole()) + 1, session.store.read().last_arrival()?);
    let header = header(session, key, range, (1, 1), peer.as_ref())?;
    write_content(
        session,
        key,
        out,
        &Content { header, arrivals: &arrivals, packed: &packed, peer: peer.as_ref() },
    )
}

/// Writes a pack: the segments of a stretch of this machine's arrivals, without those that are there already.
pub(super) fn write_pack(
    session: &Session,
    key: &MachineKey,
    (first, last): (u64, u64),
    packed: &[Vec<u8>],
    recipients: &[Recipient],
) -> Result<Vec<u8>, Failure> {
    let header = header(session, key, (first, last), (1, 1), None)?;
    let content = Content { header, arrivals: &[], packed, peer: None };
    if recipients.is_empty() {
        return write_content(session, key, Vec::new(), &content);
    }
    let closed = write_content(session, key, envelope::close(Vec::new(), recipients)?, &content)?;
    Ok(closed.finish().map_err(|error| Problem::new("bundle-unwritable").with("error", error))?)
}

fn pack(session: &Session, arrivals: &[Arrival]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut packer = SegmentPacker::new()?;
    let pack = |arrival: &Arrival| {
        let payload = session.store.read().segment(arrival)?.encode();
        Ok(packer.pack(arrival.n, &payload, &arrival.signature)?)
    };
    arrivals.iter().map(pack).collect()
}

/// Divides packed segments into files of at most so many bytes.
fn divide(packed: &[Vec<u8>], bytes_max: Option<u64>) -> Result<Vec<std::ops::Range<usize>>, Failure> {
    let Some(most) = bytes_max else { return Ok(std::iter::once(0..packed.len()).collect()) };
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, FRAME_ROOM);
    for (at, segment) in packed.iter().enumerate() {
        let more = segment.len() as u64 + 64;
        if FRAME_ROOM + more > most {
            let needed = FRAME_ROOM + packed.iter().map(|it| it.len() as u64 + 64).max().unwrap_or(0);
            return Err(Problem::new("bundle-size-too-small").with("bytes", needed).into());
        }
        if bytes + more > most {
            parts.push(start..at);
            (start, bytes) = (at, FRAME_ROOM);
        }
        bytes += more;
    }
    parts.push(start..packed.len());
    Ok(parts)
}

fn header(
    session: &Session,
    key: &MachineKey,
    (first, last): (u64, u64),
    part: (u32, u32),
    peer: Option<&Peer>,
) -> Result<Header, Failure> {
    let organisation = session.organisation()?;
    let rights = super::machines::rights(session)?;
    let sender = session.store.replica_id();
    let sender_name = rights.machine(sender).map_or_else(|| shown(sender), |it| it.name.clone());
    Ok(Header {
        organisation: organisation.id.bytes(),
        organisation_name: organisation.name,
        sender,
        sender_key: key.public(),
        sender_name,
        founder: rights.founder().unwrap_or_else(|| key.public()),
        first,
        last,
        created_ms: session.now.timestamp_millis(),
        part,
        reader: peer.map(|it| it.machine),
    })
}

struct Content<'a> {
    header: Header,
    arrivals: &'a [Arrival],
    packed: &'a [Vec<u8>],
    peer: Option<&'a Peer>,
}

fn write_content<W: Write>(
    session: &Session,
    key: &MachineKey,
    out: W,
    content: &Content<'_>,
) -> Result<W, Failure> {
    let unwritten = |error| Problem::new("bundle-unwritable").with("error", error);
    let mut bundle = BundleWriter::new(out, &content.header).map_err(unwritten)?;
    let needs = outgoing::needs(session, content.arrivals)?;
    if !needs.is_empty() {
        bundle.needs(&needs).map_err(unwritten)?;
    }
    for packed in content.packed {
        bundle.segment(packed).map_err(unwritten)?;
    }
    for peer in session.store.read().peers()? {
        if content.peer.is_none_or(|it| it.machine == peer.machine) {
            bundle.receipt(peer.machine, &peer.theirs).map_err(unwritten)?;
        }
    }
    Ok(bundle.finish(key)?)
}

/// Writes a file that is whole or not there, never over another.
fn write_file(
    session: &Session,
    key: &MachineKey,
    path: &Path,
    content: &Content<'_>,
    recipients: &[Recipient],
) -> Result<u64, Failure> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Problem::new("bundle-exists").with("path", path.display()).into());
    }
    let failed = |error: std::io::Error| Problem::new("bundle-unwritable").with("error", error);
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Part(PathBuf::from(part));
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part.0)
        .map_err(failed)?;
    let out = BufWriter::new(file);
    let out = if recipients.is_empty() {
        write_content(session, key, out, content)?
    } else {
        let closed = write_content(session, key, envelope::close(out, recipients)?, content)?;
        closed.finish().map_err(failed)?
    };
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    fs::rename(&part.0, path).map_err(failed)?;
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        // A stick may not know how to sync a folder; the file itself is on it.
        let _ = File::open(folder).and_then(|it| it.sync_all());
    }
    Ok(bytes)
}

/// A file in the making: it goes when it does not become whole.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map_or_else(String::new, |it| format!(".{}", it.to_string_lossy()));
    path.with_file_name(format!("{stem}-{number}{end}"))
}
