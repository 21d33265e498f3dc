//! The password of the mail server: from a file that is its owner's alone, or from the keyring of the session.
//!
//! The keyring is asked through `secret-tool` of libsecret, which speaks to whatever keeps secrets on the machine. No
//! secret is written by this program.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::key_file;
use crate::model::problem::Problem;
use crate::model::text::show;

/// What others may not do with a file that holds a password.
const OTHERS: u32 = 0o077;
/// What asks the keyring.
const PROGRAM: &str = "secret-tool";

/// Reads a password from a file that nobody else may read: its first line.
pub fn from_file(path: &Path) -> Result<String, Problem> {
    let text = key_file::read(path)?;
    if std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.mode() & OTHERS != 0) {
        return Err(Problem::new("mail-password-open").with("path", path.display()));
    }
    first_line(&text).ok_or_else(|| Problem::new("mail-password-missing"))
}

/// Reads the password that the keyring holds for a user of a server.
pub fn from_keyring(server: &str, user: &str) -> Result<String, Problem> {
    let missing = |error: &str| {
        let problem = Problem::new("mail-keyring-empty").with("server", server).with("user", user);
        problem.with("error", error)
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "the keyring of the session is asked through its own program"
    )]
    let mut command = Command::new(PROGRAM);
    command.args(["lookup", "service", "chantier", "server", server, "user", user]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = command.output();
    let output = output.map_err(|it| Problem::new("mail-keyring-unasked").with("error", it))?;
    let said = String::from_utf8_lossy(&output.stderr).lines().map(show).find(|it| !it.is_empty());
    if !output.status.success() {
        return Err(missing(said.as_deref().unwrap_or("–")));
    }
    first_line(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| missing("–"))
}

fn first_line(text: &str) -> Option<String> {
    text.lines().next().filter(|it| !it.is_empty()).map(str::to_owned)
}
