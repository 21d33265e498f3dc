//! Reads small files with keys, whatever lies at their path.

use std::fs::OpenOptions;
use std::io::{Error, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use crate::model::problem::Problem;

/// No file with a key is longer.
const BYTES_MAX: u64 = 256 << 10;

/// Reads a file with a key. What a shell passes as a pipe is read too; a pipe that nobody writes to is empty.
pub fn read(path: &Path) -> Result<String, Problem> {
    let unread =
        |error: Error| Problem::new("key-file-unreadable").with("path", path.display()).with("error", error);
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(unread)?;
    let kind = file.metadata().map_err(unread)?.file_type();
    if kind.is_fifo() {
        rustix::fs::fcntl_setfl(&file, OFlags::empty()).map_err(|error| unread(error.into()))?;
    } else if !kind.is_file() {
        return Err(unread(ErrorKind::InvalidInput.into()));
    }
    let mut text = String::new();
    file.take(BYTES_MAX + 1).read_to_string(&mut text).map_err(unread)?;
    if text.len() as u64 > BYTES_MAX {
        return Err(unread(ErrorKind::FileTooLarge.into()));
    }
    Ok(text)
}
