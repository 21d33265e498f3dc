//! The code on a printed page: twelve letters that stand for the hash of a month's figures.
//!
//! Eleven letters of base 32 hold the first 55 bits of the hash; the twelfth checks them. I, L, O and U do not occur, and
//! are read as what they are taken for. As a sum over the field of 32 elements, each letter with a weight of its own, the
//! last letter finds every single wrong letter and every exchange of two.

use crate::model::problem::Problem;

/// The letters, by value.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of the hash; one more checks them.
const HASH_LETTERS: usize = 11;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// Returns the code of a hash: `7K3F-9A2B-4CDX`.
pub fn code(hash: &[u8; 32]) -> String {
    let mut bits = hash.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 9;
    let mut values = [0_u8; HASH_LETTERS + 1];
    for value in values[..HASH_LETTERS].iter_mut().rev() {
        *value = u8::try_from(bits & 31).unwrap_or_default();
        bits >>= 5;
    }
    values[HASH_LETTERS] = doubled(sum(&values[..HASH_LETTERS]));
    let letters = values.iter().map(|it| char::from(LETTERS[usize::from(*it & 31)]));
    let mut shown = String::new();
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % GROUP == 0 {
            shown.push('-');
        }
        shown.push(letter);
    }
    shown
}

/// Reads a typed code, however it is grouped; returns it as [`code`] writes it.
pub fn read(typed: &str) -> Result<String, Problem> {
    let wrong = || Problem::new("visa-code-wrong").with("code", typed);
    let mut values = Vec::with_capacity(HASH_LETTERS + 1);
    for letter in typed.chars().filter(|it| !it.is_whitespace() && *it != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        };
        let value = LETTERS.iter().position(|it| char::from(*it) == letter).ok_or_else(wrong)?;
        values.push(u8::try_from(value).unwrap_or_default());
    }
    if values.len() != HASH_LETTERS + 1 || sum(&values) != 0 {
        return Err(wrong());
    }
    let letters: String = values.iter().map(|it| char::from(LETTERS[usize::from(*it)])).collect();
    Ok(format!("{}-{}-{}", &letters[..GROUP], &letters[GROUP..2 * GROUP], &letters[2 * GROUP..]))
}

/// Each value with a weight of its own: the powers of the generator.
fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| doubled(sum) ^ value)
}

/// Multiplies by the generator of the field of 32 elements, modulo x⁵ + x² + 1.
const fn doubled(value: u8) -> u8 {
    let twice = value << 1;
    if twice & 32 == 0 { twice } else { twice ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(code: &str) -> Vec<char> {
        code.chars().filter(|it| *it != '-').collect()
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code(blake3::hash(b"mars 2026").as_bytes());
        assert_eq!(code.len(), 14);
        assert_eq!(read(&code).unwrap(), code);
        assert_eq!(read(&code.to_lowercase().replace('-', " ")).unwrap(), code);
        assert_eq!(read(&code.replace('0', "o").replace('1', "l")).unwrap(), code);
        for wrong in ["", "7K3F", "7K3F-9A2B-4CD", "7K3F-9A2B-4CDX-1", "7K3F-9A2B-4CD%", "é"] {
            assert_eq!(read(wrong).unwrap_err().key, "visa-code-wrong", "{wrong}");
        }
    }

    #[test]
    fn one_wrong_letter_and_two_exchanged_are_found() {
        for seed in 0..40_u8 {
            let letters = plain(&code(blake3::hash(&[seed]).as_bytes()));
            for at in 0..letters.len() {
                for other in LETTERS.iter().map(|it| char::from(*it)).filter(|it| *it != letters[at]) {
                    let mut typed = letters.clone();
                    typed[at] = other;
                    assert!(read(&typed.iter().collect::<String>()).is_err());
                }
                for with in (0..at).filter(|it| letters[*it] != letters[at]) {
                    let mut typed = letters.clone();
                    typed.swap(at, with);
                    assert!(read(&typed.iter().collect::<String>()).is_err());
                }
            }
        }
    }
}
