//! The command line of what is sent: settings of this machine, passes, who sends.

use std::os::unix::fs::PermissionsExt;

use chantier::actions::op::{Note, OpName};
use chantier::actions::session::Session;
use chantier::store::change::Scope;
use chantier::store::registry::NOTICE;
use chrono::DateTime;

use crate::desk::{Desk, text};
use crate::fleet::{founder, guest};
use crate::mail_server::MailServer;
use crate::outbox::{put_letter, put_notice};
use crate::robot::today;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    desk
}

/// Writes an approved notice into the desk's database.
fn approve(desk: &Desk, number: usize, email: &str) {
    let path = desk.path(".local/share/chantier/chantier.db");
    let mut session = Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, Some(today())).unwrap();
    let project = session.store.read().projects().unwrap()[0].id;
    put_notice(&mut session, project, number, "2026-04-06", &[("Mbondé SARL", email)]);
}

#[test]
fn settings_of_this_machine_stay_on_it() {
    let desk = desk();
    desk.good(&["config", "set", "mail.server", "SMTP.exemple.org"]);
    desk.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    desk.good(&["config", "set", "mail.folder", "~/courrier"]);
    let shown = desk.good(&["config"]);
    assert!(shown.contains("mail.server") && shown.contains("smtp.exemple.org"), "{shown}");
    let folder = desk.path("courrier");
    assert!(shown.contains(folder.to_str().unwrap()), "{shown}");
    let changes = desk.good(&["export", "changes"]);
    assert!(
        !changes.contains("mail.server") && !changes.contains("smtp."),
        "nothing of it is in the log: {changes}"
    );
    desk.good(&["config", "set", "mail.server", ""]);
    assert!(!desk.good(&["config"]).contains("mail.server"));
}

#[test]
fn settings_that_would_go_wrong_are_refused() {
    let desk = desk();
    for (name, value) in [
        ("mail.server", "smtp exemple"),
        ("mail.server", ".exemple.org"),
        ("mail.port", "0"),
        ("mail.port", "70000"),
        ("mail.tls", "none"),
        ("mail.from", "suivi"),
        ("mail.from", "a@b@c"),
        ("mail.folder", "courrier"),
        ("mail.password", "secret"),
    ] {
        let said = desk.refused(&["config", "set", name, value]);
        assert!(said.contains(name) || said.contains("adresse"), "{said}");
    }
    let said = desk.refused(&["config", "set", "mail.port", "25", "--project", "PACS"]);
    assert!(said.contains("--project"), "{said}");
}

#[test]
fn a_folder_takes_what_waits() {
    let desk = desk();
    let said = text(&desk.run(&["notices", "run"]).stdout);
    assert!(said.contains("mail.server"), "{said}");
    desk.good(&["config", "set", "mail.folder", desk.path("courrier").to_str().unwrap()]);
    assert!(desk.refused(&["notices", "run"]).contains("mail.from"));
    desk.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    std::fs::create_dir(desk.path("courrier")).unwrap();
    approve(&desk, 1, "mbonde@exemple.org");
    let said = desk.good(&["notices", "run"]);
    assert!(said.contains("Écrits dans un dossier : 1"), "{said}");
    let written: Vec<_> = std::fs::read_dir(desk.path("courrier")).unwrap().flatten().collect();
    let name = written[0].file_name().into_string().unwrap();
    assert!(name.starts_with("2026-04-06_n-1-2026_") && name.contains(".eml"), "{name}");
    assert_eq!(desk.json(&["avis", "run"])["written"], 0);
    let said = desk.good(&["avis", "envoyer", "N° 1/2026"]);
    assert_eq!(said, "", "nothing of it waits");
    assert!(desk.refused(&["notices", "send", "N° 2/2026"]).contains("N° 2/2026"));
}

#[test]
fn a_server_is_logged_in_to_with_a_password_that_nobody_else_reads() {
    let desk = desk();
    let server = MailServer::start();
    let port = server.port.to_string();
    let password = desk.path("secret");
    for (name, value) in [
        ("mail.server", "localhost"),
        ("mail.port", &port),
        ("mail.tls", "none-on-loopback"),
        ("mail.user", "awa"),
        ("mail.from", "suivi@exemple.org"),
    ] {
        desk.good(&["config", "set", name, value]);
    }
    approve(&desk, 1, "mbonde@exemple.org");
    assert!(desk.refused(&["notices", "run"]).contains("mail.password_file"));
    desk.good(&["config", "set", "mail.password_file", password.to_str().unwrap()]);
    std::fs::write(&password, "faux\n").unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(desk.refused(&["notices", "run"]).contains("chmod 600"));
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
    let output = desk.run(&["notices", "run"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("535"), "{}", text(&output.stdout));
    std::fs::write(&password, "sécret\n").unwrap();
    let output = desk.run(&["notices", "run"]);
    assert!(text(&output.stdout).contains("--retry"), "{}", text(&output.stdout));
    let said = desk.good(&["notices", "run", "--retry"]);
    assert!(said.contains("Acceptés par le serveur : 1"), "{said}");
    assert_eq!(server.arrived().len(), 1);
    let bytes = std::fs::read(desk.path(".local/share/chantier/chantier.db")).unwrap();
    let secret = "sécret".as_bytes();
    assert!(!bytes.windows(secret.len()).any(|it| it == secret), "the password is kept nowhere");
}

#[test]
fn a_machine_alone_sends() {
    let desk = desk();
    assert!(desk.good(&["notices", "sender"]).contains("Cette machine"));
    assert!(desk.good(&["notices", "sender", "take"]).contains("Cette machine"));
    assert_eq!(desk.json(&["notices", "sender"])["here"], true);
}

/// Writes a program that stands for the keyring: it knows one password, of one user at one server.
fn keyring(desk: &Desk) -> std::path::PathBuf {
    let folder = desk.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let program = folder.join("secret-tool");
    let script =
        "#!/bin/sh\n[ \"$*\" = 'lookup service chantier server localhost user awa' ] && echo 'sécret'\n";
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn a_password_comes_from_the_keyring() {
    let desk = desk();
    let server = MailServer::start();
    let port = server.port.to_string();
    for (name, value) in [
        ("mail.server", "localhost"),
        ("mail.port", &port),
        ("mail.tls", "none-on-loopback"),
        ("mail.user", "awa"),
        ("mail.from", "suivi@exemple.org"),
        ("mail.keyring", "oui"),
    ] {
        desk.good(&["config", "set", name, value]);
    }
    approve(&desk, 1, "mbonde@exemple.org");
    let nobody = desk.path("nobody");
    let run = |path: &std::path::Path| {
        let output = desk.command(&["notices", "run"]).env("PATH", path).output().unwrap();
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = run(&nobody);
    assert!(code == Some(2) && said.contains("secret-tool"), "{said}");
    let folder = keyring(&desk);
    let (code, said) = run(&folder);
    assert!(code == Some(0) && said.contains("Acceptés par le serveur : 1"), "{said}");
    desk.good(&["config", "set", "mail.user", "bina"]);
    approve(&desk, 2, "mbonde@exemple.org");
    let (code, said) = run(&folder);
    assert!(code == Some(2) && said.contains("bina chez localhost"), "{said}");
}

#[test]
fn a_run_prepares_and_approves_by_itself_only_what_the_organisation_lets_go() {
    let desk = desk();
    desk.site("CH-1");
    desk.good(&[
        "contact",
        "add",
        "Awa Ngono",
        "--post",
        "chef-mission",
        "--project",
        "PACS",
        "--email",
        "awa@exemple.org",
    ]);
    desk.good(&["contact", "add", "Paul Bia", "--post", "directeur-general", "--email", "paul@exemple.org"]);
    desk.good(&["entry", "CH-1", "2026-02", "10"]);
    desk.good(&["entry", "CH-1", "2026-03", "10,5"]);
    desk.good(&["site", "add", "CH-2", "--project", "PACS", "--start", "2025-01", "--duration", "20"]);
    desk.good(&["config", "set", "mail.folder", desk.path("courrier").to_str().unwrap()]);
    desk.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    std::fs::create_dir(desk.path("courrier")).unwrap();
    let said = desk.refused(&["config", "set", "notices.automatic", "reminder,demobilisation"]);
    assert!(said.contains("missing-entries"), "what withdraws a contractor is looked at: {said}");
    desk.good(&["config", "set", "notices.automatic", "reminder, missing-entries"]);
    let done = desk.json(&["notices", "run", "--no-prepare"]);
    assert_eq!((&done["made"], &done["written"]), (&0.into(), &0.into()));
    let done = desk.json(&["notices", "run"]);
    assert_eq!(
        (&done["made"], &done["approved"], &done["written"]),
        (&2.into(), &1.into(), &2.into()),
        "{done}"
    );
    let drafts = desk.json(&["notices", "list", "--state", "draft"]);
    assert_eq!(drafts[0]["kind"], "pre-demobilisation", "{drafts}");
    let again = desk.json(&["notices", "run"]);
    assert_eq!(
        (&again["made"], &again["approved"], &again["written"]),
        (&0.into(), &0.into(), &0.into()),
        "{again}"
    );
    // The directors ask for a digest each week.
    desk.good(&["config", "set", "notices.weekly", "on"]);
    assert_eq!(desk.json(&["notices", "run"])["made"], 1);
    assert_eq!(desk.json(&["notices", "run"])["made"], 0, "one a week");
    let next = desk.command_on("2026-04-13", &["notices", "run", "--json"]).output().unwrap();
    let next: serde_json::Value = serde_json::from_slice(&next.stdout).unwrap();
    assert_eq!(next["made"], 1, "{next}");
}

/// Seventy-five letters that wait for one addressee are more than one message holds, and other machines take each.
#[test]
fn many_letters_are_several_digests_and_reach_the_other_machines() {
    let desk = founder();
    let path = desk.path(".local/share/chantier/chantier.db");
    let mut session = Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, Some(today())).unwrap();
    let project = session.store.read().projects().unwrap()[0].id;
    let letter = "Le taux est de 20 %.\n".repeat(250);
    for number in 1..=75 {
        let day = "2026-04-01";
        put_letter(&mut session, project, number, day, &[("Mbondé SARL", "mbonde@exemple.org")], &letter);
    }
    // What a person wrote is never over.
    let notices = session.store.read().notices().unwrap();
    session
        .steady(|session| {
            session.transact(OpName::Add, &Note::new(), |tx| {
                for it in &notices {
                    let columns = NOTICE.columns([("kind", Some("formal-notice".into()))]);
                    tx.put(&NOTICE, Scope::Project(project.bytes()), vec![it.id.into()], columns, None)?;
                }
                Ok(())
            })
        })
        .unwrap();
    drop(session);
    let courier = desk.path("courrier");
    std::fs::create_dir(&courier).unwrap();
    desk.good(&["config", "set", "mail.folder", courier.to_str().unwrap()]);
    desk.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    let done = desk.json(&["notices", "run", "--no-prepare"]);
    assert_eq!(
        (&done["digests"], &done["written"], &done["waiting"]),
        (&5.into(), &5.into(), &0.into()),
        "{done}"
    );
    let digests = desk.json(&["notices", "list"]);
    let subjects = digests.as_array().unwrap().iter().filter_map(|it| it["subject"].as_str());
    assert_eq!(subjects.filter(|it| it.ends_with("/5)")).count(), 5, "{digests}");
    let other = guest(&desk);
    let bundle = desk.path("tout.chantier");
    desk.good(&["bundle", "export", bundle.to_str().unwrap()]);
    let summary = other.json(&["bundle", "import", bundle.to_str().unwrap()]);
    assert_eq!(summary["held"], 0, "{summary}");
    assert_eq!(other.json(&["notices", "list"]).as_array().unwrap().len(), 80);
}

#[test]
fn a_copy_of_a_lone_file_sends_nothing_until_somebody_says_so() {
    let desk = desk();
    desk.good(&["config", "set", "mail.folder", desk.path("courrier").to_str().unwrap()]);
    desk.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    std::fs::create_dir(desk.path("courrier")).unwrap();
    approve(&desk, 1, "mbonde@exemple.org");
    let copy = desk.path("copie.db");
    std::fs::copy(desk.path(".local/share/chantier/chantier.db"), &copy).unwrap();
    let on_copy = |arguments: &[&str]| {
        let output = desk.run(&[arguments, &["--db", copy.to_str().unwrap()]].concat());
        text(&output.stdout) + &text(&output.stderr)
    };
    let said = on_copy(&["notices", "run"]);
    assert!(said.contains("chantier notices sender take"), "{said}");
    assert_eq!(desk.json(&["notices", "run"])["written"], 1, "the original sends");
    on_copy(&["notices", "sender", "take"]);
    assert!(on_copy(&["notices", "run"]).contains("Écrits dans un dossier : 1"), "a person said so");
}
