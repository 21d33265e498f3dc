//! The main job by the command line: bring the workbooks in, read who is in trouble, correct, decide, undo, export.

use std::collections::BTreeMap;
use std::fs;

use crate::desk::{Desk, fixture, text};

const FILES: [&str; 3] = ["suivi-sites.xlsx", "synthese-mars-2026.xlsx", "base-sites.csv"];

/// A desk with the three workbooks brought in.
fn filled() -> Desk {
    let desk = Desk::new();
    for file in FILES {
        let path = fixture("import").join(file);
        desk.good(&["import", path.to_str().unwrap(), "--yes"]);
    }
    desk
}

type Row = (String, String, String, String, String);

fn rows(csv: &str, month: usize) -> BTreeMap<Row, (String, String)> {
    let mut rows = BTreeMap::new();
    for record in csv::Reader::from_reader(csv.as_bytes()).records() {
        let record = record.unwrap();
        let field = |at: usize| record[at].split_whitespace().collect::<Vec<_>>().join(" ");
        let mut firms: Vec<String> = field(month - 1).split(" / ").map(str::to_owned).collect();
        firms.sort();
        let value = (field(month + 1), field(month + 2));
        if value != (String::new(), String::new()) {
            rows.insert((field(0), field(1), field(2), firms.join(" / "), field(month)), value);
        }
    }
    rows
}

#[test]
fn three_workbooks_give_exactly_the_expected_entries() {
    let found = rows(&filled().good(&["export", "entries", "--format", "csv"]), 5);
    let mut expected = BTreeMap::new();
    for file in FILES {
        let name = file.rsplit_once('.').unwrap().0;
        let csv = fs::read_to_string(fixture("import").join(format!("{name}.expected.csv"))).unwrap();
        expected.extend(rows(&csv, 4));
    }
    assert_eq!(found, expected);
}

#[test]
fn importing_twice_changes_nothing_and_undo_takes_it_back() {
    let desk = filled();
    let before = desk.good(&["export", "entries"]);
    let again = desk.run(&["import", fixture("import/base-sites.csv").to_str().unwrap(), "--yes"]);
    assert!(text(&again.stderr).contains("Tout est déjà dans la base"), "{}", text(&again.stderr));
    assert_eq!(desk.good(&["export", "entries"]), before);

    assert!(desk.good(&["undo"]).contains("base-sites.csv"));
    let without = desk.good(&["export", "entries"]);
    assert_eq!(without.lines().count(), before.lines().count() - 600);
    assert!(desk.good(&["undo", "--redo"]).contains("base-sites.csv"));
    assert_eq!(desk.good(&["export", "entries"]), before);
    assert!(matches!(desk.run(&["doctor"]).status.code(), Some(0 | 1)));
}

#[test]
fn every_export_that_is_imported_again_changes_nothing() {
    let desk = filled();
    for format in ["csv", "xlsx"] {
        let path = desk.path(&format!("export.{format}"));
        let path = path.to_str().unwrap();
        desk.good(&["export", "entries", "--format", format, "--output", path]);
        let plan = desk.json(&["import", path, "--dry-run"]);
        for count in ["new", "changed", "rejected", "new_sites", "new_contractors", "new_projects"] {
            assert_eq!(plan[count], 0, "{format}: {count}: {:?}", plan["values"]);
        }
        assert!(plan["identical"].as_u64().unwrap() >= 890, "{format}: {}", plan["identical"]);
    }
}

#[test]
fn a_dry_run_leaves_nothing_behind() {
    let desk = Desk::new();
    let plan = desk.json(&["import", fixture("import/suivi-sites.xlsx").to_str().unwrap(), "--dry-run"]);
    assert_eq!((&plan["new"], &plan["new_sites"]), (&144.into(), &12.into()));
    let warned = plan["remarks"].as_array().unwrap().iter().filter(|it| it["kind"] == "warn");
    let cells: Vec<&str> = warned.map(|it| it["cell"].as_str().unwrap()).collect();
    let expected = [
        "Maternité Essombekoé!B16",
        "Maternité Essombekoé!B17",
        "Labo Bikoulou!B15",
        "CSI Massangui-Nord!B17",
    ];
    assert_eq!(cells, expected);
    assert!(desk.refused(&["status"]).contains("Il n’y a pas de base"));
}

#[test]
fn a_workbook_is_not_brought_in_without_consent() {
    let desk = Desk::new();
    let output = desk.run(&["import", fixture("import/suivi-sites.xlsx").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--yes"));
}

#[test]
fn the_board_says_who_and_why() {
    let desk = filled();
    let board = desk.run(&["alerts"]);
    assert_eq!(board.status.code(), Some(1), "something stands");
    let board = text(&board.stdout);
    for part in ["DÉMOBILISATION PROPOSÉE", "CSI-02", "NON-SAISIE", "mars 2026"] {
        assert!(board.contains(part), "{part}: {board}");
    }
    let alerts = desk.json(&["alerts"]);
    for alert in alerts.as_array().unwrap() {
        for field in ["kind", "gravity", "project", "month", "since", "reason"] {
            assert!(!alert[field].as_str().unwrap().is_empty(), "{field}: {alert}");
        }
        assert!(alert["figures"].is_object() && alert["recipients"].is_array());
    }
    let missing = alerts.as_array().unwrap().iter().find(|it| it["kind"] == "non_saisie").unwrap();
    assert!(missing["figures"]["entered"].as_u64() < missing["figures"]["expected"].as_u64());
}

#[test]
fn correct_decide_undo_and_read_it_back() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    for (month, value) in [("2025-01", "2,25"), ("2025-02", "+1,25"), ("2025-03", "4.50")] {
        desk.good(&["entry", "CH-1", month, value]);
    }
    let status = |month: &str| desk.json(&["status", "CH-1", "--month", month])[0].clone();
    let march = status("2025-03");
    assert_eq!(march["cycle"]["outcome"], "demobilisation");
    assert_eq!((&march["target_rate"], &march["delay_rate"]), (&"20.00".into(), &"80.00".into()));
    assert_eq!(march["previous"][0]["cycle"]["outcome"], "pre_demobilisation");
    assert_eq!(march["contractors"][0], "Mbondé SARL");

    let corrected = desk.good(&["entry", "CH-1", "2025-03", "5,00", "--observation", "Métré refait"]);
    assert!(corrected.contains("4,50 % corrigé en 5,00 %"), "{corrected}");
    assert!(corrected.contains("démobilisation → sursis"), "{corrected}");
    let history = desk.json(&["history", "CH-1", "2025-03"]);
    let figures: Vec<_> =
        history.as_array().unwrap().iter().filter(|it| it["field"] == "cumulative").collect();
    assert_eq!((&figures[1]["old"], &figures[1]["new"]), (&"4.50".into(), &"5.00".into()));
    assert_eq!(figures[1]["user"], "awa");

    desk.good(&["undo"]);
    assert_eq!(status("2025-03")["cycle"]["outcome"], "demobilisation");
    desk.good(&["decide", "demobilise", "CH-1", "--reason", "Trois mois sous 30 %", "--from", "2025-04"]);
    assert_eq!(status("2025-05")["state"], "demobilised");
    assert!(desk.good(&["undo"]).contains("démobilisation"));
    assert_eq!(status("2025-05")["state"], "active");
}

#[test]
fn a_demobilisation_from_the_month_that_calls_for_it_keeps_its_finding() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    for (month, value) in [("2025-01", "2,25"), ("2025-02", "3,50"), ("2025-03", "4,50")] {
        desk.good(&["entry", "CH-1", month, value]);
    }
    desk.good(&["decide", "demobilise", "CH-1", "--reason", "Défaillance", "--from", "2025-03"]);
    let status = |month: &str| desk.json(&["status", "CH-1", "--month", month])[0].clone();
    let march = status("2025-03");
    assert_eq!(
        (&march["cycle"]["outcome"], &march["target_rate"]),
        (&"demobilisation".into(), &"20.00".into())
    );
    assert_eq!(
        (&march["state"], &status("2025-04")["cycle"]["outcome"]),
        (&"demobilised".into(), &"hors_suivi".into())
    );
    let proposed = |desk: &Desk| {
        let alerts = desk.json(&["alerts"]);
        alerts.as_array().unwrap().iter().any(|it| it["kind"] == "demobilisation")
    };
    assert!(!proposed(&desk), "what was pronounced is no longer proposed");
    desk.good(&["undo"]);
    assert!(proposed(&desk));
}

#[test]
fn undo_walks_back_one_step_at_a_time_and_forward_again() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    for value in ["5", "6", "7"] {
        desk.good(&["entry", "CH-1", "2025-01", value]);
    }
    let value = |desk: &Desk| desk.json(&["status", "CH-1", "--month", "2025-01"])[0]["cumulative"].clone();
    for expected in ["6.00", "5.00"] {
        desk.good(&["undo"]);
        assert_eq!(value(&desk), expected);
    }
    desk.good(&["undo"]);
    assert!(value(&desk).is_null());
    for expected in ["5.00", "6.00", "7.00"] {
        desk.good(&["undo", "--redo"]);
        assert_eq!(value(&desk), expected);
    }
    assert!(desk.refused(&["undo", "--redo"]).contains("rien à refaire"));
    // The site and the contractors were made before: undo goes on to them.
    for _ in 0..4 {
        desk.good(&["undo"]);
    }
    assert!(desk.refused(&["status", "CH-1"]).contains("Aucun projet ni site"));
    assert_eq!(desk.json(&["doctor"])["damage"], serde_json::json!([]));
}

#[test]
fn the_same_code_in_two_projects_is_told_apart_by_the_project() {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&["project", "add", "PHYR"]);
    for project in ["PACS", "PHYR"] {
        desk.good(&["site", "add", "S1", "--project", project, "--start", "2026-01", "--duration", "10"]);
    }
    assert!(desk.refused(&["entry", "S1", "2026-03", "4"]).contains("PACS/S1 ; PHYR/S1"));
    desk.good(&["entry", "PHYR/S1", "2026-03", "4"]);
    desk.good(&["site", "archive", "PHYR/S1"]);
    desk.good(&["entry", "S1", "2026-03", "5"]);
}

#[test]
fn undoing_a_rename_gives_the_name_back_and_nothing_else() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    desk.good(&["contractor", "edit", "Aké", "--rename", "Aké et Frères"]);
    desk.good(&["project", "edit", "PACS", "--rename", "PACS-2"]);
    desk.good(&["undo"]);
    desk.good(&["undo"]);
    assert_eq!(desk.json(&["project", "list"])[0]["name"], "PACS");
    assert_eq!(desk.json(&["contractor", "list"])[0]["name"], "Aké et Fils");
    assert_eq!(desk.json(&["status"]).as_array().unwrap().len(), 1);
}

#[test]
fn undo_takes_nothing_away_that_others_entered_since() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    let bob = desk.command(&["entry", "CH-1", "2025-01", "5"]).env("USER", "bob").output().unwrap();
    assert!(bob.status.success());
    assert!(desk.refused(&["undo"]).contains("dépendent"));
    assert_eq!(desk.json(&["status", "CH-1", "--month", "2025-01"])[0]["cumulative"], "5.00");
}

#[test]
fn what_was_undone_can_be_done_anew() {
    let desk = Desk::new();
    desk.good(&["org", "add", "Celule"]);
    desk.good(&["undo"]);
    desk.organisation();
    for arguments in [
        &["project", "add", "PHYR"][..],
        &["contractor", "add", "Sano"],
        &["site", "add", "S", "--project", "PACS"],
    ] {
        desk.good(arguments);
        desk.good(&["undo"]);
        desk.good(arguments);
    }
}

#[test]
fn an_automatic_demobilisation_is_on_the_board() {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&["site", "add", "CH-1", "--project", "PACS", "--start", "2026-01", "--duration", "20"]);
    desk.good(&["config", "set", "demobilisation", "automatique"]);
    for (month, value) in [("2026-01", "1"), ("2026-02", "2"), ("2026-03", "3")] {
        desk.good(&["entry", "CH-1", month, value]);
    }
    let alert = desk.json(&["alerts"])[0].clone();
    assert_eq!((&alert["kind"], &alert["gravity"]), (&"demobilisation".into(), &"critique".into()));
    assert_eq!(desk.json(&["status", "CH-1"])[0]["state"], "demobilised");
}

#[test]
fn what_led_to_a_demobilisation_ends_with_the_return() {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&["site", "add", "CH-1", "--project", "PACS", "--start", "2025-10", "--duration", "20"]);
    for (month, value) in [("2025-10", "1"), ("2025-11", "2"), ("2025-12", "3")] {
        desk.good(&["entry", "CH-1", month, value]);
    }
    desk.good(&["decide", "demobilise", "CH-1", "--reason", "x", "--from", "2026-01"]);
    desk.good(&["decide", "remobilise", "CH-1", "--reason", "y", "--from", "2026-02"]);
    let kinds: Vec<_> =
        desk.json(&["alerts"]).as_array().unwrap().iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds, ["non_saisie"], "March is missing; the old demobilisation is settled");
    assert_eq!(desk.json(&["status", "CH-1"])[0]["state"], "remobilised");
}

#[test]
fn the_last_month_of_the_calendar_ends() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    desk.good(&["entry", "CH-1", "2025-01", "5"]);
    assert!(desk.run(&["alerts", "--month", "2199-12"]).status.code().is_some());
    desk.good(&["status", "--month", "2199-12"]);
    desk.good(&["decide", "suspend", "CH-1", "--reason", "x", "--from", "2199-12"]);
}

#[test]
fn thresholds_never_cross_in_any_month_or_project() {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&["config", "set", "policy.good", "40", "--from", "2026-05"]);
    assert!(desk.refused(&["config", "set", "policy.critical", "45"]).contains("seuil"));
    desk.good(&["config", "set", "policy.critical", "20", "--project", "PACS"]);
    desk.good(&["config", "set", "policy.critical", "35"]);
    assert!(desk.refused(&["config", "set", "policy.good", "15", "--project", "PACS"]).contains("seuil"));
}

#[test]
fn an_export_never_replaces_a_database_or_a_device() {
    let desk = Desk::new();
    desk.organisation();
    let db = desk.path("mine.db");
    desk.good(&["--db", db.to_str().unwrap(), "org", "add", "Autre"]);
    for target in [db.to_str().unwrap(), "/dev/null", "/"] {
        let said = desk.refused(&["export", "entries", "--output", target]);
        assert!(said.contains("--output"), "{said}");
    }
    assert!(desk.good(&["--db", db.to_str().unwrap(), "org", "show"]).contains("Autre"));
}

#[test]
fn decisions_that_make_no_sense_are_refused() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    assert!(
        desk.refused(&["decide", "remobilise", "CH-1", "--reason", "x"]).contains("n’est pas démobilisé")
    );
    assert!(desk.refused(&["decide", "resume", "CH-1", "--reason", "x"]).contains("n’est pas suspendu"));
    assert!(desk.refused(&["decide", "suspend", "CH-1", "--reason", " "]).contains("motif"));
    assert!(desk.refused(&["decide", "close", "CH-1", "--reason", "x", "--to", "2026-01"]).contains("--to"));
}

#[test]
fn joint_ventures_and_lots_with_weights_roll_up() {
    let desk = Desk::new();
    desk.organisation();
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "10"];
    desk.good(
        &[&["site", "add", "CH-1", "--contractor", "Mbondé", "--contractor", "Aké"], &terms[..]].concat(),
    );
    desk.good(&["lot", "edit", "CH-1", "--rename", "Gros œuvre", "--weight", "3"]);
    desk.good(&["lot", "add", "CH-1", "Électricité", "--contractor", "Aké", "--weight", "1"]);
    desk.good(&["entry", "CH-1/Gros", "2026-03", "20"]);
    desk.good(&["entry", "CH-1/Élec", "2026-03", "40"]);
    let status = desk.json(&["status", "CH-1"]);
    assert_eq!(status[0]["contractors"], serde_json::json!(["Mbondé SARL", "Aké et Fils"]));
    assert_eq!(status[0]["site_progress"], "25.00");
    assert!(desk.refused(&["entry", "CH-1", "2026-03", "30"]).contains("SITE/LOT"));
}

#[test]
fn missing_figures_stand_from_the_fifth() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    desk.good(&["entry", "CH-1", "2026-02", "80"]);
    let missing = |today: &str| {
        let output = desk.command_on(today, &["alerts", "--json"]).output().unwrap();
        let alerts: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        alerts
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["kind"] == "non_saisie")
            .map(|it| it["month"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(missing("2026-03-31"), Vec::<serde_json::Value>::new());
    assert_eq!(missing("2026-04-04"), Vec::<serde_json::Value>::new());
    assert_eq!(missing("2026-04-05"), ["2026-03"]);
    desk.good(&["config", "set", "entry.inclusive", "oui"]);
    assert_eq!(missing("2026-04-05"), Vec::<serde_json::Value>::new());
    assert_eq!(missing("2026-04-06"), ["2026-03"]);
    desk.good(&["entry", "CH-1", "2026-03", "-"]);
    assert_eq!(missing("2026-04-06"), Vec::<serde_json::Value>::new());
}
