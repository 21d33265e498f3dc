//! Bytes as letters: base 32 for names, base 64 for logging in.

const BASE_32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const BASE_64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes bytes in base 32, in small letters without padding.
pub fn base32(bytes: &[u8]) -> String {
    encode(bytes, 5, BASE_32)
}

/// Writes bytes in base 64, padded.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = encode(bytes, 6, BASE_64);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Writes bytes with `bits` bits a letter, the highest first.
fn encode(bytes: &[u8], bits: u32, letters: &[u8]) -> String {
    let mask = (1_u32 << bits) - 1;
    let mut text = String::with_capacity(bytes.len() * 2);
    let (mut held, mut held_bits) = (0_u32, 0);
    let letter = |it: u32| char::from(letters[(it & mask) as usize]);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xffff;
        held_bits += 8;
        while held_bits >= bits {
            held_bits -= bits;
            text.push(letter(held >> held_bits));
        }
    }
    if held_bits > 0 {
        text.push(letter(held << (bits - held_bits)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648() {
        for (bytes, in_32, in_64) in [
            ("", "", ""),
            ("f", "my", "Zg=="),
            ("fo", "mzxq", "Zm8="),
            ("foo", "mzxw6", "Zm9v"),
            ("foob", "mzxw6yq", "Zm9vYg=="),
            ("fooba", "mzxw6ytb", "Zm9vYmE="),
            ("foobar", "mzxw6ytboi", "Zm9vYmFy"),
        ] {
            assert_eq!((base32(bytes.as_bytes()), base64(bytes.as_bytes())), (in_32.into(), in_64.into()));
        }
        assert_eq!(base64(&[0xff; 3]), "////");
    }
}
