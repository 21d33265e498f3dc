//! Collects the records of a reading: each site, line and month once, and what is said about them.

use std::collections::HashMap;

use super::reading::{Cell, EntryRecord, LineRecord, Question, Reading, Remark, RemarkKind, SiteRecord};
use crate::model::month::Month;
use crate::model::problem::Problem;
use crate::model::text::fold;

/// Most remarks kept; a file with more is told so once.
const REMARKS_MAX: usize = 5_000;

/// The reading while it grows.
#[derive(Default)]
pub(super) struct Records {
    reading: Reading,
    sites_by_code: HashMap<(String, String), u32>,
    sites_by_name: HashMap<(String, String), Vec<u32>>,
    lines: HashMap<(u32, String, Vec<String>), u32>,
    entries: HashMap<(u32, Month), usize>,
    remarks_dropped: usize,
}

impl Records {
    /// Returns the site that a record describes, adding it or filling what was not known of it.
    pub fn site(&mut self, site: SiteRecord) -> u32 {
        let project = fold(&site.project);
        let code = (project.clone(), fold(&site.code));
        let name = (project, fold(&site.name));
        let found = if site.code.is_empty() { self.only_named(&name) } else { self.coded(&code, &name) };
        let index = found.unwrap_or_else(|| self.add_site(&site, &name));
        if !code.1.is_empty() {
            self.sites_by_code.insert(code, index);
        }
        self.fill(index, site);
        index
    }

    fn only_named(&self, name: &(String, String)) -> Option<u32> {
        if let [only] = self.sites_by_name.get(name)?.as_slice() { Some(*only) } else { None }
    }

    /// Finds a site by its code, or one of the same name whose code was not known.
    fn coded(&self, code: &(String, String), name: &(String, String)) -> Option<u32> {
        self.sites_by_code.get(code).copied().or_else(|| {
            let same_name = self.sites_by_name.get(name)?;
            same_name.iter().copied().find(|it| self.site_at(*it).is_some_and(|site| site.code.is_empty()))
        })
    }

    fn add_site(&mut self, site: &SiteRecord, name: &(String, String)) -> u32 {
        let index = index(self.reading.sites.len());
        let same_name = self.sites_by_name.entry(name.clone()).or_default();
        same_name.push(index);
        let first = match same_name.as_slice() {
            [first, _] => Some(*first),
            _ => None,
        };
        if same_name.len() > 1 {
            self.warn_same_name(site);
        }
        if let Some(first) = first.and_then(|it| self.site_at(it)).cloned() {
            self.warn_same_name(&first);
        }
        self.reading.sites.push(site.clone());
        index
    }

    fn warn_same_name(&mut self, site: &SiteRecord) {
        let problem = Problem::new("import-name-twice").with("site", &site.name).with("code", &site.code);
        self.remark(RemarkKind::Warn, site.origin, problem);
    }

    /// Fills empty places of a known site and warns when one code has two names.
    fn fill(&mut self, index: u32, new: SiteRecord) {
        let Some(site) = usize::try_from(index).ok().and_then(|it| self.reading.sites.get_mut(it)) else {
            return;
        };
        for (place, text) in
            [(&mut site.code, new.code), (&mut site.address, new.address), (&mut site.client, new.client)]
        {
            if place.is_empty() {
                *place = text;
            }
        }
        site.start = site.start.or(new.start);
        site.duration_months = site.duration_months.or(new.duration_months);
        site.initial = site.initial.or(new.initial);
        site.amount_hundredths = site.amount_hundredths.or(new.amount_hundredths);
        if fold(&site.name) != fold(&new.name) {
            let problem = Problem::new("import-code-two-names")
                .with("code", &site.code)
                .with("first", &site.name)
                .with("second", &new.name);
            self.remark(RemarkKind::Warn, new.origin, problem);
        }
    }

    /// Returns a site.
    pub fn site_at(&self, index: u32) -> Option<&SiteRecord> {
        self.reading.sites.get(usize::try_from(index).ok()?)
    }

    /// Returns the site of a line.
    pub fn site_of_line(&self, line: u32) -> Option<&SiteRecord> {
        self.site_at(self.reading.lines.get(usize::try_from(line).ok()?)?.site)
    }

    /// Returns the line of a site, lot and set of contractors, adding it where it is new.
    pub fn line(&mut self, site: u32, lot: String, contractors: Vec<String>) -> u32 {
        let mut set: Vec<String> = contractors.iter().map(|it| fold(it)).collect();
        set.sort_unstable();
        let next = index(self.reading.lines.len());
        let line = *self.lines.entry((site, fold(&lot), set)).or_insert(next);
        if line == next {
            self.reading.lines.push(LineRecord { site, lot, contractors });
        }
        line
    }

    /// Adds an entry; the same line and month twice is one entry, and a different figure is reported.
    pub fn entry(&mut self, entry: EntryRecord) {
        let key = (entry.line, entry.month);
        let Some(known) = self.entries.get(&key).and_then(|at| self.reading.entries.get_mut(*at)) else {
            self.entries.insert(key, self.reading.entries.len());
            self.reading.entries.push(entry);
            return;
        };
        let differs = known.cumulative.is_some_and(|it| entry.cumulative.is_some_and(|second| second != it));
        if known.observation.is_empty() && !differs {
            known.observation = entry.observation;
        }
        match (known.cumulative, entry.cumulative) {
            (None, second) => known.cumulative = second,
            (Some(first), Some(second)) if first != second => {
                let problem = Problem::new("import-figure-twice")
                    .with("month", entry.month)
                    .with("first", first)
                    .with("second", second);
                self.remark(RemarkKind::Warn, entry.cell, problem);
            }
            _ => {}
        }
    }

    /// Says something about a cell.
    pub fn remark(&mut self, kind: RemarkKind, cell: Cell, problem: Problem) {
        self.push_remark(Remark { cell: Some(cell), row: cell.row, kind, problem });
    }

    /// Says something about a row of a sheet, or about the whole sheet where the row is 0.
    pub fn remark_row(&mut self, kind: RemarkKind, sheet: u16, row: u32, problem: Problem) {
        self.push_remark(Remark {
            cell: Some(Cell { sheet, row, column: 0 }).filter(|_| row > 0),
            row,
            kind,
            problem,
        });
    }

    fn push_remark(&mut self, remark: Remark) {
        if self.reading.remarks.len() < REMARKS_MAX {
            self.reading.remarks.push(remark);
        } else {
            self.remarks_dropped += 1;
        }
    }

    /// Asks something, once.
    pub fn ask(&mut self, problem: Problem) {
        if !self.reading.questions.iter().any(|it| it.problem.key == problem.key) {
            self.reading.questions.push(Question { problem });
        }
    }

    /// Tells whether anything was read or asked.
    pub fn is_empty(&self) -> bool {
        self.reading.entries.is_empty() && self.reading.questions.is_empty() && self.reading.sites.is_empty()
    }

    /// Returns the reading; remarks come in the order of the file.
    pub fn finish(mut self, hash: String, file_name: String, sheets: Vec<String>) -> Reading {
        self.reading.remarks.sort_by_key(|it| (it.cell.is_none(), it.cell));
        if self.remarks_dropped > 0 {
            let problem = Problem::new("import-more-remarks").with("count", self.remarks_dropped);
            self.reading.remarks.push(Remark { cell: None, row: 0, kind: RemarkKind::Note, problem });
        }
        Reading { hash, file_name, sheets, ..self.reading }
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::percent::Percent;

    fn site(project: &str, code: &str, name: &str) -> SiteRecord {
        SiteRecord { project: project.into(), code: code.into(), name: name.into(), ..SiteRecord::default() }
    }

    #[test]
    fn a_site_is_one_by_code_else_by_name() {
        let mut records = Records::default();
        let first = records.site(site("P", "", "École de Zoé"));
        assert_eq!(records.site(site("p", "E-1", "ecole de zoe")), first, "the code is learnt");
        assert_eq!(records.site(site("P", "e-1", "École de Zoé")), first);
        assert_ne!(records.site(site("P", "E-2", "École de Zoé")), first, "another code is another site");
        assert_ne!(records.site(site("Q", "E-1", "École de Zoé")), first, "another project too");
        let reading = records.finish(String::new(), String::new(), Vec::new());
        assert_eq!(reading.sites.len(), 3);
        assert_eq!(reading.remarks.len(), 2, "the name met under two codes");
    }

    #[test]
    fn the_first_of_two_figures_stays() {
        let mut records = Records::default();
        let site = records.site(site("P", "1", "A"));
        let line = records.line(site, String::new(), vec!["X".into(), "Y".into()]);
        assert_eq!(records.line(site, String::new(), vec!["y".into(), "x".into()]), line, "a set");
        let month = Month::new(2025, 3).unwrap();
        for (cumulative, observation) in [(500, ""), (700, "pluie"), (500, "RAS"), (700, "")] {
            let cumulative = Some(Percent(cumulative));
            let (observation, cell) = (observation.to_owned(), Cell::default());
            records.entry(EntryRecord { line, month, cumulative, observation, cell });
        }
        let reading = records.finish(String::new(), String::new(), Vec::new());
        assert_eq!(reading.entries.len(), 1);
        assert_eq!(
            (reading.entries[0].cumulative, reading.entries[0].observation.as_str()),
            (Some(Percent(500)), "RAS")
        );
        assert_eq!(reading.remarks.len(), 2);
    }
}
