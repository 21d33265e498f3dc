//! Verified copies of the database.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use chantier::actions::backup::last_backup;
use chantier::texts::{Language, Texts};
use chantier::ui::local::Local;
use chantier::ui::world::World;

use crate::desk::Desk;
use crate::robot::{Robot, THEME, desk};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn one_step_saves_a_whole_copy_beside_the_database() {
    let here = Desk::new();
    let db = here.path("suivi/base.db");
    here.good(&["org", "add", "Cellule", "--db", db.to_str().unwrap()]);
    let said = here.good(&["sauvegarder", "--db", db.to_str().unwrap()]);
    let folder = here.path("suivi/copies");
    let found = names(&folder);
    assert_eq!(found.len(), 1, "{found:?}");
    let copy = folder.join(&found[0]);
    assert!(said.contains(copy.to_str().unwrap()), "{said}");
    assert_eq!(fs::metadata(&copy).unwrap().mode() & 0o777, 0o600);
    assert!(last_backup(&db).is_some());
    let shown = here.good(&["org", "show", "--db", copy.to_str().unwrap()]);
    assert!(shown.contains("Cellule"), "{shown}");
    assert_eq!(here.run(&["doctor", "--db", copy.to_str().unwrap()]).status.code(), Some(0));
}

#[test]
fn a_copy_overwrites_nothing_and_leaves_nothing_half_written() {
    let here = Desk::new();
    here.good(&["org", "add", "Cellule"]);
    let taken = here.path("taken.db");
    fs::write(&taken, "précieux").unwrap();
    let said = here.refused(&["backup", taken.to_str().unwrap()]);
    assert!(said.contains("existe déjà"), "{said}");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "précieux");
    let nowhere = here.path("absent/copie.db");
    let said = here.refused(&["backup", nowhere.to_str().unwrap()]);
    assert!(said.contains("n’a pas pu être écrite"), "{said}");
    let said = here.refused(&["backup", "/proc/copie.db"]);
    assert!(said.contains("/proc/copie.db"), "{said}");
    fs::create_dir(here.path("cle")).unwrap();
    let path = here.json(&["backup", here.path("cle").to_str().unwrap()]);
    assert_eq!(Path::new(path["path"].as_str().unwrap()).parent(), Some(here.path("cle").as_path()));
}

#[test]
fn a_full_disk_leaves_nothing_behind() {
    let here = Desk::new();
    let base = here.path("base.db");
    here.good(&["demo", "--sites", "30", "--into", base.to_str().unwrap()]);
    let script = format!(
        "trap '' XFSZ; ulimit -f 160; exec {} backup {} --db {}",
        env!("CARGO_BIN_EXE_chantier"),
        here.path("copie.db").display(),
        base.display()
    );
    #[expect(clippy::disallowed_methods, reason = "tests run the real binary")]
    let output =
        std::process::Command::new("sh").args(["-c", &script]).env("LANG", "fr_FR").output().unwrap();
    let said = crate::desk::text(&output.stderr);
    assert_eq!((output.status.code(), said.trim_end().lines().count()), (Some(2), 1), "{said}");
    assert!(said.contains("copie.db"), "{said}");
    let left = names(here.path("").as_path());
    assert!(left.iter().all(|it| it.starts_with("base.db")), "{left:?}");
}

#[test]
fn the_dashboard_saves_and_says_when() {
    let here = Desk::new();
    let folder = here.path("données");
    fs::create_dir(&folder).unwrap();
    here.good(&["demo", "--into", folder.join("chantier.db").to_str().unwrap()]);
    let world =
        World::new(desk(&folder), Texts::new(Language::French), THEME, Local::nowhere()).expect("a world");
    let mut robot = Robot::in_world(world, 80, 24);
    robot.sees("Copie de sûreté : aucune").press("b").sees("Copie vérifiée :");
    robot.press("j").sees("Copie de sûreté : 06/04/2026");
    robot.press("b").sees("existe déjà");
    assert_eq!(names(&folder.join("copies")).len(), 1);
    let mut nowhere = Robot::demo();
    nowhere.press("b").sees("pas encore de fichier");
}
