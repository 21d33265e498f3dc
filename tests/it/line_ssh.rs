//! Real processes on a line: `ssh` with a real `sshd` on loopback where they are installed, else only the two ends.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::desk::{Desk, text};

/// Writes a program that stands for `ssh`.
fn program(desk: &Desk, name: &str, script: &str) -> PathBuf {
    let path = desk.path(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// What stands for `ssh` and reaches another desk without a network; `more` are words for the answering side.
fn straight(desk: &Desk, hub: &Desk, more: &str) -> PathBuf {
    let binary = env!("CARGO_BIN_EXE_chantier");
    let home = hub.path("").display().to_string();
    program(desk, "straight", &format!("HOME='{home}' USER=siege exec '{binary}' sync-serve {more}"))
}

fn run(desk: &Desk, ssh: &Path, arguments: &[&str]) -> Output {
    desk.command(arguments).env("CHANTIER_SSH", ssh).env("PATH", "/usr/bin:/bin").output().unwrap()
}

fn good(desk: &Desk, ssh: &Path, arguments: &[&str]) -> String {
    let output = run(desk, ssh, arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}{}",
        text(&output.stderr),
        text(&output.stdout)
    );
    text(&output.stdout)
}

fn refused(desk: &Desk, ssh: &Path, arguments: &[&str]) -> String {
    let output = run(desk, ssh, arguments);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}{}", text(&output.stdout));
    assert_eq!(said.trim_end().lines().count(), 1, "more than a sentence: {said}");
    said
}

fn hub() -> Desk {
    let hub = Desk::new();
    hub.organisation();
    hub.site("CH-2026-001");
    hub.good(&["entry", "CH-2026-001", "2026-02", "40"]);
    hub
}

fn figures(desk: &Desk) -> String {
    desk.good(&["export", "entries"])
}

#[test]
fn a_laptop_joins_and_both_exchange() {
    let (hub, laptop) = (hub(), Desk::new());
    let ssh = straight(&laptop, &hub, "--enrol");
    let said = good(&laptop, &ssh, &["join", "awa@siege"]);
    assert!(said.contains("a rejoint Cellule de suivi par siege") && said.contains("SHA256:"), "{said}");
    laptop.good(&["entry", "CH-2026-001", "2026-03", "45"]);
    hub.good(&["entry", "CH-2026-001", "2026-01", "30"]);
    let said = good(&laptop, &ssh, &["sync"]);
    assert!(said.contains("envoyés 1 · reçus 1"), "{said}");
    assert_eq!(figures(&laptop), figures(&hub));
    assert_eq!(figures(&hub).lines().count(), 4);
    let json: serde_json::Value = serde_json::from_str(&good(&laptop, &ssh, &["sync", "--json"])).unwrap();
    assert_eq!((json["sent"].as_u64(), json["pending"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn nothing_is_left_of_a_join_that_failed() {
    let laptop = Desk::new();
    let ssh = program(
        &laptop,
        "ssh",
        "echo 'ssh: Could not resolve hostname siege: Name or service not known' >&2; exit 255",
    );
    let said = refused(&laptop, &ssh, &["join", "siege"]);
    assert!(said.contains("siege est introuvable"), "{said}");
    let folder = laptop.path(".local/share/chantier");
    let left: Vec<_> =
        fs::read_dir(&folder).into_iter().flatten().flatten().map(|it| it.file_name()).collect();
    assert!(left.iter().all(|it| !it.to_string_lossy().starts_with("chantier.db")), "{left:?}");
}

#[test]
fn a_machine_that_is_not_enrolled_is_told_what_to_send() {
    let (hub, laptop) = (hub(), Desk::new());
    let ssh = straight(&laptop, &hub, "");
    let said = refused(&laptop, &ssh, &["join", "siege"]);
    let line = said.split(" : ").last().unwrap().trim();
    assert!(line.starts_with("ssh-ed25519 "), "{said}");
    hub.good(&["machine", "add", "Portable", line]);
    good(&laptop, &ssh, &["join", "siege"]);
    assert_eq!(figures(&laptop), figures(&hub));
}

#[test]
fn what_goes_wrong_on_a_line_is_one_sentence() {
    let (hub, laptop) = (hub(), Desk::new());
    let ssh = straight(&laptop, &hub, "--enrol");
    good(&laptop, &ssh, &["join", "siege"]);
    for (script, wanted) in [
        ("echo 'Bienvenue sur siege'; cat >/dev/null", "« Bienvenue sur siege »"),
        ("printf '\\033[31mDernière connexion\\033[0m hier\\n'", "Dernière connexion"),
        ("echo 'awa@siege: Permission denied (publickey).' >&2; exit 255", "refuse cet utilisateur"),
        ("echo 'sh: chantier: command not found' >&2; exit 127", "« chantier » est introuvable"),
        ("exit 0", "s’est coupée"),
        ("echo 'quota dépassé' >&2; exit 1", "quota dépassé"),
    ] {
        let ssh = program(&laptop, "wrong", script);
        let said = refused(&laptop, &ssh, &["sync"]);
        assert!(said.contains(wanted) && !said.contains('\x1b'), "{script}: {said}");
    }
    let said = refused(&laptop, &laptop.path("missing"), &["sync"]);
    assert!(said.contains("n’est pas installé"), "{said}");
    // A hub without a database says so itself.
    let empty = Desk::new();
    let ssh = straight(&laptop, &empty, "");
    let said = refused(&laptop, &ssh, &["sync"]);
    assert!(said.contains("L’autre machine répond"), "{said}");
}

#[test]
fn a_person_who_runs_the_answering_side_is_told_what_it_is_for() {
    let hub = hub();
    let mut child = hub
        .command(&["sync-serve"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"bonjour, il y a quelqu'un ?\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("chantier sync"), "{}", text(&output.stderr));
}

/// A real `sshd` on loopback that runs one forced command.
struct Server {
    child: Child,
    desk: Desk,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "tests run the system's programs")]
fn tool(name: &str) -> Command {
    Command::new(name)
}

const SSHD: &str = "/usr/sbin/sshd";

/// Starts the server with the hub's database behind it; `None` where OpenSSH is not installed.
fn server(hub: &Desk) -> Option<Server> {
    let desk = Desk::new();
    if !Path::new(SSHD).exists() || !Path::new("/usr/bin/ssh").exists() {
        eprintln!("skipped: OpenSSH is not installed");
        return None;
    }
    for key in ["host", "user"] {
        let made =
            tool("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(desk.path(key)).status();
        assert!(made.unwrap().success());
    }
    let public = fs::read_to_string(desk.path("user.pub")).unwrap();
    let home = hub.path("").display().to_string();
    let forced = format!(
        "HOME={home} USER=siege LANG=fr_FR.UTF-8 {} sync-serve --enrol",
        env!("CARGO_BIN_EXE_chantier")
    );
    fs::write(desk.path("authorized"), format!("command=\"{forced}\",restrict {public}")).unwrap();
    // The port is free when it is asked for; the server says when it is not.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nUsePAM no\nStrictModes no\nPidFile none\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n",
        desk.path("host").display(),
        desk.path("authorized").display()
    );
    fs::write(desk.path("sshd_config"), config).unwrap();
    let child = tool(SSHD)
        .args(["-D", "-e", "-f"])
        .arg(desk.path("sshd_config"))
        .stderr(fs::File::create(desk.path("sshd.log")).unwrap())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let mut server = Server { child, desk, port };
    // It says when it listens; a machine on which it may not run ends it.
    loop {
        let log = fs::read_to_string(server.desk.path("sshd.log")).unwrap_or_default();
        if log.contains("Server listening") {
            break;
        }
        if server.child.try_wait().unwrap().is_some() {
            eprintln!("skipped: sshd does not run here: {log}");
            return None;
        }
        std::thread::yield_now();
    }
    let host = fs::read_to_string(server.desk.path("host.pub")).unwrap();
    let known: Vec<&str> = host.split_whitespace().take(2).collect();
    fs::write(server.desk.path("known"), format!("[127.0.0.1]:{port} {}\n", known.join(" "))).unwrap();
    Some(server)
}

impl Server {
    /// What stands for `ssh`: the system's, with the keys of this server.
    fn ssh(&self, more: &str) -> PathBuf {
        let key = self.desk.path("user").display().to_string();
        let known = self.desk.path("known").display().to_string();
        let options = format!(
            "-F none -i {key} -o IdentitiesOnly=yes -o UserKnownHostsFile={known} -o GlobalKnownHostsFile=none {more}"
        );
        program(&self.desk, "ssh", &format!("exec /usr/bin/ssh {options} \"$@\""))
    }

    fn target(&self) -> String {
        let user = std::env::var("USER")
            .unwrap_or_else(|_| text(&tool("id").arg("-un").output().unwrap().stdout).trim().to_owned());
        format!("ssh://{user}@127.0.0.1:{}", self.port)
    }
}

#[test]
fn two_laptops_exchange_through_a_real_server() {
    let hub = hub();
    let Some(server) = server(&hub) else { return };
    let (ssh, target) = (server.ssh(""), server.target());
    let laptops = [Desk::new(), Desk::new()];
    for laptop in &laptops {
        let said = good(laptop, &ssh, &["join", &target, "--name", "siege"]);
        assert!(said.contains("a rejoint Cellule de suivi"), "{said}");
    }
    laptops[0].good(&["entry", "CH-2026-001", "2026-03", "45"]);
    laptops[1].good(&["entry", "CH-2026-001", "2026-01", "30"]);
    for at in [0, 1, 0] {
        good(&laptops[at], &ssh, &["sync"]);
    }
    assert_eq!(figures(&laptops[0]), figures(&hub));
    assert_eq!(figures(&laptops[1]), figures(&hub));
    assert_eq!(figures(&hub).lines().count(), 4);
    // The account does nothing else, whatever is asked.
    let other = tool(ssh.to_str().unwrap())
        .args(["-p", &server.port.to_string(), "127.0.0.1", "touch", "/tmp/chantier-forced"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(other.stdout.is_empty() || other.stdout.starts_with(b"\x89CHL"), "{}", text(&other.stdout));
    assert!(!Path::new("/tmp/chantier-forced").exists());
}

#[test]
fn a_real_line_that_is_cut_goes_on_later() {
    let hub = Desk::new();
    let database = hub.path(".local/share/chantier/chantier.db").display().to_string();
    hub.good(&["demo", "--sites", "84", "--months", "12", "--seed", "1", "--into", &database]);
    let Some(server) = server(&hub) else { return };
    let laptop = Desk::new();
    // The proxy ends after so many bytes from the server: in the middle of what it sends. SSH hands on only whole
    // packets, of 32 kB at most.
    let port = server.port;
    let carry = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{port} 4<&0; cat <&4 >&3 & dd bs=1 count=45000 status=none <&3; kill $!"
    );
    let proxy = program(&server.desk, "proxy", &format!("exec bash -c '{carry}'"));
    let cut = server.ssh(&format!("-o ProxyCommand={}", proxy.display()));
    let said = refused(&laptop, &cut, &["join", &server.target(), "--name", "siege"]);
    assert!(said.contains("coupée"), "{said}");
    let mut cuts = 1;
    loop {
        let output = run(&laptop, &cut, &["join", &server.target()]);
        if output.status.code() == Some(0) {
            break;
        }
        let said = text(&output.stderr);
        assert!(said.contains("coupée"), "{said}{}", text(&output.stdout));
        cuts += 1;
        assert!(cuts < 50, "nothing gets through");
    }
    let whole = server.ssh("");
    good(&laptop, &whole, &["sync"]);
    assert_eq!(figures(&laptop), figures(&hub));
}
