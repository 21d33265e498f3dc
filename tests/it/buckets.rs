//! Machines exchange through a bucket of an S3-type store.

use std::fs;

use serde_json::{Value, json};

use crate::bucket_server::{BucketServer, Mood};
use crate::desk::{Desk, text};
use crate::fleet::{figures, founder, member};

/// A machine with the key of the store, in the file that the tools of stores use.
fn with_key(desk: Desk, server: &BucketServer) -> Desk {
    let file = desk.path(".aws/credentials");
    fs::create_dir(file.parent().unwrap()).unwrap();
    fs::write(&file, "[default]\naws_access_key_id = cle\naws_secret_access_key = secret\n").unwrap();
    desk.good(&["remote", "add", &server.place()]);
    desk
}

fn two(server: &BucketServer) -> [Desk; 2] {
    let awa = founder();
    let issa = member(&awa, "issa");
    [with_key(awa, server), with_key(issa, server)]
}

fn sync(desk: &Desk) -> Value {
    desk.json(&["sync"])
}

#[test]
fn machines_share_a_bucket() {
    let server = BucketServer::start();
    let [awa, issa] = two(&server);
    issa.good(&["entry", "CH-1", "2026-02", "9"]);
    for month in ["2025-05", "2025-06", "2025-07", "2025-08"] {
        awa.good(&["entry", "CH-1", month, "1"]);
        sync(&awa);
    }
    sync(&issa);
    let summary = sync(&awa);
    assert_eq!((&summary["received"], &summary["refused"]), (&1.into(), &json!([])), "{summary}");
    assert_eq!(figures(&awa), figures(&issa));
    assert!(figures(&awa).contains("2026-02,9.00") && figures(&awa).contains("2025-08,1.00"));
    let objects = server.objects.lock().unwrap().clone();
    assert!(
        objects.len() >= 5 && objects.keys().all(|it| it.starts_with("cellule/")),
        "{:?}",
        objects.keys()
    );
    let asked = server.asked.lock().unwrap().len();
    let summary = sync(&awa);
    assert_eq!((&summary["sent"], &summary["received"]), (&0.into(), &0.into()));
    let again = server.asked.lock().unwrap()[asked..].to_vec();
    assert!(again.iter().all(|it| it == "GET /suivi" || it == "GET /suivi/"), "only a listing: {again:?}");
}

#[test]
fn what_is_there_already_is_never_written_over() {
    let server = BucketServer::start();
    let [awa, _issa] = two(&server);
    sync(&awa);
    let name = server.objects.lock().unwrap().keys().next().unwrap().clone();
    // Somebody else's bytes under the next name: they stay.
    awa.good(&["entry", "CH-1", "2026-02", "9"]);
    let next = {
        let mut objects = server.objects.lock().unwrap();
        let first = objects.remove(&name).unwrap();
        let before = objects.len();
        objects.insert(name.clone(), first);
        assert_eq!(before, 0);
        name.clone()
    };
    let bytes = server.objects.lock().unwrap()[&next].clone();
    sync(&awa);
    assert_eq!(server.objects.lock().unwrap()[&next], bytes);
    assert_eq!(server.objects.lock().unwrap().len(), 2);
}

#[test]
fn each_failure_is_one_sentence_and_the_exchange_goes_on_later() {
    let server = BucketServer::start();
    let [awa, issa] = two(&server);
    for (mood, words) in [
        (Mood::Answers(403, "AccessDenied"), "refuse l’accès"),
        (Mood::Answers(403, "InvalidAccessKeyId"), "n’accepte pas cette clé"),
        (Mood::Answers(403, "SignatureDoesNotMatch"), "n’accepte pas cette clé"),
        (Mood::Answers(403, "RequestTimeTooSkewed"), "l’heure de cette machine"),
        (Mood::Answers(404, "NoSuchBucket"), "n’a pas de seau"),
        (Mood::Answers(301, "PermanentRedirect"), "autre région"),
        (Mood::Answers(500, "InternalError"), "en panne"),
        (Mood::Answers(418, "Teapot"), "418 Teapot"),
        (Mood::Cuts, "ce qui est passé reste"),
        (Mood::Page, "ne répond pas comme un dépôt"),
    ] {
        server.feel(mood);
        let said = awa.refused(&["sync"]);
        assert!(said.contains(words), "{mood:?}: {said}");
        assert!(!said.contains("secret"), "{said}");
    }
    server.feel(Mood::Busy(2));
    assert!(sync(&awa)["sent"].as_u64().unwrap() > 0);
    sync(&issa);
    assert_eq!(figures(&awa), figures(&issa));
}

#[test]
fn the_key_is_asked_for_and_kept_nowhere() {
    let server = BucketServer::start();
    let awa = founder();
    awa.good(&["remote", "add", &server.place()]);
    assert!(awa.refused(&["sync"]).contains("AWS_ACCESS_KEY_ID"));
    let mut command = awa.command(&["sync"]);
    command.env("AWS_ACCESS_KEY_ID", "cle").env("AWS_SECRET_ACCESS_KEY", "tres-secret");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for file in crate::fleet::files(&awa.path("")) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(11).any(|it| it == b"tres-secret"), "{}", file.display());
    }
    let said = awa.refused(&["remote", "add", "s3://suivi?endpoint=http://exemple.org"]);
    assert!(said.contains("https"), "{said}");
    let said = awa.refused(&["remote", "add", "s3://suivi?endpoint=https://cle:secret@exemple.org"]);
    assert!(said.contains("ni nom ni mot de passe"), "{said}");
}

#[test]
fn a_store_that_sends_more_than_a_pack_is_not_drunk_dry() {
    let server = BucketServer::start();
    let [awa, issa] = two(&server);
    sync(&awa);
    let name = server.objects.lock().unwrap().keys().next().unwrap().clone();
    let other = name.replace("-0000", "-0009");
    server.objects.lock().unwrap().insert(other, vec![0; 17 << 20]);
    let summary = sync(&issa);
    let said = summary["refused"][0].as_str().unwrap();
    assert!(said.contains("plus grand que tout ce que dépose chantier"), "{summary}");
    assert!(summary["received"].as_u64().unwrap() > 0);
}
