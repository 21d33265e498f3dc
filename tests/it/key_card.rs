//! The key tables: readable, without clashes, worded in both languages, and printed in the documents.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use chantier::texts::{Language, Texts};
use chantier::ui::app::{GLOBAL, GO};
use chantier::ui::key_card::{card, tables};
use chantier::ui::keymap::parse;

const LINES_MAX: usize = 74;
const COLUMNS_MAX: usize = 100;

#[test]
fn every_key_is_named_once_and_clashes_with_no_other() {
    let mut problems = Vec::new();
    let global: Vec<_> = GLOBAL.iter().flat_map(|it| it.keys.split(' ')).map(|it| (it, parse(it))).collect();
    let digits: Vec<_> = GO.iter().filter_map(|it| it.digit).map(|it| parse(&it.to_string())).collect();
    for table in tables() {
        let mut seen = Vec::new();
        for label in table.bound.iter().flat_map(|it| it.0.split(' ')) {
            let key = parse(label);
            if key.is_none() {
                problems.push(format!("{}: no key is called {label}", table.file));
            }
            if seen.contains(&key) {
                problems.push(format!("{}: {label} twice", table.file));
            }
            if global.iter().any(|it| it.1 == key) || digits.contains(&key) {
                problems.push(format!("{}: {label} already works on every screen", table.file));
            }
            seen.push(key);
        }
    }
    for (at, (label, key)) in global.iter().enumerate() {
        if key.is_none() || global[..at].iter().any(|it| it.1 == *key) || digits.contains(key) {
            problems.push(format!("everywhere: {label}"));
        }
    }
    let letters: BTreeSet<char> = GO.iter().map(|it| it.key).collect();
    assert_eq!(letters.len(), GO.len(), "two places share a letter");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_key_is_explained_in_both_languages() {
    for texts in [Texts::new(Language::French), Texts::new(Language::English)] {
        let tables = tables();
        let own = tables.iter().flat_map(|it| it.bound.iter().chain(&it.typed)).map(|it| it.1);
        let places = tables.iter().map(|it| it.title);
        let everywhere = GLOBAL.iter().map(|it| it.help).chain(GO.iter().map(|it| it.help));
        let missing: BTreeSet<_> = own.chain(places).chain(everywhere).filter(|it| !texts.has(it)).collect();
        assert!(missing.is_empty(), "{:?}: {missing:?}", texts.language);
    }
}

/// The names of the files and folders that hold a screen.
fn screens(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = if path.is_dir() { path.join("mod.rs") } else { path.clone() };
        if fs::read_to_string(&file).unwrap().contains("\nimpl Screen for ") {
            found.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

#[test]
fn the_key_card_knows_every_screen() {
    let known: BTreeSet<String> = tables().iter().map(|it| it.file.to_owned()).collect();
    assert_eq!(known, screens(Path::new("src/ui/screens")), "left: `tables` in src/ui/key_card.rs");
}

#[test]
fn the_key_card_in_the_documents_is_the_present_one() {
    let cards = [("docs/touches.md", Language::French), ("docs/keys.md", Language::English)]
        .map(|(path, language)| (path, card(&Texts::new(language))));
    if env::var_os("CHANTIER_WRITE").is_some() {
        fs::create_dir_all("docs").unwrap();
        for (path, card) in &cards {
            fs::write(path, card).unwrap();
        }
    }
    for (path, wanted) in cards {
        let kept = fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == wanted,
            "{path} no longer says what the keys are; `CHANTIER_WRITE=1 cargo test key_card` (or `just keys`) writes it again"
        );
        assert!(wanted.lines().count() <= LINES_MAX, "{path}: more than one printed page");
        let widest = wanted.lines().max_by_key(|it| it.chars().count()).unwrap();
        assert!(widest.chars().count() <= COLUMNS_MAX, "{path}: too wide: {widest}");
    }
}
