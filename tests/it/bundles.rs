//! Bundles by stick and mail: what is whole is taken in, whatever else happened to a file is one sentence.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::{CWD, FileType, mknodat};
use serde_json::json;

use crate::desk::{self, Desk};
use crate::fleet::{figures, founder, guest, member, text};

/// Writes a bundle of everything; returns its path.
fn bundle(desk: &Desk, name: &str, more: &[&str]) -> PathBuf {
    let path = desk.path(name);
    desk.good(&[&["bundle", "export", text(&path)], more].concat());
    path
}

fn import(desk: &Desk, path: &Path) -> serde_json::Value {
    desk.json(&["bundle", "import", text(path)])
}

fn refused(desk: &Desk, path: &Path) -> String {
    desk.refused(&["bundle", "import", text(path)])
}

fn database(desk: &Desk) -> PathBuf {
    desk.path(".local/share/chantier/chantier.db")
}

#[test]
fn a_bundle_makes_the_same_organisation_elsewhere_and_twice_is_once() {
    let awa = founder();
    let issa = Desk::new();
    let path = bundle(&awa, "avril 2026\nfin.chantier", &[]);
    let summary = import(&issa, &path);
    assert!(summary["received"].as_u64().unwrap() > 0, "{summary}");
    assert_eq!(figures(&issa), figures(&awa));
    let summary = import(&issa, &path);
    assert_eq!((&summary["received"], &summary["held"]), (&0.into(), &0.into()), "{summary}");
    let seen = issa.json(&["bundle", "inspect", text(&path)]);
    assert_eq!((&seen["organisation"], &seen["users"]), (&"Cellule de suivi".into(), &json!(["awa"])));
    // A file is never written over.
    assert!(awa.refused(&["bundle", "export", text(&path)]).contains("existe déjà"));
}

#[test]
fn parts_are_taken_in_any_order() {
    let awa = founder();
    let issa = member(&awa, "issa");
    awa.good(&["bundle", "export", text(&awa.path("enrol.chantier"))]);
    import(&issa, &awa.path("enrol.chantier"));
    for n in 1..=6 {
        awa.good(&["entry", "CH-1", &format!("2025-0{n}"), &n.to_string(), "--observation", &words(n)]);
        // Each export seals what was written: so many segments.
        awa.good(&["bundle", "export", text(&awa.path(&format!("{n}.chantier")))]);
    }
    let small = awa.refused(&["bundle", "export", text(&awa.path("x.chantier")), "--max-size", "10"]);
    assert!(small.contains("octets"), "{small}");
    let whole = awa.path("lot.chantier");
    let written = awa.json(&["bundle", "export", text(&whole), "--max-size", "5500"]);
    let mut files: Vec<String> =
        written["files"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
    assert!(files.len() > 2, "{files:?}");
    assert!(files.iter().all(|it| fs::metadata(it).unwrap().len() <= 5500));
    let part = issa.json(&["bundle", "inspect", &files[1]]);
    assert_eq!((&part["part"], &part["parts"]), (&2.into(), &files.len().into()));
    files.reverse();
    for file in &files {
        import(&issa, Path::new(file));
    }
    assert_eq!(figures(&issa), figures(&awa));
    assert_eq!(issa.json(&["bundle", "inspect", &files[0]])["lacks"], json!([]));
}

/// Text that packs badly, so that segments have a size.
fn words(seed: u64) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
    };
    (0..500).map(|_| next()).collect()
}

#[test]
fn an_old_bundle_after_a_new_one_changes_nothing() {
    let awa = founder();
    let old = bundle(&awa, "old.chantier", &[]);
    awa.good(&["entry", "CH-1", "2026-01", "6"]);
    let new = bundle(&awa, "new.chantier", &[]);
    let issa = Desk::new();
    import(&issa, &new);
    let summary = import(&issa, &old);
    assert_eq!((&summary["received"], &summary["conflicts"]), (&0.into(), &0.into()), "{summary}");
    assert!(figures(&issa).contains("2026-01,6.00"));
}

#[test]
fn a_closed_bundle_opens_for_those_it_is_closed_to() {
    let awa = founder();
    let issa = member(&awa, "issa");
    let key = awa.json(&["machine", "show"])["key"].as_str().unwrap().to_owned();
    let line = ssh_line(&key);
    awa.good(&["entry", "CH-1", "2026-02", "8"]);
    let machine = bundle(&awa, "machine.chantier", &["--to", "issa"]);
    let by_line = bundle(&awa, "line.chantier", &["--to", &line]);
    let file = awa.path("key.pub");
    fs::write(&file, &line).unwrap();
    let by_file = bundle(&awa, "file.chantier", &["--to", text(&file), "--to", "issa"]);
    for path in [&machine, &by_line, &by_file] {
        assert!(fs::read(path).unwrap().starts_with(b"age-encryption.org/"));
    }
    let said = refused(&Desk::new(), &machine);
    assert!(said.contains("chiffré pour d’autres"), "{said}");
    assert!(refused(&issa, &by_line).contains("chiffré pour d’autres"));
    let summary = import(&issa, &machine);
    assert!(summary["received"].as_u64().unwrap() > 0);
    assert_eq!(import(&issa, &by_file)["received"], 0);
    // Whoever has the private key opens it, here a new machine without a database.
    let fresh = Desk::new();
    let own = crate::fleet::files(&awa.path(".local"));
    let own = own.iter().find(|it| fs::read_to_string(it).is_ok_and(|it| it.contains("OPENSSH PRIVATE KEY")));
    let own = own.expect("the key of the machine");
    fresh.good(&["bundle", "import", text(&by_line), "--identity", text(own)]);
    assert_eq!(figures(&fresh), figures(&awa));
}

/// A line as `ssh-keygen` writes it, with a comment.
fn ssh_line(key: &str) -> String {
    let words: Vec<&str> = key.split_whitespace().collect();
    format!("{} {} awa@portable", words[0], words[1])
}

#[test]
fn an_age_key_opens_what_is_closed_to_it() {
    let awa = founder();
    let identity = age::x25519::Identity::generate();
    let secret = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    let path = bundle(&awa, "age.chantier", &["--to", &identity.to_public().to_string()]);
    let key = awa.path("age.txt");
    fs::write(&key, format!("# created\n{secret}\n")).unwrap();
    let fresh = Desk::new();
    assert!(refused(&fresh, &path).contains("chiffré pour d’autres"));
    assert!(!database(&fresh).exists());
    fresh.good(&["bundle", "import", text(&path), "--identity", text(&key)]);
    assert_eq!(figures(&fresh), figures(&awa));
}

#[test]
fn a_key_file_that_is_none_makes_nobody_wait() {
    let awa = founder();
    let other = age::x25519::Identity::generate().to_public().to_string();
    let path = bundle(&awa, "all.chantier", &["--to", &other]);
    let pipe = awa.path("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, 0o600.into(), 0).unwrap();
    for bad in ["/dev/zero", text(&pipe), "/", "/nowhere"] {
        let said = awa.refused(&["bundle", "inspect", text(&path), "--identity", bad]);
        assert!(said.contains("clé") || said.contains("identité"), "{bad}: {said}");
        let out = awa.path("out.chantier");
        assert!(awa.refused(&["bundle", "export", text(&out), "--to", bad]).contains("ni une clé"));
        assert!(!out.exists());
    }
}

#[test]
fn what_is_refused_changes_nothing() {
    let awa = founder();
    let issa = guest(&awa);
    awa.good(&["entry", "CH-1", "2026-02", "8"]);
    let good = fs::read(bundle(&awa, "good.chantier", &[])).unwrap();
    let before = issa.good(&["export", "changes", "--format", "csv"]);
    let mail: Vec<u8> =
        good.iter().flat_map(|it| if *it == b'\n' { vec![b'\r', b'\n'] } else { vec![*it] }).collect();
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 0x10;
    for (name, bytes, words) in [
        ("flipped", flipped, "abîmé"),
        ("cut", good[..good.len() - 40].to_vec(), "incomplet"),
        ("start", good[..5].to_vec(), "incomplet"),
        ("mail", mail, "courriel"),
        ("base64", base64(&good), "base64"),
        ("appended", [&good[..], b"-- \nSent from a phone"].concat(), "derrière"),
        ("empty", Vec::new(), "vide"),
        ("text", b"Bonjour".to_vec(), "pas un lot"),
        ("zeros", vec![0; 4096], "pas un lot"),
    ] {
        let path = issa.path(name);
        fs::write(&path, bytes).unwrap();
        let said = refused(&issa, &path);
        assert!(said.contains(words), "{name}: {said}");
        let fresh = Desk::new();
        refused(&fresh, &path);
        assert!(!database(&fresh).exists(), "{name}: no empty database is left behind");
    }
    assert_eq!(issa.good(&["export", "changes", "--format", "csv"]), before);
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for some in bytes.chunks(3) {
        let word =
            some.iter().fold(0_usize, |sum, it| (sum << 8) | usize::from(*it)) << (8 * (3 - some.len()));
        out.extend((0..4).map(|at| LETTERS[(word >> (18 - 6 * at)) & 63]));
    }
    out
}

#[test]
fn whole_segments_of_a_cut_bundle_are_taken_on_request() {
    let awa = founder();
    for n in 1..=6 {
        awa.good(&["entry", "CH-1", &format!("2025-0{n}"), &n.to_string()]);
        awa.good(&["bundle", "export", text(&awa.path(&format!("{n}.chantier")))]);
    }
    let whole = fs::read(bundle(&awa, "all.chantier", &[])).unwrap();
    let cut = awa.path("cut.chantier");
    fs::write(&cut, &whole[..whole.len() * 3 / 4]).unwrap();
    let fresh = Desk::new();
    assert!(refused(&fresh, &cut).contains("--partial"));
    assert!(!database(&fresh).exists());
    let output = fresh.run(&["bundle", "import", text(&cut), "--partial"]);
    assert_eq!(output.status.code(), Some(1), "{}", desk::text(&output.stderr));
    assert!(desk::text(&output.stderr).contains("incomplet"));
    let some = figures(&fresh).lines().count();
    assert!(some > 1 && some < figures(&awa).lines().count(), "{some} lines");
    // What was cut off is still lacking, and comes with the whole bundle.
    fresh.good(&["bundle", "import", text(&awa.path("all.chantier"))]);
    assert_eq!(figures(&fresh), figures(&awa));
    let nothing = awa.path("nothing.chantier");
    fs::write(&nothing, &whole[..230]).unwrap();
    let fresh = Desk::new();
    fresh.refused(&["bundle", "import", text(&nothing), "--partial"]);
    assert!(!database(&fresh).exists());
}

#[test]
fn other_organisations_and_unknown_machines_are_refused() {
    let (awa, other) = (founder(), founder());
    let foreign = bundle(&other, "foreign.chantier", &[]);
    assert!(refused(&awa, &foreign).contains("de l’organisation « Cellule de suivi »"));
    // A machine that knows that it is enrolled, for one that was not told.
    let issa = member(&awa, "issa");
    let told = bundle(&awa, "told.chantier", &["--for", "issa"]);
    import(&issa, &told);
    let early = Desk::new();
    fs::copy(issa.path("first.chantier"), early.path("first.chantier")).unwrap();
    early.good(&["bundle", "import", text(&early.path("first.chantier"))]);
    issa.good(&["entry", "CH-1", "2026-03", "9"]);
    // Only what Awa does not have: the list of machines is not in it.
    let for_awa = issa.path("awa.chantier");
    let founder_name = issa
        .json(&["machine", "list"])
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["admin"] == true)
        .unwrap()["replica"]
        .as_str()
        .unwrap()
        .to_owned();
    issa.good(&["bundle", "export", text(&for_awa), "--for", &founder_name]);
    let said = refused(&early, &for_awa);
    assert!(said.contains("n’est pas inscrite"), "{said}");
    assert!(!figures(&early).contains("2026-03"));
    assert_eq!(import(&awa, &for_awa)["received"], 1);
}

#[test]
fn whatever_lies_at_the_path_makes_nobody_wait() {
    let awa = founder();
    let good = bundle(&awa, "good.chantier", &[]);
    let pipe = awa.path("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, 0o600.into(), 0).unwrap();
    let fresh = Desk::new();
    for (path, words) in [
        (Path::new("/nowhere/x.chantier"), "ne s’ouvre pas"),
        (Path::new("/"), "pas un fichier"),
        (&pipe, "pas un fichier"),
        (Path::new("/dev/zero"), "pas un fichier"),
    ] {
        let said = refused(&fresh, path);
        assert!(said.contains(words), "{}: {said}", path.display());
    }
    assert!(!database(&fresh).exists());
    let link = fresh.path("lien");
    symlink(&good, &link).unwrap();
    import(&fresh, &link);
    assert_eq!(figures(&fresh), figures(&awa));
}

#[test]
fn stock_ssh_keygen_accepts_each_segment() {
    let awa = founder();
    let path = bundle(&awa, "all.chantier", &[]);
    let folder = awa.path("preuve");
    awa.good(&["bundle", "inspect", text(&path), "--extract", text(&folder)]);
    let signers = fs::read_to_string(folder.join("allowed_signers")).unwrap();
    let who = signers.split_whitespace().next().unwrap();
    let mut count = 0;
    while folder.join(format!("segment-{}.bin", count + 1)).exists() {
        count += 1;
        let message = folder.join(format!("segment-{count}.bin"));
        let verify = |message: &Path| {
            #[expect(clippy::disallowed_methods, reason = "tests run the real program")]
            let mut command = Command::new("ssh-keygen");
            command.args(["-Y", "verify", "-n", "chantier-seg-v1", "-I", who, "-f"]);
            command.arg(folder.join("allowed_signers")).arg("-s");
            command.arg(folder.join(format!("segment-{count}.bin.sig")));
            command.stdin(fs::File::open(message).unwrap()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status()
        };
        let Ok(status) = verify(&message) else {
            eprintln!("ssh-keygen is not installed: its verdict on segments was not asked for");
            return;
        };
        assert!(status.success(), "segment {count}");
        let mut bytes = fs::read(&message).unwrap();
        bytes[20] ^= 1;
        fs::write(folder.join("forged"), bytes).unwrap();
        assert!(!verify(&folder.join("forged")).unwrap().success(), "segment {count}, forged");
    }
    assert!(count > 1);
}
