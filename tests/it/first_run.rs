//! The first run by keyboard: a workbook brought in, its questions answered, the demonstration.

use std::fs;

use chantier::actions::session::Session;
use chantier::texts::{Language, Texts};
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::desk::fixture;
use crate::robot::{Robot, THEME, desk};

/// A machine without data, and a folder with the files of a user.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        Self { folder }
    }

    /// Copies a fixture among the user's files; returns its path.
    fn copy(&self, name: &str) -> String {
        fs::copy(fixture("import").join(name), self.file(name)).unwrap();
        self.file(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.file(name), text).unwrap();
        self.file(name)
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join("docs").join(name).display().to_string()
    }

    fn sit_down(&self) -> Robot {
        self.sit_down_in(Language::French, 80, 24)
    }

    fn sit_down_in(&self, language: Language, width: u16, height: u16) -> Robot {
        let local = Local::new(self.folder.path().join("state"), &self.database());
        let world = World::new(desk(self.folder.path()), Texts::new(language), THEME, local).unwrap();
        Robot::in_world(world, width, height)
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("chantier.db")
    }
}

/// Counts the figures and observations of a database.
fn entries(session: &Session) -> usize {
    let mut count = 0;
    chantier::actions::export::entries(session, |_| count += 1).unwrap();
    count
}

fn expected(name: &str) -> usize {
    csv::Reader::from_path(fixture("import").join(name)).unwrap().records().count()
}

/// Shows the import with a file read.
fn preview(robot: &mut Robot, path: &str) {
    robot.press("i").paste(path).press("Enter");
}

#[test]
fn a_workbook_comes_in_by_keyboard_and_goes_out_again() {
    let machine = Machine::new();
    let path = machine.copy("suivi-sites.xlsx");
    let mut robot = machine.sit_down();
    robot.sees("bienvenue").sees("Importer un classeur").sees("chantier.db");
    preview(&mut robot, &format!("'{path}'\r\n"));
    robot.sees("144 nouvelles").sees("12 sites").sees("À vérifier (4)").sees("Rien n’est encore écrit");
    robot.press("End").sees("Forage Bétamba!B16").sees("72,00").sees("Pour mémoire (1)").misses("À vérifier");
    assert!(!machine.database().exists(), "nothing is written before the plan is accepted");

    robot.press("Enter").sees("144 valeurs importées ; u les retire (suivi-sites.xlsx)").sees("À faire");
    let world = &robot.application.world;
    assert!(world.on_file && machine.database().exists());
    assert_eq!(entries(&world.session), expected("suivi-sites.expected.csv"));
    assert_eq!(entries(&world.session), 144);

    robot.press("u").sees("bienvenue").sees("Annulé : import de suivi-sites.xlsx");
    assert_eq!(entries(&robot.application.world.session), 0);
    robot.press("C-r").sees("12 sites");
    assert_eq!(entries(&robot.application.world.session), 144);
}

#[test]
fn the_same_workbook_twice_brings_nothing_new() {
    let machine = Machine::new();
    let path = machine.copy("suivi-sites.xlsx");
    let mut robot = machine.sit_down();
    preview(&mut robot, &path);
    robot.press("Enter").press("g i").paste(&path).press("Enter");
    robot.sees("144 déjà connues").sees("Tout est déjà dans la base");
    let before = robot.application.world.session.store.read().last_op().unwrap();
    robot.press("Enter").sees("Tout est déjà dans la base");
    assert_eq!(robot.application.world.session.store.read().last_op().unwrap(), before);
    robot.press("Esc").sees("Tapez ou collez").press("Esc").sees("À faire");
}

#[test]
fn changed_values_show_what_they_replace() {
    let machine = Machine::new();
    let first = machine.write("un.csv", "Projet;Site;Mois;Cumul\nP;A;2025-01;5,00\nP;A;2025-02;12,50\n");
    let second = machine.write("deux.csv", "Projet;Site;Mois;Cumul\nP;A;2025-01;5,00\nP;A;2025-02;14,00\n");
    let mut robot = machine.sit_down();
    preview(&mut robot, &first);
    robot.press("Enter").press("g i").paste(&second).press("Enter");
    robot.sees("une changée · une déjà connue").sees("12,50 → 14,00").press("Enter");
    assert_eq!(entries(&robot.application.world.session), 2);
}

#[test]
fn a_question_of_unit_is_answered_by_one_key() {
    let machine = Machine::new();
    let path = machine.write("unité.csv", "Projet;Site;Mois;Cumul\nP;A;2025-01;0\nP;A;2025-02;1\n");
    let mut robot = machine.sit_down();
    preview(&mut robot, &path);
    robot
        .sees("? Feuille « unité.csv », cellule D3 : rien ne dit si 1 vaut 1 % ou")
        .sees("Une question est à régler");
    robot.press("Enter").sees("Pressez p");
    assert!(!machine.database().exists(), "a plan with a question is not accepted");
    robot.press("a").sees("Le fichier ne pose pas cette question");
    robot.press("f").sees("Réponses    1 vaut 100 %").sees("100,00");
    robot.press("p").sees("Réponses    1 vaut 1 %").sees("1,00").misses("100,00").press("Enter");
    assert_eq!(entries(&robot.application.world.session), 2);
}

#[test]
fn a_question_of_year_is_answered_by_typing() {
    let machine = Machine::new();
    let path = machine.write("mois.csv", "Projet : P\nSite : A\n\nMois;Cumul\nNovembre;5\nJanvier;9\n");
    let mut robot = machine.sit_down();
    preview(&mut robot, &path);
    robot.sees("? Les mois n’ont pas d’année").sees("Année du premier mois :");
    robot.type_text("24\n").sees("quatre chiffres").sees("mois : 24");
    robot.press("Esc").sees("Donnez l’année").press("a").type_text("2024\n");
    robot.sees("premier mois en 2024").sees("janvier 2025");
    robot.press("d").type_text("0\n").sees("de 1 à 600").press("C-u").type_text("12\n");
    robot.sees("premier mois en 2024 · durée 12 mois").press("Enter");
    let world = &mut robot.application.world;
    assert_eq!(entries(&world.session), 2);
    assert_eq!(world.session.store.read().sites().unwrap()[0].duration_months, Some(12));
}

#[test]
fn a_question_of_project_is_answered_from_the_known_ones() {
    let machine = Machine::new();
    let known = machine.write("un.csv", "Projet;Site;Mois;Cumul\nPistes du Nord;A;2025-01;5,00\n");
    let path = machine.write("deux.csv", "Site;Mois;Cumul\nB;2025-01;6,00\n");
    let mut robot = machine.sit_down();
    preview(&mut robot, &known);
    robot.press("Enter").press("g i").paste(&path).press("Enter");
    robot.sees("Le fichier ne nomme aucun projet").press("Down").sees("Pistes du Nord").press("Enter");
    robot.sees("projet Pistes du Nord").sees("un site").misses("un projet ").press("Enter");
    let world = &robot.application.world;
    assert_eq!(world.session.store.read().projects().unwrap().len(), 1);
    assert_eq!(entries(&world.session), 2);
}

#[test]
fn a_question_that_only_the_file_answers_is_mended_there() {
    let machine = Machine::new();
    let path = machine.write("avancement.csv", "Projet;Site;Avancement physique\nP;A;5\n");
    let mut robot = machine.sit_down();
    preview(&mut robot, &path);
    robot.sees("? La feuille « avancement.csv » ne dit pas").press("Enter").sees("puis r le relit");
    machine.write("avancement.csv", "Projet;Site;Mois;Avancement physique\nP;A;2025-03;5,5\n");
    robot.press("r").sees("une nouvelle").press("Enter");
    assert_eq!(entries(&robot.application.world.session), 1);
}

#[test]
fn what_cannot_be_read_is_one_sentence_and_the_path_stays() {
    let machine = Machine::new();
    let mut robot = machine.sit_down();
    robot.press("i Enter").sees("Indiquez d’abord un fichier");
    let hostile = machine.write("piège.xlsx", "PK\u{3}\u{4}\u{1b}[2J ceci n’est pas un classeur");
    robot.paste(&hostile).press("Enter").sees("piège.xlsx").sees("Fichier     /").sees("tableur");
    robot.type_text("x").press("Enter").sees("piège.xlsxx").sees("n’existe pas");
    robot.press("C-u").type_text("/dev/zero\n").sees("n’est pas un fichier ordinaire");
    assert!(!machine.database().exists());
    robot.press("Esc").sees("bienvenue");
}

#[test]
fn a_large_file_is_announced_before_it_is_read() {
    let machine = Machine::new();
    let large = machine.write("grand.csv", &"x".repeat(1_100_000));
    let mut robot = machine.sit_down();
    preview(&mut robot, &large);
    robot.sees("Lecture de grand.csv…").rest().sees("Fichier").misses("Lecture de").sees("« grand.csv »");
    robot.press("Enter").sees("Lecture de grand.csv…").press("Esc").sees("Tapez ou collez");
    robot.press("Enter").press("x").misses("Lecture de").sees("grand.csv");
}

#[test]
fn tab_completes_and_the_arrows_choose() {
    let machine = Machine::new();
    machine.copy("suivi-sites.xlsx");
    machine.write("suivi-ancien.csv", "Projet;Site;Mois;Cumul\nP;A;2025-01;5,00\n");
    machine.write("suivi.jpg", "");
    let start = machine.file("su");
    let mut robot = machine.sit_down_in(Language::French, 120, 40);
    robot.press("i").type_text(&start).press("Tab");
    robot.sees("docs/suivi-").sees("suivi-sites.xlsx").sees("suivi-ancien.csv").misses("suivi.jpg");
    robot.press("Down Down").press("Enter").sees("144 nouvelles");
    robot.press("Esc").press("C-u").type_text(&machine.file("")).type_text("zzz").press("Tab");
    robot.sees("ne commence ainsi");
    robot
        .press("C-u")
        .type_text(&machine.file("suivi-a"))
        .press("Tab")
        .sees("suivi-ancien.csv")
        .press("Enter");
    robot.sees("une nouvelle");
    let upper = machine.folder.path().display().to_string();
    robot.press("Esc").press("C-u").type_text(&upper).press("Tab").sees("docs/").press("Down").press("Enter");
    robot.sees("docs/").sees("suivi-sites.xlsx");
}

#[test]
fn the_demonstration_opens_by_one_key_in_its_own_file() {
    let machine = Machine::new();
    let mut robot = machine.sit_down();
    robot
        .press("d")
        .sees("Démonstration, dans son propre fichier")
        .sees("puis « chantier ».")
        .sees("À faire")
        .sees("24 sites");
    assert!(machine.folder.path().join("demo.db").exists() && !machine.database().exists());
    // The second time it is as it was left.
    let written = robot.application.world.session.store.read().last_op().unwrap();
    let mut robot = machine.sit_down();
    robot.press("Down Enter").sees("24 sites");
    assert_eq!(robot.application.world.session.store.read().last_op().unwrap(), written);
}

#[test]
fn a_demonstration_that_cannot_be_written_leaves_all_as_it_was() {
    let machine = Machine::new();
    fs::create_dir(machine.folder.path().join("demo.db")).unwrap();
    let mut robot = machine.sit_down();
    robot.press("d").sees("bienvenue").sees("demo.db");
    assert!(!robot.application.world.on_file);
}

#[test]
fn everything_is_said_in_english_too() {
    let machine = Machine::new();
    let path = machine.copy("clinics.txt");
    let mut robot = machine.sit_down();
    robot.press("l").sees("Bring in a workbook").sees("welcome");
    preview(&mut robot, &path);
    robot.sees("5 new · 7 refused").sees("Refused rows (3)").sees("Row 10: ").press("Enter");
    robot.sees("5 values brought in; u takes them back");
    let shown = machine.sit_down_in(Language::English, 60, 15).screen();
    assert!(shown.contains("sites"), "{shown}");
}

#[test]
fn every_size_shows_where_one_is() {
    let machine = Machine::new();
    let path = machine.copy("clinics.txt");
    for (language, width, height) in
        [(Language::French, 80, 24), (Language::English, 120, 40), (Language::French, 60, 15)]
    {
        let mut robot = machine.sit_down_in(language, width, height);
        println!("{}", robot.screen());
        robot.press("i");
        println!("{}", robot.screen());
        robot.paste(&path).press("Enter");
        println!("{}", robot.screen());
        robot.press("d");
        println!("{}", robot.screen());
        robot.press("Esc End");
        println!("{}", robot.screen());
        assert!(robot.screen().contains("clinics.txt"));
    }
}

#[test]
fn an_organisation_that_is_saved_leaves_nothing_to_go_back_to() {
    let machine = Machine::new();
    let mut robot = machine.sit_down();
    robot.press("o").type_text("Cellule de suivi").press("C-o").sees("Cellule de suivi");
    assert!(robot.application.app.draft().is_none(), "{}", robot.screen());
    robot.press("q").misses("Nom");
    assert_eq!(robot.effect, chantier::ui::fulfil::Effect::Quit, "{}", robot.screen());
}
