//! Withdrawals by policy: their letter, their trail, the way back, and corrections that take their ground away.

use serde_json::Value;

use crate::desk::{Desk, text};

/// A site that the policy withdrew in March.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&["config", "set", "demobilisation", "automatique"]);
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "8", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-1"], &terms[..]].concat());
    for (month, figure) in [("2026-01", "6"), ("2026-02", "8"), ("2026-03", "9")] {
        desk.good(&["entry", "CH-1", month, figure]);
    }
    desk
}

fn state(desk: &Desk) -> Value {
    desk.json(&["status", "CH-1"])[0]["state"].clone()
}

/// Returns the notices of demobilisation: month and state.
fn letters(desk: &Desk) -> Vec<String> {
    let all = desk.json(&["notices", "list"]);
    let out = all.as_array().unwrap().iter().filter(|it| it["kind"] == "demobilisation");
    out.map(|it| format!("{} {}", it["month"].as_str().unwrap(), it["state"].as_str().unwrap())).collect()
}

#[test]
fn it_leads_to_a_letter_that_stays_while_it_stands() {
    let desk = desk();
    assert_eq!(state(&desk), "demobilised");
    desk.good(&["notices", "prepare"]);
    assert_eq!(letters(&desk), ["2026-03 draft"]);
    // Two months on the alert is no longer shown; the letter is still to be sent.
    for day in ["2026-05-12", "2026-06-12"] {
        assert!(desk.command_on(day, &["notices", "prepare"]).status().unwrap().success());
        assert_eq!(letters(&desk), ["2026-03 draft"], "{day}");
    }
    let asked = desk.json(&["notices", "prepare", "--place", "CH-1", "--kind", "demobilisation"]);
    assert_eq!(asked["month"], "2026-03");
}

#[test]
fn the_trail_says_that_nobody_pronounced_it() {
    let desk = desk();
    let rows = desk.json(&["history", "CH-1", "--all"]);
    let found = rows.as_array().unwrap().iter().find(|it| it["alert"] == "demobilisation").unwrap();
    assert_eq!(found["by_policy"], true);
    assert!(found["text"].as_str().unwrap().contains("Démobilisé par la politique"), "{found}");
}

#[test]
fn the_contractor_comes_back_by_decision() {
    let desk = desk();
    desk.good(&["decide", "remobilise", "CH-1", "--reason", "PV signé", "--mois", "7"]);
    assert_eq!(state(&desk), "remobilised");
    desk.good(&["notices", "prepare"]);
    let kinds: Vec<Value> =
        desk.json(&["notices", "list"]).as_array().unwrap().iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds, ["remobilisation"], "what is settled needs no letter of withdrawal any more");
}

#[test]
fn a_correction_never_undoes_it_silently() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let output = desk.run(&["entry", "CH-1", "2026-03", "19"]);
    let said = text(&output.stderr);
    assert!(output.status.success());
    assert!(said.contains("ne se fonde plus") && said.contains("chantier decide remobilise CH-1"), "{said}");
    assert_eq!(state(&desk), "demobilised", "it holds until somebody decides");
    let held = &desk.json(&["decide", "show", "CH-1"])[0];
    assert_eq!((&held["by_policy"], &held["from"]), (&true.into(), &"2026-04".into()));
    let march = held["grounds"]["months"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&march["month"], &march["cumulative"]),
        (&"2026-03".into(), &"9.00".into()),
        "as it was found"
    );
    assert!(desk.good(&["decide", "show", "CH-1"]).contains("par la politique"));
    // Its letter did not go, and does not go any more.
    desk.good(&["notices", "prepare"]);
    assert_eq!(letters(&desk), [""; 0]);
    // March is judged as it is now.
    assert_eq!(desk.json(&["status", "CH-1", "--month", "2026-03"])[0]["target_rate"], "88.00");
    desk.good(&["entry", "CH-1", "2026-03", "20"]);
    assert_eq!(
        desk.json(&["decide", "show", "CH-1"]).as_array().unwrap().len(),
        1,
        "it is written down once"
    );
    desk.good(&["decide", "remobilise", "CH-1", "--reason", "erreur de saisie"]);
    assert_eq!(state(&desk), "remobilised");
    assert!(text(&desk.run(&["doctor"]).stdout).contains("tout concorde"));
}

#[test]
fn taking_the_figure_back_takes_everything_back() {
    let desk = desk();
    desk.good(&["entry", "CH-1", "2026-03", "19"]);
    desk.good(&["undo"]);
    assert_eq!(state(&desk), "demobilised");
    assert_eq!(
        desk.json(&["decide", "show", "CH-1"])[0]["withdrawn"],
        true,
        "the correction and its decision"
    );
    desk.good(&["undo"]);
    assert_eq!(state(&desk), "active", "the typing that led to it is undone, not corrected");
}

#[test]
fn another_policy_does_not_bring_anybody_back() {
    let desk = desk();
    desk.good(&["config", "set", "demobilisation", "proposee"]);
    assert_eq!(state(&desk), "demobilised");
}

#[test]
fn a_pronounced_withdrawal_says_when_its_ground_is_gone() {
    let plain = Desk::new();
    plain.organisation();
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "8", "--contractor", "Mbondé"];
    plain.good(&[&["site", "add", "CH-1"], &terms[..]].concat());
    for (month, figure) in [("2026-01", "6"), ("2026-02", "8"), ("2026-03", "9")] {
        plain.good(&["entry", "CH-1", month, figure]);
    }
    plain.good(&["decide", "demobilise", "CH-1", "--reason", "Abandon"]);
    let said = |figure: &str| text(&plain.run(&["entry", "CH-1", "2026-03", figure]).stderr);
    assert!(!said("9,5").contains("ne se fonde plus"), "10 % is critical still");
    assert!(said("19").contains("ne se fonde plus"));
    assert_eq!(state(&plain), "demobilised");
}
