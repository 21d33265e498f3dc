//! Hostile files: each ends in one sentence or is survived, within limits.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use chantier::import::{Reading, parse, read_fenced};
use chantier::model::problem::Problem;
use zip::write::SimpleFileOptions;

use crate::import::hints;

const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Suivi" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Packs a workbook of the usual parts and some more.
fn workbook(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let usual = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
    ];
    let usual = usual.iter().map(|(name, text)| (*name, text.as_bytes().to_vec()));
    for (name, bytes) in usual.chain(parts.iter().cloned()) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    let start = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
    format!("{start}{rows}</sheetData></worksheet>").into_bytes()
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// A small table that is read, to stand beside what is hostile.
fn good_rows() -> String {
    let heads = [("A1", "Projet"), ("B1", "Site"), ("C1", "Mois"), ("D1", "Cumul")];
    let cells = [("A2", "P"), ("B2", "S"), ("C2", "2025-03"), ("D2", "12,5 %")];
    let row = |number: u32, cells: &[(&str, &str)]| {
        let cells: String = cells.iter().map(|(place, text)| text_cell(place, text)).collect();
        format!(r#"<row r="{number}">{cells}</row>"#)
    };
    row(1, &heads) + &row(2, &cells)
}

fn many_attributes() -> String {
    let mut element = "<c ".to_owned();
    for number in 0..200_000 {
        write!(element, "a{number}=\"1\" ").unwrap();
    }
    element + "/>"
}

/// Reads in the fenced child and checks the time that it took.
fn fenced(bytes: &[u8], name: &str) -> Result<Reading, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let start = Instant::now();
    let result = read_fenced(&path, &hints(), Path::new(env!("CARGO_BIN_EXE_chantier")));
    assert!(start.elapsed() < Duration::from_secs(15), "{name}: {:?}", start.elapsed());
    result
}

fn key(result: Result<Reading, Problem>) -> String {
    result.map_or_else(|it| it.key, |it| format!("{} entries", it.entries.len()))
}

#[test]
fn the_fence_lets_good_files_through() {
    let good = workbook(&[(SHEET, sheet(&good_rows()))]);
    let reading = fenced(&good, "bon.xlsx").unwrap();
    assert_eq!(reading, parse(&good, "bon.xlsx", &hints()).unwrap());
    assert_eq!(reading.entries[0].cumulative.unwrap().to_string(), "12.50");
}

#[test]
fn far_cells_and_lying_counts_stay_small() {
    let far = sheet(&(good_rows() + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#));
    assert_eq!(key(fenced(&workbook(&[(SHEET, far)]), "loin.xlsx")), "1 entries");
    let beyond = sheet(&(good_rows() + r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#));
    assert_eq!(key(fenced(&workbook(&[(SHEET, beyond)]), "dehors.xlsx")), "import-too-many-cells");
    for (count, expected) in [("4000000000", "import-memory"), ("18446744073709551615", "import-damaged")] {
        let strings = format!(r#"<sst uniqueCount="{count}"><si><t>a</t></si></sst>"#).into_bytes();
        let lying = workbook(&[("xl/sharedStrings.xml", strings), (SHEET, sheet(&good_rows()))]);
        assert_eq!(key(fenced(&lying, "compte.xlsx")), expected, "{count}");
    }
}

#[test]
fn bombs_end_in_one_sentence() {
    let bomb =
        workbook(&[("xl/sharedStrings.xml", vec![b' '; 401 * 1024 * 1024]), (SHEET, sheet(&good_rows()))]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(key(fenced(&bomb, "bombe.xlsx")), "import-too-large-inside");
    let strings =
        [b"<sst>".to_vec(), b"<si><t>abcdefghijklmnop</t></si>".repeat(9_000_000), b"</sst>".to_vec()]
            .concat();
    let many = workbook(&[("xl/sharedStrings.xml", strings), (SHEET, sheet(&good_rows()))]);
    assert_eq!(key(fenced(&many, "chaines.xlsx")), "import-memory");
    let cells = (0..4_100_000).map(|_| "<c><v>1</v></c>").collect::<String>();
    let crowded = workbook(&[(SHEET, sheet(&format!("<row>{}</row>", cells.get(..150_000 * 15).unwrap())))]);
    assert_eq!(key(fenced(&crowded, "foule.xlsx")), "import-too-many-cells");
}

#[test]
fn strange_xml_is_refused_or_ignored() {
    let entity =
        r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]>"#;
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        ("entites", [entity.as_bytes(), &sheet(&(good_rows() + &text_cell("A3", "&b;&e;")))].concat()),
        ("profond", sheet(&"<x>".repeat(1_000_000))),
        ("attributs", sheet(&many_attributes())),
        ("coupe", sheet(&good_rows())[..200].to_vec()),
        ("pas-de-xml", b"\0\x01\x02".to_vec()),
    ];
    for (name, part) in hostile {
        let result = key(fenced(&workbook(&[(SHEET, part)]), &format!("{name}.xlsx")));
        assert!(
            ["import-damaged", "import-no-table", "1 entries"].contains(&result.as_str()),
            "{name}: {result}"
        );
    }
}

#[test]
fn hostile_archives_are_refused_or_survived() {
    let good = (SHEET, sheet(&good_rows()));
    let named = workbook(&[good.clone(), ("../../x", vec![1]), ("/etc/x", vec![1]), ("C:\\x", vec![1])]);
    assert_eq!(key(parse(&named, "noms.xlsx", &hints())), "1 entries");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..10_001 {
        zip.start_file(format!("{number}"), SimpleFileOptions::default()).unwrap();
    }
    let crowded = zip.finish().unwrap().into_inner();
    assert_eq!(key(parse(&crowded, "parts.xlsx", &hints())), "import-too-large-inside");
    let whole = workbook(&[good]);
    for end in (1..whole.len()).step_by(97) {
        assert!(parse(&whole[..end], "coupe.xlsx", &hints()).is_err(), "cut at {end}");
    }
}

#[test]
fn bytes_changed_anywhere_never_crash_the_child() {
    for file in ["suivi-sites.xlsx", "marches.xls", "mois-cumul-obs.ods", "base-sites.csv"] {
        let original = std::fs::read(crate::import::folder().join(file)).unwrap();
        for seed in 0..4_usize {
            let mut bytes = original.clone();
            for step in 0..40 {
                let at = (seed * 7919 + step * 104_729) % bytes.len();
                bytes[at] ^= u8::try_from(1 + (seed + step) % 255).unwrap();
            }
            let result = key(fenced(&bytes, file));
            assert!(
                !matches!(result.as_str(), "import-crash" | "import-not-started"),
                "{file} {seed}: {result}"
            );
        }
    }
}

#[test]
fn wide_long_and_odd_texts_are_survived() {
    let head = "projet;site;mois;cumul;observation\n";
    for (name, text, expected) in [
        (
            "formules.csv",
            format!("{head}P;=cmd|x;2025-01;5;@SUM(A1)\nP;+237 6;2025-01;−12;-x\n"),
            "2 entries",
        ),
        ("en-tete-deux-fois.csv", format!("{head}P;S;2025-01;5;\n{head}P;S;2025-02;6;\n"), "2 entries"),
        ("en-tete-seul.csv", head.to_owned(), "import-no-table"),
        ("sans-fin.csv", format!("sep=;\n{head}P;S;2025-01;5;fin"), "1 entries"),
        ("retours.csv", format!("{head}P;S;2025-01;5;x\rP;S;2025-02;6;y\r").replace('\n', "\r"), "2 entries"),
        ("colonnes.csv", format!("{head}{}\n", ";".repeat(100_000)), "import-no-table"),
        ("zeros.csv", format!("{head}P;S\0T;2025-01;5;a\0b\n"), "1 entries"),
        ("guillemet.csv", format!("{head}P;S;2025-01;5;\"ouvert\nP;S;2025-02;6;\n"), "import-quote-open"),
        ("une-ligne.csv", format!("{head}P;S;2025-01;5;{}", "x".repeat(20_000_000)), "1 entries"),
        ("serveur.xls", "<!DOCTYPE html><table><tr><td>Site".to_owned(), "import-web-page"),
    ] {
        assert_eq!(key(fenced(text.as_bytes(), name)), expected, "{name}");
    }
}

#[test]
fn text_is_cleaned_at_the_entrance() {
    let text = "projet;site;entreprise;mois;cumul;observation\nP;\u{1b}[2JÉcole\u{202e};A\u{200b}B;2025-01;5;\"l1\nl2\u{7}\"\n";
    let reading = parse(text.as_bytes(), "a\u{1b}[31m.csv", &hints()).unwrap();
    assert_eq!(reading.sites[0].name, "[2JÉcole");
    assert_eq!(reading.lines[0].contractors, ["AB"]);
    assert_eq!(reading.entries[0].observation, "l1 l2");
    assert_eq!(reading.file_name, "a[31m.csv");
}
