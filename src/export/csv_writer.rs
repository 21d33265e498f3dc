//! Writes rows as CSV: RFC 4180 quoting, commas, UTF-8, one line feed per row.

use std::borrow::Cow;
use std::io::{self, Write};

use super::record::{Record, Value};

/// What is done to text that a spreadsheet would take for a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvSafety {
    /// Nothing: what is imported again is what was typed.
    #[default]
    Exact,
    /// An apostrophe goes before text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return.
    Spreadsheet,
}

/// Writes a header and the rows, in the order given.
pub fn write_csv<R: Record>(
    rows: impl IntoIterator<Item = R>,
    safety: CsvSafety,
    out: impl Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(R::FIELDS)?;
    for row in rows {
        for value in row.values() {
            writer.write_field(written(&value, safety).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn written<'a>(value: &Value<'a>, safety: CsvSafety) -> Cow<'a, str> {
    let text = value.text();
    let is_risky = value.is_typed() && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match safety {
        CsvSafety::Spreadsheet if is_risky => Cow::Owned(format!("'{text}")),
        CsvSafety::Spreadsheet | CsvSafety::Exact => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry_row::tests::entries;
    use super::*;

    fn csv(safety: CsvSafety) -> String {
        let mut out = Vec::new();
        write_csv(entries(), safety, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_the_contract_and_nothing_else() {
        assert_eq!(
            csv(CsvSafety::Exact),
            "project,site_code,site,lot,contractors,month,cumulative,observation\n\
             PACS,LYC-001,\"Lycée de Bétiba, annexe\",Ensemble,Mbondé SARL / Ets Aké & Fils,2026-02,6.25,\"Dit « stop », puis \"\"reprise\"\"\"\n\
             PACS,LYC-001,\"Lycée de Bétiba, annexe\",Ensemble,Mbondé SARL / Ets Aké & Fils,2026-03,,=cmd|' /C calc'!A0\n\
             PACS,LYC-002,Zone nord,Ensemble,,2026-03,100.00,\"Ligne 1\nLigne 2\"\n"
        );
    }

    #[test]
    fn an_apostrophe_goes_before_formulas_on_demand() {
        assert!(csv(CsvSafety::Spreadsheet).contains(",'=cmd|"));
        assert!(!csv(CsvSafety::Exact).contains("'=cmd|"));
    }

    #[test]
    fn reads_back_to_the_same_fields() {
        let mut reader = csv::Reader::from_reader(io::Cursor::new(csv(CsvSafety::Exact)));
        let observations: Vec<_> = reader.records().map(|it| it.unwrap()[7].to_owned()).collect();
        assert_eq!(observations, entries().iter().map(|it| it.observation.clone()).collect::<Vec<_>>());
    }
}
