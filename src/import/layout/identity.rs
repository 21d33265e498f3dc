//! Tells the site, lot and contractors of each row, and records them.

use std::collections::HashMap;

use super::super::grid::{GridCell, Row};
use super::super::reading::{RemarkKind, SiteRecord};
use super::super::records::Records;
use super::super::values::{contractors, duration, plain_text, start};
use super::table::Table;
use super::title;
use super::words::{self, Word};
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::fold;

/// Who and what a row speaks of, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    pub project: String,
    pub code: String,
    pub name: String,
    pub lot: String,
    /// Cells of contractors, joined by line breaks.
    pub contractors: String,
}

impl Identity {
    /// Tells whether the row names no site.
    pub fn is_nameless(&self) -> bool {
        self.code.is_empty() && self.name.is_empty()
    }
}

/// Finds lines by what rows say, so that each is worked out once.
pub struct Identities<'a> {
    table: &'a Table<'a>,
    lines: HashMap<Identity, u32>,
    /// Project and lot of the bands met last.
    pub project_band: String,
    pub lot_band: String,
}

impl<'a> Identities<'a> {
    /// Starts a table.
    pub fn new(table: &'a Table<'a>) -> Self {
        Self { table, lines: HashMap::new(), project_band: String::new(), lot_band: String::new() }
    }

    /// Reads what a row says itself, merged cells filled down.
    pub fn read(&self, row: &Row) -> Identity {
        let text = |word: Word| {
            let cell = self.table.column(word).and_then(|it| self.table.sheet.filled_down(row, it));
            match cell.and_then(GridCell::text) {
                Some(text) => text.trim().to_owned(),
                None => plain_text::name(cell),
            }
        };
        Identity {
            project: text(Word::Project),
            code: text(Word::Code),
            name: text(Word::Site),
            lot: text(Word::Lot),
            contractors: text(Word::Contractor),
        }
    }

    /// Returns the line of an identity, recording its site and line where they are new.
    pub fn line(&mut self, identity: &Identity, row: &Row, records: &mut Records) -> u32 {
        if let Some(line) = self.lines.get(identity) {
            return *line;
        }
        let site = self.site(identity, row, records);
        let lot = first_filled([&identity.lot, &self.lot_band, &self.table.title.lot]);
        let firms =
            contractors::split(first_filled([&identity.contractors, &self.table.title.contractors, ""]));
        // "Ensemble" is the lot of a site that has only one, which is no name.
        let lot = if fold(lot) == "ensemble" { String::new() } else { cleaned(lot) };
        let line = records.line(site, lot, firms);
        self.lines.insert(identity.clone(), line);
        line
    }

    /// Forgets which identities were met, for a new band.
    pub fn start_band(&mut self) {
        self.lines.clear();
    }

    fn site(&self, identity: &Identity, row: &Row, records: &mut Records) -> u32 {
        let project =
            cleaned(first_filled([&identity.project, &self.project_band, &self.table.title.project]));
        let code = cleaned(first_filled([&identity.code, &self.table.title.code, ""]));
        let name = cleaned(first_filled([&identity.name, &self.table.title.site, ""]));
        let project = if project.is_empty() {
            self.table.hints.project.as_deref().unwrap_or_default().to_owned()
        } else {
            project
        };
        if project.is_empty() {
            records.ask(Problem::new("import-ask-project"));
        }
        let name =
            [name, code.clone(), project.clone()].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        let cell = |word: Word| self.table.column(word).and_then(|it| self.table.sheet.filled_down(row, it));
        let origin = self
            .table
            .place(row, self.table.column(Word::Site).or(self.table.column(Word::Code)).unwrap_or_default());
        let or_title = |read: String, title: &str| if read.is_empty() { title.to_owned() } else { read };
        let record = SiteRecord {
            project,
            code,
            name,
            address: or_title(plain_text::name(cell(Word::Address)), &self.table.title.address),
            client: or_title(plain_text::name(cell(Word::Client)), &self.table.title.client),
            start: self.read_or_say(row, Word::Start, "import-start-unreadable", records, |cell, _| {
                start::read(cell)
            }),
            duration_months: self.read_or_say(
                row,
                Word::Duration,
                "import-duration-refused",
                records,
                duration::read,
            ),
            initial: self.read_or_say(row, Word::Initial, "import-initial-refused", records, |cell, _| {
                cell.map_or(Ok(None), title::initial)
            }),
            amount_hundredths: title::amount(cell(Word::Amount)).or(self.table.title.amount_hundredths),
            origin,
        };
        self.say_missing(&record, row, records);
        let record = SiteRecord {
            start: record.start.or(self.table.title.start),
            duration_months: record.duration_months.or(self.table.title.duration_months),
            initial: record.initial.or(self.table.title.initial),
            ..record
        };
        records.site(record)
    }

    /// Reads a value of the site from its column, or says what could not be read.
    fn read_or_say<T>(
        &self,
        row: &Row,
        word: Word,
        key: &str,
        records: &mut Records,
        read: impl Fn(Option<&GridCell>, bool) -> Result<Option<T>, String>,
    ) -> Option<T> {
        let column = self.table.columns.iter().find(|it| it.word == Some(word))?;
        let cell = self.table.sheet.filled_down(row, column.index);
        read(cell, words::is_in_days(&column.heading)).unwrap_or_else(|text| {
            records.remark(
                RemarkKind::RejectValue,
                self.table.place(row, column.index),
                Problem::new(key).with("text", text),
            );
            None
        })
    }

    /// Warns about an empty start or duration where the table has a column for it.
    fn say_missing(&self, site: &SiteRecord, row: &Row, records: &mut Records) {
        for (word, key, missing) in [
            (Word::Start, "import-start-missing", site.start.is_none()),
            (Word::Duration, "import-duration-missing", site.duration_months.is_none()),
        ] {
            let Some(column) = self.table.column(word).filter(|_| missing) else { continue };
            if self.table.sheet.filled_down(row, column).is_none() {
                let problem = Problem::new(key).with("site", &site.name);
                records.remark(RemarkKind::Warn, self.table.place(row, column), problem);
            }
        }
    }

    /// Returns the month in which the works of a row start, for tables that count months from there.
    pub fn start_month(&self, row: &Row) -> Option<Month> {
        let cell = self.table.column(Word::Start).and_then(|it| self.table.sheet.filled_down(row, it));
        start::read(cell).ok().flatten().or(self.table.title.start).map(|it| it.month)
    }
}

fn first_filled(texts: [&str; 3]) -> &str {
    texts.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
}

fn cleaned(text: &str) -> String {
    plain_text::clean(text, crate::model::text::NAME_CHARS_MAX)
}
