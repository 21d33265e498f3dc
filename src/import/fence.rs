//! The parent's side of the fence: opens the file, starts the child, bounds its time and its answer.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use super::{Hints, Reading};
use crate::model::problem::Problem;

/// Largest file that is read.
pub(super) const FILE_BYTES_MAX: u64 = 100 * 1024 * 1024;
/// The part of a file that the child may take [`SECONDS_PER_STEP`] for.
const STEP_BYTES: u64 = 20 * 1024 * 1024;
/// Seconds for each started step of the file.
const SECONDS_PER_STEP: u64 = 10;
/// Largest answer of the child.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Signals that end a child out of memory, out of time and by hand.
const SIGNAL_ABORT: i32 = 6;
const SIGNAL_KILL: i32 = 9;
const SIGNAL_CPU: i32 = 24;

/// What the child is told.
#[derive(Serialize, Deserialize)]
pub(super) struct Task {
    pub file_name: String,
    pub bytes: u64,
    pub hints: Hints,
}

/// Returns the time allowed for a file, in seconds.
pub(super) const fn seconds_allowed(bytes: u64) -> u64 {
    let steps = bytes.div_ceil(STEP_BYTES);
    SECONDS_PER_STEP * if steps == 0 { 1 } else { steps }
}

/// Reads a file in a child process without rights: `program read-workbook TASK`, the file as its input.
///
/// The program must answer that verb with [`super::serve_child`]. Every failure is one sentence.
pub fn read_fenced(path: &Path, hints: &Hints, program: &Path) -> Result<Reading, Problem> {
    let file_name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |problem: Problem| problem.with("file", crate::model::text::show(&file_name));
    let (file, bytes) = open(path).map_err(named)?;
    let task = Task { file_name: file_name.clone(), bytes, hints: hints.clone() };
    let task = serde_json::to_string(&task).map_err(|_| named(Problem::new("import-not-started")))?;
    let mut child = start(program, &task, file).map_err(|_| named(Problem::new("import-not-started")))?;
    let answer = wait_for_answer(&mut child, seconds_allowed(bytes));
    let status = child.wait().map_err(|_| named(Problem::new("import-crash")))?;
    judge(answer, status).map_err(|problem| {
        // The child names the file itself where it got as far as reading it.
        if problem.arguments.iter().any(|(name, _)| name == "file") { problem } else { named(problem) }
    })
}

/// Opens a regular file that is neither empty nor too large; never waits on a pipe.
fn open(path: &Path) -> Result<(File, u64), Problem> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).map_err(|error| {
        Problem::new(match error {
            Errno::NOENT | Errno::NOTDIR => "import-file-missing",
            Errno::ACCESS | Errno::PERM => "import-file-forbidden",
            Errno::NXIO => "import-not-a-file",
            _ => "import-file-unreadable",
        })
    })?);
    let metadata = file.metadata().map_err(|_| Problem::new("import-file-unreadable"))?;
    match metadata.len() {
        _ if !metadata.is_file() => Err(Problem::new("import-not-a-file")),
        0 => Err(Problem::new("import-file-empty")),
        bytes if bytes > FILE_BYTES_MAX => Err(Problem::new("import-file-too-large")),
        bytes => Ok((file, bytes)),
    }
}

#[expect(clippy::disallowed_methods, reason = "the fence is the one place that starts a process")]
fn start(program: &Path, task: &str, file: File) -> std::io::Result<Child> {
    Command::new(program)
        .arg("read-workbook")
        .arg(task)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Reads the answer, or ends the child when time or answer run over; `None` is "no answer in time".
fn wait_for_answer(child: &mut Child, seconds: u64) -> Option<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    let output = child.stdout.take();
    std::thread::spawn(move || sender.send(output.map(read_bounded).unwrap_or_default()));
    let answer = receiver.recv_timeout(Duration::from_secs(seconds)).ok();
    if answer.as_ref().is_none_or(|it| it.len() as u64 > ANSWER_BYTES_MAX) {
        // It may have ended by itself in the meantime, which its status then tells.
        child.kill().ok();
    }
    answer
}

fn read_bounded(output: ChildStdout) -> Vec<u8> {
    let mut answer = Vec::new();
    output.take(ANSWER_BYTES_MAX + 1).read_to_end(&mut answer).ok();
    answer
}

/// Turns the answer and the end of the child into a reading or one sentence.
fn judge(answer: Option<Vec<u8>>, status: ExitStatus) -> Result<Reading, Problem> {
    use std::os::unix::process::ExitStatusExt;
    let Some(answer) = answer else { return Err(Problem::new("import-time")) };
    if answer.len() as u64 > ANSWER_BYTES_MAX {
        return Err(Problem::new("import-answer-too-large"));
    }
    match status.signal() {
        Some(SIGNAL_ABORT) => return Err(Problem::new("import-memory")),
        Some(SIGNAL_CPU | SIGNAL_KILL) => return Err(Problem::new("import-time")),
        Some(_) => return Err(Problem::new("import-crash")),
        None if !status.success() => return Err(Problem::new("import-crash")),
        None => {}
    }
    postcard::from_bytes::<Result<Reading, Problem>>(&answer).map_err(|_| Problem::new("import-crash"))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;

    #[test]
    fn allows_ten_seconds_per_started_twenty_megabytes() {
        assert_eq!(seconds_allowed(1), 10);
        assert_eq!(seconds_allowed(STEP_BYTES), 10);
        assert_eq!(seconds_allowed(STEP_BYTES + 1), 20);
    }

    #[test]
    fn refuses_what_is_no_regular_file() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("vide.csv");
        std::fs::write(&empty, "").unwrap();
        let large = folder.path().join("grand.csv");
        File::create(&large).unwrap().set_len(FILE_BYTES_MAX + 1).unwrap();
        let pipe = folder.path().join("tube");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, Mode::RUSR, 0).unwrap();
        for (path, key) in [
            (folder.path(), "import-not-a-file"),
            (&empty, "import-file-empty"),
            (&large, "import-file-too-large"),
            (&pipe, "import-not-a-file"),
            (Path::new("/dev/zero"), "import-not-a-file"),
            (Path::new("/nulle/part.csv"), "import-file-missing"),
        ] {
            assert_eq!(open(path).unwrap_err().key, key, "{}", path.display());
        }
    }

    #[test]
    fn a_program_that_does_not_answer_is_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, "a;b").unwrap();
        let hints = Hints { unit: None, year: None, project: None, month_max: Month::MAX };
        assert_eq!(read_fenced(&file, &hints, Path::new("/bin/false")).unwrap_err().key, "import-crash");
        assert_eq!(
            read_fenced(&file, &hints, Path::new("/nulle/part")).unwrap_err().key,
            "import-not-started"
        );
    }

    #[test]
    fn time_and_answer_are_bounded() {
        let endless = || start(Path::new("/usr/bin/yes"), "", File::open("/dev/null").unwrap()).unwrap();
        for (seconds, key) in [(0, "import-time"), (60, "import-answer-too-large")] {
            let mut child = endless();
            let answer = wait_for_answer(&mut child, seconds);
            assert_eq!(judge(answer, child.wait().unwrap()).unwrap_err().key, key);
        }
    }

    #[test]
    fn the_end_of_the_child_tells_why() {
        use std::os::unix::process::ExitStatusExt;
        for (signal, key) in [
            (6, "import-memory"),
            (24, "import-time"),
            (9, "import-time"),
            (11, "import-crash"),
            (0, "import-crash"),
        ] {
            assert_eq!(
                judge(Some(Vec::new()), ExitStatus::from_raw(signal)).unwrap_err().key,
                key,
                "{signal}"
            );
        }
    }
}
