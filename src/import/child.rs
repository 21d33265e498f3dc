//! The fenced process that reads one file from its standard input and answers on its standard output.

use std::io::{Read, Write};

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::fence::{FILE_BYTES_MAX, Task, seconds_allowed};
use super::{Reading, parse};
use crate::model::problem::Problem;

/// Most memory of the child.
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Most open files of the child: its three streams and some slack.
const FILES_MAX: u64 = 8;
/// Exit code when the answer could not be written.
const EXIT_UNANSWERED: u8 = 3;

/// Serves one task as the child of [`super::read_fenced`] and returns the exit code.
///
/// Gives up memory, time, files and network first; the task is the JSON that the parent passed.
pub fn serve_child(hints_json: &str) -> u8 {
    std::panic::set_hook(Box::new(|_| {}));
    let answer = std::panic::catch_unwind(|| answer(hints_json))
        .unwrap_or_else(|_| Err(Problem::new("import-damaged")));
    let Ok(bytes) = postcard::to_stdvec(&answer) else { return EXIT_UNANSWERED };
    let mut output = std::io::stdout().lock();
    if output.write_all(&bytes).and_then(|()| output.flush()).is_ok() { 0 } else { EXIT_UNANSWERED }
}

fn answer(task_json: &str) -> Result<Reading, Problem> {
    let not_started = |_| Problem::new("import-not-started");
    let task: Task = serde_json::from_str(task_json).map_err(|_| Problem::new("import-not-started"))?;
    limit(task.bytes).map_err(not_started)?;
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    input
        .take(FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| Problem::new("import-file-unreadable"))?;
    parse(&bytes, &task.file_name, &task.hints)
}

/// Limits this process; Landlock is done as far as the system knows it, the rest must succeed.
fn limit(bytes: u64) -> rustix::io::Result<()> {
    let same = |limit: u64| Rlimit { current: Some(limit), maximum: Some(limit) };
    let seconds = seconds_allowed(bytes);
    setrlimit(Resource::As, same(MEMORY_BYTES_MAX))?;
    setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: Some(seconds + 1) })?;
    setrlimit(Resource::Fsize, same(0))?;
    setrlimit(Resource::Core, same(0))?;
    deny_files_and_network();
    setrlimit(Resource::Nofile, same(FILES_MAX))
}

/// Denies opening any file and any connection, where the system can.
fn deny_files_and_network() {
    let ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))
        .and_then(|it| it.handle_access(AccessNet::from_all(ABI::V5)))
        .and_then(Ruleset::create);
    // A system without Landlock leaves the resource limits, which already hold.
    drop(ruleset.map(landlock::RulesetCreated::restrict_self));
}
