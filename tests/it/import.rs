//! Reads the workbooks of `fixtures/import` and compares with what a careful person reads in them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chantier::import::{Hints, LineRecord, Reading, RemarkKind, SiteRecord, Unit, parse};
use chantier::model::month::Month;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

pub fn hints() -> Hints {
    Hints { unit: None, year: None, project: None, month_max: Month::new(2026, 12).unwrap() }
}

fn read(folder: &Path, file: &str, hints: &Hints) -> Reading {
    let bytes = std::fs::read(folder.join(file)).unwrap();
    parse(&bytes, file, hints).unwrap_or_else(|problem| panic!("{file}: {problem}"))
}

fn line_of(reading: &Reading, line: u32) -> (&LineRecord, &SiteRecord) {
    let line = &reading.lines[line as usize];
    (line, &reading.sites[line.site as usize])
}

/// One row per entry: project, code, site, contractors as a set, month, figure, observation.
fn entries(reading: &Reading) -> BTreeSet<Vec<String>> {
    let row = |entry: &chantier::import::EntryRecord| {
        let (line, site) = line_of(reading, entry.line);
        let figure = entry.cumulative.map(|it| it.to_string()).unwrap_or_default();
        let firms = sorted_firms(&line.contractors.join(" / "));
        let month = entry.month.to_string();
        vec![
            site.project.clone(),
            site.code.clone(),
            site.name.clone(),
            firms,
            month,
            figure,
            entry.observation.clone(),
        ]
    };
    reading.entries.iter().map(row).collect()
}

fn sorted_firms(text: &str) -> String {
    let mut firms: Vec<&str> = text.split(" / ").collect();
    firms.sort_unstable();
    firms.join(" / ")
}

fn folded(text: &str) -> String {
    text.split(|it: char| it.is_whitespace() || it == '\u{202f}')
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|it| it.unwrap().iter().map(folded).collect()).collect()
}

fn expected_entries(path: &Path) -> BTreeSet<Vec<String>> {
    let mut rows = csv_rows(path);
    for row in &mut rows {
        row[3] = sorted_firms(&row[3]);
    }
    rows.into_iter().collect()
}

fn assert_entries(folder: &Path, file: &str, hints: &Hints) -> Reading {
    let reading = read(folder, file, hints);
    let stem = file.rsplit_once('.').unwrap().0;
    let (read, expected) =
        (entries(&reading), expected_entries(&folder.join(format!("{stem}.expected.csv"))));
    let mut differences = String::new();
    for row in expected.difference(&read) {
        writeln!(differences, "- {row:?}").unwrap();
    }
    for row in read.difference(&expected) {
        writeln!(differences, "+ {row:?}").unwrap();
    }
    assert!(differences.is_empty(), "{file}\n{differences}");
    assert!(reading.questions.is_empty(), "{file}: {:?}", reading.questions);
    assert_eq!(reading.entries.len(), expected.len(), "{file}: one entry per row");
    reading
}

/// Sites: project, code, name, contractors of all lines, address, duration, start; where the file gives them.
fn assert_sites(folder: &Path, reading: &Reading, file: &str) {
    for row in csv_rows(&folder.join(file)) {
        let site = reading.sites.iter().find(|it| it.project == row[0] && it.code == row[1]);
        let site = site.unwrap_or_else(|| panic!("{file}: no site {row:?}"));
        let duration = site.duration_months.map(|it| it.to_string()).unwrap_or_default();
        let start = site.start.map(|it| it.month.to_string()).unwrap_or_default();
        let read = [&site.name, &site.address, &duration, &start];
        assert_eq!(read, [&row[2], &row[4], &row[5], &row[6]], "{file}");
        if let (Some(initial), false) = (site.initial, row[7].is_empty()) {
            assert_eq!(initial.to_string(), row[7], "{file}: initial progress of {}", row[2]);
        }
    }
}

/// Every refusal and warning that must come has come, and none that should not.
fn assert_issues(folder: &Path, reading: &Reading, file: &str) {
    let issues = csv_rows(&folder.join(file));
    let said: Vec<(String, String, RemarkKind, &str)> = reading
        .remarks
        .iter()
        .filter_map(|it| {
            let cell = it.cell?;
            Some((
                reading.sheets[cell.sheet as usize].clone(),
                cell.to_string(),
                it.kind,
                it.problem.key.as_str(),
            ))
        })
        .collect();
    for issue in issues.iter().filter(|it| matches!(it[4].as_str(), "reject_row" | "reject_value" | "warn")) {
        let kind = match issue[4].as_str() {
            "reject_row" => RemarkKind::RejectRow,
            "reject_value" => RemarkKind::RejectValue,
            _ => RemarkKind::Warn,
        };
        let found = said.iter().any(|it| it.0 == issue[0] && it.1 == issue[2] && it.2 == kind);
        assert!(found, "{file}: nothing said about {issue:?}\n{said:#?}");
    }
    for (sheet, cell, kind, key) in said.iter().filter(|it| it.2 != RemarkKind::Note) {
        let expected = issues.iter().any(|it| it[0] == *sheet && it[2] == *cell);
        assert!(expected, "{file}: {sheet} {cell} {kind:?} {key}");
    }
}

#[test]
fn one_sheet_per_site_with_months_down() {
    let reading = assert_entries(&folder(), "suivi-sites.xlsx", &hints());
    assert_sites(&folder(), &reading, "suivi-sites.sites.csv");
    assert_issues(&folder(), &reading, "suivi-sites.issues.csv");
    assert_eq!((reading.sites.len(), reading.lines.len()), (12, 12));
}

#[test]
fn synthesis_of_sites_and_contractors() {
    let reading = assert_entries(&folder(), "synthese-mars-2026.xlsx", &hints());
    assert_sites(&folder(), &reading, "synthese-mars-2026.sites.csv");
    assert_issues(&folder(), &reading, "synthese-mars-2026.issues.csv");
    assert_eq!((reading.sites.len(), reading.lines.len()), (45, 52));
}

#[test]
fn flat_list_in_windows_1252() {
    let reading = assert_entries(&folder(), "base-sites.csv", &hints());
    assert_issues(&folder(), &reading, "base-sites.issues.csv");
    assert_eq!(reading.sites.len(), 50);
}

/// Reads a workbook and its expectations from a folder outside the project, named by `IMPORT_FOLDER` and `IMPORT_FILE`.
#[test]
#[ignore = "needs a file that is not part of the project"]
fn a_file_from_outside() {
    let folder = PathBuf::from(std::env::var("IMPORT_FOLDER").unwrap());
    let file = std::env::var("IMPORT_FILE").unwrap();
    let stem = file.rsplit_once('.').unwrap().0.to_owned();
    let reading = assert_entries(&folder, &file, &hints());
    assert_sites(&folder, &reading, &format!("{stem}.sites.csv"));
    assert_issues(&folder, &reading, &format!("{stem}.issues.csv"));
}

#[test]
fn every_layout_and_format() {
    for (file, sites, lines) in [
        ("annees-en-tete.xlsx", 2, 2),
        ("mois-prevu-reel.xlsx", 2, 2),
        ("mois-cumul-obs.ods", 1, 2),
        ("marches.xls", 3, 3),
        ("pourcents.xls", 3, 3),
        ("export.csv", 1, 2),
        ("blocs.xlsx", 3, 3),
        ("mois-seul.xlsx", 1, 1),
        ("classeur-exporte.xlsx", 1, 1),
    ] {
        let reading = assert_entries(&folder(), file, &hints());
        assert_eq!((reading.sites.len(), reading.lines.len()), (sites, lines), "{file}");
        let bad: Vec<_> = reading.remarks.iter().filter(|it| !matches!(it.kind, RemarkKind::Note)).collect();
        assert!(bad.len() <= usize::from(file.starts_with("mois-seul")), "{file}: {bad:#?}");
    }
}

#[test]
fn formulas_without_value_are_said_and_keep_their_month() {
    let reading = assert_entries(&folder(), "formules.xlsx", &hints());
    let said: Vec<(String, &str)> = reading
        .remarks
        .iter()
        .filter_map(|it| Some((it.cell?.to_string(), it.problem.key.as_str())))
        .collect();
    assert_eq!(said, [("D3".to_owned(), "import-formula-empty")]);
}

#[test]
fn what_is_wrong_is_said_with_its_cell() {
    let reading = assert_entries(&folder(), "clinics.txt", &hints());
    assert_issues(&folder(), &reading, "clinics.issues.csv");
}

#[expect(dead_code, reason = "fixtures that need it follow")]
fn with_unit(unit: Unit) -> Hints {
    Hints { unit: Some(unit), ..hints() }
}
