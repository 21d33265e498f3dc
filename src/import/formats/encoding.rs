//! Finds the encoding of a text table: UTF-8, UTF-16 or Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::model::problem::Problem;

/// Bytes looked at to tell text from other things.
const SAMPLE_BYTES: usize = 4096;

/// Control characters that a text of any length may hold.
const CONTROLS_KEPT: usize = 8;

/// Returns the text of a file without its byte order mark, or says what the file is instead.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0
        }
        None => match utf_16(bytes) {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => std::str::from_utf8(bytes)
                .map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed),
        },
    };
    let start = text.trim_start();
    if start.starts_with('<') {
        return Err(Problem::new("import-web-page"));
    }
    let controls = text.chars().take(SAMPLE_BYTES).filter(|it| is_binary(*it)).count();
    if controls > CONTROLS_KEPT && controls * 50 > text.len().min(SAMPLE_BYTES)
        || start.starts_with("%PDF")
        || start.starts_with("{\\rtf")
    {
        return Err(Problem::new("import-unknown-format"));
    }
    Ok(text)
}

/// Tells UTF-16 without a mark by where the zero bytes of its Latin letters stand.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|it| **it == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs > 1 && odd * 10 > pairs * 6 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if pairs > 1 && even * 10 > pairs * 6 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_binary(it: char) -> bool {
    it == '\u{fffd}' || it.is_control() && !matches!(it, '\t' | '\n' | '\r' | '\u{c}' | '\u{80}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|it| if little { it.to_le_bytes() } else { it.to_be_bytes() }).collect()
    }

    #[test]
    fn finds_the_encoding() {
        let text = "site;mois;cumul\nÉcole;2025-01;5";
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16_bytes(text, true)).collect();
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat()).unwrap(), text);
        assert_eq!(decode(&marked).unwrap(), text);
        assert_eq!(decode(&utf_16_bytes(text, true)).unwrap(), text);
        assert_eq!(decode(&utf_16_bytes(text, false)).unwrap(), text);
        assert_eq!(decode(b"\x8cuvre \x80 \x92 \x96 \xe9").unwrap(), "Œuvre € ’ – é");
    }
}
