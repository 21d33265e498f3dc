//! Sizes as people type them: `50k`, `5M`.

use crate::model::problem::Problem;

/// Reads a number of bytes; `k`, `M` and `G` are thousands, millions and thousands of millions.
pub fn read_size(text: &str) -> Result<u64, Problem> {
    let wrong = || Problem::new("size-unreadable").with("text", text);
    let trimmed = text.trim().trim_end_matches(['o', 'B', 'b']).trim_end();
    let (digits, factor) = match trimmed.chars().last() {
        Some('k' | 'K') => (&trimmed[..trimmed.len() - 1], 1_000),
        Some('m' | 'M') => (&trimmed[..trimmed.len() - 1], 1_000_000),
        Some('g' | 'G') => (&trimmed[..trimmed.len() - 1], 1_000_000_000),
        _ => (trimmed, 1),
    };
    let number: u64 = digits.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(factor).filter(|it| *it > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_type_them() {
        for (text, bytes) in
            [("50k", 50_000), ("5M", 5_000_000), ("5 Mo", 5_000_000), ("700", 700), ("1GB", 1_000_000_000)]
        {
            assert_eq!(read_size(text).unwrap(), bytes);
        }
        for text in ["", "k", "0", "-5", "5,5M", "cinq", "99999999999999G"] {
            assert_eq!(read_size(text).unwrap_err().key, "size-unreadable", "{text}");
        }
    }
}
