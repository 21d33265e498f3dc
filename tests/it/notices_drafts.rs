//! Drafts follow the register and the figures; what a person changed stays, and is told where it is outdated.

use chantier::actions::notices::{self as actions, Filter};
use chantier::actions::session::Session;
use chantier::model::notice::NoticeState;
use chrono::DateTime;

use crate::desk::Desk;
use crate::notices::{desk, id_of, letter_of, notices, shown, site};

/// Returns role, name and address of those to whom a notice goes.
fn whom(desk: &Desk, id: &str) -> Vec<String> {
    let sheet = desk.json(&["notices", "show", id]);
    let all = sheet["addressees"].as_array().unwrap().iter().filter(|it| it["state"] != "cancelled");
    let word = |it: &serde_json::Value, name: &str| it[name].as_str().unwrap_or("-").to_owned();
    all.map(|it| format!("{} {} {}", word(it, "role"), word(it, "name"), word(it, "email"))).collect()
}

#[test]
fn a_draft_goes_to_those_who_are_called_for_now() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "pre-demobilisation");
    let inside = [
        "chef-mission Awa awa@exemple.org",
        "directeur-projet Jean Essomba jean@exemple.org",
        "maitre-ouvrage Ministère mo@exemple.org",
    ];
    let goes_to = |first: &str| {
        let wanted: Vec<&str> = std::iter::once(first).chain(inside).collect();
        assert_eq!(whom(&desk, &id), wanted);
    };
    goes_to("entreprise Aké et Fils -");
    // An address that becomes known, and one that is corrected.
    for email in ["ake@exemple.org", "fils@exemple.org"] {
        desk.good(&["contractor", "edit", "Aké", "--email", email]);
        desk.good(&["notices", "prepare"]);
        goes_to(&format!("entreprise Aké et Fils {email}"));
    }
    // Another contractor in its place.
    desk.good(&["lot", "edit", "CH-2", "--contractor", "Mbondé"]);
    desk.good(&["notices", "prepare"]);
    goes_to("entreprise Mbondé SARL mbonde@exemple.org");
    let letter = letter_of(&desk, &["notices", "show", &id]);
    assert!(letter.contains("Mbondé SARL") && !letter.contains("Aké et Fils"), "{letter}");
    // And back: whoever left comes again.
    desk.good(&["lot", "edit", "CH-2", "--contractor", "Aké"]);
    desk.good(&["notices", "prepare"]);
    goes_to("entreprise Aké et Fils fils@exemple.org");
    // A contact who leaves, and the successor.
    desk.good(&["contact", "archive", "Awa"]);
    let post = ["--post", "chef-mission", "--project", "PACS", "--email", "binta@exemple.org"];
    desk.good(&[&["contact", "add", "Binta"], &post[..]].concat());
    desk.good(&["notices", "prepare"]);
    assert_eq!(whom(&desk, &id)[1], "chef-mission Binta binta@exemple.org");
    assert_eq!(whom(&desk, &id).len(), 4);
    let again = desk.json(&["notices", "prepare"]);
    assert_eq!(again["renewed"], serde_json::json!([]));
    assert!(desk.good(&["undo"]).contains("avis"), "preparing again wrote nothing");
    assert_eq!(
        whom(&desk, &id)[1],
        "chef-mission Awa awa@exemple.org",
        "what was prepared last is taken back"
    );
}

#[test]
fn a_lot_that_gets_its_contractor_is_no_defect_any_more() {
    let desk = desk();
    desk.good(&["site", "add", "CH-9", "--project", "PACS", "--start", "2026-03", "--duration", "10"]);
    desk.good(&["entry", "CH-9", "2026-03", "4"]);
    desk.good(&["notices", "prepare"]);
    let all = notices(&desk);
    let notice = all.iter().find(|it| it["place"] == "CH-9").unwrap();
    assert_eq!(notice["defects"], serde_json::json!(["notice-addressee-unknown"]));
    let id = notice["id"].as_str().unwrap();
    desk.good(&["lot", "edit", "CH-9", "--contractor", "Mbondé"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(whom(&desk, id)[0], "entreprise Mbondé SARL mbonde@exemple.org");
    assert_eq!(desk.json(&["notices", "show", id])["defects"], serde_json::json!([]));
}

#[test]
fn what_a_person_added_mended_or_took_off_stays() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    desk.good(&["notices", "edit", &id, "--without", "awa@exemple.org"]);
    desk.good(&["notices", "edit", &id, "--address", "Mbondé SARL=direct@exemple.org"]);
    desk.good(&["notices", "edit", &id, "--copy", "caution@exemple.org", "--name", "Caution"]);
    let kept = [
        "entreprise Mbondé SARL direct@exemple.org",
        " Caution caution@exemple.org",
        "directeur-projet Jean Essomba jean@exemple.org",
        "maitre-ouvrage Ministère mo@exemple.org",
    ];
    desk.good(&["contact", "edit", "Awa", "--rename", "Awa Diallo"]);
    desk.good(&["contractor", "edit", "Mbondé", "--email", "autre@exemple.org"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(whom(&desk, &id), kept, "a new name brings nobody back");
    // Nor does a notice that goes with its alert and comes back with it.
    desk.good(&["entry", "CH-1", "2026-03", "9"]);
    desk.good(&["notices", "prepare"]);
    assert!(!shown(&desk).iter().any(|it| it.starts_with("delay CH-1")));
    desk.good(&["entry", "CH-1", "2026-03", "4"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(whom(&desk, &id), kept);
}

#[test]
fn a_formal_notice_that_waits_follows_the_register_too() {
    let desk = desk();
    site(&desk, "CH-8", "2026-03", "Mbondé");
    desk.good(&[
        "notices",
        "prepare",
        "--place",
        "CH-8",
        "--kind",
        "formal-notice",
        "--grounds",
        "Article 12",
    ]);
    let id = id_of(&desk, "formal-notice");
    desk.good(&["notices", "hold", &id]);
    desk.good(&["lot", "edit", "CH-8", "--contractor", "Aké"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(whom(&desk, &id)[0], "entreprise Aké et Fils -");
}

#[test]
fn a_held_notice_follows_its_figures_and_goes_with_its_alert() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    desk.good(&["notices", "hold", &id]);
    desk.good(&["entry", "CH-1", "2026-03", "4,5"]);
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id]);
    assert!(letter.contains("45,00") && !letter.contains("40,00"), "{letter}");
    let sheet = desk.json(&["notices", "show", &id]);
    assert_eq!((&sheet["state"], &sheet["defects"]), (&"held".into(), &serde_json::json!([])));
    desk.good(&["entry", "CH-1", "2026-03", "9"]);
    desk.good(&["notices", "prepare"]);
    assert!(!shown(&desk).iter().any(|it| it.starts_with("delay CH-1")), "its alert is gone");
    assert!(desk.refused(&["notices", "approve", &id]).contains("chantier notices list"));
}

#[test]
fn words_of_a_person_about_figures_that_changed_are_told() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    desk.good(&["notices", "edit", &id, "--subject", "Mon objet"]);
    let defects = |desk: &Desk| {
        let all = notices(desk);
        all.iter().find(|it| it["id"] == id.as_str()).unwrap()["defects"].clone()
    };
    assert_eq!(defects(&desk), serde_json::json!([]));
    desk.good(&["entry", "CH-1", "2026-03", "4,5"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(defects(&desk), serde_json::json!(["notice-figures-moved"]));
    let told = "ont changé depuis sa rédaction";
    assert!(crate::desk::text(&desk.run(&["notices", "show", &id]).stderr).contains(told));
    // By itself the machine does not approve it; a person who does is told.
    desk.good(&["config", "set", "notices.automatic", "delay"]);
    desk.run(&["notices", "run"]);
    assert!(shown(&desk).contains(&"delay CH-1 problematique draft".to_owned()), "{:?}", shown(&desk));
    let said = crate::desk::text(&desk.run(&["notices", "approve", &id]).stderr);
    assert!(said.contains(told), "{said}");
    // So is one who approves before anything was prepared again.
    let other = id_of(&desk, "pre-demobilisation");
    desk.good(&["entry", "CH-2", "2026-03", "6,5"]);
    let said = crate::desk::text(&desk.run(&["notices", "approve", &other]).stderr);
    assert!(said.contains(told), "{said}");
}

#[test]
fn nothing_of_a_letter_is_cut_without_a_word() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    let body = desk.path("corps.txt");
    let path = body.to_str().unwrap();
    let long = "Une phrase de vingt-\n";
    for count in [1_001, 5_000] {
        std::fs::write(&body, long.repeat(count)).unwrap();
        let said = desk.refused(&["notices", "edit", &id, "--body", path]);
        assert!(said.contains("20000") || said.contains("20 000"), "{said}");
    }
    assert!(!letter_of(&desk, &["notices", "show", &id]).contains("Une phrase de vingt-"));
    std::fs::write(&body, format!("{}FIN", long.repeat(900))).unwrap();
    desk.good(&["notices", "edit", &id, "--body", path]);
    assert!(letter_of(&desk, &["notices", "show", &id]).contains("FIN"));
    std::fs::write(&body, b"\xff\xfe").unwrap();
    assert!(desk.refused(&["notices", "edit", &id, "--body", path]).contains("ne se lit pas"));
    desk.refused(&["notices", "edit", &id, "--subject", &"mot ".repeat(100)]);
    let grounds = "mot ".repeat(1_100);
    let demand = ["notices", "prepare", "--place", "CH-1", "--kind", "formal-notice", "--grounds", &grounds];
    desk.refused(&demand);
}

#[test]
fn an_edit_happens_whole_or_not_at_all() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    let before = desk.json(&["notices", "show", &id]);
    for wrong in [
        ["--to", "pas-une-adresse"],
        ["--address", "Personne=x@exemple.org"],
        ["--address", "sans egal"],
        ["--subject", ""],
        ["--body", "/n/existe/pas"],
    ] {
        desk.refused(&[&["notices", "edit", &id, "--without", "Awa"], &wrong[..]].concat());
        assert_eq!(desk.json(&["notices", "show", &id]), before, "{wrong:?}");
    }
    // Who is taken off makes room for another with the same address, and all of it is one op.
    let edit = ["notices", "edit", &id, "--without", "Awa", "--copy", "awa@exemple.org", "--name", "Awa D."];
    desk.good(&[&edit[..], &["--subject", "Mon objet"]].concat());
    let letter = letter_of(&desk, &["notices", "show", &id]);
    assert!(letter.contains("Mon objet") && letter.contains("Awa D."), "{letter}");
    desk.good(&["undo"]);
    let sheet = desk.json(&["notices", "show", &id]);
    assert_eq!((&sheet["letter"], &sheet["subject"]), (&before["letter"], &before["subject"]));
}

#[test]
fn one_digest_goes_in_a_week_that_spans_two_months() {
    let desk = desk();
    desk.good(&["config", "set", "notices.weekly", "on"]);
    let run = |day: &str| {
        let output = desk.command_on(day, &["notices", "run"]).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", crate::desk::text(&output.stderr));
    };
    let digests = || notices(&desk).into_iter().filter(|it| it["kind"] == "digest").count();
    run("2026-03-31");
    assert_eq!(digests(), 1);
    let letter = || letter_of(&desk, &["notices", "show", &id_of(&desk, "digest")]);
    let first = letter();
    desk.good(&["entry", "CH-2", "2026-03", "5"]);
    run("2026-04-01");
    run("2026-04-05");
    assert_eq!((digests(), letter()), (1, first), "the digest of the week is there");
    run("2026-04-06");
    assert_eq!(digests(), 2, "the next week");
}

#[test]
fn a_list_reads_no_letters_of_what_is_approved() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    let before = desk.json(&["notices", "list"]);
    desk.good(&["notices", "approve", &id]);
    let path = desk.path(".local/share/chantier/chantier.db");
    let session = Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, None).unwrap();
    let listed = |states: &[NoticeState]| {
        let filter = Filter { states: states.to_vec(), ..Filter::default() };
        actions::list(&session, &filter).unwrap()
    };
    let ready = &listed(&[NoticeState::Ready])[0];
    assert_eq!((ready.notice.body.as_str(), ready.notice.facts.as_str()), ("", ""));
    let drafts = listed(&[NoticeState::Draft]);
    assert!(!drafts[0].notice.body.is_empty(), "what is to be approved is known by its words");
    assert_eq!((drafts.len(), listed(&[]).len(), listed(&[NoticeState::Held]).len()), (1, 2, 0));
    let sheet = actions::sheet(&session, ready.notice.id).unwrap();
    assert!(sheet.letter.contains(&ready.notice.reference), "the letter is read where it is looked at");
    assert_eq!(desk.json(&["notices", "list"]).as_array().unwrap().len(), before.as_array().unwrap().len());
    let shown = desk.json(&["notices", "list", "--state", "draft", "--project", "PACS"]);
    assert_eq!(shown.as_array().unwrap().len(), 1);
}
