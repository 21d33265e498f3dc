//! Finds the separator of a text table by how regular it is from line to line.

/// Lines looked at.
const LINES_MAX: usize = 200;

/// Returns the separator and the text without a `sep=` line.
pub fn find(text: &str) -> (u8, &str) {
    let first_end = text.find(['\n', '\r']).unwrap_or(text.len());
    let first = text.get(..first_end).unwrap_or_default();
    if let Some(separator) =
        first.trim_start_matches('"').strip_prefix("sep=").and_then(|it| it.bytes().next())
    {
        let rest = text.get(first_end..).unwrap_or_default();
        return (
            separator,
            rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest),
        );
    }
    // Of equals the last is taken.
    let best = [b'|', b',', b'\t', b';'].into_iter().max_by_key(|it| regularity(text, *it));
    (best.unwrap_or(b';'), text)
}

/// Scores a separator: fields per line, weighted by how many lines have the commonest number.
fn regularity(text: &str, separator: u8) -> (usize, usize) {
    let counts = counts_per_line(text, separator);
    let commonest = counts
        .iter()
        .filter(|it| **it > 0)
        .map(|count| (counts.iter().filter(|it| *it == count).count(), *count))
        .max();
    commonest.map_or((0, 0), |(lines, count)| (lines * count.min(4), count))
}

/// Counts a separator outside quotes on each of the first lines.
fn counts_per_line(text: &str, separator: u8) -> Vec<usize> {
    let (mut counts, mut count, mut quoted, mut filled) = (Vec::new(), 0, false, false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if filled {
                    counts.push(count);
                }
                (count, filled) = (0, false);
                if counts.len() == LINES_MAX {
                    return counts;
                }
            }
            _ => {
                filled = true;
                count += usize::from(byte == separator && !quoted);
            }
        }
    }
    if filled {
        counts.push(count);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_separators() {
        for (text, separator) in [
            ("a;b;c\n1,5;2,5;3,5\n", b';'),
            ("a,b,c\n\"x;y;z;t\",2,3\n", b','),
            ("a\tb\n1,5\t2\n", b'\t'),
            ("a;b\r1;2\r3;4", b';'),
            ("seul", b';'),
        ] {
            assert_eq!(find(text).0, separator, "{text}");
        }
        assert_eq!(find("sep=,\r\na,b"), (b',', "a,b"));
    }
}
