//! Saved means saved: kills, several writers, a full disk.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::desk::{Desk, fixture, text};

/// A seeded sequence, so that a failure can be run again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn sound(desk: &Desk) {
    let report = desk.json(&["doctor"]);
    assert_eq!(report["damage"], serde_json::json!([]), "{report}");
}

/// Cumulative progress typed as the `n`th figure: never twice the same.
fn figure(n: u64) -> String {
    format!("{},{:02}", n / 100, n % 100)
}

#[test]
fn entries_that_were_acknowledged_survive_kills() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    let mut dice = Dice(11);
    let mut acknowledged = 0;
    // One process writes after the other in a shell that is killed with all its children.
    for round in 0..150_u64 {
        let first = round * 20;
        let program = env!("CARGO_BIN_EXE_chantier");
        let script = format!(
            "for n in $(seq {first} {}); do \"{program}\" entry CH-1 2025-01 \"$((n / 100)),$((n / 10 % 10))$((n % 10))\" \
             --today 2026-04-06 >/dev/null 2>&1 && echo $n; done",
            first + 19
        );
        #[expect(clippy::disallowed_methods, reason = "tests run the real binary")]
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script])
            .env_clear()
            .env("HOME", desk.path(""))
            .env("USER", "awa")
            .env("PATH", "/usr/bin:/bin");
        let mut shell = shell.process_group(0).stdout(Stdio::piped()).spawn().unwrap();
        let out = shell.stdout.take().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(60_000)));
        let group = rustix::process::Pid::from_child(&shell);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        shell.wait().unwrap();
        let last =
            BufReader::new(out).lines().map_while(Result::ok).filter_map(|it| it.parse::<u64>().ok()).max();
        acknowledged = acknowledged.max(last.unwrap_or(0));
        let history = if last.is_some() { desk.json(&["history", "CH-1", "2025-01"]) } else { continue };
        let written: Vec<&str> =
            history.as_array().unwrap().iter().filter_map(|it| it["new"].as_str()).collect();
        for n in first..=last.unwrap() {
            let wanted = figure(n).replace(',', ".");
            assert!(
                written.contains(&wanted.as_str()),
                "round {round}: {wanted} was acknowledged and is lost"
            );
        }
    }
    assert!(acknowledged > 0, "no round got as far as one entry");
    sound(&desk);
}

#[test]
fn an_import_that_is_killed_is_there_whole_or_not_at_all() {
    let file = fixture("import/base-sites.csv");
    let mut dice = Dice(5);
    let mut seen = [0; 2];
    for round in 0..60 {
        let desk = Desk::new();
        let mut import = desk.command(&["import", file.to_str().unwrap(), "--yes"]);
        let mut child = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(250_000)));
        let _ = child.kill();
        let acknowledged = child.wait().unwrap().success();
        let output = desk.run(&["export", "entries"]);
        let rows = text(&output.stdout).lines().count().saturating_sub(1);
        assert!(rows == 0 || rows == 600, "round {round}: {rows} rows");
        assert!(!acknowledged || rows == 600, "round {round}: acknowledged and lost");
        seen[usize::from(rows == 600)] += 1;
        if rows > 0 {
            sound(&desk);
        }
    }
    println!("not there {}, there {}", seen[0], seen[1]);
}

#[test]
fn eight_writers_at_once_lose_nothing_and_none_is_turned_away() {
    let desk = Desk::new();
    desk.organisation();
    for writer in 0..8 {
        desk.site(&format!("CH-{writer}"));
    }
    let months: Vec<String> = (1..=12).map(|it| format!("2025-{it:02}")).collect();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let (desk, months) = (&desk, &months);
            scope.spawn(move || {
                for (index, month) in months.iter().enumerate() {
                    let value = format!("{}", index + 1);
                    let output = desk.run(&["entry", &format!("CH-{writer}"), month, &value]);
                    assert!(output.status.success(), "{}", text(&output.stderr));
                }
            });
        }
    });
    let rows = desk.good(&["export", "entries"]).lines().count() - 1;
    assert_eq!(rows, 8 * 12);
    sound(&desk);
}

#[test]
fn what_can_be_there_once_is_made_once_however_many_try() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    for arguments in [
        &["site", "add", "NEW", "--project", "PACS"][..],
        &["project", "add", "PHYR"],
        &["contractor", "add", "Sano BTP"],
        &["decide", "suspend", "CH-1", "--reason", "Crue", "--from", "2026-03"],
        &["undo"],
    ] {
        let codes = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| desk.run(arguments).status.code())).collect();
            runs.into_iter().map(|it| it.join().unwrap()).collect::<Vec<_>>()
        });
        let done = codes.iter().filter(|it| **it == Some(0)).count();
        // Each undo takes back something else.
        let expected = if arguments == ["undo"] { 4 } else { 1 };
        assert_eq!(done, expected, "{arguments:?}: {codes:?}");
    }
    sound(&desk);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    desk.good(&["entry", "CH-1", "2025-01", "5"]);
    let before = desk.good(&["export", "entries"]);
    // No file may grow beyond a few blocks: the write-ahead log cannot take the import.
    for blocks in [64, 128, 256, 512, 1024] {
        let script = format!(
            "ulimit -f {blocks}; trap '' XFSZ; exec \"{}\" import \"{}\" --yes --today 2026-04-06",
            env!("CARGO_BIN_EXE_chantier"),
            fixture("import/base-sites.csv").display()
        );
        #[expect(clippy::disallowed_methods, reason = "tests run the real binary")]
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script])
            .env_clear()
            .env("HOME", desk.path(""))
            .env("USER", "awa")
            .env("LANG", "fr");
        let output = shell.stdin(Stdio::null()).output().unwrap();
        if output.status.success() {
            break;
        }
        let said = text(&output.stderr);
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(said.contains("rien") || said.contains("plein"), "{blocks}: {said}");
        assert_eq!(desk.good(&["export", "entries"]), before, "{blocks}");
        sound(&desk);
    }
    desk.good(&["import", fixture("import/base-sites.csv").to_str().unwrap(), "--yes"]);
    sound(&desk);
}

/// An office with a bundle of everything, and how its figures read.
fn office_with_bundle() -> (Desk, std::path::PathBuf, String) {
    let office = Desk::new();
    let database = office.path(".local/share/chantier/chantier.db");
    office.good(&["demo", "--sites", "60", "--months", "24", "--into", database.to_str().unwrap()]);
    let bundle = office.path("all.chantier");
    office.good(&["bundle", "export", bundle.to_str().unwrap()]);
    let figures = office.good(&["export", "entries"]);
    (office, bundle, figures)
}

#[test]
fn a_bundle_whose_import_is_killed_goes_on_where_it_was() {
    let (_office, bundle, figures) = office_with_bundle();
    let bundle = bundle.to_str().unwrap();
    let mut dice = Dice(5);
    let mut kills = 0;
    for _ in 0..3 {
        let laptop = Desk::new();
        for _ in 0..12 {
            let mut child = laptop
                .command(&["bundle", "import", bundle])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(dice.below(250_000)));
            kills += u32::from(child.try_wait().unwrap().is_none());
            child.kill().unwrap();
            child.wait().unwrap();
            if laptop.path(".local/share/chantier/chantier.db").exists() {
                sound(&laptop);
            }
        }
        laptop.good(&["bundle", "import", bundle]);
        assert_eq!(laptop.good(&["export", "entries"]), figures);
        sound(&laptop);
    }
    println!("{kills} imports were killed before they were over");
}

#[test]
fn a_full_disk_while_a_bundle_is_taken_in_loses_nothing() {
    let (_office, bundle, figures) = office_with_bundle();
    let mut said_full = false;
    for blocks in [60, 200, 400, 700, 1100] {
        let laptop = Desk::new();
        let script = format!(
            "ulimit -f {blocks}; trap '' XFSZ; exec \"{}\" bundle import \"{}\" --today 2026-04-06",
            env!("CARGO_BIN_EXE_chantier"),
            bundle.display()
        );
        #[expect(clippy::disallowed_methods, reason = "tests run the real binary")]
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).env_clear().env("HOME", laptop.path("")).env("USER", "awa");
        let output = shell.env("PATH", "/usr/bin:/bin").env("LANG", "fr_FR.UTF-8").output().unwrap();
        if output.status.code() != Some(0) {
            let said = text(&output.stderr);
            assert_eq!((output.status.code(), said.trim_end().lines().count()), (Some(2), 1), "{said}");
            said_full |= said.contains("disque est plein");
        }
        if laptop.path(".local/share/chantier/chantier.db").exists() {
            sound(&laptop);
        }
        laptop.good(&["bundle", "import", bundle.to_str().unwrap()]);
        assert_eq!(laptop.good(&["export", "entries"]), figures);
    }
    assert!(said_full, "no limit was small enough");
}
