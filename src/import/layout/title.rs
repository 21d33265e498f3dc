//! Reads the lines above a table: `Label : value` in one cell or two, and the month of the situation.

use super::super::grid::{GridCell, Row, Value};
use super::super::values::month_text::MonthToken;
use super::super::values::{duration, figure, month_text, number_text, plain_text, start};
use super::words::{self, Word};
use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;
use crate::model::text::fold;

/// Cells to the right of a label in which its value may stand.
const VALUE_REACH: usize = 1;

/// What the lines above a table say.
#[derive(Clone, Debug, Default)]
pub struct Title {
    pub project: String,
    pub site: String,
    pub code: String,
    pub lot: String,
    pub contractors: String,
    pub address: String,
    pub client: String,
    pub start: Option<Start>,
    pub duration_months: Option<u16>,
    pub initial: Option<Percent>,
    pub amount_hundredths: Option<i64>,
    /// The month that the table reports on.
    pub situation: Option<Month>,
    /// The month that the title names without its year.
    pub month_name: Option<MonthToken>,
    /// The year that the title names, alone.
    pub year: Option<i32>,
    /// Values that could not be read: row, column, key of the sentence, text.
    pub refused: Vec<(u32, u16, &'static str, String)>,
}

impl Title {
    /// Fills what the title of a further table leaves to the one at the top of the sheet.
    pub fn inherit(&mut self, above: &Self) {
        for (own, above) in [(&mut self.project, &above.project), (&mut self.client, &above.client)] {
            if own.is_empty() {
                own.clone_from(above);
            }
        }
        self.situation = self.situation.or(above.situation);
        self.year = self.year.or(above.year);
    }
}

/// Reads the rows above a table.
pub fn read(rows: &[Row]) -> Title {
    let mut title = Title::default();
    let mut loose = Vec::new();
    for row in rows {
        let cells = &row.cells;
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let next = cells.get(at + VALUE_REACH);
            at += 1;
            if let Some(text) = cell.text() {
                let used_next = read_cell(&mut title, row.number, cell, text, next);
                at += usize::from(used_next);
                loose.push(text);
            }
        }
    }
    title.situation = title.situation.or_else(|| situation(&loose));
    title.year = title.year.or_else(|| loose.iter().find_map(|it| exercise(it)));
    let named = || Month::new(title.year?, title.month_name?.number);
    title.situation = title.situation.or_else(named);
    title
}

/// Reads one cell of the title; tells whether the next cell was its value.
fn read_cell(title: &mut Title, row: u32, cell: &GridCell, text: &str, next: Option<&GridCell>) -> bool {
    let mut used_next = false;
    if let Some(found) = next.filter(|_| announces_date(text)).and_then(month) {
        title.situation = title.situation.or(Some(found));
        return true;
    }
    for part in split_pairs(text) {
        if let Some((label, value)) = part.split_once([':', '\u{ff1a}']) {
            let Some(word) = label_word(label) else { continue };
            if !value.trim().is_empty() {
                let value =
                    GridCell { column: cell.column, percent: false, value: Value::Text(value.trim().into()) };
                set(title, word, label, row, &value);
            } else if let Some(next) = next.filter(|it| !is_label(it)) {
                set(title, word, label, row, next);
                used_next = true;
            }
        } else if let (Some(word), Some(next)) = (label_word(part), next.filter(|it| !is_label(it))) {
            set(title, word, part, row, next);
            used_next = true;
        }
    }
    used_next
}

/// Tells a text such as `Situation au`, whose date stands in the next cell.
fn announces_date(text: &str) -> bool {
    const ENDS: [&str; 6] = ["situation au", "arrete au", "arretee au", "etat au", "date du", "as at"];
    text.len() < 80 && ENDS.iter().any(|it| fold(text).ends_with(it))
}

/// Splits a cell in which several `label : value` pairs stand, apart by tabs, bars or wide spaces.
fn split_pairs(text: &str) -> Vec<&str> {
    if text.matches(':').count() < 2 {
        return vec![text];
    }
    let parts: Vec<&str> = text
        .split(['\t', '\n', '|'])
        .flat_map(|it| it.split("   "))
        .flat_map(|it| it.split(" – ").collect::<Vec<_>>())
        .filter(|it| !it.trim().is_empty())
        .collect();
    let all_labelled =
        parts.iter().all(|it| it.split_once(':').is_some_and(|(label, _)| label_word(label).is_some()));
    if all_labelled { parts } else { vec![text] }
}

/// Tells what a label is about; only the words that a title block uses.
fn label_word(label: &str) -> Option<Word> {
    if label.chars().count() > 40 {
        return None;
    }
    match words::of_heading(label)? {
        Word::Ignored
        | Word::Number
        | Word::LineKind
        | Word::Observation
        | Word::Status
        | Word::Cumulative(_)
        | Word::Monthly => None,
        word => Some(word),
    }
}

/// Tells whether a cell is a label, not the value of the one before: values may hold colons too.
pub fn is_label(cell: &GridCell) -> bool {
    let named =
        |text: &str| text.split_once([':', '\u{ff1a}']).is_some_and(|(label, _)| label_word(label).is_some());
    cell.text().is_some_and(|text| text.trim_end().ends_with(':') || named(text))
}

fn set(title: &mut Title, word: Word, label: &str, row: u32, cell: &GridCell) {
    let text = plain_text::name(Some(cell));
    let place = match word {
        Word::Project => &mut title.project,
        Word::Site => &mut title.site,
        Word::Code => &mut title.code,
        Word::Lot => &mut title.lot,
        Word::Address => &mut title.address,
        Word::Client => &mut title.client,
        Word::Contractor => {
            let raw = cell.text().unwrap_or_default();
            return set_once(&mut title.contractors, raw.to_owned());
        }
        _ => return set_value(title, word, label, row, cell),
    };
    set_once(place, text);
}

fn set_once(place: &mut String, text: String) {
    if place.is_empty() && !fold(&text).is_empty() {
        *place = text;
    }
}

fn set_value(title: &mut Title, word: Word, label: &str, row: u32, cell: &GridCell) {
    match word {
        Word::Start => match start::read(Some(cell)) {
            Ok(found) => title.start = title.start.or(found),
            Err(text) => title.refused.push((row, cell.column, "import-start-unreadable", text)),
        },
        Word::Duration => match duration::read(Some(cell), words::is_in_days(label)) {
            Ok(found) => title.duration_months = title.duration_months.or(found),
            Err(text) => title.refused.push((row, cell.column, "import-duration-refused", text)),
        },
        Word::Initial => match initial(cell) {
            Ok(found) => title.initial = title.initial.or(found),
            Err(text) => title.refused.push((row, cell.column, "import-initial-refused", text)),
        },
        Word::Amount => title.amount_hundredths = title.amount_hundredths.or_else(|| amount(Some(cell))),
        Word::Month => {
            title.situation = title.situation.or_else(|| month(cell));
            title.month_name = title.month_name.or_else(|| month_text::read(cell.text()?));
        }
        Word::Year => {
            title.year = title.year.or_else(|| month_text::read_year(&plain_text::name(Some(cell))));
        }
        _ => {}
    }
}

/// Reads the progress before the follow-up began.
pub fn initial(cell: &GridCell) -> Result<Option<Percent>, String> {
    match figure::scan(Some(cell)) {
        figure::Scanned::Empty | figure::Scanned::NoFigure(_) => Ok(None),
        figure::Scanned::Number(raw) => {
            let fraction = !raw.settled && raw.value > 0.0 && raw.value < 1.0;
            let percent = figure::percent(if fraction { raw.value * 100.0 } else { raw.value });
            percent.filter(|it| it.is_progress()).map(Some).ok_or_else(|| raw.value.to_string())
        }
        figure::Scanned::State(text) | figure::Scanned::Unreadable(text) => Err(text),
    }
}

/// Reads an amount of money in hundredths of its main unit, whatever currency stands around it.
pub fn amount(cell: Option<&GridCell>) -> Option<i64> {
    let value = match &cell?.value {
        Value::Number(number) => *number,
        Value::Text(text) => {
            let bare: String =
                text.chars().filter(|it| it.is_ascii_digit() || matches!(it, ',' | '.' | '-')).collect();
            number_text::read(&bare)?.value
        }
        _ => return None,
    };
    if !(0.0..1e15).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 10^17, checked just above")]
    let hundredths = (value * 100.0).round() as i64;
    Some(hundredths)
}

fn month(cell: &GridCell) -> Option<Month> {
    match &cell.value {
        Value::Date { date, .. } => Some(Month::of(*date)),
        Value::Text(text) => month_text::find(text),
        _ => None,
    }
}

/// Finds the month of the situation: first where a text says so, then in any title that holds a month.
fn situation(texts: &[&str]) -> Option<Month> {
    const SAYING: [&str; 8] =
        ["situation", "arrete au", "etat au", "mois de", "mois d", "periode", "as of", "as at"];
    const OTHER: [&str; 7] = ["fait a", "fait le", "edite", "imprime", "printed", "debut", "demarrage"];
    let says = |text: &&&str, words: &[&str]| {
        let folded = fold(text);
        words.iter().any(|it| words::contains(&folded, it))
    };
    let said = texts.iter().filter(|it| says(it, &SAYING)).find_map(|it| month_text::find(it));
    said.or_else(|| {
        texts.iter().filter(|it| !it.contains(':') && !says(it, &OTHER)).find_map(|it| month_text::find(it))
    })
}

/// Reads the year of `Exercice 2025` and of a title that is a year alone.
fn exercise(text: &str) -> Option<i32> {
    let folded = fold(text);
    let named = ["exercice", "annee", "year", "suivi", "programme", "plan"]
        .iter()
        .any(|it| words::contains(&folded, it));
    month_text::read_year(text).or_else(|| if named { month_text::find_year(text) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(rows: &[&[&str]]) -> Title {
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(number, cells)| Row {
                number: u32::try_from(number).unwrap(),
                cells: cells
                    .iter()
                    .enumerate()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(column, text)| GridCell {
                        column: u16::try_from(column).unwrap(),
                        percent: false,
                        value: Value::Text((*text).into()),
                    })
                    .collect(),
            })
            .collect();
        read(&rows)
    }

    #[test]
    fn reads_labels_in_one_cell_two_cells_or_a_row() {
        for rows in [
            &[
                &["SITE : Lycée de Mbalmayo", "", "Code : LYC-01"][..],
                &["Durée : 8 mois", "Début : mars 2025"],
            ][..],
            &[
                &["Site :", "", "Lycée de Mbalmayo"],
                &["Code du site", "LYC-01"],
                &["Durée (mois) :", "8"],
                &["Début :", "01/03/2025"],
            ],
            &[&["Site : Lycée de Mbalmayo     Code : LYC-01     Durée : 8 mois     Début : mars 2025"]],
        ] {
            let title = title(rows);
            assert_eq!(
                (title.site.as_str(), title.code.as_str()),
                ("Lycée de Mbalmayo", "LYC-01"),
                "{rows:?}"
            );
            assert_eq!(title.duration_months, Some(8), "{rows:?}");
            assert_eq!(title.start.map(|it| it.month.to_string()).as_deref(), Some("2025-03"), "{rows:?}");
        }
    }

    #[test]
    fn finds_the_situation_but_not_the_signature() {
        assert_eq!(title(&[&["SITUATION AU 31/03/2026"]]).situation.unwrap().to_string(), "2026-03");
        assert_eq!(title(&[&["Synthèse mars 2026"]]).situation.unwrap().to_string(), "2026-03");
        assert_eq!(title(&[&["Situation au", "31/03/2026"]]).situation.unwrap().to_string(), "2026-03");
        let apart = title(&[&["Mois :", "avril", "", "Année :", "2025"]]);
        assert_eq!(apart.situation.unwrap().to_string(), "2025-04");
        assert_eq!(title(&[&["Fait à Bafourbé, le 03/04/2026"]]).situation, None);
        assert_eq!(title(&[&["Avancement initial : 18,00 %"]]).initial, Some(Percent(1800)));
    }
}
