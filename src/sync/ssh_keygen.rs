//! The system's `ssh-keygen` and `ssh-add`: a person's key stays in the agent, and signs there.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::keys::{MachinePublicKey, Purpose};
use crate::model::problem::Problem;
use crate::model::text::show;

/// A signature of a person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentSignature {
    /// The key that signed.
    pub key: MachinePublicKey,
    /// The signature, armoured.
    pub armoured: String,
}

/// Has a message signed by a key of the agent: the one of a public key file, or the only Ed25519 key that it holds.
pub fn sign(key_file: Option<&Path>, purpose: Purpose, message: &[u8]) -> Result<AgentSignature, Problem> {
    let key = match key_file {
        Some(path) => public_key(path)?,
        None => only_key()?,
    };
    let file = PublicKeyFile::write(&key)?;
    let namespace = OsStr::new(purpose.namespace());
    let flags = ["-Y", "sign", "-n"].map(OsStr::new);
    let arguments = [&flags[..], &[namespace, OsStr::new("-f"), file.0.as_os_str()]].concat();
    let output = run("ssh-keygen", &arguments, message)?;
    let armoured = String::from_utf8_lossy(&output.stdout).into_owned();
    // What another program hands over counts only when it is what was asked for.
    if !output.status.success() || !key.verify_armoured(purpose, message, &armoured) {
        return Err(Problem::new("agent-refused").with("error", last_line(&output.stderr)));
    }
    Ok(AgentSignature { key, armoured })
}

fn public_key(path: &Path) -> Result<MachinePublicKey, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Problem::new("key-file-unreadable").with("path", path.display()).with("error", error)
    })?;
    MachinePublicKey::read(&text)
}

fn only_key() -> Result<MachinePublicKey, Problem> {
    let output = run("ssh-add", &[OsStr::new("-L")], b"")?;
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut keys = listed.lines().filter_map(|it| MachinePublicKey::read(it).ok());
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(key),
        (Some(_), Some(_)) => Err(Problem::new("agent-several")),
        _ => Err(Problem::new("agent-empty")),
    }
}

/// Runs a program of OpenSSH: the message goes in, what it says comes out.
fn run(program: &str, arguments: &[&OsStr], message: &[u8]) -> Result<Output, Problem> {
    let failed = |error| Problem::new("agent-unstarted").with("program", program).with("error", error);
    #[expect(
        clippy::disallowed_methods,
        reason = "the keys of the agent are asked through the system's OpenSSH"
    )]
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ends early has no use for the rest.
        let _ = input.write_all(message);
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
