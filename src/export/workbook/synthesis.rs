//! The first sheet: every lot of every site with three months side by side.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::super::labels::Labels;
use super::content::{LotContent, ProjectContent, SiteContent, WorkbookContent};
use super::pen::Pen;
use super::sheet_text::SheetNames;
use super::style::{Style, toned};

/// The two rows of headings.
const HEADINGS: (RowNum, RowNum) = (2, 3);

/// Where the columns stand; all but the first three move when lots are shown.
#[derive(Clone, Copy)]
struct Columns {
    lot: Option<ColNum>,
    contractor: ColNum,
    client: ColNum,
    total: ColNum,
    progress: ColNum,
    status: ColNum,
    observations: ColNum,
}

impl Columns {
    fn new(has_lots: bool) -> Self {
        let contractor = if has_lots { 4 } else { 3 };
        Self {
            lot: has_lots.then_some(3),
            contractor,
            client: contractor + 1,
            total: contractor + 2,
            progress: contractor + 5,
            status: contractor + 6,
            observations: contractor + 9,
        }
    }
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &WorkbookContent,
    labels: &Labels,
    style: &Style,
    names: &mut SheetNames,
) -> Result<(), XlsxError> {
    let month = super::month_name(content.month, labels);
    sheet.set_name(names.claim(&format!("{} {month}", labels.synthesis_sheet)))?;
    let columns = Columns::new(content.projects.iter().flat_map(|it| &it.sites).any(|it| it.lots.len() > 1));
    let mut table = Table { pen: Pen(sheet), content, style, columns, row: HEADINGS.1 + 1, number: 0 };
    table.write_title(labels)?;
    table.write_headings(labels)?;
    for project in &content.projects {
        table.write_project(project, labels)?;
    }
    set_up(sheet, columns)
}

/// Sets widths, frozen headings and the printed page.
fn set_up(sheet: &mut Worksheet, columns: Columns) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 5)?;
    sheet.set_column_width(1, 13)?;
    sheet.set_column_width(2, 34)?;
    if let Some(lot) = columns.lot {
        sheet.set_column_width(lot, 20)?;
    }
    sheet.set_column_width(columns.contractor, 32)?;
    sheet.set_column_width(columns.client, 30)?;
    for column in columns.total..columns.status {
        sheet.set_column_width(column, 10)?;
    }
    for column in columns.status..columns.observations {
        sheet.set_column_width(column, 15)?;
    }
    sheet.set_column_width(columns.observations, 50)?;
    sheet.set_freeze_panes(HEADINGS.1 + 1, 3)?;
    sheet.set_repeat_rows(HEADINGS.0, HEADINGS.1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A table that grows downwards.
struct Table<'a> {
    pen: Pen<'a>,
    content: &'a WorkbookContent,
    style: &'a Style,
    columns: Columns,
    row: RowNum,
    number: u32,
}

impl Table<'_> {
    fn write_title(&mut self, labels: &Labels) -> Result<(), XlsxError> {
        let last_day = self.content.month.next().first_day().pred_opt().unwrap_or_default();
        let title = format!("{} {}", labels.synthesis_title, last_day.format("%d/%m/%Y"));
        self.pen.merged((0, 0), (0, self.columns.observations), &title, &self.style.title)
    }

    fn write_headings(&mut self, labels: &Labels) -> Result<(), XlsxError> {
        let (columns, heading, (top, below)) = (self.columns, &self.style.heading, HEADINGS);
        let tall = [
            (Some(0), &labels.number),
            (Some(1), &labels.code),
            (Some(2), &labels.site),
            (columns.lot, &labels.lot),
            (Some(columns.contractor), &labels.contractor),
            (Some(columns.client), &labels.client),
            (Some(columns.progress), &labels.month_progress_short),
            (Some(columns.observations), &labels.observations),
        ];
        for (column, label) in tall.into_iter().filter_map(|(column, label)| Some((column?, label))) {
            self.pen.merged((top, column), (below, column), label, heading)?;
        }
        for (first, label) in [(columns.total, &labels.total_progress), (columns.status, &labels.status)] {
            self.pen.merged((top, first), (top, first + 2), label, heading)?;
            for (column, month) in (first..).zip(&labels.months_back) {
                self.pen.text((below, column), month, heading)?;
            }
        }
        Ok(())
    }

    fn write_project(&mut self, project: &ProjectContent, labels: &Labels) -> Result<(), XlsxError> {
        let band = format!("{} : {}", labels.project_band, project.name);
        self.pen.merged((self.row, 0), (self.row, self.columns.observations), &band, &self.style.band)?;
        self.row += 1;
        project
            .sites
            .iter()
            .filter(|it| !it.lots.is_empty())
            .try_for_each(|it| self.write_site(it, &project.client))
    }

    /// Writes the rows of a site; what belongs to all its lots is merged over them.
    fn write_site(&mut self, site: &SiteContent, client: &str) -> Result<(), XlsxError> {
        self.number += 1;
        let (first, style) = (self.row, self.style);
        for lot in &site.lots {
            let name = if site.lots.len() > 1 { lot.name.as_str() } else { "" };
            self.write_lot(lot, name)?;
            self.row += 1;
        }
        let last = self.row - 1;
        self.pen.merged((first, 0), (last, 0), "", &style.whole)?;
        self.pen.number((first, 0), Some(f64::from(self.number)), &style.whole)?;
        for (column, text) in [(1, site.code.as_str()), (2, &site.name), (self.columns.client, client)] {
            self.pen.merged((first, column), (last, column), text, &style.note)?;
        }
        Ok(())
    }

    fn write_lot(&mut self, lot: &LotContent, name: &str) -> Result<(), XlsxError> {
        let (row, columns, style, month) = (self.row, self.columns, self.style, self.content.month);
        if let Some(column) = columns.lot {
            self.pen.text((row, column), name, &style.note)?;
        }
        self.pen.text((row, columns.contractor), &lot.contractors.join(" / "), &style.note)?;
        for (offset, back) in (0..3).zip([-2, -1, 0]) {
            let found = lot.at(month.plus(back));
            self.pen.percent(
                (row, columns.total + offset),
                found.and_then(|it| it.cumulative),
                &style.percent,
            )?;
            let status = found.map(|it| &it.status);
            let format = status.map_or_else(|| style.text.clone(), |it| toned(&style.text, it.tone));
            self.pen.text((row, columns.status + offset), status.map_or("", |it| &it.word), &format)?;
        }
        let found = lot.at(month);
        self.pen.percent((row, columns.progress), found.and_then(|it| it.month_progress), &style.percent)?;
        self.pen.text((row, columns.observations), found.map_or("", |it| &it.observation), &style.note)
    }
}
