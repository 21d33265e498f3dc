//! Writes rows as a JSON array with one object per line.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::record::Record;

/// Writes the rows in the order given. Percentages, months and instants are texts, lists are arrays, what is
/// unknown is `null`. Writes in small pieces: `out` should be buffered.
pub fn write_json<R: Record>(rows: impl IntoIterator<Item = R>, mut out: impl Write) -> io::Result<()> {
    let mut separator = "[\n  ";
    for row in rows {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut out, &Object(row))?;
        separator = ",\n  ";
    }
    let end: &[u8] = if separator.starts_with('[') { b"[]\n" } else { b"\n]\n" };
    out.write_all(end)?;
    out.flush()
}

/// A row as an object with the names of its fields.
struct Object<R>(R);

impl<R: Record> Serialize for Object<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(R::FIELDS.iter().zip(self.0.values()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert_row::AlertRow;
    use super::super::entry_row::tests::entries;
    use super::*;
    use crate::model::month::Month;

    fn json<R: Record>(rows: Vec<R>) -> String {
        let mut out = Vec::new();
        write_json(rows, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_one_object_per_line() {
        let text = json(entries()[..2].to_vec());
        assert_eq!(
            text,
            r#"[
  {"project":"PACS","site_code":"LYC-001","site":"Lycée de Bétiba, annexe","lot":"Ensemble","contractors":["Mbondé SARL","Ets Aké & Fils"],"month":"2026-02","cumulative":"6.25","observation":"Dit « stop », puis \"reprise\""},
  {"project":"PACS","site_code":"LYC-001","site":"Lycée de Bétiba, annexe","lot":"Ensemble","contractors":["Mbondé SARL","Ets Aké & Fils"],"month":"2026-03","cumulative":null,"observation":"=cmd|' /C calc'!A0"}
]
"#
        );
    }

    #[test]
    fn no_rows_are_an_empty_array() {
        assert_eq!(json::<AlertRow>(Vec::new()), "[]\n");
    }

    #[test]
    fn figures_are_an_object() {
        let alert = AlertRow {
            kind: "alerte".into(),
            gravity: "critique".into(),
            project: "PACS".into(),
            site_code: "LYC-001".into(),
            site: "Lycée".into(),
            lot: "Ensemble".into(),
            month: Month::new(2026, 3).unwrap(),
            since: "2026-02".into(),
            reason: "R < 30".into(),
            figures: vec![("target_rate".into(), "24.00".into())],
            recipients: vec!["a@example.org".into()],
        };
        let text = json(vec![alert]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value[0]["figures"]["target_rate"], "24.00");
        assert_eq!(value[0]["recipients"][0], "a@example.org");
    }
}
