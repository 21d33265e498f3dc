//! Files that are whole or not there: written under another name first, and never over another one.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

/// A file in the making: it goes when it does not become whole.
#[derive(Debug)]
pub struct Part(pub PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Gives a whole file its name, unless the name is taken. Returns whether it was free.
pub fn rename_new(from: &Path, to: &Path) -> std::io::Result<bool> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(true),
        Err(Errno::EXIST) => Ok(false),
        // Some file systems of sticks and shares cannot.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            let is_free = fs::symlink_metadata(to).is_err();
            if is_free {
                fs::rename(from, to)?;
            }
            Ok(is_free)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old").unwrap();
        assert!(!rename_new(&from, &to).unwrap());
        assert_eq!(fs::read(&to).unwrap(), b"old");
    }
}
