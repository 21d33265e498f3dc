//! Tests of the whole workbook, read back by another program.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;

use crate::model::percent::Percent;
use crate::model::site::Start;

use super::super::labels::tests::french;
use super::super::labels::{Labels, TableLabels};
use super::super::{ChangeRow, EntryRow, table_workbook};
use super::*;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 3).unwrap()
}

fn month(number: u32) -> Month {
    Month::new(2026, number).unwrap()
}

fn row(number: u32, cumulative: Option<i32>, observation: &str) -> MonthContent {
    MonthContent {
        month: month(number),
        cumulative: cumulative.map(Percent),
        month_progress: cumulative.map(|_| Percent(75)),
        normal: Some("12.50".into()),
        target: cumulative.map(|_| "6.00".into()),
        delay: cumulative.map(|_| "94.00".into()),
        status: StatusContent { word: "Critique".into(), letter: "C".into(), tone: Tone::Critical },
        observation: observation.into(),
    }
}

fn lot(name: &str, months: Vec<MonthContent>) -> LotContent {
    LotContent { name: name.into(), contractors: vec!["Mbondé SARL".into(), "=1+1".into()], months }
}

fn site(code: &str, name: &str, lots: Vec<LotContent>) -> SiteContent {
    SiteContent {
        code: code.into(),
        name: name.into(),
        address: "Face à la mairie".into(),
        start: Some(Start { month: month(1), day: None }),
        duration_months: Some(8),
        initial: Percent(1850),
        lots,
    }
}

/// A project with a hostile site, a site of two lots and a site whose code collides.
fn content() -> WorkbookContent {
    let months =
        vec![row(1, Some(1925), "Installation"), row(2, None, ""), row(3, Some(75), "=cmd|' /C calc'!A0")];
    let mut second =
        site("lyc/001", "Collège", vec![lot("Gros œuvre", months.clone()), lot("@VRD", months.clone())]);
    second.start = Some(Start { month: month(1), day: NaiveDate::from_ymd_opt(2026, 1, 20) });
    let sites = vec![
        site("LYC-001", "+Lycée de Bétiba", vec![lot("Ensemble", months.clone())]),
        second,
        site("LYC-001", "Troisième", vec![lot("Ensemble", months)]),
    ];
    let projects =
        vec![ProjectContent { name: "PACS – Écoles".into(), client: "-Direction".into(), sites }];
    WorkbookContent { month: month(3), today: today(), projects }
}

fn book() -> Book {
    open(workbook(&content(), &Labels::from_words(&french)).unwrap())
}

fn text(book: &mut Book, sheet: &str, row: u32, column: u32) -> String {
    book.worksheet_range(sheet).unwrap().get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn line(book: &mut Book, sheet: &str, row: u32) -> Vec<String> {
    (0..15).map(|column| text(book, sheet, row, column)).collect()
}

/// Returns the number format of a cell.
fn format(book: &mut Book, sheet: &str, row: u32, column: u32) -> String {
    let styles = book.worksheet_style(sheet).unwrap();
    let style = styles.cells().find(|(at_row, at_column, _)| (*at_row, *at_column) == (row, column));
    format!("{:?}", style.unwrap().2)
}

#[test]
fn sheets_are_named_after_their_sites() {
    let names = book().sheet_names();
    assert_eq!(names, ["Synthèse mars 2026", "LYC-001", "lyc-001 Gros œuvre", "lyc-001 @VRD", "LYC-001 (2)"]);
}

#[test]
fn no_cell_is_a_formula() {
    let mut book = book();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        assert!(formulas.cells().all(|(_, _, it)| it.is_empty()), "{sheet}");
    }
    assert_eq!(text(&mut book, "LYC-001", 13, 6), "=cmd|' /C calc'!A0");
}

#[test]
fn the_synthesis_has_three_months_and_merged_sites() {
    let (mut book, sheet) = (book(), "Synthèse mars 2026");
    assert_eq!(text(&mut book, sheet, 0, 0), "SUIVI DES CHANTIERS – SITUATION AU 31/03/2026");
    let headings = line(&mut book, sheet, 2);
    assert_eq!(
        headings[..7],
        ["N°", "Code", "Site", "Lot", "Entreprise", "Maître d’ouvrage", "Avancement total (%)"]
    );
    assert_eq!(headings[9..11], ["Av. du mois (%)", "Statut"]);
    assert_eq!(headings[13], "Observations");
    assert_eq!(line(&mut book, sheet, 3)[6..9], ["M-2", "M-1", "M"]);
    assert_eq!(line(&mut book, sheet, 3)[10..13], ["M-2", "M-1", "M"]);
    assert_eq!(text(&mut book, sheet, 4, 0), "PROJET : PACS – Écoles");
    let first = line(&mut book, sheet, 5);
    assert_eq!(first[..6], ["1", "LYC-001", "+Lycée de Bétiba", "", "Mbondé SARL / =1+1", "-Direction"]);
    assert_eq!(first[6..10], ["0.1925", "", "0.0075", "0.0075"]);
    assert_eq!(first[10..14], ["Critique", "Critique", "Critique", "=cmd|' /C calc'!A0"]);
    assert_eq!(line(&mut book, sheet, 6)[..4], ["2", "lyc/001", "Collège", "Gros œuvre"]);
    assert_eq!(line(&mut book, sheet, 7)[..4], ["", "", "", "@VRD"]);
    assert_eq!(text(&mut book, sheet, 8, 0), "3");
    let merges = book.merge_cells_by_sheet_name(sheet).unwrap();
    assert!(merges.iter().any(|it| it.start == (6, 2) && it.end == (7, 2)));
    assert!(format(&mut book, sheet, 5, 6).contains("0.00%"));
}

#[test]
fn the_lot_column_is_left_out_where_no_site_has_several() {
    let mut content = content();
    content.projects[0].sites.remove(1);
    let mut book = open(workbook(&content, &Labels::from_words(&french)).unwrap());
    assert_eq!(line(&mut book, "Synthèse mars 2026", 2)[2..5], ["Site", "Entreprise", "Maître d’ouvrage"]);
}

#[test]
fn a_lot_sheet_has_a_title_block_and_real_values() {
    let (mut book, sheet) = (book(), "LYC-001");
    let block: Vec<_> = (1..8).map(|row| line(&mut book, sheet, row)[..2].join(" ")).collect();
    assert_eq!(
        block,
        [
            "Projet : PACS – Écoles",
            "Site : +Lycée de Bétiba",
            "Code : LYC-001",
            "Entreprise : Mbondé SARL / =1+1",
            "Adresse : Face à la mairie",
            "Durée : 8 mois",
            "Début : janvier 2026",
        ]
    );
    assert_eq!(line(&mut book, sheet, 8)[..2], ["Avancement initial :", "0.185"]);
    assert_eq!(text(&mut book, "lyc-001 @VRD", 4, 1), "@VRD");
    let values = book.worksheet_range("LYC-001").unwrap();
    let Some(Data::DateTime(first)) = values.get_value((11, 0)) else {
        panic!("{:?}", values.get_value((11, 0)))
    };
    assert_eq!(first.to_ymd_hms_milli(), (2026, 1, 1, 0, 0, 0, 0));
}

#[test]
fn tables_hold_numbers_dates_and_text() {
    let entry = EntryRow {
        project: "PACS".into(),
        site_code: "=1+1".into(),
        site: "Site".into(),
        lot: "Ensemble".into(),
        contractors: vec!["A".into(), "B".into()],
        month: month(3),
        cumulative: Some(Percent(625)),
        observation: "@SUM(A1)".into(),
    };
    let labels = TableLabels::from_words::<EntryRow>(&french);
    let mut book = open(table_workbook([&entry], &labels, today()).unwrap());
    assert_eq!(line(&mut book, "Relevés", 0)[..3], ["Projet", "Code", "Site"]);
    let values = book.worksheet_range("Relevés").unwrap();
    assert_eq!(values.get_value((1, 1)), Some(&Data::String("=1+1".into())));
    assert_eq!(values.get_value((1, 6)), Some(&Data::Float(0.0625)));
    assert!(matches!(values.get_value((1, 5)), Some(Data::DateTime(_))));
    assert!(format(&mut book, "Relevés", 1, 6).contains("0.00%"));
    assert!(book.worksheet_formula("Relevés").unwrap().is_empty());
}

#[test]
fn an_empty_table_is_a_header() {
    let labels = TableLabels::from_words::<ChangeRow>(&french);
    let mut book = open(table_workbook(Vec::<ChangeRow>::new(), &labels, today()).unwrap());
    assert_eq!(text(&mut book, "Changements", 0, 0), "Date (UTC)");
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let bytes = || workbook(&content(), &Labels::from_words(&french)).unwrap();
    assert_eq!(bytes(), bytes());
}
