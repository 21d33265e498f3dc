//! Help, the palette, the tour and the first hint, at the keyboard.

use chantier::texts::{Language, Texts, fit};
use chantier::ui::fulfil::Effect;
use chantier::ui::screens::tour::STEPS;

use crate::robot::Robot;

#[test]
fn help_shows_the_keys_of_the_screen_and_filters_them() {
    let mut robot = Robot::demo();
    robot.press("?").sees("aide : ").sees("Cet écran").sees("Entrée Droite l").sees("Partout");
    robot.press("/").type_text("ÉQUIPE").sees("Aucune touche ne correspond");
    robot.press("Esc").press("/").type_text("surete").sees("copie de sûreté").misses("page suivante");
    robot.press("Enter j Esc").misses("Cet écran").sees("À faire");
    robot.press("? ?").misses("Cet écran");
}

#[test]
fn help_says_why_a_key_is_blocked() {
    let mut robot = Robot::demo();
    robot.type_text(":visite").press("Enter").sees("1/9");
    robot.press("?").sees("étape précédente").sees("C’est la première");
}

#[test]
fn help_fits_and_scrolls_in_every_size() {
    for language in [Language::French, Language::English] {
        for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 60)] {
            let mut robot = Robot::demo_in(language, width, height);
            robot.press("2 ?");
            println!("{}", robot.screen());
            robot.press("End");
            // The last sign is in sight at the end.
            robot.sees("‼");
        }
    }
}

#[test]
fn the_palette_finds_sites_by_a_few_letters() {
    let mut robot = Robot::demo();
    let row = robot.application.world.portfolio.rows[7].clone();
    robot.press(":").type_text(&row.code);
    println!("{}", robot.screen());
    robot.sees(&format!("► {}", row.code)).press("Enter").sees(&row.name[..10]).misses("chercher partout");
    robot.press("Esc").sees("À faire");
}

#[test]
fn the_palette_narrows_and_widens_again() {
    let mut robot = Robot::demo();
    robot.press("C-p");
    let all = robot.screen();
    robot.type_text("zzqx").sees("Rien ne correspond").press("Enter").sees("Rien ne correspond");
    robot.press("Backspace Backspace Backspace Backspace");
    assert_eq!(robot.screen(), all);
    robot.press("Down C-n C-p Up Esc").misses("chercher partout");
}

#[test]
fn the_palette_knows_commands_in_both_languages() {
    let mut robot = Robot::demo();
    robot.press(":").type_text("anglais").press("Enter").sees("The screens are in English.").sees("To do");
    robot.press(":").type_text("quitter").sees("quit").press("Enter");
    assert_eq!(robot.effect, Effect::Quit);
    robot.press(":").type_text("couleurs").press("Enter").sees("Colours: tones for a dark ground.");
    robot.press(":").type_text("alertes").press("Enter").misses("search everything");
    robot.press("1 :").type_text("safety").press("Enter").misses("search everything");
}

#[test]
fn the_palette_presses_the_keys_of_the_screen_below() {
    let mut robot = Robot::demo();
    // The first thing it offers is the main key of the screen: open the selected line.
    robot.press(": Enter").misses("chercher partout").misses("À faire");
}

#[test]
fn the_tour_leads_through_the_screens_and_changes_nothing() {
    let mut robot = Robot::demo();
    let before = robot.application.world.session.store.read().last_op().unwrap();
    robot.type_text(":visite").press("Enter").sees("1/9").sees("À faire");
    robot.press("Left").sees("C’est la première étape").sees("1/9");
    for (step, _) in STEPS.iter().enumerate().skip(1) {
        robot.press("Enter").sees(&format!("{}/{}", step + 1, STEPS.len()));
    }
    robot.press("Left").sees("8/9").press("l").sees("9/9").press("Enter").misses("9/9");
    robot.press("Esc").sees("À faire");
    assert_eq!(robot.application.world.session.store.read().last_op().unwrap(), before);
    robot.type_text(":visite").press("Enter Enter Esc").misses("2/9");
}

#[test]
fn the_band_of_the_tour_takes_no_row_of_the_screen_above() {
    let mut robot = Robot::demo();
    robot.type_text(":visite").press("Enter").sees("Enregistré :");
    for (width, height) in [(60, 15), (120, 40)] {
        robot.resize(width, height).sees("Enregistré :").sees("1/9");
    }
}

#[test]
fn every_step_of_the_tour_fits_its_band() {
    for texts in [Texts::new(Language::French), Texts::new(Language::English)] {
        for step in &STEPS {
            let lines = fit::folded(&texts.text(step.text), 76);
            assert!(lines.len() <= 3, "{lines:#?}");
        }
    }
}

#[test]
fn the_first_hint_is_shown_once() {
    let mut robot = Robot::demo();
    robot.sees(":visite").press("Down").misses(":visite");
    assert!(robot.application.world.preferences.hint_read);
}

#[test]
fn what_is_typed_waits_below_whatever_the_palette_opens() {
    let mut robot = Robot::demo();
    robot.press("3").type_text("87,25").press("C-p").type_text("tableau").press("Enter");
    robot.sees("À faire").press("Esc").sees("87,25");
    robot.press("C-p").type_text("visite").press("Enter").sees("1/9").press("Enter Esc Esc").sees("87,25");
}

#[test]
fn the_palette_finds_the_language_and_offers_no_strewn_letters() {
    let mut robot = Robot::demo();
    robot.press(":").type_text("langue").sees("► changer de langue");
    robot.press("C-u").type_text("oaiee").sees("Rien ne correspond");
}
