//! Finds the hidden columns of a worksheet, which the format library does not report.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Most bytes read of the parts that list the sheets.
const LIST_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Returns the hidden columns of a sheet; none where the workbook does not tell.
pub fn hidden(bytes: &[u8], sheet: &str) -> BTreeSet<u16> {
    hidden_columns(bytes, sheet).unwrap_or_default()
}

fn hidden_columns(bytes: &[u8], sheet: &str) -> Option<BTreeSet<u16>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let workbook = part(&mut archive, "xl/workbook.xml")?;
    let relations = part(&mut archive, "xl/_rels/workbook.xml.rels")?;
    let relation = find_attribute(&workbook, "sheet", ("name", sheet), "id")?;
    let target = find_attribute(&relations, "Relationship", ("Id", &relation), "Target")?;
    let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
    let part = archive.by_name(&path).ok()?;
    Some(hidden_in_part(BufReader::new(part)))
}

/// Reads `<col min= max= hidden=>` up to the data of the sheet.
fn hidden_in_part(part: impl std::io::BufRead) -> BTreeSet<u16> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut hidden = BTreeSet::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(it) | Event::Empty(it) if it.local_name().as_ref() == "col" => {
                let number = |name: &str| attribute(&it, name).and_then(|it| it.parse::<u16>().ok());
                let is_hidden =
                    attribute(&it, "hidden").is_some_and(|it| matches!(it.as_str(), "1" | "true"));
                if let (true, Some(first), Some(last)) = (is_hidden, number("min"), number("max")) {
                    hidden.extend((first.saturating_sub(1)..last).take(16_384));
                }
            }
            Event::Start(it) | Event::Empty(it) if it.local_name().as_ref() == "sheetData" => break,
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    hidden
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(LIST_BYTES_MAX).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Finds the element whose attribute has a value and returns another attribute of it.
fn find_attribute(xml: &str, element: &str, known: (&str, &str), wanted: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(it) | Event::Empty(it)
                if it.local_name().as_ref() == element
                    && attribute(&it, known.0).as_deref() == Some(known.1) =>
            {
                return attribute(&it, wanted);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Returns an attribute by its local name, entities resolved.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hidden_ranges() {
        let xml = "<worksheet><cols><col min=\"1\" max=\"1\"/><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData>";
        assert_eq!(hidden_in_part(xml.as_bytes()), BTreeSet::from([2, 3]));
        assert!(hidden_in_part(&b"<cols><col min=\"x\" hidden=\"1\"/>"[..]).is_empty());
    }
}
