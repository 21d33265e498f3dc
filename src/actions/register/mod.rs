//! The organisation and what it follows: added, edited, archived.

pub mod contact;
pub mod contractor;
pub mod lot;
pub mod organisation;
pub mod project;
pub mod site;

use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};
use crate::notify::address::Address;
use crate::store::value::Value;

/// Cleans a required name; an empty one is a problem.
pub fn required(text: &str) -> Result<String, Problem> {
    let name = clean_line(text, NAME_CHARS_MAX);
    if name.chars().any(char::is_alphanumeric) { Ok(name) } else { Err(Problem::new("name-empty")) }
}

/// Cleans an optional text: not given stays not given, empty clears.
pub fn optional(text: Option<&str>) -> Option<Value> {
    text.map(|it| Value::from(clean_line(it, NAME_CHARS_MAX).as_str()))
}

/// Checks an e-mail address by the rule by which letters are sent. Empty clears.
pub fn email(text: Option<&str>) -> Result<Option<Value>, Problem> {
    let Some(address) = text.map(|it| clean_line(it, NAME_CHARS_MAX)) else { return Ok(None) };
    if address.is_empty()
        || Address::read(&address, None).is_ok() && text.is_some_and(|it| it.trim() == address)
    {
        Ok(Some(Value::from(address.as_str())))
    } else {
        Err(Problem::new("email-unreadable").with("text", address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        for good in ["a.b@exemple.org", "chef_mission+sud@mail.exemple.cm"] {
            assert!(email(Some(good)).is_ok(), "{good}");
        }
        let bad = [
            "a",
            "@b.fr",
            "-oQ/tmp@b.fr",
            "a@b",
            "a@b..fr",
            "a b@c.fr",
            "a@b.fr\r\nBcc: x@y.fr",
            "é@b.fr",
            "a@-b.fr",
        ];
        for text in bad {
            assert!(email(Some(text)).is_err(), "{text}");
        }
        assert_eq!(email(Some("")).unwrap(), Some(Value::Null));
    }
}
