//! A folder as a place: a stick, a share. Nothing in it is ever written over.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Advice, OFlags};

use super::{Laid, too_large};
use crate::model::problem::Problem;
use crate::whole_file::{Part, rename_new};

/// How a file ends that is not whole yet.
const PART: &str = ".part";

/// A folder that is there.
pub struct FolderPlace {
    root: PathBuf,
}

impl FolderPlace {
    /// Opens a folder. It is never made: a stick that is not plugged in must not become a folder of the disk.
    pub fn open(root: &Path) -> Result<Self, Problem> {
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => Ok(Self { root: root.to_path_buf() }),
            Ok(_) => Err(Problem::new("place-not-a-folder").with("path", root.display())),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Err(Problem::new("place-missing").with("path", root.display()))
            }
            Err(error) => Err(unreadable(root, &error)),
        }
    }

    /// Lists the folders. Links are not followed.
    pub fn folders(&self) -> Result<Vec<String>, Problem> {
        let all = entries(&self.root)?.into_iter();
        Ok(all.filter(|it| is_folder(&it.1)).map(|it| it.0).collect())
    }

    /// Lists the files two folders down. Links are not followed: they may lead anywhere.
    pub fn list(&self, folder: &str) -> Result<Vec<Laid>, Problem> {
        let mut laid = Vec::new();
        for (machine, path) in entries(&self.root.join(folder))?.into_iter().filter(|it| is_folder(&it.1)) {
            for (file, path) in entries(&path)? {
                let Ok(found) = fs::symlink_metadata(&path) else { continue };
                if found.is_file() {
                    laid.push(Laid { name: format!("{folder}/{machine}/{file}"), bytes: found.len() });
                }
            }
        }
        laid.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(laid)
    }

    /// Reads a file of at most so many bytes.
    pub fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Problem> {
        let path = self.root.join(name);
        let failed = |error| unreadable(&path, &error);
        let file = open_file(&path).map_err(failed)?;
        let mut content = Vec::new();
        file.take(bytes_max + 1).read_to_end(&mut content).map_err(failed)?;
        if content.len() as u64 > bytes_max { Err(too_large(name)) } else { Ok(content) }
    }

    /// Lays down a file unless one of that name is there. Returns whether it was laid down now.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<bool, Problem> {
        let path = self.root.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(&self.root);
        self.make(folder).map_err(|error| unwritable(folder, &error))?;
        let _alone = clear(folder);
        let part = Part(path.with_extension(format!("{}{PART}", std::process::id())));
        write_new(&part.0, content).map_err(|error| unwritable(&path, &error))?;
        // A stick that lies about its size, or that is worn, is noticed while there is still another copy.
        if read_again(&part.0).map_err(|error| unreadable(&path, &error))? != content {
            return Err(Problem::new("place-forgets").with("path", self.root.display()));
        }
        let laid = rename_new(&part.0, &path).map_err(|error| unwritable(&path, &error))?;
        sync_folder(folder);
        Ok(laid)
    }

    /// Waits until everything is on the stick.
    pub fn settle(&self) -> Result<(), Problem> {
        let failed = |error| unwritable(&self.root, &error);
        let folder = File::open(&self.root).map_err(failed)?;
        rustix::fs::syncfs(&folder).map_err(|error| failed(error.into()))
    }

    /// Makes the folders below the root that are missing.
    fn make(&self, folder: &Path) -> std::io::Result<()> {
        let Ok(below) = folder.strip_prefix(&self.root) else { return Ok(()) };
        let mut path = self.root.clone();
        for step in below {
            let above = path.clone();
            path.push(step);
            match fs::create_dir(&path) {
                Ok(()) => sync_folder(&above),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && is_folder(&path) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Removes what an interrupted exchange left in this machine's folder, unless another process is at work there. As long as
/// what is returned lives, nobody else does; a file system without locks does without.
fn clear(folder: &Path) -> Option<File> {
    let lock = File::open(folder).ok()?;
    if lock.try_lock().is_ok() {
        for (name, path) in entries(folder).unwrap_or_default() {
            if name.ends_with(PART) {
                let _ = fs::remove_file(path);
            }
        }
        lock.unlock().ok()?;
    }
    // Those who write share it: whoever would clear meanwhile finds it taken.
    lock.lock_shared().ok()?;
    Some(lock)
}

fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Reads what is on the medium, not what is still in memory, as far as the system lets one ask for that.
fn read_again(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = open_file(path)?;
    let _ = rustix::fs::fadvise(&file, 0, None, Advice::DontNeed);
    let mut content = Vec::new();
    file.read_to_end(&mut content)?;
    Ok(content)
}

/// Opens a plain file; a pipe or a device in its place makes nobody wait.
fn open_file(path: &Path) -> std::io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Lists a folder, which may be missing. Names that are no text are nobody's packs.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let failed = |error| unreadable(folder, &error);
    if !is_folder(folder) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if let Ok(name) = entry.file_name().into_string() {
            found.push((name, entry.path()));
        }
    }
    Ok(found)
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_dir())
}

/// A stick may not know how to sync a folder; the file itself is on it.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|it| it.sync_all());
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new("place-unreadable").with("path", path.display()).with("error", error)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    let key = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "place-full",
        ErrorKind::ReadOnlyFilesystem => "place-read-only",
        _ => "place-unwritable",
    };
    Problem::new(key).with("path", path.display()).with("error", error)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    const NAME: &str = "aa/bb/1.chantier";

    fn place() -> (tempfile::TempDir, FolderPlace) {
        let folder = tempfile::tempdir().unwrap();
        let place = FolderPlace::open(folder.path()).unwrap();
        (folder, place)
    }

    #[test]
    fn what_is_laid_down_stays_as_it_is() {
        let (_folder, place) = place();
        assert_eq!(place.list("aa").unwrap(), []);
        assert!(place.put(NAME, b"one").unwrap());
        assert!(!place.put(NAME, b"two").unwrap());
        assert_eq!(place.get(NAME, 3).unwrap(), b"one");
        assert_eq!(place.list("aa").unwrap(), [Laid { name: NAME.into(), bytes: 3 }]);
        assert_eq!(place.get(NAME, 2).unwrap_err().key, "pack-too-large");
        place.settle().unwrap();
    }

    #[test]
    fn two_that_lay_down_at_once_leave_each_other_s_parts() {
        let folder = tempfile::tempdir().unwrap();
        let first = clear(folder.path());
        let second = clear(folder.path());
        let part = folder.path().join(format!("2{PART}"));
        fs::write(&part, "in the making").unwrap();
        drop(first);
        let third = clear(folder.path());
        assert!(part.exists(), "the second is still at work");
        drop((second, third));
        drop(clear(folder.path()));
        assert!(!part.exists(), "nobody is at work any more");
    }

    #[test]
    fn leftovers_go_and_links_and_pipes_are_left_alone() {
        let (folder, place) = place();
        let own = folder.path().join("aa/bb");
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("1.77.part"), "half").unwrap();
        assert!(place.put(NAME, b"one").unwrap());
        assert!(!own.join("1.77.part").exists());
        symlink("/etc/hostname", own.join("2.chantier")).unwrap();
        symlink("/etc", folder.path().join("aa/cc")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            own.join("3.chantier"),
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        assert_eq!(place.list("aa").unwrap().len(), 1);
        assert_eq!(place.get("aa/bb/2.chantier", 9).unwrap_err().key, "place-unreadable");
        assert_eq!(place.get("aa/bb/3.chantier", 9).unwrap_err().key, "place-unreadable");
    }

    #[test]
    fn a_stick_that_is_not_there_is_not_made() {
        let (folder, _place) = place();
        let missing = folder.path().join("stick");
        assert_eq!(FolderPlace::open(&missing).err().unwrap().key, "place-missing");
        fs::write(&missing, "").unwrap();
        assert_eq!(FolderPlace::open(&missing).err().unwrap().key, "place-not-a-folder");
    }
}
