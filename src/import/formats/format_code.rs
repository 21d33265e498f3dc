//! Reads number format codes: what they show of a number.

/// What a number format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub percent: bool,
    pub day: bool,
}

/// Reads a format code, leaving out quoted and bracketed parts.
pub fn read(code: &str) -> Shown {
    let mut bare = String::new();
    let mut closing = None;
    for letter in code.chars() {
        match (closing, letter) {
            (Some(end), _) => closing = Some(end).filter(|it| *it != letter),
            (None, '"') => closing = Some('"'),
            (None, '[') => closing = Some(']'),
            (None, _) => bare.push(letter.to_ascii_lowercase()),
        }
    }
    Shown { percent: bare.contains('%'), day: !bare.contains('y') || bare.contains(['d', 'j']) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_percents_and_days() {
        assert!(read("0.00%").percent && read("0 %;[Red]-0 %").percent);
        assert!(!read("0.0\" %\"").percent && !read("General").percent);
        assert!(read("dd/mm/yyyy").day && !read("mmm-yy").day);
    }
}
