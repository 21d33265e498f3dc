//! Who may decide, approve, sign and unlock.

use serde_json::Value;

use crate::desk::{Desk, text};

/// A site whose withdrawal the rules propose, with nobody known.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    let terms = ["--project", "PACS", "--start", "2026-01", "--duration", "8", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-1"], &terms[..]].concat());
    for (month, figure) in [("2026-01", "6"), ("2026-02", "8"), ("2026-03", "9")] {
        desk.good(&["entry", "CH-1", month, figure]);
    }
    desk
}

fn contact(desk: &Desk, name: &str, post: &str, email: &str) {
    let project: &[&str] = if post == "directeur-general" { &[] } else { &["--project", "PACS"] };
    desk.good(&[&["contact", "add", name, "--post", post, "--email", email], project].concat());
}

/// Runs a verb as somebody; returns how it ended and what it said beside its result.
fn as_user(desk: &Desk, user: &str, arguments: &[&str]) -> (i32, String) {
    let output = desk.command(arguments).env("USER", user).output().expect("the binary runs");
    (output.status.code().unwrap(), text(&output.stderr))
}

const OUT: [&str; 5] = ["decide", "demobilise", "CH-1", "--reason", "Abandon"];

#[test]
fn where_nobody_is_known_nobody_is_warned_or_locked_out() {
    let desk = desk();
    let (code, said) = as_user(&desk, "bina", &OUT);
    assert_eq!(code, 0);
    assert!(!said.contains("n’est pas connu"), "{said}");
}

#[test]
fn a_stranger_is_warned_of_and_recorded() {
    let desk = desk();
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    contact(&desk, "Awa", "chef-mission", "awa@exemple.org");
    let (code, said) = as_user(&desk, "bina", &OUT);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("bina n’est pas connu comme directeur de projet ou directeur général (Jean Essomba)"),
        "{said}"
    );
    let kept = desk.json(&["decide", "show", "CH-1"]);
    assert_eq!(kept[0]["grounds"]["by_stranger"], true);
    // The head of the mission may suspend, not pronounce; names and mailboxes are the same person.
    for (user, act, is_known) in [
        ("awa", "suspend", true),
        ("JEAN", "suspend", true),
        ("jean essomba", "remobilise", true),
        ("bina", "suspend", false),
        ("awa", "remobilise", false),
    ] {
        let desk = self::desk();
        contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
        contact(&desk, "Awa", "chef-mission", "awa@exemple.org");
        if act == "remobilise" {
            as_user(&desk, "jean", &OUT);
        }
        let (code, said) = as_user(&desk, user, &["decide", act, "CH-1", "--reason", "essai"]);
        assert_eq!((code, !said.contains("n’est pas connu")), (0, is_known), "{user} {act}: {said}");
    }
}

#[test]
fn under_posts_a_stranger_is_refused_with_who_may() {
    let desk = desk();
    let (_, said) = as_user(&desk, "bina", &["config", "set", "authority", "posts"]);
    assert!(said.contains("authority = posts"), "{said}");
    let said = desk.refused(&OUT);
    assert!(
        said.contains("personne n’est connu à ce poste") && said.contains("--post directeur-projet"),
        "{said}"
    );
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    for refused in
        [&OUT[..], &["unlock", "PACS", "2026-02", "--reason", "x"], &["config", "set", "authority", "anyone"]]
    {
        let said = desk.refused(refused);
        assert!(said.contains("awa n’est pas connu") && said.contains("demandez à Jean Essomba"), "{said}");
    }
    let unset = ["config", "set", "authority", "anyone", "--project", "PACS"];
    assert!(desk.refused(&unset).contains("n’est pas connu"), "a project is no way around it");
    assert_eq!(desk.json(&["decide", "show", "CH-1"]), Value::Array(Vec::new()), "nothing was written");
    assert_eq!(as_user(&desk, "jean", &OUT).0, 0);
    assert_eq!(as_user(&desk, "jean", &["config", "set", "authority", "anyone"]).0, 0);
    assert_eq!(as_user(&desk, "bina", &["decide", "remobilise", "CH-1", "--reason", "x"]).0, 0);
}

#[test]
fn notices_and_sign_offs_ask_for_posts_too() {
    let desk = desk();
    desk.good(&OUT);
    desk.good(&["notices", "prepare"]);
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    contact(&desk, "Chantal", "chef-mission", "chantal@exemple.org");
    as_user(&desk, "jean", &["config", "set", "authority", "posts"]);
    let approve = ["notices", "approve", "--all"];
    let said = desk.refused(&approve);
    assert!(said.contains("chef de mission ou directeur de projet ou directeur général"), "{said}");
    let (code, said) = as_user(&desk, "chantal", &approve);
    assert_eq!(code, 0, "{said}");
    assert!(desk.refused(&["sign", "PACS", "2026-02"]).contains("demandez à Chantal"));
    assert_eq!(as_user(&desk, "chantal", &["sign", "PACS", "2026-02"]).0, 0);
}

#[test]
fn an_approved_letter_is_withdrawn_and_redirected_by_those_who_approve() {
    let desk = desk();
    desk.good(&OUT);
    desk.good(&["notices", "prepare"]);
    contact(&desk, "Chantal", "chef-mission", "chantal@exemple.org");
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    as_user(&desk, "jean", &["config", "set", "authority", "posts"]);
    let listed = desk.json(&["notices", "list"]);
    let draft = listed[0]["id"].as_str().unwrap().to_owned();
    // A draft is everybody's.
    desk.good(&["notices", "edit", &draft, "--to", "pmo@exemple.org"]);
    assert_eq!(as_user(&desk, "chantal", &["notices", "approve", "--all"]).0, 0);
    let to_another = ["notices", "edit", &draft, "--address", "pmo@exemple.org=autre@exemple.org"];
    for step in [&to_another[..], &["notices", "cancel", &draft]] {
        assert!(desk.refused(step).contains("demandez à"), "{step:?}");
    }
    // Anybody may stop it for a while.
    desk.good(&["notices", "hold", &draft]);
    assert!(desk.refused(&["notices", "cancel", &draft]).contains("demandez à"));
    assert_eq!(as_user(&desk, "chantal", &to_another).0, 0);
    assert_eq!(as_user(&desk, "jean", &["notices", "cancel", &draft]).0, 0);
}

#[test]
fn what_one_may_not_do_one_may_not_take_back() {
    let desk = desk();
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    desk.good(&OUT);
    as_user(&desk, "jean", &["config", "set", "authority", "posts"]);
    assert!(desk.refused(&["undo"]).contains("demandez à Jean Essomba"));
    as_user(&desk, "jean", &["config", "set", "authority", "anyone"]);
    assert!(desk.good(&["undo"]).contains("Annulé"));
}

#[test]
fn what_the_organisation_wants_unseen_asks_for_a_post_when_it_is_set() {
    let desk = desk();
    contact(&desk, "Jean Essomba", "directeur-projet", "jean@exemple.org");
    as_user(&desk, "jean", &["config", "set", "authority", "posts"]);
    let unseen = ["config", "set", "notices.automatic", "delay"];
    assert!(desk.refused(&unseen).contains("demandez à Jean Essomba"));
    assert_eq!(as_user(&desk, "jean", &unseen).0, 0);
    let terms = ["--project", "PACS", "--start", "2026-03", "--duration", "8", "--contractor", "Mbondé"];
    desk.good(&[&["site", "add", "CH-2"], &terms[..]].concat());
    desk.good(&["entry", "CH-2", "2026-03", "5"]);
    let folder = desk.path("sortie");
    desk.good(&["config", "set", "mail.folder", folder.to_str().unwrap()]);
    desk.good(&["config", "set", "mail.from", "cellule@exemple.org"]);
    // A timer runs under a name that nobody knows.
    let (code, said) = as_user(&desk, "systemd", &["notices", "run"]);
    assert!(matches!(code, 0 | 1), "{said}");
    let kept = desk.json(&["notices", "list"]);
    let letter = kept.as_array().unwrap().iter().find(|it| it["kind"] == "delay").unwrap();
    assert_eq!(letter["state"], "ready", "{said}");
}
