//! Rules about the source itself: layers, lengths, first lines, words.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// `(folder, what its files may not mention)`.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "src/model",
        &[
            "crate::rules",
            "crate::store",
            "crate::actions",
            "crate::cli",
            "crate::import",
            "rusqlite",
            "std::fs",
        ],
    ),
    (
        "src/rules",
        &["crate::store", "crate::actions", "crate::cli", "crate::import", "rusqlite", "std::fs", "::now()"],
    ),
    ("src/store", &["crate::rules", "crate::actions", "crate::cli", "crate::import", "crate::export"]),
    ("src/import", &["crate::rules", "crate::store", "crate::actions", "crate::cli", "rusqlite"]),
    ("src/export", &["crate::rules", "crate::store", "crate::actions", "crate::cli", "rusqlite"]),
    ("src/demo", &["crate::rules", "crate::store", "crate::actions", "crate::cli", "rusqlite"]),
    ("src/actions", &["crate::cli", "rusqlite", "println!", "std::env", "::now()"]),
    ("src/cli", &["crate::store", "rusqlite"]),
    ("src/ui/terminal", &["crate::", "rusqlite"]),
];
const LINES_MAX: usize = 400;

#[test]
fn source_is_tidy() {
    let mut problems = Vec::new();
    for path in files(Path::new("src"), "rs") {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let mut report = |what: &str| problems.push(format!("{}: {what}", path.display()));
        if !text.starts_with("//! ") {
            report("the first line must say what the file is for");
        }
        if LINES_MAX < code.lines().count() {
            report("too long");
        }
        for word in ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"] {
            if code.contains(word) {
                report(&format!("{word} is left"));
            }
        }
        for (folder, banned) in LAYERS.iter().filter(|(folder, _)| path.starts_with(folder)) {
            for word in banned.iter().filter(|word| code.contains(**word)) {
                report(&format!("{folder} may not mention {word}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The keys of every message of a language.
fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for path in files(&Path::new("locales").join(language), "ftl") {
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|it| !it.starts_with([' ', '#', '}', '.', '['])) {
            if let Some((key, _)) = line.split_once(" =") {
                assert!(keys.insert(key.trim().to_owned()), "{}: {key} twice", path.display());
            }
        }
    }
    keys
}

/// The places `{ $name }` of every message of a language.
fn arguments(language: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for path in files(&Path::new("locales").join(language), "ftl") {
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if !line.starts_with([' ', '#', '}', '.', '['])
                && let Some((name, _)) = line.split_once(" =")
            {
                name.trim().clone_into(&mut key);
            }
            for place in line.split('$').skip(1) {
                let name: String =
                    place.chars().take_while(|it| it.is_alphanumeric() || *it == '-' || *it == '_').collect();
                found.insert((key.clone(), name));
            }
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (fr, en) = (keys("fr"), keys("en"));
    assert_eq!(fr.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    assert_eq!(en.difference(&fr).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in French");
    let (fr, en) = (arguments("fr"), arguments("en"));
    assert_eq!(fr.symmetric_difference(&en).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

/// Prefixes of keys that are put together from data.
const COMPOSED: &[&str] = &[
    "cmd-",
    "arg-",
    "op-",
    "status-",
    "outcome-",
    "state-",
    "field-",
    "decision-",
    "decide-",
    "post-",
    "kind-",
    "mark-",
    "month-",
    "export-",
    "scheme-",
    "outcome-short-",
];
/// Ends of keys that are put together from data.
const COMPOSED_ENDS: &[&str] = &["-unknown", "-ambiguous", "-here"];

#[test]
fn every_message_is_used_and_every_key_exists() {
    let keys = keys("fr");
    let mut source = String::new();
    for path in files(Path::new("src"), "rs") {
        source.push_str(&fs::read_to_string(&path).unwrap());
    }
    let unused: Vec<_> = keys
        .iter()
        .filter(|key| {
            !COMPOSED.iter().any(|it| key.starts_with(it))
                && !COMPOSED_ENDS.iter().any(|it| key.ends_with(it))
                && !source.contains(&format!("\"{key}\""))
        })
        .collect();
    assert!(unused.is_empty(), "never used: {unused:?}");
    let mut missing = BTreeSet::new();
    for call in ["Problem::new(\"", ".text(\"", ".with(\"", ".fill(\""] {
        for rest in source.split(call).skip(1) {
            let key: String = rest.chars().take_while(|it| *it != '"').collect();
            if call != ".with(\"" && !key.is_empty() && !keys.contains(&key) {
                missing.insert(key);
            }
        }
    }
    assert!(missing.is_empty(), "no sentence for: {missing:?}");
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
