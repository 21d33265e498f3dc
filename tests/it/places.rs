//! Machines exchange through a folder: a stick, a share.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::fleet::{figures, files, founder, guest, member, text};

fn stick() -> TempDir {
    TempDir::new().unwrap()
}

fn add(desk: &Desk, folder: &Path) {
    desk.good(&["remote", "add", text(folder), "--name", "cle"]);
}

fn sync(desk: &Desk) -> Value {
    desk.json(&["sync"])
}

/// Three machines that share a stick; the last two wrote something too.
fn three(folder: &Path) -> [Desk; 3] {
    let awa = founder();
    let (issa, bina) = (member(&awa, "issa"), member(&awa, "bina"));
    let machines = [awa, issa, bina];
    for machine in &machines {
        add(machine, folder);
    }
    machines[1].good(&["entry", "CH-1", "2026-02", "9"]);
    machines[2].good(&["entry", "CH-1", "2026-03", "12"]);
    machines
}

fn same_everywhere(machines: &[Desk]) {
    let first = figures(&machines[0]);
    for figure in ["2026-01,5.00", "2026-02,9.00", "2026-03,12.00"] {
        assert!(first.contains(figure), "{figure} is lost: {first}");
    }
    for machine in &machines[1..] {
        assert_eq!(figures(machine), first);
    }
    for machine in machines {
        assert_eq!(machine.json(&["doctor"])["damage"], serde_json::json!([]));
    }
}

#[test]
fn three_machines_share_a_folder_in_any_order() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let stick = stick();
        let machines = three(stick.path());
        for _ in 0..3 {
            for at in order {
                sync(&machines[at]);
            }
        }
        same_everywhere(&machines);
        // Nothing is new any more: nothing is laid down.
        let before = files(stick.path());
        for machine in &machines {
            let summary = sync(machine);
            assert_eq!((&summary["sent"], &summary["received"]), (&0.into(), &0.into()), "{summary}");
        }
        assert_eq!(files(stick.path()), before);
    }
}

#[test]
fn each_machine_writes_in_its_own_folder_and_passes_nothing_on_that_is_there() {
    let stick = stick();
    let machines = three(stick.path());
    for at in [0, 1, 2, 0, 1, 2] {
        sync(&machines[at]);
    }
    let packs = files(stick.path());
    let changes: u64 = packs
        .iter()
        .map(|it| machines[0].json(&["bundle", "inspect", text(it)])["changes"].as_u64().unwrap())
        .sum();
    let once: u64 =
        machines[0].json(&["bundle", "export", text(&machines[0].path("all.chantier"))])["changes"]
            .as_u64()
            .unwrap();
    assert_eq!(changes, once, "{packs:?}");
    let folder = packs[0].parent().unwrap().parent().unwrap();
    assert_eq!(fs::read_dir(folder).unwrap().count(), 3);
}

#[test]
fn what_an_interrupted_exchange_left_is_no_pack_and_goes() {
    let stick = stick();
    let [awa, issa, _] = three(stick.path());
    sync(&awa);
    let pack = files(stick.path()).remove(0);
    let own = pack.parent().unwrap();
    let half = fs::read(&pack).unwrap()[..300].to_vec();
    fs::write(own.join("000000000099-000000000100.7.part"), half).unwrap();
    fs::write(own.join("photo.jpg"), "photo").unwrap();
    fs::write(stick.path().join("LISEZMOI.txt"), "texte").unwrap();
    let summary = sync(&issa);
    assert_eq!(summary["refused"], serde_json::json!([]), "{summary}");
    awa.good(&["entry", "CH-1", "2025-12", "1"]);
    sync(&awa);
    let left: Vec<PathBuf> =
        files(stick.path()).into_iter().filter(|it| it.extension().is_some_and(|it| it == "part")).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(own.join("photo.jpg").exists());
}

#[test]
fn a_damaged_pack_is_refused_alone_and_heals_when_it_is_deleted() {
    let stick = stick();
    let [awa, issa, bina] = three(stick.path());
    sync(&awa);
    sync(&bina);
    let of_bina = files(stick.path());
    awa.good(&["entry", "CH-1", "2025-12", "1"]);
    sync(&awa);
    let pack = files(stick.path()).into_iter().find(|it| !of_bina.contains(it)).unwrap();
    let good = fs::read(&pack).unwrap();
    // Half written, flipped, emptied, of another name: each is refused, and the others are taken.
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 1;
    for bad in [&good[..good.len() / 2], &flipped, &[][..]] {
        fs::write(&pack, bad).unwrap();
        let before = figures(&issa);
        let output = issa.run(&["sync"]);
        let said = desk::text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("est abîmé à cet endroit"), "{said}");
        assert!(said.contains(pack.file_name().unwrap().to_str().unwrap()), "{said}");
        assert!(!before.contains("2025-12"));
    }
    assert!(figures(&issa).contains("2026-03,12.00"), "the others are taken");
    fs::remove_file(&pack).unwrap();
    sync(&awa);
    let summary = sync(&issa);
    assert_eq!(summary["refused"], serde_json::json!([]), "{summary}");
    assert!(figures(&issa).contains("2025-12,1.00"));
}

#[test]
fn a_pack_under_another_name_hides_nothing() {
    let stick = stick();
    let [awa, issa, _] = three(stick.path());
    sync(&awa);
    let pack = files(stick.path()).remove(0);
    let other = pack.with_file_name("000000000001-000000000900.chantier");
    fs::copy(&pack, &other).unwrap();
    let said = desk::text(&issa.run(&["sync"]).stdout);
    assert!(said.contains("n’est pas ce que dit son nom"), "{said}");
    fs::remove_file(other).unwrap();
    awa.good(&["entry", "CH-1", "2025-12", "1"]);
    sync(&awa);
    sync(&issa);
    assert!(figures(&issa).contains("2025-12,1.00"));
}

#[test]
fn a_machine_that_is_not_enrolled_receives_and_does_not_send() {
    let stick = stick();
    let awa = founder();
    add(&awa, stick.path());
    let stranger = guest(&awa);
    add(&stranger, stick.path());
    awa.good(&["entry", "CH-1", "2026-02", "8"]);
    sync(&awa);
    let before = files(stick.path());
    stranger.good(&["entry", "CH-1", "2026-03", "99"]);
    let said = desk::text(&stranger.run(&["sync"]).stdout);
    assert!(said.contains("n’est pas encore inscrite"), "{said}");
    assert!(figures(&stranger).contains("2026-02,8.00"));
    assert_eq!(files(stick.path()), before);
    // Once enrolled by a pack of the stick, it sends.
    let line = stranger.json(&["machine", "show"])["key"].as_str().unwrap().to_owned();
    awa.good(&["machine", "add", "bina", &line]);
    sync(&awa);
    assert_eq!(sync(&stranger)["refused"], serde_json::json!([]));
    sync(&awa);
    assert!(figures(&awa).contains("2026-03,99.00"));
}

#[test]
fn the_pack_of_an_unknown_machine_waits_until_somebody_enrols_it() {
    let stick = stick();
    let awa = founder();
    add(&awa, stick.path());
    let (issa, bina) = (member(&awa, "issa"), member(&awa, "bina"));
    add(&bina, stick.path());
    add(&issa, stick.path());
    // Issa knows of herself by a bundle; Bina has not heard of her when he finds her pack.
    awa.good(&["bundle", "export", text(&issa.path("news.chantier"))]);
    issa.good(&["bundle", "import", text(&issa.path("news.chantier"))]);
    issa.good(&["entry", "CH-1", "2026-02", "9"]);
    sync(&issa);
    let pack = files(stick.path()).remove(0);
    let bytes = fs::read(&pack).unwrap();
    let summary = sync(&bina);
    assert!(summary["held"] == 0, "{summary}");
    sync(&awa);
    sync(&bina);
    assert!(figures(&bina).contains("2026-02,9.00"));
    assert_eq!(fs::read(&pack).unwrap(), bytes);
}

#[test]
fn packs_of_another_organisation_are_left_alone() {
    let stick = stick();
    let (awa, other) = (founder(), founder());
    add(&awa, stick.path());
    add(&other, stick.path());
    sync(&awa);
    let summary = sync(&other);
    assert_eq!((&summary["received"], &summary["refused"]), (&0.into(), &serde_json::json!([])));
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 2);
}

#[test]
fn an_emptied_place_heals_itself() {
    let stick = stick();
    let machines = three(stick.path());
    for at in [0, 1, 2, 0, 1] {
        sync(&machines[at]);
    }
    same_everywhere(&machines);
    for entry in fs::read_dir(stick.path()).unwrap() {
        fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    sync(&machines[1]);
    let late = guest(&machines[0]);
    add(&late, stick.path());
    sync(&late);
    assert_eq!(figures(&late), figures(&machines[0]));
    for machine in &machines {
        sync(machine);
    }
    same_everywhere(&machines);
}

#[test]
fn machines_that_lay_down_at_once_do_not_disturb_each_other() {
    let stick = stick();
    let machines = three(stick.path());
    for machine in &machines {
        sync(machine);
    }
    for round in 0..4 {
        let month = format!("2025-0{}", round + 1);
        for (at, machine) in machines.iter().enumerate() {
            machine.good(&["entry", "CH-1", &month, &format!("0,{at}{round}")]);
        }
        // Two of each machine, at the same time.
        let running: Vec<_> = [0, 1, 2, 0, 1, 2]
            .map(|at| {
                let mut command: std::process::Command = machines[at].command(&["sync", "--json"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .into_iter()
            .collect();
        for child in running {
            let output = child.wait_with_output().unwrap();
            let said = desk::text(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
            let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(summary["refused"], serde_json::json!([]), "{summary}");
        }
    }
    for at in [0, 1, 2, 0, 1, 2] {
        sync(&machines[at]);
    }
    same_everywhere(&machines);
    let left = files(stick.path()).into_iter().find(|it| it.extension().is_none_or(|it| it != "chantier"));
    assert_eq!(left, None);
}

#[test]
fn a_budget_is_kept_and_the_rest_goes_later() {
    let stick = stick();
    let [awa, issa, _] = three(stick.path());
    let summary = awa.json(&["sync", "--budget", "100"]);
    assert_eq!(summary["sent"], 0);
    assert!(summary["pending"].as_u64().unwrap() > 0, "{summary}");
    assert!(files(stick.path()).is_empty());
    for _ in 0..50 {
        let summary = awa.json(&["sync", "--budget", "1200"]);
        assert!(summary["bytes_sent"].as_u64().unwrap() <= 1200, "{summary}");
        if summary["pending"] == 0 {
            break;
        }
    }
    assert!(files(stick.path()).len() > 1);
    let summary = issa.json(&["sync", "--budget", "10"]);
    assert_eq!((&summary["received"], &summary["bytes_received"]), (&0.into(), &0.into()));
    assert!(summary["left"].as_u64().unwrap() > 0, "{summary}");
    assert_eq!(sync(&issa)["left"], 0);
    assert!(figures(&issa).contains("2026-01,5.00"));
}

#[test]
fn a_closed_place_says_nothing_to_its_owner_and_what_was_closed_before_is_counted() {
    let stick = stick();
    let awa = founder();
    let issa = member(&awa, "issa");
    for machine in [&awa, &issa] {
        machine.good(&["remote", "add", text(stick.path()), "--name", "cle", "--chiffrer"]);
        assert_eq!(machine.json(&["remote"])[0]["encrypted"], true);
    }
    awa.good(&["entry", "CH-1", "2026-02", "8"]);
    sync(&awa);
    for pack in files(stick.path()) {
        assert!(fs::read(&pack).unwrap().starts_with(b"age-encryption.org/"));
    }
    sync(&issa);
    assert!(figures(&issa).contains("2026-02,8.00"));
    let late = guest(&awa);
    add(&late, stick.path());
    awa.good(&["entry", "CH-1", "2026-01", "7", "--observation", "coffrage"]);
    sync(&awa);
    let line = late.json(&["machine", "show"])["key"].as_str().unwrap().to_owned();
    awa.good(&["machine", "add", "tard", &line]);
    sync(&awa);
    let output = late.run(&["sync"]);
    let said = desk::text(&output.stdout);
    assert!(said.contains("chiffré avant que cette machine soit inscrite"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert!(!figures(&late).contains("coffrage"));
    // What is closed is counted again, but not fetched again.
    let summary = sync(&late);
    assert_eq!((&summary["closed"], &summary["bytes_received"]), (&1.into(), &0.into()), "{summary}");
    // A bundle brings what was closed; the packs are not asked for again.
    awa.good(&["bundle", "export", text(&late.path("rest.chantier"))]);
    late.good(&["bundle", "import", text(&late.path("rest.chantier"))]);
    awa.good(&["entry", "CH-1", "2026-03", "9"]);
    sync(&awa);
    let summary = sync(&late);
    assert_eq!(summary["closed"], 0, "{summary}");
    assert!(figures(&late).contains("2026-03,9.00"));
}

#[test]
fn a_folder_that_cannot_be_used_is_one_sentence() {
    let awa = founder();
    let folder = awa.path("cle");
    add(&awa, &folder);
    let said = awa.refused(&["sync"]);
    assert!(said.contains("n’est pas là"), "{said}");
    assert!(!folder.exists(), "a stick that is not plugged in is not made");
    fs::write(&folder, "").unwrap();
    assert!(awa.refused(&["sync"]).contains("n’est pas un dossier"));
    let said = awa.refused(&["remote", "add", "/x", "--projet", "PACS", "--name", "autre"]);
    assert!(said.contains("sans --projet"), "{said}");
    let said = awa.refused(&["remote", "add", "siege", "--chiffrer"]);
    assert!(said.contains("déjà chiffrée"), "{said}");
}

#[test]
fn a_folder_without_leave_to_write_is_one_sentence() {
    if rustix::process::getuid().is_root() {
        // Root may write everywhere: there is nothing to see.
        return;
    }
    let (stick, awa) = (stick(), founder());
    add(&awa, stick.path());
    fs::set_permissions(stick.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let said = awa.refused(&["sync"]);
    assert!(said.contains("ne s’écrit pas"), "{said}");
}

#[test]
fn a_place_in_the_home_is_meant_from_everywhere() {
    let awa = founder();
    fs::create_dir(awa.path("partage")).unwrap();
    awa.good(&["remote", "add", "~/partage"]);
    assert_eq!(awa.json(&["remote"])[0]["target"], text(&awa.path("partage")));
    let output = awa.command(&["remote", "add", "./ici"]).current_dir(awa.path("")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(awa.json(&["remote"])[0]["target"], text(&awa.path("ici")));
    sync_named(&awa, "partage");
    assert_eq!(files(&awa.path("partage")).len(), 1);
}

fn sync_named(desk: &Desk, name: &str) {
    desk.good(&["sync", name]);
}

#[test]
fn links_in_a_place_lead_nowhere() {
    let stick = stick();
    let [awa, issa, _] = three(stick.path());
    sync(&awa);
    let pack = files(stick.path()).remove(0);
    let elsewhere = awa.path("ailleurs.chantier");
    fs::rename(&pack, &elsewhere).unwrap();
    symlink(&elsewhere, &pack).unwrap();
    let summary = sync(&issa);
    assert_eq!((&summary["received"], &summary["bytes_received"]), (&0.into(), &0.into()), "{summary}");
}

#[test]
fn a_watched_folder_is_exchanged_each_time_it_is_there_with_something_new() {
    let (stick, awa) = (stick(), founder());
    let issa = member(&awa, "issa");
    let folder = stick.path().join("cle");
    add(&awa, &folder);
    add(&issa, &folder);
    let mut command = awa.command(&["sync", "--surveiller"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut waits = String::new();
    said.read_line(&mut waits).unwrap();
    assert!(waits.contains("branchez la clé"), "{waits}");
    fs::create_dir(&folder).unwrap();
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("vous pouvez retirer la clé"), "{line}");
    issa.good(&["entry", "CH-1", "2026-02", "9"]);
    sync(&issa);
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("retirer"), "{line}");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(figures(&awa).contains("2026-02,9.00"));
}

#[test]
fn only_folders_are_watched() {
    let awa = founder();
    awa.good(&["remote", "add", "s3://suivi"]);
    assert!(awa.refused(&["sync", "--watch"]).contains("n’est pas un dossier"));
}
