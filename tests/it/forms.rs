//! Forms and registers, by keyboard.

use chantier::actions::undo;
use chantier::model::site::{Lot, Site};
use chantier::texts::{Language, Texts};
use chantier::ui::command::{Archived, Command, FormAim, Place};
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::robot::{Robot, THEME, desk};

/// Sits down at a machine on which nothing was done yet.
fn empty_machine(language: Language) -> (Robot, TempDir) {
    let folder = TempDir::new().unwrap();
    let local = Local::new(folder.path().join("state"), &folder.path().join("chantier.db"));
    let world = World::new(desk(folder.path()), Texts::new(language), THEME, local).unwrap();
    (Robot::in_world(world, 80, 24), folder)
}

fn open(robot: &mut Robot, place: Place) {
    robot.application.perform(Command::Open(place));
    robot.rest();
}

/// Sits down at a machine with an organisation, a project and one site.
fn with_site() -> (Robot, TempDir) {
    let (mut robot, folder) = empty_machine(Language::French);
    open(&mut robot, Place::Form(FormAim::Organisation));
    robot.type_text("Cellule").press("C-o g r a").type_text("PACS").press("C-o");
    robot.press("Tab a").type_text("\nCH-1\nMarché").press("Down Down").type_text("2025-01\n18").press("C-o");
    assert_eq!(sites(&robot).len(), 1, "{}", robot.screen());
    (robot, folder)
}

fn sites(robot: &Robot) -> Vec<Site> {
    let sites = robot.application.world.session.store.read().sites().unwrap();
    sites.into_iter().filter(|it| !it.archived).collect()
}

fn lots(robot: &Robot) -> Vec<Lot> {
    let lots = robot.application.world.session.store.read().lots().unwrap();
    lots.into_iter().filter(|it| !it.archived).collect()
}

#[test]
fn an_empty_machine_is_set_up_by_keyboard() {
    let (mut robot, folder) = empty_machine(Language::French);
    open(&mut robot, Place::Form(FormAim::Organisation));
    robot.sees("nouvelle organisation").sees("Africa/Douala");
    assert!(!folder.path().join("chantier.db").exists(), "looking at the form writes nothing");
    robot.press("C-o").sees("Ce champ ne peut pas rester vide").sees("Rien n’est enregistré");
    robot.type_text("Cellule de suivi\n").press("C-u").type_text("franc\n").sees("« FRANC » n’est pas");
    robot.press("Up C-u").type_text("xaf").misses("« FRANC »").press("Tab Enter Enter");
    robot.sees("Ajouté : Cellule de suivi");
    assert!(folder.path().join("chantier.db").exists());

    assert_eq!(robot.application.world.session.organisation().unwrap().currency, "XAF");

    robot.press("g r").sees("[Projets 0]").sees("a ajoute la première fiche");
    robot.press("a").type_text("Programme Sud\nMinistère\nYaoundé\nmo@exemple.org").press("Tab Tab");
    robot
        .type_text("18")
        .press("C-o")
        .sees("Ajouté : Programme Sud")
        .sees("[Projets 1]")
        .sees("mo@exemple.org");
    robot.press("Tab Tab a").type_text("Mbondé SARL\n\nmbonde@exemple.org\n699 00 00 00\n\n");
    robot.sees("[Entreprises 1]").sees("mbonde@exemple.org");
    robot
        .press("BackTab a")
        .sees("Programme Sud")
        .type_text("\nCH-2026-001\nMarché de Bafou\n\n2025-09\n\n\n");
    robot.type_text("Mbondé / Aké et Fils").press("C-o");
    robot
        .sees("Ajouté : CH-2026-001 · Entreprise ajoutée : Aké et Fils")
        .sees("[Sites 1]")
        .sees("Marché de Bafou");
    robot.sees("18");
    let site = sites(&robot)[0].clone();
    assert_eq!(lots(&robot)[0].contractors.len(), 2);
    assert_eq!(site.duration_months, None, "the usual duration of the project stays the project's");

    open(&mut robot, Place::Form(FormAim::AddLot(site.id)));
    robot.sees("nouveau lot de CH-2026-001").type_text("Électricité\nAké et Fils\n1,5\n\n");
    robot.sees("Ajouté : Électricité");
    let weights: Vec<_> = lots(&robot).iter().map(|it| (it.name.clone(), it.weight)).collect();
    assert_eq!(weights, [("Ensemble".to_owned(), None), ("Électricité".to_owned(), Some(150))]);
}

#[test]
fn a_duration_is_changed_from_a_month() {
    let (mut robot, _folder) = with_site();
    let id = sites(&robot)[0].id;
    robot.press("Enter").sees("site CH-1").sees("Durée à partir de");
    robot.press("Down Down Down Down Down C-u").type_text("24\n2026-02").press("C-o").sees("Modifié : CH-1");
    assert_eq!(sites(&robot)[0].duration_months, Some(18), "the past keeps its duration");
    robot.press("e").sees("24 mois dès février 2026");
    robot
        .press("Down Down Down Down Down Down")
        .type_text("2026-03")
        .press("C-o")
        .sees("Un avenant change la durée");
    robot.press("Esc Esc e Down Down Down Down Down C-u C-o").sees("Modifié : CH-1");
    assert_eq!(sites(&robot)[0].duration_months, None, "an emptied duration is not known");
    robot.press("u");
    assert_eq!(sites(&robot)[0].duration_months, Some(18), "one form is one op");
    assert_eq!(sites(&robot)[0].id, id);
}

#[test]
fn a_wrong_address_is_shown_beside_its_field_and_nothing_is_lost() {
    let (mut robot, _folder) = with_site();
    robot
        .press("Tab a")
        .type_text("Mbondé\n\nmbonde.exemple\n")
        .sees("« mbonde.exemple » n’est pas une adresse");
    assert!(robot.styled().contains("{Red}«\u{a0}mbonde.exemple"), "{}", robot.styled());
    robot.resize(40, 10).misses("mbonde").resize(60, 15).sees("mbonde.exemple");
    robot.type_text("699").press("C-o").sees("Rien n’est enregistré").sees("699").sees("Mbondé");
    robot.press("Esc").sees("Échap encore").sees("mbonde.exemple");
    // Any other key takes the warning back.
    robot
        .press("End Esc")
        .sees("Échap encore")
        .press("Home")
        .type_text("x")
        .press("Delete Esc")
        .sees("encore");
    robot.press("C-u").type_text("mb@exemple.org").press("C-o").sees("[Entreprises 1]").sees("exemple.org");
    robot
        .press("a")
        .type_text("mbondé")
        .press("C-o")
        .sees("existe déjà")
        .press("Esc Esc")
        .sees("[Entreprises 1]");
    robot.press("a Esc").sees("[Entreprises 1]");
}

#[test]
fn what_is_archived_comes_back() {
    let (mut robot, _folder) = with_site();
    robot.press("D").sees("Archiver le site CH-1 Marché").sees("« CH-1 »");
    robot.press("Enter").sees("tapez oui").type_text("non\n").sees("tapez oui");
    robot
        .press("Esc")
        .sees("[Sites 1]")
        .press("D")
        .type_text("ch-1\n")
        .sees("Archivé : CH-1")
        .sees("[Sites 0]");
    robot.press("u").sees("[Sites 1]");
    robot.press("BackTab D").sees("Son site ne sera plus suivi").type_text("Oui\n").sees("[Projets 0]");
    assert!(sites(&robot).is_empty());
    undo::undo(&mut robot.application.world.session).unwrap();
    assert_eq!(sites(&robot).len(), 1);
    let lot = lots(&robot)[0].id;
    robot.application.perform(Command::Archive(Archived::Lot(lot)));
    robot.rest().sees("Archiver le lot").type_text("oui\n").sees("Archivé : Ensemble");
    assert!(lots(&robot).is_empty());
}

#[test]
fn a_form_is_taken_up_where_the_power_failed() {
    let (mut robot, folder) = with_site();
    robot.press("Tab a").type_text("Aké et Fils\nBafou\nake@").rest();
    drop(robot);
    let local = Local::new(folder.path().join("state"), &folder.path().join("chantier.db"));
    let world = World::new(desk(folder.path()), Texts::new(Language::French), THEME, local).unwrap();
    let mut robot = Robot::in_world(world, 80, 24);
    robot.application.take_up_draft();
    robot.rest().sees("nouvelle entreprise").sees("Aké et Fils").sees("ake@");
    robot
        .press("Enter")
        .sees("n’est pas une adresse")
        .type_text("exemple.org")
        .press("C-o")
        .misses("nouvelle");
    let contractors = robot.application.world.session.store.read().contractors().unwrap();
    assert_eq!(contractors[0].party.email, "ake@exemple.org");
    robot.rest();
    assert_eq!(robot.application.world.local.draft(), None);
}

#[test]
fn contacts_follow_their_post() {
    let (mut robot, _folder) = with_site();
    robot.press("BackTab BackTab").sees("[Responsables 0]").press("a").sees("chef de mission").sees("PACS");
    robot.type_text("Awa\nd").sees("directeur général").press("Right").sees("service financier");
    robot.press("Tab Right").press("C-o").sees("Ce poste appartient à l’organisation");
    robot.press("Left C-o").sees("[Responsables 1]").sees("service financier").press("e Tab").sees("2/2");
    robot.press("Esc a").type_text("Bela\n\n\nbela@exemple.org").press("C-o").sees("chef de mission");
    robot.press("/").type_text("béla").misses("Awa").press("Enter Esc").sees("Awa");
}

#[test]
fn the_forms_speak_english() {
    let (mut robot, _folder) = empty_machine(Language::English);
    open(&mut robot, Place::Form(FormAim::Organisation));
    robot.sees("new organisation").sees("Time zone").sees("Save").type_text("Unit").press("C-o");
    robot
        .press("g r")
        .sees("[Projects 0]")
        .press("a")
        .sees("Usual duration (months)")
        .sees("Enter next field");
}

#[test]
fn every_form_and_register_is_drawn_in_every_window() {
    let drawn = |robot: &mut Robot| {
        for raw in ["form-", "hint-", "register-", "confirm-", "column-", "key-", "post-"] {
            robot.misses(raw);
        }
        robot.sees("►");
    };
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        for language in [Language::French, Language::English] {
            let mut robot = Robot::demo_in(language, width, height);
            open(&mut robot, Place::Registers);
            for title in ["projet", "site", "entrepr", "responsable"] {
                drawn(&mut robot);
                robot.press("Enter");
                let first_line = robot.screen().lines().next().unwrap_or_default().to_owned();
                assert!(language == Language::English || first_line.contains(title), "{first_line}");
                drawn(&mut robot);
                // The last line of the longest form is in sight when it has the focus.
                robot.press("Up").sees("► ").press("Esc D");
                drawn(&mut robot);
                robot.press("Esc a");
                drawn(&mut robot);
                robot.press("Esc Tab");
            }
        }
    }
}

#[test]
fn a_pasted_address_is_one_line() {
    let (mut robot, _folder) = with_site();
    robot.press("Tab a").type_text("Mbondé\n").paste("12, rue\r\n du Marché\u{7}").sees("12, rue du Marché");
    robot.press("C-w").misses("Marché").press("Enter C-u Down Down").sees("► Enregistrer");
    // A letter on the line that saves is no command.
    robot.type_text("qgu1").sees("► Enregistrer").press("Enter").sees("[Entreprises 1]");
    robot.paste("nothing").sees("[Entreprises 1]");
}

#[test]
fn dates_are_typed_as_people_write_them_and_the_new_site_is_selected() {
    let (mut robot, _folder) = with_site();
    robot.press("2 a").type_text("\nAA-9\nÉcole").press("Down Down").type_text("15/03/2025\n10").press("C-o");
    robot.sees("Ajouté : AA-9").sees("► AA-9");
    let site = sites(&robot).into_iter().find(|it| it.code == "AA-9").unwrap();
    assert_eq!(site.start.unwrap().to_string(), "2025-03-15");
    robot.press("e Down Down Down Down C-u").type_text("04/2025").press("C-o");
    let site = sites(&robot).into_iter().find(|it| it.code == "AA-9").unwrap();
    assert_eq!(site.start.unwrap().to_string(), "2025-04");
}

#[test]
fn lots_without_duration_are_a_key_away_and_it_is_said_how_to_mend_them() {
    let (mut robot, _folder) = with_site();
    robot.press("2 a").type_text("\nCH-2\nÉcole").press("C-o 1 End");
    robot.sees("Un lot sans durée");
    for _ in 0..4 {
        let line = robot.screen().lines().find(|it| it.contains('►')).unwrap_or_default().to_owned();
        if line.contains("sans durée") {
            break;
        }
        robot.press("Up");
    }
    robot.press("Enter").sees("à compléter").sees("CH-2").misses("CH-1").sees("Durée usuelle");
}
