//! Closes a bundle to people's or machines' keys with age, and opens it again.

use std::io::{BufRead, Cursor, Read, Write};
use std::iter;

use age::{Decryptor, Encryptor};

use crate::model::problem::Problem;

/// How every age file begins.
pub const BEGINNING: &[u8] = b"age-encryption.org/";

/// Most bytes of the list of keys before the content, thousands of them: reading a longer one takes minutes.
const KEYS_BYTES_MAX: u64 = 256 * 1024;
/// How the last line of that list begins.
const KEYS_END: &[u8] = b"\n--- ";

/// A key to which bundles can be closed.
pub struct Recipient(Box<dyn age::Recipient + Send>);

impl Recipient {
    /// Reads `age1…` or the line of an SSH public key.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if let Ok(native) = text.parse::<age::x25519::Recipient>() {
            return Ok(Self(Box::new(native)));
        }
        let ssh = text.parse::<age::ssh::Recipient>();
        ssh.map(|it| Self(Box::new(it) as _))
            .map_err(|_| Problem::new("recipient-unreadable").with("text", text))
    }
}

/// Closes what is written into it to some keys. The caller must finish it.
pub fn close<W: Write>(out: W, recipients: &[Recipient]) -> Result<age::stream::StreamWriter<W>, Problem> {
    let failed = |error: &dyn std::fmt::Display| Problem::new("envelope-unclosed").with("error", error);
    let keys = recipients.iter().map(|it| &*it.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(keys).map_err(|error| failed(&error))?;
    encryptor.wrap_output(out).map_err(|error| failed(&error))
}

/// Opens what was closed to one of some keys: texts of OpenSSH private keys, or of age identities.
pub fn open<R: Read>(mut input: R, keys: &[String]) -> Result<impl Read + use<R>, Problem> {
    let failed = |error: &dyn std::fmt::Display| Problem::new("envelope-unopened").with("error", error);
    let mut beginning = Vec::new();
    (&mut input).take(KEYS_BYTES_MAX).read_to_end(&mut beginning).map_err(|error| failed(&error))?;
    if !beginning.windows(KEYS_END.len()).any(|it| it == KEYS_END) {
        return Err(failed(&"age"));
    }
    let decryptor = Decryptor::new(Cursor::new(beginning).chain(input)).map_err(|error| failed(&error))?;
    let mut identities: Vec<Box<dyn age::Identity>> = Vec::new();
    for text in keys {
        identities.extend(identity(text)?);
    }
    let identities = identities.iter().map(|it| &**it as &dyn age::Identity);
    decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => Problem::new("envelope-for-others"),
        other => failed(&other),
    })
}

fn identity(text: &str) -> Result<Vec<Box<dyn age::Identity>>, Problem> {
    let wrong = || Problem::new("identity-unreadable");
    if text.contains("OPENSSH PRIVATE KEY") {
        let key = age::ssh::Identity::from_buffer(text.as_bytes(), None).map_err(|_| wrong())?;
        return match key {
            age::ssh::Identity::Unencrypted(_) => Ok(vec![Box::new(key)]),
            _ => Err(Problem::new("identity-locked")),
        };
    }
    let lines = text.as_bytes().lines().map_while(Result::ok);
    let native: Vec<Box<dyn age::Identity>> = lines
        .filter_map(|line| line.trim().parse::<age::x25519::Identity>().ok())
        .flat_map(|it| iter::once(Box::new(it) as Box<dyn age::Identity>))
        .collect();
    if native.is_empty() { Err(wrong()) } else { Ok(native) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::keys::MachineKey;

    fn closed(text: &[u8], to: &[Recipient]) -> Vec<u8> {
        let mut out = close(Vec::new(), to).unwrap();
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn only_those_it_is_closed_to_open_it() {
        let (awa, issa) = (MachineKey::generate().unwrap(), MachineKey::generate().unwrap());
        let native = age::x25519::Identity::generate();
        let to = [
            Recipient::read(&format!("{} portable", awa.public().line())).unwrap(),
            Recipient::read(&native.to_public().to_string()).unwrap(),
        ];
        let bytes = closed(b"12,50", &to);
        assert!(bytes.starts_with(BEGINNING));
        assert!(!bytes.windows(5).any(|it| it == b"12,50"));
        for key in
            [awa.text().unwrap(), age::secrecy::ExposeSecret::expose_secret(&native.to_string()).to_owned()]
        {
            let mut text = Vec::new();
            open(bytes.as_slice(), &[key]).unwrap().read_to_end(&mut text).unwrap();
            assert_eq!(text, b"12,50");
        }
        let refused = open(bytes.as_slice(), &[issa.text().unwrap()]).err().unwrap();
        assert_eq!(refused.key, "envelope-for-others");
        assert!(Recipient::read("awa@exemple.org").is_err());
    }

    #[test]
    fn a_list_of_keys_without_end_keeps_nobody_waiting() {
        let endless = std::io::repeat(b'a').take(16 << 20);
        let bytes = b"age-encryption.org/v1\n-> X25519 ".chain(endless);
        let refused = open(bytes, &[MachineKey::generate().unwrap().text().unwrap()]).err().unwrap();
        assert_eq!(refused.key, "envelope-unopened");
    }
}
