//! Tasks of a user, done by keyboard.

use chantier::actions::overview::Overview;
use chantier::model::month::Month;
use chantier::texts::Language;
use chantier::ui::fulfil::Effect;
use chantier::ui::screens::AnyScreen;
use chantier::ui::screens::dashboard::Dashboard;

use crate::robot::Robot;

/// Returns the figures of a month, as `CODE value`, in the order of the export.
fn figures(robot: &Robot, month: &str) -> Vec<String> {
    let month: Month = month.parse().unwrap();
    let mut found = Vec::new();
    chantier::actions::export::entries(&robot.application.world.session, |row| {
        if row.month == month
            && let Some(cumulative) = row.cumulative
        {
            found.push(format!("{} {cumulative}", row.site_code));
        }
    })
    .unwrap();
    found
}

#[test]
fn the_dashboard_says_what_to_do_and_enter_goes_there() {
    let mut robot = Robot::demo();
    robot.sees("À faire").sees("Une démobilisation à prononcer").sees("Sites, les plus en difficulté");
    robot.press("Enter").sees("alertes").sees("CEG-004");
    robot.press("Esc").sees("À faire");
    robot.press("Down Enter").sees("saisie").sees("8/9");
    robot.press("Esc End Enter").sees("Budget").misses("À faire");
}

#[test]
fn any_screen_is_two_keys_away() {
    let mut robot = Robot::demo();
    for (keys, seen) in [
        ("g s", "suivi"),
        ("g e", "saisie"),
        ("g a", "Non-saisie"),
        ("g t", "À faire"),
        ("2", "suivi"),
        ("4", "Non-saisie"),
    ] {
        robot.press(keys).sees(seen);
    }
    robot.press("g").sees("répertoires");
}

#[test]
fn a_month_is_typed_with_a_correction_and_an_undo() {
    let mut robot = Robot::demo();
    robot.press("g e").sees("8/9").type_text("8");
    robot
        .type_text("5,5")
        .sees("85,5")
        .rest()
        .sees("56,0 B")
        .press("Enter")
        .rest()
        .sees("9/9")
        .sees("√ CEG-006");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 85.50".to_owned()));
    robot.press("Up Up").type_text("85\n");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 85.00".to_owned()));
    robot.press("u").sees("85,50").sees("Annulé");
    robot.press("C-r").sees("85,00").sees("Refait");
    robot.press("u u").rest().sees("8/9");
    assert!(!figures(&robot, "2026-03").iter().any(|it| it.starts_with("CEG-006")));
}

#[test]
fn twenty_figures_are_typed_blind_and_all_are_kept_in_order() {
    let mut robot = Robot::demo();
    robot.press("g e Home");
    let before = figures(&robot, "2026-03").len();
    for n in 0..9 {
        robot.type_text(&format!("{},{n}\n", 86 + n));
    }
    let after = figures(&robot, "2026-03");
    assert_eq!(after.len(), before + 1, "one figure was missing");
    for (code, value) in [("CEG-001", "86.00"), ("CEG-004", "87.10"), ("CEG-006", "88.20")] {
        assert!(after.contains(&format!("{code} {value}")), "{after:?}");
    }
}

#[test]
fn a_refused_figure_stays_in_its_row_and_the_next_ones_in_theirs() {
    let mut robot = Robot::demo();
    robot.press("g e Home").type_text("150\n").sees("dépasse 100").sees("! CEG-001").sees("150");
    robot.type_text("9\n");
    assert!(
        figures(&robot, "2026-03").contains(&"CEG-004 9.00".to_owned()),
        "the next row got the next figure"
    );
    assert!(
        figures(&robot, "2026-03").contains(&"CEG-001 86.00".to_owned()),
        "the refused one changed nothing"
    );
    robot.press("Home Enter Backspace").type_text("\n").misses("! CEG-001");
    assert!(figures(&robot, "2026-03").contains(&"CEG-001 15.00".to_owned()));
    robot.sees("baisse");
}

#[test]
fn signs_stand_for_last_month_more_and_nothing() {
    let mut robot = Robot::demo();
    robot.press("g e Home =");
    assert!(figures(&robot, "2026-03").contains(&"CEG-001 80.00".to_owned()));
    robot.type_text("+3,5\n");
    assert!(figures(&robot, "2026-03").contains(&"CEG-004 9.00".to_owned()));
    robot.press("-").sees("s. o.").rest().sees("8/8");
}

#[test]
fn what_is_typed_is_saved_before_another_place_opens() {
    let mut robot = Robot::demo();
    robot.press("g e").type_text("84").press("<").sees("février 2026");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 84.00".to_owned()));
    let mut robot = Robot::demo();
    robot.press("g e").type_text("84").press("g s").sees("suivi");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 84.00".to_owned()));
}

#[test]
fn a_pasted_column_waits_for_enter() {
    let mut robot = Robot::demo();
    robot.press("g e Home").paste("87,5\n9\n84\n").sees("pas encore enregistrée").sees("87,5");
    assert!(!figures(&robot, "2026-03").contains(&"CEG-001 87.50".to_owned()));
    robot.press("Enter").sees("3 relevés enregistrés");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 84.00".to_owned()));
    robot.paste("12\nabc\n").sees("autre chose que des chiffres");
    robot.paste("qqq\u{1b}[31m\n:q\n").sees("saisie");
    assert_eq!(robot.effect, Effect::Nothing, "pasted text is never a command");
}

#[test]
fn sites_are_found_filtered_and_grouped() {
    let mut robot = Robot::demo();
    robot
        .press("g s")
        .sees("27 lots")
        .press("/")
        .misses("saisir")
        .type_text("hopital")
        .sees("/hopital")
        .misses("CEG-001");
    robot.press("Enter").sees("/hopital").sees("HOP-012").press("Esc").sees("27 lots");
    robot.press("f").sees("en alerte").misses("CEG-001");
    robot.press("f").sees("critiques").sees("CEG-004").press("f f f f f f").sees("27 lots");
    robot.press("o o").sees("par taux atteint").press("o o o");
    robot.press("r").sees("par projet").sees("PACS –");
    robot.press("r").sees("par entreprise").sees("Ets Ekawanou");
}

#[test]
fn the_tree_chooses_a_project_and_months_go_by() {
    let mut robot = Robot::demo();
    robot.press("g s Tab").sees("Organisation").press("Down").sees("PACS").press("Enter").misses("HOP-012");
    robot.press("<").sees("février 2026").press("< >").sees("février 2026").press(">").sees("mars 2026");
}

#[test]
fn the_card_and_the_board_explain_themselves() {
    let mut robot = Robot::demo();
    robot.press("g a").sees("3e mois du cycle de départ").sees("Suite : prononcer");
    robot.press("i").sees("Budget").sees("Bâtisseurs Gnaradjo").sees("20,00 % C critique");
    robot.press("Esc Left").sees("14,00").press("f").sees("Entreprise").press("Esc Left Left");
    robot.press("p p p").sees("PRESA – Formations").misses("CEG-004").press("Esc").sees("CEG-004");
    robot.press("/").type_text("zogo").misses("INT-007").press("Esc").sees("INT-007");
}

#[test]
fn a_lone_project_awaits_its_figures_in_the_grid() {
    let mut robot = Robot::demo();
    robot.press("g a Left Left Left Left Down").sees("6/7").press("Enter").sees("saisie").sees("6/7");
    robot.press("n").sees("►").press("m").sees("HOP-015").misses("MAT-009");
}

#[test]
fn tiny_windows_say_so_and_lose_nothing() {
    let mut robot = Robot::demo();
    robot.press("g e").type_text("84");
    for (width, height) in [(59, 14), (20, 6), (3, 2), (1, 1)] {
        robot.resize(width, height);
    }
    robot.resize(40, 10).sees("Fenêtre trop petite").type_text(",5");
    robot.resize(60, 15).sees("84,5").resize(200, 60).sees("84,5").press("Enter");
    assert!(figures(&robot, "2026-03").contains(&"CEG-006 84.50".to_owned()));
}

#[test]
fn the_screens_speak_english_and_switch_at_once() {
    let mut robot = Robot::demo_in(Language::English, 80, 24);
    robot.sees("To do").sees("One demobilisation to pronounce").press("g e").sees("entry").sees("86.00");
    robot.application.perform(chantier::ui::command::Command::Language);
    robot.rest().sees("saisie").sees("86,00");
}

#[test]
fn q_leaves_only_from_the_first_screen() {
    let mut robot = Robot::demo();
    robot.press("g s Enter q").sees("suivi");
    assert_eq!(robot.effect, Effect::Nothing);
    robot.press("q");
    assert_eq!(robot.effect, Effect::Quit);
}

#[test]
fn a_doubtful_figure_is_not_saved_by_leaving() {
    let mut robot = Robot::demo();
    robot.press("g e Home").type_text("4").press("g").sees("Entrée l’enregistre").sees("saisie");
    assert!(figures(&robot, "2026-03").contains(&"CEG-001 86.00".to_owned()), "nothing was saved");
    robot.press("<").sees("mars 2026").press("Esc").press("g a").sees("Démob.");
    assert!(figures(&robot, "2026-03").contains(&"CEG-001 86.00".to_owned()));
}

#[test]
fn a_pasted_fall_is_counted() {
    let mut robot = Robot::demo();
    robot
        .press("g e Home")
        .paste("12\n9\n")
        .press("Enter")
        .sees("2 relevés enregistrés")
        .sees("Un d’eux baisse");
}

#[test]
fn who_is_withdrawn_is_brought_back_from_the_board() {
    let mut robot = Robot::demo();
    robot.press("g a d d").type_text("Trois mois sous 30 %").press("Enter Enter Enter").sees("prononcée");
    robot.rest().sees("CEG-004").sees("sorti").sees("d la remobilise");
    robot
        .press("d")
        .sees("remobiliser")
        .press("r")
        .type_text("Plan de rattrapage")
        .press("Enter Enter Enter");
    robot.sees("remobilisation").misses("sorti");
}

#[test]
fn a_large_portfolio_says_that_it_is_read_before_it_shows_figures() {
    let mut robot = Robot::demo();
    let unread = Dashboard::new(Overview::default(), "–".to_owned(), None);
    *robot.application.app.screen_mut() = AnyScreen::Dashboard(Box::new(unread));
    robot.resize(80, 24).sees("Lecture des relevés").misses("Tout est à jour").misses("0 sites");
    robot.press("Enter").sees("27 lots");
}
