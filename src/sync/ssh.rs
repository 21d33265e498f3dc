//! The system's `ssh`: starts it, and says in one sentence why it did not get through.

use std::io::Read;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use super::target::SshTarget;
use crate::model::problem::Problem;
use crate::model::text::show;

/// What a shell ends with when there is no such program.
const NO_PROGRAM: i32 = 127;
/// Most bytes of complaints that are kept.
const SAID_BYTES_MAX: u64 = 64 * 1024;

/// How `ssh` is started.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The program.
    pub program: &'a Path,
    /// Whether it may ask for a password on the terminal.
    pub may_ask: bool,
    /// Whether the machine there is asked to enrol this one.
    pub enrols: bool,
}

/// A running `ssh`.
pub struct Call {
    child: Child,
    complaints: Option<JoinHandle<String>>,
    host: String,
}

impl Call {
    /// Calls a machine. Returns what it says and what it hears.
    pub fn start(way: Way<'_>, target: &SshTarget) -> Result<(Self, ChildStdout, ChildStdin), Problem> {
        let failed = |error: std::io::Error| {
            let key = match error.kind() {
                std::io::ErrorKind::NotFound => "ssh-missing",
                _ => "ssh-not-started",
            };
            let program = show(&way.program.to_string_lossy());
            Problem::new(key).with("program", program).with("error", error)
        };
        #[expect(clippy::disallowed_methods, reason = "the line to another machine is the system's ssh")]
        let mut command = Command::new(way.program);
        command.args(arguments(way, target));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (output, input) = (child.stdout.take(), child.stdin.take());
        let complaints = child.stderr.take().map(|it| std::thread::spawn(move || read_all(it)));
        let call = Self { child, complaints, host: target.host.clone() };
        match (output, input) {
            (Some(output), Some(input)) => Ok((call, output, input)),
            _ => Err(failed(std::io::Error::other("no pipe"))),
        }
    }

    /// Waits until it has ended.
    pub fn end(mut self) -> Ended {
        let status = self.child.wait().ok();
        let said = self.complaints.take().and_then(|it| it.join().ok()).unwrap_or_default();
        Ended {
            host: std::mem::take(&mut self.host),
            code: status.and_then(|it: ExitStatus| it.code()),
            said,
        }
    }
}

impl Drop for Call {
    /// Nobody listens any more: ssh must not stay behind. One that ended is not harmed.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An `ssh` that ended.
#[derive(Clone, Debug)]
pub struct Ended {
    host: String,
    code: Option<i32>,
    said: String,
}

/// What ssh says, by what it means; the first that fits counts.
const MEANINGS: &[(&str, &str)] = &[
    ("REMOTE HOST IDENTIFICATION HAS CHANGED", "ssh-host-changed"),
    ("Host key verification failed", "ssh-host-unknown"),
    ("Could not resolve hostname", "ssh-host-missing"),
    ("Permission denied", "ssh-denied"),
    ("Too many authentication failures", "ssh-denied"),
    ("Connection refused", "ssh-refused"),
    ("timed out", "ssh-unreachable"),
    ("No route to host", "ssh-unreachable"),
    ("Network is unreachable", "ssh-unreachable"),
    ("command not found", "ssh-no-program"),
    (": not found", "ssh-no-program"),
    ("No such file or directory", "ssh-no-program"),
    ("not responding", "ssh-cut"),
    ("Broken pipe", "ssh-cut"),
    ("Connection reset", "ssh-cut"),
    ("Connection closed", "ssh-cut"),
    ("closed by remote host", "ssh-cut"),
    ("kex_exchange_identification", "ssh-cut"),
];

impl Ended {
    /// Says in one sentence why the line ended before everything was said.
    pub fn problem(&self) -> Problem {
        let meaning = MEANINGS.iter().find(|(words, _)| self.said.contains(words)).map(|(_, key)| *key);
        let key = match meaning {
            _ if self.code == Some(NO_PROGRAM) => "ssh-no-program",
            Some(key) => key,
            None if self.last_line().is_empty() => "ssh-cut",
            None => {
                return Problem::new("ssh-says")
                    .with("host", show(&self.host))
                    .with("text", self.last_line());
            }
        };
        Problem::new(key).with("host", show(&self.host))
    }

    fn last_line(&self) -> String {
        let last = self.said.lines().rev().map(show).find(|it| !it.is_empty());
        last.unwrap_or_default()
    }
}

fn arguments(way: Way<'_>, target: &SshTarget) -> Vec<String> {
    let mut all = vec!["-T".to_owned()];
    let mut option = |it: &str| all.extend(["-o".to_owned(), it.to_owned()]);
    if !way.may_ask {
        option("BatchMode=yes");
    }
    option("ConnectTimeout=30");
    option("ServerAliveInterval=15");
    option("ServerAliveCountMax=4");
    if let Some(port) = target.port {
        all.extend(["-p".to_owned(), port.to_string()]);
    }
    // Nothing behind it is taken for an option.
    all.extend(["--".to_owned(), target.host.clone(), remote_command(way.enrols, target)]);
    all
}

/// Returns what the shell there runs, where no forced command says otherwise.
fn remote_command(enrols: bool, target: &SshTarget) -> String {
    let mut command = "chantier".to_owned();
    if let Some(path) = &target.database {
        command.push_str(&format!(" --db {}", quoted(path)));
    }
    command.push_str(" sync-serve");
    if enrols {
        command.push_str(" --enrol");
    }
    command
}

/// Quotes a text for a shell: everything between single quotes is itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Reads what ssh complains about, keeping the end of it.
fn read_all(mut complaints: ChildStderr) -> String {
    let mut bytes = Vec::new();
    let _ = (&mut complaints).take(SAID_BYTES_MAX).read_to_end(&mut bytes);
    // The rest is read, or ssh would wait for a reader.
    let _ = std::io::copy(&mut complaints, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(database: Option<&str>) -> SshTarget {
        SshTarget { host: "awa@siege".into(), port: Some(2222), database: database.map(str::to_owned) }
    }

    #[test]
    fn ssh_is_given_what_cannot_be_taken_for_an_option() {
        let way = Way { program: Path::new("ssh"), may_ask: false, enrols: false };
        let given = arguments(way, &target(None));
        assert_eq!(
            given.join(" "),
            "-T -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 -p 2222 -- awa@siege chantier sync-serve"
        );
        let given =
            arguments(Way { may_ask: true, enrols: true, ..way }, &target(Some("/srv/l'été $(id).db")));
        assert!(!given.contains(&"BatchMode=yes".to_owned()));
        assert_eq!(given.last().unwrap(), r"chantier --db '/srv/l'\''été $(id).db' sync-serve --enrol");
    }

    #[test]
    fn what_ssh_says_becomes_a_sentence() {
        let key = |code, said: &str| {
            Ended { host: "siege".into(), code: Some(code), said: said.into() }.problem().key
        };
        for (code, said, wanted) in [
            (255, "ssh: Could not resolve hostname siege: Name or service not known\r\n", "ssh-host-missing"),
            (255, "awa@siege: Permission denied (publickey).\r\n", "ssh-denied"),
            (255, "ssh: connect to host siege port 22: Connection refused\r\n", "ssh-refused"),
            (255, "ssh: connect to host siege port 22: Connection timed out\r\n", "ssh-unreachable"),
            (
                255,
                "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
                "ssh-host-changed",
            ),
            (
                255,
                "No ED25519 host key is known for x\nHost key verification failed.\r\n",
                "ssh-host-unknown",
            ),
            (127, "bash: line 1: chantier: command not found\n", "ssh-no-program"),
            (127, "", "ssh-no-program"),
            (255, "Timeout, server siege not responding.\r\n", "ssh-cut"),
            (255, "client_loop: send disconnect: Broken pipe\r\n", "ssh-cut"),
            (0, "", "ssh-cut"),
            (1, "Ce compte est fermé.\n", "ssh-says"),
        ] {
            assert_eq!(key(code, said), wanted, "{said}");
        }
        let said = "motd\n\x1b[31mquota exceeded\x1b[0m\n\n";
        let problem = Ended { host: "siege".into(), code: Some(1), said: said.into() }.problem();
        assert!(
            problem.arguments[1].1.contains("quota exceeded") && !problem.arguments[1].1.contains('\x1b')
        );
    }
}
