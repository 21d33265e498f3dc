//! Rules about the source itself: layers, lengths, first lines, words.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// `(folder or file, what may not be mentioned in it)`.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "src/model",
        &[
            "crate::rules",
            "crate::store",
            "crate::actions",
            "crate::cli",
            "crate::ui",
            "crate::import",
            "rusqlite",
            "std::fs",
        ],
    ),
    (
        "src/rules",
        &[
            "crate::store",
            "crate::actions",
            "crate::cli",
            "crate::ui",
            "crate::import",
            "rusqlite",
            "std::fs",
            "::now()",
        ],
    ),
    (
        "src/store",
        &[
            "crate::rules",
            "crate::actions",
            "crate::cli",
            "crate::ui",
            "crate::import",
            "crate::export",
            "crate::sync",
        ],
    ),
    (
        "src/import",
        &["crate::rules", "crate::store", "crate::actions", "crate::cli", "crate::ui", "rusqlite"],
    ),
    (
        "src/export",
        &["crate::rules", "crate::store", "crate::actions", "crate::cli", "crate::ui", "rusqlite"],
    ),
    (
        "src/sync",
        &[
            "crate::rules",
            "crate::actions",
            "crate::cli",
            "crate::ui",
            "crate::import",
            "crate::store::Store",
            "crate::store::read",
            "crate::store::transact",
            "rusqlite",
        ],
    ),
    (
        "src/notify",
        &["crate::rules", "crate::store", "crate::actions", "crate::cli", "crate::ui", "rusqlite"],
    ),
    ("src/demo", &["crate::rules", "crate::store", "crate::actions", "crate::cli", "crate::ui", "rusqlite"]),
    (
        "src/actions",
        &["crate::cli", "crate::ui", "crate::texts", "rusqlite", "println!", "std::env", "::now()"],
    ),
    ("src/texts", &["crate::store", "crate::cli", "crate::ui", "rusqlite", "std::fs", "std::env"]),
    ("src/cli", &["crate::store", "rusqlite"]),
    ("src/ui", &["crate::store", "crate::cli", "rusqlite", "println!"]),
    ("src/ui/screens", SCREENS),
    ("src/ui/widgets", SCREENS),
    ("src/ui/widgets", &["ui::screens", "ui::app", "ui::frame"]),
    ("src/ui/terminal", &["crate::", "rusqlite"]),
];

/// What screens and their pieces may not mention: they are given rows, today and words.
const SCREENS: &[&str] = &["ui::fulfil", "ui::world", "ui::application", "ui::run", "ui::local"];

/// `(word, the folder for which this holds, the only places in it that may mention the word)`.
const ONLY_IN: &[(&str, &str, &[&str])] = &[
    ("Color::", "src/ui", &["src/ui/theme.rs", "src/ui/terminal", "src/ui/picture"]),
    (
        "Instant::now",
        "src",
        &["src/ui/run.rs", "src/ui/terminal", "src/import/fence.rs", "src/notify/wire.rs"],
    ),
    ("crate::clock", "src/ui", &["src/ui/world.rs"]),
    ("std::fs", "src/ui", &["src/ui/local.rs", "src/ui/fulfil"]),
    ("std::process", "src/ui", &["src/ui/local.rs", "src/ui/terminal"]),
    ("std::env", "src/ui", &[]),
    (
        "actions::session",
        "src/ui",
        &[
            "src/ui/fulfil",
            "src/ui/world.rs",
            "src/ui/application.rs",
            "src/ui/run.rs",
            "src/ui/local.rs",
            "src/ui/exchanging.rs",
        ],
    ),
];
/// Most lines of a file, its tests aside.
const LINES_MAX: usize = 400;
/// Most lines of a function, from its name to its end.
const FUNCTION_LINES_MAX: usize = 70;

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
        for (word, folder, places) in ONLY_IN {
            let may = !path.starts_with(folder) || places.iter().any(|it| path.starts_with(it));
            if !may && code.contains(word) {
                report(&format!("in {folder} {word} belongs only into {places:?}"));
            }
        }
        for (name, lines) in functions(code).filter(|(_, lines)| FUNCTION_LINES_MAX < *lines) {
            report(&format!("{name} has {lines} lines"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The functions of a formatted file, each with its number of lines.
fn functions(code: &str) -> impl Iterator<Item = (&str, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let named = lines.clone().into_iter().enumerate().filter_map(|(at, line)| {
        let (before, rest) = line.split_once("fn ")?;
        let words = ["pub", "pub(super)", "pub(crate)", "const", "unsafe"];
        before.split_whitespace().all(|it| words.contains(&it)).then_some((at, before, rest))
    });
    named.filter_map(move |(at, before, rest)| {
        let indent = before.len() - before.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let name = rest.split(['(', '<']).next()?;
        if lines[at].ends_with(['}', ';']) {
            return Some((name, 1));
        }
        Some((name, lines[at..].iter().position(|it| *it == end)? + 1))
    })
}

#[test]
fn functions_are_measured_from_name_to_end() {
    let code = "impl A {\n    pub const fn a(\n        b: u8,\n    ) -> u8 {\n        b\n    }\n\n    fn c() {}\n}\n";
    assert_eq!(functions(code).collect::<Vec<_>>(), [("a", 5), ("c", 1)]);
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
    "role-",
    "letter-column-",
    "notice-kind-",
    "notice-named-",
    "notice-state-",
    "month-",
    "export-",
    "scheme-",
    "outcome-short-",
    "exchange-column-",
    "exchange-kind-",
    "exchange-held-",
    "reply-",
    "visa-level-",
    "notices-count-",
    "notices-stage-",
    "notices-column-",
    "notice-short-",
    "fate-",
    "channel-",
    "visa-form-",
    "trail-alert-",
    "trail-notice-",
    "trail-state-",
    "trail-delivery-",
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

/// A field that is read by a key that no form has would be read as unchanged.
#[test]
fn every_answer_of_a_form_has_a_field() {
    let fields = fs::read_to_string("src/ui/fulfil/form/fields.rs").unwrap();
    let saved = fs::read_to_string("src/ui/fulfil/form/save.rs").unwrap();
    for call in ["text", "changed", "read", "emptied"].map(|it| format!("answers.{it}(\"form-")) {
        for rest in saved.split(&call).skip(1) {
            let key: String = rest.chars().take_while(|it| *it != '"').collect();
            let made = ["text", "choice"].map(|it| format!("Field::{it}(\"form-{key}\""));
            assert!(made.iter().any(|it| fields.contains(it)), "no field form-{key}");
        }
    }
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
