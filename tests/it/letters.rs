//! Letters: every notice in both languages against its golden file, hostile data, faulty templates.

use std::fs;
use std::path::PathBuf;

use chantier::model::notice::NoticeKind;
use chantier::notify::letter::{self, Addressee, reference};
use chantier::notify::{Facts, Sheet, Templates, Writer, sample};
use chantier::texts::Language;
use unicode_width::UnicodeWidthStr;

use crate::desk::fixture;

const LANGUAGES: [(&str, Language); 2] = [("fr", Language::French), ("en", Language::English)];

/// Returns the whole letter of a kind, as it goes out.
fn written(templates: &Templates, language: Language, kind: NoticeKind, facts: &Facts) -> String {
    let writer = Writer::new(language, templates);
    let draft = writer.draft(kind, facts).expect("subject and body");
    let (addressees, copies) = sample::parties();
    let reference = reference(Some(12), facts, Some(2026));
    let day = Some("2026-04-06".parse().unwrap());
    let sheet =
        Sheet { facts, draft: &draft, reference: &reference, day, addressees: &addressees, copies: &copies };
    writer.letter(&sheet).expect("a letter")
}

fn golden(language: &str, kind: NoticeKind) -> PathBuf {
    fixture("letters").join(language).join(format!("{}.txt", kind.word()))
}

/// Returns the facts that a notice of a kind is given.
fn facts_of(kind: NoticeKind) -> Facts {
    let full = sample::full();
    let registered =
        matches!(kind, NoticeKind::FormalNotice | NoticeKind::PreDemobilisation | NoticeKind::Demobilisation);
    let unit = full.unit.clone().filter(|_| kind.is_about_lot());
    Facts { registered, unit, ..full }
}

/// Writes the golden files: look at every change of theirs before keeping it.
#[test]
#[ignore = "writes the golden files"]
fn write_letters() {
    for (word, language) in LANGUAGES {
        for kind in NoticeKind::ALL {
            let path = golden(word, kind);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, written(&Templates::default(), language, kind, &facts_of(kind))).unwrap();
        }
    }
}

#[test]
fn every_notice_reads_as_it_did() {
    for (word, language) in LANGUAGES {
        for kind in NoticeKind::ALL {
            let letter = written(&Templates::default(), language, kind, &facts_of(kind));
            let golden = fs::read_to_string(golden(word, kind)).expect("a golden file");
            assert_eq!(letter, golden, "{word} {}", kind.word());
            for line in letter.lines() {
                assert!(line.width() <= 78, "{word} {}: {line}", kind.word());
            }
        }
    }
}

#[test]
fn a_demobilisation_says_that_it_is_no_termination() {
    let facts = facts_of(NoticeKind::Demobilisation);
    let plain = |language| {
        let letter = written(&Templates::default(), language, NoticeKind::Demobilisation, &facts);
        letter.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(plain(Language::French).contains("n’est pas une résiliation du marché"));
    assert!(plain(Language::English).contains("is not a termination of the contract"));
}

#[test]
fn figures_have_the_decimal_sign_of_the_language() {
    let facts = facts_of(NoticeKind::Delay);
    let french = written(&Templates::default(), Language::French, NoticeKind::Delay, &facts);
    let english = written(&Templates::default(), Language::English, NoticeKind::Delay, &facts);
    assert!(french.contains("28,00") && !french.contains("28.00"), "{french}");
    assert!(english.contains("28.00") && !english.contains("28,00"), "{english}");
}

#[test]
fn names_from_outside_are_only_ever_text() {
    let hostile = [
        "{{ 7*7 }}".to_owned(),
        "{% for a in [1] %}x{% endfor %}".to_owned(),
        "a\u{1b}[2J\u{202e}b\r\nBcc: x@example.org\u{0}\u{1}c".to_owned(),
        "é".repeat(1_000_000),
        "{# #}---\n---".to_owned(),
    ];
    for name in &hostile {
        for (_, language) in LANGUAGES {
            for kind in NoticeKind::ALL {
                let mut facts = facts_of(kind);
                facts.project.name.clone_from(name);
                facts.organisation.name.clone_from(name);
                facts.cause = Some(name.clone());
                if let Some(unit) = &mut facts.unit {
                    unit.label.clone_from(name);
                    unit.names.clone_from(name);
                }
                let letter = written(&Templates::default(), language, kind, &facts);
                assert!(!letter.contains("49"), "{} {letter}", kind.word());
                let odd = letter.chars().find(|it| it.is_control() && *it != '\n' || *it == '\u{202e}');
                assert_eq!(odd, None, "{}", kind.word());
                assert!(letter.lines().all(|it| it.width() <= 78), "{letter}");
                assert!(letter.len() < 65 * 1024);
            }
        }
    }
}

#[test]
fn a_reference_is_short_whatever_the_names_are() {
    let mut facts = Facts::default();
    for (organisation, project, wanted) in [
        ("Cellule de suivi", "PACS", "N° 003/CS/PACS/2026"),
        ("Unité de gestion du projet routes 2", "Écoles de l’Ouest", "N° 003/UGPR2/EO/2026"),
        ("", "工地", "N° 003/–/工地/2026"),
    ] {
        organisation.clone_into(&mut facts.organisation.name);
        project.clone_into(&mut facts.project.name);
        let made = reference(Some(3), &facts, Some(2026));
        assert_eq!(made, wanted);
        let (number, series) = letter::reference_parts(&made).unwrap();
        assert_eq!((number, made.ends_with(series), series.ends_with("/2026")), (3, true, true));
        assert_eq!(letter::reference_parts(&reference(None, &facts, None)), None, "a blank is no number");
    }
}

#[test]
fn a_faulty_template_is_named_with_its_line() {
    for (text, key, line) in [
        ("no divider", "template-undivided", 1),
        ("\n---\nbody", "template-no-subject", 1),
        ("{{ absent }}\n---\nbody", "template-undefined", 1),
        ("s\n---\n\n{{ project.nmae }}", "template-undefined", 4),
        ("s\n---\n{{ month | nofilter }}", "template-unknown-word", 3),
        ("s\n---\nb\nb\n{{ env() }}", "template-unknown-word", 5),
        ("s\n---\n{% for x in items", "template-syntax", 3),
        ("s\n---\n{% include '/etc/passwd' %}", "template-syntax", 3),
        ("s\n---\n{% import 'x' as y %}", "template-syntax", 3),
        ("s\n---\n{% extends 'x' %}", "template-syntax", 3),
        ("s\n---\n{{ 'x' * 100000 }}", "template-too-long", 1),
        (
            "s\n---\n{% for a in [1]*900 %}{% for b in [1]*900 %}{% endfor %}{% endfor %}",
            "template-too-long",
            3,
        ),
        ("s\n---\n{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "template-fails", 3),
        ("s\n---\n{{ organisation | month }}", "template-undefined", 3),
    ] {
        let mut templates = Templates::default();
        templates.put("fr/delay.txt", text.to_owned());
        let errors = letter::check(&templates);
        let found: Vec<_> = errors.iter().map(|it| (it.file.as_str(), it.key, it.line)).collect();
        assert_eq!(found.first(), Some(&("fr/delay.txt", key, line)), "{text:?} {errors:?}");
        assert!(found.iter().all(|(file, ..)| *file == "fr/delay.txt"), "{errors:?}");
    }
}

#[test]
fn a_template_that_nests_without_end_is_refused_and_not_read() {
    for deep in ["-".repeat(30_000), "not ".repeat(10_000), "(".repeat(30_000)] {
        let mut templates = Templates::default();
        templates.put("fr/delay.txt", format!("Objet\n---\n{{{{ {deep}1 }}}}\n"));
        let found = letter::check(&templates);
        assert!(found.iter().any(|it| it.file == "fr/delay.txt"), "{found:?}");
    }
}

#[test]
fn the_frame_has_to_take_up_the_body() {
    let mut templates = Templates::default();
    templates.put("en/frame.txt", "Letter\n".to_owned());
    let errors = letter::check(&templates);
    assert_eq!(
        errors.iter().map(|it| (it.file.as_str(), it.key)).collect::<Vec<_>>(),
        [("en/frame.txt", "template-no-body")]
    );
    templates.put("en/frame.txt", "{{ body }}".to_owned());
    assert_eq!(letter::check(&templates), []);
}

#[test]
fn the_program_s_own_templates_do() {
    assert_eq!(letter::check(&Templates::default()), []);
}

#[test]
fn a_draft_shows_where_number_and_date_will_stand() {
    let templates = Templates::default();
    let writer = Writer::new(Language::French, &templates);
    let facts = facts_of(NoticeKind::Delay);
    let draft = writer.draft(NoticeKind::Delay, &facts).unwrap();
    let nobody: [Addressee; 0] = [];
    let sheet = Sheet {
        facts: &facts,
        draft: &draft,
        reference: "",
        day: None,
        addressees: &nobody,
        copies: &nobody,
    };
    let letter = writer.letter(&sheet).unwrap();
    assert!(letter.contains("N° ……/CS/P2026/……") && letter.contains("Douala, le ……"), "{letter}");
}
