//! The sheet of one lot: a title block, then one row per month.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use crate::model::percent::Percent;
use crate::model::site::Start;

use super::super::labels::Labels;
use super::content::{LotContent, MonthContent, ProjectContent, SiteContent, StatusContent};
use super::pen::Pen;
use super::sheet_text::SheetNames;
use super::style::{Style, toned};

/// The lot of a sheet and what it belongs to.
pub(super) struct Subject<'a> {
    pub(super) project: &'a ProjectContent,
    pub(super) site: &'a SiteContent,
    pub(super) lot: &'a LotContent,
}

/// Widths of the columns in characters, status last.
const WIDTHS: [u8; 8] = [18, 13, 13, 13, 13, 13, 60, 20];
/// The last column.
const LAST: ColNum = 7;

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    subject: &Subject,
    labels: &Labels,
    style: &Style,
    names: &mut SheetNames,
) -> Result<(), XlsxError> {
    sheet.set_name(names.claim(&subject.sheet_name()))?;
    let mut pen = Pen(sheet);
    let header = title_block(&mut pen, subject, labels, style)? + 1;
    for (column, heading) in (0..).zip(headings(labels)) {
        pen.text((header, column), heading, &style.heading)?;
    }
    for (row, month) in (header + 1..).zip(&subject.lot.months) {
        write_month(&mut pen, row, month, style)?;
    }
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(header, 32)?;
    sheet.set_freeze_panes(header + 1, 1)?;
    sheet.set_repeat_rows(header, header)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

impl Subject<'_> {
    fn has_several_lots(&self) -> bool {
        self.site.lots.len() > 1
    }

    fn sheet_name(&self) -> String {
        let code = if self.site.code.is_empty() { &self.site.name } else { &self.site.code };
        if self.has_several_lots() { format!("{code} {}", self.lot.name) } else { code.clone() }
    }
}

/// Writes the title and the labels; returns the first row below.
fn title_block(
    pen: &mut Pen,
    subject: &Subject,
    labels: &Labels,
    style: &Style,
) -> Result<RowNum, XlsxError> {
    let Subject { project, site, lot } = subject;
    pen.merged((0, 0), (0, LAST), &labels.site_title, &style.title)?;
    let mut texts = vec![
        (&labels.project, project.name.clone()),
        (&labels.site, site.name.clone()),
        (&labels.code, site.code.clone()),
    ];
    if subject.has_several_lots() {
        texts.push((&labels.lot, lot.name.clone()));
    }
    texts.push((&labels.contractor, lot.contractors.join(" / ")));
    texts.push((&labels.address, site.address.clone()));
    texts.extend(site.duration_months.map(|it| (&labels.duration, duration(it, labels))));
    let mut row = 1;
    for (label, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        write_label(pen, row, label, style)?;
        pen.merged((row, 1), (row, LAST), text, &style.value)?;
        row += 1;
    }
    if let Some(start) = site.start {
        write_label(pen, row, &labels.start, style)?;
        write_start(pen, row, start, labels, style)?;
        row += 1;
    }
    if site.initial != Percent::ZERO {
        write_label(pen, row, &labels.initial, style)?;
        pen.percent((row, 1), Some(site.initial), &style.value_percent)?;
        row += 1;
    }
    Ok(row)
}

fn write_label(pen: &mut Pen, row: RowNum, label: &str, style: &Style) -> Result<(), XlsxError> {
    pen.text((row, 0), &format!("{label} :"), &style.label)
}

/// Writes a day as a date and a month as its name, so that neither is taken for the other.
fn write_start(
    pen: &mut Pen,
    row: RowNum,
    start: Start,
    labels: &Labels,
    style: &Style,
) -> Result<(), XlsxError> {
    match start.day {
        Some(day) => pen.date((row, 1), day, &style.value_date),
        None => pen.text((row, 1), &super::month_name(start.month, labels), &style.value),
    }
}

fn duration(months: u16, labels: &Labels) -> String {
    format!("{months} {}", if months == 1 { &labels.month_one } else { &labels.month_many })
}

fn headings(labels: &Labels) -> [&str; 8] {
    [
        &labels.month,
        &labels.physical_progress,
        &labels.month_progress,
        &labels.normal_rate,
        &labels.target_rate,
        &labels.delay_rate,
        &labels.observations,
        &labels.status,
    ]
}

fn write_month(pen: &mut Pen, row: RowNum, month: &MonthContent, style: &Style) -> Result<(), XlsxError> {
    let tone = month.status.tone;
    pen.month((row, 0), month.month, &style.month)?;
    pen.percent((row, 1), month.cumulative, &style.percent)?;
    pen.percent((row, 2), month.month_progress, &style.percent)?;
    pen.decimal((row, 3), month.normal.as_deref(), &style.points)?;
    pen.decimal((row, 4), month.target.as_deref(), &toned(&style.points, tone))?;
    pen.decimal((row, 5), month.delay.as_deref(), &style.points)?;
    pen.text((row, 6), &month.observation, &style.note)?;
    pen.text((row, LAST), &status_text(&month.status), &toned(&style.text, tone))
}

/// Joins letter and word, so that the status is read without colours.
fn status_text(status: &StatusContent) -> String {
    if status.letter.is_empty() {
        status.word.clone()
    } else {
        format!("{} – {}", status.letter, status.word)
    }
}
