//! The system's `ssh-keygen` and `ssh-add`: a person's key stays in the agent, and signs there.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::keys::{MachinePublicKey, Purpose};
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, show};

/// An agent may ask its owner first, or wait for a key to be touched.
const SIGNING_PATIENCE: Duration = Duration::from_mins(1);
/// What keys it has, an agent says at once.
const LISTING_PATIENCE: Duration = Duration::from_secs(2);
/// So often it is looked whether a program has ended.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A signature of a person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentSignature {
    /// The key that signed.
    pub key: MachinePublicKey,
    /// The signature, armoured.
    pub armoured: String,
}

/// An SSH agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// Where it listens; what the environment says unless given.
    pub socket: Option<PathBuf>,
}

impl Agent {
    /// Returns its Ed25519 keys with their comments; none where it does not answer.
    pub fn keys(&self) -> Vec<(MachinePublicKey, String)> {
        self.listed(LISTING_PATIENCE).unwrap_or_default()
    }

    /// Has a message signed by one of its keys.
    pub fn sign(
        &self,
        key: &MachinePublicKey,
        purpose: Purpose,
        message: &[u8],
    ) -> Result<AgentSignature, Problem> {
        sign_with(self, key, purpose, message)
    }

    fn listed(&self, patience: Duration) -> Result<Vec<(MachinePublicKey, String)>, Problem> {
        let output = run(self, "ssh-add", &[OsStr::new("-L")], b"", patience)?;
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let read = |line: &str| {
            let comment = line.splitn(3, ' ').nth(2).unwrap_or_default();
            Some((MachinePublicKey::read(line).ok()?, clean_line(comment, NAME_CHARS_MAX)))
        };
        Ok(listed.lines().filter_map(read).collect())
    }
}

/// Has a message signed by a key of the agent: the one of a public key file, or the only Ed25519 key that it holds.
pub fn sign(key_file: Option<&Path>, purpose: Purpose, message: &[u8]) -> Result<AgentSignature, Problem> {
    let agent = Agent::default();
    let key = match key_file {
        Some(path) => public_key(path)?,
        None => only_key(&agent)?,
    };
    sign_with(&agent, &key, purpose, message)
}

fn sign_with(
    agent: &Agent,
    key: &MachinePublicKey,
    purpose: Purpose,
    message: &[u8],
) -> Result<AgentSignature, Problem> {
    let file = PublicKeyFile::write(key)?;
    let namespace = OsStr::new(purpose.namespace());
    let flags = ["-Y", "sign", "-n"].map(OsStr::new);
    let arguments = [&flags[..], &[namespace, OsStr::new("-f"), file.0.as_os_str()]].concat();
    let output = run(agent, "ssh-keygen", &arguments, message, SIGNING_PATIENCE)?;
    let armoured = String::from_utf8_lossy(&output.stdout).into_owned();
    // What another program hands over counts only when it is what was asked for.
    if !output.status.success() || !key.verify_armoured(purpose, message, &armoured) {
        return Err(Problem::new("agent-refused").with("error", last_line(&output.stderr)));
    }
    Ok(AgentSignature { key: *key, armoured })
}

fn public_key(path: &Path) -> Result<MachinePublicKey, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Problem::new("key-file-unreadable").with("path", path.display()).with("error", error)
    })?;
    MachinePublicKey::read(&text)
}

fn only_key(agent: &Agent) -> Result<MachinePublicKey, Problem> {
    let mut keys = agent.listed(SIGNING_PATIENCE)?.into_iter();
    match (keys.next(), keys.next()) {
        (Some((key, _)), None) => Ok(key),
        (Some(_), Some(_)) => Err(Problem::new("agent-several")),
        _ => Err(Problem::new("agent-empty")),
    }
}

/// Runs a program of OpenSSH: the message goes in, what it says comes out. It asks nothing on the terminal, and is ended
/// when it is silent for too long.
fn run(
    agent: &Agent,
    program: &str,
    arguments: &[&OsStr],
    message: &[u8],
    patience: Duration,
) -> Result<Output, Problem> {
    let failed = |error| Problem::new("agent-unstarted").with("program", program).with("error", error);
    #[expect(
        clippy::disallowed_methods,
        reason = "the keys of the agent are asked through the system's OpenSSH"
    )]
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A passphrase is the agent's affair: asked for here, it would be refused, not read from the terminal.
    command.env("SSH_ASKPASS", "false").env("SSH_ASKPASS_REQUIRE", "force");
    if let Some(socket) = &agent.socket {
        command.env("SSH_AUTH_SOCK", socket);
    }
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ends early has no use for the rest.
        let _ = input.write_all(message);
    }
    let mut waited = Duration::ZERO;
    while child.try_wait().map_err(failed)?.is_none() {
        if waited >= patience {
            // It has ended by itself, or it ends now.
            let _ = child.kill();
            let _ = child.wait();
            return Err(Problem::new("agent-silent").with("seconds", patience.as_secs()));
        }
        std::thread::sleep(LOOK_EVERY);
        waited += LOOK_EVERY;
    }
    child.wait_with_output().map_err(failed)
}

fn last_line(said: &[u8]) -> String {
    String::from_utf8_lossy(said).lines().rev().map(show).find(|it| !it.is_empty()).unwrap_or_default()
}

/// A public key where `ssh-keygen` can read it; it is taken away again.
struct PublicKeyFile(PathBuf);

impl PublicKeyFile {
    fn write(key: &MachinePublicKey) -> Result<Self, Problem> {
        let path = std::env::temp_dir().join(format!("chantier-{}.pub", uuid::Uuid::new_v4()));
        let failed =
            |error| Problem::new("key-file-unwritable").with("path", path.display()).with("error", error);
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
        writeln!(file, "{}", key.line()).map_err(failed)?;
        Ok(Self(path.clone()))
    }
}

impl Drop for PublicKeyFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
