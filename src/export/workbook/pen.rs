//! Writes typed values into a worksheet: text is always text, never a formula.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Worksheet, XlsxError};

use crate::model::month::Month;
use crate::model::percent::Percent;

use super::sheet_text::cell_text;

/// Writes into one worksheet.
pub(in super::super) struct Pen<'a>(pub(in super::super) &'a mut Worksheet);

impl Pen<'_> {
    /// Writes text; empty text leaves a formatted blank cell.
    pub(in super::super) fn text(
        &mut self,
        at: (RowNum, ColNum),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text = cell_text(text);
        if text.is_empty() {
            self.0.write_blank(at.0, at.1, format)?;
        } else {
            self.0.write_string_with_format(at.0, at.1, text, format)?;
        }
        Ok(())
    }

    /// Writes text over a rectangle, which may be a single cell.
    pub(in super::super) fn merged(
        &mut self,
        from: (RowNum, ColNum),
        to: (RowNum, ColNum),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if from == to {
            return self.text(from, text, format);
        }
        self.0.merge_range(from.0, from.1, to.0, to.1, &cell_text(text), format)?;
        Ok(())
    }

    /// Writes a percentage as a fraction of one, for a percent format.
    pub(in super::super) fn percent(
        &mut self,
        at: (RowNum, ColNum),
        percent: Option<Percent>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.number(at, percent.map(|it| f64::from(it.0) / 10_000.0), format)
    }

    /// Writes a number that is given as decimal text.
    pub(in super::super) fn decimal(
        &mut self,
        at: (RowNum, ColNum),
        decimal: Option<&str>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let number = decimal.and_then(|it| it.parse::<f64>().ok()).filter(|it| it.is_finite());
        self.number(at, number, format)
    }

    /// Writes a number, or a blank cell.
    pub(in super::super) fn number(
        &mut self,
        at: (RowNum, ColNum),
        number: Option<f64>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match number {
            Some(number) => self.0.write_number_with_format(at.0, at.1, number, format)?,
            None => self.0.write_blank(at.0, at.1, format)?,
        };
        Ok(())
    }

    /// Writes the first day of a month.
    pub(in super::super) fn month(
        &mut self,
        at: (RowNum, ColNum),
        month: Month,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.date(at, month.first_day(), format)
    }

    /// Writes a date.
    pub(in super::super) fn date(
        &mut self,
        at: (RowNum, ColNum),
        date: NaiveDate,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.0.write_datetime_with_format(at.0, at.1, &excel_date(date)?, format)?;
        Ok(())
    }

    /// Writes an instant, to the second.
    pub(in super::super) fn instant(
        &mut self,
        at: (RowNum, ColNum),
        instant: NaiveDateTime,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let time = instant.time();
        let (hour, minute) =
            (u16::try_from(time.hour()).unwrap_or(0), u8::try_from(time.minute()).unwrap_or(0));
        let value = excel_date(instant.date())?.and_hms(hour, minute, time.second())?;
        self.0.write_datetime_with_format(at.0, at.1, &value, format)?;
        Ok(())
    }
}

/// Converts a date to the calendar of spreadsheets, which knows the years 1900 to 9999.
pub(in super::super) fn excel_date(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |it: u32| u8::try_from(it).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}
