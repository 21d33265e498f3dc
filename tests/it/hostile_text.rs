//! Hostile text is cleaned at the entrance and shown safely by every verb.

use crate::desk::{Desk, text};

const HOSTILE: &str = "A\u{1b}]0;pris\u{7}\u{1b}[2J\u{202e}B\u{200b}\u{e0041}\u{9b}31m\r\nC";

/// What may never reach a terminal from data.
fn is_raw(letter: char) -> bool {
    letter != '\n' && letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

fn check(desk: &Desk, arguments: &[&str]) {
    let output = desk.run(arguments);
    for said in [text(&output.stdout), text(&output.stderr)] {
        assert!(!said.chars().any(is_raw), "{arguments:?}: {said:?}");
    }
}

#[test]
fn no_verb_shows_raw_bytes_of_data() {
    let desk = Desk::new();
    let named = |name: &str| format!("{name} {HOSTILE}");
    desk.good(&["org", "add", &named("Cellule")]);
    desk.good(&["project", "add", &named("PACS"), "--client", HOSTILE, "--client-phone", HOSTILE]);
    desk.good(&["contractor", "add", &named("Mbondé"), "--address", HOSTILE]);
    desk.good(&["contact", "add", &named("Awa"), "--post", "chef-mission", "--project", "PACS"]);
    let code = named("CH-1");
    let terms = [
        "--project",
        "PACS",
        "--name",
        HOSTILE,
        "--start",
        "2025-01",
        "--duration",
        "20",
        "--contractor",
        "Mbondé",
    ];
    desk.good(&[&["site", "add", &code], &terms[..]].concat());
    desk.good(&["lot", "add", "CH-1", HOSTILE]);
    for (month, value) in [("2025-01", "2"), ("2025-02", "3"), ("2025-03", "4")] {
        desk.good(&["entry", "CH-1/Ensemble", month, value, "--observation", HOSTILE, "--cause", HOSTILE]);
    }
    desk.good(&["decide", "demobilise", "CH-1/Ensemble", "--reason", HOSTILE, "--from", "2025-04"]);
    desk.good(&["undo"]);
    for verb in [
        &["alerts"][..],
        &["status"],
        &["status", "CH-1"],
        &["history", "CH-1"],
        &["doctor"],
        &["config"],
        &["entry"],
        &["org", "show"],
        &["project", "list"],
        &["project", "show", "PACS"],
        &["site", "list"],
        &["site", "show", "CH-1"],
        &["lot", "list", "CH-1"],
        &["contractor", "list"],
        &["contact", "list"],
        &["export", "entries"],
        &["export", "sites"],
        &["export", "alerts"],
        &["export", "changes"],
        &["site", "show", HOSTILE],
        &["import", HOSTILE],
        &[HOSTILE],
        &["entry", HOSTILE, "2025-01", HOSTILE],
        &["export", "entries", "--output", "/nowhere/\u{1b}[31m"],
        &["--db", "/nowhere/\u{1b}[31m", "status"],
    ] {
        check(&desk, verb);
        check(&desk, &[verb, &["--json"]].concat());
    }
}

#[test]
fn a_megabyte_is_cut_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.organisation();
    // The longest single argument that a kernel passes is 128 KiB.
    let long = "é".repeat(60_000);
    desk.good(&[
        "site",
        "add",
        "CH-1",
        "--project",
        "PACS",
        "--name",
        &long,
        "--start",
        "2026-01",
        "--duration",
        "4",
    ]);
    desk.good(&["entry", "CH-1", "2026-01", "5", "--observation", &long]);
    let shown = desk.json(&["site", "show", "CH-1"]);
    assert_eq!(shown["site"].as_str().unwrap().chars().count(), 300);
    let entries = desk.good(&["export", "entries"]);
    assert_eq!(entries.lines().nth(1).unwrap().split(',').next_back().unwrap().chars().count(), 4_000);
}

#[test]
fn odd_command_lines_get_one_sentence() {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    for arguments in [
        &["frobnicate"][..],
        &["entry", "CH-1"],
        &["entry", "CH-1", "2026-13", "5"],
        &["entry", "CH-1", "2026-03", "101"],
        &["entry", "CH-1", "2026-03", "1e3"],
        &["entry", "CH-1", "2026-03", "12,345"],
        &["entry", "CH-1", "2026-05", "5"],
        &["entry", "CH-9", "2026-03", "5"],
        &["site", "add", "CH-1", "--project", "PACS"],
        &["site", "add", "CH-2", "--project", "PACS", "--duration", "0"],
        &["site", "add", "CH-2", "--project", "PACS", "--start", "2026-02-30"],
        &["contractor", "add", "X", "--email", "a@b"],
        &["contact", "add", "X", "--post", "chef-mission"],
        &["config", "set", "policy.critical", "60"],
        &["config", "set", "policy.cycle", "carré"],
        &["config", "set", "rien", "1"],
        &["org", "edit", "--zone", "Mars/Olympe"],
        &["org", "edit", "--currency", "franc"],
        &["alerts", "--month", "mars"],
        &["alerts", "--project", "inconnu"],
        &["import", "/dev/zero"],
        &["import", "/"],
        &["import", "/rien"],
        &["undo", "--redo"],
    ] {
        desk.refused(arguments);
    }
}
