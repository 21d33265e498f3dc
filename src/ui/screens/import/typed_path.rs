//! Paths as people type, paste and drag them.

/// Returns the path that a text means: without quotes, `file://`, escapes of a shell, line breaks.
pub fn cleaned(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    for quote in ['"', '\''] {
        if let Some(inner) = line.strip_prefix(quote).and_then(|it| it.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    match line.strip_prefix("file://") {
        Some(rest) => decoded(rest.strip_prefix("localhost").unwrap_or(rest)),
        None => unescaped(line),
    }
}

/// Reads `%20` and the like; what is none stays.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut read = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|it| u8::from_str_radix(it, 16).ok());
        if let (b'%', Some(byte)) = (bytes[at], code) {
            read.push(byte);
            at += 3;
        } else {
            read.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(read).unwrap_or_else(|_| text.to_owned())
}

/// Terminals put a backslash before blanks and brackets of a name that is dragged into them.
fn unescaped(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(|it| " ()[]'\"&$!;".contains(*it));
        if !escapes {
            kept.push(letter);
        } else if let Some(next) = letters.next() {
            kept.push(next);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_meant() {
        for (typed, meant) in [
            (" /a/suivi.xlsx \n", "/a/suivi.xlsx"),
            ("\n'/a/le suivi.xlsx'\r\n", "/a/le suivi.xlsx"),
            ("\"/a/b.csv\"", "/a/b.csv"),
            ("file:///a/Mes%20docs/%C3%A9t%C3%A9.ods", "/a/Mes docs/été.ods"),
            ("file://localhost/a/100%.csv", "/a/100%.csv"),
            ("/a/Mes\\ docs/suivi\\ (2).xlsx", "/a/Mes docs/suivi (2).xlsx"),
            ("/a/\\x", "/a/\\x"),
            ("/a/fin\\", "/a/fin\\"),
            ("'", "'"),
            ("", ""),
        ] {
            assert_eq!(cleaned(typed), meant, "{typed:?}");
        }
    }
}
