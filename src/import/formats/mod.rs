//! Turns the bytes of a file into sheets, whatever the file's name says.

mod compound;
mod delimited;
mod delimiter;
mod encoding;
mod format_code;
mod ods;
mod ods_content;
mod xls;
mod xls_formats;
mod xlsx;
mod xlsx_columns;
mod zip_bounds;

use super::grid::Sheet;
use crate::model::problem::Problem;

const ZIP_MAGIC: &[u8] = b"PK\x03\x04";
const COMPOUND_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Reads the sheets of a file, in order; the kind is told by the first bytes.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Vec<Sheet>, Problem> {
    if bytes.is_empty() {
        return Err(Problem::new("import-file-empty"));
    }
    if file_name.starts_with("~$") || file_name.starts_with(".~lock.") {
        return Err(Problem::new("import-lock-file"));
    }
    if bytes.starts_with(COMPOUND_MAGIC) {
        return xls::read(bytes);
    }
    if bytes.starts_with(ZIP_MAGIC) {
        return match zip_bounds::check(bytes)? {
            zip_bounds::Kind::Xlsx => xlsx::read(bytes),
            zip_bounds::Kind::Ods => ods::read(bytes),
        };
    }
    delimited::read(&encoding::decode(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_table() {
        for (bytes, name, key) in [
            (&b""[..], "a.csv", "import-file-empty"),
            (b"\x15Mme Nom    ", "~$suivi.xlsx", "import-lock-file"),
            (b"<html><table></table></html>", "suivi.xls", "import-web-page"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "suivi.pdf", "import-unknown-format"),
            (b"PK\x03\x04 no archive", "suivi.xlsx", "import-damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "suivi.xls", "import-damaged"),
            (b"ab\0\0\0\0\x01\x02\x03\xff\xfe\0\0\0\0\0", "suivi.bin", "import-unknown-format"),
        ] {
            assert_eq!(read(bytes, name).unwrap_err().key, key, "{name}");
        }
    }
}
