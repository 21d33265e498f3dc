//! Notices by the command line: prepared, looked at, approved; on one machine and on two.

use chantier::actions::op::{Note, OpName};
use chantier::actions::session::Session;
use chantier::model::notice::DeliveryState;
use chantier::store::change::Scope;
use chantier::store::registry::DELIVERY;
use chantier::store::value::Value as Stored;
use serde_json::Value;

use crate::desk::{Desk, text};
use crate::fleet;

/// Adds a site of ten months: ten points a month are normal.
pub fn site(desk: &Desk, code: &str, start: &str, contractor: &str) {
    let terms = ["--project", "PACS", "--start", start, "--duration", "10", "--contractor", contractor];
    desk.good(&[&["site", "add", code], &terms[..]].concat());
}

/// Makes a desk where one site has a bad March, and one its second bad month.
pub fn desk() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    desk.good(&[
        "contact",
        "add",
        "Jean Essomba",
        "--post",
        "directeur-projet",
        "--project",
        "PACS",
        "--email",
        "jean@exemple.org",
    ]);
    desk.good(&[
        "contact",
        "add",
        "Awa",
        "--post",
        "chef-mission",
        "--project",
        "PACS",
        "--email",
        "awa@exemple.org",
    ]);
    site(&desk, "CH-1", "2026-03", "Mbondé");
    site(&desk, "CH-2", "2026-02", "Aké");
    desk.good(&["entry", "CH-1", "2026-03", "4"]);
    desk.good(&["entry", "CH-2", "2026-02", "4"]);
    desk.good(&["entry", "CH-2", "2026-03", "6"]);
    desk
}

/// Returns every notice.
pub fn notices(desk: &Desk) -> Vec<Value> {
    desk.json(&["notices", "list"]).as_array().unwrap().clone()
}

/// Returns kind, place, gravity and state of every notice.
pub fn shown(desk: &Desk) -> Vec<String> {
    let mut lines: Vec<String> = notices(desk)
        .iter()
        .map(|it| {
            let word = |name: &str| it[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {} {}", word("kind"), word("place"), word("gravity"), word("state"))
        })
        .collect();
    lines.sort();
    lines
}

/// Returns the letter that a verb shows, with plain spaces.
pub fn letter_of(desk: &Desk, arguments: &[&str]) -> String {
    desk.json(arguments)["letter"].as_str().unwrap().replace('\u{a0}', " ")
}

/// Returns the newest notice of a kind.
pub fn id_of(desk: &Desk, kind: &str) -> String {
    let found = notices(desk).into_iter().rev().find(|it| it["kind"] == kind).expect("such a notice");
    found["id"].as_str().unwrap().to_owned()
}

/// Says that everything of a notice was written into a folder.
fn hand_over(desk: &Desk, notice: &str) {
    let path = desk.path(".local/share/chantier/chantier.db");
    let now = "2026-04-06T08:00:00Z".parse().unwrap();
    let mut session = Session::open(&path, false, "awa".into(), now, None).unwrap();
    session.seen = session.store.read().last_op().unwrap();
    let all = session.store.read().notices().unwrap();
    let notice = all.into_iter().find(|it| it.id.to_string() == notice).unwrap();
    let lot = session.store.read().lot(notice.lot.unwrap()).unwrap().unwrap();
    let deliveries = session.store.read().deliveries(notice.id).unwrap();
    let work = |tx: &mut chantier::store::transact::Tx<'_>| {
        for delivery in &deliveries {
            let columns = DELIVERY.columns([
                ("state", Some(DeliveryState::Written.word().into())),
                ("channel", Some("folder".into())),
                ("at_ms", Some(Stored::Int(1_775_462_400_000))),
            ]);
            tx.put(&DELIVERY, Scope::Site(lot.site.bytes()), vec![delivery.id.into()], columns, None)?;
        }
        Ok(())
    };
    session.transact(OpName::Notify, &Note::new(), work).unwrap();
}

#[test]
fn one_notice_per_unit_month_and_kind() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let first = ["delay CH-1 problematique draft", "pre-demobilisation CH-2 critique draft"];
    assert_eq!(shown(&desk), first);
    let again = desk.json(&["notices", "prepare"]);
    assert_eq!((again["made"].as_array().unwrap().len(), again["renewed"].as_array().unwrap().len()), (0, 0));
    assert_eq!(shown(&desk), first);
    assert_eq!(desk.good(&["undo"]).lines().count(), 1, "preparing again wrote nothing to undo twice");
    assert_eq!(shown(&desk), [""; 0]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(shown(&desk), first, "what was taken back is prepared when it is asked for again");
}

#[test]
fn letters_go_to_the_contractor_with_copies_for_the_others() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let all = notices(&desk);
    let delay = all.iter().find(|it| it["kind"] == "delay").unwrap();
    let who: Vec<String> = delay["addressees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!("{} {} {}", it["role"].as_str().unwrap(), it["email"].as_str().unwrap_or("-"), it["copy"])
        })
        .collect();
    assert_eq!(
        who,
        [
            "entreprise mbonde@exemple.org false",
            "chef-mission awa@exemple.org true",
            "directeur-projet jean@exemple.org true",
            "maitre-ouvrage mo@exemple.org true"
        ]
    );
    // The other contractor has no address: a defect, not a gap.
    let warning = all.iter().find(|it| it["kind"] == "pre-demobilisation").unwrap();
    assert_eq!(warning["defects"], serde_json::json!(["notice-address-missing"]));
    let id = id_of(&desk, "pre-demobilisation");
    desk.good(&["notices", "edit", &id, "--address", "Aké et Fils=ake@exemple.org"]);
    desk.good(&["notices", "edit", &id, "--without", "maitre-ouvrage"]);
    desk.good(&["notices", "edit", &id, "--copy", "caution@exemple.org", "--name", "Caution"]);
    desk.good(&["notices", "prepare"]);
    let sheet = desk.json(&["notices", "show", &id]);
    assert_eq!(sheet["defects"], serde_json::json!([]));
    let letter = sheet["letter"].as_str().unwrap();
    assert!(letter.contains("- Caution") && !letter.contains("- Ministère"), "{letter}");
    assert!(
        desk.refused(&["notices", "edit", &id, "--to", "pas une adresse"]).contains("adresse électronique")
    );
    assert!(desk.refused(&["notices", "edit", &id, "--to", "AWA@exemple.org"]).contains("reçoit déjà"));
}

#[test]
fn a_graver_month_makes_another_notice_and_cancels_the_draft() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    desk.good(&["entry", "CH-1", "2026-03", "2"]);
    desk.good(&["notices", "prepare"]);
    let graver = [
        "delay CH-1 critique draft",
        "delay CH-1 problematique cancelled",
        "pre-demobilisation CH-2 critique draft",
    ];
    assert_eq!(shown(&desk), graver);
    desk.good(&["entry", "CH-1", "2026-03", "9"]);
    desk.good(&["notices", "prepare"]);
    assert!(!shown(&desk).contains(&"delay CH-1 critique draft".to_owned()), "its alert is gone");
    desk.good(&["entry", "CH-1", "2026-03", "4,5"]);
    desk.good(&["notices", "prepare"]);
    assert!(shown(&desk).contains(&"delay CH-1 problematique draft".to_owned()), "it is back with its alert");
    assert!(letter_of(&desk, &["notices", "show", &id_of(&desk, "delay")]).contains("45,00"));
}

#[test]
fn an_approval_gives_the_number_and_fixes_the_letter() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    assert!(letter_of(&desk, &["notices", "show", &id]).contains("N° ……/"));
    let approved = desk.good(&["notices", "approve", "--all"]);
    assert!(
        approved.contains("N° 001/CS/PACS/2026") && approved.contains("N° 002/CS/PACS/2026"),
        "{approved}"
    );
    let sheet = desk.json(&["notices", "show", &id]);
    let (letter, number) = (sheet["letter"].as_str().unwrap(), sheet["reference"].as_str().unwrap());
    assert!(letter.contains(number) && letter.contains("6 avril 2026"), "{letter}");
    assert!(desk.refused(&["notices", "edit", &id, "--subject", "x"]).contains("n’est plus un brouillon"));
    assert!(desk.refused(&["notices", "approve", &id]).contains("déjà approuvé"));
    desk.good(&["notices", "hold", &id]);
    desk.good(&["notices", "approve", number]);
    assert_eq!(desk.json(&["notices", "show", &id])["reference"], number, "it keeps its number");
    // A figure that changes before the letter goes makes it a draft again.
    desk.good(&["entry", "CH-1", "2026-03", "4,9"]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(desk.json(&["notices", "show", &id])["state"], "draft");
    desk.good(&["notices", "cancel", &id]);
    desk.good(&["notices", "prepare"]);
    assert_eq!(
        desk.json(&["notices", "show", &id])["state"],
        "cancelled",
        "what a person withdrew stays away"
    );
}

#[test]
fn what_was_withdrawn_comes_back_when_a_person_asks_for_it() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    desk.good(&["notices", "cancel", &id]);
    assert_eq!(desk.json(&["notices", "prepare"])["made"], serde_json::json!([]), "not by itself");
    let place = desk.json(&["notices", "show", &id])["place"].as_str().unwrap().to_owned();
    let again = desk.json(&["notices", "prepare", "--place", &place]);
    assert_eq!((&again["id"], &again["state"]), (&id.as_str().into(), &"draft".into()));
}

#[test]
fn projects_with_the_same_initials_share_their_numbers() {
    let desk = Desk::new();
    desk.organisation();
    for (project, code) in [("Ponts Alpha", "A-1"), ("Ponts Azur", "B-1")] {
        desk.good(&["project", "add", project]);
        let terms =
            ["--project", project, "--start", "2026-01", "--duration", "10", "--contractor", "Mbondé"];
        desk.good(&[&["site", "add", code], &terms[..]].concat());
        desk.good(&["entry", code, "2026-03", "1"]);
    }
    desk.good(&["notices", "prepare"]);
    desk.good(&["notices", "approve", "--all"]);
    let mut numbers: Vec<String> =
        notices(&desk).iter().map(|it| it["reference"].as_str().unwrap().to_owned()).collect();
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert!(all >= 2 && numbers.len() == all, "{numbers:?}");
    assert!(numbers.iter().all(|it| it.ends_with("/CS/PA/2026")), "{numbers:?}");
}

#[test]
fn a_person_s_words_are_kept() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let id = id_of(&desk, "delay");
    let body = desk.path("corps.txt");
    std::fs::write(&body, "Monsieur,\n\n    en retrait {{ 7*7 }}\u{1b}[2J\n\nSalutations.").unwrap();
    desk.good(&["notices", "edit", &id, "--subject", "Mon objet", "--body", body.to_str().unwrap()]);
    desk.good(&["entry", "CH-1", "2026-03", "4,5"]);
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id]);
    assert!(
        letter.contains("Objet : Mon objet") && letter.contains("\n    en retrait {{ 7*7 }}[2J\n"),
        "{letter}"
    );
}

#[test]
fn a_correction_of_what_was_notified_is_proposed_with_old_and_new() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    desk.good(&["notices", "approve", "--all"]);
    let delay = id_of(&desk, "delay");
    hand_over(&desk, &delay);
    let number = desk.json(&["notices", "show", &delay])["reference"].as_str().unwrap().to_owned();
    desk.good(&["entry", "CH-1", "2026-03", "7", "--observation", "métré corrigé"]);
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id_of(&desk, "corrigendum")]);
    for wanted in ["4,00", "7,00", "40,00", "70,00", "métré corrigé", &number, "dont l’alerte est levée"]
    {
        assert!(letter.contains(wanted), "{wanted}: {letter}");
    }
    assert!(shown(&desk).contains(&"delay CH-1 problematique ready".to_owned()), "what went stays as it is");
    desk.good(&["entry", "CH-1", "2026-03", "4"]);
    desk.good(&["notices", "prepare"]);
    assert!(!shown(&desk).iter().any(|it| it.starts_with("corrigendum")), "nothing differs any more");
}

#[test]
fn decisions_have_their_letters_and_the_dialog_knows_what_was_notified() {
    let desk = desk();
    desk.good(&["notices", "prepare"]);
    let demobilise = ["decide", "demobilise", "CH-2", "--reason", "Abandon", "--from", "2026-04"];
    let output = desk.run(&demobilise);
    let said = crate::desk::text(&output.stderr);
    assert!(said.contains("aucun préavis de démobilisation n’a été notifié"), "{said}");
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id_of(&desk, "demobilisation")]);
    assert!(letter.contains("Abandon") && letter.contains("aucun préavis"), "{letter}");
    assert!(
        !shown(&desk).iter().any(|it| it.starts_with("pre-demobilisation")),
        "it is too late for a warning"
    );
    desk.good(&["decide", "remobilise", "CH-2", "--reason", "Planning accepté", "--from", "2026-04"]);
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id_of(&desk, "remobilisation")]);
    assert!(letter.contains("Planning accepté") && letter.contains("remobilisation n° 1"), "{letter}");
}

#[test]
fn reminders_are_prepared_from_the_first_and_alerts_from_the_fifth() {
    let desk = desk();
    site(&desk, "CH-3", "2026-01", "Mbondé");
    let prepare = |day: &str| {
        let output = desk.command_on(day, &["notices", "prepare"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let kinds: Vec<String> =
            shown(&desk).iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
        kinds
    };
    assert!(!prepare("2026-03-31").contains(&"reminder".to_owned()));
    assert!(prepare("2026-04-01").contains(&"reminder".to_owned()));
    let late = prepare("2026-04-05");
    assert!(
        late.contains(&"missing-entries".to_owned()) && !late.contains(&"reminder".to_owned()),
        "{late:?}"
    );
}

#[test]
fn a_formal_notice_is_prepared_on_demand_with_its_grounds() {
    let desk = desk();
    let demand = ["notices", "prepare", "--place", "CH-2", "--kind", "mise-en-demeure"];
    assert!(desk.refused(&demand).contains("fondements"));
    let grounds = "Article 12.\n{{ 7*7 }}";
    let letter = letter_of(&desk, &[&demand[..], &["--grounds", grounds]].concat());
    assert!(letter.contains("Article 12.\n{{ 7*7 }}") && letter.contains("Mise en demeure n° 1"), "{letter}");
    let digest = desk.json(&["notices", "prepare", "--project", "PACS", "--kind", "digest"]);
    assert!(digest["letter"].as_str().unwrap().contains("CH-2"), "{digest}");
    assert!(
        desk.refused(&["notices", "prepare", "--place", "CH-1", "--kind", "remobilisation"])
            .contains("Rien n’appelle")
    );
}

#[test]
fn the_language_is_a_setting_and_templates_can_be_changed() {
    let desk = desk();
    desk.good(&["config", "set", "notices.language", "en"]);
    desk.good(&["config", "set", "notices.place", "Douala"]);
    desk.good(&["notices", "templates"]);
    assert_eq!(desk.good(&["notices", "check"]).lines().count(), 1);
    let own = desk.path(".local/share/chantier/templates/en/delay.txt");
    std::fs::write(&own, "Our subject {{ unit.site_code }}\n---\nOur body: {{ figures.target | decimal }}\n")
        .unwrap();
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id_of(&desk, "delay")]);
    assert!(
        letter.contains("Subject: Our subject CH-1")
            && letter.contains("Our body: 40.00")
            && letter.contains("Douala, "),
        "{letter}"
    );
    std::fs::write(&own, "s\n---\n{{ unit.nothing }}\n").unwrap();
    assert!(desk.refused(&["notices", "prepare"]).contains("en/delay.txt, ligne 3"));
    let output = desk.run(&["notices", "check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(crate::desk::text(&output.stdout).contains("en/delay.txt, ligne 3"));
    assert!(desk.good(&["notices", "preview", "demobilisation", "--language", "fr"]).contains("résiliation"));
}

#[test]
fn two_machines_that_prepare_the_same_notice_make_one_row() {
    let here = desk();
    let there = fleet::member(&here, "portable");
    let carry = |from: &Desk, to: &Desk, name: &str| {
        let bundle = from.path(name);
        from.good(&["bundle", "export", fleet::text(&bundle)]);
        let done = to.run(&["bundle", "import", fleet::text(&bundle)]);
        println!("{}{}", text(&done.stdout), text(&done.stderr));
        assert!(matches!(done.status.code(), Some(0 | 1)));
    };
    carry(&here, &there, "a.chantier");
    here.good(&["notices", "prepare"]);
    // On another day, too.
    assert!(there.command_on("2026-04-09", &["notices", "prepare"]).output().unwrap().status.success());
    carry(&here, &there, "b.chantier");
    carry(&there, &here, "c.chantier");
    let ids = |desk: &Desk| {
        notices(desk).iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&here), ids(&there));
    assert_eq!(ids(&here).len(), 2);
    assert_eq!(here.json(&["conflicts"]), serde_json::json!([]), "both wrote the same");
    assert_eq!(there.json(&["notices", "prepare"])["made"], serde_json::json!([]));
    // Each approves another one before they exchange: both give the first number, and a person is told.
    here.good(&["notices", "approve", &ids(&here)[0]]);
    there.good(&["notices", "approve", &ids(&there)[1]]);
    let is_twice = |it: &Value| it["defects"].as_array().unwrap().contains(&"notice-reference-twice".into());
    assert!(!notices(&here).iter().any(is_twice));
    carry(&there, &here, "d.chantier");
    assert_eq!(here.json(&["conflicts"]), serde_json::json!([]), "they approved different ones");
    assert!(notices(&here).iter().all(is_twice));
    // Both decide otherwise about one of them: nothing of it goes before a person has settled which it is.
    let contested = ids(&here)[1].clone();
    carry(&here, &there, "e.chantier");
    let hold = |desk: &Desk, verb: &str| assert!(desk.run(&["notices", verb, &contested]).status.success());
    hold(&here, "hold");
    hold(&there, "cancel");
    hold(&here, "approve");
    carry(&there, &here, "f.chantier");
    assert_ne!(here.json(&["conflicts"]), serde_json::json!([]));
    here.good(&["config", "set", "mail.folder", here.path("courrier").to_str().unwrap()]);
    here.good(&["config", "set", "mail.from", "suivi@exemple.org"]);
    std::fs::create_dir(here.path("courrier")).unwrap();
    here.run(&["notices", "run", "--no-prepare"]);
    let gone = |id: &str| {
        let all = notices(&here);
        let notice = all.iter().find(|it| it["id"] == id).unwrap();
        notice["addressees"].as_array().unwrap().iter().any(|it| it["state"] == "written")
    };
    assert!(gone(&ids(&here).into_iter().find(|it| *it != contested).unwrap()));
    assert!(!gone(&contested));
    assert!(here.good(&["notices", "show", &contested]).contains("deux versions"));
}

#[test]
fn hostile_names_reach_letters_as_text() {
    let desk = Desk::new();
    desk.good(&["org", "add", "{{ 7*7 }}"]);
    desk.good(&["project", "add", "PACS", "--client", "{% raw %}\u{202e}\u{1b}[2J"]);
    desk.good(&["contractor", "add", "Mbondé {{ organisation }}"]);
    site(&desk, "CH-1", "2026-03", "Mbondé");
    desk.good(&["entry", "CH-1", "2026-03", "4", "--cause", &"{{ cause }}".repeat(500)]);
    desk.good(&["notices", "prepare"]);
    let letter = letter_of(&desk, &["notices", "show", &id_of(&desk, "delay")]);
    assert!(
        letter.contains("{{ 7*7 }}")
            && letter.contains("Mbondé {{ organisation }}")
            && !letter.contains("49"),
        "{letter}"
    );
    assert!(!letter.contains(['\u{1b}', '\u{202e}']), "{letter}");
}

#[test]
fn a_person_takes_back_what_the_person_did_and_not_what_the_machine_did_by_itself() {
    let desk = desk();
    desk.good(&["config", "set", "notices.automatic", "delay"]);
    desk.good(&["entry", "CH-1", "2026-03", "4,5"]);
    assert!(matches!(desk.run(&["notices", "run"]).status.code(), Some(0 | 1)));
    let done = ["delay CH-1 problematique ready", "pre-demobilisation CH-2 critique draft"];
    assert_eq!(shown(&desk), done);
    let said = desk.good(&["undo"]);
    assert!(said.contains("CH-1") && !said.contains("avis"), "{said}");
    assert_eq!(shown(&desk), done, "what the machine did stands");
    // What a person approves is the person's.
    desk.good(&["notices", "approve", &id_of(&desk, "pre-demobilisation")]);
    assert!(desk.good(&["undo"]).contains("avis"));
}
