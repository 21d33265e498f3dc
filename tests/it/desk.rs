//! A desk: an empty home, the real binary, a fixed day.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The day of every test.
pub const TODAY: &str = "2026-04-06";

/// An empty home with the real binary.
pub struct Desk {
    home: TempDir,
}

impl Desk {
    /// Makes an empty home.
    pub fn new() -> Self {
        Self { home: TempDir::new().expect("a temporary folder") }
    }

    /// Returns a path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Prepares a command in French, without colours or terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_on(TODAY, arguments)
    }

    /// Prepares a command on another day.
    pub fn command_on(&self, today: &str, arguments: &[&str]) -> Command {
        #[expect(clippy::disallowed_methods, reason = "tests run the real binary")]
        let mut command = Command::new(env!("CARGO_BIN_EXE_chantier"));
        command.args(arguments).arg("--today").arg(today).env_clear().stdin(Stdio::null());
        command
            .env("HOME", self.home.path())
            .env("LANG", "fr_FR.UTF-8")
            .env("USER", "awa")
            .env("TERM", "xterm");
        command
    }

    /// Runs a command.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Runs a command that must end with 0; returns what it printed.
    pub fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs a command that must end with 2; returns its one sentence.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}{}", text(&output.stdout));
        assert_eq!(said.trim_end().lines().count(), 1, "{arguments:?} says more than a sentence: {said}");
        said.trim_end().to_owned()
    }

    /// Runs a command with `--json`; returns what it printed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        let output = self.run(&arguments);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?} {}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Makes an organisation with one project and two contractors.
    pub fn organisation(&self) {
        self.good(&["org", "add", "Cellule de suivi", "--currency", "XAF"]);
        self.good(&["project", "add", "PACS", "--client", "Ministère", "--client-email", "mo@exemple.org"]);
        self.good(&["contractor", "add", "Mbondé SARL", "--email", "mbonde@exemple.org"]);
        self.good(&["contractor", "add", "Aké et Fils"]);
    }

    /// Adds a site of 20 months from January 2025.
    pub fn site(&self, code: &str) {
        let terms = ["--project", "PACS", "--start", "2025-01", "--duration", "20", "--contractor", "Mbondé"];
        self.good(&[&["site", "add", code], &terms[..]].concat());
    }
}

/// Returns a fixture.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Returns output as text, with plain spaces.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\u{a0}', " ")
}
