//! Addresses: a strict subset of what mail knows, so that nothing in one can mean something else to a server.

use std::fmt;

use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};

/// Longest address, and longest part before the sign, in characters.
const CHARS_MAX: usize = 254;
const LOCAL_CHARS_MAX: usize = 64;
/// Longest part of a domain between two dots.
const LABEL_CHARS_MAX: usize = 63;
/// What the part before the sign may hold beside letters and digits.
const LOCAL_SIGNS: &str = ".!#$%&'*+/=?^_`{|}~-";

/// An address that can be written to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    local: String,
    domain: String,
}

impl Address {
    /// Reads an address: plain letters, a domain with a dot. A domain without one is taken only when it is the
    /// organisation's `own`.
    pub fn read(text: &str, own: Option<&str>) -> Result<Self, Problem> {
        let unreadable =
            || Problem::new("address-unreadable").with("address", clean_line(text, NAME_CHARS_MAX));
        let (local, domain) = text.trim_matches(' ').rsplit_once('@').ok_or_else(unreadable)?;
        let domain = domain.to_ascii_lowercase();
        let is_own = own.is_some_and(|it| it.eq_ignore_ascii_case(&domain));
        let fits = local.len() + domain.len() < CHARS_MAX;
        if fits && is_local(local) && is_domain(&domain, is_own) {
            return Ok(Self { local: local.to_owned(), domain });
        }
        Err(unreadable())
    }

    /// Returns what stands before the sign.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// Returns the domain, in small letters.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Returns the address as it is compared: no server tells capitals apart.
    pub fn folded(&self) -> String {
        self.to_string().to_ascii_lowercase()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

/// A leading hyphen would be an option to some programs that deliver mail.
fn is_local(text: &str) -> bool {
    let letter = |it: char| it.is_ascii_alphanumeric() || LOCAL_SIGNS.contains(it);
    (1..=LOCAL_CHARS_MAX).contains(&text.len())
        && text.chars().all(letter)
        && !text.starts_with(['-', '.'])
        && !text.ends_with('.')
        && !text.contains("..")
}

fn is_domain(text: &str, is_own: bool) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let label = |it: &&str| {
        (1..=LABEL_CHARS_MAX).contains(&it.len())
            && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    // A domain that ends with a number is an address of a machine.
    let named = labels.last().is_some_and(|it| it.chars().any(|it| it.is_ascii_alphabetic()));
    labels.iter().all(label) && (is_own || (labels.len() > 1 && named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_have() {
        for (text, read) in [
            ("mo@exemple.org", "mo@exemple.org"),
            ("  Awa.Ngo+chantier@Mail.Exemple.CM ", "Awa.Ngo+chantier@mail.exemple.cm"),
            ("o'neil@exemple.co.uk", "o'neil@exemple.co.uk"),
            ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ] {
            assert_eq!(Address::read(text, None).unwrap().to_string(), read);
        }
        assert_eq!(Address::read("suivi@serveur", Some("serveur")).unwrap().to_string(), "suivi@serveur");
        assert_eq!(Address::read("A@B.C", None).unwrap().folded(), "a@b.c");
    }

    #[test]
    fn refuses_what_could_mean_something_else() {
        let long = format!("{}@exemple.org", "a".repeat(65));
        let longer = format!("a@{}.org", "exemple.".repeat(32));
        let label = format!("a@{}.org", "a".repeat(64));
        for text in [
            "",
            "@",
            "a",
            "a@",
            "@exemple.org",
            "a@b",
            "a@serveur",
            "a@b@exemple.org",
            "-oQ/tmp@exemple.org",
            ".a@exemple.org",
            "a.@exemple.org",
            "a..b@exemple.org",
            "a b@exemple.org",
            "a,b@exemple.org",
            "a@exemple.org,b@exemple.org",
            "Awa <a@exemple.org>",
            "\"a b\"@exemple.org",
            "a\\@exemple.org",
            "a(b)@exemple.org",
            "a;b@exemple.org",
            "a:b@exemple.org",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@-exemple.org",
            "a@exemple-.org",
            "a@exemple..org",
            "a@exemple.org.",
            "a@exemple.org\r\nRCPT TO:<b@exemple.org>",
            "a@exemple.org\n",
            "a\r\n@exemple.org",
            "a\0@exemple.org",
            "a\u{1b}[31m@exemple.org",
            "a@exemple.org>",
            "é@exemple.org",
            "a@exémple.org",
            "а@exemple.org",
            "a@ex\u{200b}emple.org",
            "a@exemple\u{3002}org",
            "a\u{202e}@exemple.org",
            "a@exemple.org SIZE=1",
            "\u{1f600}@exemple.org",
            &long,
            &longer,
            &label,
        ] {
            assert!(Address::read(text, Some("intranet")).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_shows_nothing_that_moves_a_terminal() {
        let problem = Address::read("a\u{1b}[2J\r\n@b", None).unwrap_err();
        assert_eq!(problem.arguments[0].1, "a[2J @b");
    }
}
